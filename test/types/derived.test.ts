// A query with a name is a source of flat rows, and it keeps what it leaves free.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  alias,
  count,
  crossJoin,
  eq,
  type Expr,
  from,
  type FreeIn,
  given,
  groupBy,
  include,
  innerJoin,
  leftJoin,
  limit,
  many,
  max,
  orderBy,
  type RowOf,
  select,
  type SourceOf,
  subquery,
  where,
} from '../../src/index.js'
import { type Address, addresses, all, posts, postsOf, u, type User, users } from '../types/blog.js'

const latest = pipe(postsOf, orderBy(posts.id), limit(1), select({ title: posts.title }), subquery('latest'))

describe('a derived table', () => {
  test('has the outputs of its query as columns', () => {
    const first = pipe(from(users), orderBy(users.id), limit(3), subquery('first'))
    expectTypeOf(first.name).toEqualTypeOf<Expr<string, 'first', 'first'>>()
    expectTypeOf(all(pipe(from(first), where(eq(first.name, 'wendy'))))).toEqualTypeOf<ReadonlyArray<User>>()
    expectTypeOf<SourceOf<typeof first>>().toEqualTypeOf<'first'>()
    // @ts-expect-error: Property 'nope' does not exist
    expectTypeOf(first.nope)
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(first), where(eq(users.name, 'wendy'))))
  })

  test('keeps the nulls of its query, and they are the values of its columns', () => {
    const d = pipe(
      from(users),
      leftJoin(addresses, eq(addresses.userId, users.id)),
      select({ id: users.id, email: addresses.email, fullname: users.fullname }),
      subquery('d'),
    )
    expectTypeOf(all(from(d))).toEqualTypeOf<
      ReadonlyArray<{ readonly id: number; readonly email: string | null; readonly fullname: string | null }>
    >()
    const stats = pipe(from(posts), groupBy(posts.authorId), select({ by: posts.authorId, n: count() }), subquery('s'))
    const q = pipe(
      from(users),
      leftJoin(stats, eq(stats.by, users.id)),
      select({ name: users.name, n: stats.n, stats }),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{
      readonly name: string
      readonly n: number | null
      readonly stats: { readonly by: number; readonly n: number } | null
    }>()
    const top = pipe(from(posts), select({ max: max(posts.id) }), subquery('top'))
    expectTypeOf(top.max).toEqualTypeOf<Expr<number | null, 'top', 'top'>>()
  })

  test('of a whole table that may be absent has columns that may be null', () => {
    const d = pipe(from(users), leftJoin(addresses, eq(addresses.userId, users.id)), select(addresses), subquery('d'))
    expectTypeOf(d.email).toEqualTypeOf<Expr<string | null, 'd', 'd'>>()
    expectTypeOf<RowOf<typeof d>>().toEqualTypeOf<{
      readonly id: number | null
      readonly email: string | null
      readonly userId: number | null
    }>()
    const inner = pipe(from(addresses), select(addresses), subquery('inner'))
    expectTypeOf<RowOf<typeof inner>>().toEqualTypeOf<Address>()
  })

  test('is joined, aliased and joined again as a table is', () => {
    const first = pipe(from(users), limit(3), subquery('first'))
    const second = pipe(first, alias('second'))
    all(pipe(from(first), innerJoin(second, eq(second.id, first.managerId))))
    // @ts-expect-error: "first" is already in this query: give one of the two an alias
    pipe(from(first), crossJoin(first))
  })

  test('keeps what it leaves free: only a lateral join could bind it', () => {
    expectTypeOf<FreeIn<typeof latest>>().toEqualTypeOf<'users'>()
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    from(latest)
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(from(users), innerJoin(latest, eq(latest.title, 'x')))
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(from(users), leftJoin(latest, eq(latest.title, 'x')))
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(from(users), crossJoin(pipe(latest, alias('l'))))
  })

  test('is closed where its query was closed before', () => {
    const wendy = { id: 3, name: 'wendy', fullname: null, age: 27, managerId: null }
    const hers = pipe(postsOf, given(users, wendy), subquery('hers'))
    expectTypeOf<FreeIn<typeof hers>>().toEqualTypeOf<never>()
    all(from(hers))
    const ofU = pipe(postsOf, given(users, u), subquery('ofU'))
    expectTypeOf<FreeIn<typeof ofU>>().toEqualTypeOf<'u'>()
  })

  test('has flat rows with named columns', () => {
    // @ts-expect-error: "user" is a record: flat rows with named columns are needed here
    pipe(from(users), select({ id: users.id, user: { name: users.name } }), subquery('x'))
    // @ts-expect-error: "user" is a record: flat rows with named columns are needed here
    pipe(from(users), select({ user: users }), subquery('x'))
    // @ts-expect-error: "posts" is an include: flat rows with named columns are needed here
    pipe(from(users), include({ posts: many(postsOf) }), subquery('x'))
    // @ts-expect-error: one expression has no name: flat rows with named columns are needed here
    pipe(from(users), select(users.name), subquery('x'))
  })
})
