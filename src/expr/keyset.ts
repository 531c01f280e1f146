/**
 * A place in the order of a query, as its parameters: one for each order, of that order's type.
 */
import { type ExprNode, isExprNode, value } from './node.js'
import { absentIn, canBeNull } from './outputs.js'
import type { Keyset, OrderNode, SelectNode } from './query-node.js'
import { booleanType } from './sql-type.js'

const held = (node: ExprNode): unknown => {
  if (node._tag !== 'Param' || node.kind._tag !== 'Value') return node
  const { value: v } = node.kind
  return typeof v === 'object' && v !== null && 'unordered' in v ? v.unordered : v
}

/** The parameters of a place: values that no order stands for yet wait for one, and refuse themselves where none comes. */
const placed = (
  node: SelectNode,
  orderBy: ReadonlyArray<OrderNode>,
  values: ReadonlyArray<unknown>,
): Keyset['values'] => {
  const absent = absentIn(node)
  return values.map((v, i) => {
    const order = orderBy[i]
    if (isExprNode(v)) return v
    return order === undefined
      ? value({ unordered: v }, booleanType)
      : value(v, order.expr.type, canBeNull(order.expr, absent))
  })
}

/** A place among the rows of a SELECT in the order that it has so far. */
export const keysetOf = (node: SelectNode, direction: Keyset['direction'], values: ReadonlyArray<unknown>): Keyset => ({
  direction,
  values: placed(node, node.orderBy, values),
})

/** The same place where the SELECT has more orders than before. */
export const keysetFor = (node: SelectNode, orderBy: ReadonlyArray<OrderNode>, keyset: Keyset): Keyset => ({
  direction: keyset.direction,
  values: placed(node, orderBy, keyset.values.map(held)),
})
