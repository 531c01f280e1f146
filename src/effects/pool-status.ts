/**
 * A pool at one moment: its connections, and who holds them; and what it says where there is none to be had.
 */
import type { Connection } from './driver.js'
import { dbError } from './error-make.js'
import type { DbError } from './error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

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
  readonly oldest: Holder | null
  /** Who holds connections, the longest lease first. */
  readonly holders: ReadonlyArray<Holder>
  /** What has happened since the pool was made. */
  readonly counts: PoolCounts
}

/** What has happened in a pool since it was made: numbers that only grow, for metrics. */
export interface PoolCounts {
  /** Connections that were opened. */
  readonly opened: number
  /** Connections that could not be opened. */
  readonly failed: number
  /** Connections that were ended, by the pool or by the server. */
  readonly ended: number
  /** Effects that were given a connection. */
  readonly lent: number
  /** Effects that were given none in time (`PoolTimeout`, or `Unavailable` while the server was starting). */
  readonly timedOut: number
}

/** Who holds a connection: what it ran last, and for how long it has been held. */
export interface Holder {
  readonly statement: string | null
  readonly heldMs: number
  /** Where the effect began, with `traceHolders`; else null. */
  readonly heldAt: string | null
}

/** A connection of the pool. The fields that change are the pool's notes: whether it is lent out, since when, for what. */
export interface Lease {
  /** What tells it from every other connection of this process. */
  readonly number: number
  readonly connection: Connection
  lent: boolean
  since: number
  statement: string | null
  /** When it is too old to be used again. */
  readonly expires: number
  /** When it came back last. */
  back: number
  /** Where its holder's effect began. */
  heldAt: string | null
  /** Whether that it is held for too long was told. */
  told: boolean
  /** Whether it is to be ended when it comes back. */
  stale: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Nothing has happened yet. */
export const noCounts: PoolCounts = Object.freeze({ opened: 0, failed: 0, ended: 0, lent: 0, timedOut: 0 })

let leases = 0

/** A connection that nobody has used. */
export const newLease = (connection: Connection, now: number, expires: number): Lease => {
  leases += 1
  return {
    number: leases,
    connection,
    lent: false,
    since: now,
    statement: null,
    expires,
    back: now,
    heldAt: null,
    told: false,
    stale: false,
  }
}

/** Who holds a connection. */
export const holderOf = ({ statement, since, heldAt }: Lease, now: number): Holder => ({
  statement,
  heldMs: now - since,
  heldAt,
})

const framesAt = (limit: number): ReadonlyArray<string> => {
  const before = Error.stackTraceLimit
  Error.stackTraceLimit = limit
  const { stack = '' } = new Error()
  Error.stackTraceLimit = before
  return stack
    .split('\n')
    .slice(1)
    .map((line) => line.trim())
}

/** What the frames of relvar's own code have in common: the folder of this file's folder. */
const home = /((?:file:\/\/)?[^\s()]*[/\\])effects[/\\]pool-status\.[cm]?[jt]s/.exec(framesAt(1)[0] ?? '')?.[1] ?? null

/** Where the effect began that is asking now: at most five frames that are neither relvar's, nor a library's, nor Node.js's. */
export const placeOfCaller = (): string =>
  framesAt(40)
    .filter((line) => !/node_modules|node:|<anonymous>/.test(line) && (home === null || !line.includes(home)))
    .slice(0, 5)
    .join('\n')

/** What an effect of a Database that was closed ends with. */
export const closedError = (): DbError =>
  dbError('Connection', {
    message: 'this Database was closed: make another one',
    statement: null,
    cause: null,
    phase: 'closed',
    sent: 'no',
  })

/** What an effect ends with for which no connection came free. */
export const poolTimeout = ({ size, waiting, oldest, holders }: PoolStatus, waitedMs: number): DbError => {
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
    holders,
  })
}
