/**
 * Making a Database over a driver: the pool behind it, and what runs outside of any transaction.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../compile/dialect.js'
import type { Load, Step } from '../compile/load.js'
import type { Conditions, Database, DatabaseStatus, HeldDatabase } from './database.js'
import { type HeldConnection, heldDatabase } from './database-held.js'
import { innerDatabase, sendsOf } from './database-inner.js'
import {
  type Answer,
  type Begin,
  type Connection,
  type Driver,
  type Limits,
  type LoadDriver,
  toPromise,
} from './driver.js'
import type { DbError } from './error.js'
import { defect } from './error-make.js'
import { hold, type Use } from './hold.js'
import { hooked, type Hooks } from './hooks.js'
import { nowhere, type Place, sendOver, through } from './middleware.js'
import { pinging } from './ping.js'
import { makePool, type Pool } from './pool.js'
import { type Lease, newLease, noCounts } from './pool-status.js'
import { type PoolPolicy, policyOf, sizeOf } from './pool-policy.js'
import { queryMethods } from './query-methods.js'
import { runLoad } from './run-load.js'
import { beginOf, changed, dialectOf, limitsOf, noSettings, type Settings } from './settings.js'
import { type StreamGround, streamOf } from './stream.js'
import { type Level, makeLevel, sendOn } from './transaction-level.js'
import { runOutermost } from './transaction-run.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a Database is made of. */
export interface Making {
  readonly dialect: Dialect
  readonly load: LoadDriver
  readonly poolSize: number
  readonly acquireTimeoutMs: number
  readonly policy?: PoolPolicy
  readonly hooks?: Hooks
  readonly place?: Place
}

interface Runtime {
  readonly driver: Driver
  readonly pool: Pool
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const writing: Begin = Object.freeze({ isolation: null, readOnly: false, deferrable: false })

const rebuilding: Begin = Object.freeze({ ...writing, foreignKeys: false })

const emptyStatus = (size: number, closed: boolean): DatabaseStatus => ({
  driver: null,
  notice: null,
  size,
  open: 0,
  idle: 0,
  busy: 0,
  opening: 0,
  waiting: 0,
  closed,
  oldest: null,
  holders: [],
  counts: noCounts,
})

/** Makes a Database over a driver that its first effect loads. */
export const makeDatabase = (making: Making): Database => {
  const { dialect: driverDialect, load, acquireTimeoutMs, policy = {}, hooks = {} } = making
  const engine = driverDialect.evaluates === true ? 'memory' : driverDialect.name
  const settingsHere: Settings = { ...noSettings, on: { engine, place: making.place ?? nowhere } }
  const poolSize = sizeOf(policy, making.poolSize)
  let runtime: Runtime | null = null
  let loading: Promise<E.Either<DbError, Runtime>> | null = null
  let closedEarly = false

  const start = async (): Promise<E.Either<DbError, Runtime>> => {
    const driver = await load().catch((thrown: unknown) => E.left(defect(thrown)))
    loading = null
    if (E.isLeft(driver)) return driver
    const size = Math.min(poolSize, driver.right.maxConnections ?? poolSize)
    runtime = {
      driver: driver.right,
      pool: makePool({
        connect: hooked(hooks, driver.right.connect, alone),
        size,
        acquireTimeoutMs,
        // where one connection is all that makes sense, more would be other databases
        policy: policyOf(driver.right.maxConnections === null ? policy : { ...policy, overflow: 0 }),
      }),
    }
    if (closedEarly) void runtime.pool.close(1)
    return E.right(runtime)
  }

  /** The Database of a connection that is not the pool's yet. */
  const alone = (connection: Connection): HeldDatabase => {
    const lease = newLease(connection, performance.now(), Number.POSITIVE_INFINITY)
    const held = { lease, giveBack: () => Promise.resolve() }
    return heldDatabase(held, acquireTimeoutMs, (mine) => outerDatabase(settingsHere, mine))
  }

  const started = <E1, A>(f: (runtime: Runtime) => Answer<E.Either<E1, A>>): Promise<E.Either<E1 | DbError, A>> => {
    if (runtime !== null) return toPromise(f(runtime))
    loading ??= start()
    return loading.then((outcome) => (E.isLeft(outcome) ? outcome : f(outcome.right)))
  }

  const level = (lease: Lease, readOnly: boolean): Level =>
    makeLevel({ lease, ended: null }, 1, readOnly, acquireTimeoutMs)

  /** The part of a Load that asks for a transaction. */
  const atomic = <A>(
    driver: Driver,
    lease: Lease,
    limits: Limits,
    settings: Settings,
    rest: Step<A>,
  ): Promise<E.Either<DbError, A>> => {
    const around = level(lease, false)
    const sends = sendsOf(lease, limits, settings, around.within)
    const send = sendOn(around, sends.send)
    const begin = rest.atomic === 'rebuild' ? rebuilding : writing
    return runOutermost(driver, begin, around, sends, () => () => Promise.resolve(runLoad(rest, send, null)))
  }

  /** A Database over the pool, or over the one connection that `held` is. */
  const outerDatabase = (settings: Settings, held: HeldConnection | null): Database => {
    const dialect = dialectOf(driverDialect, settings)
    const useOf = (pool: Pool): Use => held?.use ?? pool.use
    const run: Database['run'] =
      <A>(steps: Load<A>) =>
      () =>
        started(({ driver, pool }) => {
          const limits = limitsOf(settings)
          return useOf(pool)(limits, (lease): Answer<E.Either<DbError, A>> => {
            const send = sendOver(lease, limits, settings, null)
            return runLoad(steps, send, (rest) => atomic(driver, lease, limits, settings, rest))
          })
        })

    const transaction: Database['transaction'] = (options = {}) => {
      const checked = beginOf(options)
      if (E.isLeft(checked)) return () => () => Promise.resolve(checked)
      const begin = checked.right
      return (program) => () =>
        started(({ driver, pool }) => {
          const limits = limitsOf(settings)
          return useOf(pool)(limits, (lease) => {
            const inside = {
              dialect,
              acquireTimeoutMs,
              isolation: begin.isolation ?? driver.isolation,
              outer: database,
            }
            const top = level(lease, begin.readOnly)
            const tx = innerDatabase(inside, top, { ...settings, timeoutMs: null, deadline: limits.deadline })
            return runOutermost(driver, begin, top, sendsOf(lease, limits, settings, top.within), () => program(tx))
          })
        })
    }

    const streams: StreamGround = {
      limits: () => limitsOf(settings),
      hold: (limits, work) => started(({ pool }) => useOf(pool)(limits, work)),
      around: (lease, send) => through(lease, settings, null, send),
      each: (send) => send,
      // the cursor's own connection may be busy, on MySQL with the rows that are still to come
      rest: (lease, steps) =>
        held === null ? run(steps)() : runLoad(steps, sendOver(lease, limitsOf(settings), settings, null), null),
      run,
      reading: () => undefined,
    }

    const acquire: Database['acquire'] = () =>
      started(async ({ pool }) => {
        const taken = await hold(useOf(pool), limitsOf(settings))
        return E.isLeft(taken)
          ? taken
          : E.right(heldDatabase(taken.right, acquireTimeoutMs, (mine) => outerDatabase(settings, mine)))
      })

    const database: Database = Object.freeze({
      dialect,
      depth: 0,
      signal: settings.signal,
      acquire,
      run,
      ping: pinging(run),
      transaction,
      // outside of any transaction each effect is one: what was written stays
      decided: (listener: (stays: boolean) => void) => listener(true),
      having: (changes: Conditions) => outerDatabase(changed(settings, changes), held),
      status: () =>
        runtime === null
          ? emptyStatus(poolSize, closedEarly)
          : { ...runtime.pool.status(), driver: runtime.driver.name, notice: runtime.driver.notice },
      recycle: () => runtime?.pool.recycle(),
      close:
        (deadlineMs = 5_000) =>
        () => {
          closedEarly = true
          return runtime === null ? Promise.resolve(E.right(undefined)) : runtime.pool.close(deadlineMs)
        },
      ...queryMethods(dialect, run, settings.linting, (steps, options) => streamOf(streams, steps, options)),
    })
    return database
  }

  return outerDatabase(settingsHere, null)
}
