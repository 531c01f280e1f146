/**
 * Functions of text, numbers, days and documents, and what is only on some engines.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  add,
  addInterval,
  bigint,
  bitAnd,
  boolean,
  cast,
  ceil,
  createAll,
  currentDate,
  date,
  daysBetween,
  double,
  enumeration,
  eq,
  extract,
  fn,
  from,
  greatest,
  gt,
  indexOf,
  insertInto,
  integer,
  isTrue,
  json,
  lpad,
  lt,
  mul,
  nullable,
  nullIf,
  numeric,
  power,
  primaryKey,
  regexMatches,
  repeat,
  replace,
  round,
  roundTo,
  schema,
  select,
  sign,
  sql,
  sqrt,
  substring,
  sum,
  table,
  takeLeft,
  text,
  trim,
  truncateTo,
  uuid,
  varchar,
  where,
} from '../../../src/index.js'
import { jsonContains, jsonExists, jsonPath } from '../../../src/expr/json-functions.js'
import { type GoldenStatement, statements } from '../statement.js'
import { users } from '../tables.js'

const bills = table('bills', {
  id: pipe(integer, primaryKey),
  day: date,
  price: numeric(10, 2),
  rate: pipe(numeric(4, 3), nullable),
  weight: pipe(double, nullable),
  about: json(t.UnknownRecord),
})

const all = from(bills)

export const textFunctions: ReadonlyArray<GoldenStatement> = statements('text function', {
  trim: () => pipe(from(users), select({ name: trim(users.name) })),
  'substring of a place': (v) =>
    pipe(from(users), select({ part: pipe(users.name, substring(v.integer(), v.integer())) })),
  indexOf: (v) => pipe(from(users), where(gt(pipe(users.name, indexOf(v.text())), v.integer()))),
  replace: (v) => pipe(from(users), select({ name: pipe(users.name, replace(v.text(), v.text())) })),
  takeLeft: (v) => pipe(from(users), select({ start: pipe(users.name, takeLeft(v.integer())) })),
  lpad: (v) => pipe(from(users), select({ name: pipe(users.name, lpad(v.small(), v.text())) })),
  repeat: (v) => pipe(from(users), select({ name: pipe(users.name, repeat(v.small())) })),
  regexMatches: (v) => pipe(from(users), where(pipe(users.name, regexMatches(v.text())))),
  nullIf: (v) => pipe(from(users), select({ name: nullIf(users.name, v.text()) })),
})

export const numberFunctions: ReadonlyArray<GoldenStatement> = statements('number function', {
  'decimals compared': (v) => pipe(all, where(gt(bills.price, v.decimal()))),
  'decimals added': (v) => pipe(all, select({ n: add(bills.price, v.decimal()) })),
  'decimals multiplied': () => pipe(all, select({ n: mul(bills.price, bills.rate) })),
  'decimals of two scales compared': () => pipe(all, where(lt(bills.price, bills.rate))),
  'sum of decimals': () => pipe(all, select(sum(mul(bills.price, bills.rate)))),
  round: () => pipe(all, select({ n: round(bills.price) })),
  roundTo: () => pipe(all, select({ n: pipe(mul(bills.price, bills.rate), roundTo(2)) })),
  ceil: () => pipe(all, select({ n: ceil(bills.weight) })),
  sign: () => pipe(all, select({ n: sign(bills.price) })),
  sqrt: () => pipe(all, select({ n: sqrt(bills.weight) })),
  power: (v) => pipe(all, select({ n: power(bills.weight, v.double()) })),
  greatest: (v) => pipe(from(users), select({ n: greatest(users.age, v.integer()) })),
  bitAnd: (v) => pipe(from(users), where(eq(bitAnd(users.id, v.integer()), v.integer()))),
  'cast to bigint': (v) => pipe(from(users), where(gt(cast(users.id, bigint), v.bigint()))),
  'cast to text': (v) => pipe(from(users), where(eq(cast(users.id, text), v.text()))),
  'cast to a decimal': (v) => pipe(from(users), where(gt(cast(users.id, numeric(12, 2)), v.decimal()))),
  isTrue: () => pipe(from(users), where(isTrue(gt(users.age, users.id)))),
})

export const dayFunctions: ReadonlyArray<GoldenStatement> = statements('day function', {
  extract: (v) => pipe(all, where(eq(extract(bills.day, 'year'), v.integer()))),
  'extract a quarter': () => pipe(all, select({ quarter: extract(bills.day, 'quarter') })),
  truncateTo: () => pipe(all, select({ month: truncateTo(bills.day, 'month') })),
  addInterval: (v) => pipe(all, select({ due: addInterval(bills.day, { days: v.integer() }) })),
  daysBetween: (v) => pipe(all, where(gt(daysBetween(bills.day, v.date()), v.integer()))),
  currentDate: () => pipe(all, where(lt(bills.day, currentDate))),
})

export const documentFunctions: ReadonlyArray<GoldenStatement> = statements('document', {
  'jsonPath as text': (v) => pipe(all, where(eq(jsonPath(bills.about, ['to', 'name'], text), v.text()))),
  'jsonPath as a number': (v) => pipe(all, where(gt(jsonPath(bills.about, ['sizes', 1], integer), v.integer()))),
  jsonExists: () => pipe(all, where(jsonExists(bills.about, ['to', 'name']))),
  jsonContains: (v) => pipe(all, where(jsonContains(bills.about, { name: v.text() }))),
  inserted: (v) =>
    insertInto(bills)({
      id: v.integer(),
      day: v.date(),
      price: v.decimal(),
      weight: v.double(),
      about: { name: v.text() },
    }),
})

export const ownSql: ReadonlyArray<GoldenStatement> = statements('own SQL', {
  fn: (v) => pipe(from(users), select({ n: fn('coalesce', integer)(users.age, v.integer()) })),
  'a template': (v) => pipe(from(users), where(sql(boolean)`${users.age} % ${v.integer()} = ${v.integer()}`)),
})

const typed = table('typed', {
  id: pipe(uuid, primaryKey),
  kind: enumeration(['one', 'two']),
  code: varchar(8),
  price: numeric(12, 4),
})

export const typedTables: ReadonlyArray<GoldenStatement> = statements('types', {
  createAll: () => createAll(schema({ bills, typed })),
})
