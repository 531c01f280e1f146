/**
 * ORDER BY, LIMIT and OFFSET.
 */
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, projectionOf } from '../expr/outputs.js'
import type { OrderNode, QueryNode, SelectNode } from '../expr/query-node.js'
import { outputPosition, sameExpr } from '../expr/same.js'
import { illFormed } from './compile-error.js'
import { type Context, failed, type Scope, slot } from './context.js'
import { expressionSql } from './expression.js'
import { projected } from './grouping.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { noDocuments } from './types.js'

/** An order with its nulls where they belong; spelled out only where the expression can be null, or no index serves it. */
export const orderTerm = (
  context: Context,
  term: Sql,
  { direction, nulls }: { readonly direction: 'asc' | 'desc'; readonly nulls: 'first' | 'last' },
  nullable: boolean,
): Sql => {
  const { features } = context.dialect
  const word = direction === 'desc' ? ' DESC' : ''
  const natural = (direction === 'asc') === (features.nullsAscending === 'first') ? 'first' : 'last'
  if (!nullable || nulls === natural) return sql`${term}${word}`
  if (features.nullsOrder) return sql`${term}${word} NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}`
  return sql`(${term} IS ${nulls === 'first' ? 'NOT ' : ''}NULL), ${term}${word}`
}

/** An expression to order or to group by: a bare parameter must not be taken for a position. */
const termSql = (context: Context, scope: Scope, e: ExprNode): Sql => {
  const term = expressionSql(context, scope, e)
  return e._tag === 'Param' ? context.dialect.constant(term) : term
}

/** An order, and whether it must stand around the SELECT: then its terms are outputs. */
export interface OrderSql {
  readonly sql: Sql
  readonly outside: boolean
}

/** MySQL takes no expression over an output under DISTINCT, so that where nulls go cannot be said inside. */
const ordersOutside = (context: Context, select: SelectNode, absent: ReadonlySet<string>): boolean =>
  select.distinct &&
  !context.dialect.features.nullsOrder &&
  select.orderBy.some((o) => o.expr._tag !== 'Column' && canBeNull(o.expr, absent))

export const orderSql = (context: Context, scope: Scope, select: SelectNode, outer: string): OrderSql => {
  if (select.orderBy.length === 0) return { sql: nothing, outside: false }
  const absent = absentIn(select)
  const outputs = projected(projectionOf(select))
  const outside = ordersOutside(context, select, absent)
  const one = (order: OrderNode): Sql => {
    const problem = noDocuments(context.dialect.name, 'order by', [order.expr.type])
    if (problem !== null) return failed(context, problem)
    const at = select.distinct ? outputs.findIndex((o) => sameExpr(o, order.expr)) : -1
    if (select.distinct && at < 0)
      return failed(
        context,
        illFormed('orderBy after distinct: order by one of the outputs, or the rows that were left out decide'),
      )
    const nullable = canBeNull(order.expr, absent)
    if (outside) return orderTerm(context, [`${outer}.c${at}`], order, nullable)
    const position = outputPosition(select.select, order.expr)
    if (position !== null && (context.dialect.features.nullsOrder || !nullable))
      return orderTerm(context, [String(position + 1)], order, nullable)
    return orderTerm(context, termSql(context, scope, order.expr), order, nullable)
  }
  return { sql: sql` ORDER BY ${join(select.orderBy.map(one), ', ')}`, outside }
}

export const limitSql = (context: Context, query: QueryNode): Sql => {
  const bound = (what: 'limit' | 'offset'): Sql | null => {
    const param = query[what]
    if (param === null) return null
    return [{ ...slot(context, param, what, true), encode: context.dialect.rowCount, nullable: false }]
  }
  return context.dialect.limit(bound('limit'), bound('offset'))
}
