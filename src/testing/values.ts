/**
 * Values by SQL type: few and small, so that rows meet each other, and no operation leaves the range of its type.
 */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'

import { plainOf, type SqlType } from '../expr/sql-type.js'
import { decimalText } from '../expr/decimal.js'
import { fits, trimmed } from '../expr/text-value.js'

/** Letters in both cases, spaces, what LIKE gives a meaning, digits that sort otherwise as numbers. */
const ascii = ['', 'a', 'b', 'A', 'ab', 'a ', ' a', 'B', '%', 'a_', '!', '9', '10']

/** Letters without case that a lax collation takes for one another, and what UTF-16 sorts otherwise than code points. */
const beyond = ['か', 'が', 'カ', '😀', '😁', 'ａ😀']

/** Letters before digits, and the other way round, in one place each. */
const uuids = [
  '00000000-0000-0000-0000-000000000000',
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd38aa11',
]

const binaries = [[], [0], [0, 255], [92, 120, 39], [128]].map((bytes) => Uint8Array.from(bytes))

const documents: ReadonlyArray<unknown> = [
  {},
  [],
  0,
  'a',
  true,
  { a: 1 },
  { a: null, b: [1, 'x'] },
  ['a'],
  { name: 'a' },
]

const textOf = (pool: ReadonlyArray<string>, length: number | null): fc.Arbitrary<string> =>
  fc.constantFrom(...pool.filter((text) => length === null || fits(text, length)))

/** Documents that the codec of a JSON type takes, of a handful that are tried. */
const documentsOf = (type: SqlType<unknown>): fc.Arbitrary<unknown> => {
  const taken = documents.flatMap((document) => {
    const decoded = type.decoder.decode(document)
    return isRight(decoded) ? [decoded.right] : []
  })
  if (taken.length === 0)
    throw new TypeError(`no document at hand is a ${type.decoder.name}: give an arbitrary for the column`)
  return fc.constantFrom(...taken)
}

/** Arrays whose inner arrays have one length. */
const arraysOf = ({ element, elementNullable }: SqlType<unknown>): fc.Arbitrary<unknown> => {
  if (element === null) return fc.constant([])
  if (element._tag === 'Array')
    return valuesOf(element).map((row) => (Array.isArray(row) && row.length > 0 ? [row, row] : []))
  const one = valuesOf(element)
  return fc.array(elementNullable ? fc.option(one) : one, { maxLength: 3 })
}

/** Values that a codec makes of those below it, as far as it takes them. */
const refinedOf = (
  below: fc.Arbitrary<unknown>,
  codec: Pick<t.Type<unknown>, 'decode' | 'name'>,
): fc.Arbitrary<unknown> => {
  const some = fc.sample(below, { numRuns: 50, seed: 1 }).filter((value) => isRight(codec.decode(value)))
  if (some.length === 0) throw new TypeError(`no value at hand is a ${codec.name}: give an arbitrary for the column`)
  return fc.constantFrom(...some).map((value) => {
    const decoded = codec.decode(value)
    return isRight(decoded) ? decoded.right : value
  })
}

/** Values of a type, null not among them. */
export const valuesOf = (type: SqlType<unknown>): fc.Arbitrary<unknown> =>
  type.refinement === null ? plainValues(type) : refinedOf(plainValues(plainOf(type)), type.refinement.codec)

const plainValues = (type: SqlType<unknown>): fc.Arbitrary<unknown> => {
  switch (type._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Count':
      return fc.integer({ min: -2, max: 3 })
    case 'BigInt':
      return fc.bigInt({ min: -2n, max: 3n })
    case 'Unsigned':
      return fc.integer({ min: 0, max: 3 })
    case 'UnsignedBigInt':
      return fc.bigInt({ min: 0n, max: 3n })
    case 'Real':
    case 'Double':
      return fc.integer({ min: -8, max: 12 }).map((n) => n / 4)
    case 'Numeric':
      return fc
        .integer({ min: -2, max: 3 })
        .map((n) => decimalText(BigInt(n) * (type.scale === 0 ? 1n : 5n * 10n ** BigInt(type.scale - 1)), type.scale))
    case 'Boolean':
      return fc.boolean()
    // Functions fold case, and engines agree on ASCII alone: varchar columns are kept to it, so that they can be folded.
    case 'Char':
      return textOf(ascii, type.length).map(trimmed)
    case 'Varchar':
      return textOf(ascii, type.length)
    case 'Text':
      return textOf([...ascii, ...beyond], null)
    case 'Enumeration':
      return fc.constantFrom(...type.members)
    case 'Uuid':
      return fc.constantFrom(...uuids)
    case 'Binary':
      return fc.constantFrom(...binaries.filter((bytes) => type.length === null || bytes.length <= type.length))
    case 'Time':
      return fc.constantFrom('00:00:00.000000', '12:57:18.000396', '23:59:59.999999')
    case 'Timestamp':
      return fc.constantFrom('2012-10-15T12:57:18.000000', '2012-10-15T12:57:18.000396', '1999-12-31T23:59:59.999999')
    case 'Interval':
      return fc.constantFrom('PT0S', 'P1M', 'P-1Y-2M3DT4H', 'PT-0.5S')
    case 'Array':
      return arraysOf(type)
    case 'Date':
      return fc.constantFrom('2024-03-01', '2024-02-29', '1999-12-31')
    case 'TimestampTz':
      return fc.constantFrom(
        '2012-10-15T12:57:18.000000Z',
        '2012-10-15T12:57:18.000396Z',
        '1999-12-31T23:59:59.999999Z',
      )
    case 'Json':
      return documentsOf(type)
    default:
      return absurd(type._tag)
  }
}
