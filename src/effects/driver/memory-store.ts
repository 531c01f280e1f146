/**
 * What a database in memory holds, and its transactions: each sees the tables as they were when it began. Where two of them
 * changed one row, the second to commit is `Serialization`.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { Statement } from '../../compile/statement.js'
import { tableIdentity } from '../../expr/schema.js'
import { isWrite, type StatementNode } from '../../expr/query-node.js'
import type { TableInfo } from '../../expr/source.js'
import { targetOfWrite } from '../../expr/write-parts.js'
import { checkTables } from '../../interpret/check-tables.js'
import type { Tables } from '../../interpret/tables.js'
import type { Row } from '../../interpret/value.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { fromEvaluation } from './memory-error.js'
import type { Session } from './memory-session.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The one thing that changes. */
export interface Store {
  tables: Tables
}

/**
 * A transaction under way: what it began with, what it sees, its savepoints, and the tables that it has read, locked rows of, or
 * written.
 */
export interface Snapshot {
  readonly base: Tables
  readonly serializable: boolean
  readonly savepoints: ReadonlyArray<readonly [name: string, session: Session]>
  readonly reads: ReadonlySet<string>
  readonly locked: ReadonlySet<string>
  readonly written: ReadonlySet<TableInfo>
  readonly session: Session
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Whether a table has constraints that wait for the end of a transaction. */
const defers = ({ foreignKeys, uniques }: TableInfo): boolean =>
  foreignKeys.some((key) => key.target.deferrable === 'deferred') || uniques.some((u) => u.deferrable === 'deferred')

/** A transaction that begins now. */
export const begun = ({ tables }: Store, own: Tables, serializable: boolean): Snapshot => ({
  base: tables,
  serializable,
  savepoints: [],
  reads: new Set(),
  locked: new Set(),
  written: new Set(),
  // What is deferred waits for the end of the transaction.
  session: { shared: tables.infos.some(defers) ? Object.freeze({ ...tables, deferring: true }) : tables, own },
})

const nodeOf = ({ meaning }: Statement): StatementNode | null => (meaning?._tag === 'Statement' ? meaning.node : null)

/** Whether a write depends on rows of its table that it may not change: those that its criterion leaves out, or keys that are there. */
const looksAtItsTable = (node: StatementNode | null): boolean =>
  node?._tag === 'Update' || node?._tag === 'Delete' || (node?._tag === 'Insert' && node.conflict !== null)

/** The transaction after a statement. Nobody waits for a lock here: what others change in its tables is found at the end. */
export const advanced = (snapshot: Snapshot, session: Session, statement: Statement): Snapshot => {
  const node = nodeOf(statement)
  const { reads, writes } = statement.tables
  const read = [...reads, ...(looksAtItsTable(node) ? writes : [])].map(tableIdentity)
  const isLocked = node?._tag === 'Select' && node.lock !== null
  const isWritten = node !== null && isWrite(node) && node._tag !== 'Text'
  return {
    ...snapshot,
    session,
    reads: new Set([...snapshot.reads, ...read]),
    locked: isLocked ? new Set([...snapshot.locked, ...read]) : snapshot.locked,
    written: isWritten ? new Set([...snapshot.written, targetOfWrite(node).table]) : snapshot.written,
  }
}

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

/** Whether what there is was made, changed or dropped. */
const isDefined = (before: Tables, after: Tables): boolean =>
  before.infos !== after.infos || before.schemas !== after.schemas || before.counting !== after.counting

/** Rows that one wrote may not fit a table that another has changed. */
const isReshaped = (base: Tables, changed: Tables, written: Tables): boolean =>
  changed.infos !== base.infos &&
  base.infos.some((info) => {
    const id = tableIdentity(info)
    return written.rows.get(id) !== base.rows.get(id) && !changed.infos.includes(info)
  })

/** The tables with those that were filled and never made: their writes tell what they keep. */
const knowing = (tables: Tables, written: ReadonlySet<TableInfo>): Tables => {
  const made = new Set(tables.infos.map(tableIdentity))
  const unmade = [...written].filter((info) => !made.has(tableIdentity(info)))
  return unmade.length === 0 ? tables : { ...tables, infos: [...tables.infos, ...unmade] }
}

/** What stands after a commit: what others have committed since, with what this transaction changed. */
const merged = (
  { tables: now }: Store,
  base: Tables,
  own: Tables,
  written: ReadonlySet<TableInfo>,
): E.Either<DbError, Tables> => {
  if (now === base) return E.right(own)
  const defined = isDefined(base, own)
  if (defined && isDefined(base, now)) return E.left(conflict('made, changed or dropped tables, as this one did,'))
  if (isReshaped(base, now, own) || isReshaped(base, own, now))
    return E.left(conflict('changed a table that this one wrote, or wrote one that this one changed,'))
  const rows = allRows(now, base, own)
  if (E.isLeft(rows)) return rows
  const sequences = new Map(now.sequences)
  for (const [id, n] of own.sequences ?? []) if (base.sequences?.get(id) !== n) sequences.set(id, n)
  const after: Tables = Object.freeze({
    ...(defined ? own : now),
    rows: rows.right,
    keys: allKeys(now, base, own),
    sequences,
  })
  return pipe(
    checkTables(now, knowing(after, written)),
    E.bimap(fromEvaluation('COMMIT'), () => after),
  )
}

/** What the transaction leaves, with what it deferred made good. */
const settled = (base: Tables, { deferring = false, ...rest }: Tables): E.Either<DbError, Tables> => {
  if (!deferring) return E.right(rest)
  const own: Tables = Object.freeze(rest)
  return pipe(
    checkTables(base, own),
    E.bimap(fromEvaluation('COMMIT'), () => own),
  )
}

/** Commits: the store has what it had with what the transaction changed, or stays as it is. */
export const committed = (store: Store, snapshot: Snapshot): E.Either<DbError, null> => {
  const { base, serializable, reads, locked, written, session } = snapshot
  const own = session.shared
  const isChanged = own.rows !== base.rows || own.keys !== base.keys || isDefined(base, own)
  const seen = [...(serializable ? reads : locked)].find((id) => store.tables.rows.get(id) !== base.rows.get(id))
  if (isChanged && seen !== undefined) return E.left(conflict('changed what this one had read'))
  const after = pipe(
    settled(base, own),
    E.chain((whole) => merged(store, base, whole, written)),
  )
  if (E.isLeft(after)) return after
  store.tables = after.right
  return E.right(null)
}
