/**
 * What a table is after a change, and which changes cannot be right.
 */
import { visitExpr } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { Alteration } from '../expr/alter-table.js'
import type { ExprNode } from '../expr/node.js'
import type { ColumnInfo, ForeignKeyInfo, IndexInfo, TableInfo, UniqueInfo } from '../expr/source.js'
import type { SqlType, TypeTag } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { names } from './types.js'

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** What the table of a new column says of that column alone. */
export interface AddedParts {
  readonly uniques: ReadonlyArray<UniqueInfo>
  readonly foreignKeys: ReadonlyArray<ForeignKeyInfo>
  readonly indexes: ReadonlyArray<IndexInfo>
}

/** The keys of the columns that an expression mentions. */
const columnsIn = (expr: ExprNode): ReadonlyArray<string> => {
  const keys: Array<string> = []
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Column') keys.push(e.key)
      visitExpr(e, visitor)
    },
    query: () => undefined,
  }
  visitor.expr(expr)
  return keys
}

const isOf = (columns: ReadonlyArray<string>, key: string): boolean => columns.length === 1 && columns[0] === key

const keysOf = (index: IndexInfo): ReadonlyArray<string> => [
  ...index.parts.flatMap((part) => columnsIn(part.expr)),
  ...(index.where === null ? [] : columnsIn(index.where)),
  ...index.include,
]

export const addedParts = ({ column, of }: Extract<Alteration, { readonly _tag: 'AddColumn' }>): AddedParts => ({
  uniques: of.uniques.filter((unique) => isOf(unique.columns, column.key)),
  foreignKeys: of.foreignKeys.filter((key) => isOf(key.columns, column.key)),
  indexes: of.indexes.filter((index) => keysOf(index).every((key) => key === column.key)),
})

/** What mentions a column among others: it is dropped before the column is. */
const sharing = (table: TableInfo, key: string): string | null => {
  const mixed = (keys: ReadonlyArray<string>): boolean => keys.includes(key) && keys.some((k) => k !== key)
  if (table.primaryKey.includes(key)) return 'the primary key'
  if (table.uniques.some((unique) => mixed(unique.columns))) return 'a unique constraint of several columns'
  if (table.foreignKeys.some((foreign) => mixed(foreign.columns))) return 'a foreign key of several columns'
  if (table.checks.some((check) => mixed(columnsIn(check.expr)))) return 'a check'
  if (table.indexes.some((index) => mixed(keysOf(index)))) return 'an index of several columns'
  return table.columns.some((c) => c.key !== key && c.generated !== null && columnsIn(c.generated.expr).includes(key))
    ? 'a computed column'
    : null
}

// -------------------------------------------------------------------------------------
// the table afterwards
// -------------------------------------------------------------------------------------

const without = (table: TableInfo, key: string): TableInfo => ({
  ...table,
  columns: table.columns.filter((c) => c.key !== key),
  uniques: table.uniques.filter((unique) => !unique.columns.includes(key)),
  foreignKeys: table.foreignKeys.filter((foreign) => !foreign.columns.includes(key)),
  checks: table.checks.filter((check) => !columnsIn(check.expr).includes(key)),
  indexes: table.indexes.filter((index) => !keysOf(index).includes(key)),
})

const replaced = (table: TableInfo, name: string, to: (column: ColumnInfo) => ColumnInfo): TableInfo => ({
  ...table,
  columns: table.columns.map((c) => (c.name === name ? to(c) : c)),
})

/** What a constraint says of columns, by the keys that the table knows them by. */
const keysHere = (table: TableInfo, keys: ReadonlyArray<string>): ReadonlyArray<string> =>
  keys.map(
    (key) => table.columns.find((c) => c.key === key)?.key ?? table.columns.find((c) => c.name === key)?.key ?? key,
  )

/** The table after a change. */
export const altered = (table: TableInfo, alteration: Alteration): TableInfo => {
  switch (alteration._tag) {
    case 'AddColumn': {
      const { uniques, foreignKeys, indexes } = addedParts(alteration)
      return {
        ...table,
        columns: [...table.columns, alteration.column],
        uniques: [...table.uniques, ...uniques],
        foreignKeys: [...table.foreignKeys, ...foreignKeys],
        indexes: [...table.indexes, ...indexes],
      }
    }
    case 'DropColumn': {
      const key = table.columns.find((c) => c.name === alteration.name)?.key
      return key === undefined ? table : without(table, key)
    }
    case 'RenameColumn':
      return replaced(table, alteration.from, (c) => ({ ...c, name: alteration.to }))
    case 'AlterColumn':
      return replaced(table, alteration.column.name, ({ key, primaryKey }) => ({
        ...alteration.column,
        key,
        primaryKey,
      }))
    case 'AddForeignKey': {
      const { columns, target } = alteration.key
      return { ...table, foreignKeys: [...table.foreignKeys, { columns: keysHere(table, columns), target }] }
    }
    case 'AddUnique': {
      const { unique } = alteration
      return { ...table, uniques: [...table.uniques, { ...unique, columns: keysHere(table, unique.columns) }] }
    }
    case 'AddCheck':
      return { ...table, checks: [...table.checks, alteration.check] }
    case 'AddPrimaryKey': {
      const primaryKey = keysHere(table, alteration.columns)
      return {
        ...table,
        primaryKey,
        primaryKeyName: alteration.name,
        columns: table.columns.map((c) => (primaryKey.includes(c.key) ? { ...c, primaryKey: true } : c)),
      }
    }
    case 'DropConstraint':
      return alteration.kind === 'primaryKey'
        ? {
            ...table,
            primaryKey: [],
            primaryKeyName: null,
            columns: table.columns.map((c) => ({ ...c, primaryKey: false })),
          }
        : {
            ...table,
            uniques: table.uniques.filter((unique) => unique.name !== alteration.name),
            checks: table.checks.filter((check) => check.name !== alteration.name),
            foreignKeys: table.foreignKeys.filter((key) => key.target.name !== alteration.name),
          }
    case 'RenameTable':
      return { ...table, name: alteration.to }
    case 'SetComment':
      return { ...table, comment: alteration.comment }
  }
}

// -------------------------------------------------------------------------------------
// what cannot be right
// -------------------------------------------------------------------------------------

type Family = 'whole' | 'numeric' | 'double' | 'text'

const families: Partial<Readonly<Record<TypeTag, Family>>> = {
  SmallInt: 'whole',
  Integer: 'whole',
  BigInt: 'whole',
  Unsigned: 'whole',
  Numeric: 'numeric',
  Real: 'double',
  Double: 'double',
  Char: 'text',
  Varchar: 'text',
  Text: 'text',
  Enumeration: 'text',
}

/** What values become when their column is altered: the same on every engine. */
const becomes: Readonly<Record<Family, ReadonlyArray<Family>>> = {
  whole: ['whole', 'numeric', 'text'],
  numeric: ['numeric'],
  double: [],
  text: ['text'],
}

/** Whether a type is stored as another one is: then nothing is to be done for it. */
export const sameForm = (dialect: Dialect, a: SqlType<unknown>, b: SqlType<unknown>): boolean => {
  const [one, other] = [dialect.type(a), dialect.type(b)]
  return one.ddl === other.ddl && (one.check?.('') ?? null) === (other.check?.('') ?? null) && a.length === b.length
}

const typeProblem = (dialect: Dialect, where: string, from: ColumnInfo, to: ColumnInfo): CompileError | null => {
  if (sameForm(dialect, from.type, to.type) && from.type._tag === to.type._tag) return null
  const [was, is] = [families[from.type._tag], families[to.type._tag]]
  if (was !== undefined && is !== undefined && becomes[was].includes(is)) return null
  return from.type._tag === to.type._tag && was === undefined
    ? null
    : unsupported(
        dialect.name,
        `change ${where} from ${names[from.type._tag]} to ${names[to.type._tag]}`,
        'add a column, fill it by an update with cast, and drop the old one: engines differ in what values become',
      )
}

const alterProblem = (dialect: Dialect, table: TableInfo, column: ColumnInfo): CompileError | null => {
  const where = `"${table.name}"."${column.name}"`
  const old = table.columns.find((c) => c.name === column.name)
  if (old === undefined) return illFormed(`there is no column ${where} to alter: renameColumn gives another name`)
  if (old.generated !== null || column.generated !== null)
    return illFormed(`${where} is computed: drop the column, and add it as it will be`)
  if (old.autoIncrement !== column.autoIncrement || (old.identity === null) !== (column.identity === null))
    return unsupported(dialect.name, `change whether ${where} counts`, 'add another column, and drop this one')
  return typeProblem(dialect, where, old, column)
}

const addProblem = (table: TableInfo, column: ColumnInfo): CompileError | null => {
  const where = `"${table.name}"."${column.name}"`
  if (table.columns.some((c) => c.name === column.name || c.key === column.key))
    return illFormed(`there is a column ${where} already: the table is given as it is before the change`)
  if (column.primaryKey || column.autoIncrement)
    return illFormed(
      `${where} cannot be added as a key: add the column, and then addConstraint(primaryKeyConstraint(…))`,
    )
  return column.nullable || column.serverDefault !== null || column.generated !== null
    ? null
    : illFormed(
        `${where} has no value in the rows that are there: say serverDefault, or add it nullable, fill it, and alter it`,
      )
}

/** What is wrong with a change of the table, or null. */
export const alterationProblem = (dialect: Dialect, table: TableInfo, alteration: Alteration): CompileError | null => {
  switch (alteration._tag) {
    case 'AddColumn':
      return addProblem(table, alteration.column)
    case 'AlterColumn':
      return alterProblem(dialect, table, alteration.column)
    case 'DropColumn': {
      const key = table.columns.find((c) => c.name === alteration.name)?.key
      const shared = key === undefined ? null : sharing(table, key)
      return shared === null
        ? null
        : illFormed(`"${table.name}"."${alteration.name}" stands in ${shared}: drop that before the column`)
    }
    case 'AddPrimaryKey': {
      const keys = keysHere(table, alteration.columns)
      const nullable = table.columns.find((c) => keys.includes(c.key) && c.nullable)
      if (table.primaryKey.length > 0) return illFormed(`"${table.name}" has a primary key already`)
      return nullable === undefined
        ? null
        : illFormed(`"${table.name}"."${nullable.name}" may be null: alterColumn before it is a key`)
    }
    case 'DropConstraint':
      return alteration.kind === 'primaryKey' && table.columns.some((c) => c.primaryKey && c.autoIncrement)
        ? unsupported(dialect.name, `drop the primary key of "${table.name}", which counts`, 'make another table')
        : null
    case 'RenameColumn':
    case 'AddForeignKey':
    case 'AddUnique':
    case 'AddCheck':
    case 'RenameTable':
    case 'SetComment':
      return null
  }
}
