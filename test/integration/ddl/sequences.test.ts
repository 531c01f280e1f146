// Sequences: numbers that PostgreSQL and MariaDB count, made, dropped, asked alone, in rows, and as the default of a key.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  asc,
  bigint,
  createAll,
  createSchema,
  createSequence,
  dropAll,
  dropSchema,
  dropSequence,
  from,
  insertInto,
  integer,
  limit,
  nextValue,
  orderBy,
  primaryKey,
  returning,
  schema,
  select,
  sequence,
  serverDefault,
  table,
  text,
} from '../../../src/index.js'
import { apply, interpret, rowsIn, tablesIn, withRows } from '../../../src/memory.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { told } from './asked.js'

type World = WorldAt<Place['name']>

const one = table('one', { id: pipe(integer, primaryKey) })

describe.each(places())('sequences on $label', (engine) => {
  let world: World
  const has = engine.name !== 'mysql' && engine.name !== 'sqlite'
  beforeAll(async () => {
    world = await openWorldAt(engine)
    must(await world.ddl(createAll(schema({ one }))))
    await world.rows(insertInto(one)({ id: 1 }))
  })
  afterAll(() => world.close())

  const next = (s: ReturnType<typeof sequence>) => pipe(from(one), select(nextValue(s)), limit(1))
  const names = async (): Promise<ReadonlyArray<unknown>> =>
    world.tables !== null
      ? [...(world.tables().counting?.values() ?? [])].filter((s) => s.schema === null).map((s) => s.name)
      : engine.name === 'postgres'
        ? (
            await told(world, 'SELECT sequencename FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1')
          ).flat()
        : (
            await told(
              world,
              "SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_type = 'SEQUENCE' ORDER BY 1",
            )
          ).flat()

  it('[B33, SEQ01] made, asked, dropped; its first number is 1, its name is exact', async () => {
    const s = sequence('user_id_seq')
    if (!has) {
      for (const ddl of [createSequence(s), dropSequence(s)])
        expect(await world.ddl(ddl)).toMatchObject({ left: { _tag: 'Unsupported', dialect: engine.name } })
      expect(tagOf(await world.outcome(next(s)))).toBe('Unsupported')
      const t = table('t', { id: pipe(integer, primaryKey, serverDefault(nextValue(s, integer))) })
      expect(tagOf(await world.ddl(createAll(schema({ t }))))).toBe('Unsupported')
      return
    }
    expect(await names()).toEqual([])
    expect(tagOf(await world.ddl(dropSequence(s)))).not.toBe('Right')
    must(await world.ddl(dropSequence(s, { ifExists: true })))
    must(await world.ddl(createSequence(s)))
    expect(await names()).toEqual(['user_id_seq'])
    expect(tagOf(await world.ddl(createSequence(s)))).not.toBe('Right')
    must(await world.ddl(createSequence(s, { ifNotExists: true })))
    expect(await world.rows(next(s))).toEqual([1n])
    expect(await world.rows(next(s))).toEqual([2n])
    must(await world.ddl(dropSequence(s)))
    expect(await names()).toEqual([])
  })

  it('[B33, SEQ01] a start, steps, bounds, a circle; a name is nothing but a name, in a schema too', async () => {
    if (!has) return expect(tagOf(await world.ddl(createSequence(sequence('a "b', { start: 3 }))))).toBe('Unsupported')
    const place = `q "x\`' ${Date.now().toString(36)}`
    must(await world.ddl(createSchema(place)))
    const s = sequence('Se"q`s, é\' \\', { start: -5, increment: 5, min: -5, max: 4n, cycle: true }, { schema: place })
    must(await world.ddl(createSequence(s)))
    const found: Array<unknown> = []
    for (let i = 0; i < 3; i++) found.push(...(await world.rows(next(s))))
    expect(found).toEqual([-5n, 0n, -5n])
    expect(await names()).toEqual([])
    must(await world.ddl(dropSequence(s)))
    must(await world.ddl(dropSchema(place)))
    const wrong = sequence('wrong', { start: 1.5 })
    expect(tagOf(await world.ddl(createSequence(wrong)))).toBe('IllFormed')
    // What a caller without types gives is no text of the statement.
    const evil = sequence('wrong', { start: '1; DROP TABLE one' as never })
    expect(tagOf(await world.ddl(createSequence(evil)))).toBe('IllFormed')
  })

  it('[B33, SEQ01] the default of a key: createAll makes it with the table, and dropAll drops it; gaps are by nature', async () => {
    if (!has) return expect(tagOf(await world.ddl(createSequence(sequence('a'))))).toBe('Unsupported')
    const s = sequence('ticket_numbers', { start: 100 })
    const tickets = table('tickets', {
      id: pipe(integer, primaryKey, serverDefault(nextValue(s, integer))),
      what: text,
    })
    const all = schema({ tickets })
    must(await world.ddl(createAll(all)))
    must(await world.ddl(createAll(all)))
    expect(await names()).toEqual(['ticket_numbers'])
    await world.rows(insertInto(tickets)([{ what: 'a' }, { what: 'b' }]))
    await world.rows(insertInto(tickets)({ id: nextValue(s, integer), what: 'c' }))
    expect(await world.rows(next(s))).toEqual([103n])
    await world.rows(insertInto(tickets)({ what: 'd' }))
    expect(await world.rows(pipe(from(tickets), orderBy(asc(tickets.id))))).toEqual([
      { id: 100, what: 'a' },
      { id: 101, what: 'b' },
      { id: 102, what: 'c' },
      { id: 104, what: 'd' },
    ])
    must(await world.ddl(dropAll(all)))
    must(await world.ddl(dropAll(all)))
    expect(await names()).toEqual([])
  })
})

describe('sequences in memory', () => {
  const ids = sequence('ids', { start: -1, increment: -2, min: -5, cycle: true })
  const things = table('things', { id: pipe(integer, primaryKey, serverDefault(nextValue(ids, integer))), n: bigint })
  const empty = tablesIn(schema({ things }))

  it('[B33, SEQ01] an insert counts, row by row, and the tables afterwards say how far, in memory', () => {
    const done = pipe(
      empty,
      apply(insertInto(things)([{ n: 1n }, { id: 9, n: nextValue(sequence('other')) }, { n: 2n }])),
      E.chain(({ tables }) =>
        apply(pipe(insertInto(things)([{ n: nextValue(sequence('other')) }]), returning(things)))(tables),
      ),
    )
    expect(
      pipe(
        done,
        E.map(({ rows }) => rows),
      ),
    ).toEqual(E.right([{ id: -5, n: 2n }]))
    const found = pipe(
      done,
      E.map(({ tables }) => rowsIn(things)(tables)),
    )
    expect(found).toEqual(
      E.right([
        { id: -1, n: 1n },
        { id: 9, n: 1n },
        { id: -3, n: 2n },
        { id: -5, n: 2n },
      ]),
    )
    // From its end it begins anew, where its first number is taken; the tables before are what they were.
    expect(rowsIn(things)(empty)).toEqual([])
    const again = pipe(
      done,
      E.chain(({ tables }) => apply(insertInto(things)({ n: 5n }))(tables)),
    )
    expect(again).toMatchObject({ left: { _tag: 'UniqueViolation' } })
  })

  it('a sequence that does not go round comes to its end', () => {
    const short = sequence('short', { max: 1 })
    const twice = apply(
      insertInto(things)([
        { id: 1, n: nextValue(short) },
        { id: 2, n: nextValue(short) },
      ]),
    )(empty)
    expect(twice).toMatchObject({ left: { _tag: 'NotEvaluable' } })
  })

  it('what is read is pure, so a query cannot count', () => {
    const query = pipe(from(one), select(nextValue(sequence('s'))))
    const asked = pipe(tablesIn(schema({ one })), withRows(one)([{ id: 1 }]), E.chainW(interpret(query)))
    expect(asked).toMatchObject({ left: { _tag: 'NotEvaluable' } })
  })
})
