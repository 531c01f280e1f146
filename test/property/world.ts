// The tables that the properties are about, and how rows are compared.
import * as t from 'io-ts'
import { pipe } from 'fp-ts/lib/function.js'
import {
  bigint,
  boolean,
  checkConstraint,
  date,
  defaultTo,
  double,
  integer,
  enumeration,
  foreignKey,
  generated,
  generatedAs,
  char,
  interval,
  json,
  ne,
  nullable,
  numeric,
  primaryKey,
  real,
  refine,
  references,
  serverDefault,
  smallint,
  sub,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  unique,
  uniqueConstraint,
  unsigned,
  uuid,
  varbinary,
  varchar,
} from 'relvar'

/** Texts of another spelling in rows than in the database. */
const shouted = new t.Type<string, string, string>(
  'Shouted',
  (u): u is string => typeof u === 'string' && u.endsWith('!'),
  (text) => t.success(`${text}!`),
  (text) => text.slice(0, -1),
)

// -- tables to ask: all types, most columns nullable, references that nobody keeps -------------------------------------

export const users = table('users', {
  id: pipe(integer, primaryKey),
  name: pipe(varchar(20), nullable),
  age: pipe(integer, nullable),
  ok: pipe(boolean, nullable),
  big: pipe(bigint, nullable),
})

export const posts = table('posts', {
  id: pipe(integer, primaryKey),
  authorId: pipe(integer, nullable),
  title: text,
  score: pipe(double, nullable),
  at: pipe(timestamptz, nullable),
  day: date,
})

export const notes = table('notes', {
  postId: pipe(integer, primaryKey),
  place: pipe(integer, primaryKey),
  body: pipe(text, nullable),
  extra: pipe(json(t.record(t.string, t.unknown)), nullable),
})

export const things = table('things', {
  id: pipe(integer, primaryKey),
  small: pipe(smallint, nullable),
  seen: pipe(integer, unsigned, nullable),
  price: pipe(numeric(6, 2), nullable),
  rate: pipe(numeric(5, 1), nullable),
  share: pipe(real, nullable),
  code: pipe(char(5), nullable),
  state: pipe(enumeration(['a', 'b', 'B']), nullable),
  key: pipe(uuid, nullable),
  bytes: pipe(varbinary(8), nullable),
  opens: pipe(time, nullable),
  local: pipe(timestamp, nullable),
  lasts: pipe(interval, nullable),
  about: pipe(text, nullable, refine(shouted)),
})

export const asked = [users, posts, notes, things]

// -- tables to write to: references that are kept, unique columns, defaults, a check, what is computed -------------------

export const owners = table('owners', {
  id: pipe(integer, primaryKey),
  code: pipe(varchar(5), nullable, unique),
  level: pipe(integer, defaultTo(3)),
  on: pipe(date, nullable),
})

export const pets = table('pets', {
  id: pipe(integer, primaryKey),
  ownerId: pipe(integer, nullable, references(owners.id, { onDelete: 'setNull' })),
  weight: pipe(double, nullable),
  name: text,
})

export const visits = table('visits', {
  id: pipe(integer, primaryKey),
  petId: pipe(integer, references(pets.id, { onDelete: 'cascade' })),
  vetId: pipe(integer, nullable, references(owners.id)),
  paid: pipe(boolean, nullable),
  cents: pipe(bigint, nullable),
})

export const stock = table(
  'stock',
  {
    id: pipe(integer, primaryKey),
    shop: pipe(varchar(5), nullable),
    item: pipe(integer, nullable),
    count: pipe(integer, serverDefault(2)),
    least: pipe(integer, nullable),
    spare: pipe(integer, nullable, generated),
  },
  (own) => [
    uniqueConstraint([own.shop, own.item]),
    checkConstraint(ne(own.count, own.least), { name: 'stock_least' }),
    generatedAs(own.spare, sub(own.count, own.least)),
  ],
)

export const moves = table(
  'moves',
  {
    id: pipe(integer, primaryKey),
    shop: pipe(varchar(5), nullable),
    item: pipe(integer, nullable),
    on: pipe(date, nullable),
  },
  (own) => [foreignKey([own.shop, own.item], [stock.shop, stock.item], { onDelete: 'cascade', onUpdate: 'cascade' })],
)

export const written = [owners, pets, visits, stock, moves]

// -- rows -------------------------------------------------------------------------------------------------------------

const sameNumber = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

/** Equal values; numbers within a relative 1e-9, since engines add up doubles in any order. */
export const alike = (a: unknown, b: unknown): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return sameNumber(a, b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]?.[0] && alike(value, right[i]?.[1]))
  )
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : typeof value === 'bigint' ? `${value}n` : value

/** A row as text that equal rows share; to sort rows by. */
export const textOf = (row: unknown): string => JSON.stringify(row, rounded) ?? 'undefined'

const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  [...rows].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))

/** Equal rows in the same order. */
export const sameRows = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): boolean => alike(a, b)

/** Equal rows, as often, in any order. */
export const sameBag = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): boolean => alike(sorted(a), sorted(b))

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

/** Rows for a message. */
export const showRows = (rows: unknown): string => JSON.stringify(rows, plain) ?? 'undefined'
