/**
 * What stands between relvar and the driver: functions around the sending of one statement, for logs, traces, metrics.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { DialectName } from '../compile/dialect.js'
import type { Reply, Statement } from '../compile/statement.js'
import { type Answer, ended, type Limits } from './driver.js'
import { defect } from './error-make.js'
import type { DbError } from './error.js'
import type { Lease } from './pool-status.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Sends a statement on the connection of the running effect. */
export type Sender = (statement: Statement) => TaskEither<DbError, Reply>

/** The transaction that a statement is sent in: one value for each level of it. */
export interface Within {
  /** 1 in a transaction, 2 in one nested in that. */
  readonly depth: number
  /** The level around it; null for the outermost one. */
  readonly outer: Within | null
  /** Tells a listener what became of the level's work, as that of a Database does. */
  readonly decided: (listener: (stays: boolean) => void) => void
}

/** Where a database is: what a connection string says of it, without who asks. */
export interface Place {
  /** The database's name; the file of SQLite. */
  readonly namespace: string | null
  readonly address: string | null
  readonly port: number | null
}

/** What a statement is sent on. */
export interface Sending {
  /** The number of the connection, which no other one of this process has. */
  readonly connection: number
  /** The transaction around it; null where the statement is its own. BEGIN and COMMIT are in the one that they begin and end. */
  readonly within: Within | null
  readonly engine: DialectName | 'memory'
  readonly place: Place
}

/**
 * A function around sending. It sees every statement that an effect or a transaction sends, BEGIN and COMMIT included, may
 * look at the reply, and must give it (or a Left) on. `on` says where it goes.
 */
export type Middleware = (next: Sender, on: Sending) => Sender

/** The middleware of a Database, and what it is told of it. */
export interface Watch {
  readonly middleware: Middleware | null
  readonly on: Pick<Sending, 'engine' | 'place'>
}

/** Sends a statement; the answer may be there at once. */
export type Send = (statement: Statement) => Answer<E.Either<DbError, Reply>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Of a database about whose place nothing is known. */
export const nowhere: Place = Object.freeze({ namespace: null, address: null, port: null })

/** Sends over one leased connection, through the middleware where there is one. It never throws. */
export const sendOver = (lease: Lease, limits: Limits, watch: Watch, within: Within | null): Send =>
  through(lease, watch, within, (statement) => lease.connection.send(statement, limits))

/**
 * Sends as `send` does, but never throws. A driver that throws breaks its word: nobody knows what its session is in the middle
 * of, so that session is ended.
 */
export const guarding =
  (lease: Lease, send: Send): Send =>
  (statement) => {
    lease.statement = statement.sql
    const broken = (thrown: unknown): Promise<E.Either<DbError, never>> =>
      ended(lease.connection).then(() => E.left(defect(thrown, statement.sql)))
    try {
      const answer = send(statement)
      return answer instanceof Promise ? answer.catch(broken) : answer
    } catch (thrown) {
      return broken(thrown)
    }
  }

/** Sends as `send` does, through the middleware where there is one. It never throws. */
export const through = (lease: Lease, { middleware, on }: Watch, within: Within | null, send: Send): Send => {
  const direct = guarding(lease, send)
  if (middleware === null) return direct
  const sending = { ...on, connection: lease.number, within }
  const sender = middleware((statement) => () => Promise.resolve(direct(statement)), sending)
  return async (statement) => {
    try {
      return await sender(statement)()
    } catch (thrown) {
      return E.left(defect(thrown, statement.sql))
    }
  }
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Puts `outer` around what is there. */
export const around = (outer: Middleware, inner: Middleware | null): Middleware =>
  inner === null ? outer : (next, on) => outer(inner(next, on), on)
