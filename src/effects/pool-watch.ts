/**
 * Telling of connections that are held for too long, each once a lease.
 */
import type { Policy } from './pool-policy.js'
import { type Holder, holderOf, type Lease } from './pool-status.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Looks at the leases of a pool from time to time, from `begin` on until `end`. */
export interface Watch {
  readonly begin: () => void
  readonly end: () => void
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A listener is user code: what it throws is nobody's answer. */
const told = (listener: (holder: Holder) => void, holder: Holder): void => {
  try {
    listener(holder)
  } catch {
    // there is nobody to tell
  }
}

/** Makes the watch of a pool's leases; without `holdWarnMs` it looks at nothing. */
export const makeWatch = ({ holdWarnMs, onHeld }: Policy, all: ReadonlySet<Lease>, now: () => number): Watch => {
  let watching: NodeJS.Timeout | null = null
  const look = (): void => {
    for (const lease of all) {
      if (!lease.lent || lease.told || now() - lease.since < holdWarnMs) continue
      lease.told = true
      told(onHeld, holderOf(lease, now()))
    }
  }
  return {
    begin: () => {
      if (watching !== null || holdWarnMs === Number.POSITIVE_INFINITY) return
      watching = setInterval(look, Math.max(1, Math.min(holdWarnMs / 2, 1_000)))
      // a connection that is held keeps no process alive
      watching.unref()
    },
    end: () => {
      if (watching !== null) clearInterval(watching)
    },
  }
}
