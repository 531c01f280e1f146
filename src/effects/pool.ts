/**
 * relvar's own pool over single connections. A connection is leased by bracket only, goes back clean or is destroyed, and
 * whoever waits is served in order, for a limited time. Making a pool opens nothing.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control } from '../compile/statement.js'
import { after, pause } from './deadline.js'
import type { Answer, Connection, Limits } from './driver.js'
import { dbError, defect } from './error-make.js'
import type { DbError, Unavailable } from './error.js'
import { abortedUnsent, makeLine } from './line.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface PoolOptions {
  readonly connect: () => Promise<E.Either<DbError, Connection>>
  /** The most connections at one time. */
  readonly size: number
  readonly acquireTimeoutMs: number
}

/** The pool at one moment. `busy` are leased or being cleaned. */
export interface PoolStatus {
  readonly size: number
  readonly open: number
  readonly idle: number
  readonly busy: number
  readonly opening: number
  readonly waiting: number
  readonly closed: boolean
  /** The longest lease: what it ran last, and for how long it has been held. */
  readonly oldest: { readonly statement: string | null; readonly heldMs: number } | null
}

/** A connection of the pool. The fields that change are the pool's notes: whether it is lent out, since when, for what. */
export interface Lease {
  readonly connection: Connection
  lent: boolean
  since: number
  statement: string | null
}

export interface Pool {
  /** Runs `work` with a connection that nobody else has, and takes it back whatever happens. */
  readonly use: <E1, A>(
    limits: Limits,
    work: (lease: Lease) => Answer<E.Either<E1, A>>,
  ) => Answer<E.Either<DbError | E1, A>>
  readonly status: () => PoolStatus
  /** Ends idle connections now and leased ones when they come back; cuts what is left at the deadline. */
  readonly close: (deadlineMs: number) => Promise<E.Either<DbError, void>>
}

/** How long the clean-up of a returned connection may take, in milliseconds. */
const cleanUpMs = 1_000

/** How long to wait before a server that is starting is asked again, in milliseconds. */
const retryMs = 50

const rollback = control('ROLLBACK')

const closedError = (): DbError =>
  dbError('Connection', {
    message: 'this Database was closed: make another one',
    statement: null,
    cause: null,
    phase: 'closed',
    sent: 'no',
  })

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Makes an empty pool. */
export const makePool = ({ connect, size, acquireTimeoutMs }: PoolOptions): Pool => {
  const line = makeLine<Lease>()
  const all = new Set<Lease>()
  // the last one back is the next one out: its prepared statements are warm, and the rest can age
  const idle: Array<Lease> = []
  let opening = 0
  let ending = 0
  let starting: Unavailable | null = null
  let closing: Promise<E.Either<DbError, void>> | null = null
  let onDrained: (() => void) | null = null

  const drained = (): boolean => all.size === 0 && opening === 0 && ending === 0

  const drop = (lease: Lease): void => {
    all.delete(lease)
    ending += 1
    void lease.connection.close().then(() => {
      ending -= 1
      if (drained()) onDrained?.()
    })
    openForWaiting()
  }

  /** A lost connection makes the others suspect: those that lie idle are not trusted any more. */
  const dropIdle = (): void => {
    for (const lease of idle.splice(0)) drop(lease)
  }

  const lend = (lease: Lease): Lease => {
    lease.lent = true
    lease.since = performance.now()
    lease.statement = null
    return lease
  }

  const put = (lease: Lease): void => {
    if (closing !== null) return drop(lease)
    if (line.length() > 0) {
      line.offer(lend(lease))
      return
    }
    lease.lent = false
    idle.push(lease)
  }

  const openFailed = (error: DbError): void => {
    if (error._tag === 'Unavailable' && error.reason === 'starting') {
      starting = error
      void pause(retryMs).then(openForWaiting)
      return
    }
    starting = null
    // the server has no room: where this pool owns a connection, waiting for it is the better answer
    if (error._tag === 'Unavailable' && all.size + opening > 0) return
    line.fail(error)
    openForWaiting()
  }

  const open = async (): Promise<void> => {
    opening += 1
    const opened = await connect().catch((thrown: unknown) => E.left(defect(thrown)))
    opening -= 1
    if (E.isLeft(opened)) {
      openFailed(opened.left)
    } else {
      starting = null
      const lease: Lease = { connection: opened.right, lent: false, since: 0, statement: null }
      all.add(lease)
      put(lease)
    }
    if (drained()) onDrained?.()
  }

  const openForWaiting = (): void => {
    while (closing === null && opening < line.length() && all.size + opening < size) void open()
  }

  const clean = async (lease: Lease): Promise<void> => {
    const reply = await Promise.resolve(
      lease.connection.send(rollback, { signal: null, deadline: after(cleanUpMs) }),
    ).catch((thrown: unknown) => E.left(defect(thrown)))
    return E.isRight(reply) && lease.connection.alive() && lease.connection.inTransaction() !== true
      ? put(lease)
      : drop(lease)
  }

  const giveBack = (lease: Lease, outcome: E.Either<unknown, unknown>): void => {
    const { connection } = lease
    if (!connection.alive()) {
      drop(lease)
      if (E.isLeft(outcome) && isLost(outcome.left)) dropIdle()
    } else if (connection.inTransaction() === false) {
      put(lease)
    } else {
      void clean(lease)
    }
  }

  const lent = <E1, A>(
    lease: Lease,
    work: (lease: Lease) => Answer<E.Either<E1, A>>,
  ): Answer<E.Either<DbError | E1, A>> => {
    const failed = (thrown: unknown): E.Either<DbError, never> => {
      const outcome = E.left(defect(thrown, lease.statement))
      giveBack(lease, outcome)
      return outcome
    }
    try {
      const answer = work(lease)
      if (answer instanceof Promise) {
        return answer.then((outcome) => {
          giveBack(lease, outcome)
          return outcome
        }, failed)
      }
      giveBack(lease, answer)
      return answer
    } catch (thrown) {
      return failed(thrown)
    }
  }

  const takeIdle = (): Lease | null => {
    for (let lease = idle.pop(); lease !== undefined; lease = idle.pop()) {
      if (lease.connection.alive()) return lend(lease)
      drop(lease)
    }
    return null
  }

  const status = (): PoolStatus => {
    const oldest = [...all]
      .filter((lease) => lease.lent)
      .reduce<Lease | null>((a, b) => (a === null || b.since < a.since ? b : a), null)
    return {
      size,
      open: all.size,
      idle: idle.length,
      busy: all.size - idle.length,
      opening,
      waiting: line.length(),
      closed: closing !== null,
      oldest: oldest === null ? null : { statement: oldest.statement, heldMs: performance.now() - oldest.since },
    }
  }

  const use: Pool['use'] = (limits, work) => {
    if (closing !== null) return E.left(closedError())
    if (limits.signal?.aborted === true) return E.left(abortedUnsent())
    const lease = takeIdle()
    if (lease !== null) return lent(lease, work)
    const deadline = Math.min(limits.deadline, after(acquireTimeoutMs))
    const waiting = line.wait(
      { signal: limits.signal, deadline },
      (waitedMs) => starting ?? poolTimeout(status(), waitedMs),
    )
    openForWaiting()
    return waiting.then((mine) => (E.isLeft(mine) ? mine : lent(mine.right, work)))
  }

  const close = async (deadlineMs: number): Promise<E.Either<DbError, void>> => {
    line.failAll(closedError())
    dropIdle()
    if (drained()) return E.right(undefined)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, deadlineMs)
      onDrained = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    if (drained()) return E.right(undefined)
    const held = poolTimeout(status(), deadlineMs)
    await Promise.all([...all].map((lease) => lease.connection.close()))
    return E.left(held)
  }

  return {
    use,
    status,
    close: (deadlineMs) => {
      closing = closing ?? close(deadlineMs)
      return closing
    },
  }
}

const isLost = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && '_tag' in error && error._tag === 'Connection'

const poolTimeout = ({ size, waiting, oldest }: PoolStatus, waitedMs: number): DbError => {
  const holder =
    oldest === null
      ? 'none is leased'
      : `the oldest lease is ${Math.round(oldest.heldMs)} ms old and ran last: ${oldest.statement ?? '(nothing yet)'}`
  return dbError('PoolTimeout', {
    message: `no connection came free within ${Math.round(waitedMs)} ms (pool of ${size}, ${waiting} waiting; ${holder}). An effect on the outer Database inside a transaction waits for itself: use the transaction's own`,
    statement: null,
    cause: null,
    size,
    waiting,
    waitedMs,
    oldest,
  })
}
