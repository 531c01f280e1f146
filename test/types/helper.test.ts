// Functions over any query that binds a table, over any table with a column, and over the types of tables and queries.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  type Aggregate,
  and,
  any,
  type AnyQuery,
  type AnyTable,
  type ColumnSpec,
  count,
  desc,
  eq,
  type Expr,
  from,
  gt,
  gte,
  include,
  innerJoin,
  isNull,
  type KeyOf,
  leftJoin,
  limit,
  like,
  lt,
  many,
  nullable,
  offset,
  orderBy,
  type Query,
  type RowOf,
  select,
  type Specs,
  type Table,
  text,
  when,
  where,
} from '../../src/index.js'
import { addresses, all, comments, type Post, posts, postsOf, u, type User, users } from '../types/blog.js'

const named = (name: string) => where(eq(users.name, name))
const byName = <P, S extends string, O extends string, F extends string>(q: Query<P, S | 'users', O, F>) =>
  pipe(q, named('ed'))
const page =
  (n: number) =>
  <P, S extends string, O extends string, F extends string>(q: Query<P, S, O, F>) =>
    pipe(q, limit(10), offset(n * 10))

describe('a function over any query that binds a table', () => {
  test('takes a query that binds it, and more', () => {
    const q = pipe(
      from(users),
      innerJoin(posts, eq(posts.authorId, users.id)),
      byName,
      page(3),
      when(true, named('x')),
      select({ t: posts.title }),
    )
    expectTypeOf(all(q)).toEqualTypeOf<ReadonlyArray<{ readonly t: string }>>()
    expectTypeOf(all(pipe(from(users), byName))).toEqualTypeOf<ReadonlyArray<User>>()
    all(pipe(from(posts), innerJoin(users, eq(posts.authorId, users.id)), byName))
  })

  test('takes no query that binds less', () => {
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(posts), named('ed')))
    // @ts-expect-error: Type '"users"' is not assignable to type '"posts"'
    pipe(from(posts), byName)
    // @ts-expect-error: Type '"users"' is not assignable to type '"u"'
    pipe(from(u), byName)
  })

  test('may select and include', () => {
    const summary = <P, S extends string, O extends string, F extends string>(q: Query<P, S | 'users', O, F>) =>
      pipe(q, where(any(postsOf)), select({ name: users.name, fullname: users.fullname }), orderBy(desc(users.id)))
    expectTypeOf(all(pipe(from(users), summary))).toEqualTypeOf<
      ReadonlyArray<{ readonly name: string; readonly fullname: string | null }>
    >()
    const withPosts = <P, S extends string, O extends string, F extends string>(q: Query<P, S | 'users', O, F>) =>
      pipe(q, include({ posts: many(postsOf) }))
    expectTypeOf(all(pipe(from(users), withPosts))[0]!.posts).toEqualTypeOf<ReadonlyArray<Post>>()
    const both = all(pipe(from(users), summary, withPosts))[0]!
    expectTypeOf(both).toEqualTypeOf<{
      readonly name: string
      readonly fullname: string | null
      readonly posts: ReadonlyArray<Post>
    }>()
  })

  test('keeps what may be absent', () => {
    const q = pipe(
      from(users),
      leftJoin(addresses, eq(addresses.userId, users.id)),
      byName,
      page(1),
      select({ email: addresses.email }),
    )
    expectTypeOf(all(q)[0]!.email).toEqualTypeOf<string | null>()
  })
})

describe('when', () => {
  test('leaves the type of the query as it is', () => {
    const q = pipe(
      from(users),
      when(true, limit(3)),
      when(false, where(isNull(users.fullname))),
      when(true, orderBy(users.id)),
    )
    expectTypeOf(q).toEqualTypeOf<ReturnType<typeof from<typeof users>>>()
  })

  test('takes nothing that makes another query', () => {
    // @ts-expect-error: Type '"posts"' is not assignable to type 'never'
    pipe(from(users), when(true, where(eq(posts.id, 1))))
    // @ts-expect-error: Type '"posts"' is not assignable to type '"(empty group)"'
    pipe(from(users), when(true, leftJoin(posts, eq(posts.authorId, users.id))))
    // @ts-expect-error: Expr<string, "users", "users">
    pipe(from(users), when(true, select({ name: users.name })))
  })
})

describe('a function over any table', () => {
  test('with a column of a type', () => {
    const byId =
      <S extends string, C extends Specs & { readonly id: ColumnSpec<number> }>(t: Table<S, C>) =>
      (id: number) =>
        pipe(from(t), where(eq(t.id, id)))
    expectTypeOf(all(byId(users)(3))).toEqualTypeOf<ReadonlyArray<User>>()
    expectTypeOf(all(pipe(byId(posts)(3), where(pipe(posts.title, like('%x%')))))[0]!.title).toEqualTypeOf<string>()
    all(byId(u)(3))
    const nameless = pipe(from(posts), select({ title: posts.title }))
    // @ts-expect-error: is not assignable to parameter of type 'Table<
    byId(nameless)
  })

  test('reads its types', () => {
    const first = <T extends AnyTable>(_table: T): { readonly row: RowOf<T>; readonly key: KeyOf<T> } | null => null
    expectTypeOf(first(users)).toEqualTypeOf<{
      readonly row: RowOf<typeof users>
      readonly key: KeyOf<typeof users>
    } | null>()
  })
})

describe('a function over any query or expression', () => {
  test('gives back what it takes', () => {
    const same = <Q extends AnyQuery>(q: Q): Q => q
    expectTypeOf(all(pipe(from(users), same))).toEqualTypeOf<ReadonlyArray<User>>()
  })

  test('makes expressions of any sources', () => {
    const shout = <A extends string | null, S extends string, N extends string>(e: Expr<A, S, N>) => pipe(e, like('%!'))
    expectTypeOf(shout(users.fullname)).toEqualTypeOf<Expr<boolean | null, 'users', 'users'>>()
    expectTypeOf(shout(comments.body)).toEqualTypeOf<Expr<boolean | null, 'comments', 'comments'>>()
    // @ts-expect-error: Argument of type 'Expr<number, "users", "users">' is not assignable
    shout(users.id)
  })

  test('compares expressions of sources that it does not know', () => {
    const within = <S extends string>(e: Expr<number, S, S>, low: Expr<number, S, S>, high: Expr<number, S, S>) =>
      and(gte(e, low), pipe(e, lt(high)))
    expectTypeOf(within(users.age, users.id, users.id)).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    const starts = <S extends string>(e: Expr<string | null, S, S>, text: string) => [eq(e, text), pipe(e, gt(text))]
    expectTypeOf(starts(comments.body, 'x')[0]!).toEqualTypeOf<Expr<boolean | null, 'comments', 'comments'>>()
    // @ts-expect-error: Argument of type 'Expr<string, "users", "users">' is not assignable
    within(users.age, users.name, users.id)
  })

  test('makes columns', () => {
    const note = pipe(text, nullable)
    expectTypeOf(note).toEqualTypeOf<ColumnSpec<string | null, true, false, never>>()
    expectTypeOf(count()).toEqualTypeOf<Aggregate<number>>()
  })
})
