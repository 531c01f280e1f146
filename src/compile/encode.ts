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

export const double: Encode = (value) => (isDouble(value) ? value : no(value, 'no finite number'))

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
  typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? value : no(value, 'no decimal number such as "12.50"')

/** Whole numbers from 0: what LIMIT and OFFSET take. */
export const rowCount =
  (wire: (n: number) => Wire): Encode =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
      ? wire(value)
      : no(value, 'no whole number from 0')

/** A document by its codec, then as text. What JSON cannot say, or no engine keeps, is refused. */
export const json =
  (type: SqlType<unknown>): Encode =>
  (value) => {
    try {
      if (!isRight(type.decoder.decode(type.encode(value)))) return no(value, `no ${type.decoder.name}`)
      const written: unknown = JSON.stringify(type.encode(value))
      if (typeof written !== 'string') return no(value, 'no JSON document')
      return isText(written) && !/\\u0000|\\ud[89a-f]/i.test(written)
        ? written
        : refused('a text inside the document has a NUL or a lone surrogate')
    } catch {
      // A codec, a getter or a cycle of the caller's threw: the value is none that the column takes.
      return no(value, `no ${type.decoder.name}`)
    }
  }
