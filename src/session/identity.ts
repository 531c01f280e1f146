/**
 * When two values of a column are one value, and which text stands for a key. Both go by the value that a column
 * stores: two spellings of an instant are one, two documents with equal content are one.
 */
import * as E from 'fp-ts/lib/Either.js'

import { asked } from '../expr/asked.js'
import type { SqlType, TypeTag } from '../expr/sql-type.js'
import { accept } from '../interpret/accept.js'
import { readValue } from '../interpret/refined.js'
import { keyOf } from '../interpret/value.js'
import type { TableEntry } from './catalog.js'
import { isRef } from './ref.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Values by column key. */
export type Fields = Readonly<Record<string, unknown>>

/** The key of a row and the text that identifies the row in all of the schema. */
export interface Key {
  readonly id: string
  readonly fields: Fields
}

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** A document as text in which the order of members does not matter; null where it is no JSON. */
const documentText = (type: SqlType<unknown>, value: unknown): string | null => {
  try {
    const sorted = (_: string, v: unknown): unknown =>
      typeof v === 'object' && v !== null && !Array.isArray(v)
        ? Object.fromEntries(Object.entries(v).sort(([a], [b]) => (a < b ? -1 : 1)))
        : v
    const below = type.refinement === null ? value : type.refinement.codec.encode(value)
    return JSON.stringify(type.encode(below), sorted) ?? null
  } catch {
    // The codec refuses the value: whoever binds it says so.
    return null
  }
}

/** The types that have more than one spelling of a value. */
const respelled: ReadonlyArray<TypeTag> = [
  'Real',
  'Numeric',
  'Char',
  'Uuid',
  'Time',
  'Timestamp',
  'TimestampTz',
  'Interval',
  'Array',
]

/** A value as the column keeps it: in its one spelling, below what stands over the type; one that is refused stays as it is. */
const kept = (type: SqlType<unknown>, value: unknown): unknown => {
  if (type.refinement === null && !respelled.includes(type._tag)) return value
  const accepted = accept(type, true, '', value)
  return E.isRight(accepted) ? accepted.right : value
}

/** A value as it is read after it was written; one that the column refuses stays as it is. */
export const stored = (type: SqlType<unknown>, value: unknown): unknown => {
  if (value === null) return value
  if (type._tag !== 'Json') return readValue(type, kept(type, value))
  const text = documentText(type, value)
  if (text === null) return value
  try {
    const read = type.decoder.decode(JSON.parse(text))
    return E.isRight(read) ? read.right : value
  } catch {
    return value
  }
}

/** Whether a column holds the same after either value was written. */
export const sameValue = (type: SqlType<unknown>, a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (a === null || b === null) return false
  if (type._tag !== 'Json') return E.isRight(accept(type, true, '', a)) && valueText(type, a) === valueText(type, b)
  const text = documentText(type, a)
  return text !== null && text === documentText(type, b)
}

/** A text that two values of one column share only where they are the same value. */
export const valueText = (type: SqlType<unknown>, given: unknown): string =>
  asked(() => textOf(type, given), `x${typeof given}`)

const textOf = (type: SqlType<unknown>, given: unknown): string => {
  if (type._tag === 'Json') return `j${documentText(type, given) ?? ''}`
  const value = kept(type, given)
  if (value instanceof Uint8Array || Array.isArray(value)) return `a${keyOf(value)}`
  switch (typeof value) {
    case 'string':
      return `s${value}`
    case 'number':
      // both zeros are one key
      return `n${value}`
    case 'bigint':
      return `b${value}`
    case 'boolean':
      return `o${value}`
    default:
      // No column takes it; it is refused when it is bound.
      return `x${typeof value}`
  }
}

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** Own members only: a name such as `constructor` is no value of a row. */
export const fieldOf = (row: Fields, column: string): unknown => (Object.hasOwn(row, column) ? row[column] : undefined)

/** The key that a row says; null where a part is absent or a Ref, or where the table has no primary key. */
export const keyIn = (table: TableEntry, row: Fields): Key | null => {
  const parts: Array<string> = []
  const fields: Array<readonly [string, unknown]> = []
  for (const column of table.info.primaryKey) {
    const value = fieldOf(row, column)
    const type = table.columns.get(column)?.type
    if (value === undefined || value === null || isRef(value) || type === undefined) return null
    parts.push(valueText(type, value))
    fields.push([column, stored(type, value)])
  }
  if (parts.length === 0) return null
  // A table's identity is JSON, so it is no beginning of another's.
  const id = `${table.id}${parts.length === 1 ? parts[0] : JSON.stringify(parts)}`
  return { id, fields: Object.freeze(Object.fromEntries(fields)) }
}

const compareValues = (a: unknown, b: unknown): number => {
  if ((typeof a === 'number' && typeof b === 'number') || (typeof a === 'bigint' && typeof b === 'bigint'))
    return a < b ? -1 : a > b ? 1 : 0
  const [x, y] = [String(a), String(b)]
  return x < y ? -1 : x > y ? 1 : 0
}

/**
 * The order of rows by their keys: all flushes write rows in one order, so that two of them do not wait for each other.
 */
export const compareKeys =
  (table: TableEntry) =>
  (a: Fields, b: Fields): number => {
    for (const column of table.info.primaryKey) {
      const order = compareValues(fieldOf(a, column), fieldOf(b, column))
      if (order !== 0) return order
    }
    return 0
  }
