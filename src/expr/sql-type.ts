/**
 * SQL types as data: what a column can hold, in relvar's own terms. How a dialect names and carries them is src/compile's business.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import { instantFromText, isIsoDate } from './calendar.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The kinds of type that a dialect must know. */
export type TypeTag =
  | 'Integer'
  | 'BigInt'
  | 'Double'
  | 'Count'
  | 'Numeric'
  | 'Boolean'
  | 'Varchar'
  | 'Text'
  | 'Date'
  | 'TimestampTz'
  | 'Json'

/**
 * A SQL type with the io-ts codec of its values.
 *
 * `id` tells types apart in a shape: built-in types have their name; each `json(codec)` has a number of its own, since a
 * decoder is cached with the text of a statement.
 */
export interface SqlType<out A> {
  readonly _tag: TypeTag
  readonly id: string
  /** Characters at most, for `Varchar`. */
  readonly length: number | null
  readonly decoder: t.Decoder<unknown, A>
  /** The JSON form of a value of `Json`; the identity elsewhere. May throw what the codec throws: callers catch it. */
  readonly encode: (value: unknown) => unknown
}

/** The value type of a `SqlType`. */
export type TypeOf<T> = T extends SqlType<infer A> ? A : never

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const same = (value: unknown): unknown => value

const plain = <A>(
  tag: TypeTag,
  decoder: t.Decoder<unknown, A>,
  id: string = tag,
  length: number | null = null,
): SqlType<A> => Object.freeze({ _tag: tag, id, length, decoder, encode: same })

const where = <A>(name: string, holds: (u: unknown) => u is A): t.Type<A, A, unknown> =>
  new t.Type<A, A, unknown>(name, holds, (u, context) => (holds(u) ? t.success(u) : t.failure(u, context)), t.identity)

/** 32 bits, as every engine's INTEGER. */
export const isInteger = (u: unknown): u is number =>
  typeof u === 'number' && Number.isInteger(u) && u >= -2147483648 && u <= 2147483647

/** 64 bits, as every engine's BIGINT. */
export const isBigInt = (u: unknown): u is bigint =>
  typeof u === 'bigint' && u >= -9223372036854775808n && u <= 9223372036854775807n

/** NaN and the infinities are no values of relvar: three of the four engines cannot store them. */
export const isDouble = (u: unknown): u is number => typeof u === 'number' && Number.isFinite(u)

/** Text that every engine stores unchanged: no NUL and no lone surrogate. */
export const isText = (u: unknown): u is string => typeof u === 'string' && !u.includes('\0') && isWellFormed(u)

// String.prototype.isWellFormed came with Node.js 20; its type came with ES2024.
const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const isWellFormed = (text: string): boolean => !loneSurrogate.test(text)

const isWhole = (u: unknown): u is string => typeof u === 'string' && /^-?\d+$/.test(u)
const isBoolean = (u: unknown): u is boolean => typeof u === 'boolean'
const isInstant = (u: unknown): u is string => typeof u === 'string' && E.isRight(instantFromText(u))

const characters = (text: string): number => {
  let n = 0
  for (const _ of text) n++
  return n
}

/** Whether `text` has at most `length` characters (code points, as SQL counts them). */
export const fits = (text: string, length: number): boolean => text.length <= length || characters(text) <= length

export const integerType: SqlType<number> = plain('Integer', where('integer', isInteger))
export const bigintType: SqlType<bigint> = plain('BigInt', where('bigint', isBigInt))
export const doubleType: SqlType<number> = plain('Double', where('double', isDouble))
/** What `count` and the sum of integers give: a whole number, exact to 2^53, beyond which it is refused. */
export const countType: SqlType<number> = plain(
  'Count',
  where('count', (u: unknown): u is number => Number.isSafeInteger(u)),
)
/** A whole number of any size as decimal text: what `sum` of bigints gives. */
export const numericType: SqlType<string> = plain('Numeric', where('numeric', isWhole))
export const booleanType: SqlType<boolean> = plain('Boolean', where('boolean', isBoolean))
export const textType: SqlType<string> = plain('Text', where('text', isText))
export const dateType: SqlType<string> = plain('Date', where('date', isIsoDate))
export const timestamptzType: SqlType<string> = plain('TimestampTz', where('timestamptz', isInstant))

export const varcharType = (length: number): SqlType<string> => {
  const holds = (u: unknown): u is string => isText(u) && fits(u, length)
  return plain('Varchar', where(`varchar(${length})`, holds), `Varchar(${length})`, length)
}

// Numbers of codecs start anew in each process; a stored query names its codecs, not their numbers.
let jsonTypes = 0

export const jsonType = <A>(codec: t.Type<A, unknown, unknown>): SqlType<A> => {
  jsonTypes += 1
  return Object.freeze({
    _tag: 'Json',
    id: `Json(${jsonTypes})`,
    length: null,
    decoder: codec,
    // A value that reaches `encode` was checked by the decoder's own `is` before, so it is an A.
    encode: (value: unknown) => codec.encode(value as A),
  })
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

const isNumber = (type: SqlType<unknown>): boolean =>
  type._tag === 'Integer' || type._tag === 'Count' || type._tag === 'Double'
const isString = (type: SqlType<unknown>): boolean => type._tag === 'Varchar' || type._tag === 'Text'

/** The type that holds the values of both, so that they compare and can be one output; null where there is none. */
export const unified = (a: SqlType<unknown>, b: SqlType<unknown>): SqlType<unknown> | null => {
  if (a.id === b.id) return a
  if (isNumber(a) && isNumber(b)) return [a, b].some((type) => type._tag === 'Double') ? doubleType : countType
  if (!isString(a) || !isString(b)) return null
  if (a.length === null || b.length === null) return textType
  return a.length < b.length ? b : a
}

/**
 * The type of a bound value that stands beside an expression of `type`: the length of a varchar is its column's business, and a
 * fraction beside an integer is a double.
 */
export const beside = (value: unknown, type: SqlType<unknown>): SqlType<unknown> => {
  if (type._tag === 'Varchar') return textType
  const whole = type._tag === 'Integer' || type._tag === 'Count'
  return whole && isDouble(value) && !Number.isInteger(value) ? doubleType : type
}
