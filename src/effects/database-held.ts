/**
 * The Database of one connection that was acquired by hand.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Database, HeldDatabase } from './database.js'
import { ended } from './driver.js'
import { dbError } from './error-make.js'
import type { DbError } from './error.js'
import type { Held, Use } from './hold.js'
import { makeTurn } from './turn.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A connection as a pool of one: one piece of work at a time. */
export interface HeldConnection {
  readonly use: Use
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const released = (): DbError =>
  dbError('TransactionClosed', {
    message: 'this connection was released: nothing was sent',
    statement: null,
    cause: null,
  })

const busy = (held: Held, waitedMs: number): DbError =>
  dbError('PoolTimeout', {
    message: `the acquired connection was busy for ${Math.round(waitedMs)} ms; it ran last: ${held.lease.statement ?? '(nothing yet)'}`,
    statement: null,
    cause: null,
    size: 1,
    waiting: 1,
    waitedMs,
    oldest: null,
    holders: [],
  })

/** Makes the Database of a held connection. `databaseOf` makes one that sends all over it. */
export const heldDatabase = (
  held: Held,
  acquireTimeoutMs: number,
  databaseOf: (mine: HeldConnection) => Database,
): HeldDatabase => {
  const turn = makeTurn(acquireTimeoutMs, (waitedMs) => busy(held, waitedMs))
  let over: Promise<void> | null = null
  const use: Use = (limits, work) => (over === null ? turn.take(limits, () => work(held.lease)) : E.left(released()))
  const end = async (discarded: boolean): Promise<void> => {
    turn.dismiss(released())
    await turn.idle()
    if (discarded) await ended(held.lease.connection)
    await held.giveBack(E.right(undefined))
  }
  const release = (): Promise<void> => {
    over ??= end(false)
    return over
  }
  const discard = (): Promise<void> => {
    over ??= end(true)
    return over
  }
  return Object.freeze({ ...databaseOf({ use }), release, discard, [Symbol.asyncDispose]: release })
}
