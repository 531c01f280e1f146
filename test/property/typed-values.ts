// Values of every type, those at the edges among them.
import fc from 'fast-check'
import * as t from 'io-ts'
import { pipe } from 'fp-ts/lib/function.js'
import {
  bigint,
  binary,
  char,
  type ColumnSpec,
  date,
  double,
  integer,
  interval,
  json,
  numeric,
  real,
  smallint,
  text,
  time,
  timestamp,
  timestamptz,
  unsigned,
  uuid,
  varchar,
} from 'relvar'
import { decimalText } from '../../src/expr/decimal.js'

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
const edgedUnits = (digits: number) => {
  const most = 10n ** BigInt(digits) - 1n
  return fc.oneof(fc.constantFrom(0n, 1n, -1n, most, -most), units(digits))
}
const noMinusZero = (n: number): number => n + 0

/** Random values, and those at the edges as often. */
const edged = (edges: ReadonlyArray<unknown>, any: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof(fc.constantFrom(...edges), any)

const edgeDays = ['0001-01-01', '0001-12-31', '9999-12-31', '1582-10-10', '1970-01-01', '2000-02-29', '2024-03-31']
const edgeClocks = ['00:00:00.000000', '23:59:59.999999', '12:00:00.000001', '10:11:12.000000', '10:11:12.000003']
// The hours that a change to summer time leaves out and that one back has twice, in Europe and in America.
const edgeTimes = [
  '0001-01-01T00:00:00.000000',
  '9999-12-31T23:59:59.999999',
  '1969-12-31T23:59:59.999999',
  '2024-03-31T02:30:00.000000',
  '2024-10-27T02:30:00.000000',
  '2024-03-10T02:30:00.000000',
  '2024-11-03T01:30:00.000000',
  '2024-03-31T01:00:00.000000',
  '2024-10-27T01:00:00.000000',
  '2024-10-27T00:59:59.999999',
]
const edgeTexts = [
  '',
  ' ',
  'a ',
  ' a',
  "'",
  '"',
  '\\',
  '\\n',
  '\n',
  '\t',
  '%',
  '_',
  '$1',
  '?',
  ':a',
  '😀',
  'e\u0301',
  '\u00e9',
  'ß',
]

/** A type by its name, its values, and whether they have an equality. */
export interface Typed {
  readonly name: string
  readonly spec: ColumnSpec<unknown>
  readonly values: fc.Arbitrary<unknown>
  readonly compares: boolean
}

const drawn: ReadonlyArray<readonly [string, ColumnSpec<unknown>, fc.Arbitrary<unknown>, boolean]> = [
  ['smallint', smallint, edged([-32768, -1, 0, 32767], fc.integer({ min: -32768, max: 32767 })), true],
  ['integer', integer, edged([-(2 ** 31), 2 ** 31 - 1, 0], fc.integer()), true],
  [
    'bigint',
    bigint,
    edged(
      [-(2n ** 63n), 2n ** 63n - 1n, 2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 31n, -(2n ** 31n) - 1n],
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    ),
    true,
  ],
  [
    'unsigned',
    pipe(integer, unsigned),
    edged([0, 2 ** 31, 2 ** 32 - 1], fc.integer({ min: 0, max: 2 ** 32 - 1 })),
    true,
  ],
  ['real', real, fc.float({ noNaN: true, noDefaultInfinity: true }).map(noMinusZero), true],
  [
    'double',
    double,
    edged(
      [Number.MAX_VALUE, -Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2, 0.1, 1 / 3, 2 ** 63, 1e21, 1e-7],
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(noMinusZero),
    ),
    true,
  ],
  ['numeric(18, 5)', numeric(18, 5), edgedUnits(18).map((n) => decimalText(n, 5)), true],
  ['numeric(30, 10)', numeric(30, 10), edgedUnits(30).map((n) => decimalText(n, 10)), false],
  ['char(9)', char(9), storable.map((s) => Array.from(s).slice(0, 9).join('').replace(/ +$/, '')), true],
  ['varchar(40)', varchar(40), edged(edgeTexts, storable), true],
  ['text', text, edged(edgeTexts, storable), true],
  ['uuid', uuid, fc.uuid(), true],
  ['binary', binary, fc.uint8Array({ maxLength: 64 }).map((b) => new Uint8Array(b)), true],
  ['date', date, edged(edgeDays, days), true],
  ['time', time, edged(edgeClocks, clock), true],
  [
    'timestamp',
    timestamp,
    edged(
      edgeTimes,
      fc.tuple(days, clock).map(([d, c]) => `${d}T${c}`),
    ),
    true,
  ],
  [
    'timestamptz',
    timestamptz,
    edged(
      edgeTimes.map((time) => `${time}Z`),
      fc.tuple(days, clock).map(([d, c]) => `${d}T${c}Z`),
    ),
    true,
  ],
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
      .filter((v) => !/\\u0000|-0\b|\\ud[89a-f]|e[+-]/i.test(JSON.stringify(v)))
      .map((v): unknown => JSON.parse(JSON.stringify(v))),
    false,
  ],
]

/** Types that every engine has. */
export const typedValues: ReadonlyArray<Typed> = drawn.map(([name, spec, values, compares]) => ({
  name,
  spec,
  values,
  compares,
}))

const isRecord = (v: unknown): v is Readonly<Record<string, unknown>> =>
  typeof v === 'object' && v !== null && !Array.isArray(v)
const sorted = (v: Readonly<Record<string, unknown>>): unknown =>
  Object.entries(v).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

/** A value as text that equal values share; the keys of a document have no order. */
export const shownValue = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) =>
    typeof v === 'bigint'
      ? `${v}n`
      : v instanceof Uint8Array
        ? `bytes ${[...v].join()}`
        : isRecord(v)
          ? { entries: sorted(v) }
          : v,
  ) ?? 'undefined'

export const sameValue = (a: unknown, b: unknown): boolean => shownValue(a) === shownValue(b)
