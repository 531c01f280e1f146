/**
 * The Database that a program in a transaction is given.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../compile/dialect.js'
import type { Conditions, Database, HeldDatabase } from './database.js'
import { after } from './deadline.js'
import { type Isolation, type Limits, toPromise, unlimited } from './driver.js'
import { sendOver, through, type Within } from './middleware.js'
import { pinging } from './ping.js'
import type { Lease } from './pool-status.js'
import { queryMethods } from './query-methods.js'
import { runLoad } from './run-load.js'
import { beginOf, changed, dialectOf, nestedError, limitsOf, type Settings } from './settings.js'
import { type StreamGround, streamOf } from './stream.js'
import { type Level, makeLevel, sendOn, whileReading } from './transaction-level.js'
import { runNested, type Sends } from './transaction-run.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What the levels of one transaction are made of. */
export interface Inside {
  readonly dialect: Dialect
  readonly acquireTimeoutMs: number
  readonly isolation: Isolation
  readonly outer: Database
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** How long the end of a transaction may take beyond the deadline of its statements, in milliseconds; and how long it has at least. */
const endMs = 400
const leastMs = 100

/** What COMMIT and ROLLBACK are given: no abort, and after the deadline a little time, which is that of all of them together. */
const endLimits = ({ deadline }: Limits): Limits =>
  deadline === Number.POSITIVE_INFINITY
    ? unlimited
    : { signal: null, deadline: Math.min(Math.max(deadline + endMs, after(leastMs)), deadline + endMs + leastMs) }

export const sendsOf = (lease: Lease, limits: Limits, settings: Settings, within: Within): Sends => ({
  send: sendOver(lease, limits, settings, within),
  sendEnd: through(lease, settings, within, (statement) => lease.connection.send(statement, endLimits(limits))),
  aborted: () => limits.signal?.aborted === true,
})

/** The Database of one level: all that it sends goes over the level's connection, one thing at a time. */
export const innerDatabase = (inside: Inside, level: Level, settings: Settings): Database => {
  const { acquireTimeoutMs, isolation, outer } = inside
  const dialect = dialectOf(inside.dialect, settings)
  const { lease } = level.ground

  const run: Database['run'] = (load) => () => {
    const busy = whileReading(level)
    if (busy !== null) return Promise.resolve(E.left(busy))
    const limits = limitsOf(settings)
    const send = sendOn(level, sendOver(lease, limits, settings, level.within))
    return toPromise(level.turn.take(limits, () => runLoad(load, send, null)))
  }

  const transaction: Database['transaction'] = (options = {}) => {
    const begin = beginOf(options)
    return (program) => () => {
      if (E.isLeft(begin)) return Promise.resolve(begin)
      const refused = whileReading(level) ?? nestedError(begin.right, isolation)
      if (refused !== null) return Promise.resolve(E.left(refused))
      const limits = limitsOf(settings)
      const nested = makeLevel(
        level.ground,
        level.depth + 1,
        level.readOnly || begin.right.readOnly,
        acquireTimeoutMs,
        level.within,
      )
      const tx = innerDatabase(inside, nested, { ...settings, timeoutMs: null, deadline: limits.deadline })
      const work = () => runNested(level, nested, sendsOf(lease, limits, settings, nested.within), () => program(tx))
      return toPromise(level.turn.take(limits, work))
    }
  }

  const streams: StreamGround = {
    limits: () => limitsOf(settings),
    hold: (limits, work) => {
      const busy = whileReading(level)
      return busy === null ? level.turn.take(limits, () => work(lease)) : E.left(busy)
    },
    around: (_lease, send) => sendOn(level, through(lease, settings, level.within, send)),
    each: (send) => sendOn(level, send),
    rest: (_lease, load) =>
      runLoad(load, sendOn(level, sendOver(lease, limitsOf(settings), settings, level.within)), null),
    run,
    reading: (end) => {
      level.reading = end
    },
  }

  // A transaction has one connection anyway, and gives it back at its end.
  const release = (): Promise<void> => Promise.resolve()
  const acquire = (): Promise<E.Either<never, HeldDatabase>> =>
    Promise.resolve(E.right(Object.freeze({ ...database, release, discard: release, [Symbol.asyncDispose]: release })))

  const database: Database = Object.freeze({
    dialect,
    depth: level.depth,
    signal: settings.signal,
    acquire,
    run,
    ping: pinging(run),
    transaction,
    decided: (listener: (stays: boolean) => void) => void level.waiting.push(listener),
    having: (changes: Conditions) => innerDatabase(inside, level, changed(settings, changes)),
    status: outer.status,
    recycle: outer.recycle,
    close: outer.close,
    ...queryMethods(dialect, run, settings.linting, (load, options) => streamOf(streams, load, options)),
  })
  return database
}
