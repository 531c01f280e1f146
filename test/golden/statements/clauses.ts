/**
 * The clauses of one SELECT, and groups.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  asc,
  avg,
  caseWhen,
  concat,
  count,
  countDistinct,
  desc,
  distinct,
  eq,
  from,
  groupBy,
  gt,
  having,
  inList,
  innerJoin,
  isNull,
  limit,
  lower,
  max,
  min,
  nullsFirst,
  nullsLast,
  offset,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { posts, users } from '../tables.js'

export const selects: ReadonlyArray<GoldenStatement> = statements('select', {
  'a table': () => from(users),
  'one expression': () => pipe(from(users), select(users.name)),
  'a record': () => pipe(from(users), select({ id: users.id, name: users.name })),
  'a nested record': () =>
    pipe(
      from(posts),
      innerJoin(users, eq(users.id, posts.authorId)),
      select({ post: posts, by: { name: users.name } }),
    ),
  'a column with another name': () => pipe(from(users), select(users.bossId)),
  distinct: () => pipe(from(users), distinct, select({ age: users.age })),
})

export const orders: ReadonlyArray<GoldenStatement> = statements('order', {
  ascending: () => pipe(from(users), orderBy(users.name)),
  descending: () => pipe(from(users), orderBy(desc(users.name))),
  'of a column that may be null': () => pipe(from(users), orderBy(users.age)),
  'descending of a column that may be null': () => pipe(from(users), orderBy(desc(users.age))),
  nullsFirst: () => pipe(from(users), orderBy(nullsFirst(asc(users.age)))),
  'nullsFirst, descending': () => pipe(from(users), orderBy(nullsFirst(desc(users.age)))),
  nullsLast: () => pipe(from(users), orderBy(nullsLast(desc(users.age)))),
  'of several': () => pipe(from(users), orderBy(desc(users.age), users.name)),
  'of an expression': (v) => pipe(from(users), orderBy(add(users.age, v.integer()))),
  'of a text with a value in it': (v) => pipe(from(users), orderBy(concat(users.name, v.text()))),
  limit: (v) => pipe(from(users), orderBy(users.id), limit(v.integer())),
  offset: (v) => pipe(from(users), orderBy(users.id), offset(v.integer())),
  'limit and offset': (v) => pipe(from(users), orderBy(users.id), limit(v.integer()), offset(v.integer())),
  'limit by a parameter': (v) =>
    pipe(from(users), orderBy(users.id), limit(v.integer()), where(gt(users.age, v.integer()))),
})

export const groups: ReadonlyArray<GoldenStatement> = statements('group', {
  count: () => pipe(from(users), select(count())),
  'count of a column': () => pipe(from(users), select(count(users.age))),
  countDistinct: () => pipe(from(users), select(countDistinct(users.age))),
  'count of some': (v) => pipe(from(users), select(count(caseWhen(gt(users.age, v.integer()), users.id).end))),
  'sum of integers': () => pipe(from(posts), select(sum(posts.stars))),
  'sum of bigints': () => pipe(from(posts), select(sum(posts.views))),
  'sum of doubles': () => pipe(from(posts), select(sum(posts.score))),
  'avg of integers': () => pipe(from(posts), select(avg(posts.stars))),
  'avg of bigints': () => pipe(from(posts), select(avg(posts.views))),
  'min and max': () => pipe(from(users), select({ least: min(users.name), most: max(users.age) })),
  groupBy: () => pipe(from(posts), groupBy(posts.authorId), select({ by: posts.authorId, n: count() })),
  'groupBy an expression': () =>
    pipe(from(users), groupBy(lower(users.name)), select({ name: lower(users.name), n: count() })),
  'groupBy a value in an expression': (v) => {
    const size = caseWhen(gt(users.age, v.integer()), v.text()).otherwise(v.text())
    return pipe(from(users), groupBy(size), select({ size, n: count() }), orderBy(size))
  },
  'groupBy a key frees the columns of its table': () =>
    pipe(
      from(users),
      innerJoin(posts, eq(posts.authorId, users.id)),
      groupBy(users.id),
      select({ name: users.name, n: count() }),
    ),
  having: (v) =>
    pipe(
      from(posts),
      groupBy(posts.authorId),
      having(gt(count(), v.integer())),
      select({ by: posts.authorId, most: max(posts.stars) }),
    ),
  'ordered by an aggregate': () =>
    pipe(from(posts), groupBy(posts.authorId), orderBy(desc(count()), posts.authorId), select(posts.authorId)),
})

export const parameters: ReadonlyArray<GoldenStatement> = statements('the order of parameters', {
  'in every clause': (v) =>
    pipe(
      from(posts),
      innerJoin(users, eq(users.name, v.text())),
      where(gt(posts.stars, v.integer())),
      groupBy(posts.authorId),
      having(gt(sum(posts.stars), v.integer())),
      select({ by: posts.authorId, n: add(count(), v.integer()) }),
      orderBy(desc(add(count(), v.integer()))),
      limit(v.integer()),
      offset(v.integer()),
    ),
  'one value twice': (v) => {
    const name = v.text()
    return pipe(from(users), where(pipe(users.name, inList([name, name]))))
  },
  'beside nulls': (v) => pipe(from(users), where(isNull(users.age)), where(eq(users.name, v.text()))),
  'of an open relation': (v) =>
    pipe(from(users), where(eq(users.id, v.integer())), select({ id: users.id, open: users.active })),
})
