/**
 * Comments of tables and columns: statements of their own on PostgreSQL, part of the table on MySQL and MariaDB, nowhere on SQLite.
 */
import type { TableInfo } from '../expr/source.js'
import { commentLiteral } from './ddl-column.js'
import type { DdlContext } from './ddl-context.js'
import { always, type DdlStep, unless } from './ddl-step.js'
import { tableSql } from './source.js'

const hasTableComment = "SELECT 1 WHERE obj_description(to_regclass(CAST($1 AS text)), 'pg_class') IS NOT NULL"

const hasColumnComment =
  'SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(CAST($1 AS text)) AND attname = CAST($2 AS text) ' +
  'AND col_description(attrelid, attnum) IS NOT NULL'

/** The statement that gives a table its comment, or takes it away. */
export const tableCommentSql = (context: DdlContext, table: TableInfo, comment: string | null): string =>
  `COMMENT ON TABLE ${tableSql(context.dialect, table)} IS ` +
  (comment === null ? 'NULL' : commentLiteral(context, comment, `"${table.name}"`))

/** The statement that gives a column its comment, or takes it away. */
export const columnCommentSql = (
  context: DdlContext,
  table: TableInfo,
  column: { readonly name: string; readonly comment: string | null },
): string =>
  `COMMENT ON COLUMN ${tableSql(context.dialect, table)}.${context.dialect.quote(column.name)} IS ` +
  (column.comment === null ? 'NULL' : commentLiteral(context, column.comment, `"${table.name}"."${column.name}"`))

/** The statements that say the comments of a table; where it may have been there, those that it has stay. */
export const commentSteps = (context: DdlContext, table: TableInfo, ifNotExists: boolean): ReadonlyArray<DdlStep> => {
  const { dialect } = context
  if (dialect.name !== 'postgres') return []
  const name = tableSql(dialect, table)
  const said = (question: string, parameters: ReadonlyArray<string>, sql: string): DdlStep =>
    ifNotExists ? unless(question, parameters, [always(sql)]) : always(sql)
  return [
    ...(table.comment === null ? [] : [said(hasTableComment, [name], tableCommentSql(context, table, table.comment))]),
    ...table.columns
      .filter((c) => c.comment !== null)
      .map((c) => said(hasColumnComment, [name, c.name], columnCommentSql(context, table, c))),
  ]
}
