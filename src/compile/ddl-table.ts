/**
 * One table as SQL: its columns, keys and indexes.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type CompileError, unsupported } from './compile-error.js'
import type { Names } from './ddl-names.js'
import type { Dialect } from './dialect.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What all tables of a DDL value share. */
export interface DdlContext {
  readonly dialect: Dialect
  readonly tables: ReadonlyMap<string, TableInfo>
  readonly names: Names
}

// -------------------------------------------------------------------------------------
// foreign keys
// -------------------------------------------------------------------------------------

export const targetId = (key: ForeignKeyInfo): string =>
  tableIdentity({ schema: key.target.schema, name: key.target.table })

const actionWords = {
  noAction: 'NO ACTION',
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
} as const

const nameIn = (table: TableInfo | undefined, key: string): string =>
  table?.columns.find((c) => c.key === key)?.name ?? key

/** The name of a foreign key. */
export const foreignKeyName = ({ names }: DdlContext, table: TableInfo, key: ForeignKeyInfo): string =>
  key.target.name ?? names('fk', table, key.columns.map((c) => nameIn(table, c)).join('_'))

/** SQLite's foreign keys stay in their schema and do not name it. */
const targetTable = (dialect: Dialect, { target }: ForeignKeyInfo): string =>
  tableSql(dialect, { schema: dialect.name === 'sqlite' ? null : target.schema, name: target.table })

export const foreignKeySql = (context: DdlContext, table: TableInfo, key: ForeignKeyInfo): string => {
  const { dialect, tables } = context
  const { quote } = dialect
  const actions =
    (key.target.onDelete === 'noAction' ? '' : ` ON DELETE ${actionWords[key.target.onDelete]}`) +
    (key.target.onUpdate === 'noAction' ? '' : ` ON UPDATE ${actionWords[key.target.onUpdate]}`)
  return (
    `CONSTRAINT ${quote(foreignKeyName(context, table, key))} FOREIGN KEY (${key.columns.map((c) => quote(nameIn(table, c))).join(', ')}) ` +
    `REFERENCES ${targetTable(dialect, key)} (${key.target.columns.map((c) => quote(nameIn(tables.get(targetId(key)), c))).join(', ')})${actions}`
  )
}

// -------------------------------------------------------------------------------------
// what an engine cannot
// -------------------------------------------------------------------------------------

const isFamily = (dialect: Dialect): boolean => dialect.name === 'mysql' || dialect.name === 'mariadb'

/** The most characters of a key of InnoDB, whose 3,072 bytes hold four for each. */
const longestKey = 768

/** Whether a column is too long for a key of MySQL or MariaDB; MariaDB keeps a hash for all but the primary key. */
const tooLong = (dialect: Dialect, table: TableInfo, column: ColumnInfo): boolean => {
  const { type } = column
  const long =
    type._tag === 'Text' ||
    type._tag === 'Json' ||
    (type._tag === 'Binary'
      ? type.length === null || type.length > 3072
      : type.length !== null && type.length > longestKey)
  const refers = table.foreignKeys.some((key) => key.columns.includes(column.key))
  const hashed = dialect.name === 'mariadb' && !column.primaryKey && !refers
  return long && !hashed && (column.primaryKey || column.unique || column.index || refers)
}

const keyProblem = (dialect: Dialect, table: TableInfo): CompileError | null => {
  const long = isFamily(dialect) ? table.columns.find((c) => tooLong(dialect, table, c)) : undefined
  return long === undefined
    ? null
    : unsupported(
        dialect.name,
        `have a key or an index of "${table.name}"."${long.name}", which has no bound that fits`,
        `use varchar(${longestKey}) or less`,
      )
}

/** A column of a type that the dialect has not. */
const typeProblem = (dialect: Dialect, table: TableInfo): CompileError | null => {
  const column = table.columns.find((c) => dialect.type(c.type).problem !== null)
  const problem = column === undefined ? null : dialect.type(column.type).problem
  if (column !== undefined && problem !== null)
    return unsupported(dialect.name, `${problem.what} ("${table.name}"."${column.name}")`, problem.instead)
  const counted = table.columns.find((c) => c.autoIncrement && c.type._tag === 'UnsignedBigInt')
  return counted === undefined || dialect.name !== 'postgres'
    ? null
    : unsupported(dialect.name, `make the values of the unsigned bigint "${table.name}"."${counted.name}"`, 'bigint')
}

/** Which of the columns cannot be made by the database, or null. */
const automaticProblem = (dialect: Dialect, table: TableInfo): CompileError | null => {
  const automatic = table.columns.filter((c) => c.autoIncrement)
  const [first, second] = automatic
  if (first === undefined || dialect.name === 'postgres') return null
  if (second !== undefined)
    return unsupported(dialect.name, `make the values of two columns of "${table.name}"`, 'keep one autoIncrement')
  const leads = table.primaryKey[0] === first.key
  if (dialect.name === 'sqlite' ? leads && table.primaryKey.length === 1 : leads || first.unique || first.index)
    return null
  return unsupported(
    dialect.name,
    `make the values of "${table.name}"."${first.name}", which is not the primary key`,
    'make it the primary key',
  )
}

const schemaProblem = (dialect: Dialect, table: TableInfo): CompileError | null => {
  const away =
    dialect.name === 'sqlite' ? table.foreignKeys.find((key) => key.target.schema !== table.schema) : undefined
  return away === undefined
    ? null
    : unsupported(dialect.name, `refer from "${table.name}" to a table of another schema`, 'keep both in one schema')
}

// -------------------------------------------------------------------------------------
// table
// -------------------------------------------------------------------------------------

/** SQLite writes an automatic key as a whole, with the column. */
const isWritten = ({ ddl }: Dialect, column: ColumnInfo): boolean =>
  column.autoIncrement && ddl.autoIncrementKey !== null

const columnSql = (dialect: Dialect, column: ColumnInfo): string => {
  const { ddl, quote } = dialect
  const name = quote(column.name)
  if (isWritten(dialect, column)) return `${name} ${ddl.autoIncrementKey}`
  const automatic = column.autoIncrement ? ddl.autoIncrement : ''
  return `${name} ${dialect.type(column.type).ddl}${automatic}${column.nullable ? '' : ' NOT NULL'}`
}

/** What the engine's type does not say of a column by itself. */
const checkSql = ({ dialect, names }: DdlContext, table: TableInfo): ReadonlyArray<string> =>
  table.columns.flatMap((column) => {
    const { check } = dialect.type(column.type)
    const holds = check === null || isWritten(dialect, column) ? null : check(dialect.quote(column.name))
    return holds === null ? [] : [`CONSTRAINT ${dialect.quote(names('ck', table, column.name))} CHECK (${holds})`]
  })

const primaryKeySql = (dialect: Dialect, table: TableInfo): ReadonlyArray<string> => {
  const keys = table.columns.filter((c) => c.primaryKey)
  if (keys.length === 0 || keys.some((c) => isWritten(dialect, c))) return []
  return [`PRIMARY KEY (${keys.map((c) => dialect.quote(c.name)).join(', ')})`]
}

const uniqueSql = ({ dialect, names }: DdlContext, table: TableInfo): ReadonlyArray<string> =>
  table.columns
    .filter((c) => c.unique)
    .map((c) => `CONSTRAINT ${dialect.quote(names('uq', table, c.name))} UNIQUE (${dialect.quote(c.name)})`)

/** MySQL has no CREATE INDEX IF NOT EXISTS: the index belongs to the table there. */
const indexesInside = (
  { dialect, names }: DdlContext,
  indexed: ReadonlyArray<ColumnInfo>,
  table: TableInfo,
): ReadonlyArray<string> =>
  isFamily(dialect)
    ? indexed.map((c) => `INDEX ${dialect.quote(names('ix', table, c.name))} (${dialect.quote(c.name)})`)
    : []

/** SQLite names the schema with the index, PostgreSQL with the table. */
const indexesAfter = (
  { dialect, names }: DdlContext,
  indexed: ReadonlyArray<ColumnInfo>,
  table: TableInfo,
): ReadonlyArray<string> => {
  if (isFamily(dialect)) return []
  const { quote } = dialect
  const [of, on] = dialect.name === 'sqlite' ? [table.schema, null] : [null, table.schema]
  return indexed.map((c) => {
    const name = tableSql(dialect, { schema: of, name: names('ix', table, c.name) })
    return `CREATE INDEX IF NOT EXISTS ${name} ON ${tableSql(dialect, { schema: on, name: table.name })} (${quote(c.name)})`
  })
}

/** The statements that make a table and its indexes. */
export const createTable = (
  context: DdlContext,
  table: TableInfo,
  foreignKeys: ReadonlyArray<string>,
): Either<CompileError, ReadonlyArray<string>> => {
  const { dialect } = context
  const problem =
    typeProblem(dialect, table) ??
    keyProblem(dialect, table) ??
    automaticProblem(dialect, table) ??
    schemaProblem(dialect, table)
  if (problem !== null) return left(problem)
  const indexed = table.columns.filter((c) => c.index && !c.unique)
  const parts = [
    ...table.columns.map((c) => columnSql(dialect, c)),
    ...primaryKeySql(dialect, table),
    ...uniqueSql(context, table),
    ...checkSql(context, table),
    ...foreignKeys,
    ...indexesInside(context, indexed, table),
  ]
  const made = `CREATE TABLE IF NOT EXISTS ${tableSql(dialect, table)} (${parts.join(', ')})${dialect.ddl.tableOptions}`
  return right([made, ...indexesAfter(context, indexed, table)])
}
