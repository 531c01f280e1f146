// When a value that was read is the one that was written: Eq of its type.
import { inspect, isDeepStrictEqual } from 'node:util'

import type { ColumnName } from './inputs.js'

/** What a JSON document holds: members without a value are none, and there is one zero. */
const asJson = (value: unknown): unknown => {
  const text = JSON.stringify(value)
  return text === undefined ? undefined : JSON.parse(text)
}

/** Whether what was read is what was written; types with several spellings are told by `same`: one value on every engine. */
export const isKept = (column: ColumnName, written: unknown, read: unknown): boolean => {
  switch (column) {
    case 'text':
    case 'enumeration':
    case 'bigint':
      return written === read
    case 'integer':
    case 'smallint':
    case 'double':
      // a number has one zero
      return written === read
    case 'json':
      return isDeepStrictEqual(asJson(written), asJson(read))
    case 'binary':
      return written instanceof Uint8Array && read instanceof Uint8Array && Buffer.compare(written, read) === 0
    case 'timestamptz':
      return written instanceof Date
        ? read instanceof Date && written.getTime() === read.getTime()
        : typeof read === 'string'
    default:
      return typeof read === 'string'
  }
}

const rounded = (value: unknown): unknown => {
  // The last digit of a function's value is the engine's own.
  if (typeof value === 'number' && !Number.isInteger(value)) return Number(value.toPrecision(11))
  if (Array.isArray(value)) return value.map(rounded)
  if (typeof value !== 'object' || value === null || value instanceof Date || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rounded(inner)]))
}

/** Rows in an order of their own, to be compared; one line a field, for the layout of lines depends on the order of fields. */
export const shownRows = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  rows.map((row) => inspect(rounded(row), { depth: 20, maxStringLength: null, sorted: true, compact: false })).sort()

/** A value in a report. */
export const shown = (value: unknown): string => {
  try {
    return inspect(value, { depth: 4, maxStringLength: 200, breakLength: Infinity, customInspect: false }).slice(0, 400)
  } catch {
    return '(a value that cannot be looked at)'
  }
}
