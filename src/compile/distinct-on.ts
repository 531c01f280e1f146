/**
 * DISTINCT ON: the first row of each kind, in the order of the query.
 */
import type { SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { type CompileError, illFormed } from './compile-error.js'
import { noDocuments } from './types.js'

/** What is wrong with the expressions of distinctOn, or null: the first orders are these, so that one row is the first. */
export const distinctOnProblem = (dialect: string, select: SelectNode): CompileError | null => {
  const { distinctOn, orderBy } = select
  if (distinctOn.length === 0) return null
  if (select.distinct) return illFormed('distinctOn and distinct: say one of the two')
  const prefix = orderBy.findIndex((o) => !distinctOn.some((e) => sameExpr(e, o.expr)))
  const first = prefix < 0 ? orderBy : orderBy.slice(0, prefix)
  if (!distinctOn.every((e) => first.some((o) => sameExpr(e, o.expr))))
    return illFormed('distinctOn: orderBy begins with the same expressions, then says which row is the first')
  return noDocuments(
    dialect,
    'compare',
    distinctOn.map((e) => e.type),
  )
}
