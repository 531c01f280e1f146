/**
 * Rows of two origins made alike, so that they can be compared: by value where they are exact, and nearly where they are doubles.
 */
import type { EngineName, Kind } from './sql/words.js'

export type Cell = string | number | null

/** Digits without a point and the zeros before them: `12.50` by three digits is `12500`. */
const scaled = (decimal: string, digits: number): string => {
  const [whole = '', fraction = ''] = decimal.split('.')
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > digits) throw new RangeError(`${decimal} has more than ${digits} digits after the point`)
  return String(BigInt(`${whole}${kept.padEnd(digits, '0')}`))
}

/** A value as a driver or relvar gives it: these four and nothing else. */
type Given = string | number | bigint | null

const given = (value: unknown): Given => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value
  throw new TypeError(`a ${typeof value} among the values`)
}

const cell = (kind: Kind, value: Given): Cell => {
  if (value === null) return null
  switch (kind) {
    case 'text':
      return String(value)
    case 'whole':
    case 'double':
      return Number(value)
    default:
      return scaled(String(value), kind)
  }
}

/** A row as a driver gives it: SQLite's exact numbers are whole already. */
export const rawRow =
  (engine: EngineName, kinds: ReadonlyArray<Kind>) =>
  (row: ReadonlyArray<unknown>): ReadonlyArray<Cell> =>
    kinds.map((kind, i) => {
      const value = given(row[i])
      return engine === 'sqlite' && typeof kind === 'number' && value !== null ? String(value) : cell(kind, value)
    })

/** A row of relvar: a record whose fields stand in the order of the columns, or a value where there is one column. */
export const relvarRow =
  (kinds: ReadonlyArray<Kind>) =>
  (row: unknown): ReadonlyArray<Cell> => {
    const values: ReadonlyArray<unknown> = typeof row === 'object' && row !== null ? Object.values(row) : [row]
    if (values.length !== kinds.length) throw new RangeError(`${values.length} fields for ${kinds.length} columns`)
    return kinds.map((kind, i) => cell(kind, given(values[i])))
  }

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))

const equal = (kind: Kind | undefined, a: Cell | undefined, b: Cell | undefined): boolean =>
  kind === 'double' && typeof a === 'number' && typeof b === 'number' ? near(a, b) : a === b

/** What is not the same, in words; nothing where the rows are, in this order. */
export const differences = (
  kinds: ReadonlyArray<Kind>,
  expected: ReadonlyArray<ReadonlyArray<Cell>>,
  actual: ReadonlyArray<ReadonlyArray<Cell>>,
): ReadonlyArray<string> => {
  if (expected.length !== actual.length) return [`${actual.length} rows for ${expected.length}`]
  return expected.flatMap((row, i) =>
    row.every((value, k) => equal(kinds[k], value, actual[i]?.[k]))
      ? []
      : [`row ${i}: ${JSON.stringify(actual[i])} for ${JSON.stringify(row)}`],
  )
}
