// Pools that keep one connection, or none; those without a bound; connections that are ended by hand, or held for too long; what a
// pool counts: with a driver of the test's own and a clock that stands still.
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { makeDatabase } from '../../../src/effects/database-make.js'
import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import type { Hooks } from '../../../src/effects/hooks.js'
import type { PoolPolicy } from '../../../src/effects/pool-policy.js'
import type { Holder } from '../../../src/effects/pool-status.js'
import { elapsing, flushed, startClock, stopClock } from '../../support/fake-clock.js'
import { type Fake, fake, later, load, lostError } from './fake.js'

beforeEach(stopClock)
afterEach(startClock)

const databaseOf = ({ driver }: Fake, policy: PoolPolicy, poolSize = 3, hooks: Hooks = {}): Database =>
  makeDatabase({
    dialect: driver.dialect,
    load: () => Promise.resolve(E.right(driver)),
    poolSize,
    acquireTimeoutMs: 500,
    policy,
    hooks,
  })

const slow = (): Fake => fake({ answer: () => later(10) })

/** Runs statements side by side, however long that takes. */
const side = async (db: Database, texts: ReadonlyArray<string>) => {
  const all = Promise.all(texts.map((text) => db.run(load(text))()))
  expect(await elapsing(all)).toBe(true)
  return all
}

describe('a pool that keeps', () => {
  it('[A19] no connection opens one for each effect, transactions and held ones too', async () => {
    const driver = slow()
    const db = databaseOf(driver, { pool: 'none' })
    await side(db, ['a'])
    await side(db, ['b'])
    const program = db.transaction()((tx) => tx.run(load('c')))()
    expect(await elapsing(program)).toBe(true)
    const held = db.acquire()
    expect(await elapsing(held)).toBe(true)
    expect(driver.open.size).toBe(1)
    const mine = await held
    if (E.isRight(mine)) await mine.right.release()
    expect(driver.sent).toEqual(['1 a', '2 b', '3 BEGIN', '3 c', '3 COMMIT'])
    expect(driver.open.size).toBe(0)
    expect(db.status()).toMatchObject({ open: 0, idle: 0, counts: { opened: 4, ended: 4, lent: 4 } })
  })

  it('[A19] no connection has a bound all the same, and who waits is served in order', async () => {
    const driver = slow()
    const db = databaseOf(driver, { pool: 'none' }, 2)
    await side(db, ['a', 'b', 'c', 'd', 'e'])
    expect(driver.most.connections).toBe(2)
    expect(driver.sent).toEqual(['1 a', '2 b', '3 c', '4 d', '5 e'])
    expect(driver.open.size).toBe(0)
  })

  it('[A19] no connection keeps none either that came for an effect which had gone', async () => {
    const driver = fake({ connect: () => pause(50).then(() => null) })
    const db = databaseOf(driver, { pool: 'none' })
    const aborted = db.having({ timeoutMs: 10 }).run(load('a'))()
    expect(await elapsing(aborted)).toBe(true)
    expect(await elapsing(pause(100))).toBe(true)
    expect(driver.open.size).toBe(0)
    expect(await db.close()()).toEqual(E.right(undefined))
  })

  it('[A19] one connection is the same for all, one effect at a time', async () => {
    const driver = slow()
    const db = databaseOf(driver, { pool: 'single' }, 3)
    await side(db, ['a', 'b', 'c'])
    expect(driver.sent).toEqual(['1 a', '1 b', '1 c'])
    expect(driver.most).toEqual({ connections: 1, perConnection: 1 })
    expect(db.status()).toMatchObject({ size: 1, open: 1, idle: 1 })
  })

  it('[A13, A15] without a bound opens as many as are needed, and keeps as many as its size', async () => {
    const driver = slow()
    const db = databaseOf(driver, { overflow: 'unlimited' }, 2)
    await side(
      db,
      Array.from({ length: 40 }, (_, i) => `s${i}`),
    )
    expect(driver.most.connections).toBe(40)
    expect(db.status()).toMatchObject({ size: 2, open: 2, idle: 2, counts: { opened: 40, ended: 38, lent: 40 } })
  })
})

describe('a pool counts', () => {
  it('what it opened, failed to open, lent, and refused in time, and what was ended', async () => {
    let refuse = true
    const driver = fake({ connect: () => Promise.resolve(refuse ? lostError() : null), answer: () => later(800) })
    const db = databaseOf(driver, {}, 1)
    expect(db.status().counts).toEqual({ opened: 0, failed: 0, ended: 0, lent: 0, timedOut: 0 })
    await side(db, ['refused'])
    refuse = false
    const [first, second] = await side(db, ['first', 'second'])
    expect([first?._tag, second?._tag]).toEqual(['Right', 'Left'])
    const before = db.status().counts
    expect(before).toEqual({ opened: 1, failed: 1, ended: 0, lent: 1, timedOut: 1 })
    await db.close()()
    // a status is a value: it does not change afterwards
    expect(before.ended).toBe(0)
    expect(db.status().counts).toEqual({ opened: 1, failed: 1, ended: 1, lent: 1, timedOut: 1 })
  })
})

describe('connections with hooks', () => {
  const note =
    (ran: Array<string>, what: string) => (db: Database) => async (): Promise<E.Either<unknown, unknown>> => {
      ran.push(what)
      return db.run(load(what))()
    }

  it('[POL15] run the first hook once and the other on each, before anybody else uses it', async () => {
    const driver = slow()
    const ran: Array<string> = []
    const db = databaseOf(driver, {}, 2, { onFirstConnect: note(ran, 'first'), onConnect: note(ran, 'each') })
    await side(db, ['a', 'b'])
    expect(ran).toEqual(['first', 'each', 'each'])
    expect(driver.sent.filter((sent) => sent.startsWith('2'))).toEqual(['2 each', '2 b'])
  })

  it('[POL15] are ended where a hook refuses, and the next effect tries anew', async () => {
    const driver = slow()
    let times = 0
    const onConnect = () => async () => {
      times += 1
      return times === 1 ? E.left('not yet') : E.right(null)
    }
    const db = databaseOf(driver, {}, 1, { onConnect })
    expect((await side(db, ['a']))[0]).toMatchObject({
      left: { _tag: 'Connection', phase: 'session', cause: 'not yet' },
    })
    expect(driver.open.size).toBe(0)
    expect((await side(db, ['b']))[0]).toMatchObject({ _tag: 'Right' })
    expect(driver.sent).toEqual(['2 b'])
  })
})

describe('connections ended by hand', () => {
  it('[POL04] are gone at once where they are discarded, and when they come back where all are recycled', async () => {
    const driver = slow()
    const db = databaseOf(driver, {}, 2)
    await side(db, ['a'])
    const hard = db.acquire()
    expect(await elapsing(hard)).toBe(true)
    const mine = await hard
    if (E.isRight(mine)) await mine.right.discard()
    expect(driver.open.size).toBe(0)
    await side(db, ['b'])
    const soft = db.acquire()
    expect(await elapsing(soft)).toBe(true)
    db.recycle()
    expect([...driver.open]).toEqual([2])
    const held = await soft
    if (E.isRight(held)) await held.right.release()
    expect(driver.open.size).toBe(0)
    await side(db, ['c'])
    expect(driver.sent).toEqual(['1 a', '2 b', '3 c'])
  })
})

describe('a connection that was given back', () => {
  it('[POL13] is given back once, however often that is said, and its holder can not use it any more', async () => {
    const driver = slow()
    const db = databaseOf(driver, {}, 2)
    const taken = db.acquire()
    expect(await elapsing(taken)).toBe(true)
    const held = await taken
    if (E.isLeft(held)) throw new Error(held.left.message)
    await held.right.release()
    await Promise.all([held.right.release(), held.right.discard(), held.right[Symbol.asyncDispose]()])
    expect(db.status()).toMatchObject({ open: 1, idle: 1, counts: { opened: 1, ended: 0 } })
    expect(await held.right.run(load('late'))()).toMatchObject({ left: { _tag: 'TransactionClosed' } })
    await side(db, ['a', 'b'])
    expect(driver.sent).toEqual(['1 a', '2 b'])
    expect(driver.most.perConnection).toBe(1)
  })
})

describe('who holds a connection for too long', () => {
  it('is told once a lease, with the statement, the time and the place', async () => {
    const told: Array<Holder> = []
    const db = databaseOf(slow(), { holdWarnMs: 1_000, traceHolders: true, onHeld: (holder) => told.push(holder) }, 2)
    await side(db, ['first'])
    const held = db.acquire()
    expect(await elapsing(held)).toBe(true)
    const mine = await held
    if (E.isRight(mine)) {
      await elapsing(mine.right.run(load('mine'))())
      await elapsing(pause(900))
      expect(told).toEqual([])
      await elapsing(pause(5_000))
      expect(told).toHaveLength(1)
      expect(told[0]).toMatchObject({ statement: 'mine', heldAt: expect.stringMatching(/pool-modes\.test/) })
      expect(told[0]?.heldMs).toBeGreaterThanOrEqual(1_000)
      expect(told[0]?.heldMs).toBeLessThan(1_600)
      await mine.right.release()
    }
    await elapsing(pause(5_000))
    expect(told).toHaveLength(1)
    const again = db.acquire()
    expect(await elapsing(again)).toBe(true)
    await elapsing(pause(3_000))
    expect(told).toHaveLength(2)
    expect(told[1]).toMatchObject({ statement: null })
  })

  it('harms nobody where the listener throws', async () => {
    const onHeld = (): void => {
      throw new Error('mine')
    }
    const db = databaseOf(slow(), { holdWarnMs: 10, onHeld }, 1)
    const held = db.acquire()
    expect(await elapsing(held)).toBe(true)
    await elapsing(pause(100))
    const mine = await held
    if (E.isRight(mine)) await mine.right.release()
    await flushed()
    expect((await side(db, ['a']))[0]).toMatchObject({ _tag: 'Right' })
    expect(await db.close()()).toEqual(E.right(undefined))
  })
})
