/**
 * Compiling UPDATE and DELETE.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf, visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { Assignment, DeleteNode, UpdateNode, WriteNode } from '../expr/query-node.js'
import { withOwnParams } from '../expr/rewrite.js'
import { tableIdentity } from '../expr/schema.js'
import type { TableInfo, TableSource } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { at, type Context, failed, makeContext, type Scope } from './context.js'
import { converted } from './convert.js'
import type { Dialect } from './dialect.js'
import { fronted } from './cte.js'
import { assignedSql, criterionSql, expressionSql } from './expression.js'
import { projected } from './grouping.js'
import { outerColumns } from './outer-keys.js'
import { returningPlan } from './plan.js'
import { printFor } from './print.js'
import { needsBigints, nested } from './read.js'
import { type ReadRows, readerOf } from './rows.js'
import { tableColumn, tableSql } from './source.js'
import { join, nothing, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { assignmentProblem } from './types.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A write compiled. `read` is null where it gives nothing back by itself. */
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

/** A written table goes by its own name: engines differ in whether it may have an alias. */
export const targetScope = (context: Context, target: TableSource): Scope => {
  // Without its schema: SQLite knows no other name in RETURNING.
  const alias = context.dialect.quote(target.table.name)
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

const returningSql = (context: Context, scope: Scope, write: UpdateNode | DeleteNode): Sql =>
  write.returning === null ? nothing : sql` RETURNING ${join(returnedSql(context, scope, write), ', ')}`

export const columnOf = (context: Context, table: TableInfo, key: string): string => {
  const column = table.columns.find((c) => c.key === key)
  if (column === undefined) context.errors.push(illFormed(`table "${table.name}" has no column "${key}"`))
  return context.dialect.quote(column?.name ?? key)
}

/** The value of an assignment, whose type is the column's. */
export const assignedTo = (context: Context, scope: Scope, table: TableInfo, { key, value }: Assignment): Sql => {
  const place = `${table.name}.${key}`
  const column = table.columns.find((c) => c.key === key)
  const problem = column === undefined ? null : assignmentProblem(place, column.type, value.type)
  if (problem !== null) return failed(context, problem)
  return converted(context.dialect, assignedSql(context, scope, value, place), value.type, column?.type ?? null)
}

// -------------------------------------------------------------------------------------
// update and delete
// -------------------------------------------------------------------------------------

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
const leftToRight = (set: ReadonlyArray<Assignment>, table: string): ReadonlyArray<Assignment> | null => {
  const left = [...set]
  const sorted: Array<Assignment> = []
  while (left.length > 0) {
    const at = left.findIndex((a) => !left.some((b) => b !== a && columnsRead(b.value, table).has(a.key)))
    if (at < 0) return null
    sorted.push(...left.splice(at, 1))
  }
  return sorted
}

const updateSql = (context: Context, update: UpdateNode): Sql => {
  const { table } = update.table
  const scope = targetScope(context, update.table)
  const ordered = context.dialect.features.simultaneousSet ? update.set : leftToRight(update.set, update.table.name)
  if (ordered === null)
    context.errors.push(
      unsupported(context.dialect.name, 'set columns from each other at once', 'read the rows and write their values'),
    )
  if (ordered?.some((a, i) => a !== update.set[i]) === true)
    context.notes.add('assignments are put into an order in which each sees the old row')
  if (update.set.length === 0) context.errors.push(illFormed('an update sets at least one column'))
  const set = at(context, 'set', () =>
    (ordered ?? []).map((a) => sql`${columnOf(context, table, a.key)} = ${assignedTo(context, scope, table, a)}`),
  )
  return sql`UPDATE ${tableSql(context.dialect, table)} SET ${join(set, ', ')}${whereSql(context, scope, update.where)}${returningSql(context, scope, update)}`
}

const whereSql = (context: Context, scope: Scope, where: ExprNode | null): Sql =>
  where === null ? nothing : sql` WHERE ${at(context, 'where', () => criterionSql(context, scope, where, 'where'))}`

const deleteSql = (context: Context, node: DeleteNode): Sql => {
  const scope = targetScope(context, node.from)
  return sql`DELETE FROM ${tableSql(context.dialect, node.from.table)}${whereSql(context, scope, node.where)}${returningSql(context, scope, node)}`
}

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

const unableTo = (dialect: Dialect, write: UpdateNode | DeleteNode): CompileError | null => {
  if (write.where === null && write.using.length === 0 && !write.everyRow)
    return illFormed(`${write._tag === 'Update' ? 'an update' : 'a delete'} says where(…), or everyRow`)
  if (write.using.length > 0) return unsupported(dialect.name, 'write by rows of another table', 'a subquery in where')
  if (write.returning === null) return null
  const { updateReturning, deleteReturning } = dialect.features
  if ((write._tag === 'Update' && !updateReturning) || (write._tag === 'Delete' && !deleteReturning))
    return unsupported(
      dialect.name,
      `return rows of ${write._tag === 'Update' ? 'an update' : 'a delete'}`,
      'select them in the same transaction',
    )
  return null
}

/** The write with a parameter node of its own in each place. */
export const unsharedWrite = <W extends WriteNode>(write: W): W => {
  const params = paramsOf(write)
  // `withOwnParams` copies the parameters and nothing else: a write stays the write that it was.
  return new Set(params).size === params.length ? write : (withOwnParams(write) as W)
}

/** Compiles an update or a delete. */
export const writeTemplate = (
  dialect: Dialect,
  write: UpdateNode | DeleteNode,
): Either<CompileError, WriteTemplate> => {
  const unable = unableTo(dialect, write)
  if (unable !== null) return left(unable)
  const own = unsharedWrite(write)
  const context = makeContext(dialect, nested, paramsOf(own), null)
  context.target = tableIdentity((own._tag === 'Update' ? own.table : own.from).table)
  if (!dialect.features.withBeforeWrite) context.front = null
  const written = own._tag === 'Update' ? updateSql(context, own) : deleteSql(context, own)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const printed = printFor(dialect, fronted(context, written))
  if (isLeft(printed)) return printed
  const { text, slots } = printed.right
  const planned = returningPlan(write)
  return right({
    text,
    slots,
    read: planned === null ? null : readerOf(planned.plan),
    bigints: planned !== null && needsBigints(planned.plan),
    tables: tableSetOf(write),
    notes: [...context.notes],
    named: context.named,
  })
}
