// How long the pool keeps a connection, and what it does before one is used again: with a fake driver, and a clock of the test's own.
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { type Connection, unlimited } from '../../../src/effects/driver.js'
import { makePool, type Pool } from '../../../src/effects/pool.js'
import { policyOf, type PoolPolicy } from '../../../src/effects/pool-policy.js'
import { type Fake, fake, lostError, sql } from './fake.js'

const setUp = (policy: PoolPolicy, size = 3, driver: Fake = fake()) => {
  const clock = { at: 0 }
  const pool = makePool({
    connect: driver.driver.connect,
    size,
    acquireTimeoutMs: 100,
    policy: policyOf(policy),
    now: () => clock.at,
  })
  return { driver, clock, pool }
}

const send = (pool: Pool, text: string) =>
  Promise.resolve(pool.use(unlimited, (lease) => lease.connection.send(sql(text), unlimited)))

/** A lease that is held until the test gives it back. */
const hold = async (pool: Pool, text: string | null = null) => {
  let back = (): void => undefined
  let got: (connection: Connection) => void = () => undefined
  const held = new Promise<Connection>((resolve) => (got = resolve))
  const done = Promise.resolve(
    pool.use(unlimited, (lease) => {
      if (text !== null) void lease.connection.send(sql(text), unlimited)
      got(lease.connection)
      return new Promise<E.Either<never, null>>((resolve) => (back = () => resolve(E.right(null))))
    }),
  )
  await held
  return async () => {
    back()
    await done
    await pause(1)
  }
}

describe('the policy of a pool', () => {
  it('[POL03, A17] ends a connection of its age when it is to be used again', async () => {
    const { driver, clock, pool } = setUp({ maxAgeMs: 30_000 })
    await send(pool, 'a')
    clock.at = 1_000
    await send(pool, 'b')
    clock.at = 35_000
    await send(pool, 'c')
    expect(driver.sent).toEqual(['1 a', '1 b', '2 c'])
    expect([...driver.open]).toEqual([2])
  })

  it('ends connections of one age at moments of their own', async () => {
    const { clock, driver, pool } = setUp({ maxAgeMs: 1_000 }, 20)
    const back = await Promise.all(Array.from({ length: 20 }, () => hold(pool)))
    clock.at = 950
    for (const give of back) await give()
    expect(driver.open.size).toBeGreaterThan(0)
    expect(driver.open.size).toBeLessThan(20)
  })

  it('[POL06, A18] asks a connection that lay idle whether it is there, and no other', async () => {
    const { driver, clock, pool } = setUp({ pingAfterIdleMs: 5_000 })
    await send(pool, 'fresh')
    clock.at = 4_999
    await send(pool, 'soon')
    clock.at = 10_000
    await send(pool, 'late')
    expect(driver.sent).toEqual(['1 fresh', '1 soon', '1 SELECT 1', '1 late'])
  })

  it('[A18] uses another connection where one that lay idle is gone, and trusts none of the others', async () => {
    const lost = fake({ answer: (text) => (text === 'SELECT 1' ? Promise.resolve(E.left(lostError())) : undefined) })
    const { driver, clock, pool } = setUp({ pingAfterIdleMs: 5_000 }, 3, lost)
    const back = await Promise.all([hold(pool), hold(pool)])
    for (const give of back) await give()
    clock.at = 6_000
    await send(pool, 'next')
    expect(driver.sent).toEqual(['2 SELECT 1', '3 next'])
    expect([...driver.open]).toEqual([3])
  })

  it('ends what nobody uses for too long', async () => {
    const { driver, clock, pool } = setUp({ idleTimeoutMs: 20 })
    await send(pool, 'a')
    clock.at = 30
    await pause(60)
    expect(driver.open.size).toBe(0)
    expect(pool.status()).toMatchObject({ open: 0, idle: 0 })
    expect(E.isRight(await send(pool, 'b'))).toBe(true)
    await pool.close(100)
  })

  it('[A14] opens connections beyond its size while there is a need, and ends them when they come back', async () => {
    const { driver, pool } = setUp({ overflow: 2 }, 1)
    const back = await Promise.all([hold(pool), hold(pool), hold(pool)])
    expect(pool.status()).toMatchObject({ size: 1, open: 3, busy: 3 })
    expect(pool.status().holders).toHaveLength(3)
    const fourth = await pool.use(unlimited, () => E.right(null))
    expect(fourth).toMatchObject({ left: { _tag: 'PoolTimeout', holders: [{}, {}, {}] } })
    for (const give of back) await give()
    expect(pool.status()).toMatchObject({ open: 1, idle: 1, busy: 0 })
    expect(driver.most.connections).toBe(3)
  })

  it.each([
    ['lifo', ['3 x', '2 x', '1 x']],
    ['fifo', ['1 x', '2 x', '3 x']],
  ] as const)('[POL10] gives idle connections in the order %s', async (order, sent) => {
    const { driver, pool } = setUp({ order })
    const back = await Promise.all([hold(pool), hold(pool), hold(pool)])
    for (const give of back) await give()
    const again = []
    for (let i = 0; i < 3; i++) again.push(await hold(pool, 'x'))
    expect(driver.sent).toEqual(sent)
    for (const give of again) await give()
  })

  it('[POL12] rolls back, forgets everything, or does nothing with a connection that comes back', async () => {
    const tried = async (reset: 'rollback' | 'full' | 'none', forgets: boolean) => {
      const resets: Array<string> = []
      const driver = fake()
      const connect: typeof driver.driver.connect = async () => {
        const made = await driver.driver.connect()
        if (E.isLeft(made) || !forgets) return made
        const { right } = made
        return E.right({
          ...right,
          reset: () => {
            resets.push('reset')
            return Promise.resolve(E.right(undefined))
          },
        })
      }
      const pool = makePool({ connect, size: 1, acquireTimeoutMs: 100, policy: policyOf({ reset }) })
      await send(pool, 'a')
      await pause(1)
      await send(pool, 'b')
      return [...driver.sent, ...resets]
    }
    expect(await tried('rollback', true)).toEqual(['1 a', '1 b'])
    expect(await tried('none', true)).toEqual(['1 a', '1 b'])
    expect(await tried('full', true)).toEqual(['1 a', '1 b', 'reset', 'reset'])
    // a session that cannot forget is ended
    expect(await tried('full', false)).toEqual(['1 a', '2 b'])
  })

  it('[POL12] hands on no open transaction, whatever the reset', async () => {
    const left = async (reset: 'rollback' | 'full' | 'none') => {
      const { driver, pool } = setUp({ reset }, 1)
      await send(pool, 'BEGIN')
      await pause(1)
      await send(pool, 'next')
      return driver.sent
    }
    expect(await left('rollback')).toEqual(['1 BEGIN', '1 ROLLBACK', '1 next'])
    expect(await left('none')).toEqual(['1 BEGIN', '2 next'])
    expect(await left('full')).toEqual(['1 BEGIN', '2 next'])
  })
})
