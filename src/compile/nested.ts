/**
 * Queries inside expressions: EXISTS, IN, and a query as a value.
 */
import type { QueryNode } from '../expr/query-node.js'
import { hasAggregate } from '../expr/children.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import { illFormed, unsupported } from './compile-error.js'
import { type Context, failed, nextAlias, type Scope } from './context.js'
import { type Sql, sql } from './sql.js'
import { tableReads } from './table-set.js'

/** Whether MySQL would refuse the subquery: it reads the table that the statement writes. */
const readsTarget = (context: Context, query: QueryNode): boolean =>
  !context.dialect.features.readsOwnTarget && context.target !== null && tableReads(query).has(context.target)

export const existsSql = (context: Context, scope: Scope, query: QueryNode): Sql =>
  readsTarget(context, query)
    ? failed(
        context,
        unsupported(context.dialect.name, 'ask the table that it writes', 'read the keys first, then write by inList'),
      )
    : sql`(EXISTS (${context.nested.existence(context, scope, query)}))`

export const inQuerySql = (context: Context, scope: Scope, operand: Sql, query: QueryNode): Sql => {
  if (outputsOf(query).length !== 1) return failed(context, illFormed('inQuery takes a query with one output'))
  const inner = context.nested.flat(context, scope, query, null)
  const limited = query.limit !== null || query.offset !== null
  // MySQL and MariaDB take no LIMIT there, MySQL not the table being written: a derived table is a result of its own.
  const wrap = (limited && !context.dialect.features.limitInSubquery) || readsTarget(context, query)
  return wrap
    ? context.nested.derived(context, query, sql`(${operand} IN (SELECT * FROM (${inner}) AS ${nextAlias(context)}))`)
    : sql`(${operand} IN (${inner}))`
}

/** Whether the query cannot give two rows, whatever the data are. */
const atMostOneRow = (query: QueryNode): boolean => {
  if (query._tag !== 'Select' || query.groupBy.length > 0) return false
  const projection = projectionOf(query)
  if (projection._tag === 'One') return hasAggregate(projection.expr)
  return (
    projection._tag === 'Record' &&
    projection.fields.some((f) => f.projection._tag === 'One' && hasAggregate(f.projection.expr))
  )
}

export const scalarSql = (context: Context, scope: Scope, query: QueryNode): Sql => {
  if (outputsOf(query).length !== 1) return failed(context, illFormed('scalar takes a query with one output'))
  const inner = context.nested.flat(context, scope, query, null)
  if (readsTarget(context, query)) return sql`(SELECT * FROM (${inner}) AS ${nextAlias(context)})`
  if (context.dialect.features.checksScalar || atMostOneRow(query)) return sql`(${inner})`
  // SQLite would take the first of two rows without a word: a malformed document is an error that it does raise.
  const t = nextAlias(context)
  return sql`(SELECT CASE WHEN count(*) > 1 THEN json('a scalar subquery gave two rows') ELSE max(${t}.c0) END FROM (${inner}) AS ${t})`
}
