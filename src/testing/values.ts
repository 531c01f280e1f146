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
import { decodedOf } from './codec-values.js'

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

const textOf = (pool: ReadonlyArray<string>, length: number | null): fc.Arbitrary<string> =>
  fc.constantFrom(...pool.filter((text) => length === null || fits(text, length)))

/** Arrays whose inner arrays have one length. */
const arraysOf = ({ element, elementNullable }: SqlType<unknown>): fc.Arbitrary<unknown> => {
  if (element === null) return fc.constant([])
  if (element._tag === 'Array')
    return valuesOf(element).map((row) => (Array.isArray(row) && row.length > 0 ? [row, row] : []))
  const one = valuesOf(element)
  return fc.array(elementNullable ? fc.option(one) : one, { maxLength: 3 })
}

/** Values of a kind that a codec may ask for and that are seldom drawn. */
const rarer: ReadonlyArray<unknown> = [
  'a@example.org',
  'https://example.org/',
  '2012-10-15',
  '1',
  'abcd',
  'Abcdefgh',
  'abc-def',
  '+49301234567',
  '{}',
  '[]',
  '""',
  10,
  18,
  50,
  100,
  1000,
  2024,
  10n,
  100n,
  1000n,
]

/** What the codec makes of a value; undefined where it takes none such, or throws, which is its user's business. */
const decodedBy = (codec: Pick<t.Type<unknown>, 'decode'>, value: unknown): unknown => {
  try {
    const decoded = codec.decode(value)
    return isRight(decoded) ? decoded.right : undefined
  } catch {
    return undefined
  }
}

/** Values that a codec makes of those of the type below it, as far as it takes them. */
const refinedOf = (base: SqlType<unknown>, codec: Pick<t.Type<unknown>, 'decode' | 'name'>): fc.Arbitrary<unknown> => {
  const held = rarer.filter((value) => isRight(base.decoder.decode(value)))
  const drawn = [...new Set(fc.sample(plainValues(base), { numRuns: 60, seed: 1 })), ...held]
  const taken = drawn.map((value) => decodedBy(codec, value)).filter((value) => value !== undefined && value !== null)
  if (taken.length === 0) throw new TypeError(`no value at hand is a ${codec.name}: give an arbitrary for the column`)
  return fc.constantFrom(...taken)
}

/** What a type's codec makes of values of the type below it; those that it does not take stay, and are not taken later. */
export const throughCodec = (type: SqlType<unknown>, below: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
  if (type.refinement === null) return below
  const { codec } = type.refinement
  return below.map((value) => decodedBy(codec, value) ?? value)
}

/** Values of a type, null not among them. */
export const valuesOf = (type: SqlType<unknown>): fc.Arbitrary<unknown> =>
  type.refinement === null ? plainValues(type) : refinedOf(plainOf(type), type.refinement.codec)

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
      return decodedOf(type.decoder)
    default:
      return absurd(type._tag)
  }
}
