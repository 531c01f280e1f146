// Where a term of the order may be null, by its column or by a join, the place of a cursor says where nulls are; elsewhere it does not.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, it } from 'vitest'

import {
  after,
  type AnyQuery,
  before,
  cursorOf,
  eq,
  explain,
  from,
  integer,
  leftJoin,
  nullable,
  nullsFirst,
  orderBy,
  postgresDialect,
  primaryKey,
  select,
  table,
} from '../../../src/index.js'

const people = table('people', { id: pipe(integer, primaryKey), age: pipe(integer, nullable), n: integer })
const posts = table('posts', { id: pipe(integer, primaryKey), by: integer })

const criterion = (query: AnyQuery): string | undefined => {
  const told = explain(postgresDialect())(query)
  return E.isRight(told) ? /WHERE \((.*)\) ORDER BY/.exec(told.right.statements[0]?.sql ?? '')?.[1] : told.left.message
}
const cursor = (made: ReturnType<ReturnType<typeof cursorOf>>) => {
  if (E.isLeft(made)) throw new Error(made.left.message)
  return made.right
}
const row = { id: 1, age: 30, n: 5 }
const [id, age] = ['$2::integer', '$1::integer']

it('of a column that is never null', () => {
  const all = pipe(from(people), orderBy(people.n, people.id))
  const more = `(t0."n" = ${age}) AND (t0."id" > ${id})`
  expect(criterion(pipe(all, after(cursor(cursorOf(all)(row)))))).toBe(
    `(t0."n" >= ${age}) AND ((t0."n" > ${age}) OR (${more}))`,
  )
})

it.each([
  ['last', pipe(from(people), orderBy(people.age, people.id)), 'IS NULL', 'IS NOT NULL'],
  ['first', pipe(from(people), orderBy(nullsFirst(people.age), people.id)), 'IS NOT NULL', 'IS NULL'],
] as const)('of a column whose nulls are %s', (_, all, isBehind, isBefore) => {
  const place = cursor(cursorOf(all)(row))
  expect(criterion(pipe(all, after(place)))).toBe(
    `((t0."age" > ${age}) OR ((t0."age" ${isBehind}) AND (${age} ${isBefore}))) OR ` +
      `((t0."age" IS NOT DISTINCT FROM ${age}) AND (t0."id" > ${id}))`,
  )
  expect(criterion(pipe(all, before(place)))).toBe(
    `((t0."age" < ${age}) OR ((t0."age" ${isBefore}) AND (${age} ${isBehind}))) OR ` +
      `((t0."age" IS NOT DISTINCT FROM ${age}) AND (t0."id" < ${id}))`,
  )
})

it('of a row that a join may leave absent', () => {
  const all = pipe(
    from(people),
    leftJoin(posts, eq(posts.by, people.id)),
    select({ id: people.id, post: posts.id }),
    orderBy(posts.id, people.id),
  )
  const said = criterion(pipe(all, after({ order: cursor(cursorOf(all)({ id: 1, post: 2 })).order, values: [2, 1] })))
  expect(said).toContain(`(t1."id" IS NULL) AND (${age} IS NOT NULL)`)
  expect(said).toContain(`t1."id" IS NOT DISTINCT FROM ${age}`)
})
