/**
 * Queries inside queries: EXISTS, a query as a value, a query with a name.
 */
import type { Expr } from './expr.js'
import { criterion, expr } from './expr.js'
import * as node from './node.js'
import type { OneOutput, OutputOf } from './one-output.js'
import { isFlat, outputsOf } from './outputs.js'
import { type Derived, type FlatRow, type FlatRows, nodeOfQuery, type Query, statementOf } from './query.js'
import { isWrite, type QueryNode } from './query-node.js'
import { booleanType } from './sql-type.js'
import { checkName } from './name.js'
import { tableOf } from './table.js'

const readNode = (q: Query<unknown, never, string, string, 'select' | 'set' | 'text'>): QueryNode => {
  const inner = nodeOfQuery(q)
  if (isWrite(inner)) throw new TypeError('a write cannot stand inside a query')
  return inner
}

/** A query inside an expression; null for what an untyped caller gives instead, which then refuses itself when it is bound. */
const innerNode = (q: unknown): QueryNode | null => {
  const inner = statementOf(q)
  return inner === null || isWrite(inner) ? null : inner
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
): Expr<boolean, F> => {
  const inner = innerNode(query)
  return expr(inner === null ? criterion({ refused: query }, booleanType) : node.exists(inner))
}

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
export const scalar = <P, O extends string, F extends string, K extends 'select' | 'set'>(
  query: Query<P, never, O, F, K> & OneOutput<P>,
): Expr<OutputOf<P, O> | null, F> => {
  const inner = innerNode(query)
  if (inner === null) return expr(criterion({ refused: query }, booleanType))
  const [output] = outputsOf(inner)
  return expr(node.scalar(inner, output?.type ?? booleanType))
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
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set' | 'text'>(
    q: Query<P, S, O, F, K> & FlatRows<P>,
  ): Derived<N, FlatRow<P, O>, F> => {
    checkName('subquery', name)
    const text = nodeOfQuery(q)
    if (text._tag === 'Text')
      return tableOf(Object.freeze({ _tag: 'TextSource', name, statement: text, columns: text.columns ?? [] }))
    const inner = readNode(q)
    if (!isFlat(inner)) throw new TypeError(`subquery "${name}": a query with a name has flat rows with named columns`)
    return tableOf(Object.freeze({ _tag: 'DerivedSource', name, query: inner, columns: outputsOf(inner), cte: null }))
  }
