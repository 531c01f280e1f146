// Each clause of a query has its meaning over rows in memory.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  alias,
  asc,
  avg,
  count,
  countDistinct,
  crossJoin,
  desc,
  distinct,
  eq,
  except,
  exists,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  inQuery,
  intersect,
  leftJoin,
  limit,
  max,
  min,
  not,
  nullsFirst,
  offset,
  type Order,
  orderBy,
  present,
  scalar,
  select,
  subquery,
  sum,
  union,
  unionAll,
  upper,
  where,
} from 'relvar'
import { describe, expect, test } from 'vitest'
import { nodeOfQuery, query } from '../../../src/expr/query.js'
import type { JoinKind, SelectNode } from '../../../src/expr/query-node.js'
import { ask, author, posts, users } from './blog.js'

describe('joins', () => {
  const pairs = select({ user: users.name, title: posts.title })
  const byBoth = orderBy(users.id, posts.id)

  test('inner keeps pairs', () =>
    expect(ask(pipe(from(users), innerJoin(posts, author), pairs, byBoth))).toEqual([
      { user: 'ed', title: 'b' },
      { user: 'ed', title: 'a' },
    ]))

  test('left keeps what has no match, beside nulls', () =>
    expect(ask(pipe(from(users), leftJoin(posts, author), pairs, byBoth))).toEqual([
      { user: 'ed', title: 'b' },
      { user: 'ed', title: 'a' },
      { user: 'wendy', title: null },
      { user: 'mary', title: null },
    ]))

  test('an absent source as a whole is null, not a record of nulls', () =>
    expect(ask(pipe(from(users), leftJoin(posts, author), where(eq(users.id, 2)), select({ post: posts })))).toEqual([
      { post: null },
    ]))

  test('present keeps the rows in which a source is there', () =>
    expect(ask(pipe(from(users), leftJoin(posts, author), present(posts), select(users.name)))).toEqual(['ed', 'ed']))

  test('cross pairs all', () => expect(ask(pipe(from(users), crossJoin(posts), select(count())))).toEqual([9]))

  const joinedBy = (kind: JoinKind) => {
    // Its type says SELECT.
    const node = nodeOfQuery(pipe(from(users), innerJoin(posts, author), pairs, byBoth)) as SelectNode
    const joins = node.joins.map((join) => ({ ...join, kind }))
    return query<unknown, never, never, never, 'select'>({ ...node, joins })
  }

  test('right keeps what has no match on the right', () =>
    expect(ask(joinedBy('right'))).toEqual([
      { user: 'ed', title: 'b' },
      { user: 'ed', title: 'a' },
      { user: null, title: 'c' },
    ]))

  test('full keeps both', () =>
    expect(ask(joinedBy('full'))).toEqual([
      { user: 'ed', title: 'b' },
      { user: 'ed', title: 'a' },
      { user: 'wendy', title: null },
      { user: 'mary', title: null },
      { user: null, title: 'c' },
    ]))

  test('a table is joined to itself under an alias', () => {
    const boss = pipe(users, alias('boss'))
    expect(ask(pipe(from(users), innerJoin(boss, eq(users.bossId, boss.id)), select(boss.name)))).toEqual([
      'wendy',
      'wendy',
    ])
  })
})

describe('groups', () => {
  test('nulls are one group', () =>
    expect(
      ask(pipe(from(users), groupBy(users.age), orderBy(users.age), select({ age: users.age, n: count() }))),
    ).toEqual([
      { age: 30, n: 2 },
      { age: null, n: 1 },
    ]))

  test('grouping by the primary key frees the other columns', () =>
    expect(
      ask(
        pipe(
          from(users),
          leftJoin(posts, author),
          groupBy(users.id),
          orderBy(users.id),
          select({ name: users.name, n: count(posts.id) }),
        ),
      ),
    ).toEqual([
      { name: 'ed', n: 2 },
      { name: 'wendy', n: 0 },
      { name: 'mary', n: 0 },
    ]))

  test('any other column is ungrouped', () => {
    expect(ask(pipe(from(users), groupBy(users.age), select(users.name)))).toBe('Ungrouped')
    expect(ask(pipe(from(users), select({ n: count(), name: users.name })))).toBe('Ungrouped')
    expect(ask(pipe(from(users), groupBy(users.age), select(count()), orderBy(users.name)))).toBe('Ungrouped')
    expect(ask(pipe(from(users), groupBy(users.age), select(exists(pipe(from(posts), where(author))))))).toBe(
      'Ungrouped',
    )
  })

  test('a grouped expression may be repeated with the same value, and with no other', () => {
    expect(
      ask(pipe(from(users), groupBy(add(users.id, 1)), orderBy(add(users.id, 1)), select(add(add(users.id, 1), 0)))),
    ).toEqual([2, 3, 4])
    expect(ask(pipe(from(users), groupBy(add(users.id, 1)), select(add(users.id, 2))))).toBe('Ungrouped')
  })

  test('having keeps groups', () =>
    expect(ask(pipe(from(users), groupBy(users.age), having(gt(count(), 1)), select(users.age)))).toEqual([30]))

  test('aggregates leave nulls out', () => {
    const all = {
      n: count(),
      ages: count(users.age),
      different: countDistinct(users.age),
      s: sum(users.age),
      a: avg(users.age),
    }
    expect(ask(pipe(from(users), select(all)))).toEqual([{ n: 3, ages: 2, different: 1, s: 60, a: 30 }])
    expect(ask(pipe(from(users), select({ least: min(users.name), most: max(users.name) })))).toEqual([
      { least: 'ed', most: 'wendy' },
    ])
  })

  test('of no rows, and no groups, there is one row', () => {
    const none = where(eq(users.id, 99))
    expect(ask(pipe(from(users), none, select({ n: count(), s: sum(users.age) })))).toEqual([{ n: 0, s: null }])
    expect(ask(pipe(from(users), none, groupBy(users.age), select(count())))).toEqual([])
  })
})

describe('order, limit, distinct', () => {
  test('nulls come last unless asked, whatever the direction', () => {
    const ages = (order: Order<'users'>) => ask(pipe(from(users), orderBy(order, users.id), select(users.age)))
    expect(ages(asc(users.age))).toEqual([30, 30, null])
    expect(ages(desc(users.age))).toEqual([30, 30, null])
    expect(ages(nullsFirst(desc(users.age)))).toEqual([null, 30, 30])
  })

  test('what an order does not tell apart stays as it stood', () =>
    expect(ask(pipe(from(users), orderBy(users.age), select(users.id)))).toEqual([1, 3, 2]))

  test('a limit is a whole number from 0', () => {
    const first = (n: number) => ask(pipe(from(users), orderBy(users.id), limit(n), offset(1), select(users.id)))
    expect(first(1)).toEqual([2])
    expect(first(0)).toEqual([])
    expect(first(-1)).toBe('InvalidValue')
    expect(first(0.5)).toBe('InvalidValue')
    expect(ask(pipe(from(users), offset(-1)))).toBe('InvalidValue')
  })

  test('distinct takes nulls for equal, and is ordered by its outputs alone', () => {
    expect(ask(pipe(from(users), select(users.bossId), distinct, orderBy(users.bossId)))).toEqual([2, null])
    expect(ask(pipe(from(users), select(users.bossId), distinct, orderBy(users.id)))).toBe('IllFormed')
  })
})

describe('queries inside queries', () => {
  test('exists and in ask for the row outside', () => {
    expect(ask(pipe(from(users), where(exists(pipe(from(posts), where(author)))), select(users.id)))).toEqual([1])
    expect(
      ask(pipe(from(users), where(not(pipe(users.id, inQuery(pipe(from(users), select(users.bossId)))))))),
    ).toEqual([])
  })

  test('a query as a value: null of no row, an error of two', () => {
    const title = (id: number) => scalar(pipe(from(posts), where(eq(posts.authorId, id)), select(posts.title)))
    expect(ask(pipe(from(users), where(eq(users.id, 1)), select(title(9))))).toEqual(['c'])
    expect(ask(pipe(from(users), where(eq(users.id, 1)), select(title(2))))).toEqual([null])
    expect(ask(pipe(from(users), where(eq(users.id, 1)), select(title(1))))).toBe('MultipleRows')
  })

  test('a query with a name is filtered after its limit', () => {
    const first = pipe(from(users), orderBy(users.id), limit(2), subquery('first'))
    expect(ask(pipe(from(first), where(eq(first.age, 30)), select(first.name)))).toEqual(['ed'])
    expect(ask(pipe(from(first), innerJoin(posts, eq(posts.authorId, first.id)), select(count())))).toEqual([2])
  })

  test('an inner name shadows an outer one', () => {
    const inner = pipe(from(users), where(eq(users.name, 'wendy')), select(upper(users.name)))
    expect(ask(pipe(from(users), where(eq(users.name, 'ed')), select(scalar(inner))))).toEqual(['WENDY'])
  })
})

describe('set operations', () => {
  const ages = pipe(from(users), select({ age: users.age, boss: users.bossId }))
  const turned = pipe(from(users), select({ boss: users.bossId, age: users.age }))

  test('match outputs by name, nulls being equal', () => {
    expect(ask(pipe(ages, except(turned)))).toEqual([])
    expect(
      ask(
        pipe(
          ages,
          intersect(turned),
          orderBy((row) => [row.age]),
        ),
      ),
    ).toEqual([
      { age: 30, boss: 2 },
      { age: null, boss: null },
    ])
    expect(
      ask(
        pipe(
          ages,
          union(turned),
          orderBy((row) => [nullsFirst(row.age)]),
          limit(1),
        ),
      ),
    ).toEqual([{ age: null, boss: null }])
  })

  test('unionAll keeps all', () => {
    const both = pipe(ages, unionAll(turned), subquery('both'))
    expect(ask(pipe(from(both), select(count())))).toEqual([6])
  })
})
