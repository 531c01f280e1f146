/**
 * Compiling INSERT: the statement of some rows that name the same columns, and how their keys are learnt.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo } from '../expr/source.js'
import { type CompileError, unsupported } from './compile-error.js'
import { casting, type Context, emptyScope, makeContext } from './context.js'
import { type Decode, decoderOf } from './decode.js'
import type { Dialect, KeysSource } from './dialect.js'
import { expressionSql } from './expression.js'
import { projected } from './grouping.js'
import { returningPlan } from './plan.js'
import { needsBigints, nested } from './read.js'
import { type ReadRows, readerOf } from './rows.js'
import { tableSql } from './source.js'
import { join, print, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { assignedTo, columnOf, targetScope, unsharedWrite } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How the written rows are read again, where the engine has no RETURNING. */
export type ReadAgain =
  /** By the keys that the engine made: the first of them, in steps of its increment. */
  | { readonly _tag: 'ByFirstKey'; readonly text: string }
  /** By the keys that the rows gave: the positions of their parameters in each row. */
  | { readonly _tag: 'ByGivenKeys'; readonly text: string; readonly keyColumns: ReadonlyArray<string> }

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
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** The column whose values the engine makes for these rows. */
const generatedColumn = (insert: InsertNode): ColumnInfo | null => {
  const given = new Set((insert.rows[0] ?? []).map((a) => a.key))
  return insert.into.table.columns.find((c) => c.autoIncrement && !given.has(c.key)) ?? null
}

const outputsSql = (context: Context, insert: InsertNode, generated: ColumnInfo | null): ReadonlyArray<Sql> => {
  const scope = targetScope(context, insert.into)
  const asked =
    insert.returning === null ? [] : projected(insert.returning).map((e) => expressionSql(context, scope, e))
  return generated === null
    ? asked
    : [...asked, [`${context.dialect.quote(insert.into.table.name)}.${context.dialect.quote(generated.name)}`]]
}

const valuesSql = (context: Context, insert: InsertNode): Sql => {
  const { table } = insert.into
  const keys = (insert.rows[0] ?? []).map((a) => a.key)
  const name = tableSql(context.dialect, table)
  if (keys.length === 0)
    return context.dialect.name === 'mysql' || context.dialect.name === 'mariadb'
      ? sql`INSERT INTO ${name} () VALUES ()`
      : sql`INSERT INTO ${name} DEFAULT VALUES`
  const rows = insert.rows.map((row) => {
    const values = row.map((a) => assignedTo(context, emptyScope, table, a))
    return sql`(${join(values, ', ')})`
  })
  return sql`INSERT INTO ${name} (${keys.map((key) => columnOf(context, table, key)).join(', ')}) VALUES ${join(rows, ', ')}`
}

// -------------------------------------------------------------------------------------
// reading again
// -------------------------------------------------------------------------------------

const readAgain = (
  context: Context,
  insert: InsertNode,
  generated: ColumnInfo | null,
  outputs: ReadonlyArray<Sql>,
): Either<CompileError, { readonly again: ReadAgain; readonly written: Sql }> => {
  const { dialect } = context
  const { table } = insert.into
  const name = tableSql(dialect, table)
  if (generated !== null) {
    const key = `${name}.${dialect.quote(generated.name)}`
    const first = '?'
    // A simple INSERT has consecutive keys in steps of the session's increment, whatever other sessions do meanwhile:
    // https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html
    const written = sql`SELECT ${join(outputs, ', ')} FROM ${name} WHERE ${key} BETWEEN ${first} AND ${first} + ? * @@auto_increment_increment AND (${key} - ${first}) % @@auto_increment_increment = 0 ORDER BY ${key}`
    return right({ again: { _tag: 'ByFirstKey', text: '' }, written })
  }
  const given = new Set((insert.rows[0] ?? []).map((a) => a.key))
  const keys = table.primaryKey
  if (keys.length === 0 || !keys.every((key) => given.has(key)))
    return left(
      unsupported(
        dialect.name,
        `return inserted rows of "${table.name}"`,
        'the table needs a primary key that the rows or the database give',
      ),
    )
  const columns = table.columns.filter((c) => keys.includes(c.key))
  const source: KeysSource = dialect.keys(
    'k',
    columns.map((c) => c.type),
    [[keysSlot(dialect)]],
  )
  const on = columns.map((c, i) => `${name}.${dialect.quote(c.name)} = ${source.columns[i] ?? ''}`).join(' AND ')
  const written = sql`SELECT ${join(outputs, ', ')} FROM ${source.from} INNER JOIN ${name} ON ${on} ORDER BY ${source.ordinal}`
  return right({ again: { _tag: 'ByGivenKeys', text: '', keyColumns: columns.map((c) => c.key) }, written })
}

const keysSlot = (dialect: Dialect): Slot => ({
  source: { _tag: 'Keys', column: 0 },
  encode: () => null,
  place: 'keys of inserted rows',
  nullable: false,
  ...casting(dialect, null),
})

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

/** Compiles an INSERT whose rows all name the same columns. */
export const insertTemplate = (dialect: Dialect, insert: InsertNode): Either<CompileError, InsertTemplate> => {
  const own = unsharedWrite(insert)
  const context = makeContext(dialect, nested, paramsOf(own), null)
  context.target = tableIdentity(own.into.table)
  const generated = generatedColumn(own)
  const values = valuesSql(context, own)
  const outputs = outputsSql(context, own, generated)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const planned = returningPlan(insert)
  const returns = outputs.length > 0
  const native = dialect.features.insertReturning
  const written = returns && native ? sql`${values} RETURNING ${join(outputs, ', ')}` : values
  const again = returns && !native ? readAgain(context, own, generated, outputs) : null
  if (again !== null && again._tag === 'Left') return again
  const { text, slots } = print(written, dialect.placeholder)
  return right({
    text,
    slots,
    read: planned === null ? null : readerOf(planned.plan),
    generated:
      generated === null ? null : { at: outputs.length - 1, column: generated, decode: decoderOf(generated.type) },
    again: again === null ? null : { ...again.right.again, text: print(again.right.written, dialect.placeholder).text },
    bigints: (planned !== null && needsBigints(planned.plan)) || generated?.type._tag === 'BigInt',
    tables: tableSetOf(insert),
  })
}
