/**
 * From what drivers give to values. Drivers are told to convert as little as they can; what they give differs all the same, so
 * each decoder takes the forms of all of them, the most frequent first.
 */
import { isLeft, isRight } from 'fp-ts/lib/Either.js'

import { instantFromText, isIsoDate } from '../expr/calendar.js'
import { fits, isBigInt, type SqlType } from '../expr/sql-type.js'

/** What a decoder gives for a value that is not what the type says. */
export const bad: unique symbol = Symbol('relvar/bad')

/** From one raw value to a value, or `bad`. */
export type Decode = (raw: unknown) => unknown

const wholeText = /^-?\d+$/
const decimalText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const integer: Decode = (raw) => {
  if (typeof raw === 'number') return Number.isInteger(raw) ? within(raw) : bad
  if (typeof raw === 'string') return wholeText.test(raw) ? within(Number(raw)) : bad
  return typeof raw === 'bigint' ? within(Number(raw)) : bad
}

const within = (n: number): unknown => (n >= -2147483648 && n <= 2147483647 ? n + 0 : bad)

const bigint: Decode = (raw) => {
  if (typeof raw === 'bigint') return raw
  if (typeof raw === 'string') return wholeText.test(raw) ? checked(BigInt(raw)) : bad
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? BigInt(raw) : bad
}

const checked = (n: bigint): unknown => (isBigInt(n) ? n : bad)

const double: Decode = (raw) => {
  if (typeof raw === 'number') return finite(raw)
  if (typeof raw === 'string' && decimalText.test(raw)) return finite(Number(raw))
  return typeof raw === 'bigint' ? Number(raw) : bad
}

// Zero has no sign: engines do not agree whether they keep it.
const finite = (n: number): unknown => (Number.isFinite(n) ? n + 0 : bad)

const count: Decode = (raw) => {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? raw : bad
  const n = typeof raw === 'bigint' || (typeof raw === 'string' && wholeText.test(raw)) ? Number(raw) : Number.NaN
  return Number.isSafeInteger(n) ? n : bad
}

const numeric: Decode = (raw) => {
  if (typeof raw === 'string') return /^-?\d+(\.\d+)?$/.test(raw) ? raw : bad
  if (typeof raw === 'bigint') return String(raw)
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? String(raw) : bad
}

const boolean: Decode = (raw) => {
  if (raw === 1 || raw === 't' || raw === true || raw === 1n || raw === '1' || raw === 'true') return true
  if (raw === 0 || raw === 'f' || raw === false || raw === 0n || raw === '0' || raw === 'false') return false
  return bad
}

const text: Decode = (raw) => (typeof raw === 'string' ? raw : bad)

const varchar =
  (length: number): Decode =>
  (raw) =>
    typeof raw === 'string' && fits(raw, length) ? raw : bad

const date: Decode = (raw) => (isIsoDate(raw) ? raw : bad)

// The one spelling, of a day that every month has.
const plainInstant = /^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{6}Z$/

const instant: Decode = (raw) => {
  if (typeof raw !== 'string') return bad
  // SQLite keeps the one spelling; PostgreSQL adds `+00`; MySQL and MariaDB have no zone and are told that it is UTC.
  if (plainInstant.test(raw)) return raw
  const zoned = instantFromText(/[Z+-]\d{0,2}(:?\d{2})?$/.test(raw.slice(19)) ? raw : `${raw}Z`)
  return isRight(zoned) ? zoned.right : bad
}

const json =
  (type: SqlType<unknown>): Decode =>
  (raw) => {
    if (typeof raw !== 'string') return bad
    try {
      const decoded = type.decoder.decode(JSON.parse(raw))
      return isLeft(decoded) ? bad : decoded.right
    } catch {
      // No JSON, or the caller's codec threw: the document is not what the schema says.
      return bad
    }
  }

/** The decoder of a type. */
export const decoderOf = (type: SqlType<unknown>): Decode => {
  switch (type._tag) {
    case 'Integer':
      return integer
    case 'BigInt':
      return bigint
    case 'Double':
      return double
    case 'Count':
      return count
    case 'Numeric':
      return numeric
    case 'Boolean':
      return boolean
    case 'Varchar':
      return type.length === null ? text : varchar(type.length)
    case 'Text':
      return text
    case 'Date':
      return date
    case 'TimestampTz':
      return instant
    case 'Json':
      return json(type)
  }
}
