/**
 * `include`: relations beside each row of a query, loaded with one more statement a level.
 */
import { selectNode } from './from.js'
import { type AnyRelation, type Query, type Relation, type With, withClauses } from './query.js'
import type { Cardinality, QueryNode, RelationNode } from './query-node.js'

type FreeOf<R> = R extends Relation<Cardinality, unknown, string, infer F> ? F : never

/** What `include` makes of a projection that may have includes already: of one key the last stands. */
export type Included<P, I> = P extends With<infer P0, infer I0> ? With<P0, Omit<I0, keyof I> & I> : With<P, I>

const brand: unique symbol = Symbol('relvar/relation')

const relationNode = (key: string, r: unknown): RelationNode => {
  if (typeof r !== 'object' || r === null || !(brand in r))
    throw new TypeError(`include: "${key}" is no relation: many(…), one(…) and optional(…) make relations`)
  // Only `relation` puts the brand there, on a node.
  return r as unknown as RelationNode
}

/** A relation of an open query; its types are those that the caller's signature proves. */
export const relation = <C extends Cardinality, P, O extends string, F extends string>(
  cardinality: C,
  node: QueryNode,
): Relation<C, P, O, F> => {
  const made: RelationNode = Object.freeze({ [brand]: true, cardinality, query: node })
  return made as unknown as Relation<C, P, O, F>
}

/**
 * Relations by the key under which each row gets them.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, eq, from, include, integer, many, orderBy, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { id: integer, authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), include({ posts: many(pipe(postsOf, orderBy(desc(posts.id)))) }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const include =
  <I extends Readonly<Record<string, AnyRelation>>>(relations: I) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F>,
  ): Query<Included<P, I>, S, O, F | Exclude<FreeOf<I[keyof I]>, S>> => {
    const node = selectNode(q)
    const added = Object.entries(relations).map(([key, r]) => ({ key, relation: relationNode(key, r) }))
    const kept = node.includes.filter((include) => !Object.hasOwn(relations, include.key))
    return withClauses(node, { includes: [...kept, ...added] })
  }
