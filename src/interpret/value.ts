/**
 * Values in memory: their order, and the key under which equal ones meet.
 */
import type { SqlType } from '../expr/sql-type.js'

/** A row of a source: all of its columns by key. */
export type Row = Readonly<Record<string, unknown>>

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

/** How values of a type compare; neither is null. */
export const comparatorOf =
  (type: SqlType<unknown>): Comparator =>
  (a, b) => {
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
