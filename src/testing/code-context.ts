/**
 * What printing one statement knows: how its parts are written, and what they need to be named.
 */
import type { ExprNode, ParamNode } from '../expr/node.js'
import { query as queryOf } from '../expr/query.js'
import type { OrderNode, QueryNode } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import type { Name } from './code-names.js'
import { call, list, piped, plain, type Spelling } from './code-spelling.js'
import { callText } from './code-text.js'
import { specText, type Types } from './code-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How parts are written. A source is declared where it is first named. */
export interface Printing extends Types {
  /** `unusual` and `unusualClause` of relvar/testing. */
  readonly unusual: () => string
  readonly unusualClause: () => string
  readonly expr: (node: ExprNode) => string
  readonly query: (query: QueryNode) => string
  readonly source: (source: Source) => string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** An expression as it is. */
export const full = (on: Printing, node: ExprNode): Spelling => ({ value: () => node, text: () => on.expr(node) })

export const fulls = (on: Printing, nodes: ReadonlyArray<ExprNode>): ReadonlyArray<Spelling> =>
  nodes.map((node) => full(on, node))

/** A parameter as its value alone, whose type is then that of what stands beside it; another expression as it is. */
export const bare = (on: Printing, node: ExprNode): Spelling =>
  node._tag === 'Param' && node.kind._tag === 'Value' ? plain(node.kind.value) : full(on, node)

export const bares = (on: Printing, nodes: ReadonlyArray<ExprNode>): ReadonlyArray<Spelling> =>
  nodes.map((node) => bare(on, node))

/** A query as it is. */
export const whole = (on: Printing, query: QueryNode): Spelling => ({
  // What stands inside another query need not be a query value by itself.
  value: () => queryOf(query),
  text: () => on.query(query),
})

/** The specification of a type. */
export const specOf = (on: Printing, type: ParamNode['type'], nullable = false): Spelling => ({
  value: () => ({ type, nullable }),
  text: () => specText(on, type, nullable),
})

/** An order. */
export const orderOf = (on: Printing, order: OrderNode): Spelling => {
  const directed = call(on, order.direction, full(on, order.expr))
  return order.nulls === 'first' ? call(on, 'nullsFirst', directed) : directed
}

export const ordersOf = (on: Printing, orders: ReadonlyArray<OrderNode>): Spelling =>
  list(orders.map((order) => orderOf(on, order)))

/** A call of an expression and others, `f(a, b)`: with the others as values, as they are, and with all as values. */
export const first = (on: Printing, name: Name, nodes: ReadonlyArray<ExprNode>): ReadonlyArray<Spelling> => {
  const [head, ...rest] = nodes
  return head === undefined
    ? [call(on, name)]
    : [
        call(on, name, full(on, head), ...bares(on, rest)),
        call(on, name, full(on, head), ...fulls(on, rest)),
        call(on, name, ...bares(on, nodes)),
      ]
}

/** The same piped: `pipe(a, f(b))`. */
export const last = (on: Printing, name: Name, nodes: ReadonlyArray<ExprNode>): ReadonlyArray<Spelling> => {
  const [head, ...rest] = nodes
  return head === undefined
    ? []
    : [
        piped(on, full(on, head), call(on, name, ...bares(on, rest))),
        piped(on, full(on, head), call(on, name, ...fulls(on, rest))),
      ]
}

// -------------------------------------------------------------------------------------
// parameters
// -------------------------------------------------------------------------------------

/** A parameter as it is: what is bound, or its name. */
export const paramText = (on: Printing, node: ParamNode): string => {
  const spec = specText(on, node.type, node.nullable)
  switch (node.kind._tag) {
    case 'Value':
      return callText(on.use('literal'), [plain(node.kind.value).text(), spec])
    case 'Hole':
      return callText(on.use('param'), [plain(node.kind.name).text(), spec])
    case 'Ref':
      return callText(on.use('literal'), ['undefined /* the key of a row that is not written yet */', spec])
  }
}
