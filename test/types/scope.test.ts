// A name is bound once, where it is joined, and what is mentioned and never bound is free: a query with something free does not run.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  alias,
  and,
  any,
  type ClosedQuery,
  count,
  crossJoin,
  desc,
  type Empty,
  eq,
  exists,
  from,
  given,
  groupBy,
  has,
  having,
  include,
  innerJoin,
  inQuery,
  leftJoin,
  like,
  limit,
  lower,
  many,
  none,
  offset,
  orderBy,
  type Problem,
  type Query,
  scalar,
  select,
  where,
} from '../../src/index.js'
import { addresses, addressesOf, all, comments, commentsOf, posts, postsOf, r, u, users } from '../types/blog.js'

describe('a source that is mentioned and never joined', () => {
  test('is free, and the sentence names it', () => {
    const open = pipe(from(users), where(eq(addresses.email, 'x')))
    expectTypeOf(open).toEqualTypeOf<Query<typeof users, 'users', Empty, 'addresses'>>()
    expectTypeOf<ClosedQuery<'addresses'>>().toEqualTypeOf<Problem<'"addresses" is mentioned but never joined'>>()
    // @ts-expect-error: "addresses" is mentioned but never joined
    all(open)
  })

  test('is free in every clause', () => {
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select({ t: posts.title })))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select({ a: { b: posts } })))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select(lower(posts.title))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), orderBy(posts.title)))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), orderBy(users.id, desc(posts.title))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), groupBy(users.id, posts.title)))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), groupBy(users.id), having(eq(count(posts.id), 1))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), innerJoin(addresses, eq(addresses.id, posts.id))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), leftJoin(addresses, and(eq(addresses.userId, users.id), eq(posts.id, 1)))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), include({ comments: many(commentsOf) })))
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(from(users), limit(users.id))
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(from(users), offset(users.id))
  })

  test('is named with the others', () => {
    // @ts-expect-error: "addresses" is mentioned but never joined
    all(pipe(from(users), where(eq(addresses.email, posts.title))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), where(eq(addresses.email, posts.title))))
  })

  test('is an alias where the table itself is joined, and the other way round', () => {
    // @ts-expect-error: "u" is mentioned but never joined
    all(pipe(from(users), where(eq(u.id, 1))))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(u), where(eq(users.id, 1))))
    all(pipe(from(u), where(eq(u.id, 1))))
  })
})

describe('a join', () => {
  test('binds a name once', () => {
    // @ts-expect-error: "users" is already in this query: give one of the two an alias
    pipe(from(users), innerJoin(users, eq(users.id, users.id)))
    // @ts-expect-error: "users" is already in this query: give one of the two an alias
    pipe(from(users), leftJoin(users, eq(users.id, users.id)))
    // @ts-expect-error: "users" is already in this query: give one of the two an alias
    pipe(from(users), crossJoin(users))
    // @ts-expect-error: "posts" is already in this query: give one of the two an alias
    pipe(from(users), crossJoin(posts), crossJoin(pipe(comments, alias('posts'))))
    const q = pipe(from(users), innerJoin(u, eq(u.id, users.managerId)), innerJoin(r, eq(r.id, u.managerId)))
    expectTypeOf(q).toEqualTypeOf<Query<typeof users, 'users' | 'u' | 'r', Empty, never>>()
    all(q)
  })

  test('never binds what was mentioned before: ON does not point to a later join', () => {
    const early = pipe(from(users), innerJoin(comments, eq(comments.postId, posts.id)))
    // @ts-expect-error: "posts" is already mentioned here, so it means an outer row
    pipe(early, innerJoin(posts, eq(posts.authorId, users.id)))
    // @ts-expect-error: "posts" is already mentioned here, so it means an outer row
    pipe(early, leftJoin(posts, eq(posts.authorId, users.id)))
    // @ts-expect-error: "posts" is already mentioned here, so it means an outer row
    pipe(early, crossJoin(posts))
    // @ts-expect-error: "comments" is already mentioned here, so it means an outer row
    pipe(from(users), where(eq(comments.id, 1)), crossJoin(comments))
  })

  test('does not capture the outer row of a relation', () => {
    // @ts-expect-error: "users" is already mentioned here, so it means an outer row
    pipe(postsOf, innerJoin(users, eq(users.name, 'x')))
  })

  test('sees what was joined before it, and itself', () => {
    const q = pipe(
      from(users),
      innerJoin(posts, eq(posts.authorId, users.id)),
      innerJoin(comments, and(eq(comments.postId, posts.id), eq(comments.id, users.id))),
    )
    all(q)
  })
})

describe('a subquery', () => {
  test('brings what it leaves free to the query around it', () => {
    all(pipe(from(users), where(exists(postsOf))))
    all(pipe(from(users), where(any(postsOf, pipe(posts.title, like('%x%'))))))
    all(pipe(from(users), where(has(addressesOf)), where(none(postsOf))))
    all(pipe(from(users), select({ posted: any(postsOf), n: scalar(pipe(postsOf, select(count()))) })))
    all(pipe(from(users), where(and(any(postsOf), none(addressesOf)))))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(u), where(exists(postsOf))))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(u), select({ n: scalar(pipe(postsOf, select(count()))) })))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(comments), where(any(postsOf))))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(comments), where(pipe(comments.postId, inQuery(pipe(postsOf, select(posts.id)))))))
  })

  test('of a subquery is free where no query around it binds', () => {
    const commented = pipe(postsOf, where(exists(commentsOf)))
    expectTypeOf(commented).toEqualTypeOf<Query<typeof posts, 'posts', Empty, 'users'>>()
    all(pipe(from(users), where(exists(commented))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), where(exists(commentsOf))))
  })

  test('of a criterion mentions what the criterion mentions', () => {
    // @ts-expect-error: "comments" is mentioned but never joined
    all(pipe(from(users), where(any(postsOf, eq(comments.id, 1)))))
  })
})

describe('given', () => {
  test('closes a query by a row', () => {
    const wendy = { id: 3, name: 'wendy', fullname: null, age: 27, managerId: null }
    const closed = pipe(postsOf, given(users, wendy))
    expectTypeOf(closed).toEqualTypeOf<Query<typeof posts, 'posts', Empty, never>>()
    all(pipe(closed, where(pipe(posts.title, like('%x%')))))
    // @ts-expect-error: is missing the following properties from type
    pipe(postsOf, given(users, { name: 'ed' }))
    // @ts-expect-error: Type 'string' is not assignable to type 'number'
    pipe(postsOf, given(users, { ...wendy, id: 'x' }))
  })

  test('takes a row that has more than the columns, such as one with its includes', () => {
    const [user] = all(pipe(from(users), include({ posts: many(postsOf) })))
    all(pipe(postsOf, given(users, user!)))
  })

  test('renames a free table to another alias of it', () => {
    const renamed = pipe(postsOf, given(users, u))
    expectTypeOf(renamed).toEqualTypeOf<Query<typeof posts, 'posts', Empty, 'u'>>()
    all(pipe(from(u), where(exists(renamed))))
    // @ts-expect-error: "u" is mentioned but never joined
    all(pipe(from(users), where(exists(renamed))))
    // @ts-expect-error: is not assignable to parameter of type 'RowOf<
    pipe(postsOf, given(users, posts))
  })

  test('is about what is free, and takes no name that is bound inside', () => {
    // @ts-expect-error: "comments" is not free in this query
    pipe(postsOf, given(comments, { id: 1, postId: 1, body: null }))
    // @ts-expect-error: "posts" is not free in this query
    pipe(postsOf, given(posts, pipe(posts, alias('p'))))
    // @ts-expect-error: "posts" is bound inside this query: alias it there
    pipe(postsOf, given(users, pipe(users, alias('posts'))))
  })

  test('leaves the other free names free', () => {
    const both = pipe(from(comments), where(and(eq(comments.postId, posts.id), eq(comments.id, users.id))))
    const half = pipe(both, given(users, u))
    expectTypeOf(half).toEqualTypeOf<Query<typeof comments, 'comments', Empty, 'posts' | 'u'>>()
  })
})
