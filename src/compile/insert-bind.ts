/**
 * Binding the rows of an INSERT of plain values, each value once: as wire values, or as the text of an array a column.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import { type InvalidValue, invalidValue } from './load-error.js'
import type { Encode, Refused } from './sql.js'
import type { Wire } from './statement.js'

/** How the values of one column are bound. */
export interface ColumnCode {
  /** What a message calls it. */
  readonly place: string
  readonly encode: Encode
  readonly nullable: boolean
}

type Rows = ReadonlyArray<ReadonlyArray<unknown>>

const isRefused = (wire: Wire | Refused): wire is Refused => typeof wire === 'object' && wire !== null && '_tag' in wire

const wireOf = ({ encode, nullable }: ColumnCode, value: unknown): Wire | Refused =>
  value === null && nullable ? null : encode(value)

const invalid = ({ place }: ColumnCode, value: unknown, { reason }: Refused): InvalidValue =>
  invalidValue(
    place,
    value === null ? 'null cannot stand here: isNull asks for it, and only nullable columns take it' : reason,
  )

// -------------------------------------------------------------------------------------
// as wire values
// -------------------------------------------------------------------------------------

/** The wire values of each column. */
type Columns = ReadonlyArray<ReadonlyArray<Wire>>

type Bound = Either<InvalidValue, Columns>

/** Binds row after row: what runs where code cannot be made from text, and what tells which value is wrong. */
const interpreted = (codes: ReadonlyArray<ColumnCode>, rows: Rows): Bound => {
  const columns: ReadonlyArray<Array<Wire>> = codes.map(() => [])
  for (const row of rows)
    for (const [i, code] of codes.entries()) {
      const wire = wireOf(code, row[i])
      if (isRefused(wire)) return left(invalid(code, row[i], wire))
      columns[i]?.push(wire)
    }
  return right(columns)
}

type BindAll = (rows: Rows) => Columns | null

/**
 * The same as one function with one call of each column's own encoder, which is several times as fast; it gives null where a value
 * is refused. Null where the host forbids making code from text.
 */
const generated = (codes: ReadonlyArray<ColumnCode>): BindAll | null => {
  const value = ({ nullable }: ColumnCode, i: number): string => {
    const encoded = `{ v = e${i}(v); if (typeof v === 'object' && isRefused(v)) return null }`
    return `v = r[${i}]; ${nullable ? 'if (v !== null) ' : ''}${encoded}; c${i}[at] = v`
  }
  const lists = codes.map((_, i) => `c${i}`)
  const body = `return (rows) => { const n = rows.length; ${lists.map((c) => `const ${c} = new Array(n)`).join('; ')}
for (let at = 0; at < n; at++) { const r = rows[at]; let v; ${codes.map(value).join('\n')} }
return [${lists.join(', ')}] }`
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text has nothing but the numbers of columns in it
    const make: unknown = new Function('isRefused', ...codes.map((_, i) => `e${i}`), body)
    // The text above is a function of `isRefused` and the encoders that gives a BindAll.
    return (make as (...args: ReadonlyArray<unknown>) => BindAll)(isRefused, ...codes.map(({ encode }) => encode))
  } catch {
    // A content security policy forbids it.
    return null
  }
}

/** Binds rows of these columns; made once a statement. */
export const rowBinder = (codes: ReadonlyArray<ColumnCode>): ((rows: Rows) => Bound) => {
  const all = generated(codes)
  if (all === null) return (rows) => interpreted(codes, rows)
  return (rows) => {
    const bound = all(rows)
    return bound === null ? interpreted(codes, rows) : right(bound)
  }
}

/** About how many bytes a value is. */
export const sizeOf = (wire: Wire): number =>
  typeof wire === 'string' ? wire.length : wire instanceof Uint8Array ? wire.byteLength : 8

// -------------------------------------------------------------------------------------
// as arrays
// -------------------------------------------------------------------------------------

/** So many rows of a column, as the text of one array. */
export interface BoundArrays {
  readonly from: number
  readonly rows: number
  readonly lists: ReadonlyArray<string>
}

const special = /["\\]/

/** An element of PostgreSQL's text form of an array. */
const element = (wire: Wire): string => {
  if (wire === null) return 'NULL'
  if (typeof wire !== 'string') return String(wire)
  return special.test(wire) ? `"${wire.replace(/["\\]/g, '\\$&')}"` : `"${wire}"`
}

/** One column of the rows from `from` to `to`; null where there are several and its text grows beyond `most`. */
const listOf = (
  code: ColumnCode,
  column: number,
  rows: Rows,
  { from, to, most }: Span,
): Either<InvalidValue, string | null> => {
  let text = '{'
  for (let at = from; at < to; at++) {
    const value = rows[at]?.[column]
    const wire = wireOf(code, value)
    if (isRefused(wire)) return left(invalid(code, value, wire))
    text += at === from ? element(wire) : `,${element(wire)}`
    if (text.length > most && to - from > 1) return right(null)
  }
  return right(`${text}}`)
}

/** The rows from `from` to `to`, whose texts shall have at most so many characters. */
interface Span {
  readonly from: number
  readonly to: number
  readonly most: number
}

/** The arrays of these rows, in halves where they are too long. */
export const boundArrays = (
  codes: ReadonlyArray<ColumnCode>,
  rows: Rows,
  span: Span,
): Either<InvalidValue, ReadonlyArray<BoundArrays>> => {
  const { from, to, most } = span
  const lists: Array<string> = []
  let rest = most
  for (const [i, code] of codes.entries()) {
    const list = listOf(code, i, rows, { from, to, most: rest })
    if (list._tag === 'Left') return list
    if (list.right === null) return inHalves(codes, rows, span)
    rest -= list.right.length
    lists.push(list.right)
  }
  return right([{ from, rows: to - from, lists }])
}

const inHalves = (
  codes: ReadonlyArray<ColumnCode>,
  rows: Rows,
  { from, to, most }: Span,
): Either<InvalidValue, ReadonlyArray<BoundArrays>> => {
  const half = Math.ceil((from + to) / 2)
  const first = boundArrays(codes, rows, { from, to: half, most })
  if (first._tag === 'Left') return first
  const second = boundArrays(codes, rows, { from: half, to, most })
  return second._tag === 'Left' ? second : right([...first.right, ...second.right])
}
