/**
 * Families of types: what may be compared, combined and put in one CASE on every engine.
 */
import { absurd } from 'fp-ts/lib/function.js'

import {
  bigintType,
  booleanType,
  dateType,
  doubleType,
  integerType,
  type SqlType,
  textType,
  timestamptzType,
} from '../expr/sql-type.js'

export type Family =
  | 'integer'
  | 'bigint'
  | 'double'
  | 'count'
  | 'numeric'
  | 'boolean'
  | 'text'
  | 'date'
  | 'instant'
  | 'json'

export const families: ReadonlyArray<Family> = [
  'integer',
  'text',
  'boolean',
  'double',
  'bigint',
  'date',
  'instant',
  'count',
  'numeric',
  'json',
]

export const familyOf = (type: SqlType<unknown>): Family => {
  switch (type._tag) {
    case 'Integer':
      return 'integer'
    case 'BigInt':
      return 'bigint'
    case 'Double':
      return 'double'
    case 'Count':
      return 'count'
    case 'Numeric':
      return 'numeric'
    case 'Boolean':
      return 'boolean'
    case 'Varchar':
    case 'Text':
      return 'text'
    case 'Date':
      return 'date'
    case 'TimestampTz':
      return 'instant'
    case 'Json':
      return 'json'
    default:
      return absurd(type._tag)
  }
}

/** The type of a family's literals; null where it has none that anyone can write. */
export const literalType: Readonly<Record<Family, SqlType<unknown> | null>> = {
  integer: integerType,
  bigint: bigintType,
  double: doubleType,
  count: null,
  numeric: null,
  boolean: booleanType,
  text: textType,
  date: dateType,
  instant: timestamptzType,
  json: null,
}

/** Families whose values are compared and ordered; JSON documents are not. */
export const comparables: ReadonlyArray<Family> = families.filter((family) => family !== 'json')
