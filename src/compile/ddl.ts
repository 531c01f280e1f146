/**
 * Tables, keys and indexes as SQL.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import type { Ddl } from '../expr/ddl.js'
import { tableIdentity } from '../expr/schema.js'
import { hashText } from '../expr/shape.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type CompileError, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

const targetId = (key: ForeignKeyInfo): string => tableIdentity({ schema: key.target.schema, name: key.target.table })

/** Tables so that each comes after those it refers to; in a cycle the first named comes first. */
export const parentsFirst = (tables: ReadonlyArray<TableInfo>): ReadonlyArray<TableInfo> => {
  const byId = new Map(tables.map((t) => [tableIdentity(t), t]))
  const sorted: Array<TableInfo> = []
  const seen = new Set<TableInfo>()
  const visit = (t: TableInfo): void => {
    if (seen.has(t)) return
    seen.add(t)
    for (const key of t.foreignKeys) {
      const target = byId.get(targetId(key))
      if (target !== undefined) visit(target)
    }
    sorted.push(t)
  }
  tables.forEach(visit)
  return sorted
}

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** A constraint's name of at most 63 bytes; a long one ends in a hash, so that two do not become one. */
const constraintName = (kind: string, table: string, column: string): string => {
  const name = `${kind}_${table}_${column}`
  if (new TextEncoder().encode(name).length <= 63) return name
  const short = Array.from(name).slice(0, 12).join('')
  return `${short}_${(hashText(name) >>> 0).toString(16)}${(hashText(`${name}'`) >>> 0).toString(16)}`
}

const actionWords = { noAction: 'NO ACTION', restrict: 'RESTRICT', cascade: 'CASCADE', setNull: 'SET NULL' } as const

const foreignKeySql = (
  dialect: Dialect,
  tables: ReadonlyMap<string, TableInfo>,
  table: TableInfo,
  key: ForeignKeyInfo,
): string => {
  const { quote } = dialect
  const nameOf = (t: TableInfo | undefined, column: string): string =>
    t?.columns.find((c) => c.key === column)?.name ?? column
  const own = nameOf(table, key.column)
  const target = tables.get(targetId(key))
  const actions =
    (key.target.onDelete === 'noAction' ? '' : ` ON DELETE ${actionWords[key.target.onDelete]}`) +
    (key.target.onUpdate === 'noAction' ? '' : ` ON UPDATE ${actionWords[key.target.onUpdate]}`)
  return (
    `CONSTRAINT ${quote(constraintName('fk', table.name, own))} FOREIGN KEY (${quote(own)}) ` +
    `REFERENCES ${tableSql(dialect, { schema: key.target.schema, name: key.target.table })} (${quote(nameOf(target, key.target.column))})${actions}`
  )
}

const columnSql = (dialect: Dialect, table: TableInfo, column: ColumnInfo): Either<CompileError, string> => {
  const { ddl, quote } = dialect
  const name = quote(column.name)
  if (column.autoIncrement) {
    const isKey = table.primaryKey.length === 1 && table.primaryKey[0] === column.key
    if (ddl.autoIncrementKey !== null)
      return isKey
        ? right(`${name} ${ddl.autoIncrementKey}`)
        : left(
            unsupported(dialect.name, 'make values of a column that is not the primary key', 'make it the primary key'),
          )
    return right(`${name} ${dialect.type(column.type).ddl}${ddl.autoIncrement} NOT NULL`)
  }
  return right(`${name} ${dialect.type(column.type).ddl}${column.nullable ? '' : ' NOT NULL'}`)
}

const primaryKeySql = (dialect: Dialect, table: TableInfo): ReadonlyArray<string> => {
  const keys = table.columns.filter((c) => c.primaryKey)
  const written = dialect.ddl.autoIncrementKey !== null && keys.length === 1 && keys[0]?.autoIncrement === true
  return keys.length === 0 || written ? [] : [`PRIMARY KEY (${keys.map((c) => dialect.quote(c.name)).join(', ')})`]
}

const createTable = (
  dialect: Dialect,
  table: TableInfo,
  foreignKeys: ReadonlyArray<string>,
): Either<CompileError, string> => {
  const columns: Array<string> = []
  for (const column of table.columns) {
    const sql = columnSql(dialect, table, column)
    if (isLeft(sql)) return sql
    columns.push(sql.right)
  }
  const uniques = table.columns
    .filter((c) => c.unique)
    .map(
      (c) => `CONSTRAINT ${dialect.quote(constraintName('uq', table.name, c.name))} UNIQUE (${dialect.quote(c.name)})`,
    )
  const parts = [...columns, ...primaryKeySql(dialect, table), ...uniques, ...foreignKeys]
  return right(
    `CREATE TABLE IF NOT EXISTS ${tableSql(dialect, table)} (${parts.join(', ')})${dialect.ddl.tableOptions}`,
  )
}

/** MySQL has no CREATE INDEX IF NOT EXISTS: the index belongs to the table there. */
const indexParts = (
  dialect: Dialect,
  table: TableInfo,
): { readonly inside: ReadonlyArray<string>; readonly after: ReadonlyArray<string> } => {
  const indexed = table.columns.filter((c) => c.index && !c.unique)
  const name = (c: ColumnInfo): string => dialect.quote(constraintName('ix', table.name, c.name))
  return dialect.name === 'mysql' || dialect.name === 'mariadb'
    ? { inside: indexed.map((c) => `INDEX ${name(c)} (${dialect.quote(c.name)})`), after: [] }
    : {
        inside: [],
        after: indexed.map(
          (c) => `CREATE INDEX IF NOT EXISTS ${name(c)} ON ${tableSql(dialect, table)} (${dialect.quote(c.name)})`,
        ),
      }
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** The statements of a DDL value in their order. */
export const ddlStatements = (dialect: Dialect, ddl: Ddl): Either<CompileError, ReadonlyArray<string>> =>
  ddl._tag === 'CreateAll' ? createStatements(dialect, ddl.tables) : right(dropStatements(dialect, ddl.tables))

const createStatements = (
  dialect: Dialect,
  tables: ReadonlyArray<TableInfo>,
): Either<CompileError, ReadonlyArray<string>> => {
  const sorted = parentsFirst(tables)
  const byId = new Map(sorted.map((t) => [tableIdentity(t), t]))
  const made = new Set<string>()
  const create: Array<string> = []
  const later: Array<string> = []
  for (const table of sorted) {
    made.add(tableIdentity(table))
    const now: Array<string> = []
    for (const key of table.foreignKeys) {
      const sql = foreignKeySql(dialect, byId, table, key)
      // SQLite looks for the other table when rows come, so a cycle needs nothing there.
      if (made.has(targetId(key)) || !dialect.features.addsForeignKeys) now.push(sql)
      else later.push(...addForeignKey(dialect, table, key, sql))
    }
    const indexes = indexParts(dialect, table)
    const sql = createTable(dialect, table, [...now, ...indexes.inside])
    if (isLeft(sql)) return sql
    create.push(sql.right, ...indexes.after)
  }
  return right([...create, ...later])
}

/** Adding a constraint that is there is an error: it is dropped first, where it can be. */
const addForeignKey = (dialect: Dialect, table: TableInfo, key: ForeignKeyInfo, sql: string): ReadonlyArray<string> => {
  const column = table.columns.find((c) => c.key === key.column)?.name ?? key.column
  const name = dialect.quote(constraintName('fk', table.name, column))
  const alter = `ALTER TABLE ${tableSql(dialect, table)}`
  switch (dialect.name) {
    case 'postgres':
      return [`${alter} DROP CONSTRAINT IF EXISTS ${name}`, `${alter} ADD ${sql}`]
    case 'mariadb':
      return [`${alter} DROP FOREIGN KEY IF EXISTS ${name}`, `${alter} ADD ${sql}`]
    case 'mysql':
    case 'sqlite':
      return [`${alter} ADD ${sql}`]
  }
}

const dropStatements = (dialect: Dialect, tables: ReadonlyArray<TableInfo>): ReadonlyArray<string> => {
  const reversed = [...parentsFirst(tables)].reverse()
  const drop = reversed.map(
    (t) => `DROP TABLE IF EXISTS ${tableSql(dialect, t)}${dialect.name === 'postgres' ? ' CASCADE' : ''}`,
  )
  switch (dialect.name) {
    case 'postgres':
      // CASCADE drops the foreign keys of a cycle, no rows and no other table.
      return drop
    case 'mysql':
    case 'mariadb':
      return ['SET FOREIGN_KEY_CHECKS = 0', ...drop, 'SET FOREIGN_KEY_CHECKS = 1']
    case 'sqlite':
      // Inside a transaction the setting takes no effect, and rows that still refer would stop the drop.
      return ['PRAGMA foreign_keys = OFF', ...drop, 'PRAGMA foreign_keys = ON']
  }
}
