/**
 * The tables of the statements in this folder: what the golden statements' tables have not.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  array,
  asDate,
  bigint,
  binary,
  boolean,
  char,
  type ColumnSpec,
  date,
  double,
  enumeration,
  integer,
  interval,
  json,
  nullable,
  numeric,
  primaryKey,
  real,
  serialized,
  smallint,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  unsigned,
  uuid,
  varbinary,
  varchar,
} from '../../../src/index.js'

export const bills = table('bills', {
  id: pipe(integer, primaryKey),
  day: date,
  at: timestamptz,
  noted: timestamp,
  price: numeric(10, 2),
  weight: double,
  about: json(t.unknown),
})

export const lists = table('lists', { id: pipe(integer, primaryKey), tags: array(text) })

/** A table whose columns may all be null. */
export const loose = table('loose', { word: pipe(text, nullable), userId: pipe(integer, nullable) })

/** The types of columns, as they are written. */
export const types: Readonly<Record<string, ColumnSpec<unknown>>> = {
  smallint,
  integer,
  bigint,
  'pipe(smallint, unsigned)': pipe(smallint, unsigned),
  'pipe(integer, unsigned)': pipe(integer, unsigned),
  'pipe(bigint, unsigned)': pipe(bigint, unsigned),
  real,
  double,
  'numeric(18, 2)': numeric(18, 2),
  'numeric(30, 2)': numeric(30, 2),
  boolean,
  'char(8)': char(8),
  'varchar(8)': varchar(8),
  text,
  "enumeration(['a', 'b'])": enumeration(['a', 'b']),
  uuid,
  binary,
  'varbinary(8)': varbinary(8),
  date,
  time,
  timestamp,
  timestamptz,
  'pipe(timestamptz, asDate)': pipe(timestamptz, asDate),
  interval,
  'json(codec)': json(t.unknown),
  'serialized(codec)': serialized(t.unknown),
  'array(text)': array(text),
}
