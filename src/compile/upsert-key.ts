/**
 * Which key an insert's conflict is about, and what of a conflict cannot be said.
 */
import { boundBy, freeIn, visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import { keysOfConflict, keysOfTable, noKeyOf, type TableKey } from '../expr/conflict-key.js'
import type { ColumnNode, ExprNode } from '../expr/node.js'
import type { Assignment, Conflict, InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { refusedColumn } from './insert-answer.js'
import { outerColumns } from './outer-keys.js'
import { tableReads } from './table-set.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** An insert that says what becomes of rows that are there already. */
export type UpsertNode = InsertNode & { readonly conflict: Conflict }

/** The key of a conflict: its columns, in its order. */
export interface MetKey {
  readonly columns: ReadonlyArray<string>
  readonly key: TableKey
}

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

export const isUpsert = (insert: InsertNode): insert is UpsertNode => insert.conflict !== null

/** The key that the target names; an index that holds all rows before one of some. Null without a target, or where there is none. */
export const metKey = ({ into, conflict }: UpsertNode): MetKey | null => {
  if (conflict.target === null) return null
  const found = keysOfConflict(into.table, conflict.target)
  const key = found.find((one) => (one.index?.where ?? null) === null) ?? found[0]
  return key === undefined || key.columns === null ? null : { columns: key.columns, key }
}

/** The column whose values the engine makes for rows of these columns. */
export const madeColumn = (table: TableInfo, given: ReadonlyArray<string>): ColumnInfo | null =>
  table.columns.find((c) => c.autoIncrement && !given.includes(c.key)) ?? null

/**
 * Whether a row may meet another one by a key that the conflict is not about. Keys that the engine makes meet none, and without a
 * target each key is meant.
 */
export const meetsOthers = (upsert: UpsertNode, met: MetKey | null, given: ReadonlyArray<string>): boolean => {
  if (upsert.conflict.target === null || met === null) return false
  const made = madeColumn(upsert.into.table, given)
  const isMet = ({ columns }: TableKey): boolean =>
    columns !== null && columns.length === met.columns.length && columns.every((key) => met.columns.includes(key))
  return keysOfTable(upsert.into.table).some(
    (key) => !isMet(key) && (made === null || key.columns === null || !key.columns.includes(made.key)),
  )
}

/** What an update of a conflict sets; nothing where rows are left as they are. */
export const changesOf = ({ conflict: { action } }: UpsertNode): ReadonlyArray<Assignment> =>
  action._tag === 'Update' ? action.set : []

const isExcluded = (e: ExprNode, key: string): boolean =>
  e._tag === 'Column' && e.of.name === 'excluded' && e.key === key

/** Whether a row that is changed may have another value of the key afterwards. */
export const changesKey = (upsert: UpsertNode, met: MetKey | null): boolean =>
  changesOf(upsert).some((a) => met?.columns.includes(a.key) === true && !isExcluded(a.value, a.key))

// -------------------------------------------------------------------------------------
// problems
// -------------------------------------------------------------------------------------

/** The columns of `excluded` that a conflict mentions, and those that its queries do. */
const excludedColumns = (upsert: UpsertNode): { readonly all: ReadonlySet<string>; readonly inQueries: boolean } => {
  const all = new Set<string>()
  let inQueries = false
  const isNew = (e: ExprNode): e is ColumnNode => e._tag === 'Column' && e.of.name === 'excluded'
  const visitor: Visitor = {
    expr: (e) => {
      if (isNew(e)) all.add(e.key)
      else visitExpr(e, visitor)
    },
    query: (q) => {
      const outer = outerColumns(q).filter(isNew)
      outer.forEach(visitor.expr)
      inQueries ||= outer.length > 0
    },
  }
  const { action } = upsert.conflict
  for (const a of changesOf(upsert)) visitor.expr(a.value)
  if (action._tag === 'Update' && action.where !== null) visitor.expr(action.where)
  return { all, inQueries }
}

/** Whether a query of the conflict mentions the new row. MariaDB knows no name for it there: its values stand in its place. */
export const standsForExcluded = (dialect: Dialect, upsert: UpsertNode): boolean =>
  dialect.name === 'mariadb' && excludedColumns(upsert).inQueries

/** Whether a join inside a query of the conflict is by the row that is there. */
const joinsByRow = (upsert: UpsertNode): boolean => {
  const { name } = upsert.into
  let found = false
  const mentions = (on: ExprNode): boolean => {
    let own = false
    const columns: Visitor = {
      expr: (e) => {
        own ||= e._tag === 'Column' && e.of.name === name
        visitExpr(e, columns)
      },
      query: (q) => void (own ||= freeIn(q).has(name)),
    }
    columns.expr(on)
    return own
  }
  const inside = (bound: ReadonlySet<string>): Visitor => ({
    expr: (e) => visitExpr(e, inside(bound)),
    query: (q) => {
      const all = new Set([...bound, ...boundBy(q)])
      if (q._tag === 'Select' && !all.has(name)) found ||= q.joins.some(({ on }) => on !== null && mentions(on))
      visitStatement(q, inside(all))
    },
  })
  const { action } = upsert.conflict
  for (const a of changesOf(upsert)) inside(new Set()).expr(a.value)
  if (action._tag === 'Update' && action.where !== null) inside(new Set()).expr(action.where)
  return found
}

const targetProblem = ({ into, conflict: { target } }: UpsertNode): CompileError =>
  illFormed(noKeyOf(into.table, target))

/** PostgreSQL takes no key for a target that it checks later. */
const isDeferrable = (table: TableInfo, met: MetKey): boolean =>
  table.uniques.some((u) => u.deferrable !== null && u.columns === met.columns)

/** What is wrong with a conflict of rows that name these columns, or null. */
export const upsertProblem = (
  dialect: Dialect,
  upsert: UpsertNode,
  given: ReadonlyArray<string>,
): CompileError | null => {
  const { into, conflict } = upsert
  const { table } = into
  const met = metKey(upsert)
  const refused = refusedColumn(upsert, given)
  if (refused !== null) return refused
  // MariaDB does not find that row in ON of a join inside ON DUPLICATE KEY UPDATE.
  if (dialect.name === 'mariadb' && joinsByRow(upsert))
    return unsupported(
      dialect.name,
      'join by the row that is there, in a query of an upsert',
      'say it in where of that query',
    )
  if (conflict.target !== null && met === null) return targetProblem(upsert)
  if (met !== null && isDeferrable(table, met))
    return unsupported(dialect.name, 'look for a row by a key that is checked later', 'a key that is not deferrable')
  if (conflict.action._tag === 'Nothing') return null
  if (met === null) return illFormed('onConflictDoUpdate takes a target: the key by which a row is found')
  if (conflict.action.set.length === 0)
    return illFormed('an upsert sets at least one column; onConflictDoNothing leaves rows as they are')
  if (into.name === 'excluded') return illFormed('the new row is called "excluded": give the table an alias')
  if (table.name.toLowerCase() === 'excluded')
    return unsupported(
      dialect.name,
      'upsert into a table named "excluded"',
      'the new row has that name: rename the table',
    )
  for (const key of excludedColumns(upsert).all) {
    if (given.includes(key)) continue
    const column = table.columns.find((c) => c.key === key)
    const isMade = column === undefined || column.serverDefault === null
    if (isMade || dialect.name === 'mysql' || dialect.name === 'mariadb')
      return unsupported(
        dialect.name,
        `mention excluded.${key}, which the rows leave out`,
        'give its value in the rows',
      )
  }
  return null
}

/** Whether a query of a row or of the conflict asks the table that is written: its answer changes with each row. */
export const asksItself = (upsert: UpsertNode): boolean => {
  const rows: UpsertNode = upsert.source._tag === 'Query' ? { ...upsert, source: { _tag: 'Rows', rows: [] } } : upsert
  return tableReads(rows).has(tableIdentity(upsert.into.table))
}
