// When a program is run again, when it is not, and how long it waits before: over many made-up histories, on a clock that costs
// no time.
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { dbError, defect } from '../../../src/effects/error-make.js'
import type { DbError } from '../../../src/effects/error.js'
import { retrying } from '../../../src/effects/transaction.js'
import { memory } from '../../../src/memory.js'
import { times as factor } from '../../support/draws.js'
import { elapsing, startClock, stopClock } from '../../support/fake-clock.js'

beforeEach(stopClock)
afterEach(startClock)

const plain = { message: 'm', statement: null, cause: null }
const connection = (phase: 'connect' | 'statement' | 'auth', sent: 'no' | 'maybe'): DbError =>
  dbError('Connection', { ...plain, phase, sent })

/** Errors after which another run can not apply anything twice, and others. */
const again: ReadonlyArray<DbError> = [
  dbError('Serialization', plain),
  dbError('Deadlock', { ...plain, endsTransaction: true }),
  dbError('Unavailable', { ...plain, reason: 'starting' }),
  dbError('Unavailable', { ...plain, reason: 'full' }),
  connection('connect', 'no'),
  connection('statement', 'no'),
]
const never: ReadonlyArray<unknown> = [
  dbError('CommitUnknown', { ...plain, transaction: null }),
  connection('statement', 'maybe'),
  connection('connect', 'maybe'),
  connection('auth', 'no'),
  dbError('Cancelled', { ...plain, sent: 'maybe' }),
  dbError('QueryTimeout', { ...plain, by: 'client' }),
  dbError('RolledBack', plain),
  defect(new Error('mine')),
  { _tag: 'Serialization' },
  'mine',
]

const history = fc.record({
  // what each run ends with; after the last one a Right
  ends: fc.array(fc.oneof({ arbitrary: fc.constantFrom(...again), weight: 6 }, fc.constantFrom<unknown>(...never)), {
    maxLength: 12,
  }),
  times: fc.integer({ min: 0, max: 12 }),
  withinMs: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined }),
  runMs: fc.integer({ min: 0, max: 50 }),
})

const db = memory()

describe('retrying [bar 20]', () => {
  it('runs again after what can not have been applied alone, waits within its bounds, and ends in time', async () => {
    const waits: Array<ReadonlyArray<number>> = []
    await fc.assert(
      fc.asyncProperty(history, async ({ ends, times, withinMs, runMs }) => {
        const began: Array<number> = []
        const ended: Array<number> = []
        const program = () => async (): Promise<E.Either<unknown, string>> => {
          const run = began.push(performance.now())
          if (runMs > 0) await new Promise((resolve) => setTimeout(resolve, runMs))
          ended.push(performance.now())
          return run <= ends.length ? E.left(ends[run - 1]) : E.right('done')
        }
        const policy = { times, ...(withinMs === undefined ? {} : { withinMs }) }
        const since = performance.now()
        let outcome: E.Either<unknown, unknown> | null = null
        const effect = retrying(policy)(program)(db)
        await elapsing(
          effect().then((o) => {
            outcome = o
          }),
        )
        const runs = began.length
        // what it ends with is what its last run ended with
        expect(outcome).toEqual(runs <= ends.length ? E.left(ends[runs - 1]) : E.right('done'))
        // every run but the last one ended with what may be run again
        for (const end of ends.slice(0, runs - 1)) expect(again).toContain(end)
        expect(runs).toBeLessThanOrEqual(times + 1)
        const stopped =
          runs > times || runs > ends.length || !(again as ReadonlyArray<unknown>).includes(ends[runs - 1])
        if (withinMs === undefined) expect(stopped).toBe(true)
        else for (const at of began.slice(1)) expect(at - since).toBeLessThanOrEqual(withinMs)
        const gaps = began.slice(1).map((at, i) => at - (ended[i] ?? 0))
        // (the clock goes in whole milliseconds)
        gaps.forEach((gap, i) => expect(gap).toBeLessThanOrEqual(Math.min(10 * 2 ** i, 1_000) + 1))
        waits.push(gaps)
      }),
      { numRuns: 10_000 * factor },
    )
    // (many histories end early)
    for (let i = 0; i < 100; i++) {
      const at: Array<number> = []
      const conflict = () => (): Promise<E.Either<DbError, never>> => {
        at.push(performance.now())
        return Promise.resolve(E.left(dbError('Serialization', plain)))
      }
      await elapsing(retrying({ times: 10 })(conflict)(db)())
      waits.push(at.slice(1).map((now, round) => now - (at[round] ?? 0)))
    }
    // they are drawn: early and late ones of each round are there, also above the seventh, where the cap is
    for (const round of [3, 5, 7, 9]) {
      const most = Math.min(10 * 2 ** round, 1_000)
      const seen = waits.flatMap((gaps) => gaps.slice(round, round + 1))
      expect(seen.some((gap) => gap < most / 4)).toBe(true)
      expect(seen.some((gap) => gap > (most * 3) / 4)).toBe(true)
    }
  })

  it('takes a policy as it is, whatever delays it gives', async () => {
    for (const ms of [Number.NaN, -1, 0, 2 ** 40]) {
      let runs = 0
      const program = () => async (): Promise<E.Either<DbError, string>> => {
        runs += 1
        return runs === 1 ? E.left(dbError('Serialization', plain)) : E.right('done')
      }
      const since = performance.now()
      await elapsing(retrying({ times: 1, delayMs: () => ms })(program)(db)(), Number.POSITIVE_INFINITY)
      expect(runs).toBe(2)
      // what is longer than a timer can wait for is the longest that it can
      expect(performance.now() - since).toBe(ms === 2 ** 40 ? 2 ** 31 - 1 : 0)
    }
  })
})
