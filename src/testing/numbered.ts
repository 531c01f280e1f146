/**
 * Values by number for columns that keys are made of: the nth row has another than all others.
 */
import { isRight } from 'fp-ts/lib/Either.js'

import { keysOfTable } from '../expr/conflict-key.js'
import { decimalText } from '../expr/decimal.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { fits } from '../expr/text-value.js'
import { accept } from '../interpret/accept.js'
import type { Row } from '../interpret/value.js'
import { columnsIn } from './check-values.js'

const text = (key: string, n: number, length: number | null): string =>
  length === null || fits(`${key}${n}`, length) ? `${key}${n}` : n.toString(36)

const day = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10)

const clock = (n: number): string => new Date(Date.UTC(2000, 0, 1, 0, 0, n)).toISOString().slice(11, 19)

/** The nth value of a type; null where it has too few of them. */
const nth = (type: SqlType<unknown>, key: string, n: number): unknown => {
  switch (type._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Unsigned':
    case 'Real':
    case 'Double':
      return n
    case 'BigInt':
    case 'UnsignedBigInt':
      return BigInt(n)
    case 'Numeric':
      return decimalText(BigInt(n) * 10n ** BigInt(type.scale), type.scale)
    case 'Text':
    case 'Varchar':
    case 'Char':
      return text(key, n, type.length)
    case 'Uuid':
      return `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`
    case 'Binary':
      return Uint8Array.from([n >> 24, n >> 16, n >> 8, n].map((byte) => byte & 255).slice(-(type.length ?? 4)))
    case 'Date':
      return day(n)
    case 'Time':
      return `${clock(n)}.000000`
    case 'Timestamp':
      return `${day(Math.floor(n / 86_400))}T${clock(n)}.000000`
    case 'TimestampTz':
      return `${day(Math.floor(n / 86_400))}T${clock(n)}.000000Z`
    default:
      return null
  }
}

/** The nth value of a column in its own form; null where it has too few, or its codec takes it not. */
const nthOf = (column: ColumnInfo, n: number): unknown => {
  const below = nth(plainOf(column.type), column.key, n)
  const { refinement } = column.type
  if (below === null || refinement === null) return below
  try {
    const decoded = refinement.codec.decode(below)
    return isRight(decoded) && isRight(accept(column.type, false, column.key, decoded.right)) ? decoded.right : null
  } catch {
    // The codec is its user's: a value at which it throws is none of its values.
    return null
  }
}

/** The keys of the columns that keys and unique indexes are made of. */
const keyed = (info: TableInfo): ReadonlySet<string> =>
  new Set(
    keysOfTable(info).flatMap(({ columns, index }) => [
      ...(columns ?? []),
      ...(index === null ? [] : index.parts.flatMap(({ expr }) => [...columnsIn(expr)])),
    ]),
  )

/** The values by number of the columns that keys are made of. */
export const numbered = (info: TableInfo, n: number): Row => {
  const keys = keyed(info)
  return Object.fromEntries(
    info.columns
      .filter((column) => keys.has(column.key) && column.generated === null)
      .map((column) => [column.key, nthOf(column, n)] as const)
      .filter(([, value]) => value !== null),
  )
}
