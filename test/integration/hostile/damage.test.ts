// Values that drivers are known to damage without a word: each is kept as it is, or refused.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  asDate,
  date,
  deleteFrom,
  double,
  eq,
  everyRow,
  from,
  insertInto,
  integer,
  json,
  jsonPath,
  nullable,
  primaryKey,
  select,
  table,
  text,
  timestamptz,
  where,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const of = table('d_all', {
  id: pipe(integer, primaryKey),
  words: pipe(text, nullable),
  real: pipe(double, nullable),
  at: pipe(timestamptz, asDate, nullable),
  day: pipe(date, nullable),
  doc: pipe(json(t.unknown), nullable),
})
const odd = table('d_odd', { id: pipe(integer, primaryKey), ['__proto__']: text })
const none = { id: 1, words: null, real: null, at: null, day: null, doc: null }

describe.each(places().map((place) => [place.label, place] as const))('%s', (_, place) => {
  let world: World
  beforeAll(async () => {
    // What it does is the same in memory.
    world = (await openWorldAt(place)) as World
    await world.create({ of, odd })
  })
  afterAll(() => world.close())

  /** What is read of a row with this value, or the tag of what refused it. */
  const through = async (column: string, value: unknown): Promise<unknown> => {
    await world.rows(pipe(deleteFrom(of), everyRow))
    // To the types the value is one of the column: untyped callers are what is tried.
    const written = await world.outcome(insertInto(of)({ ...none, [column]: value } as typeof none))
    if (E.isLeft(written)) return written.left._tag
    const [row] = await world.rows(from(of))
    return new Map(Object.entries(row ?? {})).get(column)
  }
  const found = async (value: unknown): Promise<unknown> => {
    const outcome = await world.outcome(pipe(from(of), where(eq(of.words, value as string)), select({ id: of.id })))
    return E.isLeft(outcome) ? outcome.left._tag : outcome.right.rows.length
  }

  it.each([
    ['toSqlString', { toSqlString: () => "'x' or 1=1" }],
    ['toPostgres', { toPostgres: () => 'x' }],
    ['toString', { toString: (): string => 'x' }],
    ['toJSON', { toJSON: () => 'x' }],
  ])('[bar 15] an object with %s is no text, and is not asked', async (_name, value) => {
    expect(await through('words', value)).toBe('InvalidValue')
    expect(await found(value)).toBe('InvalidValue')
  })

  it('[bar 15] NaN and the infinities are no NULL, and no name', async () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
      const came = await through('real', value)
      if (came !== 'InvalidValue') expect(came).toBe(value)
    }
  })

  it('[bar 15] a Date that is none is refused, not 0000-00-00', async () => {
    expect(await through('at', new Date(Number.NaN))).toBe('InvalidValue')
  })

  it('[bar 15] the year 10000 is kept or refused, not 0000-00-00', async () => {
    const value = new Date(Date.UTC(10_000, 0, 1))
    const came = await through('at', value)
    if (came !== 'InvalidValue') expect(came).toEqual(value)
    expect(await through('day', '10000-01-01')).toBe('InvalidValue')
  })

  it.each([
    ['a symbol', Symbol('x')],
    ['a function', () => 'x'],
    ['a class', class X {}],
    ['a number', 0],
    ['a boolean', true],
    ['a list', ['x']],
    ['bytes', Uint8Array.of(120)],
  ])('[bar 15] %s is no text', async (_name, value) => {
    expect(await through('words', value)).toBe('InvalidValue')
  })

  it('[bar 15] undefined is refused, compared or inserted: it is no NULL', async () => {
    expect(await found(undefined)).toBe('InvalidValue')
    expect(await through('words', undefined)).toBe('InvalidValue')
  })

  it('[bar 15] text is not compared with the number 0, which every text would be', async () => {
    expect(await through('words', 'abc')).toBe('abc')
    expect(await found(0)).toBe('InvalidValue')
    expect(await found('0')).toBe(0)
  })

  it("[bar 15] ' or 1=1 -- matches no row, whatever backslashes mean to the session", async () => {
    expect(await through('words', 'abc')).toBe('abc')
    for (const words of ["' or 1=1 -- ", "\\' or 1=1 -- ", "\\\\' or 1=1 -- "]) expect(await found(words)).toBe(0)
  })

  it('[bar 15] names of outputs that differ behind byte 63 stay two', async () => {
    await through('words', 'abc')
    const long = 'x'.repeat(80)
    const query = pipe(from(of), select({ [`${long}1`]: of.id, [`${long}2`]: of.words }))
    expect(await world.rows(query)).toEqual([{ [`${long}1`]: 1, [`${long}2`]: 'abc' }])
  })

  it('[bar 15] a lone surrogate is refused in texts and in documents, not another letter', async () => {
    for (const words of ['\ud800', 'a\udfff', '\udc00\ud800']) {
      expect(await through('words', words)).toBe('InvalidValue')
      expect(await through('doc', { a: words })).toBe('InvalidValue')
    }
    expect(await through('words', '\ud83d\ude00')).toBe('😀')
  })

  it('[bar 15] NUL is refused in texts and in documents', async () => {
    expect(await through('words', 'a\0b')).toBe('InvalidValue')
    expect(await through('doc', { a: '\0' })).toBe('InvalidValue')
    expect(await through('doc', { '\0': 1 })).toBe('InvalidValue')
  })

  it('[bar 15] a column called __proto__ is a column', async () => {
    const row = { id: 1, ['__proto__']: 'x' }
    expect(tagOf(await world.outcome(insertInto(odd)(row as never)))).toBe('Right')
    const [read] = await world.rows(from(odd))
    expect(Object.entries(read ?? {})).toEqual([
      ['id', 1],
      ['__proto__', 'x'],
    ])
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  })

  it('[bar 15] a key of JSON that begins with a minus is found, or asking for it is refused', async () => {
    expect(await through('doc', { '-a': 'x', '-1': 'y' })).toEqual({ '-a': 'x', '-1': 'y' })
    for (const [key, wanted] of [
      ['-a', 'x'],
      ['-1', 'y'],
    ] as const) {
      const outcome = await world.outcome(pipe(from(of), select({ v: jsonPath(of.doc, [key], text) })))
      if (E.isRight(outcome)) expect(outcome.right.rows).toEqual([{ v: wanted }])
      else expect(outcome.left._tag).toMatch(/^(Unsupported|InvalidValue)$/)
    }
  })

  it('[bar 15] a list is a document', async () => {
    for (const doc of [[1, 2], [], [[], [{}]], ['{}']]) expect(await through('doc', doc)).toEqual(doc)
  })
})
