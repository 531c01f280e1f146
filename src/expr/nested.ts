/**
 * Queries inside queries: EXISTS, a query as a value, a query with a name.
 */
import type { AnyExpr, Expr } from './expr.js'
import { expr } from './expr.js'
import * as node from './node.js'
import { outputsOf } from './outputs.js'
import { type Decode, type Derived, type FlatRow, type FlatRows, nodeOfQuery, type Query } from './query.js'
import { isWrite, type QueryNode } from './query-node.js'
import { tableOf } from './table.js'

const readNode = (q: Query<unknown, never, string, string, 'select' | 'set'>): QueryNode => {
  const inner = nodeOfQuery(q)
  if (isWrite(inner)) throw new TypeError('a write cannot stand inside a query')
  return inner
}

/**
 * Whether the query gives a row. What it leaves free is the outer row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, exists, from, integer, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(exists(postsOf)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const exists = <P, O extends string, F extends string, K extends 'select' | 'set'>(
  query: Query<P, never, O, F, K>,
): Expr<boolean, F> => expr(node.exists(readNode(query)))

/**
 * The one value of a query with one output: null where there is no row. Two rows are an error of the engine, so give it an
 * aggregate or `limit(1)`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, eq, from, integer, scalar, select, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer })
 * const posted = scalar(pipe(from(posts), where(eq(posts.authorId, users.id)), select(count())))
 * pipe(from(users), select({ id: users.id, posted }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const scalar = <P extends AnyExpr, O extends string, F extends string, K extends 'select' | 'set'>(
  query: Query<P, never, O, F, K>,
): Expr<Decode<P, O> | null, F> => {
  const inner = readNode(query)
  const [output] = outputsOf(inner)
  if (output === undefined) throw new TypeError('scalar: the query has no output')
  return expr(node.scalar(inner, output.type))
}

/**
 * The query as a source with a name: to filter after a limit, to join, to select from. It has flat rows: a nested record or an
 * include does not compile.
 *
 * @throws TypeError where the rows are not flat.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, limit, orderBy, subquery, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const first = pipe(from(users), orderBy(users.id), limit(3), subquery('first'))
 * pipe(from(first), where(eq(first.name, 'wendy')))
 *
 * @category combinators
 * @since 0.1.0
 */
export const subquery =
  <N extends string>(name: N) =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & FlatRows<P>,
  ): Derived<N, FlatRow<P, O>, F> => {
    const inner = readNode(q)
    return tableOf(Object.freeze({ _tag: 'DerivedSource', name, query: inner, columns: outputsOf(inner) }))
  }
