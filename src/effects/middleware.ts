/**
 * What stands between relvar and the driver: functions around the sending of one statement, for logs, traces, metrics.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

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

/**
 * A function around sending. It sees every statement that an effect or a transaction sends, BEGIN and COMMIT included, may
 * look at the reply, and must give it (or a Left) on.
 */
export type Middleware = (next: Sender) => Sender

/** Sends a statement; the answer may be there at once. */
export type Send = (statement: Statement) => Answer<E.Either<DbError, Reply>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Sends over one leased connection, through the middleware where there is one. It never throws. */
export const sendOver = (lease: Lease, limits: Limits, middleware: Middleware | null): Send =>
  through(lease, middleware, (statement) => lease.connection.send(statement, limits))

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
export const through = (lease: Lease, middleware: Middleware | null, send: Send): Send => {
  const direct = guarding(lease, send)
  if (middleware === null) return direct
  const sender = middleware((statement) => () => Promise.resolve(direct(statement)))
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
  inner === null ? outer : (next) => outer(inner(next))
