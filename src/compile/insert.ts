/**
 * Compiling INSERT: the statement of some rows that name the same columns, and how their keys are learnt.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { Assignment, InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo } from '../expr/source.js'
import { bigintType } from '../expr/sql-type.js'
import { type CompileError, unsupported } from './compile-error.js'
import { at, casting, type Context, emptyScope, makeContext } from './context.js'
import { type Decode, decoderOf } from './decode.js'
import type { Dialect, KeysSource } from './dialect.js'
import { returningPlan } from './plan.js'
import { needsBigints, nested } from './read.js'
import { type ReadRows, readerOf } from './rows.js'
import { printFor } from './print.js'
import { tableSql } from './source.js'
import { join, print, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { assignedTo, columnOf, returnedSql, targetScope, unsharedWrite } from './write.js'

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
export interface InsertTemplate {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  /** Reads what the caller asked to have returned. */
  readonly read: ReadRows | null
  /** The output that is the key the engine made, and its column. */
  readonly generated: { readonly at: number; readonly column: ColumnInfo; readonly decode: Decode } | null
  readonly again: ReadAgain | null
  readonly bigints: boolean
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

/** The column whose values the engine makes for these rows. */
const generatedColumn = (insert: InsertNode): ColumnInfo | null => {
  const given = new Set((rowsOf(insert)[0] ?? []).map((a) => a.key))
  return insert.into.table.columns.find((c) => c.autoIncrement && !given.has(c.key)) ?? null
}

const outputsSql = (context: Context, insert: InsertNode, generated: ColumnInfo | null): ReadonlyArray<Sql> => {
  const asked = returnedSql(context, targetScope(context, insert.into), insert)
  return generated === null
    ? asked
    : [...asked, [`${context.dialect.quote(insert.into.table.name)}.${context.dialect.quote(generated.name)}`]]
}

const valuesSql = (context: Context, insert: InsertNode): Sql => {
  const { table } = insert.into
  const keys = (rowsOf(insert)[0] ?? []).map((a) => a.key)
  const name = tableSql(context.dialect, table)
  if (keys.length === 0)
    return context.dialect.name === 'mysql' || context.dialect.name === 'mariadb'
      ? sql`INSERT INTO ${name} () VALUES ()`
      : sql`INSERT INTO ${name} DEFAULT VALUES`
  const rows = at(context, 'values', () =>
    rowsOf(insert).map((row) => {
      const values = row.map((a) => assignedTo(context, emptyScope, table, a))
      return sql`(${join(values, ', ')})`
    }),
  )
  return sql`INSERT INTO ${name} (${keys.map((key) => columnOf(context, table, key)).join(', ')}) VALUES ${join(rows, ', ')}`
}

// -------------------------------------------------------------------------------------
// reading again
// -------------------------------------------------------------------------------------

interface Again {
  readonly written: Sql
  readonly keyColumns: ReadonlyArray<string> | null
}

const keySlot = (dialect: Dialect, column: number, cast: string | null): Sql => [
  {
    source: { _tag: 'Keys', column },
    encode: () => null,
    place: 'keys of inserted rows',
    nullable: false,
    ...casting(dialect, cast),
  },
]

const byFirstKey = (
  dialect: Dialect,
  insert: InsertNode,
  generated: ColumnInfo,
  outputs: ReadonlyArray<Sql>,
): Again => {
  const { table } = insert.into
  const key = `${dialect.quote(table.name)}.${dialect.quote(generated.name)}`
  const { cast } = dialect.type(bigintType)
  const [first, count] = [keySlot(dialect, 0, cast), keySlot(dialect, 1, cast)]
  // A simple INSERT has consecutive keys in steps of the session's increment, whatever other sessions do meanwhile:
  // https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html
  const step = '@@auto_increment_increment'
  const those = sql`${key} BETWEEN ${first} AND ${first} + ${count} * ${step} AND (${key} - ${first}) % ${step} = 0`
  return {
    written: sql`SELECT ${join(outputs, ', ')} FROM ${tableSql(dialect, table)} WHERE ${those} ORDER BY ${key}`,
    keyColumns: null,
  }
}

const byGivenKeys = (dialect: Dialect, insert: InsertNode, outputs: ReadonlyArray<Sql>): Again => {
  const { table } = insert.into
  const columns = table.columns.filter((c) => c.primaryKey)
  const types = columns.map((c) => c.type)
  const source: KeysSource = dialect.keys('k', types, [keySlot(dialect, 0, null)])
  const name = dialect.quote(table.name)
  const on = columns.map((c, i) => `${name}.${dialect.quote(c.name)} = ${source.columns[i] ?? ''}`).join(' AND ')
  return {
    written: sql`SELECT ${join(outputs, ', ')} FROM ${source.from} INNER JOIN ${tableSql(dialect, table)} ON ${on} ORDER BY ${source.ordinal}`,
    keyColumns: columns.map((c) => c.key),
  }
}

const readAgain = (
  dialect: Dialect,
  insert: InsertNode,
  generated: ColumnInfo | null,
  outputs: ReadonlyArray<Sql>,
): Either<CompileError, Again> => {
  if (generated !== null) return right(byFirstKey(dialect, insert, generated, outputs))
  const { primaryKey } = insert.into.table
  const isValue = (row: ReadonlyArray<Assignment>, key: string): boolean =>
    row.some((a) => a.key === key && a.value._tag === 'Param')
  return primaryKey.length > 0 && rowsOf(insert).every((row) => primaryKey.every((key) => isValue(row, key)))
    ? right(byGivenKeys(dialect, insert, outputs))
    : left(
        unsupported(
          dialect.name,
          `return inserted rows of "${insert.into.table.name}"`,
          'the table needs a primary key whose values the rows or the database give',
        ),
      )
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
  const own = unsharedWrite(insert)
  const context = makeContext(dialect, nested, paramsOf(own), null)
  context.target = tableIdentity(own.into.table)
  context.manyRows = rowsOf(own).length > 1
  // WITH before INSERT is no word of MySQL and MariaDB: its queries have their own.
  context.front = null
  const generated = generatedColumn(own)
  const values = valuesSql(context, own)
  const outputs = outputsSql(context, own, generated)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const planned = returningPlan(insert)
  const returns = outputs.length > 0
  const native = dialect.features.insertReturning
  const written = returns && native ? sql`${values} RETURNING ${join(outputs, ', ')}` : values
  const again = returns && !native ? readAgain(dialect, own, generated, outputs) : null
  if (again !== null && isLeft(again)) return again
  // The engine tells the first key by itself: for one row that is all that is asked.
  const isAsked = again !== null && (planned !== null || again.right.keyColumns !== null || rowsOf(own).length > 1)
  const printed = printFor(dialect, written)
  if (isLeft(printed)) return printed
  const { text, slots } = printed.right
  return right({
    text,
    slots,
    read: planned === null ? null : readerOf(planned.plan),
    generated:
      generated === null ? null : { at: outputs.length - 1, column: generated, decode: decoderOf(generated.type) },
    again:
      again === null
        ? null
        : {
            ...print(again.right.written, dialect.placeholder),
            given: again.right.keyColumns === null ? null : keyPlaces(context, own, slots, again.right.keyColumns),
          },
    bigints: (planned !== null && needsBigints(planned.plan)) || generated?.type._tag === 'BigInt',
    tables: tableSetOf(insert),
    named: context.named,
    notes: [...context.notes, ...(isAsked ? ['the rows are read again by their keys, in one transaction'] : [])],
  })
}
