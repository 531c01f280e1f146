/**
 * Families of types: what may be compared, combined and put in one CASE on every engine.
 */
import { absurd } from 'fp-ts/lib/function.js'

import {
  bigintType,
  booleanType,
  charType,
  decimalType,
  realType,
  smallintType,
  unsignedType,
  dateType,
  doubleType,
  integerType,
  type SqlType,
  binaryType,
  textType,
  timestampType,
  timestamptzType,
  timeType,
  uuidType,
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
  | 'smallint'
  | 'unsigned'
  | 'unsignedBigint'
  | 'real'
  | 'char'
  | 'enumeration'
  | 'uuid'
  | 'binary'
  | 'time'
  | 'timestamp'
  | 'interval'
  | 'array'

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
  'timestamp',
  'uuid',
  'smallint',
  'real',
  'enumeration',
  'time',
  'unsigned',
  'char',
  'binary',
  'interval',
]

export const familyOf = (type: SqlType<unknown>): Family => {
  switch (type._tag) {
    case 'SmallInt':
      return 'smallint'
    case 'Integer':
      return 'integer'
    case 'BigInt':
      return 'bigint'
    case 'Unsigned':
      return 'unsigned'
    case 'UnsignedBigInt':
      return 'unsignedBigint'
    case 'Real':
      return 'real'
    case 'Double':
      return 'double'
    case 'Count':
      return 'count'
    case 'Numeric':
      return 'numeric'
    case 'Boolean':
      return 'boolean'
    case 'Char':
      return 'char'
    case 'Enumeration':
      return 'enumeration'
    case 'Uuid':
      return 'uuid'
    case 'Binary':
      return 'binary'
    case 'Time':
      return 'time'
    case 'Timestamp':
      return 'timestamp'
    case 'Interval':
      return 'interval'
    case 'Array':
      return 'array'
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
  numeric: decimalType(null, 1),
  boolean: booleanType,
  text: textType,
  date: dateType,
  instant: timestamptzType,
  json: null,
  smallint: smallintType,
  unsigned: unsignedType(32),
  unsignedBigint: null,
  real: realType,
  char: charType(null),
  enumeration: null,
  uuid: uuidType,
  binary: binaryType(null),
  time: timeType,
  timestamp: timestampType,
  interval: null,
  array: null,
}

/** Whether values of the type have neither an equality nor an order. */
export const isUnordered = (type: SqlType<unknown>): boolean => type._tag === 'Json' || type._tag === 'Interval'

/** Families whose values are compared and ordered; JSON documents and intervals are not. */
export const comparables: ReadonlyArray<Family> = families.filter(
  (family) => family !== 'json' && family !== 'interval',
)
