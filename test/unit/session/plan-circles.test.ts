// Rows that refer to each other in a circle are written with a NULL that an update closes, or refused.
import { pipe } from 'fp-ts/lib/function.js'
import { mariadbDialect, mysqlDialect } from 'relvar'
import { expect, test } from 'vitest'
import * as Uow from '../../../src/session/uow.js'
import {
  ball,
  ballnn,
  type Change,
  inEveryOrder,
  nodes,
  person,
  personn,
  start,
  steps,
  type Work,
  xa,
  xb,
} from './tables.js'

test('[uow 18] a new row that refers to itself by its generated key is closed by an update', () => {
  const [n, one] = Uow.insert(nodes)({ data: 'self' })(start)
  expect(steps(Uow.modify(nodes)(n, { parentId: n })(one))).toBe('I nodes[1] -> U! nodes{parentId}[1]')
})

const withFavourite = (uow: Work): Work => {
  const [p, one] = Uow.insert(person)({ data: 'p' })(uow)
  const [b1, two] = Uow.insert(ball)({ personId: p })(one)
  const three = [1, 2, 3].reduce((u) => Uow.insert(ball)({ personId: p })(u)[1], two)
  return Uow.modify(person)(p, { favoriteBallId: b1 })(three)
}

test('[uow 23] a circle of two tables is closed by the fewest updates', () => {
  expect(steps(withFavourite(start))).toBe('I person[1] -> I ball[4] -> U! person{favoriteBallId}[1]')
})

test('[uow 23] a circle is broken at the column that may be NULL, whatever the order of the calls', () => {
  const [p, one] = Uow.insert(personn)({})(start)
  const [b, two] = Uow.insert(ballnn)({ personId: p })(one)
  expect(steps(Uow.modify(personn)(p, { favoriteId: b })(two))).toBe(
    'I personn[1] -> I ballnn[1] -> U! personn{favoriteId}[1]',
  )
  const inserts: ReadonlyArray<Change> = [
    (u) => Uow.insert(personn)({ id: 1, favoriteId: 5 })(u)[1],
    (u) => Uow.insert(ballnn)({ id: 5, personId: 1 })(u)[1],
    (u) => Uow.insert(ballnn)({ id: 6, personId: 1 })(u)[1],
  ]
  for (const uow of inEveryOrder(start, inserts))
    expect(steps(uow)).toBe('I personn[1] -> I ballnn[2] -> U! personn{favoriteId}[1]')
})

test('rows that refer to each other are deleted after one reference is emptied', () => {
  const from = pipe(
    start,
    Uow.attach(person)({ id: 1, favoriteBallId: 2, data: null }),
    Uow.attach(ball)({ id: 2, personId: 1, data: null }),
  )
  const removals: ReadonlyArray<Change> = [Uow.remove(person)({ id: 1 }), Uow.remove(ball)({ id: 2 })]
  for (const uow of inEveryOrder(from, removals))
    expect(steps(uow)).toBe('U! person{favoriteBallId}[1] -> D ball[1] -> D person[1]')
})

test('[uow 25] many circles are closed by one step', () => {
  const uow = Array.from({ length: 100 }).reduce((u: Work) => {
    const [p, one] = Uow.insert(person)({})(u)
    const [b, two] = Uow.insert(ball)({ personId: p })(one)
    return Uow.modify(person)(p, { favoriteBallId: b })(two)
  }, start)
  expect(steps(uow)).toBe('I person[100] -> I ball[100] -> U! person{favoriteBallId}[100]')
})

test('[uow 26] a reference to a row that is there needs no update afterwards', () => {
  const from = pipe(start, Uow.attach(ball)({ id: 1, personId: null, data: null }))
  expect(steps(Uow.insert(person)({ favoriteBallId: 1 })(from)[1])).toBe('I person[1]')
})

test('[uow 27] a circle in which nothing may be NULL is refused on MySQL and MariaDB, with its path', () => {
  const [, one] = Uow.insert(xa)({ id: 1, yId: 10 })(start)
  const [, two] = Uow.insert(xb)({ id: 10, xId: 1 })(one)
  for (const dialect of [mysqlDialect(), mariadbDialect()])
    expect(Uow.plan(dialect)(two)).toMatchObject({
      left: { _tag: 'ForeignKeyCycle', code: 'RV732', path: ['xb.xId', 'xa.yId'] },
    })
})
