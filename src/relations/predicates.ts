/**
 * Questions about the rows that a relation gives: the words of SQLAlchemy for EXISTS.
 */
import { where } from '../expr/clauses.js'
import type { Expr } from '../expr/expr.js'
import { not } from '../expr/logic.js'
import { exists } from '../expr/nested.js'
import { nodeOfQuery, type Query } from '../expr/query.js'

/**
 * Whether the relation gives a row, one for which the criterion is true where one is given.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { any, eq, from, integer, like, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer, title: text })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), where(any(postsOf, pipe(posts.title, like('%SQL%')))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const any: Predicate = <P, S extends string, O extends string, F extends string, E extends string = never>(
  relation: Query<P, S, O, F>,
  on?: Expr<boolean | null, E, string>,
): Expr<boolean, F | Exclude<E, S>> => (on === undefined ? exists(relation) : exists(pipeWhere(relation, on)))

/** A predicate over the rows of a relation. */
export type Predicate = <P, S extends string, O extends string, F extends string, E extends string = never>(
  relation: Query<P, S, O, F>,
  on?: Expr<boolean | null, E, string>,
) => Expr<boolean, F | Exclude<E, S>>

const pipeWhere = <P, S extends string, O extends string, F extends string, E extends string>(
  relation: Query<P, S, O, F>,
  on: Expr<boolean | null, E, string>,
): Query<P, S, O, F | Exclude<E, S>> => {
  const node = nodeOfQuery(relation)
  // The criterion is about the rows that the relation gives, and these clauses have chosen them before.
  if (node._tag !== 'Select' || node.limit !== null || node.offset !== null || node.distinct || node.groupBy.length > 0)
    throw new TypeError('any: after limit, offset, distinct or groupBy, name the relation with `subquery` and ask that')
  return where(on)(relation)
}

/**
 * Whether the relation gives its row, for a relation to one: the same question as `any`, in the word that reads well there.
 *
 * @category constructors
 * @since 0.1.0
 */
export const has: Predicate = any

/**
 * Whether the relation gives no such row.
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: Predicate = (relation, on) => not(any(relation, on))
