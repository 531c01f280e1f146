/**
 * The rows that an insert brings, whole: what is given, what the database makes of what is left out, and what is computed.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Assignment, InsertNode, InsertSource } from '../expr/query-node.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { plainOf } from '../expr/sql-type.js'
import { accept, acceptor } from './accept.js'
import { automaticColumn, keyAfter, lastKey, type LastKey, nextKey } from './automatic-key.js'
import { notNullViolation } from './constraint-error.js'
import { type Refusal, ruled, valueFor, heldIn } from './row-rules.js'
import type { Here, Run } from './scope.js'
import { put, type Row } from './value.js'

/** What a row gives by the keys of its columns; a key that is not there was left out. */
type Given = ReadonlyMap<string, unknown>

// -------------------------------------------------------------------------------------
// what is given
// -------------------------------------------------------------------------------------

const fromAssignments = (
  here: Here,
  info: TableInfo,
  row: ReadonlyArray<Assignment>,
  more: ReadonlyMap<string, unknown>,
): E.Either<Refusal, Given> => {
  const given = new Map(more)
  for (const { key, value } of row) {
    const column = info.columns.find((c) => c.key === key)
    if (column === undefined) continue
    const made = valueFor(here, info, column, value)
    if (E.isLeft(made)) return made
    given.set(key, made.right)
  }
  return E.right(given)
}

/** Plain values are what they are: nothing is bound or evaluated. */
const fromValues = (
  info: TableInfo,
  source: Extract<InsertSource, { readonly _tag: 'Values' }>,
): E.Either<Refusal, ReadonlyArray<Given>> => {
  const columns = source.columns.map((c) => {
    const taken = acceptor(c.type)
    return { key: c.key, take: (v: unknown) => taken(c.nullable, `${info.name}.${c.key}`, v) }
  })
  const all: Array<Given> = []
  for (const row of source.rows) {
    const given = new Map<string, unknown>()
    for (const [i, { key, take }] of columns.entries()) {
      const value = take(row[i])
      if (E.isLeft(value)) return value
      given.set(key, value.right)
    }
    all.push(given)
  }
  return E.right(all)
}

/** A row of a query as values of columns: a bare value, or a record; of a whole source that is absent, nulls. */
const outputOf = (
  source: Extract<InsertSource, { readonly _tag: 'Query' }>,
  row: unknown,
): ((key: string) => unknown) => {
  if (source.query._tag === 'Select' && source.query.select?._tag === 'One') return () => row
  const fields = typeof row === 'object' && row !== null ? new Map<string, unknown>(Object.entries(row)) : null
  return (key) => fields?.get(key) ?? null
}

const fromQuery = (
  here: Here,
  info: TableInfo,
  source: Extract<InsertSource, { readonly _tag: 'Query' }>,
): E.Either<Refusal, ReadonlyArray<Given>> => {
  const rows = here.run.rows(source.query, null)
  if (E.isLeft(rows)) return rows
  const all: Array<Given> = []
  for (const row of rows.right) {
    const output = outputOf(source, row)
    const own = new Map<string, unknown>()
    for (const column of info.columns) {
      if (!source.columns.includes(column.key)) continue
      const value = heldIn(info, column, output(column.key))
      if (E.isLeft(value)) return value
      own.set(column.key, value.right)
    }
    const given = fromAssignments(here, info, source.defaults, own)
    if (E.isLeft(given)) return given
    all.push(given.right)
  }
  return E.right(all)
}

const givenRows = (run: Run, { into, source }: InsertNode): E.Either<Refusal, ReadonlyArray<Given>> => {
  const here: Here = { run, scope: null, group: null }
  switch (source._tag) {
    case 'Values':
      return fromValues(into.table, source)
    case 'Query':
      return fromQuery(here, into.table, source)
    case 'Rows':
      return E.traverseArray((row: ReadonlyArray<Assignment>) => fromAssignments(here, into.table, row, nothing))(
        source.rows,
      )
  }
}

const nothing: ReadonlyMap<string, unknown> = new Map()

// -------------------------------------------------------------------------------------
// whole rows
// -------------------------------------------------------------------------------------

/** What the database makes of a column that the row leaves out; `insertInto` has filled in the client's defaults. */
const leftOut = (here: Here, info: TableInfo, column: ColumnInfo): E.Either<Refusal, unknown> => {
  // What is computed comes when the row is whole.
  if (column.generated !== null) return E.right(null)
  if (column.serverDefault !== null) return valueFor(here, info, column, column.serverDefault)
  return column.nullable ? E.right(null) : E.left(notNullViolation(info.name, column.key))
}

/** Makes one row after the other, and the keys that the database makes. */
export interface RowMaker {
  readonly given: ReadonlyArray<Given>
  /** The whole row, if its key is made after `last`. */
  readonly make: (given: Given, last: LastKey) => E.Either<Refusal, Row>
  /** The last key once the row is there. */
  readonly after: (given: Given, row: Row, last: LastKey) => LastKey
  readonly last: LastKey
}

/** How the rows of an insert are made. */
export const rowMaker = (run: Run, insert: InsertNode): E.Either<Refusal, RowMaker> => {
  const info = insert.into.table
  const here: Here = { run, scope: null, group: null }
  const automatic = automaticColumn(info)
  const madeKey = (column: ColumnInfo, last: LastKey): E.Either<Refusal, unknown> => {
    const next = nextKey(info, column, last)
    if (E.isLeft(next)) return next
    const own = column.type._tag === 'BigInt' || column.type._tag === 'UnsignedBigInt'
    return accept(plainOf(column.type), false, `${info.name}.${column.key}`, own ? next.right : Number(next.right))
  }
  const make: RowMaker['make'] = (given, last) => {
    const row: Record<string, unknown> = {}
    for (const column of info.columns) {
      const known = given.get(column.key)
      if (known !== undefined) {
        put(row, column.key, known)
        continue
      }
      const value = column === automatic ? madeKey(column, last) : leftOut(here, info, column)
      if (E.isLeft(value)) return value
      put(row, column.key, value.right)
    }
    return ruled(run, info, Object.freeze(row))
  }
  const after: RowMaker['after'] = (given, row, last) =>
    automatic === null ? null : keyAfter(automatic, row, last, !given.has(automatic.key))
  const given = givenRows(run, insert)
  return E.isLeft(given) ? given : E.right({ given: given.right, make, after, last: lastKey(run.tables, info) })
}
