/**
 * From what drivers give to values. Drivers are told to convert as little as they can; what they give differs all the same, so
 * each decoder takes the forms of all of them, the most frequent first.
 */
import { isLeft, isRight } from 'fp-ts/lib/Either.js'

import { instantFromText, isIsoDate, timeFromText, timestampFromText } from '../expr/calendar.js'
import { decimalText, decimalUnits } from '../expr/decimal.js'
import { intervalFromText } from '../expr/interval.js'
import { isBigInt, isSmallInt, isUnsigned, isUnsignedBigInt } from '../expr/number-value.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { fits, trimmed, uuidFromText } from '../expr/text-value.js'
import { arrayFromText } from './array-text.js'

/** What a decoder gives for a value that is not what the type says. */
export const bad: unique symbol = Symbol('relvar/bad')

/** From one raw value to a value, or `bad`. */
export type Decode = (raw: unknown) => unknown

const wholeText = /^-?\d+$/
const numberText = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

const integer: Decode = (raw) => {
  if (typeof raw === 'number') return Number.isInteger(raw) ? within(raw) : bad
  if (typeof raw === 'string') return wholeText.test(raw) ? within(Number(raw)) : bad
  return typeof raw === 'bigint' ? within(Number(raw)) : bad
}

const within = (n: number): unknown => (n >= -2147483648 && n <= 2147483647 ? n + 0 : bad)

/** A whole number in a smaller range. */
const wholeThat =
  (holds: (u: unknown) => u is number): Decode =>
  (raw) => {
    const n = typeof raw === 'number' ? raw : count(raw)
    return holds(n) ? n + 0 : bad
  }

const smallint = wholeThat(isSmallInt)

const bigint: Decode = (raw) => {
  if (typeof raw === 'bigint') return checked(raw)
  if (typeof raw === 'string') return wholeText.test(raw) ? checked(BigInt(raw)) : bad
  return typeof raw === 'number' && Number.isSafeInteger(raw) ? BigInt(raw) : bad
}

const checked = (n: bigint): unknown => (isBigInt(n) ? n : bad)

const unsignedBigint: Decode = (raw) => {
  const n = typeof raw === 'string' && wholeText.test(raw) ? BigInt(raw) : bigintOf(raw)
  return isUnsignedBigInt(n) ? n : bad
}

const bigintOf = (raw: unknown): unknown => (typeof raw === 'number' && Number.isSafeInteger(raw) ? BigInt(raw) : raw)

const double: Decode = (raw) => {
  if (typeof raw === 'number') return finite(raw)
  if (typeof raw === 'string' && numberText.test(raw)) return finite(Number(raw))
  return typeof raw === 'bigint' ? Number(raw) : bad
}

// Zero has no sign: engines do not agree whether they keep it.
const finite = (n: number): unknown => (Number.isFinite(n) ? n + 0 : bad)

const count: Decode = (raw) => {
  if (typeof raw === 'number') return Number.isSafeInteger(raw) ? raw : bad
  const n = typeof raw === 'bigint' || (typeof raw === 'string' && wholeText.test(raw)) ? Number(raw) : Number.NaN
  return Number.isSafeInteger(n) ? n : bad
}

/** Text is the number itself; an integer is its units, as SQLite keeps it. */
const numeric = ({ precision, scale }: SqlType<unknown>): Decode => {
  const beyond = precision === null ? null : 10n ** BigInt(precision)
  const plain = new RegExp(scale === 0 ? '^(?:0|-?[1-9]\\d*)$' : `^-?(?:0|[1-9]\\d*)\\.\\d{${scale}}$`)
  return (raw) => {
    if (typeof raw === 'string') {
      if (precision === null && plain.test(raw) && !raw.startsWith('-0')) return raw
      const units = decimalUnits(raw, precision, scale)
      return isRight(units) ? decimalText(units.right, scale) : bad
    }
    const units = typeof raw === 'number' && Number.isSafeInteger(raw) ? BigInt(raw) : raw
    return typeof units === 'bigint' && (beyond === null || (units < beyond && -units < beyond))
      ? decimalText(units, scale)
      : bad
  }
}

/** The double that 32 bits stand for: engines spell it with the fewest digits. */
const real: Decode = (raw) => {
  const n = double(raw)
  return typeof n === 'number' ? finite(Math.fround(n)) : bad
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

/** Blanks at the end of a CHAR are its padding. */
const char =
  (length: number | null): Decode =>
  (raw) => {
    const kept = typeof raw === 'string' ? trimmed(raw) : bad
    return kept === bad || (length !== null && !fits(kept, length)) ? bad : kept
  }

const oneOf =
  (members: ReadonlyArray<string>): Decode =>
  (raw) =>
    typeof raw === 'string' && members.includes(raw) ? raw : bad

const uuid: Decode = (raw) => {
  const read = typeof raw === 'string' ? uuidFromText(raw) : null
  return read !== null && isRight(read) ? read.right : bad
}

/** PostgreSQL gives hex text, the others bytes; a Buffer is a Uint8Array that compares unlike one. */
const binary =
  (length: number | null): Decode =>
  (raw) => {
    const bytes = raw instanceof Uint8Array ? new Uint8Array(raw) : typeof raw === 'string' ? bytesFromHex(raw) : null
    return bytes === null || (length !== null && bytes.length > length) ? bad : bytes
  }

const hexText = /^\\x(?:[0-9a-f]{2})*$/i

const bytesFromHex = (text: string): Uint8Array | null =>
  hexText.test(text) ? Uint8Array.from(text.slice(2).match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : null

const spelled =
  (read: typeof timeFromText): Decode =>
  (raw) => {
    const one = typeof raw === 'string' ? read(raw) : null
    return one !== null && isRight(one) ? one.right : bad
  }

const time = spelled(timeFromText)
const timestamp = spelled(timestampFromText)
const interval = spelled(intervalFromText)

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

/** The decoder of what an engine knows of a type. */
const plainDecoder = (type: SqlType<unknown>): Decode => {
  switch (type._tag) {
    case 'SmallInt':
      return smallint
    case 'Integer':
      return integer
    case 'BigInt':
      return bigint
    case 'Unsigned':
      return wholeThat(isUnsigned(type.length ?? 32))
    case 'UnsignedBigInt':
      return unsignedBigint
    case 'Real':
      return real
    case 'Double':
      return double
    case 'Count':
      return count
    case 'Numeric':
      return numeric(type)
    case 'Boolean':
      return boolean
    case 'Char':
      return char(type.length)
    case 'Varchar':
      return type.length === null ? text : varchar(type.length)
    case 'Text':
      return text
    case 'Enumeration':
      return oneOf(type.members)
    case 'Uuid':
      return uuid
    case 'Binary':
      return binary(type.length)
    case 'Date':
      return date
    case 'Time':
      return time
    case 'Timestamp':
      return timestamp
    case 'TimestampTz':
      return instant
    case 'Interval':
      return interval
    case 'Json':
      return json(type)
    case 'Array':
      return array(type)
  }
}

/** The elements of PostgreSQL's text of an array. */
const array = ({ element, elementNullable }: SqlType<unknown>): Decode => {
  if (element === null) return () => bad
  const depth = dimensions(element)
  const decode = decoderOf(innermost(element))
  const all = (parsed: unknown, level: number): unknown => {
    if (level > 0) return Array.isArray(parsed) ? each(parsed, (e) => all(e, level - 1)) : bad
    if (parsed === null) return leafNullable(element, elementNullable) ? null : bad
    return decode(parsed)
  }
  return (raw) => {
    const parsed = typeof raw === 'string' ? arrayFromText(raw) : null
    if (parsed === null) return bad
    return parsed.length === 0 ? [] : all(parsed, depth)
  }
}

const each = (list: ReadonlyArray<unknown>, f: (e: unknown) => unknown): unknown => {
  const made = list.map(f)
  return made.includes(bad) ? bad : made
}

/** How many arrays are around an element of an array of `element`. */
const dimensions = (element: SqlType<unknown>): number =>
  element._tag === 'Array' && element.element !== null ? 1 + dimensions(element.element) : 1

const innermost = (element: SqlType<unknown>): SqlType<unknown> =>
  element._tag === 'Array' && element.element !== null ? innermost(element.element) : element

const leafNullable = (element: SqlType<unknown>, own: boolean): boolean =>
  element._tag === 'Array' && element.element !== null ? leafNullable(element.element, element.elementNullable) : own

/** The decoder of a type: what the engine gives, then what stands over it. */
export const decoderOf = (type: SqlType<unknown>): Decode => {
  const below = plainDecoder(plainOf(type))
  return type.refinement === null ? below : refined(type.refinement.codec, below)
}

/** A codec of the caller's over decoded values; what it does not take is not what the schema says. */
const refined =
  (codec: Pick<SqlType<unknown>['decoder'], 'decode'>, below: Decode): Decode =>
  (raw) => {
    const base = below(raw)
    if (base === bad) return bad
    try {
      const decoded = codec.decode(base)
      return isLeft(decoded) ? bad : decoded.right
    } catch {
      return bad
    }
  }
