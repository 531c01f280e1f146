/**
 * How SQLite carries the values of each type. Its tables are STRICT, so there are four types.
 */
import type { SqlType } from '../../expr/sql-type.js'
import type { TypeForm } from '../dialect.js'
import * as encode from '../encode.js'
import { refused } from '../sql.js'
import { standardLiteral } from './shared.js'
import { absent, among, between, form, hex, withRefinements } from './shared-types.js'

const same = <A>(a: A): A => a

const most = 2n ** 63n

/** A numeric as a whole number of its last digits, so that its order and its sums are those of numbers. */
const numeric = (t: SqlType<unknown>): TypeForm => {
  if (t.storedAs === 'text') return form('TEXT', encode.decimal(t, same))
  if (t.precision !== null && t.precision > 18)
    return absent(`calculate numerics of ${t.precision} digits: it has 18`, 'numerics of fewer digits')
  const nines = t.precision === null ? null : '9'.repeat(t.precision)
  return form(
    'INTEGER',
    encode.decimal(t, (text, units) =>
      units < most && units >= -most
        ? units
        : refused(`${encode.showValue(text)} has more digits than SQLite calculates with`),
    ),
    { check: nines === null ? null : between(`-${nines}`, nines) },
  )
}

// A JS number is bound as REAL: integers go as bigint.
const plain = (t: SqlType<unknown>): TypeForm => {
  switch (t._tag) {
    case 'SmallInt':
      return form('INTEGER', encode.smallint(BigInt), { check: between(-32768, 32767) })
    case 'Integer':
      return form('INTEGER', encode.integer(BigInt))
    case 'BigInt':
      return form('INTEGER', encode.bigint(same))
    case 'Unsigned': {
      const bits = t.length ?? 32
      return form('INTEGER', encode.unsigned(bits, BigInt), { check: between(0, 2 ** bits - 1) })
    }
    case 'UnsignedBigInt':
      return absent('keep whole numbers beyond 63 bits', 'bigint, or numeric(20, 0)')
    case 'Count':
      return form('INTEGER', encode.count(BigInt))
    case 'Real':
      return form('REAL', encode.real)
    case 'Double':
      return form('REAL', encode.double)
    case 'Numeric':
      return numeric(t)
    case 'Boolean':
      return form(
        'INTEGER',
        encode.boolean((b) => (b ? 1n : 0n)),
      )
    case 'Char':
      return form('TEXT', encode.char(t.length))
    case 'Varchar':
      return form('TEXT', encode.varchar(t.length ?? 1))
    case 'Text':
      return form('TEXT', encode.text)
    case 'Enumeration':
      return form('TEXT', encode.oneOf(t.members), { check: among(t.members, standardLiteral) })
    case 'Uuid':
      return form('TEXT', encode.uuid(same))
    case 'Binary':
      return form('BLOB', encode.binary(t.length, same), {
        // No JSON carries bytes.
        element: encode.binary(t.length, hex),
        fromElement: (element) => `unhex(${element})`,
        check: t.length === null ? null : (column) => `length(${column}) <= ${t.length}`,
      })
    case 'Date':
      return form('TEXT', encode.date)
    case 'Time':
      return form('TEXT', encode.time(same))
    case 'Timestamp':
      return form('TEXT', encode.timestamp(same))
    case 'TimestampTz':
      // One width and one zone, so that the order of text is the order of time.
      return form('TEXT', encode.instant(same))
    case 'Interval':
      return form('TEXT', encode.interval(same))
    case 'Json':
      return form('TEXT', encode.json(t))
    case 'Array':
      return absent('keep arrays', 'json')
  }
}

/** The form of a type. */
export const sqliteType: (type: SqlType<unknown>) => TypeForm = withRefinements(plain)
