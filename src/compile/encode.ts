/**
 * From values to what drivers take. A value that a column cannot hold exactly is refused before anything is sent.
 */
import { isRight } from 'fp-ts/lib/Either.js'

import { instantFromText, isIsoDate } from '../expr/calendar.js'
import { fits, isBigInt, isDouble, isInteger, isText, type SqlType } from '../expr/sql-type.js'
import { type Encode, type Refused, refused } from './sql.js'
import type { Wire } from './statement.js'

/** A short picture of a value for a message; text is cut, so that no document ends up in a log. */
export const showValue = (value: unknown): string => {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return String(value)
  if (value === undefined) return 'undefined'
  if (typeof value === 'symbol') return 'nothing'
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`
}

const no = (value: unknown, wanted: string): Refused => refused(`${showValue(value)} is ${wanted}`)

export const integer =
  (wire: (n: number) => Wire): Encode =>
  (value) =>
    isInteger(value) ? wire(value) : no(value, 'no 32-bit integer')

export const bigint =
  (wire: (n: bigint) => Wire): Encode =>
  (value) =>
    isBigInt(value) ? wire(value) : no(value, 'no 64-bit bigint')

/** Zero has no sign: engines do not agree whether they keep it. */
export const double: Encode = (value) => (isDouble(value) ? value + 0 : no(value, 'no finite number'))

export const boolean =
  (wire: (b: boolean) => Wire): Encode =>
  (value) =>
    typeof value === 'boolean' ? wire(value) : no(value, 'neither true nor false')

export const text: Encode = (value) =>
  isText(value) ? value : no(value, typeof value === 'string' ? 'text with a NUL or a lone surrogate' : 'no text')

export const varchar =
  (length: number): Encode =>
  (value) =>
    isText(value) && !fits(value, length) ? no(value, `longer than ${length} characters`) : text(value)

export const date: Encode = (value) => (isIsoDate(value) ? value : no(value, 'no day such as 2012-10-15'))

export const instant =
  (wire: (iso: string) => Wire): Encode =>
  (value) => {
    if (typeof value !== 'string') return no(value, 'no instant such as 2012-10-15T12:57:18Z')
    const iso = instantFromText(value)
    return isRight(iso) ? wire(iso.right) : refused(`${showValue(value)} ${iso.left}`)
  }

export const decimal: Encode = (value) =>
  typeof value === 'string' && /^-?\d+$/.test(value) ? value : no(value, 'no whole number as text such as "1250"')

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

/** What JSON.stringify would leave out or change without a word. */
const unwritable = (_: string, value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${value} is no JSON number`)
  if (typeof value === 'function' || typeof value === 'symbol') throw new TypeError('no JSON')
  return value
}

/** A document by its codec, then as text. What JSON cannot say, or no engine keeps, is refused. */
export const json =
  (type: SqlType<unknown>): Encode =>
  (value) => {
    try {
      const written: unknown = JSON.stringify(type.encode(value), unwritable)
      if (typeof written !== 'string') return no(value, 'no JSON document')
      if (unstorable.test(written)) return refused('a text inside the document has a NUL or a lone surrogate')
      // What is read back must be a value of the column, or the row could not be read again.
      return isRight(type.decoder.decode(JSON.parse(written))) ? written : no(value, `no ${type.decoder.name}`)
    } catch {
      // A codec, a getter or a cycle of the caller's threw: the value is none that the column takes.
      return no(value, `no ${type.decoder.name}`)
    }
  }
