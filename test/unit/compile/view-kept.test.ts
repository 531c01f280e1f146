// Queries that MySQL takes and keeps as no view, and those next to them that it keeps.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  compileDdl,
  createView,
  distinct,
  from,
  inQuery,
  integer,
  limit,
  mariadbDialect,
  max,
  mysqlDialect,
  orderBy,
  over,
  postgresDialect,
  primaryKey,
  rowNumber,
  scalar,
  select,
  sqliteDialect,
  table,
  union,
  view,
  where,
} from '../../../src/index.js'

const posts = table('posts', { id: pipe(integer, primaryKey), n: integer })
const others = table('others', { id: pipe(integer, primaryKey), n: integer })

const all = from(posts)
const greatest = scalar(pipe(from(others), select(max(others.id))))
const numbers = pipe(all, select({ n: posts.n }))
const numbered = pipe(all, select({ n: pipe(rowNumber(), over({ orderBy: [posts.id] })) }))
const inOthers = pipe(posts.n, inQuery(pipe(from(others), select(others.n))))
const truths = pipe(from(others), select(pipe(others.n, inQuery(pipe(all, select(posts.n))))))

const views = {
  ordered: view('v', pipe(numbers, distinct, orderBy(posts.n), limit(3))),
  byQuery: view('v', pipe(all, select({ n: greatest }), orderBy(greatest), limit(3))),
  distinctByQuery: view('v', pipe(all, select({ n: greatest }), distinct, orderBy(greatest), limit(3))),
  window: view('v', pipe(numbers, union(numbered))),
  innerSets: view('v', pipe(numbers, union(numbers), union(numbers))),
  innerWindow: view('v', pipe(numbers, union(numbered), union(numbers))),
  inside: view('v', pipe(all, where(inOthers), select({ n: posts.n }))),
  insideOfInside: view('v', pipe(all, where(pipe(inOthers, inQuery(truths))), select({ n: posts.n }))),
}

describe('a view of MySQL', () => {
  const cases: ReadonlyArray<readonly [keyof typeof views, string | null]> = [
    ['ordered', null],
    ['byQuery', null],
    [
      'distinctByQuery',
      'keep distinct rows in the order of a query in a view: order the rows of the view, where it is read',
    ],
    ['window', null],
    ['innerSets', null],
    ['innerWindow', 'keep a window in a set operation inside another one in a view: make a view of the inner one'],
    ['inside', null],
    [
      'insideOfInside',
      'ask in a view whether a query has what another one says of a value: ask where the view is read',
    ],
  ]

  it.each(cases)('%s', (name, refused) => {
    const made = compileDdl(mysqlDialect())(createView(views[name]))
    expect(E.isLeft(made) ? made.left.message : null).toBe(refused === null ? null : `mysql cannot ${refused}`)
  })

  it.each([postgresDialect(), mariadbDialect(), sqliteDialect()])('is one of $name whatever it is', (dialect) => {
    const refused = Object.entries(views).filter(([, one]) => E.isLeft(compileDdl(dialect)(createView(one))))
    expect(refused.map(([name]) => name)).toEqual([])
  })
})
