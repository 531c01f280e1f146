/**
 * One column as SQL: its type, what computes or counts its values, its default, its comment.
 */
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { illFormed, unsupported } from './compile-error.js'
import { type DdlContext, refuse } from './ddl-context.js'
import { columnValue } from './ddl-expression.js'
import { countingSql } from './ddl-sequence.js'
import { type Dialect, isFamily } from './dialect.js'
import * as encode from './encode.js'

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** SQLite writes an automatic key as a whole, with the column. */
export const isWritten = ({ ddl }: Dialect, column: ColumnInfo): boolean =>
  column.autoIncrement && ddl.autoIncrementKey !== null

const automaticSql = (context: DdlContext, table: TableInfo, column: ColumnInfo): string => {
  if (!column.autoIncrement) return ''
  const { identity } = column
  if (identity === null || context.dialect.name !== 'postgres') return context.dialect.ddl.autoIncrement
  const counting = countingSql(identity)
  if (counting === null) refuse(context, illFormed(`"${table.name}"."${column.name}" counts in whole numbers`))
  const options = counting === null || counting === '' ? '' : ` (${counting.trim()})`
  return ` GENERATED ${identity.always === true ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options}`
}

const generatedSql = (context: DdlContext, table: TableInfo, column: ColumnInfo): string => {
  if (column.generated === null) return ''
  const { expr, stored } = column.generated
  const value = columnValue(context, table, column, expr, 'a computed column')
  return ` GENERATED ALWAYS AS (${value.text}) ${stored ? 'STORED' : 'VIRTUAL'}`
}

/** MySQL takes a literal for no default of a long text; between parentheses it is an expression. */
const isLong = (dialect: Dialect, column: ColumnInfo): boolean =>
  isFamily(dialect) && /^(?:long|json)/.test(dialect.type(column.type).ddl)

/** What the database puts where an insert leaves the column out; null where it has nothing to put. */
export const defaultSql = (context: DdlContext, table: TableInfo, column: ColumnInfo): string | null => {
  if (column.serverDefault === null) return null
  const { text, literal } = columnValue(context, table, column, column.serverDefault, 'a default')
  return literal && !isLong(context.dialect, column) ? text : `(${text})`
}

/** A text of a comment as a literal. */
export const commentLiteral = (context: DdlContext, text: unknown, of: string): string => {
  const { dialect } = context
  const wire = encode.text(text)
  if (typeof wire === 'string' && isFamily(dialect) && /[\u{10000}-\u{10FFFF}]/u.test(wire))
    refuse(
      context,
      unsupported(
        dialect.name,
        `keep characters beyond U+FFFF in the comment of ${of}`,
        'leave them out: each would be a ?',
      ),
    )
  if (typeof wire === 'string') return dialect.ddl.literal(wire)
  refuse(context, illFormed(`the comment of ${of} is no text that an engine keeps`))
  return 'NULL'
}

const commentSql = (context: DdlContext, table: TableInfo, column: ColumnInfo): string =>
  column.comment === null || !isFamily(context.dialect)
    ? ''
    : ` COMMENT ${commentLiteral(context, column.comment, `"${table.name}"."${column.name}"`)}`

/** MariaDB has no NOT NULL of a computed column: a check says it. */
export const isHeldByCheck = ({ name }: Dialect, column: ColumnInfo): boolean =>
  name === 'mariadb' && column.generated !== null && !column.nullable

// -------------------------------------------------------------------------------------
// column
// -------------------------------------------------------------------------------------

/** A column as CREATE TABLE and ALTER TABLE say it. */
export const columnSql = (context: DdlContext, table: TableInfo, column: ColumnInfo): string => {
  const { dialect } = context
  const { ddl, quote } = dialect
  const name = quote(column.name)
  if (isWritten(dialect, column)) return `${name} ${ddl.autoIncrementKey}`
  const collated = column.collation === null ? '' : ` COLLATE ${quote(column.collation)}`
  const value = defaultSql(context, table, column)
  return (
    `${name} ${dialect.type(column.type).ddl}${collated}` +
    generatedSql(context, table, column) +
    automaticSql(context, table, column) +
    (column.nullable || isHeldByCheck(dialect, column) ? '' : ' NOT NULL') +
    (value === null ? '' : ` DEFAULT ${value}`) +
    commentSql(context, table, column)
  )
}
