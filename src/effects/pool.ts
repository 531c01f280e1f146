/**
 * relvar's own pool over single connections. A connection is leased by bracket only, goes back clean or is destroyed, and
 * whoever waits is served in order, for a limited time. Making a pool opens nothing.
 */
import * as E from 'fp-ts/lib/Either.js'

import { after, pause, remaining } from './deadline.js'
import { type Answer, type Connection, ended, type Limits } from './driver.js'
import { defect } from './error-make.js'
import type { DbError, Unavailable } from './error.js'
import { abortedUnsent, makeLine } from './line.js'
import { answers, madeAnew, rolledBack } from './pool-care.js'
import {
  closedError,
  holderOf,
  type Lease,
  newLease,
  noCounts,
  placeOfCaller,
  type PoolCounts,
  type PoolStatus,
  poolTimeout,
} from './pool-status.js'
import { defaultPolicy, type Policy } from './pool-policy.js'
import { makeWatch } from './pool-watch.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface PoolOptions {
  readonly connect: () => Promise<E.Either<DbError, Connection>>
  /** The most connections at one time, but for those of an overflow. */
  readonly size: number
  readonly acquireTimeoutMs: number
  readonly policy?: Policy
  /** What time it is, in milliseconds of a clock that never steps. */
  readonly now?: () => number
}

export interface Pool {
  /** Runs `work` with a connection that nobody else has, and takes it back whatever happens. */
  readonly use: <E1, A>(
    limits: Limits,
    work: (lease: Lease) => Answer<E.Either<E1, A>>,
  ) => Answer<E.Either<DbError | E1, A>>
  readonly status: () => PoolStatus
  /** Every connection that is open now is ended: idle ones at once, leased ones when they come back. */
  readonly recycle: () => void
  /** Ends idle connections now and leased ones when they come back; cuts what is left at the deadline. */
  readonly close: (deadlineMs: number) => Promise<E.Either<DbError, void>>
}

/** How long to wait before a server that is starting is asked again, in milliseconds. */
const retryMs = 50

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Makes an empty pool. */
export const makePool = (options: PoolOptions): Pool => {
  const { connect, size, acquireTimeoutMs, policy = defaultPolicy, now = () => performance.now() } = options
  const most = size + policy.overflow
  const line = makeLine<Lease>()
  const all = new Set<Lease>()
  const watch = makeWatch(policy, all, now)
  // the last one back is the next one out: its prepared statements are warm, and the rest can age
  const idle: Array<Lease> = []
  let opening = 0
  let ending = 0
  const counts: { -readonly [what in keyof PoolCounts]: number } = { ...noCounts }
  let starting: Unavailable | null = null
  let closing: Promise<E.Either<DbError, void>> | null = null
  let sweeping: NodeJS.Timeout | null = null
  let onDrained: (() => void) | null = null

  const drained = (): boolean => all.size === 0 && opening === 0 && ending === 0

  const drop = (lease: Lease): void => {
    all.delete(lease)
    counts.ended += 1
    ending += 1
    void ended(lease.connection).then(() => {
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
    lease.since = now()
    lease.statement = null
    lease.told = false
    // what is kept for nobody is ended when it comes back
    lease.stale ||= !policy.keeps
    watch.begin()
    return lease
  }

  const put = (lease: Lease): void => {
    if (closing !== null || lease.stale || now() >= lease.expires) return drop(lease)
    if (line.length() > 0) {
      line.offer(lend(lease))
      return
    }
    if (all.size > size || !policy.keeps) return drop(lease)
    lease.lent = false
    lease.back = now()
    idle.push(lease)
    sweepLater()
  }

  /** Ends what nobody used for too long. */
  const sweep = (): void => {
    sweeping = null
    for (const lease of [...idle]) {
      if (now() - lease.back < policy.idleTimeoutMs) continue
      idle.splice(idle.indexOf(lease), 1)
      drop(lease)
    }
    sweepLater()
  }

  const sweepLater = (): void => {
    const [first] = idle
    if (sweeping !== null || first === undefined || policy.idleTimeoutMs === Number.POSITIVE_INFINITY) return
    const oldest = Math.min(...idle.map((lease) => lease.back))
    sweeping = setTimeout(sweep, Math.max(1, oldest + policy.idleTimeoutMs - now()))
    // a pool that lies idle keeps no process alive
    sweeping.unref()
  }

  const openFailed = (error: DbError): void => {
    if (error._tag === 'Unavailable' && error.reason === 'starting') {
      starting = error
      void pause(retryMs).then(openForWaiting)
      return
    }
    starting = null
    counts.failed += 1
    // the server has no room: where this pool owns a connection, waiting for it is the better answer
    if (error._tag === 'Unavailable' && all.size + opening > 0) return
    line.fail(error)
    openForWaiting()
  }

  const open = async (): Promise<void> => {
    opening += 1
    const opened = await Promise.resolve()
      .then(connect)
      .catch((thrown: unknown) => E.left(defect(thrown)))
    opening -= 1
    if (E.isLeft(opened)) {
      openFailed(opened.left)
    } else {
      starting = null
      counts.opened += 1
      // each a little earlier than the others, so that they are not all opened anew at once
      const expires = now() + policy.maxAgeMs * (1 - Math.random() / 10)
      const lease = newLease(opened.right, now(), expires)
      all.add(lease)
      put(lease)
    }
    if (drained()) onDrained?.()
  }

  const openForWaiting = (): void => {
    while (closing === null && opening < line.length() && all.size + opening < most) void open()
  }

  const afterwards = async (lease: Lease, cleaned: Promise<boolean>): Promise<void> =>
    (await cleaned) ? put(lease) : drop(lease)

  const giveBack = (lease: Lease, outcome: E.Either<unknown, unknown>): void => {
    const { connection } = lease
    if (!connection.alive()) {
      drop(lease)
      if (E.isLeft(outcome) && isLost(outcome.left)) dropIdle()
    } else if (policy.reset === 'full') {
      void afterwards(lease, madeAnew(connection))
    } else if (connection.inTransaction() === false) {
      put(lease)
    } else if (policy.reset === 'none') {
      // who asks for no clean-up gets none: a session that is not clean is ended
      drop(lease)
    } else {
      void afterwards(lease, rolledBack(connection))
    }
  }

  const lent = <E1, A>(
    lease: Lease,
    work: (lease: Lease) => Answer<E.Either<E1, A>>,
    heldAt: string | null,
  ): Answer<E.Either<DbError | E1, A>> => {
    lease.heldAt = heldAt
    counts.lent += 1
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
    const next = (): Lease | undefined => (policy.order === 'lifo' ? idle.pop() : idle.shift())
    for (let lease = next(); lease !== undefined; lease = next()) {
      if (lease.connection.alive() && now() < lease.expires) return lend(lease)
      drop(lease)
    }
    return null
  }

  /** Whether a connection that lay idle is there; where it is not, the others are not trusted either. */
  const isThere = async (lease: Lease, limits: Limits): Promise<boolean> => {
    if (await answers(lease.connection, limits)) return true
    drop(lease)
    // (whoever could not wait for the answer has not found out anything about the others)
    if (limits.signal?.aborted !== true && remaining(limits.deadline) > 0) dropIdle()
    return false
  }

  const status = (): PoolStatus => {
    const holders = [...all]
      .filter((lease) => lease.lent)
      .map((lease) => holderOf(lease, now()))
      .sort((a, b) => b.heldMs - a.heldMs)
    return {
      size,
      open: all.size,
      idle: idle.length,
      busy: all.size - idle.length,
      opening,
      waiting: line.length(),
      closed: closing !== null,
      oldest: holders[0] ?? null,
      holders,
      counts: { ...counts },
    }
  }

  /** What an effect ends with that waited in vain. */
  const inVain = (waitedMs: number): DbError => {
    counts.timedOut += 1
    return starting ?? poolTimeout(status(), waitedMs)
  }

  const use: Pool['use'] = (limits, work) => {
    if (closing !== null) return E.left(closedError())
    if (limits.signal?.aborted === true) return E.left(abortedUnsent())
    const heldAt = policy.traceHolders ? placeOfCaller() : null
    const lease = takeIdle()
    if (lease !== null && now() - lease.back < policy.pingAfterIdleMs) return lent(lease, work, heldAt)
    if (lease !== null)
      return isThere(lease, limits).then((there) => (there ? lent(lease, work, heldAt) : use(limits, work)))
    const deadline = Math.min(limits.deadline, after(acquireTimeoutMs))
    const waiting = line.wait({ signal: limits.signal, deadline }, inVain)
    openForWaiting()
    return waiting.then((mine) => (E.isLeft(mine) ? mine : lent(mine.right, work, heldAt)))
  }

  const close = async (deadlineMs: number): Promise<E.Either<DbError, void>> => {
    line.failAll(closedError())
    if (sweeping !== null) clearTimeout(sweeping)
    watch.end()
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
    await Promise.all([...all].map((lease) => ended(lease.connection)))
    return E.left(held)
  }

  const recycle = (): void => {
    for (const lease of all) lease.stale = true
    dropIdle()
  }

  return {
    use,
    status,
    recycle,
    close: (deadlineMs) => {
      closing = closing ?? close(deadlineMs)
      return closing
    },
  }
}

const isLost = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && '_tag' in error && error._tag === 'Connection'
