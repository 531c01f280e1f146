/**
 * How PostgreSQL names and carries the values of each type.
 */
import { plainOf, type SqlType } from '../../expr/sql-type.js'
import { type ArrayText, arrayToText } from '../array-text.js'
import type { TypeForm } from '../dialect.js'
import * as encode from '../encode.js'
import { type Encode, type Refused, refused } from '../sql.js'
import { standardLiteral } from './shared.js'
import { among, between, form as formOf, hex, withRefinements } from './shared-types.js'

// PostgreSQL cannot infer the type of a parameter in `$1 is null` or `$1 + $2`, so each is cast.
const form = (ddl: string, cast: string, encoder: Encode, more: Partial<TypeForm> = {}): TypeForm =>
  formOf(ddl, encoder, { cast, jsonColumn: cast, ...more })

const same = <A>(a: A): A => a

/** What a backslash means depends on a setting, standard_conforming_strings, but where the text says E. */
export const escapedLiteral = (value: string): string =>
  value.includes('\\') ? `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'` : standardLiteral(value)

const plain = (t: SqlType<unknown>): TypeForm => {
  switch (t._tag) {
    case 'SmallInt':
      return form('smallint', 'smallint', encode.smallint(same))
    case 'Integer':
      return form('integer', 'integer', encode.integer(same))
    case 'BigInt':
      return form('bigint', 'bigint', encode.bigint(String))
    case 'Unsigned': {
      const wider = t.length === 16 ? 'integer' : 'bigint'
      const bits = t.length ?? 32
      return form(wider, wider, encode.unsigned(bits, same), { check: between(0, 2 ** bits - 1) })
    }
    case 'UnsignedBigInt':
      return form('numeric(20)', 'numeric', encode.unsignedBigint(String), {
        check: between(0, '18446744073709551615'),
      })
    case 'Count':
      return form('bigint', 'bigint', encode.count(same))
    case 'Real':
      return form('real', 'real', encode.real)
    case 'Double':
      return form('double precision', 'double precision', encode.double)
    case 'Numeric':
      return form(
        t.precision === null ? 'numeric' : `numeric(${t.precision}, ${t.scale})`,
        'numeric',
        encode.decimal(t, same),
      )
    case 'Boolean':
      return form(
        'boolean',
        'boolean',
        encode.boolean((b) => (b ? 'true' : 'false')),
      )
    case 'Char':
      // Its own CHAR pads, and compares, measures and matches with or without the blanks as it likes.
      return form(`varchar(${t.length ?? 1})`, 'text', encode.char(t.length))
    case 'Varchar':
      return form(`varchar(${t.length ?? 1})`, 'text', encode.varchar(t.length ?? 1))
    case 'Text':
      return form('text', 'text', encode.text)
    case 'Enumeration':
      return form('text', 'text', encode.oneOf(t.members), { check: among(t.members, escapedLiteral) })
    case 'Uuid':
      return form('uuid', 'uuid', encode.uuid(same))
    case 'Binary':
      return form(
        'bytea',
        'bytea',
        encode.binary(t.length, (bytes) => `\\x${hex(bytes)}`),
        t.length === null ? {} : { check: (column) => `octet_length(${column}) <= ${t.length}` },
      )
    case 'Date':
      return form('date', 'date', encode.date)
    case 'Time':
      return form('time', 'time', encode.time(same))
    case 'Timestamp':
      return form('timestamp', 'timestamp', encode.timestamp(same))
    case 'TimestampTz':
      return form('timestamptz', 'timestamptz', encode.instant(same))
    case 'Interval':
      return form('interval', 'interval', encode.interval(same))
    case 'Json':
      return form('jsonb', 'jsonb', encode.json(t))
    case 'Array':
      return arrayForm(t)
  }
}

/** The form of a type. */
export const postgresType: (type: SqlType<unknown>) => TypeForm = withRefinements(plain)

// -------------------------------------------------------------------------------------
// arrays
// -------------------------------------------------------------------------------------

const arrayForm = (t: SqlType<unknown>): TypeForm => {
  const [leaf, nullable, depth] = innermost(t)
  const below = postgresType(leaf)
  const brackets = '[]'.repeat(depth)
  const encoder: Encode = (value) => {
    const text = elements(value, depth, nullable, below.element)
    if ('_tag' in text) return text
    if (depth > 1 && text.length > 0 && !rectangular(text, depth)) return refused('an array whose rows have one length')
    return arrayToText(text)
  }
  return form(below.ddl + brackets, (below.cast ?? below.ddl) + brackets, encoder)
}

/** The type in the middle of arrays of arrays, whether it may be null, and how many arrays are around it. */
const innermost = (t: SqlType<unknown>): readonly [SqlType<unknown>, boolean, number] => {
  if (t.element === null) return [t, false, 0]
  // A codec over an inner array would be skipped, so `array` refuses it where it is made.
  if (plainOf(t.element)._tag !== 'Array') return [t.element, t.elementNullable, 1]
  const [leaf, nullable, depth] = innermost(t.element)
  return [leaf, nullable, depth + 1]
}

const elements = (value: unknown, depth: number, nullable: boolean, encodeOne: Encode): ArrayText | Refused => {
  if (!Array.isArray(value)) return refused(`${encode.showValue(value)} is no array`)
  const made: Array<string | null | ArrayText> = []
  for (const one of value as ReadonlyArray<unknown>) {
    const inner = depth > 1 ? elements(one, depth - 1, nullable, encodeOne) : leafText(one, nullable, encodeOne)
    if (inner !== null && typeof inner === 'object' && '_tag' in inner) return inner
    made.push(inner)
  }
  return made
}

const leafText = (one: unknown, nullable: boolean, encodeOne: Encode): string | null | Refused => {
  if (one === null) return nullable ? null : refused('an element is null')
  const wire = encodeOne(one)
  return typeof wire === 'object'
    ? wire !== null && '_tag' in wire
      ? wire
      : refused('an element is null')
    : String(wire)
}

/** PostgreSQL has arrays of rows of one length, none of them empty. */
const rectangular = (rows: ArrayText, depth: number): boolean => sizes(rows, depth) !== null

const sizes = (rows: ArrayText, depth: number): string | null => {
  if (rows.length === 0) return null
  if (depth === 1) return String(rows.length)
  const [first, ...rest] = rows.map((row) => (Array.isArray(row) ? sizes(row as ArrayText, depth - 1) : null))
  return first !== undefined && first !== null && rest.every((size) => size === first)
    ? `${rows.length}x${first}`
    : null
}
