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

/** One row's values in the order of the columns; null where it holds an expression or does not name just them. */
const rowValues = (columns: ReadonlyArray<ColumnInfo>, row: unknown): ReadonlyArray<unknown> | null => {
  if (!isRecord(row)) return null
  const values: Array<unknown> = []
  let given = 0
  for (const c of columns) {
    const v = row[c.key]
    if (Object.hasOwn(row, c.key)) {
      if (typeof v === 'object' && v !== null && isExprNode(v)) return null
      given += 1
      values.push(v)
    } else if (isFilled(c)) values.push(filling(c))
    else return null
  }
  for (const key in row) if (Object.hasOwn(row, key)) given -= 1
  return given === 0 ? values : null
}

/** The rows of an insert, as they were given. */
export const insertRows = (into: TableSource, rows: ReadonlyArray<unknown>): InsertSource => {
  const [first] = rows
  const columns = into.table.columns.filter((c) => isFilled(c) || (isRecord(first) && Object.hasOwn(first, c.key)))
  const made: Array<ReadonlyArray<unknown>> = []
  if (isRecord(first) && columns.length > 0)
    for (const row of rows) {
      const values = rowValues(columns, row)
      if (values === null) break
      made.push(values)
    }
  return made.length === rows.length && made.length > 0
    ? { _tag: 'Values', columns, rows: made }
    : { _tag: 'Rows', rows: rows.map((row) => rowAssignments(into, row)) }
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
        a.value.type === columns[i].type,
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
