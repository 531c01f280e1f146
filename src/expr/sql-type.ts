/**
 * SQL types as data: what a column can hold, in relvar's own terms. How a dialect names and carries them is src/compile's business.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import { instantFromText, isIsoDate, isIsoTime, timestampFromText } from './calendar.js'
import { type Decimal, decimalUnits, scaleOfText } from './decimal.js'
import { intervalFromText } from './interval.js'
import { isBigInt, isDouble, isInteger, isReal, isSmallInt, isUnsigned, isUnsignedBigInt } from './number-value.js'
import { characters, fits, isText, trimmed, uuidFromText } from './text-value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The kinds of type that a dialect must know. */
export type TypeTag =
  | 'SmallInt'
  | 'Integer'
  | 'BigInt'
  | 'Unsigned'
  | 'UnsignedBigInt'
  | 'Real'
  | 'Double'
  | 'Count'
  | 'Numeric'
  | 'Boolean'
  | 'Char'
  | 'Varchar'
  | 'Text'
  | 'Enumeration'
  | 'Uuid'
  | 'Binary'
  | 'Date'
  | 'Time'
  | 'Timestamp'
  | 'TimestampTz'
  | 'Interval'
  | 'Json'
  | 'Array'

/** A codec of the user's over the values of a type. */
export interface Refinement {
  readonly base: SqlType<unknown>
  readonly codec: t.Type<unknown, unknown, unknown>
}

/**
 * A SQL type with the io-ts codec of its values.
 *
 * `id` tells types apart in a shape: built-in types have their name; each `json(codec)` and each `refine(codec)` has a number of
 * its own, since a decoder is cached with the text of a statement.
 */
export interface SqlType<out A> {
  readonly _tag: TypeTag
  readonly id: string
  /** Characters at most, for `Char` and `Varchar`; bytes at most, for `Binary`; bits, for `Unsigned`. */
  readonly length: number | null
  /** All digits, for `Numeric`; null where there may be any number of them. */
  readonly precision: number | null
  /** Digits after the point, for `Numeric`. */
  readonly scale: number
  /** A `Numeric` that an engine without decimals keeps as text: it can be read and written there, and nothing else. */
  readonly storedAs: 'number' | 'text'
  /** The values of an `Enumeration`, in no order that means anything. */
  readonly members: ReadonlyArray<string>
  /** The type of the elements of an `Array`, and whether one may be null. */
  readonly element: SqlType<unknown> | null
  readonly elementNullable: boolean
  /** What stands over the values that an engine knows; null where nothing does. */
  readonly refinement: Refinement | null
  /** The type whose values are kept secret, where messages, logs and texts for people show none; else null. */
  readonly secretOf: SqlType<unknown> | null
  readonly decoder: t.Decoder<unknown, A>
  /** The JSON form of a value of `Json`; the identity elsewhere. May throw what the codec throws: callers catch it. */
  readonly encode: (value: unknown) => unknown
}

/** The value type of a `SqlType`. */
export type TypeOf<T> = T extends SqlType<infer A> ? A : never

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const isBoolean = (u: unknown): u is boolean => typeof u === 'boolean'
const isBytes = (u: unknown): u is Uint8Array => ArrayBuffer.isView(u) && u instanceof Uint8Array

const textThat =
  (read: (text: string) => E.Either<string, unknown>) =>
  (u: unknown): u is string =>
    typeof u === 'string' && E.isRight(read(u))

const same = (value: unknown): unknown => value

const where = <A>(name: string, holds: (u: unknown) => u is A): t.Type<A, A, unknown> =>
  new t.Type<A, A, unknown>(name, holds, (u, context) => (holds(u) ? t.success(u) : t.failure(u, context)), t.identity)

const plain = <A>(
  tag: TypeTag,
  decoder: t.Decoder<unknown, A>,
  more: Partial<SqlType<A>> & { readonly id?: string } = {},
): SqlType<A> =>
  Object.freeze({
    _tag: tag,
    id: tag,
    length: null,
    precision: null,
    scale: 0,
    storedAs: 'number',
    members: none,
    element: null,
    elementNullable: false,
    refinement: null,
    secretOf: null,
    decoder,
    encode: same,
    ...more,
  })

const none: ReadonlyArray<string> = Object.freeze([])

export const smallintType: SqlType<number> = plain('SmallInt', where('smallint', isSmallInt))
export const integerType: SqlType<number> = plain('Integer', where('integer', isInteger))
export const bigintType: SqlType<bigint> = plain('BigInt', where('bigint', isBigInt))
export const unsignedType = (bits: 16 | 32): SqlType<number> =>
  plain('Unsigned', where(`unsigned ${bits === 16 ? 'smallint' : 'integer'}`, isUnsigned(bits)), {
    id: `Unsigned(${bits})`,
    length: bits,
  })
export const unsignedBigintType: SqlType<bigint> = plain('UnsignedBigInt', where('unsigned bigint', isUnsignedBigInt))
export const realType: SqlType<number> = plain('Real', where('real', isReal))
export const doubleType: SqlType<number> = plain('Double', where('double', isDouble))
/** What `count` and the sum of integers give: a whole number, exact to 2^53, beyond which it is refused. */
export const countType: SqlType<number> = plain(
  'Count',
  where('count', (u: unknown): u is number => Number.isSafeInteger(u)),
)
export const booleanType: SqlType<boolean> = plain('Boolean', where('boolean', isBoolean))
export const textType: SqlType<string> = plain('Text', where('text', isText))
export const uuidType: SqlType<string> = plain('Uuid', where('uuid', textThat(uuidFromText)))
export const dateType: SqlType<string> = plain('Date', where('date', isIsoDate))
export const timeType: SqlType<string> = plain('Time', where('time', isIsoTime))
export const timestampType: SqlType<string> = plain('Timestamp', where('timestamp', textThat(timestampFromText)))
export const timestamptzType: SqlType<string> = plain('TimestampTz', where('timestamptz', textThat(instantFromText)))
export const intervalType: SqlType<string> = plain('Interval', where('interval', textThat(intervalFromText)))

/** Decimal text of `scale` digits after the point; `precision` null is what sums and products have. */
export const decimalType = (
  precision: number | null,
  scale: number,
  storedAs: 'number' | 'text' = 'number',
): SqlType<Decimal> => {
  const name = precision === null ? `numeric with ${scale} decimals` : `numeric(${precision}, ${scale})`
  const holds = (u: unknown): u is Decimal => typeof u === 'string' && E.isRight(decimalUnits(u, precision, scale))
  return plain('Numeric', where(precision === null && scale === 0 ? 'numeric' : name, holds), {
    id: `Numeric(${precision ?? ''},${scale},${storedAs})`,
    precision,
    scale,
    storedAs,
  })
}

/** A whole number of any size as decimal text: what `sum` of bigints gives. */
export const numericType: SqlType<Decimal> = decimalType(null, 0)

/** Text without blanks at its end; `length` null is what stands beside one. */
export const charType = (length: number | null): SqlType<string> =>
  plain(
    'Char',
    where(
      `char(${length ?? ''})`,
      (u: unknown): u is string => isText(u) && (length === null || fits(trimmed(u), length)),
    ),
    { id: `Char(${length ?? ''})`, length },
  )

export const varcharType = (length: number): SqlType<string> =>
  plain(
    'Varchar',
    where(`varchar(${length})`, (u: unknown): u is string => isText(u) && fits(u, length)),
    { id: `Varchar(${length})`, length },
  )

export const enumerationType = <M extends string>(members: ReadonlyArray<M>): SqlType<M> =>
  plain(
    'Enumeration',
    where(`one of ${members.map((m) => JSON.stringify(m)).join(', ')}`, (u: unknown): u is M =>
      // The type of `includes` takes members alone; any value may be asked for.
      (members as ReadonlyArray<unknown>).includes(u),
    ),
    {
      id: `Enumeration(${JSON.stringify(members)})`,
      length: members.reduce((longest, m) => Math.max(longest, characters(m)), 1),
      members: Object.freeze([...members]),
    },
  )

export const binaryType = (length: number | null): SqlType<Uint8Array> =>
  plain(
    'Binary',
    where(
      length === null ? 'binary' : `varbinary(${length})`,
      (u: unknown): u is Uint8Array => isBytes(u) && (length === null || u.length <= length),
    ),
    { id: `Binary(${length ?? ''})`, length },
  )

// Numbers of codecs start anew in each process; a stored query names its codecs, not their numbers.
let codecs = 0
const nextCodec = (): number => {
  codecs += 1
  return codecs
}

export const jsonType = <A>(codec: t.Type<A, unknown, unknown>): SqlType<A> =>
  plain<A>('Json', codec, {
    id: `Json(${nextCodec()})`,
    // A value that reaches `encode` was checked by the decoder's own `is` before, so it is an A.
    encode: (value: unknown) => codec.encode(value as A),
  })

export const arrayType = (element: SqlType<unknown>, elementNullable: boolean): SqlType<ReadonlyArray<unknown>> => {
  if (element.secretOf !== null) return secretType(arrayType(element.secretOf, elementNullable))
  const one = element.decoder
  const holds = (u: unknown): u is ReadonlyArray<unknown> =>
    Array.isArray(u) && u.every((e) => (e === null ? elementNullable : E.isRight(one.decode(e))))
  return plain('Array', where(`array of ${one.name}`, holds), {
    id: `Array(${element.id}${elementNullable ? '?' : ''})`,
    element,
    elementNullable,
  })
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** The type with values that no message, log or text for people shows. */
export const secretType = <A>(type: SqlType<A>): SqlType<A> =>
  type.secretOf === null ? Object.freeze({ ...type, id: `${type.id} secret`, secretOf: type }) : type

/** The type, secret where one of the others is: what is made of secrets is one. */
export const secretLike = <A>(type: SqlType<A>, others: ReadonlyArray<SqlType<unknown>>): SqlType<A> =>
  others.some((other) => other.secretOf !== null) ? secretType(type) : type

/** The type as if its values were no secret. */
export const openOf = (type: SqlType<unknown>): SqlType<unknown> => type.secretOf ?? type

/**
 * The type with a codec of the user's over it: it decodes what the type below decodes, and encodes before that. Over a refined type
 * it stands over that one's codec.
 */
export const refinedType = <B>(below: SqlType<unknown>, codec: t.Type<B, unknown, unknown>): SqlType<B> => {
  if (below.secretOf !== null) return secretType(refinedType(below.secretOf, codec))
  const base = plainOf(below)
  const whole = below.refinement === null ? codec : below.refinement.codec.pipe(codec)
  // Every codec takes and gives values that are unknown here; those of one type never meet another's.
  const refinement = Object.freeze({ base, codec: whole as t.Type<unknown, unknown, unknown> })
  const decoder = new t.Type<B, unknown, unknown>(
    codec.name,
    codec.is,
    (u, context) => {
      const decoded = base.decoder.validate(u, context)
      return E.isLeft(decoded) ? decoded : whole.validate(decoded.right, context)
    },
    whole.encode,
  )
  return Object.freeze({ ...base, decoder, refinement, id: `${base.id}/${nextCodec()}` })
}

/** The type without what stands over it: what engines know of it. */
export const plainOf = (type: SqlType<unknown>): SqlType<unknown> => type.refinement?.base ?? openOf(type)

const isNumber = ({ _tag }: SqlType<unknown>): boolean =>
  _tag === 'Integer' ||
  _tag === 'Count' ||
  _tag === 'Double' ||
  _tag === 'SmallInt' ||
  _tag === 'Unsigned' ||
  _tag === 'Real'
const isFloat = ({ _tag }: SqlType<unknown>): boolean => _tag === 'Double' || _tag === 'Real'
const isString = ({ _tag }: SqlType<unknown>): boolean =>
  _tag === 'Varchar' || _tag === 'Text' || _tag === 'Char' || _tag === 'Enumeration'

const ofNumbers = (a: SqlType<unknown>, b: SqlType<unknown>): SqlType<unknown> => {
  if (isFloat(a) || isFloat(b)) return doubleType
  return [a, b].every(({ _tag }) => _tag === 'SmallInt' || _tag === 'Integer') ? integerType : countType
}

const ofDecimals = (a: SqlType<unknown>, b: SqlType<unknown>): SqlType<unknown> => {
  const scale = Math.max(a.scale, b.scale)
  const storedAs = a.storedAs === 'text' || b.storedAs === 'text' ? 'text' : 'number'
  if (a.precision === null || b.precision === null) return decimalType(null, scale, storedAs)
  return decimalType(Math.max(a.precision - a.scale, b.precision - b.scale) + scale, scale, storedAs)
}

const ofTexts = (a: SqlType<unknown>, b: SqlType<unknown>): SqlType<unknown> => {
  if (a._tag !== b._tag || a._tag === 'Enumeration') return textType
  if (a.length === null || b.length === null) return a.length === null ? a : b
  return a.length < b.length ? b : a
}

/** The type that holds the values of both, so that they compare and can be one output; null where there is none. */
export const unified = (left: SqlType<unknown>, right: SqlType<unknown>): SqlType<unknown> | null => {
  if (left.id === right.id) return left
  if (left.secretOf === null && right.secretOf === null) return unifiedOpen(left, right)
  const both = unified(openOf(left), openOf(right))
  return both === null ? null : secretType(both)
}

const unifiedOpen = (left: SqlType<unknown>, right: SqlType<unknown>): SqlType<unknown> | null => {
  const [a, b] = [plainOf(left), plainOf(right)]
  if (a.id === b.id) return a
  if (isNumber(a) && isNumber(b)) return ofNumbers(a, b)
  if (a._tag === 'Numeric' && b._tag === 'Numeric') return ofDecimals(a, b)
  if (a._tag === 'Binary' && b._tag === 'Binary') return binaryType(null)
  return isString(a) && isString(b) ? ofTexts(a, b) : null
}

const scaleOf = (value: unknown): number =>
  typeof value === 'string'
    ? scaleOfText(value)
    : Array.isArray(value)
      ? value.reduce((most: number, one) => Math.max(most, scaleOf(one)), 0)
      : 0

/**
 * The type of a bound value that stands beside an expression of `type`: the length of a text and the digits of a number are their
 * column's business, and a fraction beside an integer is a double.
 */
export const beside = (value: unknown, type: SqlType<unknown>): SqlType<unknown> => {
  if (type.secretOf !== null) return secretType(beside(value, type.secretOf))
  if (type.refinement !== null) return type
  switch (type._tag) {
    case 'Varchar':
      return textType
    case 'Char':
      return charType(null)
    case 'Binary':
      return binaryType(null)
    case 'Numeric':
      return decimalType(null, Math.max(type.scale, scaleOf(value)), type.storedAs)
    case 'SmallInt':
    case 'Integer':
    case 'Unsigned':
    case 'Count':
      if (isDouble(value) && !Number.isInteger(value)) return doubleType
      return type._tag === 'Integer' || type._tag === 'Count' ? type : type.length === 32 ? countType : integerType
    default:
      return type
  }
}
