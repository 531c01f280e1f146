/**
 * SQL types as JSON: built-in ones by what they are made of, those with a codec of the user's by a name.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import * as documents from '../json-value.js'
import * as types from '../sql-type.js'
import type { SqlType, TypeTag } from '../sql-type.js'
import { type AnyTable, tableInfo } from '../table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Types with codecs by name: those of columns by table and column, and what else was given. */
export interface NamedTypes {
  readonly byName: ReadonlyMap<string, SqlType<unknown>>
  readonly nameOf: ReadonlyMap<string, string>
}

/** Says why something cannot be stored. */
export type Refuse = (why: string) => void

type Made = E.Either<string, SqlType<unknown>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Whether values of the type are what a codec of the user's makes of them. */
export const hasCodec = (type: SqlType<unknown>): boolean =>
  type.refinement !== null || type._tag === 'Json' || (type.element !== null && hasCodec(type.element))

/** The names of all types with codecs. */
export const namedTypes = (
  tables: Readonly<Record<string, AnyTable>>,
  more: Readonly<Record<string, SqlType<unknown>>>,
): NamedTypes => {
  const columns = Object.entries(tables).flatMap(([key, table]) =>
    tableInfo(table)
      .columns.filter((c) => hasCodec(c.type))
      .map((c) => [`${key}.${c.key}`, c.type] as const),
  )
  const all = [...columns, ...Object.entries(more)]
  return { byName: new Map(all), nameOf: new Map(all.map(([name, type]) => [type.id, name])) }
}

const unknownType: Made = E.left('no type that is known here')

/** What is made of a tag and what else a stored type says. */
const makers: { readonly [T in TypeTag]: (stored: Stored, named: NamedTypes) => Made } = {
  SmallInt: () => E.right(types.smallintType),
  Integer: () => E.right(types.integerType),
  BigInt: () => E.right(types.bigintType),
  Unsigned: ({ length }) => {
    const bits = [16, 32].find((n): n is 16 | 32 => n === length)
    return bits === undefined ? unknownType : E.right(types.unsignedType(bits))
  },
  UnsignedBigInt: () => E.right(types.unsignedBigintType),
  Real: () => E.right(types.realType),
  Double: () => E.right(types.doubleType),
  Count: () => E.right(types.countType),
  Numeric: ({ precision = null, scale = 0, storedAs = 'number' }) =>
    E.right(types.decimalType(precision, scale, storedAs)),
  Boolean: () => E.right(types.booleanType),
  Char: ({ length = null }) => E.right(types.charType(length)),
  Varchar: ({ length }) => (length === undefined || length === null ? unknownType : E.right(types.varcharType(length))),
  Text: () => E.right(types.textType),
  Enumeration: ({ members = [] }) => E.right(types.enumerationType(members)),
  Uuid: () => E.right(types.uuidType),
  Binary: ({ length = null }) => E.right(types.binaryType(length)),
  Date: () => E.right(types.dateType),
  Time: () => E.right(types.timeType),
  Timestamp: () => E.right(types.timestampType),
  TimestampTz: () => E.right(types.timestamptzType),
  Interval: () => E.right(types.intervalType),
  Json: ({ document }, named) => documentFrom(document, named),
  Array: ({ element, elementNullable = false }, named) => {
    const one = typeFrom(element, named)
    return E.isLeft(one) ? one : E.right(types.arrayType(one.right, elementNullable))
  },
}

const count = t.refinement(t.Int, (n) => n >= 0 && n <= 65_535, 'a size')
const Stored = t.intersection([
  t.type({ tag: t.string }),
  t.partial({
    length: t.union([count, t.null]),
    precision: t.union([count, t.null]),
    scale: count,
    storedAs: t.keyof({ number: null, text: null }),
    members: t.array(t.string),
    element: t.unknown,
    document: t.unknown,
    elementNullable: t.boolean,
    secret: t.boolean,
  }),
])
type Stored = t.TypeOf<typeof Stored>
const Custom = t.intersection([t.type({ codec: t.string }), t.partial({ secret: t.boolean })])
const Document = t.partial({
  fields: t.array(t.tuple([t.string, t.unknown])),
  elements: t.array(t.unknown),
  list: t.unknown,
})

const isTag = (tag: string): tag is TypeTag => Object.hasOwn(makers, tag)

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The type that a JSON value stands for. */
export const typeFrom = (u: unknown, named: NamedTypes): Made => {
  const custom = Custom.decode(u)
  if (E.isRight(custom)) {
    const type = named.byName.get(custom.right.codec)
    if (type === undefined) return E.left(`no type is called "${custom.right.codec}" here`)
    return E.right(custom.right.secret === true ? types.secretType(type) : type)
  }
  const stored = Stored.decode(u)
  if (E.isLeft(stored) || !isTag(stored.right.tag)) return unknownType
  const type = makers[stored.right.tag](stored.right, named)
  return stored.right.secret === true ? E.either.map(type, types.secretType) : type
}

/** A type of documents that relvar's own functions make. */
const documentFrom = (u: unknown, named: NamedTypes): Made => {
  const stored = Document.decode(u)
  if (E.isLeft(stored)) return unknownType
  const { fields, elements, list } = stored.right
  if (fields !== undefined) {
    const parts = E.traverseArray(([, type]: readonly [string, unknown]) => typeFrom(type, named))(fields)
    return E.either.map(parts, (all) =>
      documents.jsonRecordType(fields.map(([key], i) => [key, all[i] ?? documents.anyDocument] as const)),
    )
  }
  if (elements !== undefined)
    return E.either.map(E.traverseArray((type: unknown) => typeFrom(type, named))(elements), documents.jsonTupleType)
  return list === undefined
    ? E.right(documents.anyDocument)
    : E.either.map(typeFrom(list, named), documents.jsonListType)
}

const documentTo = (parts: documents.DocumentParts, named: NamedTypes, refuse: Refuse): unknown => {
  switch (parts._tag) {
    case 'Any':
      return {}
    case 'Record':
      return { fields: parts.fields.map(([key, type]) => [key, typeTo(type, named, refuse)]) }
    case 'Tuple':
      return { elements: parts.elements.map((type) => typeTo(type, named, refuse)) }
    case 'List':
      return { list: typeTo(parts.element, named, refuse) }
  }
}

/** The JSON value that stands for a type. */
export const typeTo = (type: SqlType<unknown>, named: NamedTypes, refuse: Refuse): unknown => {
  const name = named.nameOf.get(type.id)
  if (name !== undefined) return { codec: name }
  if (type.secretOf !== null) {
    const open = typeTo(type.secretOf, named, refuse)
    return typeof open === 'object' && open !== null ? { ...open, secret: true } : open
  }
  const parts = documents.documentParts(type)
  if (parts !== null) return { tag: type._tag, document: documentTo(parts, named, refuse) }
  if (type._tag !== 'Array' && hasCodec(type)) {
    refuse(`a type with a codec (${type.decoder.name}) that is no column's and has no name: give it one in "types"`)
    return null
  }
  return {
    tag: type._tag,
    ...(type.length === null ? {} : { length: type.length }),
    ...(type._tag === 'Numeric' ? { precision: type.precision, scale: type.scale, storedAs: type.storedAs } : {}),
    ...(type.members.length === 0 ? {} : { members: type.members }),
    ...(type.element === null
      ? {}
      : { element: typeTo(type.element, named, refuse), elementNullable: type.elementNullable }),
  }
}
