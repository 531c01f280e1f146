// The tables that hostile input is given to, and those that nothing of it may touch.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  array,
  asDate,
  bigint,
  binary,
  boolean,
  date,
  double,
  enumeration,
  integer,
  interval,
  json,
  nullable,
  numeric,
  primaryKey,
  references,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
} from '../../src/index.js'
import type { ColumnName } from './inputs.js'

/** One table for each type of column: the value that is tried, and the number of the try. */
const of = {
  text,
  json: json(t.unknown),
  integer,
  smallint,
  bigint,
  double,
  numeric: numeric(18, 4),
  binary,
  date,
  time,
  timestamptz,
  instant: pipe(timestamptz, asDate),
  enumeration: enumeration(['user', 'admin']),
}

const id = pipe(integer, primaryKey)

export const valueTables = {
  text: table('h_text', { id, v: of.text }),
  json: table('h_json', { id, v: of.json }),
  integer: table('h_integer', { id, v: of.integer }),
  smallint: table('h_smallint', { id, v: of.smallint }),
  bigint: table('h_bigint', { id, v: of.bigint }),
  double: table('h_double', { id, v: of.double }),
  numeric: table('h_numeric', { id, v: of.numeric }),
  binary: table('h_binary', { id, v: of.binary }),
  date: table('h_date', { id, v: of.date }),
  time: table('h_time', { id, v: of.time }),
  timestamptz: table('h_timestamptz', { id, v: of.timestamptz }),
  instant: table('h_instant', { id, v: of.instant }),
  enumeration: table('h_enumeration', { id, v: of.enumeration }),
}

/** Dates are of a column whose values are Dates. */
export const tableFor = (column: ColumnName, value: unknown): (typeof valueTables)[keyof typeof valueTables] => {
  const isDate = column === 'timestamptz' && Object.prototype.toString.call(value) === '[object Date]'
  return valueTables[isDate ? 'instant' : column]
}

/** A column of each type, in which two rows stand; nothing changes them. */
export const all = table('h_all', {
  id,
  text,
  json: json(t.unknown),
  integer,
  smallint,
  bigint,
  double,
  numeric: numeric(18, 4),
  binary,
  date,
  time,
  timestamp,
  timestamptz,
  enumeration: enumeration(['user', 'admin']),
  flag: pipe(boolean, nullable),
  lasts: interval,
})

/** Only PostgreSQL and memory keep arrays. */
export const lists = table('h_lists', { id, tags: array(text) })
export const listRows = [
  { id: 1, tags: ['a', 'b'] },
  { id: 2, tags: [] },
]

/** What ways write into; emptied before each of them. */
export const scratch = table('h_scratch', {
  id,
  text: pipe(text, nullable),
  integer: pipe(integer, nullable),
  json: pipe(json(t.unknown), nullable),
})

export const notes = table('h_notes', { id, allId: pipe(integer, references(all.id)), body: text })

const row = {
  text: 'ed',
  json: { a: { b: 1 }, k: [1, 2] },
  integer: 7,
  smallint: 7,
  bigint: 7n,
  double: 0.5,
  numeric: '7.0000',
  binary: Uint8Array.of(1, 2),
  date: '2020-02-29',
  time: '12:57:18.000000',
  timestamp: '2012-10-15T12:57:18.000000',
  timestamptz: '2012-10-15T12:57:18.000000Z',
  enumeration: 'user' as const,
  flag: null,
  lasts: 'P1DT2H',
}
export const allRows = [
  { id: 1, ...row },
  { id: 2, ...row, text: 'wendy', integer: -1 },
]
export const noteRows = [{ id: 1, allId: 1, body: 'of ed' }]
