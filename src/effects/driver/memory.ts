/**
 * A driver that evaluates: its statements carry what they say, and its transactions are old values.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { Answer as Answered } from '../../compile/answer.js'
import type { Dialect } from '../../compile/dialect.js'
import type { Meaning, Reply, Statement } from '../../compile/statement.js'
import { emptyTables, infoNamed } from '../../interpret/tables.js'
import type { Answer, Begin, Connection, Driver, Limits, LoadDriver } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { abortedUnsent } from '../line.js'
import { type Breath, makeBreath } from './breath.js'
import { lostBefore } from './exchange.js'
import { tooLate } from './late.js'
import { afterwards, definedIn, type Session, visible } from './memory-session.js'
import { evaluated } from './memory-statement.js'
import { advanced, begun, committed, type Snapshot, type Store } from './memory-store.js'

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const nothing: Answered<never> = Object.freeze({ rows: [], affected: 0, keys: [] })

/** What a statement leaves of what its connection sees, and what it answers. */
interface Sent {
  readonly session: Session
  readonly answer: Answered<unknown>
}

const sent = (
  session: Session,
  meaning: Exclude<Meaning, { readonly _tag: 'HasTable' }>,
  sql: string,
  now: string,
): E.Either<DbError, Sent> => {
  if (meaning._tag === 'Ddl')
    return pipe(
      definedIn(session, meaning.ddl, now),
      E.map((after) => ({ session: after, answer: nothing })),
    )
  const seen = visible(session)
  return pipe(
    evaluated(meaning, sql, seen, now),
    E.map(({ tables, answer }) => ({ session: afterwards(session, seen, tables), answer })),
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
  const { savepoints, session } = snapshot
  const at = savepoints.findLastIndex(([own]) => own === name)
  if (sql.startsWith('SAVEPOINT ')) return { ...snapshot, savepoints: [...savepoints, [name, session]] }
  const [, then = session] = savepoints[at] ?? []
  if (sql.startsWith('ROLLBACK TO SAVEPOINT '))
    return { ...snapshot, savepoints: savepoints.slice(0, at + 1), session: then }
  return sql.startsWith('RELEASE SAVEPOINT ') ? { ...snapshot, savepoints: savepoints.slice(0, at) } : null
}

// -------------------------------------------------------------------------------------
// driver
// -------------------------------------------------------------------------------------

const connection = (store: Store, clock: () => Date, breath: Breath): Connection => {
  let snapshot: Snapshot | null = null
  // Temporary tables, of this connection alone.
  let own = emptyTables
  let open = true

  const control = (sql: string): E.Either<DbError, Reply> => {
    if (sql.startsWith('BEGIN')) {
      snapshot = begun(store, own, sql.endsWith('SERIALIZABLE'))
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
            E.map(() => {
              own = current.session.own
              return reply(nothing)
            }),
          )
    }
    const next = stepped(current, sql)
    if (next === null) return E.left(noTransaction(sql))
    snapshot = next
    return E.right(reply(nothing))
  }

  const answered = (statement: Statement, { deadline }: Limits): E.Either<DbError, Reply> => {
    const { sql, text, meaning } = statement
    if (!open) return lostBefore(sql, null)
    if (performance.now() >= deadline) return E.left(tooLate(statement))
    if (text === 'control') return control(sql)
    // What carries no meaning asks whether somebody is there.
    if (meaning === undefined) return E.right(reply(nothing))
    const session = snapshot?.session ?? { shared: store.tables, own }
    if (meaning._tag === 'HasTable') {
      const there = infoNamed(visible(session), meaning.table) !== undefined
      return E.right({ rows: there ? [[1]] : [], affected: 0, insertId: null })
    }
    const outcome = sent(session, meaning, sql, clock().toISOString())
    if (E.isLeft(outcome)) return outcome
    const { session: after, answer } = outcome.right
    if (snapshot === null) {
      store.tables = after.shared
      own = after.own
    } else snapshot = advanced(snapshot, after, statement)
    return E.right(reply(answer))
  }

  const later = async (
    turn: Promise<void>,
    statement: Statement,
    limits: Limits,
  ): Promise<E.Either<DbError, Reply>> => {
    await turn
    return limits.signal?.aborted === true ? E.left(abortedUnsent()) : answered(statement, limits)
  }

  const send = (statement: Statement, limits: Limits): Answer<E.Either<DbError, Reply>> => {
    const turn = breath.next()
    return turn === null ? answered(statement, limits) : later(turn, statement, limits)
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
    const breath = makeBreath()
    const driver: Driver = {
      name: 'memory',
      notice: null,
      dialect,
      maxConnections: null,
      isolation: 'repeatable read',
      connect: () => Promise.resolve(E.right(connection(store, clock, breath))),
      begin,
      afterwards: () => [],
    }
    return Promise.resolve(E.right(driver))
  }
