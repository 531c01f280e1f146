// A foreign key of several columns is one key: its row waits for the one that has all of its values, new or known.
import { pipe } from 'fp-ts/lib/function.js'
import {
  autoIncrement,
  foreignKey,
  integer,
  nullable,
  primaryKey,
  references,
  schema,
  table,
  text,
  uniqueConstraint,
} from 'relvar'
import { expect, test } from 'vitest'
import * as Uow from '../../../src/session/uow.js'
import { permutations, planned, refusal, steps } from './tables.js'

const cities = table('cities', { id: pipe(integer, primaryKey, autoIncrement), name: text })
const halls = table('halls', {
  city: pipe(integer, primaryKey, references(cities.id)),
  hall: pipe(integer, primaryKey),
  best: pipe(integer, nullable),
})
const seats = table(
  'seats',
  {
    id: pipe(integer, primaryKey),
    hall: pipe(integer, nullable),
    city: pipe(integer, nullable),
    row: text,
    seat: integer,
  },
  (own) => [foreignKey([own.hall, own.city], [halls.hall, halls.city]), uniqueConstraint([own.row, own.seat])],
)
const steady = table('steady', { id: pipe(integer, primaryKey), parent: integer, kind: integer }, (own) => [
  uniqueConstraint([own.id, own.kind]),
  foreignKey([own.parent, own.kind], [own.id, own.kind]),
])

const rooms = table('rooms', {
  floor: pipe(integer, primaryKey),
  room: pipe(integer, primaryKey, autoIncrement),
  door: integer,
})
const doors = table(
  'doors',
  { id: pipe(integer, primaryKey), floor: integer, room: pipe(integer, nullable) },
  (own) => [foreignKey([own.floor, own.room], [rooms.floor, rooms.room])],
)

const all = schema({ cities, halls, seats, steady, rooms, doors }, (s) => [
  foreignKey(s.halls.best, s.seats.id),
  foreignKey(s.rooms.door, s.doors.id),
])
const start = Uow.empty(all)
type Work = typeof start
const orders = (from: Work, changes: ReadonlyArray<(uow: Work) => Work>): ReadonlyArray<Work> =>
  permutations(changes).map((order) => order.reduce((uow, change) => change(uow), from))
const noted =
  (change: (uow: Work) => readonly [unknown, Work]) =>
  (uow: Work): Work =>
    change(uow)[1]

test('known values of all columns make the order, whatever the order of the calls', () => {
  const made = [
    noted(Uow.insert(seats)({ id: 1, hall: 7, city: 1, row: 'a', seat: 1 })),
    noted(Uow.insert(halls)({ city: 1, hall: 7 })),
    noted(Uow.insert(cities)({ id: 1, name: 'x' })),
  ]
  for (const uow of orders(start, made)) expect(steps(uow)).toBe('I cities[1] -> I halls[1] -> I seats[1]')
})

test('a row of another hall is waited for by none', () => {
  const both = pipe(
    Uow.remove(halls)({ city: 1, hall: 8 })(start),
    noted(Uow.insert(seats)({ id: 1, hall: 7, city: 1, row: 'a', seat: 1 })),
  )
  expect(refusal(both)).toBe(null)
})

test('a Ref gives each column of the key its part, and keys flow through several tables', () => {
  const [city, one] = Uow.insert(cities)({ name: 'x' })(start)
  const [hall, two] = Uow.insert(halls)({ city, hall: 7 })(one)
  const [, three] = Uow.insert(seats)({ id: 1, hall, city: hall, row: 'a', seat: 1 })(two)
  const plan = planned(three)
  expect(steps(three)).toBe('I cities[1] -> I halls[1] -> I seats[1]')
  expect(plan.steps[2]?.rows[0]?.values).toMatchObject({ id: 1, hall: 7 })
  expect(plan.steps[2]?.dataFlow).toEqual([{ row: 0, column: 'city', from: { step: 0, row: 0, column: 'id' } }])
})

test('removals go the other way round, by all values of the rows', () => {
  const loaded = pipe(
    start,
    Uow.attach(halls)({ city: 1, hall: 7, best: null }),
    Uow.attach(seats)({ id: 1, hall: 7, city: 1, row: 'a', seat: 1 }),
    Uow.attach(seats)({ id: 2, hall: 7, city: null, row: 'a', seat: 2 }),
  )
  const gone = [Uow.remove(halls)({ city: 1, hall: 7 }), Uow.remove(seats)({ id: 1 })]
  for (const uow of orders(loaded, gone)) expect(steps(uow)).toBe('D seats[1] -> D halls[1]')
  const [, again] = Uow.insert(seats)({ id: 3, hall: 7, city: 1, row: 'b', seat: 1 })(
    Uow.remove(halls)({ city: 1, hall: 7 })(loaded),
  )
  expect(refusal(again)).toBe('DanglingRef')
})

test('a null among the values refers to nothing', () => {
  const loaded = pipe(start, Uow.attach(halls)({ city: 1, hall: 7, best: null }))
  const [, free] = Uow.insert(seats)({ id: 3, hall: 7, city: null, row: 'b', seat: 1 })(
    Uow.remove(halls)({ city: 1, hall: 7 })(loaded),
  )
  expect(refusal(free)).toBe(null)
})

test('a change of one column of the key looks at the others as they are', () => {
  const loaded = pipe(start, Uow.attach(seats)({ id: 1, hall: 7, city: 1, row: 'a', seat: 1 }))
  const [, made] = Uow.insert(halls)({ city: 1, hall: 8 })(loaded)
  const moved = Uow.modify(seats)({ id: 1 }, { hall: 8 })(made)
  expect(steps(moved)).toBe('I halls[1] -> U seats{hall}[1]')
})

test('two rows with one value of a key of several columns are refused; one that leaves it comes first', () => {
  const twice = pipe(
    start,
    noted(Uow.insert(seats)({ id: 1, row: 'a', seat: 1 })),
    noted(Uow.insert(seats)({ id: 2, row: 'a', seat: 1 })),
  )
  expect(refusal(twice)).toBe('DuplicateIdentity')
  const loaded = pipe(start, Uow.attach(seats)({ id: 1, hall: null, city: null, row: 'a', seat: 1 }))
  const changes = [Uow.modify(seats)({ id: 1 }, { seat: 2 }), noted(Uow.insert(seats)({ id: 2, row: 'a', seat: 1 }))]
  for (const uow of orders(loaded, changes)) expect(steps(uow)).toBe('U seats{seat}[1] -> I seats[1]')
})

test('a row that refers to itself by known values is written at once', () =>
  expect(steps(Uow.insert(steady)({ id: 1, parent: 1, kind: 2 })(start)[1])).toBe('I steady[1]'))

test('a circle is broken at one column of the key, and closed with the others as they are', () => {
  const [hall, one] = Uow.insert(halls)({ city: 1, hall: 7, best: 5 })(start)
  const [, two] = Uow.insert(seats)({ id: 5, hall, city: hall, row: 'a', seat: 1 })(one)
  const [, three] = Uow.insert(seats)({ id: 6, hall, city: hall, row: 'a', seat: 2 })(two)
  expect(steps(three)).toBe('I halls[1] -> I seats[2] -> U! halls{best}[1]')
  const [room, four] = Uow.insert(rooms)({ floor: 1, door: 5 })(start)
  const [, five] = Uow.insert(doors)({ id: 5, floor: 1, room })(four)
  expect(steps(five)).toBe('I doors[1] -> I rooms[1] -> U! doors{room}[1]')
  const gone = pipe(
    start,
    Uow.attach(rooms)({ floor: 1, room: 2, door: 5 }),
    Uow.attach(doors)({ id: 5, floor: 1, room: 2 }),
    Uow.remove(rooms)({ floor: 1, room: 2 }),
    Uow.remove(doors)({ id: 5 }),
  )
  expect(steps(gone)).toBe('U! doors{room}[1] -> D rooms[1] -> D doors[1]')
})
