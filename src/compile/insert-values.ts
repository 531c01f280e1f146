/**
 * Compiling INSERT of plain values: no node a value, one encoder a column, and one text for any number of rows.
 *
 * PostgreSQL takes an array a column. SQLite, which is in this process, runs the statement of one row for each. MySQL and MariaDB
 * take many rows in one VALUES, of few different lengths.
 */
import { type Either, isLeft, left, map, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo } from '../expr/source.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { aroundWrite } from './around.js'
import { type CompileError, unsupported } from './compile-error.js'
import { casting, makeContext } from './context.js'
import type { Dialect, TypeForm } from './dialect.js'
import * as encode from './encode.js'
import { type Again, readAgain } from './insert-again.js'
import { answeredSql, generatedColumn, type Reading, readingOf, refusedColumn } from './insert-answer.js'
import { type ColumnCode, rowBinder } from './insert-bind.js'
import { printFor } from './print.js'
import { nested } from './read.js'
import { tableSql } from './source.js'
import { type Encode, join, nothing, print, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { unsharedWrite } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A statement of so many rows: `slots` are those after the rows' own. */
export interface RowsText {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
}

/** How rows travel: as an array a column, as many rows of VALUES, or one after the other. */
export type Way = 'arrays' | 'rows' | 'sets'

/** An INSERT of plain values compiled. */
export interface ValuesTemplate extends Reading {
  readonly codes: ReadonlyArray<ColumnCode>
  readonly bindRows: ReturnType<typeof rowBinder>
  /** How more than one row travels; one row alone is a row. */
  readonly many: Way
  readonly textOf: (way: Way, rows: number) => Either<CompileError, RowsText>
  /** The most rows of one VALUES. */
  readonly mostRows: number
  /** What reads the rows again, and which of the columns are their keys; null: by the first key that the engine made. */
  readonly again:
    | (RowsText & {
        readonly keys: ReadonlyArray<number> | null
        /** Whether one row is read again, too. */
        readonly asked: boolean
      })
    | null
  readonly tables: TableSet
}

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

/** A whole number or a truth value as a JS number; null for other types. */
const asNumber = (type: SqlType<unknown>): Encode | null => {
  switch (type._tag) {
    case 'SmallInt':
      return encode.smallint((n) => n)
    case 'Integer':
      return encode.integer((n) => n)
    case 'Unsigned':
      return encode.unsigned(type.length ?? 32, (n) => n)
    case 'Boolean':
      return encode.boolean((b) => (b ? 1 : 0))
    default:
      return null
  }
}

/**
 * A bigint is dear to make and to bind, and a column needs none: it stores a whole number that comes as a double as the integer that
 * it is, exact up to 2^53, and MySQL and MariaDB read the digits of a longer one.
 */
const inColumn = (dialect: Dialect, type: SqlType<unknown>, form: TypeForm): Encode => {
  const plain = plainOf(type)
  const cheap = asNumber(plain)
  // A dialect that carries such values in another way keeps it.
  if (cheap !== null && dialect.type(plain).encode(plain._tag === 'Boolean' ? true : 1) === 1n)
    return encode.refined(type, cheap)
  if (dialect.name === 'postgres' || dialect.name === 'sqlite') return form.encode
  return (value) => {
    const wire = form.encode(value)
    return typeof wire === 'bigint' ? String(wire) : wire
  }
}

const isArray = ({ type }: ColumnInfo): boolean => plainOf(type)._tag === 'Array'

const codeOf = (dialect: Dialect, table: string, c: ColumnInfo, form: TypeForm): ColumnCode => ({
  place: `${table}.${c.key}`,
  encode: inColumn(dialect, c.type, form),
  nullable: c.nullable,
})

const wayOf = (dialect: Dialect, columns: ReadonlyArray<ColumnInfo>): Way => {
  if (dialect.name === 'sqlite') return 'sets'
  return dialect.features.arrays && !columns.some(isArray) ? 'arrays' : 'rows'
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

const valueSlot = (dialect: Dialect, column: number, cast: string | null): Slot => ({
  source: { _tag: 'Keys', column },
  encode: () => null,
  place: 'rows to insert',
  nullable: true,
  ...casting(dialect, cast),
})

/** MySQL and MariaDB take the type of a bare placeholder from its column, PostgreSQL is told. */
const castOf = (dialect: Dialect, form: TypeForm): string | null => (dialect.name === 'postgres' ? form.cast : null)

/** `ordered`: PostgreSQL makes keys in the order of VALUES only where it is told that order. */
const rowsSql = (dialect: Dialect, forms: ReadonlyArray<TypeForm>, rows: number, ordered: boolean): Sql => {
  const row = (at: number): Sql => {
    const values = forms.map((form, i) => [valueSlot(dialect, at * forms.length + i, castOf(dialect, form))])
    return sql`(${join(ordered ? [...values, [String(at)]] : values, ', ')})`
  }
  const values = sql`VALUES ${join(
    Array.from({ length: rows }, (_, at) => row(at)),
    ', ',
  )}`
  const names = forms.map((_, i) => `c${i}`).join(', ')
  return ordered ? sql`SELECT ${names} FROM (${values}) AS v (${names}, i) ORDER BY i` : values
}

const arraysSql = (dialect: Dialect, columns: ReadonlyArray<ColumnInfo>, forms: ReadonlyArray<TypeForm>): Sql => {
  const lists = forms.map((form, i) => [valueSlot(dialect, i, `${form.cast ?? 'text'}[]`)])
  const source = dialect.keys(
    'k',
    columns.map((c) => c.type),
    lists,
  )
  // Keys are made in the order that is said here: that of the rows.
  return sql`SELECT ${source.columns.join(', ')} FROM ${source.from} ORDER BY ${source.ordinal}`
}

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

/** No statement grows beyond this: longer ones cost the engine more to parse than they save. */
const mostRows = 1000

/** Compiles an INSERT of plain values. */
export const valuesTemplate = (
  dialect: Dialect,
  insert: InsertNode,
  columns: ReadonlyArray<ColumnInfo>,
): Either<CompileError, ValuesTemplate> => {
  const { table } = insert.into
  const given = columns.map((c) => c.key)
  const refused = refusedColumn(insert, given)
  if (refused !== null) return left(refused)
  const forms = columns.map((c) => dialect.type(c.type))
  const absent = forms.find((form) => form.problem !== null)?.problem ?? null
  if (absent !== null) return left(unsupported(dialect.name, absent.what, absent.instead))
  const own = unsharedWrite(insert)
  const context = makeContext(dialect, nested, paramsOf(own), null)
  context.target = tableIdentity(table)
  context.strict = true
  context.front = null
  const generated = generatedColumn(own, given)
  const outputs = answeredSql(context, own, generated)
  const around = aroundWrite(context, own)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const returns = outputs.length > 0
  const native = dialect.features.insertReturning
  const givesKeys = table.primaryKey.every((key) => given.includes(key))
  const again = returns && !native ? readAgain(dialect, own, generated, outputs, givesKeys) : null
  if (again !== null && isLeft(again)) return again
  const names = columns.map((c) => dialect.quote(c.name)).join(', ')
  const head = `INSERT INTO ${tableSql(dialect, table)} (${names}) `
  const tail = returns && native ? sql` RETURNING ${join(outputs, ', ')}` : nothing
  const tells = generated !== null && dialect.name === 'postgres'
  const codes = columns.map((c, i) => codeOf(dialect, table.name, c, forms[i] ?? dialect.type(c.type)))
  const after = tail.reduce((n, piece) => (typeof piece === 'string' ? n : n + 1), 0)
  return right({
    ...readingOf(insert, generated, outputs.length),
    codes,
    bindRows: rowBinder(codes),
    many: wayOf(dialect, columns),
    mostRows: Math.max(1, Math.min(mostRows, Math.floor((dialect.features.maxParameters - after) / columns.length))),
    textOf: remembered((way, rows) => {
      const body =
        way === 'arrays' ? arraysSql(dialect, columns, forms) : rowsSql(dialect, forms, rows, tells && rows > 1)
      const own = way === 'arrays' ? columns.length : columns.length * rows
      return map(({ text, slots }: RowsText) => ({ text, slots: slots.slice(own) }))(
        printFor(dialect, around(sql`${head}${body}${tail}`)),
      )
    }),
    again: again === null ? null : againOf(dialect, insert, again.right, given),
    tables: tableSetOf(insert),
  })
}

const againOf = (
  dialect: Dialect,
  insert: InsertNode,
  { written, keyColumns }: Again,
  given: ReadonlyArray<string>,
): ValuesTemplate['again'] => ({
  ...print(written, dialect.placeholder),
  keys: keyColumns === null ? null : keyColumns.map((key) => given.indexOf(key)),
  // The engine tells the first key by itself: for one row that is all that is asked.
  asked: keyColumns !== null || insert.returning !== null,
})

type TextOf = ValuesTemplate['textOf']

/** Each text is made once. There are few: a template is asked for few lengths. */
const remembered = (make: TextOf): TextOf => {
  const known = new Map<string, ReturnType<TextOf>>()
  return (way, rows) => {
    const id = way === 'rows' ? String(rows) : way
    const before = known.get(id)
    if (before !== undefined) return before
    const made = make(way, rows)
    known.set(id, made)
    return made
  }
}
