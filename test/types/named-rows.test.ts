// Queries with a name, recursions, values, lateral and outer joins: what they give, and what must not compile.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  alias,
  count,
  cte,
  eq,
  type Expr,
  from,
  fullJoin,
  innerJoin,
  inQuery,
  integer,
  joinFk,
  joinRelated,
  lateral,
  leftJoin,
  leftJoinRelated,
  leftLateral,
  limit,
  literal,
  max,
  nullable,
  orderBy,
  present,
  rightJoin,
  scalar,
  select,
  subquery,
  text,
  unionAll,
  values,
  where,
  withRecursive,
} from '../../src/index.js'
import { addresses, all, posts, postsOf, u, type User, users } from '../types/blog.js'

describe('a common table expression', () => {
  test('is a table with the outputs of its query, under aliases too', () => {
    const some = pipe(from(users), select({ id: users.id, fullname: users.fullname }), cte('some'))
    expectTypeOf(some.fullname).toEqualTypeOf<Expr<string | null, 'some', 'some'>>()
    const again = pipe(some, alias('again'))
    const rows = all(pipe(from(some), leftJoin(again, eq(again.id, some.id)), select({ a: some.id, again })))
    expectTypeOf(rows[0]!.again).toEqualTypeOf<{ readonly id: number; readonly fullname: string | null } | null>()
    expectTypeOf(all(from(pipe(from(users), cte('everyone', { materialized: true }))))).toEqualTypeOf<
      ReadonlyArray<User>
    >()
  })

  test('stands in front, so it sees no row and has flat rows', () => {
    // @ts-expect-error: "users" is mentioned here and never joined: what stands in front of a statement sees no row of it
    pipe(postsOf, cte('posts_of'))
    // @ts-expect-error: one expression has no name
    pipe(from(users), select(users.id), cte('ids'))
    // @ts-expect-error: "user" is a record
    pipe(from(users), select({ user: { id: users.id } }), cte('nested'))
    // @ts-expect-error: boolean
    pipe(from(users), cte('x', { materialized: 'yes' }))
  })
})

describe('a recursion', () => {
  const base = pipe(from(users), select({ id: users.id, name: users.name }))

  test('has the rows of its base', () => {
    const chain = withRecursive('chain', base, (self) =>
      pipe(from(u), innerJoin(self, eq(u.id, self.id)), select({ id: u.id, name: u.name })),
    )
    expectTypeOf(all(from(chain))).toEqualTypeOf<ReadonlyArray<{ readonly id: number; readonly name: string }>>()
  })

  test('its step gives what the base gives, and nulls only where the base does', () => {
    const wide = pipe(from(users), select({ id: users.id, n: literal(1, pipe(integer, nullable)) }))
    withRecursive('wide', wide, (self) =>
      pipe(from(self), select({ id: self.id, n: literal(null, pipe(integer, nullable)) })),
    )
    // @ts-expect-error: the step does not give "name"
    withRecursive('a', base, (self) => pipe(from(self), select({ id: self.id })))
    // @ts-expect-error: the base does not give "more"
    withRecursive('b', base, (self) => pipe(from(self), select({ id: self.id, name: self.name, more: self.id })))
    // @ts-expect-error: the step gives "name" values that the base does not: another type, or null
    withRecursive('c', base, (self) => pipe(from(self), select({ id: self.id, name: self.id })))
    // @ts-expect-error: the step gives "name" values that the base does not: another type, or null
    withRecursive('d', base, () => pipe(from(u), select({ id: u.id, name: u.fullname })))
    // @ts-expect-error: "posts" is mentioned here and never joined
    withRecursive('e', base, (self) => pipe(from(self), where(eq(posts.id, self.id))))
    // @ts-expect-error: "users" is mentioned here and never joined
    withRecursive('f', pipe(postsOf, select({ id: posts.id })), (self) => from(self))
  })
})

describe('values', () => {
  test('are rows of their columns', () => {
    const v = values('v', { id: integer, name: pipe(text, nullable) }, [{ id: 1, name: null }])
    expectTypeOf(v.name).toEqualTypeOf<Expr<string | null, 'v', 'v'>>()
    expectTypeOf(all(from(v))).toEqualTypeOf<ReadonlyArray<{ readonly id: number; readonly name: string | null }>>()
    // @ts-expect-error: Type 'null' is not assignable to type 'number'
    values('v', { id: integer }, [{ id: null }])
    // @ts-expect-error: Property 'name' is missing
    values('v', { id: integer, name: text }, [{ id: 1 }])
    // @ts-expect-error: 'nope' does not exist
    values('v', { id: integer }, [{ id: 1, nope: 2 }])
  })
})

describe('outer joins', () => {
  test('a right join may leave all sources before it absent, a full join both sides', () => {
    const right = pipe(
      from(users),
      rightJoin(posts, eq(posts.authorId, users.id)),
      select({ n: users.name, t: posts.title }),
    )
    expectTypeOf(all(right)[0]!).toEqualTypeOf<{ readonly n: string | null; readonly t: string }>()
    const full = pipe(
      from(users),
      fullJoin(posts, eq(posts.authorId, users.id)),
      select({ n: users.name, t: posts.title }),
    )
    expectTypeOf(all(full)[0]!).toEqualTypeOf<{ readonly n: string | null; readonly t: string | null }>()
    expectTypeOf(all(pipe(full, present(users)))[0]!.n).toEqualTypeOf<string>()
    expectTypeOf(all(pipe(from(users), fullJoin(posts, eq(posts.authorId, users.id)), select(users)))).toEqualTypeOf<
      ReadonlyArray<User | null>
    >()
    // @ts-expect-error: "users" is already in this query: give one of the two an alias
    pipe(from(users), rightJoin(users, eq(users.id, 1)))
    // @ts-expect-error: "addresses" is mentioned but never joined
    all(pipe(from(users), fullJoin(posts, eq(addresses.userId, users.id))))
  })

  test('joins by a foreign key and by a relation bind their table once', () => {
    const joined = pipe(from(users), joinRelated(postsOf), select({ n: users.name, t: posts.title }))
    expectTypeOf(all(joined)[0]!).toEqualTypeOf<{ readonly n: string; readonly t: string }>()
    const left = pipe(from(users), leftJoinRelated(postsOf), select({ n: users.name, t: posts.title }))
    expectTypeOf(all(left)[0]!).toEqualTypeOf<{ readonly n: string; readonly t: string | null }>()
    expectTypeOf(all(pipe(from(users), joinFk(posts), select(posts.title)))[0]!).toEqualTypeOf<string>()
    // @ts-expect-error: "posts" is already in this query
    pipe(from(posts), joinRelated(postsOf))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(addresses), joinRelated(postsOf)))
    // @ts-expect-error: "users" is already in this query
    pipe(from(users), joinFk(users))
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'ClosedTable'
    pipe(from(users), joinFk('posts'))
  })
})

describe('a lateral join', () => {
  const latest = pipe(postsOf, orderBy(posts.id), limit(1), select({ title: posts.title }), subquery('latest'))

  test('takes a query about what stands before it', () => {
    const one = all(pipe(from(users), lateral(latest), select({ n: users.name, t: latest.title })))
    expectTypeOf(one[0]!).toEqualTypeOf<{ readonly n: string; readonly t: string }>()
    const left = all(pipe(from(users), leftLateral(latest), select({ n: users.name, t: latest.title, latest })))
    expectTypeOf(left[0]!).toEqualTypeOf<{
      readonly n: string
      readonly t: string | null
      readonly latest: { readonly title: string } | null
    }>()
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(from(addresses), lateral(latest), select({ t: latest.title })))
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    pipe(from(users), innerJoin(latest, eq(latest.title, 'x')))
  })
})

describe('a query that stands for values', () => {
  test('has one output, with or without a name, and may be a set operation', () => {
    const ids = pipe(from(posts), select({ id: posts.authorId }))
    expectTypeOf(scalar(pipe(from(posts), select({ n: count() })))).toEqualTypeOf<Expr<number | null>>()
    expectTypeOf(scalar(pipe(from(posts), select({ m: max(posts.id) })))).toEqualTypeOf<Expr<number | null>>()
    expectTypeOf(pipe(users.id, inQuery(ids))).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    expectTypeOf(pipe(users.id, inQuery(pipe(ids, unionAll(ids))))).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    expectTypeOf(pipe(add(users.id, 1), inQuery(pipe(from(posts), select(posts.id))))).toEqualTypeOf<
      Expr<boolean, 'users', 'users'>
    >()
    // @ts-expect-error: "b" is one of several outputs: a query that stands for a value has one output
    scalar(pipe(from(posts), select({ a: posts.id, b: posts.title })))
    // @ts-expect-error: is one of several outputs: a query that stands for a value has one output
    pipe(users.id, inQuery(from(posts)))
    // @ts-expect-error: "p" is a record: a query that stands for a value has one output
    pipe(users.id, inQuery(pipe(from(posts), select({ p: posts }))))
    // @ts-expect-error: the two sides have different types
    pipe(users.name, inQuery(ids))
  })
})
