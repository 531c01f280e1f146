/**
 * Keys that the database makes: the next number of an automatic column, and of an identity that counts in steps of its own.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Identity } from '../expr/column.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type Overflow, overflow } from './eval-error.js'
import type { Tables } from './tables.js'
import type { Row } from './value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The last key that was made or given; null before the first. */
export type LastKey = bigint | null

export const automaticColumn = (info: TableInfo): ColumnInfo | null => info.columns.find((c) => c.autoIncrement) ?? null

export const lastKey = (tables: Tables, info: TableInfo): LastKey => tables.keys.get(tableIdentity(info)) ?? null

/** The tables with the last key of a table. */
export const withKey = (tables: Tables, info: TableInfo, key: LastKey): Tables =>
  key === null || key === lastKey(tables, info)
    ? tables
    : Object.freeze({ ...tables, keys: new Map(tables.keys).set(tableIdentity(info), key) })

// -------------------------------------------------------------------------------------
// counting
// -------------------------------------------------------------------------------------

interface Counted {
  readonly start: bigint
  readonly increment: bigint
  readonly least: bigint | null
  readonly greatest: bigint | null
  readonly cycle: boolean
}

const counted = (identity: Identity | null): Counted => {
  const { start, increment, min, max, cycle = false } = identity ?? {}
  const step = BigInt(increment ?? 1)
  const [least, greatest] = [min, max].map((n) => (n === undefined ? null : BigInt(n)))
  const first = step > 0n ? (least ?? 1n) : (greatest ?? -1n)
  return {
    start: start === undefined ? first : BigInt(start),
    increment: step,
    // A count that says no end of its own ends with its type.
    least: least ?? (step > 0n ? 1n : null),
    greatest: greatest ?? (step > 0n ? null : -1n),
    cycle,
  }
}

/** The key after the last one. */
export const nextKey = (info: TableInfo, column: ColumnInfo, last: LastKey): E.Either<Overflow, bigint> => {
  const { start, increment, least, greatest, cycle } = counted(column.identity)
  if (last === null) return E.right(start)
  const next = last + increment
  const end = increment > 0n ? greatest : least
  if (end === null || (increment > 0n ? next <= end : next >= end)) return E.right(next)
  const again = increment > 0n ? least : greatest
  return cycle && again !== null
    ? E.right(again)
    : E.left(overflow(`the next key of "${info.name}"."${column.key}"`, 'its identity'))
}

/** A key as a number to count from; null where it is none. */
const asKey = (value: unknown): LastKey =>
  typeof value === 'bigint' ? value : typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null

/** The last key after a row whose own is `row`'s: keys that were given count, too, so that none is made that is there. */
export const keyAfter = (column: ColumnInfo, row: Row, last: LastKey, made: boolean): LastKey => {
  const own = asKey(row[column.key])
  const { start, increment, cycle } = counted(column.identity)
  if (own === null || made) return own ?? last
  if (cycle) return last
  const before = last ?? start - increment
  if (increment > 0n ? own <= before : own >= before) return last
  return own
}
