// How rows are compared: values alike, in their order or in any.

const sameNumber = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

/** Equal values; numbers within a relative 1e-9, since engines add up doubles in any order. */
const alike = (a: unknown, b: unknown): boolean => {
  if (typeof a === 'number' && typeof b === 'number') return sameNumber(a, b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b
  const [left, right] = [Object.entries(a), Object.entries(b)]
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]?.[0] && alike(value, right[i]?.[1]))
  )
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(6)) : typeof value === 'bigint' ? `${value}n` : value

/** A row as text that equal rows share; to sort rows by. */
export const textOf = (row: unknown): string => JSON.stringify(row, rounded) ?? 'undefined'

const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  [...rows].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1))

/** Equal rows in the same order. */
export const sameRows = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): boolean => alike(a, b)

/** Equal rows, as often, in any order. */
export const sameBag = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): boolean => alike(sorted(a), sorted(b))

const plain = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value)

/** Rows for a message: the first ones, where there are many. */
export const showRows = (rows: unknown): string =>
  Array.isArray(rows) && rows.length > 30
    ? `${JSON.stringify(rows.slice(0, 30), plain)} and so on, ${rows.length} rows`
    : (JSON.stringify(rows, plain) ?? 'undefined')
