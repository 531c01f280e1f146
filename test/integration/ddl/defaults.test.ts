// What the database puts where an insert leaves a column out, literal or expression, is what was said; read from the catalogue and as a row.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  autoIncrement,
  bigint,
  boolean,
  checkConstraint,
  collation,
  concat,
  createAll,
  createTable,
  currentTimestamp,
  date,
  defaultTo,
  double,
  dropAll,
  enumeration,
  eq,
  from,
  generated,
  generatedAs,
  inList,
  insertInto,
  integer,
  json,
  literal,
  lower,
  ne,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  real,
  returning,
  schema,
  select,
  serverDefault,
  smallint,
  table,
  tableComment,
  comment,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
  varbinary,
  varchar,
} from '../../../src/index.js'
import { type Engine, engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { asked, said } from './asked.js'
import { bare, columnsOf, textOf } from './catalogue.js'
import { infoIn } from './memory-catalogue.js'

type World<Name extends Place['name'] = Place['name']> = WorldAt<Name>

/** Texts that would end a literal, or be another one, if they were not quoted rightly. */
const hostile = [
  "it's",
  "''",
  "'; DROP TABLE x; --",
  '"double"',
  '`tick`',
  'back\\slash',
  'ends in \\',
  "\\'",
  "\\\\'; --",
  "E'\\'",
  '$1 :name ?',
  '$$ $tag$',
  '100%_',
  '/* comment */ -- more',
  'new\nline\r\ttab',
  '\u0001\u001f\u007f',
  '\b\f\v',
  'é測試\u{1F600}',
  'Ünï\u0301',
  '\u2028\u2029\uFEFF',
  ' spaces ',
  '(1 + 2)',
  '0x41',
  '_utf8mb4',
  'NULL',
  '{"a": [1, \'x\']}',
  'x'.repeat(200),
]

/** Texts of such marks in any order, the same ones each time. */
const marks = [
  "'",
  '"',
  '`',
  '\\',
  '$',
  ':',
  '?',
  '%',
  '_',
  '-',
  '/',
  '*',
  '#',
  ';',
  '\n',
  '\u001a',
  'é',
  '\u{1F600}',
  'n',
  '0',
  'E',
  ' ',
]
const anyOrder = Array.from({ length: 60 }, (_, i) => {
  const at = (n: number): number => ((i + 1) * 7919 + n * 104729 + n * n * (i + 3) * 31) % marks.length
  return Array.from({ length: 3 + (i % 9) }, (__, n) => marks[at(n)] ?? '').join('')
})

describe.each(places())('defaults on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorldAt(engine)
  })
  afterAll(() => world.close())

  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'

  it('[B30, DDL07] literals and expressions: 10, text, true, 3 + 5, now', async () => {
    const things = table('things', {
      id: pipe(integer, primaryKey),
      ten: pipe(integer, serverDefault(10)),
      tenText: pipe(varchar(10), serverDefault('10')),
      yes: pipe(boolean, serverDefault(true)),
      eight: pipe(integer, serverDefault(add(literal(3, integer), 5))),
      made: pipe(timestamptz, serverDefault(currentTimestamp)),
      minus: pipe(bigint, serverDefault(-9223372036854775808n)),
      none: pipe(integer, nullable, serverDefault(null)),
      plain: pipe(integer, nullable),
    })
    must(await world.ddl(createAll(schema({ things }))))
    const kept = (await columnsOf(world, 'things')).map((c) => bare(c.default))
    expect(kept.slice(0, 4)).toEqual([
      null,
      '10',
      '10',
      engine.name === 'postgres' || engine.name === 'memory' ? 'true' : '1',
    ])
    expect(kept[4]?.replace('assigned', '')).toMatch(/^3\+5$|^8$|^add3,5$/)
    expect(kept[5]).toMatch(/statement_timestamp|utc_timestamp|strftime|currenttimestamp/)
    expect(kept[6]).toMatch(/^-9223372036854775808n?$/)
    expect([null, 'null']).toContain(kept[7])
    expect(kept[8]).toBe(null)
    const before = Date.now() - 5000
    const [row] = await world.rows(pipe(insertInto(things)({ id: 1 }), returning(things)))
    const { made, ...rest } = row ?? { made: '' }
    expect(rest).toEqual({
      id: 1,
      ten: 10,
      tenText: '10',
      yes: true,
      eight: 8,
      minus: -9223372036854775808n,
      none: null,
      plain: null,
    })
    expect(Date.parse(made)).toBeGreaterThan(before)
    await world.rows(insertInto(things)({ id: 2, ten: 11, tenText: 'x' }))
    expect(
      await world.rows(pipe(from(things), orderBy(things.id), select({ ten: things.ten, text: things.tenText }))),
    ).toEqual([
      { ten: 10, text: '10' },
      { ten: 11, text: 'x' },
    ])
  })

  it('a value of each type comes back as it was said', async () => {
    const every = table('every', {
      id: pipe(integer, primaryKey),
      small: pipe(smallint, serverDefault(-32768)),
      whole: pipe(integer, serverDefault(-2147483648)),
      most: pipe(bigint, serverDefault(9223372036854775807n)),
      half: pipe(double, serverDefault(-0.1)),
      tiny: pipe(double, serverDefault(5e-324)),
      large: pipe(double, serverDefault(1.7976931348623157e308)),
      float: pipe(real, serverDefault(0.5)),
      exact: pipe(numeric(12, 3), serverDefault('-12.500')),
      no: pipe(boolean, serverDefault(false)),
      kind: pipe(enumeration(['a', "b'\\c"]), serverDefault("b'\\c")),
      raw: pipe(varbinary(20), serverDefault(new Uint8Array([0, 1, 39, 92, 34, 128, 255, 0]))),
      day: pipe(date, serverDefault('2012-02-29')),
      clock: pipe(time, serverDefault('23:59:59.123456')),
      local: pipe(timestamp, serverDefault('2012-10-15T12:57:18.000001')),
      at: pipe(timestamptz, serverDefault('2012-10-15T12:57:18.5+02:00')),
      key: pipe(uuid, serverDefault('123E4567-e89b-12d3-a456-426614174000')),
      doc: pipe(json(t.unknown), serverDefault({ a: ["it's", 1, null, '\\'] })),
      long: pipe(text, serverDefault("a 'long' \\ text")),
    })
    must(await world.ddl(createAll(schema({ every }))))
    const [row] = await world.rows(pipe(insertInto(every)({ id: 1 }), returning(every)))
    expect(row).toEqual({
      id: 1,
      small: -32768,
      whole: -2147483648,
      most: 9223372036854775807n,
      half: -0.1,
      tiny: 5e-324,
      large: 1.7976931348623157e308,
      float: 0.5,
      exact: '-12.500',
      no: false,
      kind: "b'\\c",
      raw: new Uint8Array([0, 1, 39, 92, 34, 128, 255, 0]),
      day: '2012-02-29',
      clock: '23:59:59.123456',
      local: '2012-10-15T12:57:18.000001',
      at: '2012-10-15T10:57:18.500000Z',
      key: '123e4567-e89b-12d3-a456-426614174000',
      doc: { a: ["it's", 1, null, '\\'] },
      long: "a 'long' \\ text",
    })
  })

  it('an expression of another scale is converted, and one of another type refused', async () => {
    const scaled = table('scaled', {
      id: pipe(integer, primaryKey),
      n: pipe(numeric(10, 3), serverDefault(literal('1.5', numeric(4, 1)))),
    })
    must(await world.ddl(createAll(schema({ scaled }))))
    await world.rows(insertInto(scaled)({ id: 1 }))
    expect(await world.rows(from(scaled))).toEqual([{ id: 1, n: '1.500' }])
    const wrong = table('wrong', {
      id: integer,
      s: pipe(varchar(9), serverDefault(literal('2012-01-01', date) as never)),
    })
    expect(tagOf(await world.ddl(createTable(wrong)))).toBe('IllFormed')
    const other = table('other', { n: integer })
    const column = table('wrong', { id: integer, n: pipe(integer, serverDefault(other.n as never)) })
    expect(tagOf(await world.ddl(createTable(column)))).toBe('IllFormed')
    const unfit = table('wrong', { id: integer, n: pipe(varchar(3), serverDefault('four')) })
    expect(tagOf(await world.ddl(createTable(unfit)))).toBe('IllFormed')
    const nul = table('wrong', { id: integer, n: pipe(varchar(3), serverDefault('\0')) })
    expect(tagOf(await world.ddl(createTable(nul)))).toBe('IllFormed')
    const twice = table('wrong', { n: pipe(integer, primaryKey, autoIncrement, serverDefault(3)) })
    expect(tagOf(await world.ddl(createTable(twice)))).toBe('IllFormed')
  })

  it('a default of the client goes before that of the database', async () => {
    const both = table('both', { id: pipe(integer, primaryKey), n: pipe(integer, serverDefault(1), defaultTo(2)) })
    must(await world.ddl(createAll(schema({ both }))))
    await world.rows(insertInto(both)({ id: 1 }))
    expect(await world.rows(from(both))).toEqual([{ id: 1, n: 2 }])
  })

  it('hostile texts in defaults, checks and computed columns mean themselves', async () => {
    // One table for all: a column each with its default, and one that a check holds to all of them.
    const columns = Object.fromEntries(
      hostile.map((word, i) => [`c${i}`, pipe(i % 2 === 0 ? varchar(300) : text, serverDefault(word))]),
    )
    const words = table('words', { id: pipe(integer, primaryKey), ...columns })
    const held = table(
      'held',
      { id: pipe(integer, primaryKey), word: varchar(300), all: pipe(text, generated) },
      (h) => [
        checkConstraint(pipe(h.word, inList([...hostile, ...anyOrder]))),
        ...hostile.map((word) => checkConstraint(ne(concat(h.word, 'x'), word))),
        generatedAs(h.all, concat(h.word, ...hostile.slice(0, 12)) as never),
      ],
    )
    must(await world.ddl(createAll(schema({ words, held }))))
    // What is kept is read anew.
    if (isFamily) await said(world, 'FLUSH TABLES')
    const [row] = await world.rows(pipe(insertInto(words)({ id: 1 } as never), returning(words)))
    expect(row).toEqual({ id: 1, ...Object.fromEntries(hostile.map((word, i) => [`c${i}`, word])) })
    const allWords = [...new Set([...hostile, ...anyOrder])]
    await world.rows(insertInto(held)(allWords.map((word, id) => ({ id, word }))))
    expect(await world.rows(pipe(from(held), orderBy(held.id), select({ word: held.word, all: held.all })))).toEqual(
      allWords.map((word) => ({ word, all: word + hostile.slice(0, 12).join('') })),
    )
    for (const word of ['other', "'", '\\', "it''s", "IT'S"])
      expect(tagOf(await world.outcome(insertInto(held)({ id: 99, word })))).toBe('CheckViolation')
    must(await world.ddl(dropAll(schema({ words, held }))))
  })

  it('[B31, DDL05] hostile texts in comments are kept as they are, where the engine keeps comments', async () => {
    for (const word of hostile) {
      const noted = table('noted', { id: pipe(integer, primaryKey, comment(word)), n: integer }, () => [
        tableComment(word),
      ])
      if (isFamily && /[\u{10000}-\u{10FFFF}]/u.test(word)) {
        // They would keep a question mark.
        const bare = table('noted', { id: pipe(integer, comment(word)) })
        expect(tagOf(await world.ddl(createAll(schema({ noted }))))).toBe('Unsupported')
        expect(tagOf(await world.ddl(createAll(schema({ bare }))))).toBe('Unsupported')
        continue
      }
      must(await world.ddl(createAll(schema({ noted }))))
      const [id, n] = await columnsOf(world, 'noted')
      const kept = engine.name === 'sqlite' ? null : word
      expect(id?.comment).toBe(kept)
      expect(n?.comment).toBe(null)
      expect(await tableCommentOf(world, 'noted')).toBe(kept)
      must(await world.ddl(dropAll(schema({ noted }))))
    }
    for (const wrong of ['a\0b', '\uD800', 5 as never]) {
      const noted = table('noted', { id: integer }, () => [tableComment(wrong)])
      expect(tagOf(await world.ddl(createTable(noted)))).toBe(engine.name === 'sqlite' ? 'Right' : 'IllFormed')
      must(await world.ddl(dropAll(schema({ noted }))))
    }
  })

  it('[DDL05] a comment of a table that is there stays as it is', async () => {
    const of = (word: string): Parameters<typeof createAll>[0] =>
      schema({ kept: table('kept', { id: pipe(integer, primaryKey, comment(word)) }, () => [tableComment(word)]) })
    must(await world.ddl(createAll(of('first'))))
    must(await world.ddl(createAll(of('second'))))
    const kept = engine.name === 'sqlite' ? null : 'first'
    expect(await tableCommentOf(world, 'kept')).toBe(kept)
    expect((await columnsOf(world, 'kept'))[0]?.comment).toBe(kept)
  })
})

describe.each(engines())('collations on $label', (engine) => {
  let world: World<Engine['name']>
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterAll(() => world.close())

  it('a column has the collation that it says', async () => {
    const name = { postgres: 'C', mysql: 'utf8mb4_0900_ai_ci', mariadb: 'utf8mb4_general_ci', sqlite: 'NOCASE' }[
      engine.name
    ]
    const sorted = table('sorted', {
      id: pipe(integer, primaryKey),
      plain: varchar(10),
      word: pipe(varchar(10), collation(name)),
    })
    must(await world.ddl(createAll(schema({ sorted }))))
    const [, plain, word] = await columnsOf(world, 'sorted')
    expect(word?.collation).toBe(name)
    expect(plain?.collation).not.toBe(name)
    await world.rows(insertInto(sorted)({ id: 1, plain: 'A', word: 'A' }))
    expect(
      await world.rows(
        pipe(
          from(sorted),
          select({ plain: eq(sorted.plain, 'a'), word: eq(sorted.word, 'a'), lower: lower(sorted.word) }),
        ),
      ),
    ).toEqual([{ plain: false, word: engine.name !== 'postgres', lower: 'a' }])
    const none = table('wrong', { day: pipe(date, collation(name)) })
    expect(tagOf(await world.ddl(createTable(none)))).toBe('IllFormed')
  })
})

const tableCommentOf = async (world: World, name: string): Promise<string | null> => {
  if (world.engine === 'sqlite') return null
  if (world.engine === 'memory') return infoIn(world, name)?.comment ?? null
  const sql =
    world.engine === 'postgres'
      ? 'SELECT obj_description(to_regclass($1::text))'
      : 'SELECT table_comment FROM information_schema.tables WHERE table_name = ? AND table_schema = database()'
  const kept = textOf((await asked(world, sql, [name]))[0]?.[0])
  return kept === '' ? null : kept
}
