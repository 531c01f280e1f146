/**
 * Changes of a table that is there, for migrations: each says what is new by a value of the table as it will be.
 */
import type { CheckConstraint, ForeignKey, PrimaryKeyConstraint, UniqueConstraint } from './constraint.js'
import { ddl, type Ddl } from './ddl.js'
import { columnOf, type Expr } from './expr.js'
import { checkName } from './name.js'
import type { NamingConvention } from './schema.js'
import type { CheckInfo, ColumnInfo, ForeignKeyInfo, TableInfo, UniqueInfo } from './source.js'
import { type AnyTable, tableInfo } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One change of a table. */
export type Alteration =
  /** `of` is the table that has it: what else it says of the column alone comes with it. */
  | { readonly _tag: 'AddColumn'; readonly column: ColumnInfo; readonly of: TableInfo }
  | { readonly _tag: 'DropColumn'; readonly name: string }
  | { readonly _tag: 'RenameColumn'; readonly from: string; readonly to: string }
  /** The column as it will be: its type, whether it may be null, its default, its comment. */
  | { readonly _tag: 'AlterColumn'; readonly column: ColumnInfo }
  | { readonly _tag: 'AddForeignKey'; readonly key: ForeignKeyInfo }
  | { readonly _tag: 'AddUnique'; readonly unique: UniqueInfo }
  | { readonly _tag: 'AddCheck'; readonly check: CheckInfo }
  | { readonly _tag: 'AddPrimaryKey'; readonly columns: ReadonlyArray<string>; readonly name: string | null }
  | { readonly _tag: 'DropConstraint'; readonly kind: ConstraintKind; readonly name: string }
  | { readonly _tag: 'RenameTable'; readonly to: string }
  | { readonly _tag: 'SetComment'; readonly comment: string | null }

/** What a constraint is that is dropped: MySQL asks for it. */
export type ConstraintKind = 'foreignKey' | 'unique' | 'check' | 'primaryKey'

/** Changes of a table, in order. `table` is what it is before. */
export interface AlterTable {
  readonly _tag: 'AlterTable'
  readonly table: TableInfo
  readonly changes: ReadonlyArray<Alteration>
  readonly naming: NamingConvention
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Changes a table, one after the other. SQLite makes the table anew where it cannot change it, and loses nothing.
 *
 * @param t the table as it is before
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { addColumn, alterTable, dropColumn, integer, nullable, table, text } from 'relvar'
 *
 * const before = table('users', { id: integer, fax: text })
 * const after = table('users', { id: integer, mail: pipe(text, nullable) })
 * alterTable(before)(addColumn(after.mail), dropColumn('fax'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const alterTable = (
  t: AnyTable,
  options: { readonly naming?: NamingConvention } = {},
): ((...changes: readonly [Alteration, ...ReadonlyArray<Alteration>]) => Ddl) => {
  const info = tableInfo(t)
  return (...changes) => ddl({ _tag: 'AlterTable', table: info, changes, naming: options.naming ?? {} })
}

const ownColumn = (
  what: string,
  e: Expr<unknown, string, string>,
): { readonly column: ColumnInfo; readonly of: TableInfo } => {
  const node = columnOf(e)
  const of = node?.of._tag === 'TableSource' ? node.of.table : undefined
  const column = of?.columns.find((c) => c.key === node?.key)
  if (of === undefined || column === undefined)
    throw new TypeError(`${what} takes a column of a table, such as users.age`)
  return { column, of }
}

const checked = (what: string, name: string): string => {
  checkName(what, name)
  return name
}

/**
 * A column more, as the table after the change has it, with its own uniqueness, index and foreign key. What rows have in it that
 * are there is its `serverDefault`, or null.
 *
 * @category constructors
 * @since 0.1.0
 */
export const addColumn = (column: Expr<unknown, string, string>): Alteration => ({
  _tag: 'AddColumn',
  ...ownColumn('addColumn', column),
})

/**
 * A column less, by its name in the database. Its values are gone.
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropColumn = (name: string): Alteration => ({ _tag: 'DropColumn', name: checked('column', name) })

/**
 * Another name for a column, by names in the database.
 *
 * @category constructors
 * @since 0.1.0
 */
export const renameColumn = (from: string, to: string): Alteration => ({
  _tag: 'RenameColumn',
  from: checked('column', from),
  to: checked('column', to),
})

/**
 * A column as the table after the change has it: its type, whether it may be null, its default and its comment.
 *
 * @category constructors
 * @since 0.1.0
 */
export const alterColumn = (column: Expr<unknown, string, string>): Alteration => ({
  _tag: 'AlterColumn',
  column: ownColumn('alterColumn', column).column,
})

/**
 * A constraint more.
 *
 * @category constructors
 * @since 0.1.0
 */
export const addConstraint = (
  constraint: ForeignKey | UniqueConstraint | CheckConstraint | PrimaryKeyConstraint,
): Alteration => {
  switch (constraint._tag) {
    case 'ForeignKey':
      return { _tag: 'AddForeignKey', key: { columns: constraint.from.columns, target: constraint.target } }
    case 'Unique':
      return { _tag: 'AddUnique', unique: constraint.info }
    case 'Check':
      return { _tag: 'AddCheck', check: constraint.info }
    case 'PrimaryKey':
      return { _tag: 'AddPrimaryKey', columns: constraint.columns, name: constraint.name }
  }
}

/**
 * A constraint less, by its name in the database.
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropConstraint = (kind: ConstraintKind, name: string): Alteration => ({
  _tag: 'DropConstraint',
  kind,
  name: checked('constraint', name),
})

/**
 * Another name for the table.
 *
 * @category constructors
 * @since 0.1.0
 */
export const renameTable = (to: string): Alteration => ({ _tag: 'RenameTable', to: checked('table', to) })

/**
 * What there is to say of the table; null: nothing.
 *
 * @category constructors
 * @since 0.1.0
 */
export const setComment = (comment: string | null): Alteration => ({ _tag: 'SetComment', comment })
