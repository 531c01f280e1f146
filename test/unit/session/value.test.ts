// A unit of work is a value: old ones answer as before, branches do not meet, and it grows in linear time.
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import { pipe } from 'fp-ts/lib/function.js'
import { sqliteDialect } from 'relvar'
import { expect, test } from 'vitest'
import { type Snapshots, learn, recall } from '../../../src/session/snapshots.js'
import * as Uow from '../../../src/session/uow.js'
import { stepsOf } from '../../support/steps.js'
import { addresses, deft, person, start, steps, users, type Work } from './tables.js'

const ed = { id: 1, name: 'ed', email: null }
const loaded = pipe(start, Uow.attach(users)(ed))

test('one key is one row value', () => {
  const uow = pipe(loaded, Uow.modify(users)(ed, { name: 'x' }))
  const twice = [Uow.get(users)({ id: 1 })(uow), Uow.get(users)(ed)(uow)].map(O.toNullable)
  expect(twice[0]).toEqual({ id: 1, name: 'x', email: null })
  expect(twice[0]).toBe(twice[1])
  const later = pipe(uow, Uow.remove(users)({ id: 5 }))
  expect(O.toNullable(Uow.get(users)(ed)(later))).toBe(twice[0])
  expect(O.toNullable(Uow.get(users)(ed)(loaded))).toBe(ed)
  expect(O.toNullable(Uow.get(users)(ed)(Uow.modify(users)(ed, { name: 'ed' })(uow)))).toBe(ed)
})

test('older values answer as before, also after newer ones were asked', () => {
  const one = pipe(loaded, Uow.modify(users)(ed, { name: 'one' }))
  const two = pipe(one, Uow.modify(users)(ed, { name: 'two' }))
  const left = pipe(one, Uow.modify(users)(ed, { email: 'left' }))
  const name = (uow: Work) =>
    pipe(
      Uow.get(users)(ed)(uow),
      O.map((row) => `${row.name} ${row.email}`),
      O.toNullable,
    )
  expect([two, one, left, loaded, two, left].map(name)).toEqual([
    'two null',
    'one null',
    'one left',
    'ed null',
    'two null',
    'one left',
  ])
  expect([two, left, one, loaded].map((uow) => steps(uow))).toEqual([
    'U users{name}[1]',
    'U users{name,email}[1]',
    'U users{name}[1]',
    '',
  ])
})

test('a new row is read where all of it is known', () => {
  const [client, one] = Uow.insert(users)({ id: 7, name: 'n' })(start)
  expect(Uow.get(users)({ id: 7 })(one)).toEqual(O.some({ id: 7, name: 'n', email: null }))
  expect(Uow.keyOf(client)(one)).toEqual(O.some({ id: 7 }))
  expect(Uow.keyOf(client)(start)).toEqual(O.none)
  const [made, two] = Uow.insert(users)({ name: 'm' })(one)
  expect([Uow.get(users)(made)(two), Uow.keyOf(made)(two)]).toEqual([O.none, O.none])
  const [child, three] = Uow.insert(addresses)({ id: 1, userId: client, emailAddress: 'a' })(two)
  expect(Uow.get(addresses)(child)(three)).toEqual(O.some({ id: 1, userId: 7, emailAddress: 'a' }))
  expect(Uow.get(addresses)(child)(Uow.modify(addresses)(child, { userId: made })(three))).toEqual(O.none)
  expect(Uow.get(deft)({ id: 1 })(Uow.insert(deft)({ id: 1, data: 'd' })(start)[1])).toEqual(
    O.some({ id: 1, data: 'd', def: 'def1' }),
  )
})

test('changes are data', () => {
  const [ref, uow] = pipe(
    loaded,
    Uow.attach(person)({ id: 3, favoriteBallId: null, data: null }),
    Uow.remove(person)({ id: 3 }),
    Uow.remove(person)({ id: 4 }),
    Uow.modify(users)(ed, { name: 'x' }),
    Uow.insert(users)({ name: 'new' }),
  )
  const [address, more] = Uow.insert(addresses)({ userId: ref, emailAddress: 'a' })(uow)
  const name = (table: string) => ({ schema: null, name: table })
  expect(Uow.changes(more)).toEqual({
    new: [
      { table: name('users'), ref, values: { name: 'new', email: null } },
      { table: name('addresses'), ref: address, values: { userId: ref, emailAddress: 'a' } },
    ],
    dirty: [{ table: name('users'), key: { id: 1 }, columns: [{ column: 'name', before: 'ed', after: 'x' }] }],
    deleted: [
      { table: name('person'), key: { id: 3 }, row: { id: 3, favoriteBallId: null, data: null } },
      { table: name('person'), key: { id: 4 }, row: null },
    ],
  })
})

test('rows with more than the columns are kept without it, others as they are', () => {
  const uow = pipe(start, Uow.load(users)([Object.assign({ posts: [] }, ed)]))
  expect(Uow.get(users)(ed)(uow)).toEqual(O.some(ed))
})

const adding = (n: number): Work =>
  Array.from({ length: n }).reduce((uow: Work, _, i) => Uow.insert(users)({ name: `u${i}` })(uow)[1], start)

test('[uow 103] adding and planning is linear in the number of rows', () => {
  const plan = Uow.plan(sqliteDialect())
  const work = (n: number): number => stepsOf(() => expect(E.isRight(plan(adding(n)))).toBe(true))
  work(10)
  // ten times the rows are about ten times the work; where it grew with the square it would be a hundred times
  expect(work(5_000) / work(500)).toBeLessThan(15)
})

test('reading what was just written, row by row, is linear too', () => {
  const both = (n: number): number =>
    stepsOf(() => {
      let uow = start
      for (let id = 1; id <= n; id++) {
        uow = Uow.insert(users)({ id, name: 'x' })(uow)[1]
        if (O.isNone(Uow.get(users)({ id })(uow))) throw new Error('it is there')
      }
    })
  both(10)
  expect(both(5_000) / both(500)).toBeLessThan(15)
})

test('the work that is counted grows with the square where each is compared with each', () => {
  const each = (n: number): number => {
    const all = Array.from({ length: n }, (_, i) => i)
    return stepsOf(() => all.reduce((kept: ReadonlyArray<number>, i) => [...kept, i], []))
  }
  expect(each(1_000) / each(100)).toBeGreaterThan(50)
})

test('snapshots learnt one by one are few segments, and the newest counts', () => {
  let snapshots: Snapshots<number, string> = null
  for (let i = 0; i < 10_000; i++) snapshots = learn(snapshots, new Map([[i % 5_000, `v${i}`]]))
  let segments = 0
  for (let at: Snapshots<number, string> = snapshots; at !== null; at = at.older) segments += 1
  expect(segments).toBeLessThan(20)
  expect([recall(snapshots, 0), recall(snapshots, 4_999), recall(snapshots, 5_000)]).toEqual([
    'v5000',
    'v9999',
    undefined,
  ])
})
