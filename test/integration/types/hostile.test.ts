// Inputs from the history of attacks and corruption: each comes back as it was, or is refused; nothing else happens.
import { readFileSync } from 'node:fs'

import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AnyQuery } from '../../../src/expr/query.js'
import {
  type AnyTable,
  asDate,
  bigint,
  binary,
  date,
  deleteFrom,
  everyRow,
  double,
  enumeration,
  from,
  insertInto,
  integer,
  json,
  numeric,
  select,
  smallint,
  table,
  text,
  time,
  timestamptz,
} from '../../../src/index.js'
import { inMemory, places } from '../../support/places.js'
import { openPlace, type Outcome, type Place } from './place.js'

interface Input {
  readonly id: string
  readonly column: keyof typeof tables
  readonly input: unknown
  readonly expect: string | Readonly<Record<string, string>>
}

const tables = {
  text: table('h_text', { v: text }),
  json: table('h_json', { v: json(t.unknown) }),
  integer: table('h_integer', { v: integer }),
  smallint: table('h_smallint', { v: smallint }),
  bigint: table('h_bigint', { v: bigint }),
  double: table('h_double', { v: double }),
  numeric: table('h_numeric', { v: numeric(18, 4) }),
  binary: table('h_binary', { v: binary }),
  date: table('h_date', { v: date }),
  time: table('h_time', { v: time }),
  timestamptz: table('h_timestamptz', { v: timestamptz }),
  instant: table('h_instant', { v: pipe(timestamptz, asDate) }),
  enumeration: table('h_enumeration', { v: enumeration(['user', 'admin']) }),
}

const nest = (open: string, close: string, n: number): unknown => {
  let value: unknown = 0
  for (let i = 0; i < n; i++) value = open === '[' ? [value] : { a: value }
  return close === '' ? null : value
}
const repeat = (s: string, n: number): string => s.repeat(n)

/** A proxy may throw when it is asked what it is. */
const isPromise = (value: unknown): value is Promise<unknown> => {
  try {
    return value instanceof Promise
  } catch {
    return false
  }
}

const valueOf = (input: unknown): unknown => {
  if (typeof input !== 'object' || input === null || !('$js' in input)) return input
  // oxlint-disable-next-line typescript/no-implied-eval -- the data of this folder are expressions
  const make = new Function('repeat', 'nest', `return (${String(input.$js)})`) as (
    ...helpers: ReadonlyArray<unknown>
  ) => unknown
  const value = make(repeat, nest)
  // Nobody awaits a promise that is given as a value: one that is rejected would end the run.
  if (isPromise(value)) value.catch(() => undefined)
  return value
}

// Data of this folder has this form.
const inputs = JSON.parse(readFileSync(new URL('hostile-inputs.json', import.meta.url), 'utf8')) as ReadonlyArray<Input>
const columns = (Object.keys(tables) as ReadonlyArray<keyof typeof tables>).filter((column) => column !== 'instant')

const as = (q: unknown): AnyQuery => q as AnyQuery
/** What is written and then read of a value. */
const through = async (place: Place, of: AnyTable, v: unknown): Promise<Outcome> => {
  await place.rows(as(everyRow(deleteFrom(of))))
  const written = await place.run(as(insertInto(of as typeof tables.text)({ v: v as string })))
  return E.isLeft(written)
    ? written
    : place.run(as(pipe(from(of as typeof tables.text), select((of as typeof tables.text).v))))
}

describe.each(places().map((one) => [one.name, one] as const))('%s', (name, somewhere) => {
  let place: Place
  let memory: Place

  beforeAll(async () => {
    place = await openPlace(somewhere)
    memory = await openPlace(inMemory)
    await place.create(tables)
    await memory.create(tables)
  })
  afterAll(() => place.close())

  it.each(columns)(
    `${name} keeps or refuses every hostile %s, as memory does`,
    { timeout: 120_000 },
    async (column) => {
      const given = inputs.filter((i) => i.column === column)
      expect(given.length).toBeGreaterThan(0)
      for (const { id, input, expect: wanted } of given) {
        const value = valueOf(input)
        const of = tables[column === 'timestamptz' && value instanceof Date ? 'instant' : column]
        const mine = await through(memory, of, value)
        const theirs = await through(place, of, value)
        const said = typeof wanted === 'string' ? wanted : (wanted[name] ?? '')
        const tag = E.isLeft(theirs) ? theirs.left._tag : 'Right'
        if (said === 'refused') expect([id, tag]).toStrictEqual([id, 'InvalidValue'])
        if (said === 'equal') expect([id, tag]).toStrictEqual([id, 'Right'])
        if (E.isRight(theirs)) expect([id, theirs]).toStrictEqual([id, mine])
        if (said === 'equal' && (column === 'text' || column === 'json')) expect(theirs).toStrictEqual(E.right([value]))
      }
    },
  )
})
