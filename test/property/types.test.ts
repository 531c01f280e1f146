// Any value of any type is the same after a round trip through any engine.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, test } from 'vitest'

import type { ColumnSpec } from '../../src/expr/column.js'
import type { AnyQuery } from '../../src/expr/query.js'
import {
  everyRow,
  asc,
  bigint,
  binary,
  char,
  date,
  deleteFrom,
  double,
  eq,
  from,
  insertInto,
  integer,
  interval,
  json,
  numeric,
  orderBy,
  primaryKey,
  real,
  select,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  unsigned,
  uuid,
  varchar,
  where,
} from '../../src/index.js'
import * as t from 'io-ts'
import { decimalText } from '../../src/expr/decimal.js'
import { engines } from '../support/engines.js'
import { openPlace, type Place } from '../integration/types/place.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const pad = (n: number, width = 2): string => String(n).padStart(width, '0')
const storable = fc
  .string({ unit: 'binary', maxLength: 40 })
  .filter((s) => !s.includes('\0') && !/[\ud800-\udfff]/.test(s.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')))
const days = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10))
const clock = fc
  .tuple(fc.nat(23), fc.nat(59), fc.nat(59), fc.nat(999_999))
  .map(([h, m, s, u]) => `${pad(h)}:${pad(m)}:${pad(s)}.${pad(u, 6)}`)
const units = (digits: number) => fc.bigInt({ min: -(10n ** BigInt(digits)) + 1n, max: 10n ** BigInt(digits) - 1n })
const noMinusZero = (n: number): number => n + 0

const drawn: ReadonlyArray<readonly [string, ColumnSpec<unknown>, fc.Arbitrary<unknown>, boolean]> = [
  ['smallint', smallint, fc.integer({ min: -32768, max: 32767 }), true],
  ['integer', integer, fc.integer(), true],
  ['bigint', bigint, fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), true],
  ['unsigned', pipe(integer, unsigned), fc.integer({ min: 0, max: 2 ** 32 - 1 }), true],
  ['real', real, fc.float({ noNaN: true, noDefaultInfinity: true }).map(noMinusZero), true],
  ['double', double, fc.double({ noNaN: true, noDefaultInfinity: true }).map(noMinusZero), true],
  ['numeric(18, 5)', numeric(18, 5), units(18).map((n) => decimalText(n, 5)), true],
  ['numeric(30, 10)', numeric(30, 10), units(30).map((n) => decimalText(n, 10)), false],
  ['char(9)', char(9), storable.map((s) => Array.from(s).slice(0, 9).join('').replace(/ +$/, '')), true],
  ['varchar(40)', varchar(40), storable, true],
  ['text', text, storable, true],
  ['uuid', uuid, fc.uuid(), true],
  ['binary', binary, fc.uint8Array({ maxLength: 64 }).map((b) => new Uint8Array(b)), true],
  ['date', date, days, true],
  ['time', time, clock, true],
  ['timestamp', timestamp, fc.tuple(days, clock).map(([d, c]) => `${d}T${c}`), true],
  ['timestamptz', timestamptz, fc.tuple(days, clock).map(([d, c]) => `${d}T${c}Z`), true],
  [
    'interval',
    interval,
    fc
      .tuple(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 11 }),
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 1, max: 23 }),
      )
      .map(([y, m, d, h]) => `P${y}Y${m}M${d}DT${h}H`),
    false,
  ],
  [
    'json',
    json(t.unknown),
    fc
      .jsonValue({ maxDepth: 3 })
      .filter((v) => v !== null && !/\\u0000|-0\b|\\ud[89a-f]|e[+-]/i.test(JSON.stringify(v)))
      .map((v): unknown => JSON.parse(JSON.stringify(v))),
    false,
  ],
]

const as = (q: unknown): AnyQuery => q as AnyQuery

describe.each([...engines().map((engine) => [engine.label, engine] as const), ['memory', null] as const])(
  '%s',
  (name, engine) => {
    let place: Place
    const tables = drawn.map(([, spec], i) =>
      // The types are many; what is asserted is the values.
      table(`drawn_${i}`, { id: pipe(integer, primaryKey), v: spec as ColumnSpec<string, false, false, never> }),
    )

    beforeAll(async () => {
      place = await openPlace(engine)
      await place.create(Object.fromEntries(tables.map((of, i) => [`t${i}`, of])))
    })
    afterAll(() => place.close())

    test.each(drawn.map(([type, , values, compares], i) => [type, values, compares, i] as const))(
      `[property 26] ${name} gives any %s back as it was`,
      async (_, values, compares, i) => {
        const of = tables[i]
        if (of === undefined) throw new Error('a table for each type')
        await fc.assert(
          fc.asyncProperty(fc.array(values, { minLength: 1, maxLength: 8 }), async (list) => {
            await place.rows(as(everyRow(deleteFrom(of))))
            const rows = list.map((v, id) => ({ id, v: v as string }))
            await place.rows(as(insertInto(of)(rows)))
            const read = await place.rows(as(pipe(from(of), select(of.v), orderBy(asc(of.id)))))
            if (!read.every((v, at) => same(v, list[at]))) throw new Error(`gave ${show(read)}`)
            if (!compares) return
            const [first] = list
            const found = await place.rows(
              as(pipe(from(of), where(eq(of.v, first as string)), select(of.id), orderBy(asc(of.id)))),
            )
            const equal = list.flatMap((v, at) => (same(v, first) ? [at] : []))
            if (show(found) !== show(equal)) throw new Error(`found ${show(found)}, not ${show(equal)}`)
          }),
          { seed, numRuns: 25 * times },
        )
      },
    )
  },
)

const show = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'bigint' ? `${v}n` : v instanceof Uint8Array ? [...v].join() : isRecord(v) ? sorted(v) : v,
  )
const isRecord = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v)
const sorted = (v: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
const same = (a: unknown, b: unknown): boolean => show(a) === show(b)
