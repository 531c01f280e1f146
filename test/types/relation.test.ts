// A relation is an open query and how many rows it gives for one outer row; an include puts its rows beside each row.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  and,
  any,
  count,
  type Empty,
  eq,
  type Expr,
  from,
  given,
  has,
  include,
  innerJoin,
  isNull,
  leftJoin,
  like,
  limit,
  many,
  max,
  none,
  one,
  optional,
  or,
  orderBy,
  present,
  type Problem,
  type Relation,
  type RowOfQuery,
  select,
  where,
} from '../../src/index.js'
import {
  type Address,
  addressesOf,
  all,
  authorOf,
  type Comment,
  comments,
  commentsOf,
  type Post,
  posts,
  postsOf,
  r,
  u,
  type User,
  users,
} from '../types/blog.js'

type UserWith<I> = { readonly [K in keyof (User & I)]: (User & I)[K] }

describe('a relation', () => {
  test('is an open query: a closed one relates to nothing', () => {
    // @ts-expect-error: this query mentions no outer table: it relates to nothing (alias one side of a self-relation)
    many(pipe(from(users), where(eq(users.managerId, users.id))))
    // @ts-expect-error: this query mentions no outer table: it relates to nothing
    one(from(users))
    // @ts-expect-error: this query mentions no outer table: it relates to nothing
    optional(pipe(postsOf, given(users, { id: 1, name: '', fullname: null, age: 1, managerId: null })))
    // @ts-expect-error: this query mentions no outer table: it relates to nothing
    many(pipe(from(users), innerJoin(posts, eq(posts.authorId, users.id))))
    expectTypeOf(many(postsOf)).toEqualTypeOf<Relation<'many', typeof posts, Empty, 'users'>>()
  })

  test('gives many rows as an array, one row, or one row or null', () => {
    const q = pipe(from(users), include({ posts: many(postsOf), first: one(addressesOf), last: optional(addressesOf) }))
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<
      UserWith<{
        readonly posts: ReadonlyArray<Post>
        readonly first: Address
        readonly last: Address | null
      }>
    >()
  })

  test('relates a table to itself by an alias', () => {
    const reportsOf = many(pipe(from(r), where(eq(r.managerId, users.id))))
    const [row] = all(pipe(from(users), include({ reports: reportsOf })))
    expectTypeOf(row!.reports).toEqualTypeOf<ReadonlyArray<User>>()
  })

  test('nests, and each level may say more of its rows', () => {
    const recent = pipe(postsOf, orderBy(posts.id), limit(5), include({ comments: many(commentsOf) }))
    const [row] = all(pipe(from(users), include({ posts: many(recent) })))
    expectTypeOf(row!.posts[0]!.comments).toEqualTypeOf<ReadonlyArray<Comment>>()
    expectTypeOf(row!.posts[0]!.comments[0]!.body).toEqualTypeOf<string | null>()
    expectTypeOf(row!.posts[0]!.title).toEqualTypeOf<string>()
  })

  test('may mention rows further out than the next', () => {
    const theirs = pipe(from(comments), where(and(eq(comments.postId, posts.id), eq(comments.id, users.id))))
    all(pipe(from(users), include({ posts: many(pipe(postsOf, include({ theirs: many(theirs) }))) })))
    const ofU = pipe(from(posts), where(eq(posts.authorId, u.id)), include({ theirs: many(theirs) }))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(u), include({ posts: many(ofU) })))
  })

  test('is under another alias by given', () => {
    all(pipe(from(u), include({ posts: many(pipe(postsOf, given(users, u))) })))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(u), include({ posts: many(postsOf) })))
  })

  test('has rows as its query says: selected, joined, aggregated', () => {
    const q = pipe(
      from(users),
      include({
        titles: many(pipe(postsOf, select(posts.title))),
        commented: many(
          pipe(postsOf, leftJoin(comments, eq(comments.postId, posts.id)), select({ t: posts.title, c: comments.id })),
        ),
        stats: one(pipe(postsOf, select({ n: count(), last: max(posts.id) }))),
      }),
    )
    expectTypeOf<RowOfQuery<typeof q>['titles']>().toEqualTypeOf<ReadonlyArray<string>>()
    expectTypeOf<RowOfQuery<typeof q>['commented']>().toEqualTypeOf<
      ReadonlyArray<{ readonly t: string; readonly c: number | null }>
    >()
    expectTypeOf<RowOfQuery<typeof q>['stats']>().toEqualTypeOf<{ readonly n: number; readonly last: number | null }>()
  })
})

describe('include', () => {
  test('takes relations and nothing else', () => {
    // @ts-expect-error: Property '[RelationT]' is missing in type 'Query<
    pipe(from(users), include({ posts: postsOf }))
    // @ts-expect-error: Property '[RelationT]' is missing in type 'TableLike<"posts"
    pipe(from(users), include({ posts: posts }))
    // @ts-expect-error: Type 'Relation<"many", Table<"posts"
    pipe(from(users), select({ posts: many(postsOf) }))
  })

  test('stays when the row is selected, before or after', () => {
    const after = pipe(from(users), include({ posts: many(postsOf) }), select({ name: users.name }))
    const before = pipe(from(users), select({ name: users.name }), include({ posts: many(postsOf) }))
    expectTypeOf<RowOfQuery<typeof after>>().toEqualTypeOf<{
      readonly name: string
      readonly posts: ReadonlyArray<Post>
    }>()
    expectTypeOf<RowOfQuery<typeof before>>().toEqualTypeOf<RowOfQuery<typeof after>>()
  })

  test('again adds relations; of one key the last stands', () => {
    const q = pipe(
      from(users),
      include({ posts: many(postsOf), addresses: many(addressesOf) }),
      include({ posts: optional(postsOf) }),
    )
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<
      UserWith<{ readonly addresses: ReadonlyArray<Address>; readonly posts: Post | null }>
    >()
  })

  test('stands before a column of the same name', () => {
    const q = pipe(from(users), include({ name: many(postsOf) }))
    expectTypeOf<RowOfQuery<typeof q>['name']>().toEqualTypeOf<ReadonlyArray<Post>>()
  })

  test('stands beside named columns', () => {
    const q = pipe(from(users), select(users.name), include({ posts: many(postsOf) }))
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<
      Problem<'an include stands beside named columns: select({ … }) instead of one expression'>
    >()
  })
})

describe('under an outer row that may be absent', () => {
  const withAuthor = pipe(from(posts), leftJoin(users, eq(users.id, posts.authorId)))

  test('many gives an array, one and optional may be null', () => {
    const q = pipe(
      withAuthor,
      include({
        many: many(addressesOf),
        one: one(addressesOf),
        optional: optional(addressesOf),
        comment: one(commentsOf),
        comments: many(commentsOf),
      }),
    )
    expectTypeOf<RowOfQuery<typeof q>['many']>().toEqualTypeOf<ReadonlyArray<Address>>()
    expectTypeOf<RowOfQuery<typeof q>['one']>().toEqualTypeOf<Address | null>()
    expectTypeOf<RowOfQuery<typeof q>['optional']>().toEqualTypeOf<Address | null>()
    expectTypeOf<RowOfQuery<typeof q>['comment']>().toEqualTypeOf<Comment>()
    expectTypeOf<RowOfQuery<typeof q>['comments']>().toEqualTypeOf<ReadonlyArray<Comment>>()
  })

  test('one is there again where the outer row is present', () => {
    const q = pipe(withAuthor, include({ address: one(addressesOf) }), present(users))
    expectTypeOf<RowOfQuery<typeof q>['address']>().toEqualTypeOf<Address>()
  })

  test('what a relation selects of the absent row may be null', () => {
    const named = pipe(commentsOf, select({ body: comments.body, author: users.name }))
    const q = pipe(withAuthor, include({ comments: many(named), comment: optional(named) }))
    expectTypeOf<RowOfQuery<typeof q>['comments'][number]>().toEqualTypeOf<{
      readonly body: string | null
      readonly author: string | null
    }>()
    const closed = pipe(from(posts), innerJoin(users, eq(users.id, posts.authorId)), include({ comments: many(named) }))
    expectTypeOf<RowOfQuery<typeof closed>['comments'][number]>().toEqualTypeOf<{
      readonly body: string | null
      readonly author: string
    }>()
  })

  test('the row is null with its includes where it is the absent one', () => {
    const q = pipe(withAuthor, select(users), include({ addresses: many(addressesOf) }))
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<UserWith<{
      readonly addresses: ReadonlyArray<Address>
    }> | null>()
  })
})

describe('any, has and none', () => {
  test('are criteria that leave free what the relation does', () => {
    expectTypeOf(any(postsOf)).toEqualTypeOf<Expr<boolean, 'users'>>()
    expectTypeOf(has(authorOf, eq(users.name, 'ed'))).toEqualTypeOf<Expr<boolean, 'posts'>>()
    expectTypeOf(none(postsOf, pipe(posts.title, like('%x%')))).toEqualTypeOf<Expr<boolean, 'users'>>()
    expectTypeOf(any(postsOf, eq(comments.id, posts.id))).toEqualTypeOf<Expr<boolean, 'users' | 'comments'>>()
  })

  test('stand where criteria and outputs do', () => {
    const q = pipe(
      from(users),
      where(or(any(postsOf), and(none(addressesOf), isNull(users.fullname)))),
      select({ posted: any(postsOf), n: count() }),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{ readonly posted: boolean; readonly n: number }>()
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), where(has(authorOf))))
  })

  test('are about a criterion', () => {
    // @ts-expect-error: Type 'string' is not assignable to type 'boolean | null'
    any(postsOf, posts.title)
    // @ts-expect-error: Property '[QueryT]' is missing in type 'Relation<"many"
    any(many(postsOf))
  })
})
