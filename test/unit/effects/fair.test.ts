// Many effects on few connections: each is served in the order in which it asked, none waits for ever, and a connection is asked
// one statement at a time whatever the program runs in parallel.
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { makeDatabase } from '../../../src/effects/database-make.js'
import type { DbError } from '../../../src/effects/error.js'
import { draw, times } from '../../support/draws.js'
import { elapsing, startClock, stopClock } from '../../support/fake-clock.js'
import { fakeServer, type FakeServer, type FakeServerOptions } from '../../support/fake-driver.js'
import { load, loads, tagOf } from './fake.js'

beforeEach(stopClock)
afterEach(startClock)

const made = (options: FakeServerOptions, poolSize: number): { readonly server: FakeServer; readonly db: Database } => {
  const server = fakeServer(options)
  const { dialect, load: driver } = server
  return { server, db: makeDatabase({ dialect, load: driver, poolSize, acquireTimeoutMs: 60_000 }) }
}

describe('many effects on few connections', () => {
  it('[bar 6] all of them settle, in the order in which they asked, on ten sessions at the most', async () => {
    const count = 1_000 * times
    const { server, db } = made({ takesMs: () => 1 + Math.floor(draw() * 20) }, 10)
    const aborts = new Map(Array.from({ length: count / 10 }, (_, i) => [i * 10 + 5, new AbortController()] as const))
    const effects = Array.from({ length: count }, (_, i) => {
      const signal = aborts.get(i)?.signal
      return (signal === undefined ? db : db.having({ signal })).run(load(`q${i}`))()
    })
    for (const abort of aborts.values()) setTimeout(() => abort.abort(), Math.floor(draw() * count * 0.8))
    const outcomes: Array<string> = []
    expect(
      await elapsing(Promise.all(effects.map(async (effect, i) => void (outcomes[i] = tagOf(await effect))))),
    ).toBe(true)
    expect(outcomes.filter((tag, i) => tag !== 'Right' && !(tag === 'Cancelled' && aborts.has(i)))).toEqual([])
    const stopped = outcomes.filter((tag) => tag === 'Cancelled').length
    expect(stopped).toBeGreaterThan(0)
    // in the order of asking: whoever was aborted while waiting is not among them
    const served = server.sent.map((text) => Number(text.split(' q')[1]))
    expect(served).toEqual([...served].sort((a, b) => a - b))
    expect(served.length).toBeLessThan(count)
    expect(served.length).toBeGreaterThanOrEqual(count - stopped)
    expect(server.most()).toBe(10)
    for (const { signal } of aborts.values()) expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0, opening: 0 })
    await elapsing(db.close()())
    expect(server.open.size).toBe(0)
  })
})

/** A program of a few effects, in parallel and one after the other. */
type Shape =
  | { readonly _tag: 'Query'; readonly ms: number }
  | { readonly _tag: 'Parts' }
  | { readonly _tag: 'Nested' | 'Parallel' | 'InTurn'; readonly of: ReadonlyArray<Shape> }

const { shape } = fc.letrec<{ shape: Shape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.record({ _tag: fc.constant('Query' as const), ms: fc.integer({ min: 0, max: 30 }) }),
    fc.constant<Shape>({ _tag: 'Parts' }),
    fc.record({
      _tag: fc.constantFrom('Nested' as const, 'Parallel' as const, 'InTurn' as const),
      of: fc.array(tie('shape'), { minLength: 1, maxLength: 4 }),
    }),
  ),
}))

const programOf =
  (of: Shape) =>
  (db: Database): TaskEither<DbError, unknown> => {
    switch (of._tag) {
      case 'Query':
        return db.run(load(`takes ${of.ms}`))
      case 'Parts':
        return db.run(loads(['takes 3', 'takes 1'], false))
      case 'Nested':
        return db.transaction()((tx) => TE.sequenceArray(of.of.map((one) => programOf(one)(tx))))
      case 'Parallel':
        return TE.sequenceArray(of.of.map((one) => programOf(one)(db)))
      case 'InTurn':
        return TE.sequenceSeqArray(of.of.map((one) => programOf(one)(db)))
    }
  }

const slow = (text: string): number => Number(/^takes (\d+)/.exec(text)?.[1] ?? 1)

describe('one connection', () => {
  it('runs one statement at a time, also when parallel combinators are used on it', async () => {
    await fc.assert(
      fc.asyncProperty(shape, fc.boolean(), async (of, acquired) => {
        const { server, db } = made({ takesMs: slow }, 3)
        let outcome: E.Either<unknown, unknown> = E.left('never')
        const running = async (): Promise<void> => {
          if (!acquired) {
            outcome = await db.transaction()(programOf(of))()
            return
          }
          const held = await db.acquire()
          if (E.isLeft(held)) return
          outcome = await programOf(of)(held.right)()
          await held.right.release()
        }
        await elapsing(running())
        expect(tagOf(outcome)).toBe('Right')
        expect(server.wrong).toEqual([])
        expect(server.most()).toBe(1)
        await elapsing(db.close()())
      }),
      { numRuns: 300 * times },
    )
  })
})
