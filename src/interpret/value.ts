/**
 * Values in memory: their order, and the key under which equal ones meet.
 */
import { atScale, decimalText, parseDecimal } from '../expr/decimal.js'
import type { SqlType } from '../expr/sql-type.js'

/** A row of a source: all of its columns by key. */
export type Row = Readonly<Record<string, unknown>>

/** Puts a column into a row that is being made: `__proto__`, assigned, would change what the row is. */
export const put = (row: Record<string, unknown>, key: string, value: unknown): void => {
  if (key === '__proto__')
    Object.defineProperty(row, key, { value, enumerable: true, writable: true, configurable: true })
  else row[key] = value
}

/** A document that is null: inside the interpreter a value like any other, and null where a row leaves. */
export const nullDocument: unique symbol = Symbol('the document null')

/** Below zero where `a` comes first; text by code point, false before true. */
export type Comparator = (a: unknown, b: unknown) => number

const plain = <A extends string | number | bigint | boolean>(a: A, b: A): number => (a < b ? -1 : a > b ? 1 : 0)

const surrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

/** By code point, as UTF-8 bytes compare: UTF-16 units put what is beyond U+FFFF before U+E000. */
export const compareText = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)]
    if (x !== y) return surrogate(x) === surrogate(y) ? x - y : surrogate(x) ? 1 : -1
  }
  return a.length - b.length
}

/** A decimal number as an integer of `scale` digits after the point. */
const scaled = (text: string, scale: number): bigint => {
  const [whole = '0', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(scale, '0'))
}

const fractionLength = (text: string): number =>
  text.length - (text.includes('.') ? text.indexOf('.') + 1 : text.length)

const compareDecimals = (a: string, b: string): number => {
  const scale = Math.max(fractionLength(a), fractionLength(b))
  return plain(scaled(a, scale), scaled(b, scale))
}

const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at < 0 || at >= b.length ? a.length - b.length : plain(a[at] ?? 0, b[at] ?? 0)
}

const leaves = (array: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  array.flatMap((e: unknown) => (Array.isArray(e) ? leaves(e) : [e]))

const leafType = (type: SqlType<unknown>): SqlType<unknown> => (type.element === null ? type : leafType(type.element))

const depth = (e: unknown): number => (Array.isArray(e) && e.length > 0 ? 1 + depth(e[0]) : 0)

/** As PostgreSQL does: element by element, a null after all others; then the shorter first, then by their rows. */
const compareArrays = (type: SqlType<unknown>, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): number => {
  const compare = ordered(leafType(type), 'asc', 'last')
  const [x, y] = [leaves(a), leaves(b)]
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const sign = compare(x[i], y[i])
    if (sign !== 0) return sign
  }
  return x.length - y.length || depth(a) - depth(b) || a.length - b.length
}

/** A decimal in the spelling of its type: one that stands among others of more digits has the digits of all. */
export const settled = (type: SqlType<unknown>, value: unknown): unknown => {
  if (type._tag !== 'Numeric' || typeof value !== 'string') return value
  const parsed = parseDecimal(value)
  const units = parsed === null ? null : atScale(parsed, type.scale)
  return units === null ? value : decimalText(units, type.scale)
}

/** The key of a value by its type: two decimals are one number however many digits each shows. */
export const typedKey =
  (type: SqlType<unknown>) =>
  (value: unknown): string => {
    const parsed = type._tag === 'Numeric' && typeof value === 'string' ? parseDecimal(value) : null
    return parsed === null ? keyOf(value) : `d${parsed.units}e${parsed.scale}`
  }

/** How values of a type compare; neither is null. */
export const comparatorOf =
  (type: SqlType<unknown>): Comparator =>
  (a, b) => {
    if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b)
    if (Array.isArray(a) && Array.isArray(b)) return compareArrays(type, a, b)
    if (typeof a === 'string' && typeof b === 'string')
      return type._tag === 'Numeric' ? compareDecimals(a, b) : compareText(a, b)
    if (typeof a !== typeof b) return plain(typeof a, typeof b)
    // Both are numbers, or both bigints, or both booleans; JS compares all of these in the same words.
    return plain(a as number, b as number)
  }

/** How values compare where nulls take part: they go before or after all others, whatever the direction. */
export const ordered = (type: SqlType<unknown>, direction: 'asc' | 'desc', nulls: 'first' | 'last'): Comparator => {
  const compare = comparatorOf(type)
  return (a, b) => {
    if (a === null || b === null) return a === b ? 0 : (a === null) === (nulls === 'first') ? -1 : 1
    return direction === 'asc' ? compare(a, b) : compare(b, a)
  }
}

/** Text that two values, or two rows of values, share where they are equal, nulls being equal to each other. */
export const keyOf = (value: unknown): string => {
  if (value === null || value === undefined) return '-'
  if (typeof value === 'number') return `n${value === 0 ? 0 : value}`
  if (typeof value === 'bigint') return `i${value}`
  if (typeof value === 'boolean') return value ? 't' : 'f'
  if (typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'object') return `(${Object.values(value).map(keyOf).join(',')})`
  return '?'
}

/** The first of those that share a key, in order. */
export const distinctBy =
  <A>(key: (a: A) => string) =>
  (all: ReadonlyArray<A>): ReadonlyArray<A> => {
    const seen = new Set<string>()
    return all.filter((a) => {
      const k = key(a)
      if (seen.has(k)) return false
      seen.add(k)
      return true
    })
  }

/** What each comparison says of the sign of two values. */
export const orders = {
  eq: (sign: number) => sign === 0,
  ne: (sign: number) => sign !== 0,
  lt: (sign: number) => sign < 0,
  lte: (sign: number) => sign <= 0,
  gt: (sign: number) => sign > 0,
  gte: (sign: number) => sign >= 0,
}
