/**
 * When rows of two places are equal: numbers within what engines may differ in, documents whatever the order of their keys.
 */

/** Engines add up doubles in any order, so that the last digits differ. */
const tolerance = 1e-9

const sameNumber = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b))

const membersOf = (value: object): ReadonlyArray<readonly [string, unknown]> =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))

/** Equal values: what has no members of its own, such as a Date, by what it is as JSON. */
const sameValue = (a: unknown, b: unknown): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return sameNumber(a, b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [left, right] = [membersOf(a), membersOf(b)]
  if (left.length === 0 && right.length === 0) return JSON.stringify(a) === JSON.stringify(b)
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]?.[0] && sameValue(value, right[i]?.[1]))
  )
}

const sortable = (_: string, value: unknown): unknown => {
  if (typeof value === 'number') return Number(value.toPrecision(6))
  if (typeof value === 'bigint') return `${value}n`
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(membersOf(value))
    : value
}

const textOf = (row: unknown): string => JSON.stringify(row, sortable) ?? ''

/** The rows in an order that equal bags share. */
export const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  rows
    .map((row) => [textOf(row), row] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, row]) => row)

/** Equal rows in the same order. */
export const sameRows = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): boolean =>
  a.length === b.length && a.every((row, i) => sameValue(row, b[i]))
