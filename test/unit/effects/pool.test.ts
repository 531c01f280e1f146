// The pool leases by bracket, serves in order, never hands on a dirty or dead connection, and every wait ends.
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { dbError } from '../../../src/effects/error-make.js'
import { empty, fake, fakeDatabase, later, load, lostError, tagOf } from './fake.js'

const starting = dbError('Unavailable', { message: 'starting', statement: null, cause: null, reason: 'starting' })
const full = dbError('Unavailable', { message: 'full', statement: null, cause: null, reason: 'full' })
const refused = dbError('Connection', {
  message: 'refused',
  statement: null,
  cause: null,
  phase: 'connect',
  sent: 'no',
})

describe('the pool', () => {
  it('opens nothing before the first effect, and then no more than it needs', async () => {
    const driver = fake()
    const db = fakeDatabase(driver, { poolSize: 5 })
    expect(db.status()).toMatchObject({ size: 5, open: 0, driver: null })
    const effect = db.run(load('select 1'))
    expect(driver.open.size).toBe(0)
    await effect()
    await effect()
    expect(db.status()).toMatchObject({ open: 1, idle: 1, busy: 0, driver: 'fake' })
    await db.close()()
    expect(driver.open.size).toBe(0)
  })

  it('[POL01] answers PoolTimeout after the acquire timeout, with size, waiting and the oldest holder', async () => {
    const driver = fake({ answer: (text) => (text === 'slow' ? later(400) : undefined) })
    const db = fakeDatabase(driver, { poolSize: 3, acquireTimeoutMs: 150 })
    const slow = [1, 2, 3].map(() => db.run(load('slow'))())
    await pause(20)
    const since = performance.now()
    const fourth = await db.run(load('fourth'))()
    expect(performance.now() - since).toBeGreaterThanOrEqual(148)
    expect(performance.now() - since).toBeLessThan(350)
    expect(fourth).toMatchObject({
      left: { _tag: 'PoolTimeout', code: 'RV103', size: 3, oldest: { statement: 'slow' } },
    })
    expect((await Promise.all(slow)).map(tagOf)).toEqual(['Right', 'Right', 'Right'])
    expect(driver.sent).not.toContain('1 fourth')
    await db.close()()
  })

  it('serves those who wait in the order in which they came, never more than its size at a time', async () => {
    const driver = fake({ answer: () => later(3) })
    const db = fakeDatabase(driver, { poolSize: 2, acquireTimeoutMs: 5_000 })
    const order: Array<number> = []
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        db
          .run(load(`q${i}`))()
          .then(() => order.push(i)),
      ),
    )
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(driver.most).toEqual({ connections: 2, perConnection: 1 })
    await db.close()()
  })

  it('[POL09] wakes the next one when a connection dies, over a new connection', async () => {
    const driver = fake({ answer: (text) => (text === 'dies' ? later(10, E.left(lostError())) : undefined) })
    const db = fakeDatabase(driver, { poolSize: 1 })
    const [first, second] = await Promise.all([db.run(load('dies'))(), db.run(load('next'))()])
    expect([tagOf(first), tagOf(second)]).toEqual(['Connection', 'Right'])
    expect(driver.sent).toEqual(['1 dies', '2 next'])
    await db.close()()
  })

  it('drops a connection that died while it lay idle', async () => {
    const driver = fake()
    const db = fakeDatabase(driver)
    await db.run(load('one'))()
    driver.kill(1)
    expect(tagOf(await db.run(load('two'))())).toBe('Right')
    expect(driver.sent).toEqual(['1 one', '2 two'])
    await db.close()()
  })

  it('trusts no idle connection any more after one was lost', async () => {
    const driver = fake({ answer: (text) => (text === 'dies' ? later(1, E.left(lostError())) : later(1)) })
    const db = fakeDatabase(driver, { poolSize: 3 })
    await Promise.all([1, 2, 3].map(() => db.run(load('warm'))()))
    expect(db.status().idle).toBe(3)
    await db.run(load('dies'))()
    await pause(1)
    expect(db.status()).toMatchObject({ open: 0, idle: 0 })
    await db.close()()
  })

  it('rolls back what the server says is open, and drops what can not be cleaned', async () => {
    const dirty = fake()
    const db = fakeDatabase(dirty, { poolSize: 1 })
    await db.run(load('BEGIN by hand'))()
    await db.run(load('next'))()
    expect(dirty.sent).toEqual(['1 BEGIN by hand', '1 ROLLBACK', '1 next'])
    await db.close()()

    const stuck = fake({ answer: (text) => (text === 'ROLLBACK' ? E.left(lostError()) : undefined) })
    const other = fakeDatabase(stuck, { poolSize: 1 })
    await other.run(load('BEGIN by hand'))()
    await other.run(load('next'))()
    expect(stuck.sent).toEqual(['1 BEGIN by hand', '1 ROLLBACK', '2 next'])
    await other.close()()
  })

  it('cleans every connection of a driver that can not tell', async () => {
    const driver = fake({ inTransaction: 'unknown' })
    const db = fakeDatabase(driver, { poolSize: 1 })
    await db.run(load('one'))()
    await db.run(load('two'))()
    expect(driver.sent.slice(0, 3)).toEqual(['1 one', '1 ROLLBACK', '1 two'])
    await db.close()()
  })

  it('makes a Defect of what user code throws, and keeps the connection', async () => {
    const driver = fake()
    const db = fakeDatabase(driver, { poolSize: 1 })
    const thrown = new Error('mine')
    const outcome = await db.run({
      ...load('select 1'),
      _tag: 'Step',
      next: () => {
        throw thrown
      },
    } as never)()
    expect(outcome).toMatchObject({ left: { _tag: 'Defect', cause: thrown, statement: 'select 1' } })
    await db.run(load('two'))()
    expect(driver.sent).toEqual(['1 select 1', '1 two'])
    await db.close()()
  })

  it('[POL07] does not lose capacity when connecting fails', async () => {
    const driver = fake({ connect: async (attempt) => (attempt <= 3 ? refused : null) })
    const db = fakeDatabase(driver, { poolSize: 2 })
    const failed = await Promise.all([1, 2, 3].map(() => db.run(load('x'))()))
    expect(failed.map(tagOf)).toEqual(['Connection', 'Connection', 'Connection'])
    const fine = await Promise.all([1, 2, 3].map(() => db.run(load('x'))()))
    expect(fine.map(tagOf)).toEqual(['Right', 'Right', 'Right'])
    await db.close()()
  })

  it('makes a Defect of a driver that throws or rejects', async () => {
    const throws = fake({
      answer: () => {
        throw new Error('driver')
      },
    })
    expect(tagOf(await fakeDatabase(throws).run(load('x'))())).toBe('Defect')
    const rejects = fake({ connect: () => Promise.reject(new Error('driver')) })
    expect(tagOf(await fakeDatabase(rejects).run(load('x'))())).toBe('Defect')
  })

  it('waits for a server that is starting, within the acquire timeout', async () => {
    const soon = fake({ connect: async (attempt) => (attempt < 3 ? starting : null) })
    expect(tagOf(await fakeDatabase(soon).run(load('x'))())).toBe('Right')
    const never = fake({ connect: async () => starting })
    const db = fakeDatabase(never, { acquireTimeoutMs: 150 })
    expect(await db.run(load('x'))()).toMatchObject({ left: { _tag: 'Unavailable', reason: 'starting' } })
    await db.close()()
  })

  it('waits for its own connections where the server has no room, and gives up where it has none', async () => {
    const one = fake({ connect: async (attempt) => (attempt === 1 ? null : full), answer: () => later(20) })
    const db = fakeDatabase(one, { poolSize: 3 })
    await db.run(load('warm'))()
    const both = await Promise.all([db.run(load('a'))(), db.run(load('b'))()])
    expect(both.map(tagOf)).toEqual(['Right', 'Right'])
    await db.close()()
    const none = fake({ connect: async () => full })
    expect(await fakeDatabase(none).run(load('x'))()).toMatchObject({ left: { _tag: 'Unavailable', reason: 'full' } })
  })

  it('[POL16] gives a late connection to the next one when who asked for it was aborted', async () => {
    const driver = fake({ connect: () => pause(50).then(() => null) })
    const db = fakeDatabase(driver, { poolSize: 1 })
    const abort = new AbortController()
    const aborted = db.having({ signal: abort.signal }).run(load('aborted'))()
    const next = db.run(load('next'))()
    await pause(5)
    abort.abort()
    expect(await aborted).toMatchObject({ left: { _tag: 'Cancelled', sent: 'no' } })
    expect(tagOf(await next)).toBe('Right')
    expect(driver.sent).toEqual(['1 next'])
    expect(db.status()).toMatchObject({ open: 1, idle: 1, waiting: 0 })
    await db.close()()
  })

  it('sends nothing where the signal was aborted before, and listens to it no longer than needed', async () => {
    const driver = fake({ answer: () => later(5) })
    const db = fakeDatabase(driver, { poolSize: 1 })
    expect(tagOf(await db.having({ signal: AbortSignal.abort() }).run(load('x'))())).toBe('Cancelled')
    expect(driver.sent).toEqual([])
    const { signal } = new AbortController()
    await Promise.all([1, 2, 3].map(() => db.having({ signal }).run(load('x'))()))
    expect(getEventListeners(signal, 'abort')).toEqual([])
    await db.close()()
  })

  it('ends an effect at its own timeout while it waits', async () => {
    const driver = fake({ answer: () => later(200) })
    const db = fakeDatabase(driver, { poolSize: 1, acquireTimeoutMs: 5_000 })
    const slow = db.run(load('slow'))()
    await pause(5)
    const since = performance.now()
    expect(tagOf(await db.having({ timeoutMs: 50 }).run(load('x'))())).toBe('PoolTimeout')
    expect(performance.now() - since).toBeLessThan(150)
    await slow
    await db.close()()
  })
})

describe('close', () => {
  it('waits for leases, refuses who comes later and who waits, and is the same when asked again', async () => {
    const driver = fake({ answer: (text) => (text === 'slow' ? later(50) : undefined) })
    const db = fakeDatabase(driver, { poolSize: 1 })
    const slow = db.run(load('slow'))()
    const waits = db.run(load('waits'))()
    await pause(5)
    const closing = db.close()()
    expect(await waits).toMatchObject({ left: { _tag: 'Connection', phase: 'closed', sent: 'no' } })
    expect(await db.run(load('late'))()).toMatchObject({ left: { _tag: 'Connection', phase: 'closed' } })
    expect(tagOf(await slow)).toBe('Right')
    expect(tagOf(await closing)).toBe('Right')
    expect(tagOf(await db.close()())).toBe('Right')
    expect(driver.open.size).toBe(0)
    expect(db.status()).toMatchObject({ closed: true, open: 0 })
  })

  it('cuts at its deadline and says who held on', async () => {
    const driver = fake({ answer: () => later(300) })
    const db = fakeDatabase(driver, { poolSize: 1 })
    const slow = db.run(load('slow'))()
    await pause(5)
    const since = performance.now()
    expect(await db.close(50)()).toMatchObject({ left: { _tag: 'PoolTimeout', oldest: { statement: 'slow' } } })
    expect(performance.now() - since).toBeLessThan(200)
    expect(driver.open.size).toBe(0)
    await slow
  })

  it('of a Database that was never used opens nothing, also afterwards', async () => {
    const driver = fake()
    const db = fakeDatabase(driver)
    expect(await db.close()()).toEqual(E.right(undefined))
    expect(tagOf(await db.run(load('x'))())).toBe('Connection')
    expect(driver.open.size).toBe(0)
  })

  it('while connecting closes what arrives late', async () => {
    const driver = fake({ connect: () => pause(30).then(() => null), answer: () => empty })
    const db = fakeDatabase(driver)
    const waits = db.run(load('x'))()
    await pause(5)
    await db.close()()
    expect(tagOf(await waits)).toBe('Connection')
    expect(driver.open.size).toBe(0)
  })
})
