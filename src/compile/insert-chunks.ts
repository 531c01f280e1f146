/**
 * Which rows of an INSERT go together: those that name the same columns, as many as the engine takes.
 */
import { sourceOfRows } from '../expr/insert-rows.js'
import type { Assignment, InsertNode } from '../expr/query-node.js'
import type { Dialect } from './dialect.js'
import { projected } from './grouping.js'
import { rowsOf } from './insert.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Rows that go together. */
export interface Chunk {
  readonly node: InsertNode
  /** For each row of the chunk its position among the rows that were given. */
  readonly positions: ReadonlyArray<number>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const columnsOf = (row: ReadonlyArray<Assignment>): string => row.map((a) => a.key).join('\0')

/** No statement grows beyond this: longer ones cost the engine more to parse than they save. */
const mostRows = 1000

/** How many rows one statement takes; a row that names no column stands alone. */
const rowsAtOnce = (dialect: Dialect, { node }: Chunk): number => {
  const rows = rowsOf(node)
  if (rows[0] === undefined || rows[0].length === 0) return 1
  const paramsIn = (row: ReadonlyArray<Assignment>): number => row.reduce((n, a) => n + a.value.params, 0)
  const widest = rows.reduce((most, row) => Math.max(most, paramsIn(row)), 1)
  const returned = node.returning === null ? 0 : projected(node.returning).reduce((n, e) => n + e.params, 0)
  return Math.max(1, Math.min(mostRows, Math.floor((dialect.features.maxParameters - returned) / widest)))
}

/** Rows that name the same columns in the same order. Where all of them are plain values, they are held as such. */
export const groupsOf = (insert: InsertNode): ReadonlyArray<Chunk> => {
  const groups = new Map<string, Array<number>>()
  const rows = rowsOf(insert)
  rows.forEach((row, i) => {
    const id = columnsOf(row)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [i])
    else group.push(i)
  })
  return [...groups.values()].map((positions) => ({
    // A position was taken from the rows themselves.
    node: {
      ...insert,
      source: sourceOfRows(
        insert.into,
        positions.map((i) => rows[i] ?? []),
      ),
    },
    positions,
  }))
}

/** A group of assignments in as many statements as the engine has parameters for. */
export const chunksOf = (dialect: Dialect, group: Chunk): ReadonlyArray<Chunk> => {
  const { node, positions } = group
  const rows = rowsOf(node)
  const size = rowsAtOnce(dialect, group)
  if (rows.length <= size) return [group]
  const chunks: Array<Chunk> = []
  for (let at = 0; at < rows.length; at += size)
    chunks.push({
      node: { ...node, source: { _tag: 'Rows', rows: rows.slice(at, at + size) } },
      positions: positions.slice(at, at + size),
    })
  return chunks
}
