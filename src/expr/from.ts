/**
 * FROM and the joins. A join binds a name once, and never one that is already mentioned as an outer row.
 */
import type { Empty, Expr } from './expr.js'
import { criterion } from './expr.js'
import { logic } from './node.js'
import type { None } from './problem.js'
import { nodeOfQuery, type Query, query, withClauses } from './query.js'
import { type JoinKind, noClauses, type SelectNode } from './query-node.js'
import { booleanType } from './sql-type.js'
import { type AnyTable, type ClosedTable, type FreeIn, sourceOf, type SourceOf } from './table.js'

/** `unknown` where a source's name is neither bound nor mentioned in a query, else a sentence. */
export type Fresh<T extends string, S, F> = None<
  Extract<T, S>,
  '',
  ' is already in this query: give one of the two an alias'
> &
  None<
    Extract<T, F>,
    '',
    ' is already mentioned here, so it means an outer row: join it before you mention it, or alias it'
  >

/** A join: `Add` says which side may be absent afterwards. */
export type Join<Add extends 'none' | 'right' | 'left' | 'both'> = <T extends ClosedTable, E extends string>(
  t: T,
  on: Expr<boolean | null, E, string>,
) => <P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F> & Fresh<SourceOf<T>, S, F>,
) => Query<
  P,
  S | SourceOf<T>,
  O | (Add extends 'right' | 'both' ? SourceOf<T> : never) | (Add extends 'left' | 'both' ? S : never),
  F | Exclude<E, S | SourceOf<T>>
>

/**
 * A query of all rows of a table or derived table.
 *
 * @example
 * import { from, integer, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * from(users)
 *
 * @category constructors
 * @since 0.1.0
 */
export const from = <T extends ClosedTable>(t: T): Query<T, SourceOf<T>, Empty, never> =>
  query({ ...noClauses, from: sourceOf(t) })

/** The node of a query whose type says that it is a SELECT. */
export const selectNode = (q: Query<unknown, never, string, string>): SelectNode => {
  const node = nodeOfQuery(q)
  if (node._tag !== 'Select') throw new TypeError('a SELECT is expected here, not a set operation or a write')
  return node
}

const joined =
  (kind: JoinKind, lateral = false) =>
  (t: AnyTable, on: unknown) =>
  (q: Query<unknown, never, string, string>): unknown => {
    const node = selectNode(q)
    const join = { kind, source: sourceOf(t), on: kind === 'cross' ? null : criterion(on, booleanType), lateral }
    return withClauses(node, { joins: [...node.joins, join] })
  }

/**
 * Rows of both sides that satisfy the criterion.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, innerJoin, integer, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), innerJoin(posts, eq(posts.authorId, users.id)))
 *
 * @category combinators
 * @since 0.1.0
 */
// The types of a join live in its signature alone; `joined` does to the node what they say.
export const innerJoin = joined('inner') as Join<'none'>

/**
 * All rows so far; where no row of the other side satisfies the criterion, that side is absent: its columns are null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, leftJoin, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), leftJoin(posts, eq(posts.authorId, users.id)), select({ user: users.id, post: posts.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const leftJoin = joined('left') as Join<'right'>

/**
 * All rows of the other side; where no row so far satisfies the criterion, all sources so far are absent: their columns are null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, rightJoin, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), rightJoin(posts, eq(posts.authorId, users.id)), select({ post: posts.id, user: users.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const rightJoin = joined('right') as Join<'left'>

/**
 * All rows of both sides: beside each other where they satisfy the criterion, else alone, and the other side is absent.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, fullJoin, integer, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), fullJoin(posts, eq(posts.authorId, users.id)), select({ user: users.id, post: posts.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const fullJoin = joined('full') as Join<'both'>

/**
 * Each row so far beside each row of the other side.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { crossJoin, from, integer, nullable, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), crossJoin(posts))
 *
 * @category combinators
 * @since 0.1.0
 */
export const crossJoin = <T extends ClosedTable>(
  t: T,
): (<P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F> & Fresh<SourceOf<T>, S, F>,
) => Query<P, S | SourceOf<T>, O, F>) =>
  // `joined` keeps the projection and adds the source, as the signature says.
  joined('cross')(t, null) as never

/** A join of a query that is asked for each row so far: what it leaves free is what stands before it. */
export type LateralJoin<Add extends 'none' | 'right'> = <T extends AnyTable>(
  t: T,
) => <P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F> & Fresh<SourceOf<T>, S, F>,
) => Query<P, S | SourceOf<T>, O | (Add extends 'right' ? SourceOf<T> : never), F | Exclude<FreeIn<T>, S>>

/**
 * Each row so far beside each row that the query gives for it: the query may mention the sources that stand before it. Rows for
 * which it gives none are left out.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, eq, from, integer, lateral, limit, orderBy, select, subquery, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const posts = table('posts', { id: integer, authorId: integer, title: text })
 * const latest = pipe(
 *   from(posts),
 *   where(eq(posts.authorId, users.id)),
 *   orderBy(desc(posts.id)),
 *   limit(1),
 *   subquery('latest'),
 * )
 * pipe(from(users), lateral(latest), select({ name: users.name, title: latest.title }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const lateral: LateralJoin<'none'> = (t) => joined('cross', true)(t, null) as never

/**
 * As `lateral`, but rows for which the query gives none stay: the query is absent from them, and its columns are null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, eq, from, integer, leftLateral, limit, orderBy, select, subquery, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: integer, authorId: integer })
 * const newest = pipe(from(posts), where(eq(posts.authorId, users.id)), orderBy(desc(posts.id)), limit(1), subquery('newest'))
 * pipe(from(users), leftLateral(newest), select({ user: users.id, post: newest.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
// The criterion of the join is always true: the query itself says which rows belong together.
export const leftLateral: LateralJoin<'right'> = (t) => joined('left', true)(t, logic('and', [])) as never
