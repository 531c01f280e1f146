// Computed columns: what the database computes is what was said, stored or anew, and no write brings a value of its own.
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  compileDdl,
  concat,
  createAll,
  createIndex,
  createTable,
  eq,
  from,
  generated,
  generatedAs,
  indexOn,
  insertInto,
  integer,
  lower,
  mul,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  schema,
  select,
  set,
  table,
  unique,
  update,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { bare, columnsOf } from './catalogue.js'

type World = WorldAt<Place['name']>

describe.each(places())('generated on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
  })
  afterEach(() => world.close())

  it('[DDL16] stored: its text and kind are in the catalogue, no default beside it, and rows have its values', async () => {
    const boxes = table(
      'boxes',
      {
        id: pipe(integer, primaryKey),
        side: integer,
        area: pipe(integer, generated),
        name: pipe(varchar(10), nullable),
        key: pipe(varchar(30), nullable, generated, unique),
        price: numeric(8, 2),
        twice: pipe(numeric(14, 4), generated),
      },
      (t) => [
        generatedAs(t.area, mul(t.side, t.side)),
        generatedAs(t.key, concat(lower(t.name), "'s \\")),
        generatedAs(t.twice, mul(t.price, '2')),
      ],
    )
    must(await world.ddl(createAll(schema({ boxes }))))
    const columns = await columnsOf(world, 'boxes')
    expect(columns.map((c) => [c.name, c.generated, c.default === null || engine.name === 'postgres'])).toEqual([
      ['id', null, true],
      ['side', null, true],
      ['area', 'stored', true],
      ['name', null, true],
      ['key', 'stored', true],
      ['price', null, true],
      ['twice', 'stored', true],
    ])
    expect(bare(columns[2]?.expression)).toBe(engine.name === 'memory' ? 'mulboxes.side,boxes.side' : 'side*side')
    await world.rows(
      insertInto(boxes)([
        { id: 1, side: 3, name: 'BOX', price: '1.25' },
        { id: 2, side: 4, price: '0.10' },
      ]),
    )
    const read = pipe(from(boxes), orderBy(boxes.id), select({ area: boxes.area, key: boxes.key, twice: boxes.twice }))
    expect(await world.rows(read)).toEqual([
      { area: 9, key: "box's \\", twice: '2.5000' },
      { area: 16, key: null, twice: '0.2000' },
    ])
    await world.rows(pipe(update(boxes), set({ side: 5 }), where(eq(boxes.area, 9))))
    expect((await world.rows(read))[0]?.area).toBe(25)
    expect(tagOf(await world.outcome(insertInto(boxes)({ id: 3, side: 1, name: 'box', price: '0.00' })))).toBe(
      'UniqueViolation',
    )
    expect(tagOf(await world.outcome(insertInto(boxes)({ id: 4, side: 1, price: '0.00', area: 3 } as never)))).not.toBe(
      'Right',
    )
    expect(tagOf(await world.outcome(pipe(update(boxes), set({ area: 3 } as never), where(eq(boxes.id, 1)))))).not.toBe(
      'Right',
    )
  })

  const sides = table(
    'sides',
    { id: pipe(integer, primaryKey), side: integer, area: pipe(integer, generated) },
    (t) => [generatedAs(t.area, mul(t.side, t.side), { stored: false })],
  )

  it('[DDL16] computed each time it is read, where the engine does', async () => {
    const outcome = await world.ddl(createTable(sides))
    if (engine.name === 'postgres') {
      expect(tagOf(outcome)).toBe('Unsupported')
      // A dialect of PostgreSQL 18 may say that its columns can.
      if (!engine.label.includes('18')) return
      const { dialect } = world.db
      const later = { ...dialect, ddl: { ...dialect.ddl, virtualColumns: true } }
      const load = must(compileDdl(later)(createTable(sides)))
      must(await world.load(load))
    } else must(outcome)
    expect((await columnsOf(world, 'sides'))[2]).toMatchObject({ generated: 'virtual' })
    await world.rows(insertInto(sides)({ id: 1, side: 3 }))
    expect(await world.rows(from(sides))).toEqual([{ id: 1, side: 3, area: 9 }])
  })

  it('an index of a computed column stands for one of its expression', async () => {
    const people = table(
      'people',
      { id: pipe(integer, primaryKey), name: varchar(20), small: pipe(varchar(20), generated) },
      (t) => [generatedAs(t.small, lower(t.name))],
    )
    must(await world.ddl(createAll(schema({ people }))))
    must(await world.ddl(createIndex(people, indexOn([people.small], { unique: true }))))
    await world.rows(insertInto(people)({ id: 1, name: 'Ed' }))
    expect(tagOf(await world.outcome(insertInto(people)({ id: 2, name: 'eD' })))).toBe('UniqueViolation')
  })

  it('a computed column of another table, another type or another maker is refused', async () => {
    const other = table('other', { n: integer })
    const wrong = [
      table('wrong', { id: integer, n: pipe(integer, generated) }, (t) => [generatedAs(t.n, other.n)]),
      table('wrong', { id: integer, n: pipe(varchar(9), generated) }, (t) => [generatedAs(t.n, t.id as never)]),
    ]
    for (const one of wrong) expect(tagOf(await world.ddl(createTable(one)))).toBe('IllFormed')
    expect(() => table('wrong', { id: integer, n: pipe(integer, generated) })).toThrow(TypeError)
    expect(() => table('wrong', { id: integer }, (t) => [generatedAs(t.id, t.id)])).toThrow(TypeError)
  })
})
