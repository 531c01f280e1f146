/**
 * LIMIT and OFFSET: parameters, what is computed of them, and the rows that are ordered alike with the last one.
 */
import { freeIn, visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { canBeNull, projectionOf } from '../expr/outputs.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import type { TypeTag } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { aboutRows, type Context, emptyScope, failed, noted, slot, within } from './context.js'
import { expressionSql } from './expression.js'
import { projected } from './grouping.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { typeProblem } from './types.js'

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

const whole: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'Count', 'Unsigned']

/** Whether an expression mentions a row. */
const mentionsRows = (node: ExprNode): boolean => {
  let found = node._tag === 'Column' || node._tag === 'Aggregate' || node._tag === 'Window'
  const expr = (e: ExprNode): void => void (found ||= mentionsRows(e))
  visitExpr(node, { expr, query: (q) => void (found ||= freeIn(q).size > 0) })
  return found
}

/** What is wrong with a limit or an offset whatever the dialect, or null. */
export const rowCountProblem = (what: string, n: ExprNode): CompileError | null => {
  if (n._tag === 'Param') return null
  if (!whole.includes(n.type._tag)) return illFormed(`${what} takes a whole number`)
  if (mentionsRows(n)) return illFormed(`${what} is one number for all rows: it mentions none of them`)
  return canBeNull(n, new Set()) ? illFormed(`${what} is never null: coalesce says what stands for it`) : null
}

/** What is wrong with the limits of a query, or null. */
export const limitsProblem = (query: QueryNode): CompileError | null => {
  const one = (what: 'limit' | 'offset'): CompileError | null => {
    const n = query[what]
    return n === null ? null : (rowCountProblem(what, n) ?? (n._tag === 'Param' ? null : typeProblem('memory', n)))
  }
  const ties =
    query._tag === 'Select' && query.withTies && query.orderBy.length === 0
      ? illFormed('limitWithTies: without an order all rows are alike, so say orderBy')
      : null
  return ties ?? one('limit') ?? one('offset')
}

// -------------------------------------------------------------------------------------
// SQL
// -------------------------------------------------------------------------------------

const computed = (context: Context, what: 'limit' | 'offset', n: ExprNode): Sql => {
  const { dialect } = context
  const problem = rowCountProblem(what, n)
  if (problem !== null) return failed(context, problem)
  if (dialect.name === 'mysql' || dialect.name === 'mariadb')
    return failed(context, unsupported(dialect.name, `compute a ${what}`, 'ask for the number first, and bind it'))
  const written = within(context, aboutRows, () => expressionSql(context, emptyScope, n))
  // SQLite takes a number below zero for no limit: a malformed document is an error that it does raise.
  if (dialect.name !== 'sqlite') return sql`(${written})`
  const least = sql`(CASE WHEN ${written} >= 0 THEN ${written} ELSE json('${what} ' || ${written}) END)`
  return noted(context, 'a number below zero is made an error', least)
}

/** The number of a limit or an offset. */
export const rowCountSql = (context: Context, what: 'limit' | 'offset', n: ExprNode): Sql =>
  n._tag === 'Param'
    ? [{ ...slot(context, n, what, true), encode: context.dialect.rowCount, nullable: false }]
    : computed(context, what, n)

const integerCast = { postgres: 'bigint', mysql: 'SIGNED', mariadb: 'SIGNED', sqlite: 'INTEGER' } as const

/** The same where it is compared with the number of a row. */
const numberSql = (context: Context, what: 'limit' | 'offset', n: ExprNode): Sql =>
  sql`CAST(${rowCountSql(context, what, n)} AS ${integerCast[context.dialect.name]})`

/** MariaDB does not tell rows apart that all say the same where it looks for ties; they are one row, which has none. */
const isOneRow = ({ dialect }: Context, select: SelectNode): boolean =>
  dialect.name === 'mariadb' && select.distinct && !projected(projectionOf(select)).some(mentionsRows)

/** LIMIT and OFFSET as clauses. */
export const limitSql = (context: Context, query: QueryNode): Sql => {
  const bound = (what: 'limit' | 'offset'): Sql | null => {
    const n = query[what]
    return n === null ? null : rowCountSql(context, what, n)
  }
  const [limit, offset] = [bound('limit'), bound('offset')]
  if (query._tag === 'SetOperation' || !query.withTies || limit === null || isOneRow(context, query))
    return context.dialect.limit(limit, offset)
  return sql`${offset === null ? nothing : sql` OFFSET ${offset} ROWS`} FETCH FIRST ${limit} ROWS WITH TIES`
}

/** What a limit and an offset say of the number of a row; with ties, of the rank of those that are ordered alike, too. */
export const numberedSql = (context: Context, query: QueryNode, number: string, rank: string): Sql => {
  const skipped = query.offset === null ? null : numberSql(context, 'offset', query.offset)
  const most = query.limit === null ? null : numberSql(context, 'limit', query.limit)
  return join(
    [
      ...(skipped === null ? [] : [sql`${number} > ${skipped}`]),
      ...(most === null ? [] : [skipped === null ? sql`${rank} <= ${most}` : sql`${rank} <= ${most} + ${skipped}`]),
      // Of no rows, none is the last with which others could be alike.
      ...(rank === number || most === null ? [] : [sql`${most} > 0`]),
    ],
    ' AND ',
  )
}
