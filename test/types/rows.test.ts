// The row of a query says what may be null: the absent side of an outer join, the empty group of an aggregate, nothing else.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  and,
  avg,
  caseWhen,
  charLength,
  coalesce,
  concat,
  count,
  countDistinct,
  crossJoin,
  distinct,
  div,
  eq,
  type Expr,
  exists,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  inQuery,
  integer,
  intDiv,
  isDistinctFrom,
  isNotNull,
  isNull,
  leftJoin,
  like,
  limit,
  literal,
  lower,
  max,
  min,
  mod,
  not,
  offset,
  or,
  orderBy,
  param,
  present,
  type RowOf,
  type RowOfQuery,
  scalar,
  select,
  sum,
  where,
} from '../../src/index.js'
import {
  type Address,
  addresses,
  all,
  comments,
  events,
  type Post,
  posts,
  postsOf,
  type User,
  users,
} from '../types/blog.js'

const withAddress = pipe(from(users), leftJoin(addresses, eq(users.id, addresses.userId)))

describe('a row', () => {
  test('is the whole first table where nothing is selected', () => {
    expectTypeOf(all(from(users))).toEqualTypeOf<ReadonlyArray<RowOf<typeof users>>>()
    expectTypeOf<RowOf<typeof users>>().toEqualTypeOf<User>()
    expectTypeOf(all(withAddress)).toEqualTypeOf<ReadonlyArray<User>>()
  })

  test('is what is selected: an expression, a table, a record, a record of records', () => {
    expectTypeOf(all(pipe(from(users), select(users.name)))).toEqualTypeOf<ReadonlyArray<string>>()
    expectTypeOf(all(pipe(from(users), select(users)))).toEqualTypeOf<ReadonlyArray<User>>()
    expectTypeOf(all(pipe(from(users), select({ user: users, name: users.fullname })))).toEqualTypeOf<
      ReadonlyArray<{ readonly user: User; readonly name: string | null }>
    >()
    expectTypeOf(all(pipe(from(posts), select({ post: { id: posts.id, by: { id: posts.authorId } } })))).toEqualTypeOf<
      ReadonlyArray<{ readonly post: { readonly id: number; readonly by: { readonly id: number } } }>
    >()
    // @ts-expect-error: Type 'string' is not assignable to type 'Projection'
    pipe(from(users), select({ a: 'x' }))
  })

  test('is what the last select says', () => {
    const row = all(pipe(from(users), select({ id: users.id }), select({ name: users.name })))[0]!
    expectTypeOf(row).toEqualTypeOf<{ readonly name: string }>()
  })

  test('is the same by RowOfQuery', () => {
    const q = pipe(from(users), select({ id: users.id, name: users.fullname }))
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<{ readonly id: number; readonly name: string | null }>()
  })

  test('does not change by what filters, sorts or counts rows', () => {
    const q = pipe(
      from(users),
      select({ id: users.id }),
      where(pipe(users.name, like('%ed%'))),
      orderBy(users.name),
      distinct,
      limit(10),
      offset(5),
      limit(param('n', integer)),
    )
    expectTypeOf(all(q)).toEqualTypeOf<ReadonlyArray<{ readonly id: number }>>()
  })

  test('has values as the columns say', () => {
    expectTypeOf(all(from(posts))[0]!).toEqualTypeOf<Post>()
    expectTypeOf(all(from(events))[0]!).toEqualTypeOf<{
      readonly kind: 'open' | 'close'
      readonly payload: { size: number }
    }>()
  })
})

describe('an absent side', () => {
  test('makes its columns and its whole null, and coalesce takes the null away', () => {
    const row = all(
      pipe(
        withAddress,
        where(pipe(users.name, like('%ed%'))),
        select({ id: users.id, email: addresses.email, or: coalesce(addresses.email, ''), address: addresses }),
        orderBy(users.id, addresses.email),
        limit(10),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly id: number
      readonly email: string | null
      readonly or: string
      readonly address: Address | null
    }>()
  })

  test('makes the whole row null where it is the row', () => {
    expectTypeOf(all(pipe(withAddress, select(addresses)))).toEqualTypeOf<ReadonlyArray<Address | null>>()
  })

  test('is that of an outer join alone', () => {
    const q = pipe(
      from(users),
      innerJoin(posts, eq(posts.authorId, users.id)),
      leftJoin(comments, eq(comments.postId, posts.id)),
      crossJoin(addresses),
      select({ n: users.name, t: posts.title, c: comments.id, a: addresses.id }),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{
      readonly n: string
      readonly t: string
      readonly c: number | null
      readonly a: number
    }>()
  })

  test('is found whether select stands before or after another join', () => {
    const before = pipe(
      withAddress,
      select({ email: addresses.email }),
      leftJoin(posts, eq(posts.authorId, users.id)),
      innerJoin(comments, eq(comments.postId, posts.id)),
    )
    expectTypeOf(all(before)[0]!).toEqualTypeOf<{ readonly email: string | null }>()
  })

  test('makes null what is computed of its columns', () => {
    const row = all(
      pipe(
        withAddress,
        select({
          same: eq(addresses.email, 'x'),
          both: eq(users.name, addresses.email),
          piped: pipe(addresses.email, eq(users.name)),
          and: and(eq(users.name, 'x'), eq(addresses.email, 'x')),
          or: or(eq(users.name, 'x'), eq(addresses.email, 'x')),
          not: not(eq(addresses.email, 'x')),
          like: pipe(addresses.email, like('%x')),
          next: add(addresses.id, 1),
          text: concat(users.name, ' ', addresses.email),
          low: lower(addresses.email),
          size: charLength(addresses.email),
          here: eq(users.name, 'x'),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly same: boolean | null
      readonly both: boolean | null
      readonly piped: boolean | null
      readonly and: boolean | null
      readonly or: boolean | null
      readonly not: boolean | null
      readonly like: boolean | null
      readonly next: number | null
      readonly text: string | null
      readonly low: string | null
      readonly size: number | null
      readonly here: boolean
    }>()
  })

  test('makes null what a subquery compares with it', () => {
    const names = pipe(from(comments), select(addresses.email))
    const q = pipe(withAddress, select({ known: pipe(users.name, inQuery(names)) }))
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{ readonly known: boolean | null }>()
    const there = pipe(from(addresses), select({ known: pipe(addresses.email, inQuery(names)) }))
    expectTypeOf(all(there)[0]!).toEqualTypeOf<{ readonly known: boolean }>()
  })

  test('leaves what asks for null never null', () => {
    const row = all(
      pipe(
        withAddress,
        select({
          isNull: isNull(addresses.id),
          isNotNull: isNotNull(addresses.id),
          differs: isDistinctFrom(addresses.email, users.name),
          exists: exists(postsOf),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly isNull: boolean
      readonly isNotNull: boolean
      readonly differs: boolean
      readonly exists: boolean
    }>()
  })
})

describe('present', () => {
  test('takes the null of an outer join away, before and after select', () => {
    const after = pipe(withAddress, select({ email: addresses.email, whole: addresses }), present(addresses))
    expectTypeOf(all(after)[0]!).toEqualTypeOf<{ readonly email: string; readonly whole: Address }>()
    const before = pipe(withAddress, present(addresses), select({ email: addresses.email, whole: addresses }))
    expectTypeOf(all(before)[0]!).toEqualTypeOf<{ readonly email: string; readonly whole: Address }>()
  })

  test('leaves the other absent sides and the null of nullable columns', () => {
    const q = pipe(
      withAddress,
      leftJoin(comments, eq(comments.id, users.id)),
      present(comments),
      select({ email: addresses.email, id: comments.id, body: comments.body }),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{
      readonly email: string | null
      readonly id: number
      readonly body: string | null
    }>()
  })

  test('is about a table of the query', () => {
    // @ts-expect-error: Type '"posts"' is not assignable to type '"users"'
    pipe(from(users), present(posts))
  })
})

describe('an aggregate', () => {
  test('of no group may be null, but count is not', () => {
    const row = all(
      pipe(
        from(posts),
        select({
          max: max(posts.id),
          min: min(posts.title),
          sum: sum(posts.score),
          avg: avg(posts.id),
          count: count(),
          some: count(posts.views),
          different: countDistinct(posts.title),
          or: coalesce(max(posts.id), 0),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly max: number | null
      readonly min: string | null
      readonly sum: number | null
      readonly avg: number | null
      readonly count: number
      readonly some: number
      readonly different: number
      readonly or: number
    }>()
  })

  test('of a group is null where its column is', () => {
    const row = all(
      pipe(
        from(posts),
        groupBy(posts.authorId),
        having(gt(count(), 1)),
        select({
          by: posts.authorId,
          max: max(posts.id),
          sum: sum(posts.score),
          avg: avg(posts.score),
          views: max(posts.views),
          total: sum(posts.views),
          count: count(),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly by: number
      readonly max: number
      readonly sum: number
      readonly avg: number
      readonly views: bigint | null
      readonly total: string | null
      readonly count: number
    }>()
  })

  test('of a group is null where its source may be absent', () => {
    const q = pipe(
      withAddress,
      groupBy(users.id),
      select({ id: users.id, last: max(addresses.id), n: count(addresses.id) }),
    )
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{ readonly id: number; readonly last: number | null; readonly n: number }>()
  })

  test('finds its groups whether select stands before or after groupBy', () => {
    const q = pipe(from(posts), select({ max: max(posts.id) }), groupBy(posts.authorId))
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{ readonly max: number }>()
    // @ts-expect-error: Expected at least 1 arguments
    pipe(from(posts), groupBy())
  })

  test('is of columns that have such values', () => {
    // @ts-expect-error: Type 'string' is not assignable to type 'number | bigint | `${number}` | null'
    sum(users.name)
    // @ts-expect-error: Type 'string' is not assignable to type 'number | bigint | `${number}` | null'
    avg(users.name)
    // @ts-expect-error: Type 'boolean' is not assignable to type 'Ordered'
    max(posts.live)
    // @ts-expect-error: Type 'boolean' is not assignable to type 'Ordered'
    min(posts.live)
  })
})

describe('an expression', () => {
  test('of CASE has the type of its branches, and null where none stands for the rest', () => {
    const row = all(
      pipe(
        from(users),
        select({
          text: caseWhen(gt(users.age, 64), 'old').when(gt(users.age, 18), users.name).otherwise('young'),
          none: caseWhen(gt(users.age, 64), 'old').end,
          nullable: caseWhen(gt(users.age, 64), 'old').otherwise(users.fullname),
          given: caseWhen(gt(users.age, 64), 'old').otherwise(null),
          flag: caseWhen(eq(users.fullname, 'x'), true).otherwise(false),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly text: string
      readonly none: string | null
      readonly nullable: string | null
      readonly given: string | null
      readonly flag: boolean
    }>()
    // @ts-expect-error: the branches have different types: string and number
    caseWhen(eq(users.id, 1), 'a').when(eq(users.id, 2), 3)
    // @ts-expect-error: the branches have different types: string and number
    caseWhen(eq(users.id, 1), 'a').otherwise(users.age)
    // @ts-expect-error: is not assignable to parameter of type 'string | number | bigint | boolean | AnyExpr'
    caseWhen(eq(users.id, 1), users)
    // @ts-expect-error: Type 'string' is not assignable to type 'boolean | null'
    caseWhen(users.name, 1)
  })

  test('of CASE is null where the source of a branch is absent, and not where that of a condition is', () => {
    const row = all(
      pipe(
        withAddress,
        select({
          branch: caseWhen(eq(users.id, 1), addresses.email).otherwise(''),
          condition: caseWhen(eq(addresses.id, 1), 'x').otherwise('y'),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{ readonly branch: string | null; readonly condition: string }>()
  })

  test('of COALESCE is null where both may be', () => {
    const row = all(
      pipe(
        withAddress,
        select({
          value: coalesce(users.fullname, ''),
          column: coalesce(users.fullname, users.name),
          nulls: coalesce(users.managerId, users.managerId),
          absent: coalesce(users.fullname, addresses.email),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly value: string
      readonly column: string
      readonly nulls: number | null
      readonly absent: string | null
    }>()
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'string | Expr<string | null
    coalesce(users.fullname, 3)
    // @ts-expect-error: 'Expr<number, "users", "users">' is not assignable to parameter of type 'string | Expr<string | null
    coalesce(users.fullname, users.age)
    // @ts-expect-error: Argument of type 'null' is not assignable
    coalesce(users.fullname, null)
  })

  test('of CONCAT is null where a part may be', () => {
    const row = all(
      pipe(from(users), select({ a: concat(users.name, '!'), b: concat(users.name, users.fullname), c: concat() })),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{ readonly a: string; readonly b: string | null; readonly c: string }>()
    // @ts-expect-error: 'Expr<number, "users", "users">' is not assignable to parameter of type 'TextValue'
    concat(users.name, users.id)
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'TextValue'
    concat(users.name, 3)
  })

  test('of arithmetic has the type of its operands, and division may be null', () => {
    const row = all(
      pipe(
        from(posts),
        select({
          sum: add(posts.id, 1),
          piped: pipe(posts.id, add(posts.authorId)),
          big: add(posts.views, 1n),
          half: div(posts.id, 2),
          whole: intDiv(posts.id, 2),
          rest: mod(posts.id, 2),
        }),
      ),
    )[0]!
    expectTypeOf(row).toEqualTypeOf<{
      readonly sum: number
      readonly piped: number
      readonly big: bigint | null
      readonly half: number | null
      readonly whole: number | null
      readonly rest: number | null
    }>()
    // @ts-expect-error: Argument of type 'bigint' is not assignable to parameter of type 'number | AnyExpr'
    add(posts.id, 1n)
    // @ts-expect-error: the two sides have different types: number and bigint
    add(posts.id, posts.views)
    // @ts-expect-error: the two sides have different types: number and bigint
    pipe(posts.id, add(1n))
    // @ts-expect-error: the two sides have different types: number and string
    div(posts.id, posts.title)
    // @ts-expect-error: Type 'string' is not assignable to type 'Numeric | null'
    add(posts.title, 1)
  })

  test('of a subquery is null where it has no row', () => {
    const last = scalar(pipe(postsOf, select(posts.title), orderBy(posts.id), limit(1)))
    const posted = scalar(pipe(postsOf, select(count())))
    const q = pipe(from(users), select({ last, posted, n: coalesce(posted, 0) }))
    expectTypeOf(all(q)[0]!).toEqualTypeOf<{
      readonly last: string | null
      readonly posted: number | null
      readonly n: number
    }>()
    expectTypeOf(scalar(pipe(from(posts), select({ id: posts.id })))).toEqualTypeOf<Expr<number | null>>()
    // @ts-expect-error: "title" is one of several outputs: a query that stands for a value has one output
    scalar(pipe(from(posts), select({ id: posts.id, title: posts.title })))
    // @ts-expect-error: is one of several outputs: a query that stands for a value has one output
    scalar(from(posts))
  })

  test('of a value has the type that is said', () => {
    const row = all(pipe(from(users), select({ one: literal(1, integer), given: param('n', integer) })))[0]!
    expectTypeOf(row).toEqualTypeOf<{ readonly one: number; readonly given: number }>()
    // @ts-expect-error: 'number'
    literal('x', integer)
  })
})
