/**
 * What a table is called in SQL.
 */
import type { Dialect } from './dialect.js'
import type { TableName } from './statement.js'

/** A table's name in the database. */
export const tableSql = (dialect: Dialect, table: TableName): string =>
  (table.schema === null ? '' : `${dialect.quote(table.schema)}.`) + dialect.quote(table.name)
