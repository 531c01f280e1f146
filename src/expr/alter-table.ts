/**
 * Changes of a table that is there, for migrations: each says what is new by a value of the table as it will be.
 */
import type { CheckConstraint, ForeignKey, Owner, PrimaryKeyConstraint, UniqueConstraint } from './constraint.js'
import { ddl, type Ddl } from './ddl-node.js'
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
  | { readonly _tag: 'AlterColumn'; readonly column: ColumnInfo; readonly of: TableInfo }
  | { readonly _tag: 'AddForeignKey'; readonly key: ForeignKeyInfo; readonly from: Owner }
  | { readonly _tag: 'AddUnique'; readonly unique: UniqueInfo; readonly from: Owner }
  | { readonly _tag: 'AddCheck'; readonly check: CheckInfo }
  | {
      readonly _tag: 'AddPrimaryKey'
      readonly columns: ReadonlyArray<string>
      readonly name: string | null
      readonly from: Owner
    }
  | { readonly _tag: 'DropConstraint'; readonly kind: ConstraintKind; readonly name: string }
  | { readonly _tag: 'RenameTable'; readonly to: string }
  | { readonly _tag: 'SetComment'; readonly comment: string | null }

/** What a constraint is that is dropped: MySQL asks for it. */
export type ConstraintKind = 'foreignKey' | 'unique' | 'check' | 'primaryKey'

const constraintKinds: ReadonlyArray<ConstraintKind> = ['foreignKey', 'unique', 'check', 'primaryKey']

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

const tags: Readonly<Record<Alteration['_tag'], null>> = {
  AddColumn: null,
  DropColumn: null,
  RenameColumn: null,
  AlterColumn: null,
  AddForeignKey: null,
  AddUnique: null,
  AddCheck: null,
  AddPrimaryKey: null,
  DropConstraint: null,
  RenameTable: null,
  SetComment: null,
}

/** The table that a change is said of, by a value of it. */
const ownerOf = (change: Alteration): Owner | null => {
  if ('from' in change && typeof change.from !== 'string') return change.from
  return 'of' in change ? { schema: change.of.schema, table: change.of.name } : null
}

/** Each change is one that relvar made, of the table as it is or by the name that it gets. */
const checkChanges = ({ name, schema }: TableInfo, changes: ReadonlyArray<Alteration>): void => {
  const names = [name, ...changes.flatMap((c) => (c._tag === 'RenameTable' ? [c.to] : []))]
  for (const change of changes) {
    if (!Object.hasOwn(tags, change._tag)) throw new TypeError('alterTable takes changes such as addColumn(after.mail)')
    const owner = ownerOf(change)
    if (owner !== null && (owner.schema !== schema || !names.includes(owner.table)))
      throw new TypeError(`alterTable "${name}": what is said here is about another table, "${owner.table}"`)
  }
}

/**
 * Changes a table, one after the other. SQLite makes the table anew where it cannot change it, and loses nothing.
 *
 * @param t the table as it is before
 * @throws TypeError where a change is about another table.
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
  return (...changes) => {
    checkChanges(info, changes)
    return ddl({ _tag: 'AlterTable', table: info, changes, naming: options.naming ?? {} })
  }
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
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { addColumn, alterTable, integer, serverDefault, table } from 'relvar'
 *
 * const before = table('users', { id: integer })
 * const after = table('users', { id: integer, age: pipe(integer, serverDefault(0)) })
 * alterTable(before)(addColumn(after.age))
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
 * @example
 * import { alterTable, dropColumn, integer, table, text } from 'relvar'
 *
 * alterTable(table('users', { id: integer, fax: text }))(dropColumn('fax'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropColumn = (name: string): Alteration => ({ _tag: 'DropColumn', name: checked('column', name) })

/**
 * Another name for a column, by names in the database.
 *
 * @example
 * import { alterTable, integer, renameColumn, table, text } from 'relvar'
 *
 * alterTable(table('users', { id: integer, mail: text }))(renameColumn('mail', 'e_mail'))
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
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { alterColumn, alterTable, bigint, nullable, integer, table } from 'relvar'
 *
 * const before = table('scores', { points: integer })
 * const after = table('scores', { points: pipe(bigint, nullable) })
 * alterTable(before)(alterColumn(after.points))
 *
 * @category constructors
 * @since 0.1.0
 */
export const alterColumn = (column: Expr<unknown, string, string>): Alteration => ({
  _tag: 'AlterColumn',
  ...ownColumn('alterColumn', column),
})

/**
 * A constraint more.
 *
 * @example
 * import { addConstraint, alterTable, integer, table, uniqueConstraint } from 'relvar'
 *
 * const seats = table('seats', { row: integer, seat: integer })
 * alterTable(seats)(addConstraint(uniqueConstraint([seats.row, seats.seat], { name: 'one_seat' })))
 *
 * @category constructors
 * @since 0.1.0
 */
export const addConstraint = (
  constraint: ForeignKey | UniqueConstraint | CheckConstraint | PrimaryKeyConstraint,
): Alteration => {
  switch (constraint._tag) {
    case 'ForeignKey':
      return {
        _tag: 'AddForeignKey',
        key: { columns: constraint.from.columns, target: constraint.target },
        from: constraint.from,
      }
    case 'Unique':
      return { _tag: 'AddUnique', unique: constraint.info, from: constraint.of }
    case 'Check':
      return { _tag: 'AddCheck', check: constraint.info }
    case 'PrimaryKey':
      return { _tag: 'AddPrimaryKey', columns: constraint.columns, name: constraint.name, from: constraint.of }
  }
}

/**
 * A constraint less, by its name in the database.
 *
 * @example
 * import { alterTable, dropConstraint, integer, table } from 'relvar'
 *
 * alterTable(table('seats', { row: integer }))(dropConstraint('unique', 'one_seat'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropConstraint = (kind: ConstraintKind, name: string): Alteration => {
  if (!constraintKinds.includes(kind))
    throw new TypeError(`dropConstraint: the kind is one of ${constraintKinds.join(', ')}`)
  return { _tag: 'DropConstraint', kind, name: checked('constraint', name) }
}

/**
 * Another name for the table.
 *
 * @example
 * import { alterTable, integer, renameTable, table } from 'relvar'
 *
 * alterTable(table('users', { id: integer }))(renameTable('people'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const renameTable = (to: string): Alteration => ({ _tag: 'RenameTable', to: checked('table', to) })

/**
 * What there is to say of the table; null: nothing.
 *
 * @example
 * import { alterTable, integer, setComment, table } from 'relvar'
 *
 * alterTable(table('users', { id: integer }))(setComment('who may log in'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const setComment = (comment: string | null): Alteration => ({ _tag: 'SetComment', comment })
