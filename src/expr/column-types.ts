/**
 * The types of columns: specifications to build on with `pipe`.
 */
import type * as t from 'io-ts'

import { type ColumnSpec, ofType } from './column.js'
import type { Decimal } from './decimal.js'
import * as types from './sql-type.js'
import { fits, isText } from './text-value.js'

// -------------------------------------------------------------------------------------
// numbers
// -------------------------------------------------------------------------------------

/**
 * A 16-bit integer, a JS number.
 *
 * @example
 * import { smallint, table } from 'relvar'
 *
 * const rows = table('rows', { value: smallint })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const smallint: ColumnSpec<number, false, false, never> = ofType(types.smallintType)

/**
 * A 32-bit integer, a JS number.
 *
 * @example
 * import { integer, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert.deepStrictEqual(Object.keys(users), ['id'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const integer: ColumnSpec<number, false, false, never> = ofType(types.integerType)

/**
 * A 64-bit integer, a JS bigint on every engine.
 *
 * @example
 * import { bigint, table } from 'relvar'
 *
 * const rows = table('rows', { value: bigint })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const bigint: ColumnSpec<bigint, false, false, never> = ofType(types.bigintType)

/**
 * A double precision number; NaN and the infinities are refused, since three of the four engines cannot store them.
 *
 * @example
 * import { double, table } from 'relvar'
 *
 * const rows = table('rows', { value: double })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const double: ColumnSpec<number, false, false, never> = ofType(types.doubleType)

/**
 * A number of 32 bits: a value is rounded to the nearest that they hold (`Math.fround`) before it is sent, so that every engine
 * gives the same back.
 *
 * @example
 * import { real, table } from 'relvar'
 *
 * const rows = table('rows', { value: real })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const real: ColumnSpec<number, false, false, never> = ofType(types.realType)

/**
 * A decimal number of `precision` digits, `scale` of them after the point: text, exact, with all digits of its scale (`'1.000'`).
 * A value with more digits than that is refused, unless they are zeros. `decimal(text)` makes one of text from elsewhere.
 *
 * SQLite has no decimals. Up to 18 digits it keeps the units of the last digit as a whole number, so that order and sums are exact;
 * beyond, or with `storedAs: 'text'`, it keeps text, which relvar neither compares nor calculates with there.
 *
 * @throws TypeError where `precision` is no whole number from 1 to 1000, or `scale` none from 0 to `precision`.
 * @example
 * import { numeric, table } from 'relvar'
 *
 * const items = table('items', { price: numeric(10, 2) })
 * assert.deepStrictEqual(Object.keys(items), ['price'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const numeric = (
  precision: number,
  scale = 0,
  options: { readonly storedAs?: 'number' | 'text' } = {},
): ColumnSpec<Decimal, false, false, never> => {
  if (!Number.isInteger(precision) || precision < 1 || precision > 1000)
    throw new TypeError(`numeric(${precision}, ${scale}): the precision is a whole number from 1 to 1000`)
  if (!Number.isInteger(scale) || scale < 0 || scale > precision)
    throw new TypeError(`numeric(${precision}, ${scale}): the scale is a whole number from 0 to the precision`)
  return ofType(types.decimalType(precision, scale, options.storedAs ?? (precision > 18 ? 'text' : 'number')))
}

/**
 * True or false, also on engines that store 1 and 0.
 *
 * @example
 * import { boolean, table } from 'relvar'
 *
 * const rows = table('rows', { value: boolean })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const boolean: ColumnSpec<boolean, false, false, never> = ofType(types.booleanType)

// -------------------------------------------------------------------------------------
// text and bytes
// -------------------------------------------------------------------------------------

/**
 * Text of any length, of any characters that Unicode has, but for NUL.
 *
 * @example
 * import { table, text } from 'relvar'
 *
 * const rows = table('rows', { value: text })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const text: ColumnSpec<string, false, false, never> = ofType(types.textType)

/**
 * Text of at most `length` characters (code points); longer values are refused before they are sent, also on SQLite.
 *
 * @throws TypeError where `length` is no whole number from 1 to 16,383 (the most that MySQL holds in utf8mb4).
 * @example
 * import { table, varchar } from 'relvar'
 *
 * const rows = table('rows', { value: varchar(50) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const varchar = (length: number): ColumnSpec<string, false, false, never> => {
  if (!Number.isInteger(length) || length < 1 || length > 16383)
    throw new TypeError(`varchar(${length}): the length is a whole number from 1 to 16383`)
  return ofType(types.varcharType(length))
}

/**
 * Text of at most `length` characters whose blanks at the end mean nothing: they are left out when it is written and when it is
 * read, on every engine.
 *
 * @throws TypeError where `length` is no whole number from 1 to 255.
 * @example
 * import { char, table } from 'relvar'
 *
 * const rows = table('rows', { value: char(2) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const char = (length: number): ColumnSpec<string, false, false, never> => {
  if (!Number.isInteger(length) || length < 1 || length > 255)
    throw new TypeError(`char(${length}): the length is a whole number from 1 to 255`)
  return ofType(types.charType(length))
}

/**
 * One of some texts; the column's values are their union. Any other is refused before it is sent, and by a CHECK of the table. They
 * compare as text does on every engine.
 *
 * @throws TypeError where there is no member, one twice, or one that is no text of 1 to 255 characters.
 * @example
 * import { enumeration, table } from 'relvar'
 *
 * const orders = table('orders', { state: enumeration(['open', 'paid', 'sent']) })
 * assert.deepStrictEqual(Object.keys(orders), ['state'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const enumeration = <const M extends string>(members: ReadonlyArray<M>): ColumnSpec<M, false, false, never> => {
  const wrong = members.find((m) => !isText(m) || m === '' || !fits(m, 255))
  if (members.length === 0 || wrong !== undefined || new Set(members).size !== members.length)
    throw new TypeError('enumeration: the members are texts of 1 to 255 characters, at least one and each once')
  return ofType(types.enumerationType(members))
}

/**
 * A UUID as text in lower case; it is read in any case, with dashes or without. UUIDs have the order of their bytes.
 *
 * @example
 * import { table, uuid } from 'relvar'
 *
 * const rows = table('rows', { value: uuid })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const uuid: ColumnSpec<string, false, false, never> = ofType(types.uuidType)

/**
 * Bytes of any number, a `Uint8Array`.
 *
 * @example
 * import { binary, table } from 'relvar'
 *
 * const rows = table('rows', { value: binary })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const binary: ColumnSpec<Uint8Array, false, false, never> = ofType(types.binaryType(null))

/**
 * At most `length` bytes: what a key or an index of MySQL and MariaDB needs.
 *
 * @throws TypeError where `length` is no whole number from 1 to 65,535.
 * @example
 * import { table, varbinary } from 'relvar'
 *
 * const rows = table('rows', { value: varbinary(16) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const varbinary = (length: number): ColumnSpec<Uint8Array, false, false, never> => {
  if (!Number.isInteger(length) || length < 1 || length > 65535)
    throw new TypeError(`varbinary(${length}): the length is a whole number from 1 to 65535`)
  return ofType(types.binaryType(length))
}

// -------------------------------------------------------------------------------------
// times
// -------------------------------------------------------------------------------------

/**
 * A day, `2012-10-15`, without a time zone.
 *
 * @example
 * import { date, table } from 'relvar'
 *
 * const rows = table('rows', { value: date })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const date: ColumnSpec<string, false, false, never> = ofType(types.dateType)

/**
 * A time of day without a zone, `12:57:18.000396`: six digits are always there.
 *
 * @example
 * import { table, time } from 'relvar'
 *
 * const rows = table('rows', { value: time })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const time: ColumnSpec<string, false, false, never> = ofType(types.timeType)

/**
 * A local date and time without a zone, `2012-10-15T12:57:18.000396`: what a clock on a wall says, which no zone moves.
 *
 * @example
 * import { table, timestamp } from 'relvar'
 *
 * const rows = table('rows', { value: timestamp })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const timestamp: ColumnSpec<string, false, false, never> = ofType(types.timestampType)

/**
 * An instant, `2012-10-15T12:57:18.000396Z`: read as UTC with six digits, written in any zone.
 *
 * @example
 * import { table, timestamptz } from 'relvar'
 *
 * const rows = table('rows', { value: timestamptz })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const timestamptz: ColumnSpec<string, false, false, never> = ofType(types.timestamptzType)

/**
 * A length of time as ISO 8601 text, `P1Y2M3DT4H5M6.5S`. Months, days and seconds do not turn into each other, so intervals have no
 * order and are not compared: a month is no number of days.
 *
 * @example
 * import { interval, table } from 'relvar'
 *
 * const rows = table('rows', { value: interval })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const interval: ColumnSpec<string, false, false, never> = ofType(types.intervalType)

// -------------------------------------------------------------------------------------
// documents
// -------------------------------------------------------------------------------------

/**
 * A JSON document, checked by an io-ts codec when it is written and when it is read.
 *
 * @example
 * import * as t from 'io-ts'
 * import { json, table, text } from 'relvar'
 *
 * const events = table('events', { name: text, payload: json(t.type({ size: t.number })) })
 * assert.deepStrictEqual(Object.keys(events), ['name', 'payload'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const json = <A>(codec: t.Type<A, unknown, unknown>): ColumnSpec<A, false, false, never> =>
  ofType(types.jsonType(codec))
