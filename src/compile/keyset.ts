/**
 * A place in the order as a criterion: the rows after it, or before it.
 */
import { conjuncts, hasAggregate, visitExpr } from '../expr/children.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, projectionOf } from '../expr/outputs.js'
import type { JoinNode, OrderNode, SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import { type CompileError, illFormed } from './compile-error.js'
import { isGrouped, projected } from './grouping.js'
import { oneType } from './types.js'

// -------------------------------------------------------------------------------------
// whether an order tells all rows apart
// -------------------------------------------------------------------------------------

const mentions = (e: ExprNode, name: string): boolean => {
  let found = e._tag === 'Column' && e.of.name === name
  visitExpr(e, { expr: (x) => void (found ||= mentions(x, name)), query: () => void (found = true) })
  return found
}

const isColumn = (e: ExprNode, source: Source, key: string): boolean =>
  e._tag === 'Column' && e.of.name === source.name && e.key === key

/** Whether a join brings one row at most for each row before it: its key is equal to something that stands there already. */
const bringsOne = ({ kind, on, source }: JoinNode): boolean =>
  (kind === 'inner' || kind === 'left') &&
  source._tag === 'TableSource' &&
  source.table.primaryKey.length > 0 &&
  source.table.primaryKey.every((key) =>
    conjuncts(on).some(
      (e) =>
        e._tag === 'Compare' &&
        e.op === 'eq' &&
        ((isColumn(e.left, source, key) && !mentions(e.right, source.name)) ||
          (isColumn(e.right, source, key) && !mentions(e.left, source.name))),
    ),
  )

/** Whether the rows of a source differ in what is among the orders: in its key, or else in all that it has. */
const isTold = (orders: ReadonlyArray<ExprNode>, source: Source): boolean => {
  const has = (key: string): boolean => orders.some((e) => isColumn(e, source, key))
  if (source._tag === 'TableSource' && source.table.primaryKey.length > 0 && source.table.primaryKey.every(has))
    return true
  return source._tag !== 'TableSource' && columnsOfSource(source).every((c) => has(c.key))
}

/** What the order must tell apart for no two rows to stand in one place, where it does not. */
const untold = (select: SelectNode): string | null => {
  const orders = select.orderBy.map((o) => o.expr)
  const told = (e: ExprNode): boolean =>
    orders.some((o) => sameExpr(o, e)) || (e._tag === 'Column' && isTold(orders, e.of))
  if (select.distinct) return projected(projectionOf(select)).every(told) ? null : 'all outputs'
  if (isGrouped(select)) return select.groupBy.every(told) ? null : 'all that the query groups by'
  const joined = select.joins.filter((join) => !bringsOne(join)).map((join) => join.source)
  const source = [select.from, ...joined].find((s) => !isTold(orders, s))
  return source === undefined ? null : `the primary key of "${source.name}"`
}

const hasWindow = (e: ExprNode): boolean => {
  let found = e._tag === 'Window'
  visitExpr(e, { expr: (x) => void (found ||= hasWindow(x)), query: () => {} })
  return found
}

/** What is wrong with the place of a query, or null. */
export const keysetProblem = (select: SelectNode): CompileError | null => {
  const { keyset, orderBy } = select
  if (keyset === null) return null
  const word = keyset.direction
  if (orderBy.length === 0) return illFormed(`${word}: a place is one in an order, so say orderBy`)
  if (keyset.values.length !== orderBy.length)
    return illFormed(
      `${word}: the cursor has ${keyset.values.length} values and the order ${orderBy.length} terms: it belongs to another order`,
    )
  if (select.distinctOn.length > 0)
    return illFormed(`${word}: rows that distinctOn leaves have no place: name the query with subquery`)
  if (orderBy.some((o) => hasWindow(o.expr)))
    return illFormed(`${word}: a window is computed of the rows that are left, so no place is in its order`)
  const missing = untold(select)
  if (missing !== null) return illFormed(`${word}: two rows could stand in one place: end orderBy with ${missing}`)
  for (const [i, order] of orderBy.entries()) {
    const value = keyset.values[i]
    const problem = value === undefined ? null : oneType(word, [order.expr.type, value.type])
    if (problem !== null) return problem
  }
  return null
}

// -------------------------------------------------------------------------------------
// as a criterion
// -------------------------------------------------------------------------------------

interface Term {
  readonly order: OrderNode
  readonly value: ExprNode
  readonly nullable: boolean
}

/** Whether the expression stands behind the value, nulls before or after all values as the order says. */
const beyond = ({ order: { expr, direction, nulls }, value, nullable }: Term, before: boolean): ExprNode => {
  const up = (direction === 'asc') !== before
  const further = node.compare(up ? 'gt' : 'lt', expr, value)
  if (!nullable) return further
  const nullsBehind = (nulls === 'last') !== before
  const byNull = nullsBehind
    ? [node.isNull(expr, false), node.isNull(value, true)]
    : [node.isNull(expr, true), node.isNull(value, false)]
  return node.logic('or', [further, node.logic('and', byNull)])
}

const level = ({ order, value, nullable }: Term): ExprNode => node.compare(nullable ? 'same' : 'eq', order.expr, value)

const lexical = ([term, ...rest]: ReadonlyArray<Term>, before: boolean): ExprNode => {
  if (term === undefined) return node.logic('or', [])
  const behind = beyond(term, before)
  if (rest.length === 0) return behind
  const otherwise = node.logic('or', [behind, node.logic('and', [level(term), lexical(rest, before)])])
  if (term.nullable) return otherwise
  // It follows from the rest, and is what an index of the first column can begin with.
  const up = (term.order.direction === 'asc') !== before
  return node.logic('and', [node.compare(up ? 'gte' : 'lte', term.order.expr, term.value), otherwise])
}

const both = (a: ExprNode | null, b: ExprNode): ExprNode => (a === null ? b : node.logic('and', [a, b]))

/** The SELECT with the place of its keyset among its criteria: of its groups, where it has them. */
export const withPlace = (select: SelectNode): SelectNode => {
  const { keyset, orderBy } = select
  if (keyset === null) return select
  const absent = absentIn(select)
  const terms = orderBy.flatMap((order, i): ReadonlyArray<Term> => {
    const value = keyset.values[i]
    if (value === undefined) return []
    return [{ order, value, nullable: canBeNull(order.expr, absent) || canBeNull(value, absent) }]
  })
  const criterion = lexical(terms, keyset.direction === 'before')
  const grouped = select.groupBy.length > 0 || hasAggregate(criterion) || isGrouped(select)
  return grouped
    ? { ...select, having: both(select.having, criterion) }
    : { ...select, where: both(select.where, criterion) }
}
