// The rows that every operator is tried on, and the columns that can take what it gives.
import * as t from 'io-ts'
import { pipe } from 'fp-ts/lib/function.js'

import {
  type AnyExpr,
  bigint,
  binary,
  boolean,
  type ColumnSpec,
  date,
  double,
  enumeration,
  type Expr,
  insertInto,
  integer,
  json,
  literal,
  nullable,
  numeric,
  primaryKey,
  type RowOf,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  type TypeTag,
  uuid,
  varchar,
} from '../../../src/index.js'

const document = json(t.UnknownRecord)

/** One column of each type that operators take. */
const specs = {
  id: integer,
  n: pipe(integer, nullable),
  m: pipe(integer, nullable),
  small: pipe(smallint, nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
  price: pipe(numeric(10, 2), nullable),
  name: pipe(text, nullable),
  code: pipe(varchar(10), nullable),
  flag: pipe(boolean, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
  local: pipe(timestamp, nullable),
  clock: pipe(time, nullable),
  uid: pipe(uuid, nullable),
  kind: pipe(enumeration(['red', 'green', 'blue']), nullable),
  doc: pipe(document, nullable),
  bytes: pipe(binary, nullable),
} as const

/** What an operator gives goes into the column of its type: here, for INSERT and UPDATE. */
const results = {
  asInteger: pipe(integer, nullable),
  asBigint: pipe(bigint, nullable),
  asDouble: pipe(double, nullable),
  asNumeric: pipe(numeric(18, 4), nullable),
  asBoolean: pipe(boolean, nullable),
  asText: pipe(text, nullable),
  asDate: pipe(date, nullable),
  asTimestamptz: pipe(timestamptz, nullable),
  asTimestamp: pipe(timestamp, nullable),
  asTime: pipe(time, nullable),
  asUuid: pipe(uuid, nullable),
  asJson: pipe(document, nullable),
} as const

export const things = table('things', { ...specs, id: pipe(integer, primaryKey), ...results })
export const others = table('others', { id: pipe(integer, primaryKey), n: pipe(integer, nullable) })

/** The column that takes values of a type; null where none does. */
export const resultColumn: Readonly<Partial<Record<TypeTag, keyof typeof results>>> = {
  SmallInt: 'asInteger',
  Integer: 'asInteger',
  Count: 'asInteger',
  BigInt: 'asBigint',
  Double: 'asDouble',
  Numeric: 'asNumeric',
  Boolean: 'asBoolean',
  Text: 'asText',
  Varchar: 'asText',
  Enumeration: 'asText',
  Date: 'asDate',
  TimestampTz: 'asTimestamptz',
  Timestamp: 'asTimestamp',
  Time: 'asTime',
  Uuid: 'asUuid',
  Json: 'asJson',
}

/** Expressions of the fixture's types, whether they are columns or bound values. */
export type Operands = {
  readonly [K in keyof typeof specs]: (typeof specs)[K] extends ColumnSpec<infer A> ? Expr<A, string, string> : never
}

export const rows = [
  {
    id: 1,
    n: 7,
    m: 2,
    small: 3,
    big: 7n,
    x: 2.5,
    price: '2.50',
    name: 'Wendy',
    code: 'ab',
    flag: true,
    day: '2024-02-29',
    at: '2024-02-29T12:57:18.000396Z',
    local: '2024-02-29T12:57:18.000396',
    clock: '12:57:18.000396',
    uid: '0f8fad5b-d9cb-469f-a165-70867728950e',
    kind: 'red',
    doc: { a: 1, b: ['x', 'y'] },
    bytes: Uint8Array.of(1, 2),
  },
  {
    id: 2,
    n: -7,
    m: 2,
    small: -3,
    big: -9007199254740993n,
    x: -0.5,
    price: '-2.35',
    name: 'ed % !',
    code: 'b',
    flag: false,
    day: '1999-12-31',
    at: '1999-12-31T23:59:59.999999Z',
    local: '1999-12-31T23:59:59.999999',
    clock: '23:59:59.999999',
    uid: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
    kind: 'blue',
    doc: { a: null },
    bytes: Uint8Array.of(),
  },
  {
    id: 3,
    n: 0,
    m: 0,
    small: 0,
    big: 0n,
    x: 0,
    price: '0.00',
    name: '',
    code: '',
    flag: null,
    day: '2024-03-01',
    at: '1970-01-01T00:00:00.000000Z',
    local: '1970-01-01T00:00:00.000000',
    clock: '00:00:00.000000',
    uid: '00000000-0000-0000-0000-000000000000',
    kind: 'green',
    doc: {},
    bytes: Uint8Array.of(255),
  },
  {
    id: 4,
    n: null,
    m: null,
    small: null,
    big: null,
    x: null,
    price: null,
    name: null,
    code: null,
    flag: null,
    day: null,
    at: null,
    local: null,
    clock: null,
    uid: null,
    kind: null,
    doc: null,
    bytes: null,
  },
] as const

/** The columns of the table itself. */
export const columns: Operands = { ...things }

/** The values of one row as bound values. */
export const bound = (row: (typeof rows)[number]): Operands =>
  // Each value is one of its column's, and each column has a specification of its name.
  Object.fromEntries(
    Object.entries(specs).map(([key, spec]) => [
      key,
      literal((row as Readonly<Record<string, unknown>>)[key], spec as ColumnSpec<unknown>),
    ]),
  ) as unknown as Operands

export const inserts = [
  insertInto(things)(rows as unknown as ReadonlyArray<RowOf<typeof things>>),
  insertInto(others)([
    { id: 1, n: 7 },
    { id: 2, n: 0 },
    { id: 3, n: null },
  ]),
]

export type Build = (of: Operands) => AnyExpr
