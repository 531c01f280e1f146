/**
 * FROM and the joins. A join binds a name once, and never one that is already mentioned as an outer row.
 */
import type { Empty, Expr } from './expr.js'
import { criterion } from './expr.js'
import type { None } from './problem.js'
import { nodeOfQuery, type Query, query, withClauses } from './query.js'
import type { JoinKind, SelectNode } from './query-node.js'
import { booleanType } from './sql-type.js'
import { type ClosedTable, sourceOf, type SourceOf } from './table.js'

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

const empty: Omit<SelectNode, 'from'> = Object.freeze({
  _tag: 'Select',
  joins: [],
  where: null,
  present: [],
  groupBy: [],
  having: null,
  select: null,
  distinct: false,
  orderBy: [],
  limit: null,
  offset: null,
  includes: [],
})

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
  query({ ...empty, from: sourceOf(t) })

/** The node of a query whose type says that it is a SELECT. */
export const selectNode = (q: Query<unknown, never, string, string>): SelectNode => {
  const node = nodeOfQuery(q)
  if (node._tag !== 'Select') throw new TypeError('a SELECT is expected here, not a set operation or a write')
  return node
}

const joined =
  (kind: JoinKind) =>
  (t: ClosedTable, on: unknown) =>
  (q: Query<unknown, never, string, string>): unknown => {
    const node = selectNode(q)
    const join = { kind, source: sourceOf(t), on: kind === 'cross' ? null : criterion(on, booleanType) }
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
 * @category combinators
 * @since 0.1.0
 */
export const leftJoin = joined('left') as Join<'right'>

/**
 * Each row so far beside each row of the other side.
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
