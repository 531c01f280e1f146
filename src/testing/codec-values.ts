/**
 * JSON documents that an io-ts codec takes: made by what the codec is put together of, or found among those at hand.
 */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import type * as t from 'io-ts'

/** Documents of each kind: a codec that takes several of them takes any. */
const plain: ReadonlyArray<unknown> = [{}, [], 0, 'a', true, { a: 1 }, { a: null, b: [1, 'x'] }, ['a'], { name: 'a' }]

/** Documents for codecs that say nothing of themselves: those are asked which of these they take. */
const atHand: ReadonlyArray<unknown> = [
  ...plain,
  1,
  '1',
  '2012-10-15',
  '2012-10-15T12:57:18.000Z',
  'a@example.org',
  'https://example.org/',
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  100,
]

/** What a codec may be told from: io-ts gives each of its own a tag, and those of a user have none. */
type Known =
  | t.InterfaceType<t.Props>
  | t.PartialType<t.Props>
  | t.StrictType<t.Props>
  | t.IntersectionType<[t.Mixed, t.Mixed]>
  | t.UnionType<[t.Mixed, t.Mixed]>
  | t.TupleType<[t.Mixed, t.Mixed]>
  | t.ArrayType<t.Mixed>
  | t.ReadonlyArrayType<t.Mixed>
  | t.ReadonlyType<t.Mixed>
  | t.ExactType<t.HasProps>
  | t.DictionaryType<t.Mixed, t.Mixed>
  | t.LiteralType<string | number | boolean>
  | t.KeyofType<Record<string, unknown>>
  | t.RefinementType<t.Mixed>
  | t.RecursiveType<t.Mixed>
  | t.StringType
  | t.NumberType
  | t.BooleanType
  | t.NullType

type Codec = t.Decoder<unknown, unknown>

const takes = (codec: Codec, document: unknown): boolean => {
  try {
    return isRight(codec.decode(document))
  } catch {
    // The codec is its user's; one that throws takes no such document.
    return false
  }
}

/** Those of an arbitrary that a codec takes, out of a number that is tried; null where it takes none of them. */
const takenOf = (codec: Codec, below: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> | null => {
  const some = [...fc.sample(below, { numRuns: 60, seed: 1 }), ...atHand].filter((one) => takes(codec, one))
  return some.length === 0 ? null : fc.constantFrom(...some)
}

const record = (props: t.Props, optional: boolean, depth: number): fc.Arbitrary<unknown> | null => {
  const members = Object.entries(props).map(([key, codec]) => [key, documentsBelow(codec, depth - 1)] as const)
  const known = members.flatMap(([key, member]) => (member === null ? [] : [[key, member] as const]))
  if (!optional && known.length < members.length) return null
  const all: Record<string, fc.Arbitrary<unknown>> = Object.fromEntries(known)
  return optional ? fc.record(all, { requiredKeys: [] }) : fc.record(all)
}

const some = (all: ReadonlyArray<fc.Arbitrary<unknown> | null>): fc.Arbitrary<unknown> | null => {
  const there = all.filter((one) => one !== null)
  return there.length === 0 ? null : fc.oneof({ withCrossShrink: true }, ...there)
}

const each = (
  codecs: ReadonlyArray<Codec>,
  depth: number,
  together: (all: ReadonlyArray<unknown>) => unknown,
): fc.Arbitrary<unknown> | null => {
  const parts = codecs.map((codec) => documentsBelow(codec, depth)).filter((part) => part !== null)
  return parts.length < codecs.length ? null : fc.tuple(...parts).map(together)
}

const listOf = (codec: Codec, depth: number): fc.Arbitrary<unknown> => {
  const one = depth < 0 ? null : documentsBelow(codec, depth)
  return one === null ? fc.constant([]) : fc.array(one, { maxLength: 3 })
}

const dictionaryOf = (domain: Codec, codomain: Codec, depth: number): fc.Arbitrary<unknown> => {
  const [key, value] = depth < 0 ? [null, null] : [documentsBelow(domain, depth), documentsBelow(codomain, depth)]
  return key === null || value === null
    ? fc.constant({})
    : fc.array(fc.tuple(key.map(String), value), { maxLength: 2 }).map((entries) => Object.fromEntries(entries))
}

const isKnown = (codec: Codec): codec is Codec & Known => '_tag' in codec

/** Documents of a codec; `depth` is how far a codec that mentions itself goes. */
const documentsBelow = (codec: Codec, depth: number): fc.Arbitrary<unknown> | null => {
  if (depth < -8) return null
  if (!isKnown(codec)) return takenOf(codec, fc.constantFrom(...atHand))
  switch (codec._tag) {
    case 'StringType':
      return fc.constantFrom('', 'a', 'b', 'A', '9')
    case 'NumberType':
      return fc.integer({ min: -2, max: 3 })
    case 'BooleanType':
      return fc.boolean()
    case 'NullType':
      return fc.constant(null)
    case 'LiteralType':
      return fc.constant(codec.value)
    case 'KeyofType':
      return fc.constantFrom(...Object.keys(codec.keys))
    case 'InterfaceType':
    case 'StrictType':
      return record(codec.props, false, depth)
    case 'PartialType':
      return record(codec.props, true, depth)
    case 'IntersectionType':
      return each(codec.types, depth, (parts) => Object.assign({}, ...parts))
    case 'UnionType':
      return some(codec.types.map((one) => documentsBelow(one, depth)))
    case 'TupleType':
      return each(codec.types, depth - 1, (parts) => parts)
    case 'ArrayType':
    case 'ReadonlyArrayType':
      return listOf(codec.type, depth - 1)
    case 'DictionaryType':
      return dictionaryOf(codec.domain, codec.codomain, depth - 1)
    case 'ReadonlyType':
    case 'ExactType':
      return documentsBelow(codec.type, depth)
    case 'RecursiveType':
      return documentsBelow(codec.type, depth - 1)
    case 'RefinementType': {
      const below = documentsBelow(codec.type, depth)
      return below === null ? null : takenOf(codec, below)
    }
    default:
      return takenOf(codec, fc.constantFrom(...atHand))
  }
}

/** What a JSON codec makes of documents that it takes, null not among them: a row has one null, which is SQL's. */
export const decodedOf = (codec: Codec): fc.Arbitrary<unknown> => {
  const any = plain.filter((one) => takes(codec, one))
  const documents = any.length > 3 ? fc.constantFrom(...any) : (documentsBelow(codec, 6) ?? fc.constantFrom(...atHand))
  const found = fc
    .sample(documents, { numRuns: 60, seed: 1 })
    .concat(atHand)
    .filter((one) => one !== null && takes(codec, one))
  if (found.length === 0)
    throw new TypeError(`no document at hand is a ${codec.name}: give an arbitrary for the column`)
  const [spare] = found
  return documents.map((one) => {
    const decoded = codec.decode(one !== null && takes(codec, one) ? one : spare)
    return isRight(decoded) ? decoded.right : spare
  })
}
