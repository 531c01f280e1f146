/**
 * A driver that evaluates: its statements carry what they say, and its transactions are old values.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { Answer as Answered } from '../../compile/answer.js'
import type { Dialect } from '../../compile/dialect.js'
import type { Meaning, Reply, Statement } from '../../compile/statement.js'
import { tablesOf } from '../../compile/table-set.js'
import { query } from '../../expr/query.js'
import { isWrite, type StatementNode } from '../../expr/query-node.js'
import { tableIdentity } from '../../expr/schema.js'
import { apply } from '../../interpret/apply.js'
import { interpret } from '../../interpret/interpret.js'
import type { Tables } from '../../interpret/tables.js'
import type { Begin, Connection, Driver, LoadDriver } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { defined } from './memory-ddl.js'
import { fromEvaluation, noTable } from './memory-error.js'
import { begun, committed, type Snapshot, type Store } from './memory-store.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a statement leaves, and what it answers. */
interface Done {
  readonly tables: Tables
  readonly answer: Answered<unknown>
}

/** What is asked about the tables themselves. */
type Asked = Extract<Meaning, { readonly _tag: 'HasTable' }>

/** A view needs no making: it is there with the tables below it. */
const isThere = ({ infos }: Tables, table: Asked['table']): boolean =>
  table.view !== null || infos.some((info) => tableIdentity(info) === tableIdentity(table))

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** What a statement needs and nobody made or filled. */
const missing = (tables: Tables, node: StatementNode): string | null =>
  tablesOf(node).find((table) => !isThere(tables, table) && !tables.rows.has(tableIdentity(table)))?.name ?? null

const nothing: Answered<never> = Object.freeze({ rows: [], affected: 0, keys: [] })

const evaluated = (
  meaning: Exclude<Meaning, Asked>,
  sql: string,
  tables: Tables,
  now: string,
): E.Either<DbError, Done> => {
  if (meaning._tag === 'Ddl')
    return pipe(
      defined(tables, meaning.ddl),
      E.map((after) => ({ tables: after, answer: nothing })),
    )
  const { node, holes } = meaning
  const refuse = E.mapLeft(fromEvaluation(sql))
  const unmade = missing(tables, node)
  // What is refused anyway is refused before anybody looks for its tables.
  const there = <A>(done: A): E.Either<DbError, A> => (unmade === null ? E.right(done) : E.left(noTable(unmade, sql)))
  if (isWrite(node))
    return pipe(
      // Its types were stated by whoever made the statement; what it gives is read by the same projection.
      apply(query<unknown, never, never, never, 'insert'>(node), holes, { now })(tables),
      refuse,
      E.chain(there),
      E.map(({ tables: after, rows, affected, keys }) => ({ tables: after, answer: { rows, affected, keys } })),
    )
  return pipe(
    interpret(query<unknown, never, never, never, 'select'>(node), holes, { now })(tables),
    refuse,
    E.chain(there),
    E.map((rows) => ({ tables, answer: { rows, affected: rows.length, keys: [] } })),
  )
}

const reply = (answer: Answered<unknown>): Reply => ({
  rows: [],
  affected: answer.affected,
  insertId: null,
  answer,
})

// -------------------------------------------------------------------------------------
// control
// -------------------------------------------------------------------------------------

const noTransaction = (sql: string): DbError =>
  dbError('TransactionClosed', { message: 'no transaction is open', statement: sql, cause: null })

/** The snapshot after a statement about its savepoints; null where it is none. */
const stepped = (snapshot: Snapshot, sql: string): Snapshot | null => {
  const [name = ''] = sql.split(' ').slice(-1)
  const { savepoints, tables } = snapshot
  const at = savepoints.findLastIndex(([own]) => own === name)
  if (sql.startsWith('SAVEPOINT ')) return { ...snapshot, savepoints: [...savepoints, [name, tables]] }
  const [, then = tables] = savepoints[at] ?? []
  if (sql.startsWith('ROLLBACK TO SAVEPOINT '))
    return { ...snapshot, savepoints: savepoints.slice(0, at + 1), tables: then }
  return sql.startsWith('RELEASE SAVEPOINT ') ? { ...snapshot, savepoints: savepoints.slice(0, at) } : null
}

// -------------------------------------------------------------------------------------
// driver
// -------------------------------------------------------------------------------------

const connection = (store: Store, clock: () => Date): Connection => {
  let snapshot: Snapshot | null = null
  let open = true

  const control = (sql: string): E.Either<DbError, Reply> => {
    if (sql.startsWith('BEGIN')) {
      snapshot = begun(store, sql.endsWith('SERIALIZABLE'))
      return E.right(reply(nothing))
    }
    if (snapshot === null) return E.left(noTransaction(sql))
    const current = snapshot
    if (sql === 'COMMIT' || sql === 'ROLLBACK') {
      snapshot = null
      return sql === 'ROLLBACK'
        ? E.right(reply(nothing))
        : pipe(
            committed(store, current),
            E.map(() => reply(nothing)),
          )
    }
    const next = stepped(current, sql)
    if (next === null) return E.left(noTransaction(sql))
    snapshot = next
    return E.right(reply(nothing))
  }

  const send = ({ sql, text, meaning, tables: { reads } }: Statement): E.Either<DbError, Reply> => {
    if (text === 'control') return control(sql)
    // What carries no meaning asks whether somebody is there.
    if (meaning === undefined) return E.right(reply(nothing))
    if (meaning._tag === 'HasTable') {
      const there = isThere(snapshot?.tables ?? store.tables, meaning.table)
      return E.right({ rows: there ? [[1]] : [], affected: 0, insertId: null })
    }
    const outcome = evaluated(meaning, sql, snapshot?.tables ?? store.tables, clock().toISOString())
    if (E.isLeft(outcome)) return outcome
    const { tables, answer } = outcome.right
    if (snapshot === null) store.tables = tables
    else snapshot = { ...snapshot, tables, reads: new Set([...snapshot.reads, ...reads.map(tableIdentity)]) }
    return E.right(reply(answer))
  }

  return {
    send,
    inTransaction: () => snapshot !== null,
    alive: () => open,
    close: () => {
      open = false
      snapshot = null
      return Promise.resolve()
    },
  }
}

const begin = ({ isolation }: Begin): ReadonlyArray<string> => [
  isolation === 'serializable' ? 'BEGIN SERIALIZABLE' : 'BEGIN',
]

/** The driver over what a store holds. */
export const memoryDriver =
  (dialect: Dialect, store: Store, clock: () => Date): LoadDriver =>
  () => {
    const driver: Driver = {
      name: 'memory',
      notice: null,
      dialect,
      maxConnections: null,
      isolation: 'repeatable read',
      connect: () => Promise.resolve(E.right(connection(store, clock))),
      begin,
      afterwards: () => [],
    }
    return Promise.resolve(E.right(driver))
  }
