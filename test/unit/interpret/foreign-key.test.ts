// Foreign keys of several columns, and what becomes of the rows that refer to a row which goes or changes its key.
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  deleteFrom,
  eq,
  everyRow,
  foreignKey,
  type ForeignKeyOptions,
  insertInto,
  integer,
  nullable,
  primaryKey,
  schema,
  serverDefault,
  set,
  table,
  text,
  update,
  varchar,
  where,
} from 'relvar'
import { tablesIn } from 'relvar/memory'
import { describe, expect, test } from 'vitest'
import { filled, held, refused, run } from './applied.js'

const halls = table('halls', { city: pipe(varchar(9), primaryKey), hall: pipe(integer, primaryKey), name: text })

const seatsOf = (options: ForeignKeyOptions) =>
  table(
    'seats',
    {
      id: pipe(integer, primaryKey),
      city: pipe(varchar(9), nullable, serverDefault('none')),
      hall: pipe(integer, nullable, serverDefault(0)),
    },
    (own) => [foreignKey([own.city, own.hall], [halls.city, halls.hall], { name: 'in_hall', ...options })],
  )

const worldOf = (options: ForeignKeyOptions) => {
  const seats = seatsOf(options)
  const tables = pipe(
    tablesIn(schema({ halls, seats })),
    filled(halls, [
      { city: 'a', hall: 1, name: 'x' },
      { city: 'a', hall: 2, name: 'y' },
      { city: 'none', hall: 0, name: 'z' },
    ]),
    filled(seats, [
      { id: 1, city: 'a', hall: 1 },
      { id: 2, city: 'a', hall: 2 },
      { id: 3, city: 'b', hall: null },
    ]),
  )
  return { seats, tables }
}

const first = and(eq(halls.city, 'a'), eq(halls.hall, 1))
const goes = pipe(deleteFrom(halls), where(first))
const moves = pipe(update(halls), set({ hall: 7 }), where(first))
const broken = {
  _tag: 'ForeignKeyViolation',
  code: 'RV202',
  table: 'seats',
  columns: ['city', 'hall'],
  constraint: 'in_hall',
}

describe('several columns', () => {
  test('memory: all of them are one key, and a null among them refers to nothing', () => {
    const { seats, tables } = worldOf({})
    expect(refused(tables, insertInto(seats)({ id: 4, city: 'a', hall: 0 }))).toMatchObject(broken)
    expect(run(tables, insertInto(seats)({ id: 4, city: 'x', hall: null })).affected).toBe(1)
    expect(refused(tables, goes)).toMatchObject(broken)
    expect(refused(tables, moves)).toMatchObject(broken)
  })

  const [other, free] = [
    { id: 2, city: 'a', hall: 2 },
    { id: 3, city: 'b', hall: null },
  ]

  test('memory: cascade', () => {
    const { seats, tables } = worldOf({ onDelete: 'cascade', onUpdate: 'cascade' })
    expect(held(run(tables, goes).tables, seats)).toEqual([other, free])
    expect(held(run(tables, moves).tables, seats)).toEqual([{ id: 1, city: 'a', hall: 7 }, other, free])
  })

  test('memory: setNull', () => {
    const { seats, tables } = worldOf({ onDelete: 'setNull', onUpdate: 'setNull' })
    const after = [{ id: 1, city: null, hall: null }, other, free]
    expect(held(run(tables, goes).tables, seats)).toEqual(after)
    expect(held(run(tables, moves).tables, seats)).toEqual(after)
  })

  test('memory: setDefault puts what the database would, which must be there', () => {
    const { seats, tables } = worldOf({ onDelete: 'setDefault', onUpdate: 'setDefault' })
    const after = [{ id: 1, city: 'none', hall: 0 }, other, free]
    expect(held(run(tables, goes).tables, seats)).toEqual(after)
    expect(held(run(tables, moves).tables, seats)).toEqual(after)
    expect(refused(tables, everyRow(deleteFrom(halls)))).toMatchObject(broken)
  })

  test('memory: restrict', () => {
    const { tables } = worldOf({ onDelete: 'restrict', onUpdate: 'restrict' })
    expect(refused(tables, goes)).toMatchObject(broken)
    expect(refused(tables, moves)).toMatchObject(broken)
  })
})

describe('chains', () => {
  const nodes = (options: ForeignKeyOptions) => {
    const t = table('nodes', { id: pipe(integer, primaryKey), parent: pipe(integer, nullable) }, (own) => [
      foreignKey(own.parent, own.id, options),
    ])
    const tables = pipe(
      tablesIn(schema({ t })),
      filled(t, [
        { id: 1, parent: null },
        { id: 2, parent: 1 },
        { id: 3, parent: 2 },
        { id: 4, parent: 4 },
      ]),
    )
    return { t, tables }
  }

  test('memory: a cascade goes on, and a row may refer to itself', () => {
    const { t, tables } = nodes({ onDelete: 'cascade' })
    const { tables: after, affected } = run(tables, pipe(deleteFrom(t), where(eq(t.id, 1))))
    expect([affected, held(after, t)]).toEqual([1, [{ id: 4, parent: 4 }]])
    expect(run(tables, everyRow(deleteFrom(t))).affected).toBe(4)
  })

  test('memory: what says noAction is asked at the end of the statement', () => {
    const { t, tables } = nodes({})
    expect(run(tables, everyRow(deleteFrom(t))).affected).toBe(4)
    expect(refused(tables, pipe(deleteFrom(t), where(eq(t.id, 2))))).toMatchObject({ _tag: 'ForeignKeyViolation' })
  })

  test('memory: restrict looks before others act', () => {
    const owners = table('owners', { id: pipe(integer, primaryKey) })
    const pets = table(
      'pets',
      { id: pipe(integer, primaryKey), owner: integer, vet: pipe(integer, nullable) },
      (own) => [
        foreignKey(own.owner, owners.id, { onDelete: 'cascade' }),
        foreignKey(own.vet, owners.id, { onDelete: 'restrict' }),
      ],
    )
    const tables = pipe(
      tablesIn(schema({ owners, pets })),
      filled(owners, [{ id: 1 }]),
      filled(pets, [{ id: 1, owner: 1, vet: 1 }]),
    )
    expect(refused(tables, everyRow(deleteFrom(owners)))).toMatchObject({ columns: ['vet'] })
  })

  test('memory: rows that follow keep what their own table says of them', () => {
    const { t, tables } = nodes({ onUpdate: 'cascade' })
    const { tables: after } = run(tables, pipe(update(t), set({ id: 9 }), where(eq(t.id, 4))))
    expect(held(after, t)).toContainEqual({ id: 9, parent: 9 })
  })
})
