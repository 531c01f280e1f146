/**
 * What an update or a delete gives back where the engine does not tell by itself: in one transaction the keys of the rows are found
 * and locked, the write is of these keys alone, and the rows of an update are read again. Nobody else can change or take a row
 * between. SQLite has no locks of rows: there the transaction has the database to itself.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { hasAggregateOutside, hasWindowOutside, paramsOf } from '../expr/children.js'
import { column, type ExprNode, logic } from '../expr/node.js'
import type { SelectNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, TableSource } from '../expr/source.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { targetOfWrite } from '../expr/write-parts.js'
import { aroundWrite } from './around.js'
import { changeSql, keysAlias, type WrittenKeys } from './change.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { casting, type Context, emptyScope, makeContext } from './context.js'
import { fronted } from './cte.js'
import { decoderOf } from './decode.js'
import type { Dialect, KeysSource } from './dialect.js'
import { projected } from './grouping.js'
import { returningPlan } from './plan.js'
import { printFor } from './print.js'
import { needsBigints, nested } from './read.js'
import { type ReadRows, readerOf } from './rows.js'
import { assembled, selectSql } from './select.js'
import { tableSql } from './source.js'
import { join, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import type { KeyColumn } from './template.js'
import { returnedSql, targetScope } from './write.js'
import { asksTable, type Changing, valuesMention, writtenRows } from './write-using.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A text and the places of its values. */
export interface Printed {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
}

/** A write of three statements, or of two where the rows are gone. */
export interface ReturningTemplate {
  readonly _tag: 'InSteps'
  /** Finds and locks the rows: what is given back of a row that goes, its key, and what an update makes of the key. */
  readonly find: Printed
  readonly write: Printed
  readonly again: Printed | null
  readonly keys: ReadonlyArray<KeyColumn>
  readonly keysAfter: ReadonlyArray<KeyColumn>
  /** Whether a row that is found twice is an error, since its new values would be of two rows. */
  readonly once: boolean
  /** Null where only their number is asked for. */
  readonly read: ReadRows | null
  readonly bigints: boolean
  readonly tables: TableSet
  readonly notes: ReadonlyArray<string>
  readonly named: boolean
}

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

/** What cannot be given back, or null. */
const returnedProblem = (dialect: Dialect, write: Changing, outputs: ReadonlyArray<ExprNode>): CompileError | null => {
  const { table } = targetOfWrite(write)
  if (write.returning !== null && outputs.length === 0) return illFormed('returning: a row has at least one output')
  if (outputs.some((e) => hasAggregateOutside(e) || hasWindowOutside(e)))
    return illFormed('returning is about single rows: an aggregate stands in a query of its own')
  if (outputs.some((e) => asksTable(e, tableIdentity(table))))
    return unsupported(
      dialect.name,
      'ask the table that it writes about each row',
      'read the keys first, then write by inList',
    )
  return table.primaryKey.length === 0 && dialect.features.locks
    ? unsupported(
        dialect.name,
        `return (or count) the rows of ${write._tag === 'Update' ? 'an update' : 'a delete'} of "${table.name}"`,
        'the table needs a primary key, by which they are found again',
      )
    : null
}

const families: ReadonlyArray<ReadonlyArray<string>> = [
  ['SmallInt', 'Integer', 'BigInt', 'Count', 'Unsigned'],
  ['Text', 'Varchar'],
]

/** Whether a column holds a value just as it was computed: it neither rounds nor pads it. */
const isStoredAsIs = (column: SqlType<unknown>, value: SqlType<unknown>): boolean =>
  column.id === value.id || families.some((tags) => tags.includes(column._tag) && tags.includes(value._tag))

/** What becomes of a key that an update sets: it must be known as it will be stored. */
const keyProblem = (dialect: Dialect, write: Changing, keys: ReadonlyArray<ColumnInfo>): CompileError | null => {
  if (write._tag === 'Delete') return null
  const changed = write.set.find(({ key, value }) => {
    const info = keys.find((c) => c.key === key)
    return info !== undefined && !isStoredAsIs(plainOf(info.type), plainOf(value.type))
  })
  return changed === undefined
    ? null
    : unsupported(
        dialect.name,
        `return rows whose key "${changed.key}" is set to a value of another type`,
        'cast the value to the type of the column',
      )
}

// -------------------------------------------------------------------------------------
// finding
// -------------------------------------------------------------------------------------

const keyColumns = ({ features }: Dialect, { table }: TableSource): ReadonlyArray<ColumnInfo> =>
  features.locks ? table.primaryKey.flatMap((key) => table.columns.filter((c) => c.key === key)) : []

const keyPlaces = (
  dialect: Dialect,
  table: TableSource,
  columns: ReadonlyArray<ColumnInfo>,
  places: ReadonlyArray<number>,
): ReadonlyArray<KeyColumn> =>
  columns.map((c, i) => ({
    at: places[i] ?? 0,
    decode: decoderOf(c.type),
    encode: dialect.type(c.type).element,
    bigint: c.type._tag === 'BigInt',
    place: `${table.table.name}.${c.key}`,
  }))

interface Found {
  readonly text: Sql
  readonly keys: ReadonlyArray<KeyColumn>
  readonly keysAfter: ReadonlyArray<KeyColumn>
}

const found = (context: Context, write: Changing, once: boolean): Found => {
  const { dialect } = context
  const target = targetOfWrite(write)
  const columns = keyColumns(dialect, target)
  const before = columns.map((c) => column(target, c.key, c.name, c.type, c.nullable))
  const outputs: Array<ExprNode> =
    write._tag === 'Delete' && write.returning !== null ? [...projected(write.returning)] : []
  const first = outputs.length
  outputs.push(...before)
  // A row that is only counted has something in it all the same.
  if (outputs.length === 0) outputs.push(one)
  const after = columns.map((c, i) => {
    const changed = write._tag === 'Update' ? write.set.find((a) => a.key === c.key) : undefined
    return changed === undefined ? first + i : outputs.push(changed.value) - 1
  })
  const select: SelectNode = {
    ...writtenRows(write, target, once),
    select: {
      _tag: 'Record',
      fields: outputs.map((expr, i) => ({ key: String(i), projection: { _tag: 'One', expr } })),
    },
  }
  const parts = selectSql(context, emptyScope, select)
  return {
    text: sql`${assembled(select, parts, parts.outputs)}${dialect.features.locks ? ' FOR UPDATE' : ''}`,
    keys: keyPlaces(
      dialect,
      target,
      columns,
      columns.map((_, i) => first + i),
    ),
    keysAfter: keyPlaces(dialect, target, columns, after),
  }
}

// -------------------------------------------------------------------------------------
// by keys
// -------------------------------------------------------------------------------------

const keysOf = (
  dialect: Dialect,
  target: TableSource,
): { readonly source: KeysSource; readonly written: WrittenKeys } => {
  const columns = keyColumns(dialect, target)
  const slot: Slot = {
    source: { _tag: 'Keys', column: 0 },
    encode: () => null,
    place: 'keys of written rows',
    nullable: false,
    ...casting(dialect, null),
  }
  const types: ReadonlyArray<SqlType<unknown>> = columns.map((c) => c.type)
  const source = dialect.keys(keysAlias(target.table.name), types, [[slot]])
  const name = dialect.quote(target.table.name)
  const on = columns.map((c, i) => `${name}.${dialect.quote(c.name)} = ${source.columns[i] ?? ''}`).join(' AND ')
  return { source, written: { from: source.from, on } }
}

/** A row of which nothing is asked. */
const one: ExprNode = logic('and', [])

/** The write of the keys alone; where new values mention other sources, beside those, which are locked, too. */
const byKeys = (write: Changing, once: boolean): Changing =>
  once ? { ...write, returning: null } : { ...write, using: [], where: null, everyRow: true, returning: null }

/** The lock of a read beside keys, which MySQL would take for a table to be locked, too. */
const lockedNow = ({ name, features, quote }: Dialect, { table }: TableSource): string =>
  !features.locks ? '' : name === 'mysql' ? ` FOR UPDATE OF ${quote(table.name)}` : ' FOR UPDATE'

const readAgain = (context: Context, write: Changing): Sql => {
  const target = targetOfWrite(write)
  const { source, written } = keysOf(context.dialect, target)
  const outputs = returnedSql(context, targetScope(context, target), write)
  const name = tableSql(context.dialect, target.table)
  // A row that was just so already was not written: without a lock it is read as it was when the transaction began.
  const now = lockedNow(context.dialect, target)
  return sql`SELECT ${join(outputs, ', ')} FROM ${source.from} INNER JOIN ${name} ON ${written.on} ORDER BY ${source.ordinal}${now}`
}

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

const finished = (dialect: Dialect, context: Context, text: Sql): Either<CompileError, Printed> => {
  const error = context.errors[0]
  return error === undefined ? printFor(dialect, fronted(context, text)) : left(error)
}

/**
 * Whether a delete takes rows of its own table along, which PostgreSQL alone counts (and returns) where the criterion is of them,
 * too.
 */
export const takesAlong = (dialect: Dialect, write: Changing): boolean =>
  write._tag === 'Delete' &&
  dialect.name !== 'postgres' &&
  write.from.table.foreignKeys.some(
    ({ target }) =>
      target.onDelete === 'cascade' &&
      tableIdentity({ schema: target.schema, name: target.table }) === tableIdentity(write.from.table),
  )

/** Compiles a write that gives rows back in steps. Its parameters have nodes of their own. */
export const returningTemplate = (dialect: Dialect, write: Changing): Either<CompileError, ReturningTemplate> => {
  const target = targetOfWrite(write)
  const planned = returningPlan(write)
  const outputs = write.returning === null ? [] : projected(write.returning)
  const problem = returnedProblem(dialect, write, outputs) ?? keyProblem(dialect, write, keyColumns(dialect, target))
  if (problem !== null) return left(problem)
  const params = paramsOf(write)
  const contexts: Array<Context> = []
  const made = (): Context => {
    const context = makeContext(dialect, nested, params, null)
    contexts.push(context)
    return context
  }
  // The criterion is asked once, where the rows are found: what it asks may have changed when they are written.
  const once = valuesMention(write)
  const finding = made()
  const rows = found(finding, write, once)
  const find = finished(dialect, finding, rows.text)
  if (isLeft(find)) return find
  const writing = made()
  writing.target = tableIdentity(target.table)
  writing.strict = true
  if (!dialect.features.withBeforeWrite) writing.front = null
  const written = dialect.features.locks
    ? changeSql(writing, byKeys(write, once), keysOf(dialect, target).written)
    : changeSql(writing, { ...write, returning: null }, null)
  const text = finished(dialect, writing, aroundWrite(writing, write)(written))
  if (isLeft(text)) return text
  const reading = made()
  const again = write._tag === 'Delete' ? right(null) : finished(dialect, reading, readAgain(reading, write))
  if (isLeft(again)) return again
  return right({
    _tag: 'InSteps',
    find: find.right,
    write: text.right,
    again: again.right,
    keys: rows.keys,
    keysAfter: rows.keysAfter,
    once,
    read: planned === null ? null : readerOf(planned.plan),
    bigints:
      (planned !== null && needsBigints(planned.plan)) || [...rows.keys, ...rows.keysAfter].some((k) => k.bigint),
    tables: tableSetOf(write),
    notes: [...new Set(contexts.flatMap((c) => [...c.notes]))],
    named: contexts.some((c) => c.named),
  })
}
