/**
 * What all writes are made of: the written table's name, new values, and what is given back.
 */
import { paramsOf, visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { Assignment, WriteNode } from '../expr/query-node.js'
import { withOwnParams } from '../expr/rewrite.js'
import type { ColumnInfo, TableInfo, TableSource } from '../expr/source.js'
import { type CompileError, illFormed } from './compile-error.js'
import { at, type Context, failed, type Scope } from './context.js'
import { converted } from './convert.js'
import { assignedSql, expressionSql } from './expression.js'
import { projected } from './grouping.js'
import { outerColumns } from './outer-keys.js'
import type { ReadRows } from './rows.js'
import { tableColumn } from './source.js'
import type { Slot, Sql } from './sql.js'
import type { TableSet } from './statement.js'
import { assignmentProblem } from './assignment.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A write of one statement, compiled. `read` is null where it gives nothing back by itself. */
export interface WriteTemplate {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  readonly read: ReadRows | null
  readonly bigints: boolean
  readonly tables: TableSet
  readonly notes: ReadonlyArray<string>
  /** Whether rows with a name stand in front of it or of one of its queries. */
  readonly named: boolean
}

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** A table may have a name like those that the compiler gives: then it goes on behind it. */
const keepClear = (context: Context, name: string): void => {
  const taken = /^[tw](\d{1,9})$/i.exec(name)?.[1]
  if (taken !== undefined) context.aliases = Math.max(context.aliases, Number(taken) + 1)
}

/** A written table goes by its own name: engines differ in whether it may have an alias. */
export const targetScope = (context: Context, target: TableSource): Scope => {
  // Without its schema: SQLite knows no other name in RETURNING.
  const alias = context.dialect.quote(target.table.name)
  keepClear(context, target.table.name)
  const column = (key: string): string | null => tableColumn(context.dialect, alias, target.table, key)
  return {
    bound: new Map([[target.name, { source: target, alias, column, presence: null, marker: null, optional: false }]]),
    outer: null,
  }
}

/** What a write gives back, as expressions of the row that it wrote. */
export const returnedSql = (context: Context, scope: Scope, write: WriteNode): ReadonlyArray<Sql> => {
  if (write.returning === null) return []
  const { returning } = write
  const outputs = at(context, 'returning', () => projected(returning).map((e) => expressionSql(context, scope, e)))
  if (outputs.length === 0) context.errors.push(illFormed('returning: a row has at least one output'))
  return outputs
}

export const columnOf = (context: Context, table: TableInfo, key: string): string => {
  const column = table.columns.find((c) => c.key === key)
  if (column === undefined) context.errors.push(illFormed(`table "${table.name}" has no column "${key}"`))
  return context.dialect.quote(column?.name ?? key)
}

/** What the database computes is not written. */
const writtenProblem = (place: string, column: ColumnInfo): CompileError | null =>
  column.generated === null ? null : illFormed(`${place} is computed by the database: it is never written`)

/** The value of an assignment, whose type is the column's. */
export const assignedTo = (context: Context, scope: Scope, table: TableInfo, { key, value }: Assignment): Sql => {
  const place = `${table.name}.${key}`
  const column = table.columns.find((c) => c.key === key)
  const problem =
    column === undefined ? null : (writtenProblem(place, column) ?? assignmentProblem(place, column.type, value.type))
  if (problem !== null) return failed(context, problem)
  return converted(context.dialect, assignedSql(context, scope, value, place), value.type, column?.type ?? null)
}

const columnsRead = (e: ExprNode, table: string): ReadonlySet<string> => {
  const found = new Set<string>()
  const go = (x: ExprNode): void => {
    if (x._tag === 'Column' && x.of.name === table) found.add(x.key)
    visitExpr(x, { expr: go, query: (q) => outerColumns(q).forEach(go) })
  }
  go(e)
  return found
}

/** Where assignments are done from left to right, each must come before those that change what it reads; null where none can. */
export const leftToRight = (set: ReadonlyArray<Assignment>, table: string): ReadonlyArray<Assignment> | null => {
  const left = [...set]
  const sorted: Array<Assignment> = []
  while (left.length > 0) {
    const next = left.findIndex((a) => !left.some((b) => b !== a && columnsRead(b.value, table).has(a.key)))
    if (next < 0) return null
    sorted.push(...left.splice(next, 1))
  }
  return sorted
}

/** The write with a parameter node of its own in each place. */
export const unsharedWrite = <W extends WriteNode>(write: W): W => {
  const params = paramsOf(write)
  // `withOwnParams` copies the parameters and nothing else: a write stays the write that it was.
  return new Set(params).size === params.length ? write : (withOwnParams(write) as W)
}
