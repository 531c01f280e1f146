// Aggregates, windows and groupings: what their types say may be null, and what must not compile.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  type Aggregate,
  arrayAgg,
  avg,
  boolAnd,
  count,
  cube,
  currentRow,
  desc,
  distinctValues,
  type Empty,
  eq,
  type Expr,
  filter,
  firstValue,
  following,
  from,
  groupBy,
  grouping,
  groupingSets,
  gt,
  jsonAgg,
  lag,
  lead,
  leftJoin,
  literal,
  max,
  nthValue,
  ntile,
  orderBy,
  over,
  preceding,
  present,
  rangeBetween,
  rank,
  rollup,
  rowNumber,
  rowsBetween,
  select,
  stringAgg,
  sum,
  unboundedFollowing,
  unboundedPreceding,
  integer,
} from '../../src/index.js'
import { addresses, all, posts, users } from '../types/blog.js'

describe('aggregates', () => {
  test('a filter may leave nothing of a group: all but counts and documents may be null', () => {
    const grown = filter(gt(users.age, 17))
    expectTypeOf(pipe(sum(users.age), grown)).toEqualTypeOf<Aggregate<number | null, 'users', 'users' | Empty>>()
    expectTypeOf(pipe(count(), grown)).toEqualTypeOf<Aggregate<number, 'users'>>()
    const perName = pipe(
      from(users),
      groupBy(users.name),
      select({
        n: pipe(count(), grown),
        age: max(users.age),
        grown: pipe(max(users.age), grown),
        names: pipe(users.fullname, stringAgg(', ', [users.id])),
        ids: jsonAgg(users.id, [desc(users.id)]),
        list: pipe(users.fullname, arrayAgg([users.id])),
        every: boolAnd(gt(users.age, 17)),
        once: distinctValues(avg(users.age)),
      }),
    )
    expectTypeOf(all(perName)).toEqualTypeOf<
      ReadonlyArray<{
        readonly n: number
        readonly age: number
        readonly grown: number | null
        readonly names: string | null
        readonly ids: ReadonlyArray<number>
        readonly list: ReadonlyArray<string> | null
        readonly every: boolean
        readonly once: number
      }>
    >()
  })

  test('a filter and distinct values are those of one aggregate, and a list has an order', () => {
    // @ts-expect-error: Aggregate
    pipe(users.age, filter(gt(users.age, 17)))
    // @ts-expect-error: Aggregate
    distinctValues(add(sum(users.age), 1))
    // @ts-expect-error: boolean
    pipe(count(), filter(users.age))
    // @ts-expect-error: readonly [AnyOrder, ...AnyOrder[]]
    stringAgg(users.name, ', ', [])
    // @ts-expect-error: number
    stringAgg(users.age, ', ', [users.id])
    // @ts-expect-error: number
    boolAnd(users.age)
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select(pipe(count(), filter(eq(posts.id, 1))))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select(jsonAgg(users.id, [posts.id]))))
  })
})

describe('windows', () => {
  test('over takes the empty group away', () => {
    const perAge = over({ partitionBy: [users.age], orderBy: [desc(users.id)] })
    expectTypeOf(pipe(sum(users.age), perAge)).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    expectTypeOf(pipe(count(), perAge)).toEqualTypeOf<Expr<number, 'users'>>()
    expectTypeOf(pipe(rowNumber(), perAge)).toEqualTypeOf<Expr<number, 'users'>>()
    expectTypeOf(pipe(sum(users.managerId), perAge)).toEqualTypeOf<Expr<number | null, 'users', 'users'>>()
    const found = all(
      pipe(
        from(users),
        leftJoin(posts, eq(posts.authorId, users.id)),
        select({
          nth: pipe(rank(), perAge),
          most: pipe(max(users.age), over({})),
          post: pipe(max(posts.id), over({})),
        }),
      ),
    )
    expectTypeOf(found).toEqualTypeOf<
      ReadonlyArray<{ readonly nth: number; readonly most: number; readonly post: number | null }>
    >()
  })

  test('a frame that may have no row brings it back', () => {
    const of = { orderBy: [users.id] }
    expectTypeOf(pipe(sum(users.age), over({ ...of, frame: rowsBetween(preceding(2), currentRow) }))).toEqualTypeOf<
      Expr<number, 'users', 'users'>
    >()
    expectTypeOf(
      pipe(sum(users.age), over({ ...of, frame: rowsBetween(unboundedPreceding, unboundedFollowing) })),
    ).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    expectTypeOf(pipe(sum(users.age), over({ ...of, frame: rowsBetween(preceding(2), preceding(1)) }))).toEqualTypeOf<
      Expr<number | null, 'users', 'users'>
    >()
    expectTypeOf(
      pipe(firstValue(users.age), over({ ...of, frame: rangeBetween(following(2), following(3)) })),
    ).toEqualTypeOf<Expr<number | null, 'users', 'users'>>()
    expectTypeOf(pipe(count(), over({ ...of, frame: rowsBetween(following(2), following(3)) }))).toEqualTypeOf<
      Expr<number, 'users'>
    >()
  })

  test('another row may not be there', () => {
    const inOrder = over({ orderBy: [users.id] })
    expectTypeOf(pipe(lag(users.age), inOrder)).toEqualTypeOf<Expr<number | null, 'users', 'users'>>()
    expectTypeOf(pipe(lead(users.age, 2, 0), inOrder)).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    expectTypeOf(pipe(lag(users.age, 1, users.managerId), inOrder)).toEqualTypeOf<
      Expr<number | null, 'users', 'users'>
    >()
    expectTypeOf(pipe(firstValue(users.age), inOrder)).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    expectTypeOf(pipe(nthValue(users.age, 2), inOrder)).toEqualTypeOf<Expr<number | null, 'users', 'users'>>()
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'number | AnyExpr'
    lag(users.age, 1, 'none')
  })

  test('what has no meaning does not compile, and says why', () => {
    // @ts-expect-error: a window function counts rows in an order
    pipe(rank(), over({ partitionBy: [users.age] }))
    // @ts-expect-error: a window function counts rows in an order
    pipe(ntile(4), over({}))
    // @ts-expect-error: WindowFunction
    all(pipe(from(users), select(rowNumber())))
    // @ts-expect-error: users
    pipe(users.age, over({}))
    // @ts-expect-error: Preceding
    rowsBetween(currentRow, preceding(1))
    // @ts-expect-error: CurrentRow
    rowsBetween(following(1), currentRow)
    // @ts-expect-error: UnboundedFollowing
    rowsBetween(unboundedFollowing, unboundedFollowing)
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select(pipe(count(), over({ partitionBy: [posts.authorId] })))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), select(pipe(rank(), over({ orderBy: [desc(posts.id)] })))))
  })
})

describe('several groupings', () => {
  test('what a grouping leaves out may be null, and so may the total of no rows', () => {
    const totals = pipe(
      from(users),
      rollup(users.name, users.age),
      select({ name: users.name, age: users.age, all: grouping(users.age), n: count(), most: max(users.id) }),
    )
    expectTypeOf(all(totals)).toEqualTypeOf<
      ReadonlyArray<{
        readonly name: string | null
        readonly age: number | null
        readonly all: number
        readonly n: number
        readonly most: number | null
      }>
    >()
    const either = pipe(from(users), groupingSets([users.name], []), select(users.name), orderBy(users.name))
    expectTypeOf(all(either)).toEqualTypeOf<ReadonlyArray<string | null>>()
    const choice = pipe(from(users), cube(add(users.age, 1)), select(add(users.age, 1)))
    expectTypeOf(all(choice)).toEqualTypeOf<ReadonlyArray<number | null>>()
  })

  test('present takes away no null of a grouping, wherever it stands', () => {
    const joined = pipe(from(users), leftJoin(addresses, eq(addresses.userId, users.id)))
    const before = pipe(joined, present(addresses), rollup(addresses.email), select(addresses.email))
    const after = pipe(joined, rollup(addresses.email), present(addresses), select(addresses.email))
    expectTypeOf(all(before)).toEqualTypeOf<ReadonlyArray<string | null>>()
    expectTypeOf(all(after)).toEqualTypeOf<ReadonlyArray<string | null>>()
  })

  test('an expression that is never null could not say what is left out', () => {
    // @ts-expect-error: this expression of "users" is never null, so its type could not say that a grouping leaves it out
    pipe(from(users), rollup(count(users.age)))
    // @ts-expect-error: an expression that mentions no column is the same in every group
    pipe(from(users), cube(literal(1, integer)))
    // @ts-expect-error: an expression that mentions no column is the same in every group
    pipe(from(users), groupingSets([users.age], [literal(1, integer)]))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), rollup(posts.authorId), select(count())))
  })
})
