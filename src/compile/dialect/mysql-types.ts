/**
 * How MySQL and MariaDB name and carry the values of each type.
 */
import type { SqlType } from '../../expr/sql-type.js'
import type { TypeForm } from '../dialect.js'
import * as encode from '../encode.js'
import { absent, among, form as formOf, hex, withRefinements } from './shared-types.js'

const form = (ddl: string, cast: string | null, encoder: TypeForm['encode'], more: Partial<TypeForm> = {}): TypeForm =>
  formOf(ddl, encoder, { cast, ...more })

const same = <A>(a: A): A => a

/** The backslash is an escape unless NO_BACKSLASH_ESCAPES is set, which the driver refuses. */
export const familyLiteral = (value: string): string => `'${value.replace(/['\\]/g, '\\$&')}'`

/** The most digits of a DECIMAL, and the most of them after the point. */
const digits = { mysql: { all: 65, after: 30 }, mariadb: { all: 65, after: 38 } } as const

// The driver binds a bigint as the server's own 64-bit integer: exact, and the index of an integer column serves it. mysql2 sends
// every JS number as a double, and text makes MariaDB compare an IN list row by row.
// MySQL takes a bare placeholder beside a sum for a decimal of thirty digits, and one that stands alone for what was bound when the
// text was first prepared: a text that comes with other types again must not be the same text. MariaDB takes it for what is bound.
/** The form of a type. */
export const familyType = (name: 'mysql' | 'mariadb', collation: string): ((type: SqlType<unknown>) => TypeForm) => {
  const whole = name === 'mysql' ? 'SIGNED' : null
  const characters = (ddl: string): { readonly jsonColumn: string } => ({
    jsonColumn: `${ddl} CHARACTER SET utf8mb4 COLLATE ${collation}`,
  })
  const text = (ddl: string, encoder: TypeForm['encode'], more: Partial<TypeForm> = {}): TypeForm =>
    form(ddl, null, encoder, { ...characters(ddl), ...more })
  const numeric = (t: SqlType<unknown>): TypeForm => {
    const { all, after } = digits[name]
    if (t.scale > after || (t.precision ?? 0) > all)
      return absent(`keep numerics of more than ${all} digits, or of ${after} after the point`, 'fewer digits')
    const widest = `(${all},${t.scale})`
    return form(
      `decimal${t.precision === null ? widest : `(${t.precision},${t.scale})`}`,
      `DECIMAL${widest}`,
      encode.decimal(t, same),
      { jsonColumn: `decimal${widest}` },
    )
  }
  const plain = (t: SqlType<unknown>): TypeForm => {
    switch (t._tag) {
      case 'SmallInt':
        return form('smallint', whole, encode.smallint(BigInt))
      case 'Integer':
        return form('integer', whole, encode.integer(BigInt))
      case 'BigInt':
        return form('bigint', whole, encode.bigint(same))
      case 'Unsigned':
        return form(
          `${t.length === 16 ? 'smallint' : 'integer'} unsigned`,
          whole,
          encode.unsigned(t.length ?? 32, BigInt),
        )
      case 'UnsignedBigInt':
        return form('bigint unsigned', whole === null ? null : 'UNSIGNED', encode.unsignedBigint(same))
      case 'Count':
        return form('bigint', whole, encode.count(BigInt))
      case 'Real':
        return form('float', whole === null ? null : 'DOUBLE', encode.real, { jsonColumn: 'double' })
      case 'Double':
        return form('double', whole === null ? null : 'DOUBLE', encode.double)
      case 'Numeric':
        return numeric(t)
      case 'Boolean':
        return form(
          'boolean',
          'SIGNED',
          encode.boolean((b) => (b ? 1n : 0n)),
          { jsonColumn: 'tinyint' },
        )
      case 'Char':
        return text(t.length === null ? 'longtext' : `char(${t.length})`, encode.char(t.length))
      case 'Varchar':
        return text(`varchar(${t.length ?? 1})`, encode.varchar(t.length ?? 1))
      case 'Text':
        return text('longtext', encode.text)
      case 'Enumeration':
        // ENUM has the order of its definition: text has one order on all engines.
        return text(`varchar(${t.length ?? 1})`, encode.oneOf(t.members), { check: among(t.members, familyLiteral) })
      case 'Uuid':
        // The UUID of MariaDB has an order of its own, which changed between versions.
        return text('char(36)', encode.uuid(same))
      case 'Binary':
        return form(
          t.length === null ? 'longblob' : `varbinary(${t.length})`,
          // MariaDB groups bytes by the length of a bare placeholder, which is none.
          'BINARY',
          encode.binary(t.length, same),
          {
            // No JSON carries bytes.
            ...characters('longtext'),
            element: encode.binary(t.length, hex),
            fromElement: (element) => `unhex(${element})`,
          },
        )
      case 'Date':
        return form('date', 'DATE', encode.date)
      case 'Time':
        return form('time(6)', 'TIME(6)', encode.time(same))
      case 'Timestamp':
        return form(
          'datetime(6)',
          'DATETIME(6)',
          encode.timestamp((iso) => iso.replace('T', ' ')),
        )
      case 'TimestampTz':
        // DATETIME has no zone: relvar's is UTC. TIMESTAMP ends in 2038.
        return form(
          'datetime(6)',
          'DATETIME(6)',
          encode.instant((iso) => `${iso.slice(0, 10)} ${iso.slice(11, 26)}`),
        )
      case 'Interval':
        return text('varchar(64)', encode.interval(same))
      case 'Json':
        // Among keys a document is text: as JSON it would be a string that holds a document.
        return form('json', null, encode.json(t), characters('longtext'))
      case 'Array':
        return absent('keep arrays', 'json')
    }
  }
  return withRefinements(plain)
}
