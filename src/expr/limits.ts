/**
 * Parts of a query's rows: a limit that lets ties in, a slice, a page, and the first row of each kind.
 */
import { limit, offset, rowCount, type RowCount } from './clauses.js'
import { type AnyExpr, nodeOf, type SrcOf } from './expr.js'
import { selectNode } from './from.js'
import { type Query, withClauses } from './query.js'

/**
 * At most `n` rows, and those that are ordered alike with the last of them. The query has an order, or it is `IllFormed`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, from, integer, limitWithTies, orderBy, table, text } from 'relvar'
 *
 * const players = table('players', { name: text, score: integer })
 * pipe(from(players), orderBy(desc(players.score)), limitWithTies(3))
 *
 * @category combinators
 * @since 0.1.0
 */
export const limitWithTies =
  (n: RowCount) =>
  <P, S extends string, O extends string, F extends string>(q: Query<P, S, O, F>): Query<P, S, O, F> =>
    withClauses(selectNode(q), { limit: rowCount(n), withTies: true })

/** A combinator that takes any query which may have a limit. */
export type Limited = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  q: Query<P, S, O, F, K>,
) => Query<P, S, O, F, K>

/** What is no number stays what it is, so that it is refused when it is bound: JavaScript would calculate with an object. */
const calculated = (a: number, b: number, f: (a: number, b: number) => number): number =>
  typeof a !== 'number' ? a : typeof b !== 'number' ? b : f(a, b)

/**
 * The rows from place `from` up to, and without, place `to`, as `Array.slice` counts them: `limit(to - from)` after `offset(from)`.
 * Where `to` is before `from` it is `InvalidValue` when the query runs.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, orderBy, slice, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(from(users), orderBy(users.id), slice(1, 3))
 *
 * @category combinators
 * @since 0.1.0
 */
export const slice =
  (start: number, end: number): Limited =>
  (q) =>
    offset(start)(limit(calculated(start, end, (a, b) => b - a))(q))

/**
 * One page of `size` rows; the first is page 1. A page or a size that is no whole number, or a page before the first, is
 * `InvalidValue` when the query runs. It counts all rows before the page: `after` does not.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, orderBy, page, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(from(users), orderBy(users.id), page({ page: 2, size: 10 }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const page =
  (of: { readonly page: number; readonly size: number }): Limited =>
  (q) =>
    offset(calculated(of.page, of.size, (a, b) => (a - 1) * b))(limit(of.size)(q))

/**
 * Of the rows that are equal in these expressions the first in the order of the query, whose first terms these expressions are (in
 * any order and direction), or it is `IllFormed`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, distinctOn, from, integer, orderBy, table } from 'relvar'
 *
 * const posts = table('posts', { id: integer, authorId: integer })
 * const newest = pipe(from(posts), distinctOn(posts.authorId), orderBy(posts.authorId, desc(posts.id)))
 *
 * @category combinators
 * @since 0.1.0
 */
export const distinctOn =
  <Es extends readonly [AnyExpr, ...ReadonlyArray<AnyExpr>]>(...es: Es) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F>,
  ): Query<P, S, O, F | Exclude<SrcOf<Es[number]>, S>> =>
    withClauses(selectNode(q), { distinctOn: es.map((e) => nodeOf(e)) })
