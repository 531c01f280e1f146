/**
 * ORDER BY.
 */
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, projectionOf } from '../expr/outputs.js'
import type { OrderNode, SelectNode } from '../expr/query-node.js'
import { outputPosition, sameExpr } from '../expr/same.js'
import { illFormed } from './compile-error.js'
import { type Context, failed, noted, type Scope } from './context.js'
import { expressionSql } from './expression.js'
import { projected } from './grouping.js'
import { orderTerm, termOf } from './order-term.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { noDocuments } from './types.js'

/** An expression to order or to group by: a bare parameter must not be taken for a position. */
const termSql = (context: Context, scope: Scope, e: ExprNode): Sql =>
  termOf(context, e, expressionSql(context, scope, e))

/** An order, and whether it must stand around the SELECT: then its terms are outputs. */
export interface OrderSql {
  readonly sql: Sql
  readonly outside: boolean
  /** The terms without their directions, the first `kinds` of them those of distinctOn. */
  readonly terms: ReadonlyArray<Sql>
  readonly kinds: number
}

/**
 * MySQL takes no expression over an output under DISTINCT, so that where nulls go cannot be said inside. MariaDB makes one row of
 * values that are the same in all rows by a limit of its own, and forgets the offset.
 */
const ordersOutside = (context: Context, select: SelectNode, absent: ReadonlySet<string>): boolean =>
  select.distinct &&
  ((context.dialect.name === 'mariadb' && select.offset !== null) ||
    (!context.dialect.features.nullsOrder &&
      select.orderBy.some((o) => o.expr._tag !== 'Column' && canBeNull(o.expr, absent))))

export const orderSql = (context: Context, scope: Scope, select: SelectNode, outer: string): OrderSql => {
  const absent = absentIn(select)
  const outside = ordersOutside(context, select, absent)
  if (select.orderBy.length === 0) return { sql: nothing, outside, terms: [], kinds: 0 }
  const outputs = projected(projectionOf(select))
  const termOf = (order: OrderNode, nullable: boolean): Sql => {
    const problem = noDocuments(context.dialect.name, 'order by', [order.expr.type])
    if (problem !== null) return failed(context, problem)
    const at = select.distinct ? outputs.findIndex((o) => sameExpr(o, order.expr)) : -1
    if (select.distinct && at < 0)
      return failed(
        context,
        illFormed('orderBy after distinct: order by one of the outputs, or the rows that were left out decide'),
      )
    if (outside) return noted(context, 'the order stands around the distinct rows', [`${outer}.c${at}`])
    const position = outputPosition(select.select, order.expr)
    if (position !== null && (context.dialect.features.nullsOrder || !nullable)) return [String(position + 1)]
    return termSql(context, scope, order.expr)
  }
  const terms = select.orderBy.map((order) => {
    const nullable = canBeNull(order.expr, absent)
    return { order, nullable, term: termOf(order, nullable) }
  })
  const written = terms.map(({ order, nullable, term }) => orderTerm(context, term, order, nullable))
  const isKind = ({ expr }: OrderNode): boolean => select.distinctOn.some((e) => sameExpr(e, expr))
  const other = select.orderBy.findIndex((order) => !isKind(order))
  return {
    sql: sql` ORDER BY ${join(written, ', ')}`,
    outside,
    terms: terms.map(({ term }) => term),
    kinds: other < 0 ? terms.length : other,
  }
}
