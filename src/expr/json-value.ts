/**
 * Values inside JSON documents: one form a type, the same on every engine and in memory, and the types of documents that are made
 * of values. What JSON has no word for, or would round, is text.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import { instantFromText, timeFromText, timestampFromText } from './calendar.js'
import { decimalText, decimalUnits } from './decimal.js'
import { intervalFromText } from './interval.js'
import { jsonType, plainOf, secretLike, type SqlType } from './sql-type.js'
import { trimmed, uuidFromText } from './text-value.js'

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** What stands in a document for a value of a type; the value is one of the type, or null. */
export const toJsonForm = (type: SqlType<unknown>, value: unknown): unknown => {
  if (value === null) return null
  if (type.refinement !== null) return toJsonForm(plainOf(type), type.refinement.codec.encode(value))
  if (type._tag === 'Json') return type.encode(value)
  if (typeof value === 'bigint') return String(value)
  return value instanceof Uint8Array ? hexOf(value) : value
}

/** Text that has one spelling, whichever it was written in. */
const spelled = (read: (text: string) => E.Either<string, string>, json: unknown): unknown => {
  const one = typeof json === 'string' ? read(json) : E.left('')
  return E.isRight(one) ? one.right : json
}

/** What the form of a value says, as far as it is one: the type's own decoder has the last word. */
const plainValue = (type: SqlType<unknown>, json: unknown): unknown => {
  switch (type._tag) {
    case 'BigInt':
    case 'UnsignedBigInt':
      return typeof json === 'string' && /^-?\d{1,20}$/.test(json) ? BigInt(json) : json
    case 'Numeric':
      return spelled(
        (text) =>
          E.either.map(decimalUnits(text, type.precision, type.scale), (units) => decimalText(units, type.scale)),
        json,
      )
    case 'Real':
      return typeof json === 'number' ? Math.fround(json) : json
    case 'Boolean':
      return json
    case 'Char':
      return typeof json === 'string' ? trimmed(json) : json
    case 'Binary':
      return typeof json === 'string' && /^(?:[0-9a-f]{2})*$/i.test(json) ? bytesOf(json) : json
    case 'Uuid':
      return spelled(uuidFromText, json)
    case 'Time':
      return spelled(timeFromText, json)
    case 'Timestamp':
      return spelled(timestampFromText, json)
    case 'TimestampTz':
      return spelled(instantFromText, json)
    case 'Interval':
      return spelled(intervalFromText, json)
    default:
      return json
  }
}

/** The value that stands in a document, null among them; Left where it is none of the type. */
export const fromJsonForm = (type: SqlType<unknown>, json: unknown): E.Either<unknown, unknown> => {
  if (json === null) return E.right(null)
  const { refinement } = type
  const plain = plainOf(type)
  const base = plain.decoder.decode(plain._tag === 'Json' ? json : plainValue(plain, json))
  if (E.isLeft(base) || refinement === null) return base
  return refinement.codec.decode(base.right)
}

// -------------------------------------------------------------------------------------
// types of documents
// -------------------------------------------------------------------------------------

const codecOf = <A>(
  name: string,
  holds: (u: unknown) => u is A,
  decode: (u: unknown) => A | null,
  encode: (a: A) => unknown,
): t.Type<A, unknown, unknown> =>
  new t.Type<A, unknown, unknown>(
    name,
    holds,
    (u, context) => {
      const value = decode(u)
      return value === null ? t.failure(u, context) : t.success(value)
    },
    encode,
  )

/** What a type of documents is made of: whatever JSON says, an object's fields, an array's elements one by one, or all alike. */
export type DocumentParts =
  | { readonly _tag: 'Any' }
  | { readonly _tag: 'Record'; readonly fields: ReadonlyArray<readonly [string, SqlType<unknown>]> }
  | { readonly _tag: 'Tuple'; readonly elements: ReadonlyArray<SqlType<unknown>> }
  | { readonly _tag: 'List'; readonly element: SqlType<unknown> }

interface DocumentType extends SqlType<unknown> {
  readonly parts: DocumentParts
}

/** The type of what a codec takes, known by what it is made of: each call makes an equal one. */
const madeOf = <A>(id: string, parts: DocumentParts, codec: t.Type<A, unknown, unknown>): SqlType<A> => {
  const type: SqlType<A> & { readonly parts: DocumentParts } = Object.freeze({ ...jsonType(codec), id, parts })
  return secretLike(type, typesIn(parts))
}

const typesIn = (parts: DocumentParts): ReadonlyArray<SqlType<unknown>> => {
  switch (parts._tag) {
    case 'Any':
      return []
    case 'Record':
      return parts.fields.map(([, type]) => type)
    case 'Tuple':
      return parts.elements
    case 'List':
      return [parts.element]
  }
}

const hasParts = (type: SqlType<unknown>): type is DocumentType => 'parts' in type

/** What a type of documents is made of; null where a codec of the user's says it. */
export const documentParts = (type: SqlType<unknown>): DocumentParts | null =>
  type.refinement === null && hasParts(type) ? type.parts : null

/** Documents of any kind. */
export const anyDocument: SqlType<unknown> = madeOf('JsonAny', { _tag: 'Any' }, t.unknown)

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)
const isList = (u: unknown): u is ReadonlyArray<unknown> => Array.isArray(u)

const allRight = (all: ReadonlyArray<E.Either<unknown, unknown>>): ReadonlyArray<unknown> | null => {
  const values = all.flatMap((one) => (E.isRight(one) ? [one.right] : []))
  return values.length === all.length ? values : null
}

/** Objects of these fields, each a value of its type or null. */
export const jsonRecordType = (
  fields: ReadonlyArray<readonly [string, SqlType<unknown>]>,
): SqlType<Readonly<Record<string, unknown>>> =>
  madeOf(
    `JsonRecord(${fields.map(([key, type]) => `${JSON.stringify(key)}:${type.id}`).join(',')})`,
    { _tag: 'Record', fields },
    codecOf(
      'object',
      isRecord,
      (u) => {
        if (!isRecord(u)) return null
        const held = new Map(Object.entries(u))
        const values = allRight(fields.map(([key, type]) => fromJsonForm(type, held.get(key) ?? null)))
        return values === null ? null : Object.fromEntries(fields.map(([key], i) => [key, values[i]]))
      },
      (record) => {
        const held = new Map(Object.entries(record))
        return Object.fromEntries(fields.map(([key, type]) => [key, toJsonForm(type, held.get(key) ?? null)]))
      },
    ),
  )

/** Arrays of these values, one after the other, each of its type or null. */
export const jsonTupleType = (types: ReadonlyArray<SqlType<unknown>>): SqlType<ReadonlyArray<unknown>> =>
  madeOf(
    `JsonTuple(${types.map((type) => type.id).join(',')})`,
    { _tag: 'Tuple', elements: types },
    codecOf(
      'array',
      isList,
      (u) =>
        isList(u) && u.length === types.length ? allRight(types.map((type, i) => fromJsonForm(type, u[i]))) : null,
      (list) => types.map((type, i) => toJsonForm(type, list[i] ?? null)),
    ),
  )

/** Arrays of any number of values of one type, each of them or null. */
export const jsonListType = (element: SqlType<unknown>): SqlType<ReadonlyArray<unknown>> =>
  madeOf(
    `JsonList(${element.id})`,
    { _tag: 'List', element },
    codecOf(
      'array',
      isList,
      (u) => (isList(u) ? allRight(u.map((one) => fromJsonForm(element, one))) : null),
      (list) => list.map((one) => toJsonForm(element, one)),
    ),
  )
