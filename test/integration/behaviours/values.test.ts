// Values as they are asked for: days and times said in a query, decimals inside documents, names of parameters, values that are none.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  and,
  asc,
  between,
  boolean,
  collate,
  date,
  eq,
  from,
  inList,
  insertInto,
  integer,
  json,
  jsonArray,
  jsonObject,
  listParam,
  literal,
  not,
  nullable,
  numeric,
  or,
  orderBy,
  param,
  prepare,
  primaryKey,
  select,
  sql,
  table,
  time,
  timestamp,
  timestamptz,
  varchar,
  where,
} from '../../../src/index.js'
import { interpret } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { tablesOf } from '../../support/cases.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'
import { filled, type Place, places } from '../functions/places.js'

const t5 = table('t5', { id: pipe(integer, primaryKey), x: integer, y: pipe(integer, nullable) })
const t5Rows = [
  { id: 1, x: 1, y: 2 },
  { id: 2, x: 2, y: 3 },
  { id: 3, x: 3, y: null },
  { id: 4, x: 4, y: 5 },
  { id: 5, x: 4, y: 6 },
]
const first = pipe(from(t5), where(eq(t5.id, 1)))

/** What an e-mail of 1990 and a JSON document of today both call a number. */
const exact = '99998969694839.983485848'
const amounts = table('amounts', {
  id: pipe(integer, primaryKey),
  n: numeric(24, 9),
  small: numeric(18, 9),
  doc: json(t.type({ n: t.number })),
})
const amountRows = [{ id: 1, n: exact, small: '839.983485848', doc: { n: Number(exact) } }]

const words = table('words', { id: pipe(integer, primaryKey), word: varchar(20) })
const wordRows = ['b', 'é', 'A', '🐍', 'a', 'B', 'z', 'a ', '～'].map((word, i) => ({ id: i + 1, word }))
const byCodePoint = ['A', 'B', 'a', 'a ', 'b', 'z', 'é', '～', '🐍']

describe.each(places)('values on $label', ({ open }) => {
  let place: Place
  beforeAll(async () => {
    place = await open([filled(t5, t5Rows), filled(amounts, amountRows as never), filled(words, wordRows)])
  })
  afterAll(() => place.close())

  const ids = (on: Parameters<typeof where>[0]): Promise<ReadonlyArray<unknown>> =>
    place.rows(pipe(from(t5), where(on as never), orderBy(t5.id), select(t5.id)) as never)

  it('[DTM14] days and times that a query says come back as they are, and equal themselves', async () => {
    const said = {
      day: literal('2012-10-15', date),
      clock: literal('12:57:18.000396', time),
      local: literal('2012-10-15T12:57:18.000396', timestamp),
      instant: literal('2012-10-15T12:57:18.000396Z', timestamptz),
      none: literal(null, pipe(date, nullable)),
    }
    expect(await place.rows(pipe(first, select(said)))).toEqual([
      {
        day: '2012-10-15',
        clock: '12:57:18.000396',
        local: '2012-10-15T12:57:18.000396',
        instant: '2012-10-15T12:57:18.000396Z',
        none: null,
      },
    ])
    const same = and(
      eq(said.day, '2012-10-15'),
      eq(said.clock, '12:57:18.000396'),
      eq(said.local, '2012-10-15T12:57:18.000396'),
      eq(said.instant, '2012-10-15T14:57:18.000396+02:00'),
    )
    expect(await ids(same as never)).toEqual([1, 2, 3, 4, 5])
  })

  it('[DTM10] a time of day has no zone: one with an offset is refused', async () => {
    for (const zoned of ['12:57:18+02:00', '12:57:18Z']) {
      const q = pipe(first, select(literal(zoned, time)))
      expect(tagOf(await place.outcome(q as never))).toBe('InvalidValue')
    }
  })

  it('[JSN12] a decimal keeps all of its digits inside a document; a number of a document is a double', async () => {
    const [row] = await place.rows(
      pipe(
        from(amounts),
        select({
          object: jsonObject({ n: amounts.n, small: amounts.small }),
          list: jsonArray(amounts.n, amounts.small),
          doc: amounts.doc,
        }),
      ),
    )
    expect(row?.object).toEqual({ n: exact, small: '839.983485848' })
    expect(row?.list).toEqual([exact, '839.983485848'])
    expect(row?.doc).toEqual({ n: 99998969694839.98 })
  })

  it('[C25] between has both ends; not between leaves nulls out', async () => {
    expect(await ids(pipe(t5.x, between(2, 3)) as never)).toEqual([2, 3])
    expect(await ids(not(pipe(t5.y, between(3, 5))) as never)).toEqual([1, 5])
    expect(await ids(pipe(literal(3, integer), between(t5.x, t5.y)) as never)).toEqual([2])
  })

  it('[dialect 34] what is no value of the place is refused, and never a criterion less', async () => {
    const wrong: ReadonlyArray<unknown> = [
      eq(t5.x, undefined as never),
      eq(t5.x, true as never),
      eq(t5.x, new Date(0) as never),
      eq(t5.x, { or: 1 } as never),
      eq(t5.x, Number.NaN),
      or(eq(t5.id, 1), eq(t5.x, undefined as never)),
      pipe(t5.x, inList([1, undefined as never])),
      pipe(t5.x, between(1, undefined as never)),
      eq(literal(new Date(0) as never, timestamptz), '2012-10-15T12:57:18.000396Z'),
      eq(words.word, 1 as never),
    ]
    for (const on of wrong) {
      const q = pipe(from(t5), where(on as never), select(t5.id))
      expect(tagOf(await place.outcome(q as never))).toMatch(/^(InvalidValue|FreeSource)$/)
    }
    expect(tagOf(await place.outcome(pipe(from(words), where(eq(words.word, 1 as never))) as never))).toBe(
      'InvalidValue',
    )
  })

  it('[dialect 18] text has an order, and the same one each time; that of code points where it is said', async () => {
    const plain = pipe(from(words), orderBy(words.word), select(words.word))
    const rows = await place.rows(plain)
    expect(await place.rows(plain)).toEqual(rows)
    expect([...rows].sort()).toEqual([...byCodePoint].sort())
    const names: Readonly<Record<string, string>> = {
      postgres: 'C',
      mysql: 'utf8mb4_0900_bin',
      mariadb: 'utf8mb4_nopad_bin',
      sqlite: 'BINARY',
    }
    const said = collate(names[place.name] ?? 'C')(words.word)
    const ordered = await place.outcome(pipe(from(words), orderBy(asc(said)), select(words.word)) as never)
    expect(must(ordered as E.Either<never, unknown>)).toEqual(byCodePoint)
    if (place.name === 'memory') expect(rows).toEqual(byCodePoint)
  })
})

// -- names of parameters ------------------------------------------------------------------------------------------------

const odd = [
  'boring',
  'per cent',
  'per % cent',
  '%percent',
  'par(ens)',
  'percent%(ens)yah',
  'col:ons',
  '_starts_with_underscore',
  'dot.s',
  'more :: %colons%',
  '_name',
  '___name',
  '[BracketsAndCase]',
  '42numbers',
  'percent%signs',
  'has spaces',
  '/slashes/',
  'more/slashes',
  'q?marks',
  '1param',
  '1col:on',
]
const named = (name: string) =>
  pipe(from(t5), where(eq(t5.id, param(name, integer))), orderBy(t5.id), select({ [name]: t5.id }))
const listed = (name: string) =>
  pipe(from(t5), where(pipe(t5.id, inList(listParam(name, integer)))), orderBy(t5.id), select(t5.id))

describe.each(engines())('names of parameters on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ t5 })
    await world.rows(insertInto(t5)(t5Rows))
  })
  afterAll(() => world.close())

  it.each(odd)('[IDN02] a parameter may be called %j, of one value and of a list', async (name) => {
    const one = must(prepare(world.db.dialect)(named(name))({ [name]: 3 }))
    expect(must(await world.load(one)).rows).toEqual([{ [name]: 3 }])
    const some = must(prepare(world.db.dialect)(listed(name))({ [name]: [4, 1] }))
    expect(must(await world.load(some)).rows).toEqual([1, 4])
  })

  it('[DTM10] a time with a zone that a statement of text gives is no time', async () => {
    const zoned = engine.name === 'postgres' ? "SELECT time with time zone '12:57:18+02'" : "SELECT '12:57:18+02'"
    const read = await world.outcome(sql.text(`${zoned} AS clock`).columns({ clock: time }))
    expect(tagOf(read)).toBe('Decode')
  })

  it('[dialect 34] nothing is sent for a value that is none', async () => {
    world.sent()
    expect(tagOf(await world.outcome(pipe(from(t5), where(eq(t5.x, undefined as never)))))).toBe('InvalidValue')
    const one = prepare(world.db.dialect)(named('x'))
    for (const values of [{}, { x: undefined }, { x: true }, { x: new Date(0) }])
      expect(E.isLeft(one(values as never))).toBe(true)
    expect(world.sent()).toEqual([])
    expect(tagOf(await world.outcome(pipe(from(t5), select(literal('x' as never, boolean)))))).toBe('InvalidValue')
  })
})

describe('names of parameters in memory', () => {
  it.each(odd)('[IDN02] memory takes a parameter called %j', (name) => {
    const tables = tablesOf([{ table: t5, rows: t5Rows }])
    expect(interpret(named(name), { [name]: 3 })(tables)).toEqual(E.right([{ [name]: 3 }]))
    expect(interpret(listed(name), { [name]: [4, 1] })(tables)).toEqual(E.right([1, 4]))
  })
})
