/**
 * Questions about the rows that a relation gives: the words of SQLAlchemy for EXISTS.
 */
import { where } from '../expr/clauses.js'
import type { Expr, SrcOf } from '../expr/expr.js'
import { not } from '../expr/logic.js'
import { exists } from '../expr/nested.js'
import { nodeOfQuery, type Query } from '../expr/query.js'

type Criterion = Expr<boolean | null, string, string>

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
// The types live in the signature alone: `On` carries the sources that the criterion mentions.
export const any = ((relation: Query<unknown, never, string, string>, on?: Criterion): unknown =>
  on === undefined ? exists(relation) : exists(pipeWhere(relation, on))) as Predicate

/** A predicate over the rows of a relation. */
// `On` is no part of the result, lest the place where a predicate stands says what it mentions.
export type Predicate = <P, S extends string, O extends string, F extends string, On extends Criterion = never>(
  relation: Query<P, S, O, F>,
  on?: On,
) => Expr<boolean, F | Exclude<SrcOf<On>, S>>

const pipeWhere = (
  relation: Query<unknown, never, string, string>,
  on: Criterion,
): Query<unknown, never, string, string> => {
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
export const has: Predicate = (relation, on) => any(relation, on)

/**
 * Whether the relation gives no such row.
 *
 * @category constructors
 * @since 0.1.0
 */
export const none: Predicate = (relation, on) => not(any(relation, on))
