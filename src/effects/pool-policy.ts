/**
 * How a pool keeps its connections: how many, how long, and what it does before one is used again.
 */
import type { Forms } from './options.js'
import type { Holder } from './pool-status.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What may be said of a pool; what is left out is as `defaultPolicy` says. */
export interface PoolPolicy {
  /**
   * Whether connections are kept for the next effect: up to `poolSize` of them (`queue`), one that all effects take turns on
   * (`single`), or none, so that each effect opens its own, at most `poolSize` at a time (`none`). `queue`.
   */
  readonly pool?: 'queue' | 'single' | 'none'
  /** Connections beyond `poolSize` while effects wait for one; they are ended when they come back. 0. */
  readonly overflow?: number | 'unlimited'
  /** A connection that is older, in milliseconds, is ended when it is to be used again (each a little earlier than others). None. */
  readonly maxAgeMs?: number
  /** A connection that nobody used for so long, in milliseconds, is ended. None. */
  readonly idleTimeoutMs?: number
  /** A connection that nobody used for so long, in milliseconds, is asked whether it is there before it is used. None. */
  readonly pingAfterIdleMs?: number
  /** What is done with a connection that comes back: an open transaction is rolled back, all of its session's state goes, or nothing. */
  readonly reset?: 'rollback' | 'full' | 'none'
  /** Which idle connection is used next: the one that came back last (`lifo`), or first. */
  readonly order?: 'lifo' | 'fifo'
  /** Whether each holder knows where its effect began: a stack, which costs some microseconds an effect. False. */
  readonly traceHolders?: boolean
  /** A connection that is held longer, in milliseconds, is told to `onHeld`, once. None. */
  readonly holdWarnMs?: number
  /** Is told of a connection that is held for too long; what it throws is lost. */
  readonly onHeld?: (holder: Holder) => void
}

/** A policy with nothing left open. Infinity stands for "never". */
export interface Policy {
  /** False where a connection is ended as soon as it comes back. */
  readonly keeps: boolean
  readonly overflow: number
  readonly maxAgeMs: number
  readonly idleTimeoutMs: number
  readonly pingAfterIdleMs: number
  readonly reset: 'rollback' | 'full' | 'none'
  readonly order: 'lifo' | 'fifo'
  readonly traceHolders: boolean
  readonly holdWarnMs: number
  readonly onHeld: (holder: Holder) => void
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const defaultPolicy: Policy = Object.freeze({
  keeps: true,
  overflow: 0,
  maxAgeMs: Number.POSITIVE_INFINITY,
  idleTimeoutMs: Number.POSITIVE_INFINITY,
  pingAfterIdleMs: Number.POSITIVE_INFINITY,
  reset: 'rollback',
  order: 'lifo',
  traceHolders: false,
  holdWarnMs: Number.POSITIVE_INFINITY,
  onHeld: () => undefined,
})

/** The options of a URL or a record that are about the pool. */
export const policyForms: Forms = {
  pool: ['queue', 'single', 'none'],
  overflow: 'overflow',
  maxAgeMs: 'duration',
  idleTimeoutMs: 'duration',
  pingAfterIdleMs: 'duration',
  reset: ['rollback', 'full', 'none'],
  order: ['lifo', 'fifo'],
  traceHolders: 'flag',
  holdWarnMs: 'duration',
  onHeld: 'function',
}

/** What was said, and the defaults of the rest. */
export const policyOf = (said: PoolPolicy): Policy => ({
  keeps: said.pool !== 'none',
  overflow: said.overflow === 'unlimited' ? Number.POSITIVE_INFINITY : (said.overflow ?? defaultPolicy.overflow),
  maxAgeMs: said.maxAgeMs ?? defaultPolicy.maxAgeMs,
  idleTimeoutMs: said.idleTimeoutMs ?? defaultPolicy.idleTimeoutMs,
  pingAfterIdleMs: said.pingAfterIdleMs ?? defaultPolicy.pingAfterIdleMs,
  reset: said.reset ?? defaultPolicy.reset,
  order: said.order ?? defaultPolicy.order,
  traceHolders: said.traceHolders ?? defaultPolicy.traceHolders,
  holdWarnMs: said.holdWarnMs ?? defaultPolicy.holdWarnMs,
  onHeld: said.onHeld ?? defaultPolicy.onHeld,
})

/** How many connections a pool keeps at most: what was said, but one where all effects take turns on it. */
export const sizeOf = ({ pool }: PoolPolicy, poolSize: number): number => (pool === 'single' ? 1 : poolSize)

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** What says how connections are kept, which has no meaning where none is. */
const ofKept = ['maxAgeMs', 'idleTimeoutMs', 'pingAfterIdleMs', 'order', 'reset'] as const

/** The option that has no meaning beside `pool`, and why; null where there is none. */
export const clashOf = (said: PoolPolicy & { readonly poolSize?: number }): readonly [string, string] | null => {
  if (said.pool === 'single') {
    if (said.poolSize !== undefined && said.poolSize !== 1) return ['poolSize', 'is 1 where pool is single']
    return said.overflow !== undefined && said.overflow !== 0 ? ['overflow', 'is 0 where pool is single'] : null
  }
  const kept = said.pool === 'none' ? ofKept.find((option) => said[option] !== undefined) : undefined
  return kept === undefined ? null : [kept, 'has no meaning where pool is none: no connection is kept']
}
