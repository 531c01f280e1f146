// Inserts of rows: what is written, counted and given back, for one row and for thousands, is the same on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  add,
  autoIncrement,
  bigint,
  binary,
  boolean,
  count,
  date,
  defaultTo,
  deleteFrom,
  double,
  eq,
  everyRow,
  from,
  generated,
  generatedAs,
  identity,
  inList,
  insertInto,
  integer,
  json,
  literal,
  lower,
  mul,
  nullable,
  numeric,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  returning,
  select,
  serverDefault,
  smallint,
  sql,
  table,
  text,
  timestamptz,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

let asked = 0

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: text,
  age: pipe(integer, nullable),
  level: pipe(integer, defaultTo(7)),
  ticket: pipe(
    integer,
    defaultTo(() => (asked += 1)),
  ),
})
const kinds = table('kinds', {
  id: pipe(integer, primaryKey),
  small: pipe(smallint, nullable),
  big: pipe(bigint, nullable),
  exact: pipe(numeric(12, 2), nullable),
  real: pipe(double, nullable),
  flag: pipe(boolean, nullable),
  word: pipe(varchar(200), nullable),
  long: pipe(text, nullable),
  bytes: pipe(binary, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
  doc: pipe(json(t.unknown), nullable),
})
const given = table('given', { code: pipe(varchar(20), primaryKey), n: integer, m: pipe(integer, nullable) })
const only = table('only', { id: pipe(integer, primaryKey, autoIncrement) })
const made = table(
  'made',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    side: integer,
    state: pipe(varchar(20), serverDefault(literal('new', varchar(20)))),
    area: pipe(integer, generated),
  },
  (m) => [generatedAs(m.area, mul(m.side, m.side))],
)
const wide = table(
  'wide',
  Object.fromEntries(Array.from({ length: 90 }, (_, i) => [`c${i}`, integer])) as Record<'c0' | 'c89', typeof integer>,
)
const all = { users, kinds, given, only, made, wide }

/** Texts that mean something to one engine or another when they are written into a list. */
const texts = [
  '',
  ' ',
  'NULL',
  '{}',
  '{a,b}',
  '"',
  '\\',
  '\\"',
  "'",
  'a,b',
  'new\nline',
  '\t',
  '?',
  '$1',
  ':n',
  'ÄÖ',
  '🦀',
  '%_!',
]

const kind = (i: number) => ({
  id: i,
  small: i % 5 === 0 ? null : (i % 65_536) - 32_768,
  big: i % 4 === 0 ? null : 9_007_199_254_740_993n * (i % 2 === 0 ? 1n : -1n) + BigInt(i),
  exact: i % 7 === 0 ? null : `${i - 600}.25`,
  real: i % 3 === 0 ? null : (i - 500) * 0.1,
  flag: i % 6 === 0 ? null : i % 2 === 0,
  word: texts[i % texts.length] ?? null,
  long: i % 9 === 0 ? null : `${texts[(i * 7) % texts.length]}${i}`,
  bytes: i % 8 === 0 ? null : Uint8Array.from([0, 92, 34, i % 256]),
  day: i % 10 === 0 ? null : `2024-02-${String(1 + (i % 29)).padStart(2, '0')}`,
  at: i % 11 === 0 ? null : `2012-10-15T12:57:18.${String(i % 1_000_000).padStart(6, '0')}Z`,
  doc: i % 12 === 0 ? null : { n: i, s: texts[i % texts.length], list: [null, true, '"\\'] },
})

describe.each(places())('inserts on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create(all)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    for (const one of Object.values(all)) await world.rows(everyRow(deleteFrom(one as typeof only)))
    world.sent()
  })

  it.each([1, 2, 47, 1203])('[J09] %i rows of values of every kind come back as they went', async (n) => {
    const rows = Array.from({ length: n }, (_, i) => kind(i))
    const { affected } = await world.answer(insertInto(kinds)(rows as never))
    expect(affected).toBe(n)
    expect(await world.rows(pipe(from(kinds), orderBy(kinds.id)))).toEqual(rows)
  })

  it('[J10] [DML01] one row is one statement, and its key is told', async () => {
    const { keys, affected } = await world.answer(insertInto(users)({ name: 'ed' }))
    expect(world.sent()).toHaveLength(1)
    expect(affected).toBe(1)
    expect(keys).toEqual(await world.rows(pipe(from(users), select({ id: users.id }))))
  })

  it('[DML03] [DML04] [J12] keys and rows of thousands belong to the rows that were given', async () => {
    const rows = Array.from({ length: 2_345 }, (_, i) => ({ name: `n${(i * 7919) % 2_345}`, age: i, ticket: 0 }))
    const {
      rows: back,
      keys,
      affected,
    } = await world.answer(pipe(insertInto(users)(rows), returning({ id: users.id, name: users.name, age: users.age })))
    expect(affected).toBe(2_345)
    expect(back.map(({ name, age }) => ({ name, age, ticket: 0 }))).toEqual(rows)
    expect(keys).toEqual(back.map(({ id }) => ({ id })))
    const read = await world.rows(
      pipe(from(users), orderBy(users.id), select({ id: users.id, name: users.name, age: users.age })),
    )
    expect(read).toEqual(back)
  })

  it('an insert of several statements answers each run of its own', async () => {
    const rows = [
      { id: 1, name: 'a' },
      { id: 2, name: 'b', age: 3 },
      { id: 3, name: 'c' },
    ]
    const asked = [
      world.db.all(pipe(insertInto(made)([{ side: 1 }, { side: 2, state: 'old' }, { side: 3 }]), returning(made))),
      world.db.all(
        pipe(
          insertInto(users)(rows),
          onConflictDoUpdate({ target: users.id, set: (e) => ({ name: e.name }) }),
          returning({ id: users.id, name: users.name }),
        ),
      ),
    ]
    for (const ask of asked) {
      const first = must<ReadonlyArray<unknown>>(await ask())
      const kept = structuredClone(first)
      const second = must<ReadonlyArray<unknown>>(await ask())
      expect(first).toEqual(kept)
      expect(second).toHaveLength(3)
    }
    const all = pipe(from(made), orderBy(made.side), select(made.side))
    expect(await world.rows(all)).toEqual([1, 1, 2, 2, 3, 3])
  })

  it('[DML03] without returning the keys belong to the rows all the same', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => ({ name: `n${59 - i}`, ticket: 0 }))
    const { keys } = await world.answer(insertInto(users)(rows))
    const read = await world.rows(pipe(from(users), select({ id: users.id, name: users.name })))
    const nameOf = new Map(read.map(({ id, name }) => [id, name]))
    expect(keys.map(({ id }) => nameOf.get(id as number))).toEqual(rows.map(({ name }) => name))
  })

  it('returning of rows that give their keys, in the order of the rows', async () => {
    const rows = Array.from({ length: 1_500 }, (_, i) => ({ code: `k"${(i * 577) % 1_500}\\`, n: i }))
    const { rows: back, keys } = await world.answer(
      pipe(insertInto(given)(rows), returning({ code: given.code, twice: mul(given.n, 2) })),
    )
    expect(back).toEqual(rows.map(({ code, n }) => ({ code, twice: n * 2 })))
    expect(keys).toEqual([])
  })

  it('[J11] rows of different shapes, some with expressions: each has what it gave, in order', async () => {
    const rows = Array.from({ length: 300 }, (_, i) =>
      i % 3 === 0
        ? { name: `n${i}`, age: i }
        : i % 3 === 1
          ? { name: lower(literal(`N${i}`, text)), level: add(literal(i, integer), 0) }
          : { id: 10_000 + i, name: `n${i}`, ticket: -1 },
    )
    const { rows: back, keys } = await world.answer(pipe(insertInto(users)(rows), returning(users)))
    expect(back.map(({ name }) => name)).toEqual(rows.map((_, i) => `n${i}`))
    expect(back.map(({ age }) => age)).toEqual(rows.map((_, i) => (i % 3 === 0 ? i : null)))
    expect(back.map(({ level }) => level)).toEqual(rows.map((_, i) => (i % 3 === 1 ? i : 7)))
    expect(back.filter((_, i) => i % 3 === 2).map(({ id }) => id)).toEqual(
      rows.flatMap((_, i) => (i % 3 === 2 ? [10_000 + i] : [])),
    )
    expect(keys).toEqual(back.flatMap(({ id }, i) => (i % 3 === 2 ? [] : [{ id }])))
    const read = await world.rows(pipe(from(users), select({ id: users.id, name: users.name })))
    expect(new Map(read.map(({ id, name }) => [id, name]))).toEqual(new Map(back.map(({ id, name }) => [id, name])))
  })

  it('[B27] [B28] [K04] a default is a value, or a function that is asked once a row that leaves it out', async () => {
    asked = 0
    const { rows } = await world.answer(
      pipe(
        insertInto(users)([
          { name: 'a' },
          { name: 'b', ticket: 99, level: 1 },
          { name: lower(literal('C', text)) },
          { name: 'd' },
        ]),
        returning({ level: users.level, ticket: users.ticket }),
      ),
    )
    expect(rows.map(({ level }) => level)).toEqual([7, 1, 7, 7])
    expect(rows.map(({ ticket }) => ticket).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 99])
    expect(asked, 'once a row').toBe(3)
    // What is asked of a value is asked when it is made, however often it runs.
    const twice = insertInto(given)(Array.from({ length: 3 }, (_, i) => ({ code: `c${i}`, n: i })))
    await world.rows(twice)
    await world.rows(everyRow(deleteFrom(given)))
    await world.rows(twice)
    expect(await world.rows(pipe(from(given), select(count())))).toEqual([3])
  })

  it('[B30] what the database makes comes back', async () => {
    const { rows } = await world.answer(
      pipe(insertInto(made)([{ side: 3 }, { side: 4, state: 'old' }, { side: 5 }]), returning(made)),
    )
    expect(rows.map(({ id, ...rest }) => [typeof id, rest])).toEqual([
      ['number', { side: 3, state: 'new', area: 9 }],
      ['number', { side: 4, state: 'old', area: 16 }],
      ['number', { side: 5, state: 'new', area: 25 }],
    ])
    const one = await world.rows(pipe(insertInto(made)({ side: 6 }), returning({ state: made.state, area: made.area })))
    expect(one).toEqual([{ state: 'new', area: 36 }])
  })

  it('a column whose values are the database’s alone takes none', async () => {
    const numbered = table('numbered', { id: pipe(integer, primaryKey, identity({ always: true })), n: integer })
    for (const refused of [
      insertInto(made)({ side: 1, area: 1 } as never),
      insertInto(made)([{ side: 1, area: add(literal(1, integer), 1) } as never, { side: 2 }]),
      insertInto(numbered)({ id: 1, n: 1 } as never),
      insertInto(numbered)([{ n: 1 }, { id: 2, n: 1 } as never]),
    ])
      expect(tagOf(await world.outcome(refused))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
  })

  it('[dialect 69] rows that name no column, among others that do', async () => {
    const { rows, affected } = await world.answer(pipe(insertInto(only)([{}, { id: 5_000 }, {}]), returning(only)))
    expect(affected).toBe(3)
    expect(rows[1]).toEqual({ id: 5_000 })
    expect(await world.rows(pipe(from(only), select(count())))).toEqual([3])
  })

  it('[DML07] without returning there are no rows, whatever is inserted', async () => {
    for (const n of [1, 2, 70])
      expect(
        await world.answer(insertInto(given)(Array.from({ length: n }, (_, i) => ({ code: `${n}-${i}`, n: i })))),
      ).toEqual({ rows: [], keys: [], affected: n })
  })

  it('[dialect 82] [DRV09] more values than an engine has parameters for', async () => {
    const row = (i: number) => Object.fromEntries(Array.from({ length: 90 }, (_, c) => [`c${c}`, i * 100 + c]))
    const rows = Array.from({ length: 1_500 }, (_, i) => row(i))
    expect((await world.answer(insertInto(wide)(rows as never))).affected).toBe(1_500)
    expect(await world.rows(pipe(from(wide), where(eq(wide.c0, 149_900)), select(wide.c89)))).toEqual([149_989])
    expect(await world.rows(pipe(from(wide), select(count())))).toEqual([1_500])
    for (const { parameters, sets } of world.sent())
      expect(Math.max(parameters.length, sets?.columns.length ?? 0)).toBeLessThanOrEqual(
        world.db.dialect.features.maxParameters,
      )
  })

  it('[DRV09] few texts serve lists of every length', async () => {
    const before = new Set<string>()
    for (let n = 1; n <= 130; n += 3) {
      await world.rows(insertInto(given)(Array.from({ length: n }, (_, i) => ({ code: `${n} ${i}`, n: i }))))
      for (const s of world.sent()) before.add(s.sql)
    }
    expect([...before].filter((s) => s.startsWith('INSERT')).length).toBeLessThanOrEqual(56)
    const lengths = Array.from({ length: 43 }, (_, i) => 1 + 3 * i)
    expect(await world.rows(pipe(from(given), select(count())))).toEqual([lengths.reduce((a, b) => a + b, 0) + 130])
  })

  it('all rows or none: what is wrong in the last undoes the first', async () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => ({ code: `c${i % 2_499}`, n: i }))
    expect(tagOf(await world.outcome(insertInto(given)(rows)))).toBe('UniqueViolation')
    expect(await world.rows(pipe(from(given), select(count())))).toEqual([0])
    expect(tagOf(await world.outcome(insertInto(given)(rows.slice(0, 20).map((row) => ({ ...row, code: 'x' })))))).toBe(
      'UniqueViolation',
    )
    expect(await world.rows(pipe(from(given), select(count())))).toEqual([0])
    world.sent()
    const bad = [...rows.slice(0, 2_400), { code: 'bad', n: 1.5 }]
    expect(await world.outcome(insertInto(given)(bad))).toMatchObject({
      left: { _tag: 'InvalidValue', place: 'given.n' },
    })
    const none = [
      { code: 'a', n: 1 },
      { code: 'b', n: null },
    ]
    expect(await world.outcome(insertInto(given)(none as never))).toMatchObject({
      left: { _tag: 'InvalidValue', place: 'given.n' },
    })
    expect(world.sent()).toEqual([])
  })

  it('[dialect 92] keys are opaque: after an insert that failed they still belong to their rows', async () => {
    await world.rows(insertInto(users)({ id: 50_000, name: 'there' }))
    const clash = [{ name: 'a' }, { name: 'b' }].map((row) => ({ ...row, id: 50_000 }))
    expect(tagOf(await world.outcome(insertInto(users)(clash)))).toBe('UniqueViolation')
    const { rows, keys } = await world.answer(
      pipe(
        insertInto(users)([{ name: 'x' }, { name: 'y' }, { name: 'z' }]),
        returning({ id: users.id, name: users.name }),
      ),
    )
    expect(keys).toEqual(rows.map(({ id }) => ({ id })))
    const read = pipe(from(users), where(pipe(users.id, inList(rows.map(({ id }) => id)))), orderBy(users.name))
    expect((await world.rows(read)).map(({ id, name }) => ({ id, name }))).toEqual(rows)
  })

  it('[DRV01] a whole number is stored as one, however many rows are inserted', async () => {
    const kindOf =
      place.name === 'sqlite'
        ? sql(text)`typeof(${kinds.small}) || typeof(${kinds.big}) || typeof(${kinds.flag})`
        : sql(text)`CASE WHEN ${kinds.small} / 2 = 1.5 THEN 'decimal' ELSE 'whole' END`
    const row = (id: number) => ({ id, small: 3, big: 2n ** 62n, flag: true })
    await world.rows(insertInto(kinds)(row(1)))
    await world.rows(insertInto(kinds)([row(2), row(3)]))
    // Memory has no kinds of storage, and no SQL to ask about them.
    if (place.name !== 'memory') expect(new Set(await world.rows(pipe(from(kinds), select(kindOf)))).size).toBe(1)
    if (place.name === 'sqlite')
      expect(new Set(await world.rows(pipe(from(kinds), select(kindOf))))).toEqual(new Set(['integerintegerinteger']))
    expect(await world.rows(pipe(from(kinds), select({ big: kinds.big }), orderBy(kinds.id)))).toEqual(
      [1, 2, 3].map(() => ({ big: 2n ** 62n })),
    )
  })
})
