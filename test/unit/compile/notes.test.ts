// An explanation notes where an engine is asked in other words than a query's, and notes nothing where it is not.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'

import {
  addInterval,
  anyOf,
  type AnyQuery,
  asc,
  bigint,
  bitNot,
  boolAnd,
  boolean,
  boolOr,
  cast,
  count,
  cte,
  date,
  desc,
  distinct,
  distinctOn,
  eq,
  explain,
  extract,
  filter,
  following,
  from,
  fullJoin,
  greatest,
  groupBy,
  groupingSets,
  gt,
  ilike,
  include,
  inList,
  inQuery,
  integer,
  intersectAll,
  isNull,
  lag,
  leftJoin,
  like,
  limit,
  limitWithTies,
  listParam,
  many,
  mariadbDialect,
  mysqlDialect,
  nullable,
  nullsFirst,
  nullsLast,
  numeric,
  offset,
  orderBy,
  over,
  postgresDialect,
  preceding,
  primaryKey,
  roundTo,
  rowsBetween,
  scalar,
  select,
  shiftLeft,
  sqliteDialect,
  subquery,
  sum,
  table,
  text,
  timestamp,
  union,
  where,
} from '../../../src/index.js'

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  age: pipe(integer, nullable),
  big: bigint,
  born: date,
  at: timestamp,
  ok: pipe(boolean, nullable),
  price: numeric(8, 2),
})
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, title: text })

const all = from(users)
const ofPosts = from(posts)
const someNames = pipe(all, select({ n: users.name }))
const titles = pipe(ofPosts, select({ n: posts.title }))

const dialects = { pg: postgresDialect(), my: mysqlDialect(), ma: mariadbDialect(), lite: sqliteDialect() }
type Name = keyof typeof dialects

const everywhere: ReadonlyArray<Name> = ['pg', 'my', 'ma', 'lite']
const family: ReadonlyArray<Name> = ['my', 'ma']
const none: ReadonlyArray<Name> = []

const cases: ReadonlyArray<readonly [string, AnyQuery, string, ReadonlyArray<Name>]> = [
  ['a table', all, '', none],
  ['like', pipe(all, where(pipe(users.name, like('a%')))), '', none],
  ['ilike', pipe(all, where(pipe(users.name, ilike('a%')))), 'both sides are in lower case', ['my', 'ma', 'lite']],
  ['a list', pipe(all, where(pipe(users.id, inList([1, 2])))), '', none],
  [
    'a list that is a parameter',
    pipe(all, where(pipe(users.id, inList(listParam('ids', integer))))),
    'the list travels in one JSON parameter',
    ['my', 'ma', 'lite'],
  ],
  [
    'any of a query',
    pipe(all, where(pipe(users.id, anyOf('gt', pipe(ofPosts, select(posts.userId)))))),
    'one look at the rows counts which of them decide',
    ['lite'],
  ],
  ['an order', pipe(all, orderBy(asc(users.id), desc(users.age))), '', none],
  ['nulls first', pipe(all, orderBy(nullsFirst(asc(users.age)))), '', none],
  [
    'nulls last',
    pipe(all, orderBy(nullsLast(asc(users.age)))),
    'rows are ordered by whether the value is null first',
    family,
  ],
  ['ties', pipe(all, orderBy(users.id), limitWithTies(2)), 'a limit with ties ranks the rows', ['my', 'lite']],
  [
    'one row of each',
    pipe(all, distinctOn(users.name), orderBy(users.name)),
    'distinctOn numbers the rows of each kind',
    ['my', 'ma', 'lite'],
  ],
  [
    'an offset of distinct rows',
    pipe(someNames, distinct, orderBy(users.name), offset(1)),
    'the order stands around the distinct rows',
    ['ma'],
  ],
  [
    'some rows counted',
    pipe(all, select({ n: pipe(count(), filter(gt(users.id, 1))) })),
    'the filter of an aggregate is a CASE inside of it',
    everywhere,
  ],
  [
    'all true',
    pipe(all, select({ n: boolAnd(users.ok) })),
    'all are true where the least of them is',
    ['my', 'ma', 'lite'],
  ],
  [
    'one true',
    pipe(all, select({ n: boolOr(users.ok) })),
    'one is true where the greatest of them is',
    ['my', 'ma', 'lite'],
  ],
  [
    'days later',
    pipe(all, select({ n: pipe(users.at, addInterval({ days: 1 })) })),
    'the fraction of a second is carried over as digits',
    ['lite'],
  ],
  ['a shift', pipe(all, select({ n: shiftLeft(users.big, 2) })), 'the number of places is looked at first', everywhere],
  ['other bits', pipe(all, select({ n: bitNot(users.big) })), 'the 64 bits get their sign again', family],
  [
    'a decimal rounded',
    pipe(all, select({ n: pipe(users.price, roundTo(1)) })),
    'decimals are whole numbers there: a quotient, and what the rest says',
    ['lite'],
  ],
  [
    'a decimal as text',
    pipe(all, select({ n: pipe(users.price, cast(text)) })),
    'the digits of a whole number, with a point among them',
    ['lite'],
  ],
  [
    'the greatest',
    pipe(all, select({ n: greatest(users.age, users.id) })),
    'a CASE, null where one of the values is',
    ['pg'],
  ],
  ['a year', pipe(all, select({ n: extract('year')(users.at) })), 'digits of the text', ['lite']],
  [
    'a scalar',
    pipe(all, select({ n: scalar(pipe(ofPosts, where(eq(posts.userId, users.id)), select(posts.title))) })),
    'a second row of a scalar subquery is made an error',
    ['lite'],
  ],
  [
    'both sides',
    pipe(all, fullJoin(posts, eq(posts.userId, users.id)), select({ a: users.id, b: posts.id })),
    'a left join, and below it the rows of the right side that none meets',
    family,
  ],
  ['a union', pipe(someNames, union(titles)), '', none],
  [
    'a union of a limited side',
    pipe(someNames, orderBy(users.name), limit(1), union(titles)),
    'a side that is more than a plain SELECT is a derived table',
    ['lite'],
  ],
  [
    'what both have, as often as both',
    pipe(someNames, intersectAll(titles)),
    'equal rows are numbered, so that none is taken for another',
    ['lite'],
  ],
  [
    'a query by its name, kept',
    from(pipe(all, select({ id: users.id }), cte('c', { materialized: true }))),
    'materialized is no word of the engine, and the rows are the same',
    family,
  ],
  [
    'the row before',
    pipe(all, select({ n: pipe(lag(users.id, 1, 0), over({ orderBy: [users.id] })) })),
    'the same shift of 1 tells whether there is such a row',
    ['ma'],
  ],
  [
    'rows around',
    pipe(
      all,
      select({ n: pipe(sum(users.id), over({ orderBy: [users.id], frame: rowsBetween(preceding(1), following(1)) })) }),
    ),
    'the bounds of a frame stand in the text, checked to be digits',
    ['ma'],
  ],
  [
    'in a limited query',
    pipe(all, where(pipe(users.id, inQuery(pipe(ofPosts, select(posts.userId), orderBy(posts.id), limit(1)))))),
    'a derived table stands around the subquery',
    family,
  ],
  [
    'two groupings',
    pipe(all, groupBy(users.name), groupingSets([users.name], []), select({ n: count() })),
    'each grouping is a query of its own, and all are united',
    ['my', 'ma', 'lite'],
  ],
  [
    'a query that may be absent',
    pipe(all, leftJoin(pipe(ofPosts, select({ userId: posts.userId }), subquery('s')), isNull(users.age))),
    'a limit that limits nothing keeps the derived table apart',
    ['my'],
  ],
  [
    'some of each',
    pipe(all, include({ posts: many(pipe(ofPosts, where(eq(posts.userId, users.id)), orderBy(posts.id), limit(1))) })),
    'a limit for each outer row numbers the rows of each',
    everywhere,
  ],
  [
    'a month later',
    pipe(all, select({ n: pipe(users.born, addInterval({ months: 1 })) })),
    'a month that has no such day gives its last one',
    ['lite'],
  ],
]

it.each(cases)('%s', (_, query, note, noting) => {
  const told = Object.entries(dialects).map(([name, dialect]) =>
    pipe(
      explain(dialect)(query),
      E.match(
        ({ message }) => [name, message],
        ({ statements }) => [name, ...new Set(statements.flatMap((s) => s.notes))],
      ),
    ),
  )
  const expected = everywhere.map((name) => [name, ...(noting.includes(name) ? [note] : [])])
  expect(told).toEqual(expected)
})
