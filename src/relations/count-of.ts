/**
 * How many rows a query gives, as a query.
 */
import { isGrouped, projected } from '../compile/grouping.js'
import { count } from '../expr/aggregate.js'
import { type Expr, nodeOf } from '../expr/expr.js'
import { type Query, query, statementOf } from '../expr/query.js'
import { isWrite, noClauses, type ProjectionNode, type QueryNode, type SelectNode } from '../expr/query-node.js'
import { projectionOf } from '../expr/outputs.js'
import type { Source } from '../expr/source.js'

/** Whether nothing chooses among the rows but WHERE. */
const isPlain = (node: SelectNode): boolean =>
  !node.distinct &&
  node.distinctOn.length === 0 &&
  node.keyset === null &&
  node.having === null &&
  node.limit === null &&
  node.offset === null &&
  !isGrouped(node)

const theCount: ProjectionNode = { _tag: 'One', expr: nodeOf(count()) }

/** Whether the order decides which rows there are. */
export const orderMatters = (node: SelectNode): boolean =>
  node.limit !== null || node.offset !== null || node.distinctOn.length > 0 || node.keyset !== null

/** The same rows with their outputs side by side, as a derived table has them, and in no order where that is not asked for. */
const flat = (node: QueryNode): QueryNode => {
  if (node._tag === 'SetOperation') return node
  const outputs = projected(projectionOf(node))
  const fields = outputs.map((expr, i) => ({ key: `v${i}`, projection: { _tag: 'One', expr } as const }))
  const orderBy = orderMatters(node) ? node.orderBy : []
  return { ...node, includes: [], lock: null, orderBy, select: { _tag: 'Record', fields } }
}

/**
 * The query that gives the number of a query's rows: `select count(*)` in its place where that means the same, else around it.
 */
export const counting = (node: QueryNode): QueryNode => {
  if (node._tag === 'Select' && isPlain(node))
    return { ...node, select: theCount, includes: [], lock: null, orderBy: [] }
  const from: Source = { _tag: 'DerivedSource', name: 'counted', query: flat(node), columns: [], cte: null }
  return { ...noClauses, from, select: theCount }
}

/**
 * The number of a query's rows, as a query of one value: to compare with, to select beside others, or to run. Under distinct,
 * groups, limits and set operations the rows that are left are counted.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { coalesce, countOf, distinct, eq, from, integer, scalar, select, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer, tag: integer })
 * const tagsOf = pipe(from(posts), where(eq(posts.authorId, users.id)), select({ tag: posts.tag }), distinct)
 * pipe(from(users), select({ id: users.id, tags: coalesce(scalar(countOf(tagsOf)), 0) }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const countOf = <P, O extends string, F extends string, K extends 'select' | 'set'>(
  q: Query<P, never, O, F, K>,
): Query<Expr<number>, never, never, F> => {
  const node = statementOf(q)
  if (node === null || isWrite(node)) throw new TypeError('countOf takes a query')
  return query(counting(node))
}
