/**
 * What MySQL takes as a query and not as a view: it keeps a view in words of its own, and does not read all of them again.
 */
import { hasQuery, hasWindow, visitExpr, visitStatement } from '../expr/children.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import type { Visitor } from '../expr/visitor.js'
import { projectionOf } from '../expr/outputs.js'
import { type CompileError, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { projected } from './grouping.js'

/** An order by a subquery is none of the outputs any more, though it is written like one. */
const isDistinctByQuery = (select: SelectNode): boolean =>
  select.distinct && select.orderBy.some((order) => hasQuery(order.expr))

const hasWindows = (query: QueryNode): boolean =>
  query._tag === 'SetOperation'
    ? hasWindows(query.left) || hasWindows(query.right)
    : projected(projectionOf(query)).some(hasWindow) || query.orderBy.some((order) => hasWindow(order.expr))

/** A set operation that stands in another one gets parentheses, in which a window finds its place no more. */
const hasInnerWindows = (query: QueryNode): boolean =>
  query._tag === 'SetOperation' &&
  [query.left, query.right].some((side) => side._tag === 'SetOperation' && hasWindows(side))

/** What is wrong with keeping a query as a view, or null. */
export const keptProblem = (dialect: Dialect, query: QueryNode): CompileError | null => {
  if (dialect.name !== 'mysql') return null
  let problem: CompileError | null = null
  const visit = (q: QueryNode): void => {
    if (q._tag === 'Select' && isDistinctByQuery(q))
      problem ??= unsupported(
        dialect.name,
        'keep distinct rows in the order of a query in a view',
        'order the rows of the view, where it is read',
      )
    if (hasInnerWindows(q))
      problem ??= unsupported(
        dialect.name,
        'keep a window in a set operation inside another one in a view',
        'make a view of the inner one',
      )
    visitStatement(q, visitor)
  }
  const visitor: Visitor = {
    expr: (e) => {
      // Parentheses that stand around the first of the two are lost.
      if (e._tag === 'InQuery' && e.operand._tag === 'InQuery')
        problem ??= unsupported(
          dialect.name,
          'ask in a view whether a query has what another one says of a value',
          'ask where the view is read',
        )
      visitExpr(e, visitor)
    },
    query: visit,
  }
  visit(query)
  return problem
}
