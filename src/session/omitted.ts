/**
 * What stands in a column that a new row leaves out.
 */
import type { ColumnInfo } from '../expr/source.js'
import type { TableEntry } from './catalog.js'
import { withComputed } from './computed.js'
import { type Fields, stored } from './identity.js'
import { isRef } from './ref.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * `Known` before the row is written; `Made` when it is, by the database or by a function of the client; else `Missing`.
 */
export type Omitted =
  | { readonly _tag: 'Known'; readonly value: unknown }
  | { readonly _tag: 'Made' }
  | { readonly _tag: 'Missing' }

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** What the column holds where an insert leaves it out. */
export const omitted = (column: ColumnInfo): Omitted => {
  if (column.default !== null)
    return column.default._tag === 'Value'
      ? { _tag: 'Known', value: stored(column.type, column.default.value) }
      : { _tag: 'Made' }
  if (column.autoIncrement || column.serverDefault !== null || column.generated !== null) return { _tag: 'Made' }
  return column.nullable ? { _tag: 'Known', value: null } : { _tag: 'Missing' }
}

/** The whole row that values make, or null where something of it is not known before it is written. */
export const wholeRow = (table: TableEntry, values: Fields): Fields | null => {
  const row: Array<readonly [string, unknown]> = []
  for (const column of table.info.columns) {
    if (column.generated !== null) continue
    const given = Object.hasOwn(values, column.key)
    const value = given ? values[column.key] : undefined
    const left = given ? null : omitted(column)
    if (isRef(value) || (left !== null && left._tag !== 'Known')) return null
    row.push([column.key, left === null ? stored(column.type, value) : left.value])
  }
  const whole = withComputed(table, Object.fromEntries(row))
  return whole === null ? null : Object.freeze(whole)
}

/**
 * What a new row leaves out and is known all the same, so that rows which leave out different columns are written
 * alike.
 */
export const withOmitted = (table: TableEntry, values: Fields): Fields => {
  const row: Array<readonly [string, unknown]> = []
  for (const column of table.info.columns) {
    const is = Object.hasOwn(values, column.key) ? null : omitted(column)
    if (is?._tag === 'Known') row.push([column.key, is.value])
  }
  return row.length === 0 ? values : { ...Object.fromEntries(row), ...values }
}
