/**
 * What a database in memory holds, and its transactions: each sees the tables as they were when it began. Where two of them
 * changed one row, the second to commit is `Serialization`.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { checkTables } from '../../interpret/check-tables.js'
import type { Tables } from '../../interpret/tables.js'
import type { Row } from '../../interpret/value.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { fromEvaluation } from './memory-error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The one thing that changes. */
export interface Store {
  tables: Tables
}

/** A transaction under way: what it began with, what it sees, its savepoints, and the tables that it has read. */
export interface Snapshot {
  readonly base: Tables
  readonly serializable: boolean
  readonly savepoints: ReadonlyArray<readonly [name: string, tables: Tables]>
  readonly reads: ReadonlySet<string>
  readonly tables: Tables
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A transaction that begins now. */
export const begun = ({ tables }: Store, serializable: boolean): Snapshot => ({
  base: tables,
  serializable,
  savepoints: [],
  reads: new Set(),
  tables,
})

// -------------------------------------------------------------------------------------
// merging
// -------------------------------------------------------------------------------------

const conflict = (what: string): DbError =>
  dbError('Serialization', {
    message: `another transaction ${what} since this one began: run it again`,
    statement: 'COMMIT',
    cause: null,
  })

interface Change {
  readonly removed: ReadonlySet<Row>
  readonly added: ReadonlyArray<Row>
}

/** What became of a table's rows: a row that was not changed is the same value. */
const changeOf = (before: ReadonlyArray<Row>, after: ReadonlyArray<Row>): Change => {
  const [was, is] = [new Set(before), new Set(after)]
  return { removed: new Set(before.filter((row) => !is.has(row))), added: after.filter((row) => !was.has(row)) }
}

const none: ReadonlyArray<Row> = []

/** A table's rows with the changes of two transactions; Left where both changed one of them. */
const mergedRows = (
  base: ReadonlyArray<Row>,
  now: ReadonlyArray<Row>,
  own: ReadonlyArray<Row>,
): E.Either<DbError, ReadonlyArray<Row>> => {
  const { removed, added } = changeOf(base, own)
  const there = new Set(now)
  for (const row of removed) if (!there.has(row)) return E.left(conflict('changed a row that this one changed'))
  return E.right([...now.filter((row) => !removed.has(row)), ...added])
}

/** The rows of all tables with the changes of both; a table that went in this transaction goes. */
const allRows = (now: Tables, base: Tables, own: Tables): E.Either<DbError, Tables['rows']> => {
  const rows = new Map(now.rows)
  for (const [id, mine] of own.rows) {
    const before = base.rows.get(id) ?? none
    if (mine === before) continue
    const current = now.rows.get(id) ?? none
    const both = current === before ? E.right(mine) : mergedRows(before, current, mine)
    if (E.isLeft(both)) return both
    rows.set(id, both.right)
  }
  for (const [id, before] of base.rows) {
    if (own.rows.has(id)) continue
    if (rows.get(id) !== before) return E.left(conflict('changed a table that this one dropped'))
    rows.delete(id)
  }
  return E.right(rows)
}

/** The last keys that either has made: the further ones, whichever way they count. */
const allKeys = (now: Tables, base: Tables, own: Tables): Tables['keys'] => {
  const keys = new Map(now.keys)
  for (const [id, key] of own.keys) {
    const [before, current] = [base.keys.get(id), keys.get(id)]
    if (key === before) continue
    const isDown = before !== undefined && key < before
    if (current === undefined || (isDown ? key < current : key > current)) keys.set(id, key)
  }
  for (const id of base.keys.keys()) if (!own.keys.has(id)) keys.delete(id)
  return keys
}

/** What stands after a commit: what others have committed since, with what this transaction changed. */
const merged = ({ tables: now }: Store, { base, tables: own }: Snapshot): E.Either<DbError, Tables> => {
  if (now === base) return E.right(own)
  if (own.infos !== base.infos && now.infos !== base.infos)
    return E.left(conflict('made, changed or dropped tables, as this one did,'))
  const rows = allRows(now, base, own)
  if (E.isLeft(rows)) return rows
  const sequences = new Map(now.sequences)
  for (const [id, n] of own.sequences ?? []) if (base.sequences?.get(id) !== n) sequences.set(id, n)
  const infos = own.infos === base.infos ? now.infos : own.infos
  const after: Tables = Object.freeze({ ...own, rows: rows.right, keys: allKeys(now, base, own), infos, sequences })
  return pipe(
    checkTables(now, after),
    E.bimap(fromEvaluation('COMMIT'), () => after),
  )
}

/** Commits: the store has what it had with what the transaction changed, or stays as it is. */
export const committed = (store: Store, snapshot: Snapshot): E.Either<DbError, null> => {
  const { base, serializable, reads } = snapshot
  const seen = [...reads].find((id) => store.tables.rows.get(id) !== base.rows.get(id))
  if (serializable && snapshot.tables !== base && seen !== undefined)
    return E.left(conflict('changed what this one had read'))
  const after = merged(store, snapshot)
  if (E.isLeft(after)) return after
  store.tables = after.right
  return E.right(null)
}
