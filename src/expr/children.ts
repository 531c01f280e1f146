/**
 * One place that knows what stands below a node: all walks start here.
 */
import { absurd } from 'fp-ts/lib/function.js'

import type { AggregateNode } from './call-node.js'
import { frameParams } from './frame-params.js'
import type { ExprNode, ParamNode } from './node.js'
import type { ProjectionNode, QueryNode, StatementNode } from './query-node.js'
import { type Visitor, visitProjection, visitSource } from './visitor.js'
import { visitWrite } from './write-parts.js'

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** Visits what stands directly below an expression, from left to right. */
export const visitExpr = (node: ExprNode, on: Visitor): void => {
  switch (node._tag) {
    case 'Column':
    case 'Param':
      return
    case 'Compare':
    case 'Arithmetic':
      on.expr(node.left)
      return on.expr(node.right)
    case 'Logic':
    case 'Concat':
    case 'Coalesce':
    case 'Call':
    case 'Raw':
    case 'Custom':
      return node.operands.forEach(on.expr)
    case 'Not':
    case 'IsNull':
      return on.expr(node.operand)
    case 'Like':
      on.expr(node.operand)
      return on.expr(node.pattern)
    case 'Between':
      on.expr(node.operand)
      on.expr(node.low)
      return on.expr(node.high)
    case 'InList':
      on.expr(node.operand)
      return on.expr(node.list)
    case 'InRows':
      node.operands.forEach(on.expr)
      return node.lists.forEach(on.expr)
    case 'InQuery':
    case 'Quantified':
      on.expr(node.operand)
      return on.query(node.query)
    case 'Case':
      for (const branch of node.branches) {
        on.expr(branch.when)
        on.expr(branch.result)
      }
      return node.otherwise === null ? undefined : on.expr(node.otherwise)
    case 'Aggregate':
      return visitAggregate(node, on)
    case 'Window':
      // The aggregate over a window makes no group: what stands below it is all that there is to see.
      for (const operand of node.operands)
        if (node.name === 'aggregate' && operand._tag === 'Aggregate') visitAggregate(operand, on)
        else on.expr(operand)
      node.partitionBy.forEach(on.expr)
      for (const order of node.orderBy) on.expr(order.expr)
      return frameParams(node.frame).forEach(on.expr)
    case 'Exists':
    case 'Scalar':
      return on.query(node.query)
    default:
      return absurd(node)
  }
}

const visitAggregate = (node: AggregateNode, on: Visitor): void => {
  for (const part of [node.operand, node.second, node.filter]) if (part !== null) on.expr(part)
  for (const order of node.orderBy) on.expr(order.expr)
}

/** Visits the clauses of a statement in a fixed order, which is the order of its parameters; includes are statements of their own. */
export const visitStatement = (query: StatementNode, on: Visitor): void => {
  const maybe = (node: ExprNode | null): void => {
    if (node !== null) on.expr(node)
  }
  switch (query._tag) {
    case 'Select':
      if (query.select !== null) visitProjection(query.select, on)
      else if (query.from._tag === 'TableSource') for (const c of query.from.computed) on.expr(c.expr)
      visitSource(query.from, on)
      for (const join of query.joins) {
        visitSource(join.source, on)
        maybe(join.on)
      }
      maybe(query.where)
      query.groupBy.forEach(on.expr)
      maybe(query.having)
      query.distinctOn.forEach(on.expr)
      for (const order of query.orderBy) on.expr(order.expr)
      query.keyset?.values.forEach(on.expr)
      maybe(query.limit)
      return maybe(query.offset)
    case 'SetOperation':
      on.query(query.left)
      on.query(query.right)
      maybe(query.limit)
      return maybe(query.offset)
    case 'Insert':
    case 'Update':
    case 'Delete':
      return visitWrite(query, on)
    case 'Text':
      return query.operands.forEach(on.expr)
    default:
      return absurd(query)
  }
}

/** The parameters of a statement in the order of its tree, those of its includes left out. */
export const paramsOf = (query: StatementNode): ReadonlyArray<ParamNode> => {
  const params: Array<ParamNode> = []
  const visitor: Visitor = {
    expr: (node) => {
      if (node.params === 0) return
      if (node._tag === 'Param') params.push(node)
      else visitExpr(node, visitor)
    },
    query: (inner) => visitStatement(inner, visitor),
  }
  visitStatement(query, visitor)
  return params
}

/** The names of the sources that a query binds. */
export const boundBy = (query: QueryNode): ReadonlyArray<string> =>
  query._tag === 'Select' ? [query.from.name, ...query.joins.map((join) => join.source.name)] : []

/** The names of the sources that a query mentions and does not bind, each once: what it leaves free. */
export const freeIn = (query: QueryNode): ReadonlySet<string> => {
  const free = new Set<string>()
  const within = (bound: ReadonlySet<string>): Visitor => ({
    expr: (node) => {
      if (node._tag === 'Column') {
        if (!bound.has(node.of.name)) free.add(node.of.name)
      } else visitExpr(node, within(bound))
    },
    query: (inner) => go(inner, bound),
  })
  const whole = (projection: ProjectionNode | null, bound: ReadonlySet<string>): void => {
    if (projection === null) return
    if (projection._tag === 'Whole' && !bound.has(projection.source.name)) free.add(projection.source.name)
    if (projection._tag === 'Record') for (const field of projection.fields) whole(field.projection, bound)
  }
  const go = (inner: QueryNode, outer: ReadonlySet<string>): void => {
    const bound = new Set([...outer, ...boundBy(inner)])
    visitStatement(inner, within(bound))
    if (inner._tag !== 'Select') return
    whole(inner.select, bound)
    for (const include of inner.includes) go(include.relation.query, bound)
  }
  go(query, new Set())
  return free
}

/** The names that the queries inside an expression leave free. */
export const freeInQueries = (node: ExprNode): ReadonlySet<string> => {
  const free = new Set<string>()
  const visitor: Visitor = {
    expr: (child) => visitExpr(child, visitor),
    query: (inner) => {
      for (const name of freeIn(inner)) free.add(name)
    },
  }
  visitor.expr(node)
  return free
}

/** Whether an aggregate stands in the expression, not counting those of its subqueries. */
export const hasAggregate = (node: ExprNode): boolean => {
  let found = node._tag === 'Aggregate'
  if (!found) visitExpr(node, { expr: (child) => void (found ||= hasAggregate(child)), query: () => {} })
  return found
}

/** Whether an aggregate stands in the expression, and in no window of it. */
export const hasAggregateOutside = (node: ExprNode): boolean => {
  let found = node._tag === 'Aggregate'
  if (!found && node._tag !== 'Window')
    visitExpr(node, { expr: (child) => void (found ||= hasAggregateOutside(child)), query: () => {} })
  return found
}

/** Whether a window function stands in the expression. */
export const hasWindow = (node: ExprNode): boolean => {
  let found = node._tag === 'Window'
  if (!found) visitExpr(node, { expr: (child) => void (found ||= hasWindow(child)), query: () => {} })
  return found
}

/** Whether a window function stands in the expression, and in no aggregate of it, where none may. */
export const hasWindowOutside = (node: ExprNode): boolean => {
  let found = node._tag === 'Window'
  if (!found && node._tag !== 'Aggregate')
    visitExpr(node, { expr: (child) => void (found ||= hasWindowOutside(child)), query: () => {} })
  return found
}

/** Whether the expression says something of rows: what does not is the same for all of them. */
export const isAboutRows = (node: ExprNode): boolean => {
  let found = node._tag === 'Column' || node._tag === 'Aggregate' || node._tag === 'Window'
  if (!found)
    visitExpr(node, { expr: (child) => void (found ||= isAboutRows(child)), query: () => void (found = true) })
  return found
}

/** Whether a query stands in the expression. */
export const hasQuery = (node: ExprNode): boolean => {
  let found = false
  visitExpr(node, { expr: (child) => void (found ||= hasQuery(child)), query: () => void (found = true) })
  return found
}

/** The criteria that AND joins; none of none. */
export const conjuncts = (node: ExprNode | null): ReadonlyArray<ExprNode> => {
  if (node === null) return []
  return node._tag === 'Logic' && node.op === 'and' ? node.operands.flatMap(conjuncts) : [node]
}

/** The names of the sources that an expression mentions; null where a query stands in it. */
export const mentionedAlone = (node: ExprNode): ReadonlySet<string> | null => {
  const names = new Set<string>()
  let simple = true
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: () => void (simple = false) })
  }
  visit(node)
  return simple ? names : null
}
