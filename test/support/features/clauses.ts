/**
 * Clauses, joins, windows and writes that no golden statement has.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  after,
  alias,
  allOf,
  anyOf,
  arrayAgg,
  asc,
  before,
  containsRow,
  count,
  countOf,
  cte,
  cumeDist,
  currentRow,
  cursorOf,
  deleteFrom,
  desc,
  distinctOn,
  distinctValues,
  eq,
  everyRow,
  every,
  exists,
  forShare,
  forUpdate,
  from,
  fullJoin,
  groupsBetween,
  gt,
  having,
  inList,
  innerJoin,
  inQuery,
  inRows,
  integer,
  isNull,
  joinRelated,
  jsonAgg,
  lag,
  lastValue,
  lateral,
  lead,
  leftJoin,
  limit,
  limitWithTies,
  literal,
  nthValue,
  orderBy,
  over,
  param,
  percentRank,
  preceding,
  rangeBetween,
  rank,
  rowsBetween,
  scalar,
  select,
  set,
  sql,
  stddevPop,
  stringAgg,
  subquery,
  union,
  update,
  varPop,
  varSamp,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../../golden/statement.js'
import { posts, postsOf, users, words } from '../../golden/tables.js'
import { loose } from './tables.js'

const byId = pipe(from(posts), orderBy(posts.id))
/** A place among the rows: of a row that has the columns of the order there is one. */
const placed = pipe(from(posts), orderBy(posts.id), select({ id: posts.id }))
const place = pipe(
  cursorOf(placed)({ id: 3 }),
  E.getOrElseW(({ message }): never => {
    throw new TypeError(message)
  }),
)

export const moreOrders: ReadonlyArray<GoldenStatement> = statements('order', {
  distinctOn: () => pipe(from(posts), distinctOn(posts.authorId), orderBy(posts.authorId, desc(posts.id))),
  limitWithTies: () => pipe(from(posts), orderBy(posts.id), limitWithTies(3)),
  'a limit that is computed': () => pipe(byId, limit(add(param('page', integer), 1))),
  'after a place': () => pipe(placed, after(place), limit(10)),
  'before a place': () => pipe(placed, before(place), limit(10)),
})

export const moreWindows: ReadonlyArray<GoldenStatement> = statements('window', {
  percentRank: () => pipe(from(posts), select(pipe(percentRank(), over({ orderBy: [posts.id] })))),
  cumeDist: () => pipe(from(posts), select(pipe(cumeDist(), over({ orderBy: [posts.id] })))),
  lead: () => pipe(from(posts), select(pipe(lead(posts.id), over({ orderBy: [posts.id] })))),
  'lag with a default': () => pipe(from(posts), select(pipe(lag(posts.id, 1, 0), over({ orderBy: [posts.id] })))),
  lastValue: () => pipe(from(posts), select(pipe(lastValue(posts.id), over({ orderBy: [posts.id] })))),
  nthValue: () => pipe(from(posts), select(pipe(nthValue(posts.id, 2), over({ orderBy: [posts.id] })))),
  'a frame of rows': () =>
    pipe(
      from(posts),
      select(pipe(count(), over({ orderBy: [posts.id], frame: rowsBetween(preceding(3), currentRow) }))),
    ),
  'a frame of values': () =>
    pipe(
      from(posts),
      select(pipe(count(), over({ orderBy: [posts.id], frame: rangeBetween(preceding(3), currentRow) }))),
    ),
  'a frame of groups': () =>
    pipe(
      from(posts),
      select(pipe(count(), over({ orderBy: [posts.id], frame: groupsBetween(preceding(3), currentRow) }))),
    ),
  'a frame by a parameter': () =>
    pipe(
      from(posts),
      select(
        pipe(count(), over({ orderBy: [posts.id], frame: rowsBetween(preceding(param('n', integer)), currentRow) })),
      ),
    ),
  'an order of nulls': () => pipe(from(posts), select(pipe(rank(), over({ orderBy: [asc(posts.stars)] })))),
})

export const moreAggregates: ReadonlyArray<GoldenStatement> = statements('aggregate', {
  stddevPop: () => pipe(from(posts), select(stddevPop(posts.stars))),
  varPop: () => pipe(from(posts), select(varPop(posts.stars))),
  varSamp: () => pipe(from(posts), select(varSamp(posts.stars))),
  'stringAgg of distinct values': () =>
    pipe(from(posts), select(distinctValues(pipe(posts.title, stringAgg(', ', [posts.title]))))),
  'arrayAgg of an order': () => pipe(from(posts), select(arrayAgg(posts.id, [desc(posts.stars)]))),
  jsonAgg: () => pipe(from(posts), select(jsonAgg(posts.id, [posts.id]))),
  'having without groups or aggregates': () => pipe(from(posts), having(gt(count(), 1)), select(literal(1, integer))),
})

export const moreLists: ReadonlyArray<GoldenStatement> = statements('lists', {
  'inList of 2000 values': () =>
    pipe(from(posts), where(pipe(posts.id, inList(Array.from({ length: 2000 }, (_, i) => i))))),
  'inRows of 2000 rows': () =>
    pipe(
      from(posts),
      where(
        inRows(
          [posts.id, posts.authorId],
          Array.from({ length: 2000 }, (_, i) => [i, i] as const),
        ),
      ),
    ),
})

export const moreSubqueries: ReadonlyArray<GoldenStatement> = statements('subquery', {
  anyOf: () => pipe(from(users), where(pipe(users.age, anyOf('gt', pipe(from(posts), select(posts.id)))))),
  allOf: () => pipe(from(users), where(pipe(users.age, allOf('gt', pipe(from(posts), select(posts.id)))))),
  'inQuery with a limit': () =>
    pipe(from(users), where(pipe(users.id, inQuery(pipe(byId, limit(3), select(posts.authorId)))))),
  'scalar of a query that may give two rows': () =>
    pipe(from(words), select(scalar(pipe(from(users), select(users.name))))),
  every: () => pipe(from(users), where(every(postsOf, gt(posts.stars, 3)))),
  countOf: () => countOf(pipe(byId, limit(3))),
  'relation that gives a row': () =>
    pipe(
      from(users),
      where(
        containsRow(postsOf, {
          id: 1,
          authorId: 1,
          title: '',
          stars: null,
          views: 0n,
          score: null,
          day: '2020-01-01',
          at: '2020-01-01T00:00:00.000000Z',
        }),
      ),
    ),
})

const latest = pipe(postsOf, orderBy(desc(posts.id)), limit(1), subquery('latest'))
const ranked = pipe(
  postsOf,
  select({ id: posts.id, nth: pipe(rank(), over({ orderBy: [posts.id] })) }),
  subquery('ranked'),
)

export const moreJoins: ReadonlyArray<GoldenStatement> = statements('further join', {
  'fullJoin by another criterion': () => pipe(from(users), fullJoin(posts, gt(posts.authorId, users.id))),
  'lateral, a window': () => pipe(from(users), lateral(ranked)),
  'lateral, all columns': () => pipe(from(users), lateral(latest)),
  'leftJoin, columns that may all be null': () =>
    pipe(from(users), leftJoin(loose, eq(loose.userId, users.id)), select({ user: users, loose })),
  joinRelated: () => pipe(from(users), joinRelated(postsOf)),
})

const named = pipe(from(users), where(gt(users.age, 60)), cte('old', { materialized: true }))

export const moreSets: ReadonlyArray<GoldenStatement> = statements('set operation', {
  'ordered by what may be null': () =>
    pipe(
      pipe(from(users), select({ n: users.age })),
      union(pipe(from(posts), select({ n: posts.stars }))),
      orderBy((row) => [row.n]),
    ),
})

export const moreCtes: ReadonlyArray<GoldenStatement> = statements('cte', {
  materialized: () => from(named),
  'in a delete': () =>
    pipe(deleteFrom(posts), where(pipe(posts.authorId, inQuery(pipe(from(named), select(named.id)))))),
})

export const moreLocks: ReadonlyArray<GoldenStatement> = statements('lock', {
  forShare: () => pipe(from(users), forShare()),
  noWait: () => pipe(from(users), forUpdate({ wait: 'noWait' })),
  'of some sources': () =>
    pipe(from(users), innerJoin(posts, eq(posts.authorId, users.id)), forUpdate({ of: [users] })),
})

const other = pipe(users, alias('other'))

export const moreWrites: ReadonlyArray<GoldenStatement> = statements('write', {
  'update, a column from another one that is set': () =>
    pipe(update(posts), set({ authorId: posts.id, stars: posts.authorId }), everyRow),
  'update, two columns from each other': () =>
    pipe(update(posts), set({ authorId: posts.id, id: posts.authorId }), everyRow),
  'of what a query of the same table gives': () =>
    pipe(
      deleteFrom(users),
      where(pipe(users.id, inQuery(pipe(from(other), where(isNull(other.age)), select(other.id))))),
    ),
  'of what each row asks the same table': () =>
    pipe(deleteFrom(users), where(exists(pipe(from(other), where(eq(other.bossId, users.id)))))),
})

export const moreOwnSql: ReadonlyArray<GoldenStatement> = statements('own SQL', {
  'a statement of text': () =>
    sql.text('SELECT id FROM users WHERE id > :low').bind({ low: 1 }).columns({ id: integer }),
})
