/**
 * Aggregates with more words, windows and grouping sets.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  arrayAgg,
  avg,
  boolAnd,
  boolOr,
  count,
  cube,
  denseRank,
  desc,
  distinctValues,
  filter,
  firstValue,
  from,
  groupBy,
  grouping,
  groupingSets,
  gt,
  lag,
  max,
  ntile,
  over,
  rank,
  rollup,
  rowNumber,
  select,
  stddevSamp,
  stringAgg,
  subquery,
  sum,
  where,
  eq,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { posts } from '../tables.js'

const perAuthor = groupBy(posts.authorId)

export const aggregates: ReadonlyArray<GoldenStatement> = statements('aggregate', {
  'filter of a count': (v) => pipe(from(posts), select({ n: pipe(count(), filter(gt(posts.stars, v.integer()))) })),
  'filter of a sum': (v) =>
    pipe(
      from(posts),
      perAuthor,
      select({ by: posts.authorId, n: pipe(sum(posts.stars), filter(gt(posts.stars, v.integer()))) }),
    ),
  distinctValues: () => pipe(from(posts), select(distinctValues(sum(posts.stars)))),
  stringAgg: () =>
    pipe(
      from(posts),
      perAuthor,
      select({ by: posts.authorId, titles: pipe(posts.title, stringAgg(', ', [posts.id])) }),
    ),
  arrayAgg: () => pipe(from(posts), perAuthor, select({ by: posts.authorId, ids: arrayAgg(posts.id, [posts.id]) })),
  boolAnd: (v) => pipe(from(posts), select(boolAnd(gt(posts.stars, v.integer())))),
  boolOr: (v) => pipe(from(posts), select(boolOr(gt(posts.stars, v.integer())))),
  stddevSamp: () => pipe(from(posts), select(stddevSamp(posts.stars))),
})

export const windows: ReadonlyArray<GoldenStatement> = statements('window', {
  rowNumber: () =>
    pipe(
      from(posts),
      select({
        id: posts.id,
        nth: pipe(rowNumber(), over({ partitionBy: [posts.authorId], orderBy: [desc(posts.id)] })),
      }),
    ),
  rank: () => pipe(from(posts), select({ id: posts.id, place: pipe(rank(), over({ orderBy: [desc(posts.stars)] })) })),
  denseRank: () =>
    pipe(from(posts), select({ id: posts.id, place: pipe(denseRank(), over({ orderBy: [posts.stars] })) })),
  ntile: (v) =>
    pipe(from(posts), select({ id: posts.id, part: pipe(ntile(v.integer()), over({ orderBy: [posts.id] })) })),
  lag: (v) => pipe(from(posts), select({ before: pipe(lag(posts.stars, v.integer()), over({ orderBy: [posts.id] })) })),
  firstValue: () => pipe(from(posts), select({ first: pipe(firstValue(posts.title), over({ orderBy: [posts.id] })) })),
  'an aggregate of a partition': () =>
    pipe(from(posts), select({ id: posts.id, of: pipe(sum(posts.stars), over({ partitionBy: [posts.authorId] })) })),
  'an aggregate of all rows': () => pipe(from(posts), select({ id: posts.id, mean: pipe(avg(posts.score), over({})) })),
  'the first of each': (v) => {
    const ranked = pipe(
      from(posts),
      select({
        title: posts.title,
        nth: pipe(rowNumber(), over({ partitionBy: [posts.authorId], orderBy: [desc(posts.stars), posts.id] })),
      }),
      subquery('ranked'),
    )
    return pipe(from(ranked), where(eq(ranked.nth, v.integer())), select(ranked.title))
  },
})

export const groupSets: ReadonlyArray<GoldenStatement> = statements('grouping sets', {
  rollup: () =>
    pipe(
      from(posts),
      rollup(posts.authorId, posts.day),
      select({ by: posts.authorId, day: posts.day, isTotal: grouping(posts.day), n: count() }),
    ),
  cube: () =>
    pipe(
      from(posts),
      cube(posts.authorId, posts.day),
      select({ by: posts.authorId, day: posts.day, most: max(posts.stars) }),
    ),
  groupingSets: () =>
    pipe(
      from(posts),
      groupingSets([posts.authorId], [posts.day], []),
      select({ by: posts.authorId, day: posts.day, n: count() }),
    ),
})
