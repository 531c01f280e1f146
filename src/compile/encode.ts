/**
 * From values to what drivers take. A value that a column cannot hold exactly is refused before anything is sent.
 */
import { type Either, isRight } from 'fp-ts/lib/Either.js'

import { instantFromText, isIsoDate, timeFromText, timestampFromText } from '../expr/calendar.js'
import { decimalText, decimalUnits } from '../expr/decimal.js'
import { intervalFromText } from '../expr/interval.js'
import { documentText } from '../expr/json-text.js'
import {
  isBigInt,
  isDouble,
  isInteger,
  isReal,
  isSmallInt,
  isUnsigned,
  isUnsignedBigInt,
} from '../expr/number-value.js'
import type { SqlType } from '../expr/sql-type.js'
import { fits, isText, trimmed, uuidFromText } from '../expr/text-value.js'
import { type Encode, type Refused, refused } from './sql.js'
import type { Wire } from './statement.js'

/** A short picture of a value for a message; text is cut, so that no document ends up in a log. */
export const showValue = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (value === undefined) return 'undefined'
  if (typeof value === 'symbol') return 'nothing'
  return kindOf(value)
}

/** A proxy may throw at any question. */
const kindOf = (value: unknown): string => {
  try {
    if (Array.isArray(value)) return 'an array'
    return value instanceof Uint8Array ? `${value.length} bytes` : `a value of type ${typeof value}`
  } catch {
    return 'an object'
  }
}

/** Bytes, and nothing that only has their prototype: it has no length that could be asked for. */
const isBytes = (value: unknown): value is Uint8Array => ArrayBuffer.isView(value) && value instanceof Uint8Array

const no = (value: unknown, wanted: string): Refused => refused(`${showValue(value)} is ${wanted}`)

export const smallint =
  (wire: (n: number) => Wire): Encode =>
  (value) =>
    isSmallInt(value) ? wire(value) : no(value, 'no 16-bit integer')

export const integer =
  (wire: (n: number) => Wire): Encode =>
  (value) =>
    isInteger(value) ? wire(value) : no(value, 'no 32-bit integer')

export const bigint =
  (wire: (n: bigint) => Wire): Encode =>
  (value) =>
    isBigInt(value) ? wire(value) : no(value, 'no 64-bit bigint')

export const unsigned = (bits: number, wire: (n: number) => Wire): Encode => {
  const holds = isUnsigned(bits)
  return (value) => (holds(value) ? wire(value) : no(value, `no whole number from 0 to ${2 ** bits - 1}`))
}

export const unsignedBigint =
  (wire: (n: bigint) => Wire): Encode =>
  (value) =>
    isUnsignedBigInt(value) ? wire(value) : no(value, 'no bigint from 0 to 18446744073709551615')

/** Zero has no sign: engines do not agree whether they keep it. */
export const double: Encode = (value) => (isDouble(value) ? value + 0 : no(value, 'no finite number'))

/** Rounded to what 32 bits hold, as every engine would. */
export const real: Encode = (value) =>
  isReal(value) ? Math.fround(value) + 0 : no(value, 'no number that 32 bits hold')

export const boolean =
  (wire: (b: boolean) => Wire): Encode =>
  (value) =>
    typeof value === 'boolean' ? wire(value) : no(value, 'neither true nor false')

export const text: Encode = (value) =>
  isText(value) ? value : no(value, typeof value === 'string' ? 'text with a NUL or a lone surrogate' : 'no text')

export const varchar =
  (length: number): Encode =>
  (value) =>
    !isText(value) ? text(value) : fits(value, length) ? value : no(value, `longer than ${length} characters`)

export const date: Encode = (value) => (isIsoDate(value) ? value : no(value, 'no day such as 2012-10-15'))

/** Text that one function gives its one spelling. */
const spelled =
  (wanted: string, read: (text: string) => Either<string, string>) =>
  (wire: (text: string) => Wire): Encode =>
  (value) => {
    if (typeof value !== 'string') return no(value, wanted)
    const one = read(value)
    return isRight(one) ? wire(one.right) : refused(`${showValue(value)} ${one.left}`)
  }

export const instant = spelled('no instant such as 2012-10-15T12:57:18Z', instantFromText)
export const time = spelled('no time such as 12:57:18', timeFromText)
export const timestamp = spelled('no local date-time such as 2012-10-15T12:57:18', timestampFromText)
export const interval = spelled('no ISO 8601 interval such as "P1Y2M3DT4H"', intervalFromText)
export const uuid = spelled('no UUID as text', uuidFromText)

/** A decimal in its column's scale; `wire` takes its spelling and its units. */
export const decimal =
  (type: SqlType<unknown>, wire: (text: string, units: bigint) => Wire | Refused): Encode =>
  (value) => {
    if (typeof value !== 'string') return no(value, 'no decimal number as text such as "12.50"')
    const units = decimalUnits(value, type.precision, type.scale)
    return isRight(units)
      ? wire(decimalText(units.right, type.scale), units.right)
      : refused(`${showValue(value)} ${units.left}`)
  }

/** Text without the blanks at its end, which no engine's CHAR keeps. */
export const char =
  (length: number | null): Encode =>
  (value) =>
    typeof value === 'string' ? (length === null ? text : varchar(length))(trimmed(value)) : text(value)

export const oneOf =
  (members: ReadonlyArray<string>): Encode =>
  (value) =>
    typeof value === 'string' && members.includes(value)
      ? value
      : no(value, `none of ${members.map((m) => JSON.stringify(m)).join(', ')}`)

/** Bytes; `wire` says how they travel. */
export const binary =
  (length: number | null, wire: (bytes: Uint8Array) => Wire): Encode =>
  (value) => {
    if (!isBytes(value)) return no(value, 'no Uint8Array')
    return length !== null && value.length > length ? no(value, `longer than ${length} bytes`) : wire(value)
  }

/** Whole numbers that a JS number holds exactly: what counts and sums are compared with. */
export const count =
  (wire: (n: number) => Wire): Encode =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) ? wire(value) : no(value, 'no whole number up to 2^53')

/** Whole numbers from 0: what LIMIT and OFFSET take. */
export const rowCount =
  (wire: (n: number) => Wire): Encode =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? wire(value)
      : no(value, 'no whole number from 0')

// JSON.stringify writes these escapes for a NUL and for a lone surrogate; a backslash of the text itself is doubled before.
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

const isRefused = (wire: Wire | Refused): wire is Refused => typeof wire === 'object' && wire !== null && '_tag' in wire

/** What a codec of the user's makes of a value, then as the type below it. Of a secret that is refused nothing is told. */
export const refined = (type: SqlType<unknown>, below: Encode): Encode =>
  type.secretOf === null ? throughCodec(type, below) : untold(throughCodec(type, below))

const untold =
  (encode: Encode): Encode =>
  (value) => {
    const wire = encode(value)
    return isRefused(wire) ? refused('the secret value is none that can stand here') : wire
  }

const throughCodec = ({ refinement }: SqlType<unknown>, below: Encode): Encode => {
  if (refinement === null) return below
  const { codec } = refinement
  return (value) => {
    try {
      if (!codec.is(value)) return no(value, `no ${codec.name}`)
      const base = codec.encode(value)
      const wire = below(base)
      return isRefused(wire) ? refused(`${codec.name}: ${wire.reason}`) : wire
    } catch {
      // The codec is the caller's; one that throws takes no such value.
      return no(value, `no ${codec.name}`)
    }
  }
}

/** A document by its codec, then as text. What JSON cannot say, or no engine keeps, is refused. */
export const json =
  (type: SqlType<unknown>): Encode =>
  (value) => {
    try {
      const written = documentText(type.encode(value))
      if (unstorable.test(written)) return refused('a text inside the document has a NUL or a lone surrogate')
      // What is read back must be a value of the column, or the row could not be read again.
      return isRight(type.decoder.decode(JSON.parse(written))) ? written : no(value, `no ${type.decoder.name}`)
    } catch {
      // A codec, a getter or a cycle of the caller's threw: the value is none that the column takes.
      return no(value, `no ${type.decoder.name}`)
    }
  }
