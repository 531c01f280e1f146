/**
 * Which rows of an upsert go together in one statement, so that rows are taken one after the other all the same.
 */
import type { ParamNode } from '../expr/node.js'
import type { Assignment } from '../expr/query-node.js'
import type { ColumnInfo } from '../expr/source.js'
import { plainOf, type TypeTag } from '../expr/sql-type.js'
import { bind, type Bindings } from './bind.js'
import { type Dialect, isFamily } from './dialect.js'
import { projected } from './grouping.js'
import { givenOf, rowsOf } from './upsert.js'
import type { Tells } from './upsert-duplicate.js'
import {
  changesKey,
  changesOf,
  madeColumn,
  meetsOthers,
  metKey,
  standsForExcluded,
  type UpsertNode,
} from './upsert-key.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Rows of one statement; of `row`, one. */
export interface Piece {
  readonly node: UpsertNode
  readonly tells: Tells
}

type Row = ReadonlyArray<Assignment>

// -------------------------------------------------------------------------------------
// how
// -------------------------------------------------------------------------------------

/** Whether it leaves rows as they are. */
const keepsRows = ({ conflict: { action } }: UpsertNode): boolean => action._tag === 'Nothing' || action.where !== null

/** How rows of these columns are written in the dialect. */
const tellsOf = (dialect: Dialect, upsert: UpsertNode): Tells => {
  if (!isFamily(dialect)) return 'native'
  const given = givenOf(upsert)
  if (standsForExcluded(dialect, upsert) || meetsOthers(upsert, metKey(upsert), given)) return 'row'
  const isRead = upsert.returning !== null || madeColumn(upsert.into.table, given) !== null
  if (isRead) return dialect.name === 'mariadb' && !keepsRows(upsert) ? 'native' : 'row'
  return keepsRows(upsert) ? 'count' : 'all'
}

// -------------------------------------------------------------------------------------
// keys of rows
// -------------------------------------------------------------------------------------

/** Types of which equal values travel alike. */
const oneForm: ReadonlyArray<TypeTag> = [
  'SmallInt',
  'Integer',
  'BigInt',
  'Unsigned',
  'UnsignedBigInt',
  'Real',
  'Double',
  'Numeric',
  'Boolean',
  'Char',
  'Varchar',
  'Text',
  'Enumeration',
  'Uuid',
  'Binary',
  'Date',
  'Time',
  'Timestamp',
  'TimestampTz',
]

const wireText = (dialect: Dialect, column: ColumnInfo, value: ParamNode, bindings: Bindings): string | null => {
  if (!oneForm.includes(plainOf(column.type)._tag) || column.collation !== null) return null
  const slot = {
    source: { _tag: 'Param', index: 0 },
    encode: dialect.type(column.type).encode,
    place: '',
    nullable: true,
    before: '',
    after: '',
  } as const
  const wire = bind([slot], [value], bindings, [])
  // A bad value is refused where the statement is bound.
  if (wire._tag === 'Left') return null
  const [one] = wire.right
  return one instanceof Uint8Array ? Array.from(one).join() : one === null ? null : String(one)
}

/** What a row has as the key: a text that rows of one key share; `free`: it meets no other; `unknown`: it may meet any. */
type RowKey = { readonly text: string } | 'free' | 'unknown'

const keyOfRow = (
  dialect: Dialect,
  upsert: UpsertNode,
  columns: ReadonlyArray<string>,
  row: Row,
  bindings: Bindings,
): RowKey => {
  const made = madeColumn(
    upsert.into.table,
    row.map((a) => a.key),
  )
  if (made !== null && columns.includes(made.key)) return 'free'
  const texts: Array<string> = []
  for (const key of columns) {
    const column = upsert.into.table.columns.find((c) => c.key === key)
    const value = row.find((a) => a.key === key)?.value
    if (column === undefined || value === undefined || value._tag !== 'Param') return 'unknown'
    const text = wireText(dialect, column, value, bindings)
    if (text === null) return 'unknown'
    texts.push(text)
  }
  return { text: JSON.stringify(texts) }
}

// -------------------------------------------------------------------------------------
// pieces
// -------------------------------------------------------------------------------------

/** No statement grows beyond this: longer ones cost the engine more to parse than they save. */
const mostRows = 1000

const paramsIn = (row: Row): number => row.reduce((n, a) => n + a.value.params, 0)

const besides = (upsert: UpsertNode): number => {
  const { action } = upsert.conflict
  const returned = upsert.returning === null ? 0 : projected(upsert.returning).reduce((n, e) => n + e.params, 0)
  return returned + paramsIn(changesOf(upsert)) + (action._tag === 'Update' ? (action.where?.params ?? 0) : 0)
}

const columnsOf = (row: Row): string => row.map((a) => a.key).join('\0')

/**
 * PostgreSQL refuses to change a row twice in one statement: rows of one key go apart, whatever text that makes of them. Rows whose
 * keys are not known, or that change the key, go alone.
 */
const startsAnew = (
  dialect: Dialect,
  upsert: UpsertNode,
  bindings: Bindings,
): ((row: Row, first: boolean) => boolean) => {
  const met = metKey(upsert)
  if (dialect.name !== 'postgres' || upsert.conflict.action._tag === 'Nothing' || met === null) return () => false
  if (changesKey(upsert, met)) return () => true
  let seen = new Set<string>()
  let isAlone = false
  return (row, first) => {
    if (first) {
      seen = new Set()
      isAlone = false
    }
    const key = keyOfRow(dialect, upsert, met.columns, row, bindings)
    const starts = isAlone || key === 'unknown' || (key !== 'free' && seen.has(key.text))
    if (starts) seen = new Set()
    isAlone = key === 'unknown'
    if (typeof key === 'object') seen.add(key.text)
    return starts
  }
}

/** The rows of an upsert in their order, as many together as a statement takes. */
export const piecesOf = (dialect: Dialect, upsert: UpsertNode, bindings: Bindings): ReadonlyArray<Piece> => {
  const rows = rowsOf(upsert)
  const starts = startsAnew(dialect, upsert, bindings)
  const left = dialect.features.maxParameters - besides(upsert)
  const groups: Array<Array<Row>> = []
  let room = 0
  let columns = ''
  let tells: Tells = 'native'
  const kinds: Array<Tells> = []
  for (const row of rows) {
    const named = columnsOf(row)
    const group = groups.at(-1)
    const isFull =
      group === undefined || named !== columns || tells === 'row' || row.length === 0 || paramsIn(row) > room
    if (starts(row, isFull || group.length >= mostRows) || isFull || group.length >= mostRows) {
      columns = named
      tells = tellsOf(dialect, withRows(upsert, [row]))
      groups.push([row])
      kinds.push(tells)
      room = left - paramsIn(row)
    } else {
      group.push(row)
      room -= paramsIn(row)
    }
  }
  return groups.map((group, i) => ({ node: withRows(upsert, group), tells: kinds[i] ?? 'native' }))
}

const withRows = (upsert: UpsertNode, rows: ReadonlyArray<Row>): UpsertNode => ({
  ...upsert,
  source: { _tag: 'Rows', rows },
})
