// The tables that the properties are about.
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
} from '../../src/index.js'

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

export { sameBag, sameRows, showRows, textOf } from '../support/differential/rows.js'
