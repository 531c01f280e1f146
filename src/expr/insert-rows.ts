/**
 * The rows of an insert: plain values are held as they are, so that thousands of them make no nodes; what holds an expression is
 * kept as assignments.
 */
import { type ExprNode, isExprNode, value } from './node.js'
import type { Assignment, InsertNode, InsertSource } from './query-node.js'
import type { ColumnInfo, TableSource } from './source.js'
import { booleanType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// rows that were given
// -------------------------------------------------------------------------------------

/** The assignments of a record. A key that is no column is refused by the compiler, a wrong value when it is bound. */
export const assignments = (into: TableSource, row: unknown): ReadonlyArray<Assignment> =>
  Object.entries(typeof row === 'object' && row !== null ? row : { [String(row)]: row }).map(
    ([key, v]: [string, unknown]) => {
      const column = into.table.columns.find((c) => c.key === key)
      const node: ExprNode = isExprNode(v) ? v : value(v, column?.type ?? booleanType, column?.nullable ?? false)
      return { key, value: node }
    },
  )

const assigned = (c: ColumnInfo, v: unknown): Assignment => ({
  key: c.key,
  value: isExprNode(v) ? v : value(v, c.type, c.nullable),
})

/** Whether an insert fills the column where a row leaves it out; else the database does, or refuses. */
const isFilled = (c: ColumnInfo): boolean =>
  c.default !== null || (c.nullable && !c.autoIncrement && c.serverDefault === null && c.generated === null)

/** What a row takes that leaves the column out. A function of the client's is asked once a row. */
const filling = (c: ColumnInfo): unknown =>
  c.default === null ? null : c.default._tag === 'Client' ? c.default.make() : c.default.value

/** The assignments of what an insert fills in beside the columns that are given. */
export const filledIn = (into: TableSource, given: ReadonlyArray<string>): ReadonlyArray<Assignment> =>
  into.table.columns.filter((c) => isFilled(c) && !given.includes(c.key)).map((c) => assigned(c, filling(c)))

/**
 * The assignments of a row to insert: what it gives, defaults and nulls, in the order of the table's columns, so that rows which
 * leave out different columns are one statement all the same.
 */
const rowAssignments = (into: TableSource, row: unknown): ReadonlyArray<Assignment> => {
  if (typeof row !== 'object' || row === null) return assignments(into, row)
  const made: Array<Assignment> = []
  let given = 0
  for (const c of into.table.columns) {
    if (Object.hasOwn(row, c.key)) {
      given += 1
      // The key was found among the row's own.
      made.push(assigned(c, (row as Readonly<Record<string, unknown>>)[c.key]))
    } else if (isFilled(c)) made.push(assigned(c, filling(c)))
  }
  // What names no column stays, so that the compiler says so.
  return Object.keys(row).length === given
    ? made
    : [...made, ...assignments(into, row).filter((a) => !into.table.columns.some((c) => c.key === a.key))]
}

type Given = Readonly<Record<string, unknown>>

const isRecord = (row: unknown): row is Given => typeof row === 'object' && row !== null

/** Stands where a default belongs, until it is known that all rows are plain: a function is asked once a row. */
const unfilled = Symbol('unfilled')

/** One row's values in the order of the columns; null where it holds an expression or does not name just them. */
const rowValues = (columns: ReadonlyArray<ColumnInfo>, row: unknown): Array<unknown> | null => {
  if (!isRecord(row)) return null
  const values: Array<unknown> = []
  let given = 0
  for (const c of columns) {
    const v = row[c.key]
    if (Object.hasOwn(row, c.key)) {
      if (typeof v === 'object' && v !== null && isExprNode(v)) return null
      given += 1
      values.push(v)
    } else if (isFilled(c)) values.push(unfilled)
    else return null
  }
  return Object.keys(row).length === given ? values : null
}

/** How the rows that name the keys of the first one in its order become values: most rows of a list do. */
interface Alike {
  readonly columns: ReadonlyArray<ColumnInfo>
  readonly keys: ReadonlyArray<string>
  /** For each key the place of its column. */
  readonly places: ReadonlyArray<number>
  /** The places of columns that no key names. */
  readonly filled: ReadonlyArray<number>
}

const alike = (columns: ReadonlyArray<ColumnInfo>, first: Given): Alike => {
  const keys = Object.keys(first)
  const filled = [...columns.keys()].filter((place) => !keys.includes(columns[place]?.key ?? ''))
  return { columns, keys, places: keys.map((key) => columns.findIndex((c) => c.key === key)), filled }
}

/** As `rowValues`, in one walk over the row's own keys where they are those of the first row. */
const quickValues = ({ columns, keys, places }: Alike, row: unknown): Array<unknown> | null => {
  if (!isRecord(row) || Object.getPrototypeOf(row) !== Object.prototype) return rowValues(columns, row)
  const values: Array<unknown> = columns.map(() => unfilled)
  let at = 0
  for (const key in row) {
    const place = places[at]
    if (place === undefined || place < 0 || keys[at] !== key) return rowValues(columns, row)
    const v = row[key]
    if (typeof v === 'object' && v !== null && isExprNode(v)) return null
    values[place] = v
    at += 1
  }
  if (at !== keys.length) return rowValues(columns, row)
  return values
}

type ReadAlike = (row: Given) => Array<unknown> | null

/**
 * The same as one function of these very keys, for lists of hundreds; it gives null where a row must be looked at more closely. Null
 * where there is none: a key that every object has would be found in each row, and the host may forbid making code from text.
 */
const generated = ({ columns, keys, filled }: Alike): ReadAlike | null => {
  if (keys.some((key) => key in Object.prototype) || keys.length + filled.length !== columns.length) return null
  const names = columns.map(({ key }) => JSON.stringify(key))
  const isGiven = (place: number): boolean => !filled.includes(place)
  const odd = (v: string): string => `${v} === undefined || (typeof ${v} === 'object' && ${v} !== null && isExpr(${v}))`
  const read = names.map((name, i) =>
    isGiven(i) ? `const v${i} = row[${name}]; if (${odd(`v${i}`)}) return null` : '',
  )
  const list = names.map((_, i) => (isGiven(i) ? `v${i}` : 'unfilled')).join(', ')
  const body = `return (row) => { ${read.join('\n')}
let n = 0; for (const _ in row) n++
return n === ${keys.length} ? [${list}] : null }`
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is relvar's own but for keys, which JSON.stringify quotes
    const make: unknown = new Function('isExpr', 'unfilled', body)
    // The text above is a function of these two that gives a ReadAlike.
    return (make as (...args: ReadonlyArray<unknown>) => ReadAlike)(isExprNode, unfilled)
  } catch {
    // A content security policy forbids it.
    return null
  }
}

/** From so many rows on a function is made for them. */
const manyRows = 200

/** How the rows of a list become values. */
const readerOf = (like: Alike, rows: number): ((row: unknown) => Array<unknown> | null) => {
  if (!listsOwnKeys()) return (row) => rowValues(like.columns, row)
  const quick = rows < manyRows ? null : generated(like)
  if (quick === null) return (row) => quickValues(like, row)
  return (row) =>
    (isRecord(row) && Object.getPrototypeOf(row) === Object.prototype ? quick(row) : null) ?? quickValues(like, row)
}

/** Whether all that a plain object lists are keys of its own: somebody may have given all objects one more. */
const listsOwnKeys = (): boolean => Object.keys(Object.prototype).length === 0

/** Puts the defaults where they belong. */
const fill = (columns: ReadonlyArray<ColumnInfo>, rows: ReadonlyArray<Array<unknown>>): void => {
  for (const [i, c] of columns.entries())
    if (isFilled(c)) for (const row of rows) if (row[i] === unfilled) row[i] = filling(c)
}

/** The rows of an insert, as they were given. */
export const insertRows = (into: TableSource, rows: ReadonlyArray<unknown>): InsertSource => {
  const [first] = rows
  const columns = into.table.columns.filter((c) => isFilled(c) || (isRecord(first) && Object.hasOwn(first, c.key)))
  const made: Array<Array<unknown>> = []
  if (isRecord(first) && columns.length > 0) {
    const valuesOf = readerOf(alike(columns, first), rows.length)
    for (const row of rows) {
      const values = valuesOf(row)
      if (values === null) break
      made.push(values)
    }
  }
  if (made.length < rows.length || made.length === 0)
    // Values that were given as literals are plain values, too.
    return sourceOfRows(
      into,
      rows.map((row) => rowAssignments(into, row)),
    )
  fill(columns, made)
  return { _tag: 'Values', columns, rows: made }
}

// -------------------------------------------------------------------------------------
// rows as assignments
// -------------------------------------------------------------------------------------

/** The rows of an insert as assignments; of a query there are none. */
export const assignmentRows = ({ source }: Pick<InsertNode, 'source'>): ReadonlyArray<ReadonlyArray<Assignment>> => {
  switch (source._tag) {
    case 'Rows':
      return source.rows
    case 'Values':
      return source.rows.map((row) =>
        source.columns.map((c, i) => ({ key: c.key, value: value(row[i], c.type, c.nullable) })),
      )
    case 'Query':
      return []
  }
}

/** Rows of assignments as the source that `insertInto` would make of them. */
export const sourceOfRows = (into: TableSource, rows: ReadonlyArray<ReadonlyArray<Assignment>>): InsertSource => {
  const [first] = rows
  const columns = (first ?? []).map((a) => into.table.columns.find((c) => c.key === a.key))
  const isPlain = (row: ReadonlyArray<Assignment>): boolean =>
    row.length === columns.length &&
    row.every(
      (a, i) =>
        a.key === columns[i]?.key &&
        a.value._tag === 'Param' &&
        a.value.kind._tag === 'Value' &&
        a.value.type.id === columns[i].type.id,
    )
  const known = columns.filter((c) => c !== undefined)
  return known.length > 0 && known.length === columns.length && rows.every(isPlain)
    ? {
        _tag: 'Values',
        columns: known,
        // Each is a parameter with a value, as was asked.
        rows: rows.map((row) =>
          row.map((a) => (a.value._tag === 'Param' && a.value.kind._tag === 'Value' ? a.value.kind.value : null)),
        ),
      }
    : { _tag: 'Rows', rows }
}
