/**
 * Values by SQL type: few and small, so that rows meet each other, and no operation leaves the range of its type.
 */
import * as fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import { fits, type SqlType } from '../expr/sql-type.js'

/** Letters in both cases, spaces, what LIKE gives a meaning, digits that sort otherwise as numbers. */
const ascii = ['', 'a', 'b', 'A', 'ab', 'a ', ' a', 'B', '%', 'a_', '!', '9', '10']

/** Letters without case that a lax collation takes for one another, and what UTF-16 sorts otherwise than code points. */
const beyond = ['か', 'が', 'カ', '😀', '😁', 'ａ😀']

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

/** Values of a type, null not among them. */
export const valuesOf = (type: SqlType<unknown>): fc.Arbitrary<unknown> => {
  switch (type._tag) {
    case 'Integer':
    case 'Count':
      return fc.integer({ min: -2, max: 3 })
    case 'BigInt':
      return fc.bigInt({ min: -2n, max: 3n })
    case 'Double':
      return fc.integer({ min: -8, max: 12 }).map((n) => n / 4)
    case 'Numeric':
      return fc.integer({ min: -2, max: 3 }).map(String)
    case 'Boolean':
      return fc.boolean()
    // Functions fold case, and engines agree on ASCII alone: varchar columns are kept to it, so that they can be folded.
    case 'Varchar':
      return textOf(ascii, type.length)
    case 'Text':
      return textOf([...ascii, ...beyond], null)
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
