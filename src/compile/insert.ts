/**
 * Compiling INSERT: the statement of some rows that name the same columns, with expressions among their values, and how their keys
 * are learnt.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { Assignment, InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import { aroundWrite } from './around.js'
import type { CompileError } from './compile-error.js'
import { at, type Context, emptyScope, makeContext } from './context.js'
import type { Dialect } from './dialect.js'
import { readAgain } from './insert-again.js'
import { answeredSql, generatedColumn, type Reading, readingOf, refusedColumn } from './insert-answer.js'
import { nested } from './read.js'
import { printFor } from './print.js'
import { tableSql } from './source.js'
import { join, print, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { assignedTo, columnOf, unsharedWrite } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How the written rows are read again, where the engine has no RETURNING. */
export interface ReadAgain {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  /**
   * Null: by the keys that the engine made, from the first of them in steps of its increment. Else by the keys that the rows
   * gave: for each row the places of their values among the parameters of the INSERT.
   */
  readonly given: ReadonlyArray<ReadonlyArray<number>> | null
}

/** An INSERT compiled. */
export interface InsertTemplate extends Reading {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  readonly again: ReadAgain | null
  readonly tables: TableSet
  /** Whether rows with a name stand in front of one of its queries. */
  readonly named: boolean
  /** What was said in other words than the query's own, and why. */
  readonly notes: ReadonlyArray<string>
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** The rows of an insert that holds rows of assignments. */
export const rowsOf = ({ source }: InsertNode): ReadonlyArray<ReadonlyArray<Assignment>> =>
  source._tag === 'Rows' ? source.rows : []

/** The columns that its rows name. */
const givenBy = (insert: InsertNode): ReadonlyArray<string> => (rowsOf(insert)[0] ?? []).map((a) => a.key)

/** A row of no column. */
export const noColumns = (dialect: Dialect): string =>
  dialect.name === 'mysql' || dialect.name === 'mariadb' ? '() VALUES ()' : 'DEFAULT VALUES'

const rowSql = (context: Context, insert: InsertNode, row: ReadonlyArray<Assignment>): ReadonlyArray<Sql> =>
  row.map((a) => assignedTo(context, emptyScope, insert.into.table, a))

/** PostgreSQL makes keys in the order of VALUES only where it is told that order. */
const orderedSql = (context: Context, insert: InsertNode): Sql => {
  const { columns } = insert.into.table
  const casts = (rowsOf(insert)[0] ?? []).map((a) => {
    const column = columns.find((c) => c.key === a.key)
    return column === undefined ? null : context.dialect.type(column.type).cast
  })
  const typed = (value: Sql, i: number): Sql => {
    const cast = casts[i] ?? null
    return cast === null ? value : sql`CAST(${value} AS ${cast})`
  }
  const rows = rowsOf(insert).map(
    (row, i) => sql`(${join(rowSql(context, insert, row).map(typed), ', ')}, ${String(i)})`,
  )
  const names = casts.map((_, i) => `c${i}`).join(', ')
  return sql`SELECT ${names} FROM (VALUES ${join(rows, ', ')}) AS v (${names}, i) ORDER BY i`
}

const valuesSql = (context: Context, insert: InsertNode, makesKeys: boolean): Sql => {
  const { table } = insert.into
  const keys = givenBy(insert)
  const name = tableSql(context.dialect, table)
  if (keys.length === 0) return sql`INSERT INTO ${name} ${noColumns(context.dialect)}`
  const rows = at(context, 'values', () =>
    makesKeys && rowsOf(insert).length > 1 && context.dialect.name === 'postgres'
      ? orderedSql(context, insert)
      : sql`VALUES ${join(
          rowsOf(insert).map((row) => sql`(${join(rowSql(context, insert, row), ', ')})`),
          ', ',
        )}`,
  )
  return sql`INSERT INTO ${name} (${keys.map((key) => columnOf(context, table, key)).join(', ')}) ${rows}`
}

// -------------------------------------------------------------------------------------
// reading again
// -------------------------------------------------------------------------------------

/** Whether each row gives its primary key as a value. */
const givesKeys = (insert: InsertNode): boolean => {
  const isValue = (row: ReadonlyArray<Assignment>, key: string): boolean =>
    row.some((a) => a.key === key && a.value._tag === 'Param')
  return rowsOf(insert).every((row) => insert.into.table.primaryKey.every((key) => isValue(row, key)))
}

/** For each row the places of its keys among the slots. */
const keyPlaces = (
  context: Context,
  insert: InsertNode,
  slots: ReadonlyArray<Slot>,
  keyColumns: ReadonlyArray<string>,
): ReadonlyArray<ReadonlyArray<number>> => {
  const places = new Map(slots.map((slot, i) => [slot.source._tag === 'Param' ? slot.source.index : -1, i]))
  const placeOf = (value: ExprNode | undefined): number =>
    value === undefined || value._tag !== 'Param' ? -1 : (places.get(context.params.get(value) ?? -1) ?? -1)
  return rowsOf(insert).map((row) => keyColumns.map((key) => placeOf(row.find((a) => a.key === key)?.value)))
}

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

/** Compiles an INSERT whose rows all name the same columns. */
export const insertTemplate = (dialect: Dialect, insert: InsertNode): Either<CompileError, InsertTemplate> => {
  const refused = refusedColumn(insert, givenBy(insert))
  if (refused !== null) return left(refused)
  const own = unsharedWrite(insert)
  const context = makeContext(dialect, nested, paramsOf(own), null)
  context.target = tableIdentity(own.into.table)
  context.strict = true
  context.manyRows = rowsOf(own).length > 1
  // WITH before INSERT is no word of MySQL and MariaDB: its queries have their own.
  context.front = null
  const generated = generatedColumn(own, givenBy(own))
  const values = valuesSql(context, own, generated !== null)
  const outputs = answeredSql(context, own, generated)
  const around = aroundWrite(context, own)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const returns = outputs.length > 0
  const native = dialect.features.insertReturning
  const written = returns && native ? sql`${values} RETURNING ${join(outputs, ', ')}` : values
  const again = returns && !native ? readAgain(dialect, own, generated, outputs, givesKeys(own)) : null
  if (again !== null && isLeft(again)) return again
  // The engine tells the first key by itself: for one row that is all that is asked.
  const isAsked =
    again !== null && (own.returning !== null || again.right.keyColumns !== null || rowsOf(own).length > 1)
  const printed = printFor(dialect, around(written))
  if (isLeft(printed)) return printed
  const { text, slots } = printed.right
  return right({
    ...readingOf(insert, generated, outputs.length),
    text,
    slots,
    again:
      again === null
        ? null
        : {
            ...print(again.right.written, dialect.placeholder),
            given: again.right.keyColumns === null ? null : keyPlaces(context, own, slots, again.right.keyColumns),
          },
    tables: tableSetOf(insert),
    named: context.named,
    notes: [...context.notes, ...(isAsked ? [readAgainNote] : [])],
  })
}

export const readAgainNote = 'the rows are read again by their keys, in one transaction'
