/**
 * What the functions of a unit of work are given, checked: the table, the row's values, and what says which row is
 * meant.
 */
import * as E from 'fp-ts/lib/Either.js'

import { asked } from '../expr/asked.js'
import { tableIdentity } from '../expr/schema.js'
import { type AnyTable, sourceOf } from '../expr/table.js'
import type { TableEntry } from './catalog.js'
import { type Fields, fieldOf, keyIn } from './identity.js'
import type { RowId } from './journal.js'
import { type PlanError, planError } from './plan-error.js'
import { isRef, type RefNode } from './ref.js'
import { recall } from './snapshots.js'
import { rowOfRef, type State } from './unit-of-work.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row that was named: by its key, by a Ref (`by`), or both where the Ref's key is known. */
export interface Address {
  readonly row: RowId
  readonly by: RefNode | null
  readonly key: Fields | null
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const unknownTable = (name: string): PlanError =>
  planError('UnknownTable', { message: `"${name}" is not a table of the unit of work's schema`, table: name })

/** What the schema knows of a table; a table that only has the name of one of its tables is another. */
const entryOf = (state: State, t: AnyTable): E.Either<PlanError, TableEntry> => {
  const source = sourceOf(t)
  if (source._tag !== 'TableSource') return E.left(unknownTable(source.name))
  const entry = state.catalog.get(tableIdentity(source.table))
  return entry === undefined || entry.info.shape !== source.table.shape
    ? E.left(unknownTable(source.table.name))
    : E.right(entry)
}

/** What `f` makes of the table; Left where the schema has no such table. */
export const inTable = <A>(
  state: State,
  t: AnyTable,
  f: (table: TableEntry) => E.Either<PlanError, A>,
): E.Either<PlanError, A> => E.chain(f)(entryOf(state, t))

const unknownColumn = (table: TableEntry, column: string, message: string): E.Either<PlanError, never> =>
  E.left(planError('UnknownColumn', { message, table: table.info.name, column }))

/** The values of a record, copied; Left where one of them is no column. */
export const fieldsOf = (table: TableEntry, record: object): E.Either<PlanError, Fields> => {
  const fields = asked<Fields | null>(() => ({ ...record }), null)
  if (fields === null) return unknownColumn(table, '', `a row of "${table.info.name}" cannot be read`)
  const column = Object.keys(fields).find((key) => !table.columns.has(key))
  return column === undefined
    ? E.right(Object.freeze(fields))
    : unknownColumn(table, column, `"${table.info.name}" has no column "${column}"`)
}

const isRecord = (u: unknown): u is Fields => typeof u === 'object' && u !== null

/** Which row is meant. */
export const addressOf = (state: State, table: TableEntry, at: unknown): E.Either<PlanError, Address> => {
  const { name } = table.info
  if (isRef(at)) {
    if (at.table !== table.id)
      return E.left(
        planError('ForeignRef', { message: `${at.label} is no row of "${name}"`, table: name, ref: at.label }),
      )
    return E.right({ row: rowOfRef(state, at), by: at, key: recall(state.keys, at)?.fields ?? null })
  }
  const key = isRecord(at) ? keyIn(table, at) : null
  return key === null
    ? E.left(
        planError('MissingKey', {
          message:
            table.info.primaryKey.length === 0
              ? `"${name}" has no primary key, so no row of it can be told from another`
              : `a row of "${name}" is named by its key: ${table.info.primaryKey.join(', ')}`,
          table: name,
        }),
      )
    : E.right({ row: key.id, by: null, key: key.fields })
}

/** A row as it was read: the very value where it has the table's columns and nothing else. */
export const snapshotOf = (table: TableEntry, row: unknown): E.Either<PlanError, readonly [string, Fields]> => {
  const { name } = table.info
  const key = isRecord(row) ? keyIn(table, row) : null
  const columns = [...table.columns.keys()]
  if (!isRecord(row) || key === null)
    return E.left(planError('MissingKey', { message: `a row of "${name}" to keep has no key`, table: name }))
  const absent = columns.find((column) => fieldOf(row, column) === undefined)
  if (absent !== undefined)
    return E.left(
      planError('NotTracked', {
        message: `a row of "${name}" to keep has no "${absent}": only whole rows are kept`,
        table: name,
      }),
    )
  if (Object.keys(row).length === columns.length) return E.right([key.id, row])
  return E.right([key.id, Object.freeze(Object.fromEntries(columns.map((column) => [column, row[column]])))])
}
