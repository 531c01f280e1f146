// The values of the table `samples`: as the data writes them, and as relvar has them.
import { rowsOf } from './data.js'

type Row = Readonly<Record<string, unknown>>

const changed = (row: Row, changes: Readonly<Record<string, (value: unknown) => unknown>>): Row =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, value === null ? null : (changes[key]?.(value) ?? value)]),
  )

const bytesOf = (value: unknown): unknown =>
  typeof value === 'string' ? Uint8Array.from(Buffer.from(value, 'hex')) : value

/** An integer beyond 2^53 is text in the data, bytes are hexadecimal, a span is a number of seconds. */
const ours = (row: Row): Row =>
  changed(row, {
    big: (value) => BigInt(String(value)),
    raw: bytesOf,
    span: (value) => `PT${String(value)}S`,
  })

const wholeSeconds = (value: unknown): unknown => (typeof value === 'string' ? value.replace(/\.0{6}$/, '') : value)

const seconds = (value: unknown): unknown => {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(String(value))
  if (found === null) return value
  const [, h = '0', m = '0', s = '0'] = found
  return Number(h) * 3600 + Number(m) * 60 + Number(s)
}

/** The same row in the words of the data. */
export const asData = (row: Row): Row =>
  changed(row, {
    big: String,
    raw: (value) => (value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value),
    at: wholeSeconds,
    clock: wholeSeconds,
    span: seconds,
  })

/** The rows of a table of the data, as relvar's tables take them. */
export const loadedRows = (table: string): ReadonlyArray<Row> =>
  table === 'samples' ? rowsOf(table).map(ours) : rowsOf(table)
