/**
 * Further joins, common table expressions, values as a table, row values and locks.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  count,
  cte,
  desc,
  eq,
  exceptAll,
  from,
  fullJoin,
  groupBy,
  gt,
  inList,
  innerJoin,
  integer,
  intersectAll,
  lateral,
  leftLateral,
  limit,
  max,
  orderBy,
  rightJoin,
  scalar,
  select,
  subquery,
  text,
  values,
  where,
  withRecursive,
} from '../../../src/index.js'
import { forUpdate } from '../../../src/expr/lock.js'
import { compareRows, inQueryRows, inRows } from '../../../src/expr/row-values.js'
import { type GoldenStatement, type Markers, statements } from '../statement.js'
import { posts, postsOf, users } from '../tables.js'

const ofUser = eq(posts.authorId, users.id)
const latestOf = (v: Markers) =>
  pipe(postsOf, orderBy(desc(posts.id)), limit(v.integer()), select({ title: posts.title }), subquery('latest'))

export const moreJoins: ReadonlyArray<GoldenStatement> = statements('further join', {
  rightJoin: () => pipe(from(users), rightJoin(posts, ofUser), select({ name: users.name, title: posts.title })),
  fullJoin: () => pipe(from(users), fullJoin(posts, ofUser), select({ name: users.name, title: posts.title })),
  lateral: (v) => {
    const latest = latestOf(v)
    return pipe(from(users), lateral(latest), select({ name: users.name, title: latest.title }))
  },
  leftLateral: (v) => {
    const latest = latestOf(v)
    return pipe(from(users), leftLateral(latest), select({ name: users.name, title: latest.title }))
  },
  values: (v) => {
    const scores = values('scores', { id: integer, word: text }, [
      { id: v.integer(), word: v.text() },
      { id: v.integer(), word: v.text() },
    ])
    return pipe(
      from(users),
      innerJoin(scores, eq(scores.id, users.id)),
      select({ name: users.name, word: scores.word }),
    )
  },
})

const counts = (v: Markers) =>
  pipe(
    from(posts),
    where(gt(posts.stars, v.integer())),
    groupBy(posts.authorId),
    select({ by: posts.authorId, n: count() }),
    cte('counts'),
  )

export const ctes: ReadonlyArray<GoldenStatement> = statements('cte', {
  once: (v) => {
    const c = counts(v)
    return pipe(from(users), innerJoin(c, eq(c.by, users.id)), select({ name: users.name, n: c.n }))
  },
  twice: (v) => {
    const c = counts(v)
    return pipe(from(c), where(eq(c.n, scalar(pipe(from(c), select(max(c.n)))))), select(c.by))
  },
  recursive: (v) => {
    const below = withRecursive(
      'below',
      pipe(from(users), where(eq(users.name, v.text())), select({ id: users.id, name: users.name })),
      (self) =>
        pipe(from(users), innerJoin(self, eq(users.bossId, self.id)), select({ id: users.id, name: users.name })),
    )
    return pipe(from(below), where(gt(below.id, v.integer())), select(below.name))
  },
})

const ids = pipe(from(users), select({ id: users.id }))

export const moreSets: ReadonlyArray<GoldenStatement> = statements('set operation that keeps doubles', {
  exceptAll: () => pipe(ids, exceptAll(pipe(from(posts), select({ id: posts.authorId })))),
  intersectAll: () => pipe(ids, intersectAll(pipe(from(posts), select({ id: posts.authorId })))),
})

export const rowValues: ReadonlyArray<GoldenStatement> = statements('row value', {
  compareRows: (v) =>
    pipe(from(posts), where(compareRows('gte', [posts.authorId, posts.id], [v.integer(), v.integer()]))),
  inRows: (v) =>
    pipe(
      from(posts),
      where(
        inRows(
          [posts.authorId, posts.title],
          [
            [v.integer(), v.text()],
            [v.integer(), v.text()],
          ],
        ),
      ),
    ),
  inQueryRows: () =>
    pipe(
      from(posts),
      where(inQueryRows([posts.authorId, posts.title], pipe(from(users), select({ id: users.id, name: users.name })))),
    ),
  'a long list': (v) => pipe(from(posts), where(pipe(posts.id, inList(Array.from({ length: 6 }, () => v.integer()))))),
})

export const locks: ReadonlyArray<GoldenStatement> = statements('lock', {
  forUpdate: (v) => pipe(from(users), where(eq(users.id, v.integer())), forUpdate()),
  skipLocked: (v) => pipe(from(users), orderBy(users.id), limit(v.integer()), forUpdate({ wait: 'skipLocked' })),
})
