/**
 * Relations: an open query, and how many rows it gives for one outer row.
 */
import { relation } from '../expr/include.js'
import type { Problem } from '../expr/problem.js'
import { nodeOfQuery, type Query, type Relation } from '../expr/query.js'
import type { Cardinality } from '../expr/query-node.js'
import { isWrite } from '../expr/query-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Makes a relation of an open query; a closed one relates to nothing. */
export type Relate<C extends Cardinality> = <
  P,
  S extends string,
  O extends string,
  F extends string,
  K extends 'select' | 'set',
>(
  q: Query<P, S, O, F, K> &
    ([F] extends [never]
      ? Problem<'this query mentions no outer table: it relates to nothing (alias one side of a self-relation)'>
      : unknown),
) => Relation<C, P, O, F>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const relate =
  <C extends Cardinality>(cardinality: C): Relate<C> =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K>,
  ): Relation<C, P, O, F> => {
    const node = nodeOfQuery(q)
    if (isWrite(node)) throw new TypeError('a write is no relation')
    return relation(cardinality, node)
  }

/**
 * Any number of rows, in the order that the query says.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, include, integer, many, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: integer, authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), include({ posts: many(postsOf) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const many: Relate<'many'> = relate('many')

/**
 * Exactly one row: `NoRows` or `MultipleRows` otherwise. Null where the outer row itself is absent.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, include, integer, one, primaryKey, references, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)))
 * pipe(from(posts), include({ author: one(authorOf) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const one: Relate<'one'> = relate('one')

/**
 * One row or null: `MultipleRows` otherwise.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, include, integer, optional, primaryKey, references, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)))
 * pipe(from(posts), include({ author: optional(authorOf) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const optional: Relate<'optional'> = relate('optional')
