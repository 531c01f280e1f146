// A set operation gives the rows of both sides, which have the same outputs, and ends the scope.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  and,
  asc,
  count,
  crossJoin,
  desc,
  distinct,
  eq,
  except,
  exists,
  type Expr,
  from,
  given,
  groupBy,
  having,
  include,
  innerJoin,
  intersect,
  leftJoin,
  limit,
  lower,
  many,
  nullsFirst,
  nullsLast,
  offset,
  orderBy,
  present,
  type Query,
  type RowOfQuery,
  select,
  subquery,
  union,
  unionAll,
  where,
} from '../../src/index.js'
import { addresses, all, posts, postsOf, type User, users } from '../types/blog.js'

const names = pipe(from(users), select({ n: users.name, id: users.id }))
const fullnames = pipe(from(users), select({ n: users.fullname, id: users.id }))
const both = pipe(names, union(fullnames))

describe('a set operation', () => {
  test('gives the union of both rows, whichever side has the null', () => {
    expectTypeOf(all(both)).toEqualTypeOf<ReadonlyArray<{ readonly n: string | null; readonly id: number }>>()
    expectTypeOf(all(pipe(fullnames, unionAll(names)))).toEqualTypeOf<
      ReadonlyArray<{ readonly n: string | null; readonly id: number }>
    >()
    expectTypeOf(all(pipe(names, except(fullnames)))[0]!.n).toEqualTypeOf<string | null>()
    expectTypeOf(all(pipe(names, intersect(fullnames)))[0]!.n).toEqualTypeOf<string | null>()
  })

  test('takes whole tables, and an absent one as columns that may be null', () => {
    expectTypeOf(all(pipe(from(users), union(from(users))))[0]!).toEqualTypeOf<User>()
    const absent = pipe(from(posts), leftJoin(users, eq(users.id, posts.authorId)), select(users))
    const q = pipe(absent, union(from(users)))
    expectTypeOf<RowOfQuery<typeof q>['name']>().toEqualTypeOf<string | null>()
  })

  test('takes set operations on both sides', () => {
    const q = pipe(both, union(names), union(both))
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{ readonly n: string | null; readonly id: number }>()
  })

  test('has the same outputs on both sides', () => {
    // @ts-expect-error: only one side has "id"
    pipe(from(users), select({ n: users.name }), union(names))
    // @ts-expect-error: only one side has "id"
    pipe(names, except(pipe(from(users), select({ n: users.name }))))
    // @ts-expect-error: only one side has "title"
    pipe(names, unionAll(pipe(from(posts), select({ id: posts.id, title: posts.title }))))
    // @ts-expect-error: only one side has "email"
    pipe(from(users), intersect(from(addresses)))
    // @ts-expect-error: the two sides have different types of "n"
    pipe(names, union(pipe(from(users), select({ n: users.age, id: users.id }))))
  })

  test('has flat rows with named columns on both sides', () => {
    // @ts-expect-error: "user" is a record: flat rows with named columns are needed here
    pipe(from(users), select({ user: users }), union(names))
    // @ts-expect-error: "user" is a record: flat rows with named columns are needed here
    pipe(names, union(pipe(from(users), select({ user: { id: users.id } }))))
    // @ts-expect-error: "posts" is an include: flat rows with named columns are needed here
    pipe(from(users), include({ posts: many(postsOf) }), union(from(users)))
    // @ts-expect-error: "posts" is an include: flat rows with named columns are needed here
    pipe(from(users), union(pipe(from(users), include({ posts: many(postsOf) }))))
    // @ts-expect-error: one expression has no name: flat rows with named columns are needed here
    pipe(from(users), select(users.id), union(pipe(from(users), select(users.id))))
  })

  test('keeps what both sides leave free', () => {
    const open = pipe(
      postsOf,
      select({ id: posts.id }),
      union(pipe(from(addresses), where(eq(addresses.userId, posts.id)), select({ id: addresses.id }))),
    )
    expectTypeOf(open).toExtend<Query<unknown, never, never, 'users' | 'posts', 'set'>>()
    // @ts-expect-error: "users" is mentioned but never joined
    all(open)
    // @ts-expect-error: "posts" is mentioned but never joined
    all(open)
    all(pipe(from(users), innerJoin(posts, eq(posts.authorId, users.id)), where(exists(open))))
  })
})

describe('after a set operation', () => {
  test('stand orderBy of outputs, limit, offset and subquery', () => {
    const q = pipe(
      both,
      orderBy((row) => [desc(row.n), row.id]),
      orderBy((row) => [nullsFirst(row.n), nullsLast(asc(row.id)), nullsFirst(desc(row.id))]),
      limit(10),
      offset(5),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{ readonly n: string | null; readonly id: number }>()
    const d = pipe(q, subquery('d'))
    expectTypeOf(d.n).toEqualTypeOf<Expr<string | null, 'd', 'd'>>()
    all(pipe(from(d), where(eq(d.n, 'ed'))))
    all(
      pipe(
        names,
        union(fullnames),
        orderBy((row) => [row.n]),
        limit(1),
      ),
    )
  })

  test('orderBy knows the outputs and nothing else', () => {
    pipe(
      both,
      // @ts-expect-error: Property 'nope' does not exist on type 'Outputs<
      orderBy((row) => [desc(row.nope)]),
    )
    pipe(
      both,
      // @ts-expect-error: Argument of type '() => Order<"users">[]' is not assignable
      orderBy(() => [desc(users.id)]),
    )
    pipe(
      both,
      // @ts-expect-error: Argument of type '() => Expr<number, "users", "users">[]' is not assignable
      orderBy(() => [users.id]),
    )
    pipe(
      both,
      // @ts-expect-error: missing in type 'Output<string | null>' but required in type 'Expr<
      orderBy((row) => [lower(row.n)]),
    )
    pipe(
      both,
      // @ts-expect-error: missing in type 'Output<number>' but required in type 'Expr<
      orderBy((row) => [desc(add(row.id, 1))]),
    )
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, orderBy(users.name))
    pipe(
      from(users),
      // @ts-expect-error: Property 'id' does not exist on type 'Outputs<unknown>'
      orderBy((row) => [desc(row.id)]),
    )
  })

  test('stands nothing else', () => {
    // @ts-expect-error: Type '"set"' is not assignable to type '"
    pipe(both, where(eq(users.name, 'x')))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, select({ n: users.name }))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, innerJoin(posts, eq(posts.id, 1)))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, leftJoin(posts, eq(posts.id, 1)))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, crossJoin(posts))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, include({ posts: many(postsOf) }))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, groupBy(users.id))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, having(and(eq(count(), 1))))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, distinct)
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(both, present(users))
    // @ts-expect-error: Type '"set"' is not assignable to type '"select"'
    pipe(both, given(users, users))
  })
})
