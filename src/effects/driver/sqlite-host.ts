/**
 * The far side of a SQLite that runs elsewhere: it holds one connection and does what it is asked, one thing after the other.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Reply } from '../../compile/statement.js'
import { after } from '../deadline.js'
import type { Connection, Cursor } from '../driver.js'
import { defect } from '../error-make.js'
import type { DbError } from '../error.js'
import { noRows } from './reply.js'
import { connectSqlite } from './sqlite-connect.js'
import { loadSqlite } from './sqlite-libraries.js'
import type { Asked, Told, Wanted } from './sqlite-wire.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The way back. */
export interface Port {
  readonly tell: (told: Told) => void
  /** Ends this side; nothing is told any more. */
  readonly end: () => void
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const nothing: E.Either<DbError, Reply> = E.right({ rows: noRows, affected: 0, insertId: null })

/** Errors lose their fields on the way, those of better-sqlite3 their message too: a record keeps all of it. */
const withCause = (error: DbError): DbError => {
  const { cause } = error
  if (!(cause instanceof Error)) return error
  const { name, message, stack } = cause
  return { ...error, cause: { ...Object.fromEntries(Object.entries(cause)), name, message, stack } }
}

/** What hears whatever the Database says. */
export const sqliteHost = (port: Port): ((asked: Asked) => void) => {
  let connection: Connection | null = null
  let cursor: Cursor | null = null
  let stop: { readonly id: number; readonly controller: AbortController } | null = null

  const perform = async (wanted: Wanted, signal: AbortSignal): Promise<E.Either<DbError, Reply>> => {
    if (wanted._tag === 'Connect') {
      const made = await connectSqlite(await loadSqlite[wanted.library](), wanted.options)
      if (E.isLeft(made)) return made
      connection = made.right
      return nothing
    }
    if (wanted._tag === 'CloseCursor') {
      await cursor?.close()
      cursor = null
      return nothing
    }
    const limits = { signal, deadline: after(wanted.leftMs) }
    if (wanted._tag === 'Fetch') return cursor?.fetch(wanted.rows, limits) ?? nothing
    // the Database connects first, and asks nothing where that has failed
    if (connection === null) return E.left(defect(new Error('not connected')))
    if (wanted._tag === 'Send') return connection.send(wanted.statement, limits)
    const opened = await connection.open?.(wanted.statement, limits)
    if (opened === undefined || E.isLeft(opened)) return opened ?? nothing
    cursor = opened.right
    return nothing
  }

  const answer = async (id: number, wanted: Wanted): Promise<void> => {
    const controller = new AbortController()
    stop = { id, controller }
    const done = await perform(wanted, controller.signal).catch((thrown: unknown) => E.left(defect(thrown)))
    const outcome = E.isLeft(done) ? E.left(withCause(done.left)) : done
    stop = null
    const told = { id, outcome, inTransaction: connection?.inTransaction() === true }
    try {
      port.tell(told)
    } catch (thrown) {
      // what can't be cloned is not told, and that is
      port.tell({ ...told, outcome: E.left(defect(String(thrown))) })
    }
  }

  return (asked) => {
    switch (asked._tag) {
      case 'Do':
        void answer(asked.id, asked.wanted)
        return
      case 'Stop':
        // one that comes after the answer is meant for nothing
        if (stop?.id === asked.id) stop.controller.abort()
        return
      default:
        void (async () => {
          await cursor?.close()
          await connection?.close()
          port.end()
        })()
    }
  }
}
