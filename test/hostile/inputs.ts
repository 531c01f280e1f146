// Inputs from the history of attacks and corruption, as values.
import { readFileSync } from 'node:fs'

/** The types of columns that inputs are for. */
export type ColumnName =
  | 'text'
  | 'json'
  | 'integer'
  | 'smallint'
  | 'bigint'
  | 'double'
  | 'numeric'
  | 'binary'
  | 'date'
  | 'time'
  | 'timestamptz'
  | 'enumeration'

export interface Input {
  readonly id: string
  readonly where: string
  readonly column?: ColumnName
  readonly input: unknown
  readonly expect: string | Readonly<Record<string, string>>
}

const nest = (open: string, close: string, n: number): unknown => {
  let value: unknown = 0
  for (let i = 0; i < n; i++) value = open === '[' ? [value] : { a: value }
  return close === '' ? null : value
}
const repeat = (s: string, n: number): string => s.repeat(n)

/** A proxy may throw when it is asked what it is. */
const isPromise = (value: unknown): value is Promise<unknown> => {
  try {
    return value instanceof Promise
  } catch {
    return false
  }
}

/** What an input stands for: itself, or the value of its expression. */
export const valueOf = ({ input }: Input): unknown => {
  if (typeof input !== 'object' || input === null || !('$js' in input)) return input
  // oxlint-disable-next-line typescript/no-implied-eval -- the data of this folder are expressions
  const make = new Function('repeat', 'nest', `return (${String(input.$js)})`) as (
    ...helpers: ReadonlyArray<unknown>
  ) => unknown
  const value = make(repeat, nest)
  // Nobody awaits a promise that is given as a value: one that is rejected would end the run.
  if (isPromise(value)) value.catch(() => undefined)
  return value
}

// Data of this folder has this form.
export const inputs = JSON.parse(
  readFileSync(new URL('hostile-inputs.json', import.meta.url), 'utf8'),
) as ReadonlyArray<Input>

/** What an input promises on a place: `equal`, `refused`, or `equal-or-refused`. */
export const expected = ({ expect }: Input, place: string): string =>
  typeof expect === 'string' ? expect : (expect[place] ?? 'equal-or-refused')

/** A megabyte and more, which goes through its column, and not every other way, too. */
export const isLarge = ({ input }: Input): boolean =>
  typeof input === 'object' && input !== null && '$js' in input && /2\*\*(2\d|3\d)/.test(String(input.$js))

/** Texts of a hundred megabytes and more: tried once, not again and again. */
export const isHuge = ({ input }: Input): boolean =>
  typeof input === 'object' && input !== null && '$js' in input && /2\*\*(2[4-9]|3\d)/.test(String(input.$js))
