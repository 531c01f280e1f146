// How types are kept: the types of columns in the database, its own refusals, and what other programs wrote.
import * as E from 'fp-ts/lib/Either.js'
import { right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { compileDdl } from '../../../src/compile/compile.js'
import { done, step } from '../../../src/compile/load.js'
import { noTables } from '../../../src/compile/statement.js'
import type { AnyQuery } from '../../../src/expr/query.js'
import {
  everyRow,
  array,
  asc,
  bigint,
  char,
  createAll,
  date,
  eq,
  enumeration,
  from,
  insertInto,
  integer,
  isNull,
  json,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  returning,
  scalar,
  schema,
  select,
  set,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  unsigned,
  update,
  uuid,
  varbinary,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const as = (q: unknown): AnyQuery => q as AnyQuery

let calls = 0
const counting = new t.Type<string, string, unknown>('Counting', t.string.is, t.string.validate, (value) => {
  calls += 1
  return value
})

const kinds = table('kinds', {
  id: pipe(integer, primaryKey),
  state: enumeration(['open', "it's"]),
  small: smallint,
  n: numeric(6, 2),
  hits: pipe(integer, unsigned),
  key: uuid,
  bytes: varbinary(3),
  at: time,
  local: timestamp,
})
const loose = table('kinds', { id: pipe(integer, primaryKey), state: text })
const compact = table('keys', { id: pipe(integer, primaryKey), key: char(36) })
const keys = table('keys', { id: pipe(integer, primaryKey), key: uuid })
const documents = table('documents', {
  id: pipe(integer, primaryKey),
  doc: json(t.unknown),
  maybe: pipe(json(t.unknown), nullable),
})
const counted = table('counted', { id: pipe(integer, primaryKey), doc: json(counting) })
const times = table('times', { id: pipe(integer, primaryKey), day: date, local: timestamp, at: timestamptz })

const row = {
  id: 1,
  state: 'open',
  small: 1,
  n: '1.50',
  hits: 4294967295,
  key: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  bytes: Uint8Array.of(1),
  at: '12:57:18.000396',
  local: '2012-10-15T12:57:18.000396',
} as const

const columnTypes: Readonly<Record<World['engine'], readonly [string, ReadonlyArray<readonly [string, string]>]>> = {
  postgres: [
    `SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = 'kinds'::regclass AND a.attnum > 0 ORDER BY a.attnum`,
    [
      ['id', 'integer'],
      ['state', 'text'],
      ['small', 'smallint'],
      ['n', 'numeric(6,2)'],
      ['hits', 'bigint'],
      ['key', 'uuid'],
      ['bytes', 'bytea'],
      ['at', 'time without time zone'],
      ['local', 'timestamp without time zone'],
    ],
  ],
  mysql: [
    `SELECT column_name, column_type FROM information_schema.columns WHERE table_name = 'kinds' AND table_schema = database() ORDER BY ordinal_position`,
    [
      ['id', 'int'],
      ['state', 'varchar(4)'],
      ['small', 'smallint'],
      ['n', 'decimal(6,2)'],
      ['hits', 'int unsigned'],
      ['key', 'char(36)'],
      ['bytes', 'varbinary(3)'],
      ['at', 'time(6)'],
      ['local', 'datetime(6)'],
    ],
  ],
  mariadb: [
    `SELECT column_name, column_type FROM information_schema.columns WHERE table_name = 'kinds' AND table_schema = database() ORDER BY ordinal_position`,
    [
      ['id', 'int(11)'],
      ['state', 'varchar(4)'],
      ['small', 'smallint(6)'],
      ['n', 'decimal(6,2)'],
      ['hits', 'int(10) unsigned'],
      ['key', 'char(36)'],
      ['bytes', 'varbinary(3)'],
      ['at', 'time(6)'],
      ['local', 'datetime(6)'],
    ],
  ],
  sqlite: [
    `SELECT name, type FROM pragma_table_info('kinds') ORDER BY cid`,
    [
      ['id', 'INTEGER'],
      ['state', 'TEXT'],
      ['small', 'INTEGER'],
      ['n', 'INTEGER'],
      ['hits', 'INTEGER'],
      ['key', 'TEXT'],
      ['bytes', 'BLOB'],
      ['at', 'TEXT'],
      ['local', 'TEXT'],
    ],
  ],
}

describe.each(places().map((place) => [place.name, place] as const))('%s', (name, place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ kinds, keys, documents, counted, times })
    await world.answer(insertInto(kinds)(row))
  })
  afterAll(() => world.close())

  const hasArrays = name === 'postgres' || name === 'memory'

  it(`${name} tells JSON null from SQL NULL [JSN03, JSN05, B44]`, async () => {
    await world.answer(
      insertInto(documents)([
        { id: 1, doc: null, maybe: null },
        { id: 2, doc: 'null', maybe: 'null' },
      ]),
    )
    expect(await world.rows(pipe(from(documents), where(isNull(documents.doc)), select(documents.id)))).toStrictEqual(
      [],
    )
    expect(await world.rows(pipe(from(documents), where(isNull(documents.maybe)), select(documents.id)))).toStrictEqual(
      [1],
    )
    expect(await world.rows(pipe(from(documents), orderBy(asc(documents.id)), select(documents.doc)))).toStrictEqual([
      null,
      'null',
    ])
  })

  it(`${name} asks a codec once for each value that it writes [JSN06]`, async () => {
    calls = 0
    await world.answer(
      insertInto(counted)([
        { id: 1, doc: 'a' },
        { id: 2, doc: 'b' },
      ]),
    )
    expect(calls).toBe(2)
  })

  it(`${name} keeps days and local times whatever the zone of the process [DTM01, DTM02, DTM08, DTM20, dialect 74]`, async () => {
    const before = process.env['TZ']
    const one = { day: '2012-10-15', local: '2021-03-14T02:30:00.000000', at: '2012-10-15T12:57:18.000000Z' }
    try {
      for (const [id, zone] of ['America/New_York', 'Pacific/Kiritimati', 'UTC'].entries()) {
        process.env['TZ'] = zone
        await world.answer(insertInto(times)({ id, ...one }))
        expect(
          await world.rows(pipe(from(times), where(eq(times.day, '2012-10-15')), orderBy(asc(times.id)))),
        ).toHaveLength(id + 1)
        for (const read of await world.rows(from(times))) expect(read).toMatchObject(one)
      }
    } finally {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    }
  })

  it(`${name} decodes a scalar subquery of a time [DTM17]`, async () => {
    const inner = pipe(from(kinds), where(eq(kinds.id, 1)), select(kinds.local))
    expect(await world.rows(pipe(from(kinds), select(scalar(inner))))).toStrictEqual(['2012-10-15T12:57:18.000396'])
  })

  it(`${name} ${hasArrays ? 'has arrays' : 'refuses a table with an array, and an array as a value'} [ARR01, dialect 76]`, async () => {
    const listed = table('listed', { id: integer, tags: array(text) })
    const made = compileDdl(world.db.dialect)(createAll(schema({ listed })))
    expect(tagOf(made)).toBe(hasArrays ? 'Right' : 'Unsupported')
    if (hasArrays) return
    if (E.isLeft(made)) expect(made.left.message).toContain('"listed"."tags"')
    expect(tagOf(await world.outcome(as(insertInto(listed)({ id: 1, tags: ['a'] }))))).toBe('Unsupported')
  })

  it(`${name} ${name === 'sqlite' ? 'refuses' : 'takes'} an unsigned bigint [B36, NUM05]`, () => {
    const big = table('big', { n: pipe(bigint, unsigned) })
    const made = compileDdl(world.db.dialect)(createAll(schema({ big })))
    expect(tagOf(made)).toBe(name === 'sqlite' ? 'Unsupported' : 'Right')
  })
})

describe.each(engines().map((engine) => [engine.name, engine] as const))('the columns of %s', (name, engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ kinds, keys, documents })
    await world.answer(insertInto(kinds)(row))
  })
  afterAll(() => world.close())

  const raw = async (sql: string): Promise<ReadonlyArray<ReadonlyArray<unknown>>> => {
    const outcome = await world.load(
      step(
        { sql, parameters: [], text: 'once', returnsRows: /^select/i.test(sql), bigints: false, tables: noTables },
        (reply) => right(done(reply.rows)),
      ),
    )
    if (E.isLeft(outcome)) throw new Error(outcome.left.message)
    return outcome.right
  }

  it(`${name} has columns of the engine's own types [B36, B38, B40, B42, B45, B52, B53]`, async () => {
    const [sql, wanted] = columnTypes[name]
    expect((await raw(sql)).map((r) => r.map(String))).toStrictEqual(wanted)
  })

  it(`${name} refuses by itself what is no member, whoever writes it [B40, STR15, dialect 76]`, async () => {
    const wrong = await world.outcome(as(pipe(update(loose), set({ state: 'shut' }), everyRow)))
    expect(tagOf(wrong)).toBe('CheckViolation')
    await world.answer(pipe(update(loose), set({ state: "it's" }), everyRow))
    expect(await world.rows(pipe(from(kinds), select(kinds.state)))).toStrictEqual(["it's"])
    await world.answer(pipe(update(kinds), set({ state: 'open' }), everyRow))
  })

  it(`${name} reads uuids that were stored without dashes [UID03], and returns ten of them [UID02]`, async () => {
    // PostgreSQL has a type for them, which spells each in one way.
    await world.answer(
      insertInto(name === 'postgres' ? keys : compact)({ id: 1, key: 'a0eebc999c0b4ef8bb6d6bb9bd380a11' }),
    )
    expect(await world.rows(pipe(from(keys), select(keys.key)))).toStrictEqual(['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'])
    const ten = Array.from({ length: 10 }, (_, i) => ({ id: i + 2, key: `0190c2a4-1c2b-7d3e-8f4a-5b6c7d8e9f0${i}` }))
    if (name === 'mysql') {
      await world.answer(insertInto(keys)(ten))
      expect(
        await world.rows(
          pipe(from(keys), where(eq(keys.key, '0190C2A4-1C2B-7D3E-8F4A-5B6C7D8E9F03')), select(keys.id)),
        ),
      ).toStrictEqual([5])
    } else expect(await world.rows(pipe(insertInto(keys)(ten), returning(keys)))).toStrictEqual(ten)
  })

  it(`${name} makes a Left of a day that is none [DTM19]`, async () => {
    if (name === 'postgres') {
      await expect(raw(`SELECT CAST('0000-00-00' AS date)`)).rejects.toThrow()
      return
    }
    const { quote } = world.db.dialect
    const words = table('days', { id: pipe(integer, primaryKey), day: varchar(10) })
    const days = table('days', { id: pipe(integer, primaryKey), day: date })
    await world.create({ words })
    await world.answer(insertInto(words)({ id: 1, day: '0000-00-00' }))
    const outcome = await world.outcome(as(pipe(from(days), select(days.day))))
    expect([tagOf(outcome), quote('day')]).toStrictEqual(['Decode', quote('day')])
  })

  it(`${name} keeps a document that is null as one [JSN03, B44]`, async () => {
    await world.answer(insertInto(documents)({ id: 1, doc: null, maybe: null }))
    const { quote } = world.db.dialect
    const asText = name === 'mysql' || name === 'mariadb' ? 'char' : 'text'
    const text = await raw(
      `SELECT CAST(${quote('doc')} AS ${asText}) FROM ${quote('documents')} WHERE ${quote('id')} = 1`,
    )
    expect(text).toStrictEqual([['null']])
  })
})

describe('definitions', () => {
  it.each<readonly [string, () => unknown]>([
    ['numeric(0)', () => numeric(0)],
    ['numeric(2, 3)', () => numeric(2, 3)],
    ['numeric(1.5)', () => numeric(1.5)],
    ['char(0)', () => char(0)],
    ['varchar(-1)', () => varchar(-1)],
    ['varbinary(0)', () => varbinary(0)],
    ['no members', () => enumeration([])],
    ['a member twice', () => enumeration(['a', 'a'])],
    ['an empty member', () => enumeration(['a', ''])],
    ['unsigned text', () => pipe(text as never, unsigned)],
    ['an array of keys', () => array(pipe(integer, primaryKey) as never)],
  ])('%s is a TypeError where it is written', (_, define) => {
    expect(define).toThrow(TypeError)
  })
})
