// In memory nobody knows what time it is but who asks.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { expect, test } from 'vitest'

import {
  addInterval,
  currentDate,
  currentTimestamp,
  from,
  integer,
  lt,
  primaryKey,
  select,
  set,
  table,
  timestamptz,
  update,
  where,
} from '../../../src/index.js'
import { apply, emptyTables, evaluate, interpret, rowsIn, type Tables, withRows } from '../../../src/memory.js'

const posts = table('posts', { id: pipe(integer, primaryKey), at: timestamptz })

const tables: Tables = pipe(
  emptyTables,
  withRows(posts)([{ id: 1, at: '2012-10-15T12:57:18Z' }]),
  E.getOrElse(() => emptyTables),
)
const now = '2012-10-16T01:00:00+02:00'

test('interpret, evaluate and apply take the time from who asks', () => {
  const told = pipe(from(posts), select({ now: currentTimestamp, today: currentDate }))
  expect(interpret(told, {}, { now })(tables)).toEqual(
    E.right([{ now: '2012-10-15T23:00:00.000000Z', today: '2012-10-15' }]),
  )
  const old = lt(posts.at, addInterval(currentTimestamp, { hours: -1 }))
  expect(evaluate(old, { now })({ id: 1, at: '2012-10-15T12:57:18Z' })).toEqual(E.right(true))
  const touched = apply(pipe(update(posts), set({ at: currentTimestamp }), where(old)), {}, { now })(tables)
  expect(
    pipe(
      touched,
      E.map((done) => rowsIn(posts)(done.tables)),
    ),
  ).toEqual(E.right([{ id: 1, at: '2012-10-15T23:00:00.000000Z' }]))
})

test('who says no time is told how', () => {
  const told = interpret(pipe(from(posts), select(currentDate)))(tables)
  expect(told).toMatchObject(E.left({ _tag: 'NotEvaluable' }))
  expect(E.isLeft(told) && told.left.message).toContain('give { now:')
})

test('what is no instant is refused', () => {
  for (const wrong of ['2012-10-15', 'now', '2012-10-15T12:57:18', '2024-02-30T00:00:00Z'])
    expect(interpret(pipe(from(posts), select(currentDate)), {}, { now: wrong })(tables)).toMatchObject(
      E.left({ _tag: 'InvalidValue' }),
    )
})
