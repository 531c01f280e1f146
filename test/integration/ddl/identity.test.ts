// Identity columns count as they are told, or the engine that cannot says so before anything is made.
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  bigint,
  createAll,
  dropAll,
  from,
  identity,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  schema,
  select,
  table,
  varchar,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { asked } from './asked.js'
import { columnsOf } from './catalogue.js'

type World = WorldAt<Place['name']>

describe.each(places())('identity on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
  })
  afterEach(() => world.close())

  /** Whether identities count as they like. */
  const counts = engine.name === 'postgres' || engine.name === 'memory'

  it('[B17, DDL17] from a start, in steps of one, and after a value of an insert’s own', async () => {
    const tickets = table('tickets', { id: pipe(integer, primaryKey, identity({ start: 42 })), name: varchar(5) })
    must(await world.ddl(createAll(schema({ tickets }))))
    expect((await columnsOf(world, 'tickets'))[0]).toMatchObject({ identity: 'default' })
    await world.rows(insertInto(tickets)({ name: 'a' }))
    // A second time nothing is set back.
    must(await world.ddl(createAll(schema({ tickets }))))
    await world.rows(insertInto(tickets)({ name: 'b' }))
    await world.rows(insertInto(tickets)({ id: 7, name: 'c' }))
    expect(await world.rows(pipe(from(tickets), orderBy(tickets.id)))).toEqual([
      { id: 7, name: 'c' },
      { id: 42, name: 'a' },
      { id: 43, name: 'b' },
    ])
    must(await world.ddl(dropAll(schema({ tickets }))))
    must(await world.ddl(createAll(schema({ tickets }))))
    await world.rows(insertInto(tickets)({ name: 'anew' }))
    expect(await world.rows(pipe(from(tickets), select(tickets.id)))).toEqual([42])
  })

  it('a start beyond 2^53, and none', async () => {
    const wide = table('wide', {
      id: pipe(bigint, primaryKey, identity({ start: 9007199254740993n })),
      name: varchar(5),
    })
    const plain = table('plain', { id: pipe(bigint, primaryKey, identity()), name: varchar(5) })
    must(await world.ddl(createAll(schema({ wide, plain }))))
    await world.rows(insertInto(wide)({ name: 'a' }))
    await world.rows(insertInto(plain)({ name: 'a' }))
    expect(await world.rows(pipe(from(wide), select(wide.id)))).toEqual([9007199254740993n])
    expect(await world.rows(pipe(from(plain), select(plain.id)))).toEqual([1n])
  })

  it('[DDL17] always, from 42: a value of an insert’s own is an error', async () => {
    const always = table('always', {
      id: pipe(integer, primaryKey, identity({ always: true, start: 42 })),
      name: varchar(5),
    })
    const outcome = await world.ddl(createAll(schema({ always })))
    if (!counts) return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    expect((await columnsOf(world, 'always'))[0]).toMatchObject({ identity: 'always' })
    await world.rows(insertInto(always)([{ name: 'a' }, { name: 'b' }]))
    expect(await world.rows(pipe(from(always), orderBy(always.id)))).toEqual([
      { id: 42, name: 'a' },
      { id: 43, name: 'b' },
    ])
    expect(tagOf(await world.outcome(insertInto(always)({ id: 9, name: 'c' })))).not.toBe('Right')
    return undefined
  })

  it('[DDL17] downwards between bounds', async () => {
    const down = table('down', {
      id: pipe(integer, primaryKey, identity({ increment: -5, start: 0, min: -1000, max: 0 })),
      name: varchar(5),
    })
    const outcome = await world.ddl(createAll(schema({ down })))
    if (!counts) return expect(tagOf(outcome)).toBe('Unsupported')
    must(outcome)
    if (engine.name === 'postgres')
      expect(
        await asked(
          world,
          "SELECT identity_start, identity_increment, identity_minimum, identity_maximum, identity_cycle FROM information_schema.columns WHERE table_name = 'down' AND column_name = 'id'",
        ),
      ).toEqual([['0', '-5', '-1000', '0', 'NO']])
    await world.rows(insertInto(down)([{ name: 'a' }, { name: 'b' }]))
    await world.rows(insertInto(down)({ id: 42, name: 'c' }))
    expect(await world.rows(pipe(from(down), orderBy(down.id)))).toEqual([
      { id: -5, name: 'b' },
      { id: 0, name: 'a' },
      { id: 42, name: 'c' },
    ])
    return undefined
  })

  it('what is no whole number counts nothing, and what an engine cannot count is refused', async () => {
    const of = (options: Parameters<typeof identity>[0]): Parameters<typeof createAll>[0] =>
      schema({ one: table('one', { id: pipe(integer, primaryKey, identity(options)) }) })
    const elsewhere = counts ? 'Right' : 'Unsupported'
    const cases = [
      [{ start: 1.5 }, 'IllFormed'],
      [{ start: '1); DROP TABLE x; --' as never }, 'IllFormed'],
      [{ start: Number.NaN }, 'IllFormed'],
      [{ increment: 2 }, elsewhere],
      [{ cycle: true, max: 9 }, elsewhere],
      [{ start: -3, min: -3 }, elsewhere],
    ] as const
    for (const [options, tag] of cases) {
      expect([JSON.stringify(options), tagOf(await world.ddl(createAll(of(options))))]).toEqual([
        JSON.stringify(options),
        tag,
      ])
      must(await world.ddl(dropAll(of({}))))
    }
  })
})
