// What an engine refuses of a query inside another one: an aggregate of what the outer row says, and on SQLite any or all rows beside
// what is computed of several. And where a finding is shown to stand.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  add,
  anyOf,
  type AnyQuery,
  explain,
  from,
  groupBy,
  having,
  inQuery,
  integer,
  limit,
  mariadbDialect,
  max,
  mysqlDialect,
  over,
  postgresDialect,
  primaryKey,
  rank,
  scalar,
  select,
  showExplanation,
  sqliteDialect,
  table,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey), n: integer })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer })
const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

/** What each dialect says against a query; null where it takes it. */
const refusals = (query: AnyQuery): ReadonlyArray<string | null> =>
  dialects.map((dialect) => {
    const told = explain(dialect)(query)
    return E.isLeft(told) ? told.left.message.replace(`${dialect.name} cannot `, '') : null
  })

describe('an aggregate in an inner query', () => {
  const outer = 'aggregate what an outer row says: aggregate a column of the inner query'
  const direct = scalar(pipe(from(posts), select(max(users.id))))
  const within = scalar(pipe(from(posts), select(max(add(users.id, users.n)))))
  const mixed = scalar(pipe(from(posts), select(max(add(users.id, posts.id)))))

  it('is of its own rows', () => {
    expect(refusals(pipe(from(users), select({ v: direct })))).toEqual(dialects.map(() => outer))
    expect(refusals(pipe(from(users), select({ v: within })))).toEqual(dialects.map(() => outer))
    expect(refusals(pipe(from(users), select({ v: mixed })))).toEqual(dialects.map(() => null))
  })
})

describe('any rows of a query', () => {
  const rows = pipe(from(posts), select(posts.userId))

  it('are compared with what one row says', () => {
    const plain = pipe(from(users), where(pipe(users.id, anyOf('gt', rows))))
    expect(refusals(plain)).toEqual([null, null, null, null])
  })

  it('and on SQLite not with what several rows say', () => {
    const ofGroup = pipe(
      from(users),
      groupBy(users.n),
      having(pipe(max(users.id), anyOf('gt', rows))),
      select({ n: users.n }),
    )
    const ofWindow = pipe(from(users), select({ v: pipe(rank(), over({ orderBy: [users.id] }), anyOf('eq', rows)) }))
    const told = 'with any or all rows of a query: name the'
    expect(refusals(ofGroup)).toEqual([null, null, null, `compare an aggregate ${told} groups with subquery`])
    expect(refusals(ofWindow)).toEqual([null, null, null, `compare a window ${told} rows with subquery`])
  })
})

describe('a finding', () => {
  const said = 'without an order, which rows a limit leaves is up to the engine'
  const shown = (query: AnyQuery): string | undefined => {
    const told = explain(postgresDialect())(query)
    return E.isRight(told) ? showExplanation(told.right).split('\n').at(-1) : told.left.message
  }

  it('is shown with its place, where it is not of the whole', () => {
    expect(shown(pipe(from(users), limit(3)))).toBe(`LimitWithoutOrder: ${said}`)
    const inside = pipe(from(users), where(pipe(users.id, inQuery(pipe(from(posts), select(posts.userId), limit(3))))))
    expect(shown(inside)).toMatch(new RegExp(`^LimitWithoutOrder \\(.+\\): ${said}$`))
  })
})
