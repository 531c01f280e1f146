// What is done with connections besides using them: hooks on new ones, ending them by hand, and telling who holds them.
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import type { CommonOptions } from '../../../src/effects/options.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import type { Holder } from '../../../src/effects/pool-status.js'
import { postgres } from '../../../src/effects/postgres.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, must, open } from './raw.js'

describe.each(engines().map((engine) => [engine.label, engine] as const))('connections on %s', (_, engine) => {
  let fresh: FreshDatabase
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
  })
  afterAll(() => fresh.drop())

  /** The same database with options that no URL has. */
  const withOptions = (options: CommonOptions): Database => {
    if (engine.name === 'sqlite') return sqlite({ file: fresh.url.slice('sqlite:'.length), ...options })
    const url = new URL(fresh.url)
    const server = {
      host: url.hostname,
      port: Number(url.port),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1),
      ...options,
    }
    return engine.name === 'postgres' ? postgres(server) : engine.name === 'mysql' ? mysql(server) : mariadb(server)
  }

  it('[POL15] the first hook runs once, the other on each connection, before anybody uses it', async () => {
    const ran: Array<string> = []
    const note = (what: string) => (db: Database) => async () => {
      const answered = await ask(db, 'select 1')
      ran.push(`${what} ${answered._tag}`)
      return answered
    }
    const db = withOptions({ poolSize: 3, onConnect: note('each'), onFirstConnect: note('first') })
    const held = await Promise.all([1, 2, 3].map(() => must(db, 'select 1').then(() => db.acquire())))
    expect(ran.toSorted()).toEqual(['each Right', 'each Right', 'each Right', 'first Right'])
    expect(ran[0]).toBe('first Right')
    for (const one of held) if (E.isRight(one)) await one.right.release()
    await must(db, 'select 1')
    expect(ran).toHaveLength(4)
    await db.close()()
  })

  it('[POL15] a hook that fails or throws ends its connection, and is what the effect ends with', async () => {
    let fails = 2
    const db = withOptions({
      poolSize: 1,
      onConnect: () => async () => {
        fails -= 1
        if (fails === 0) throw new Error('no')
        return fails > 0 ? E.left('not yet') : E.right(null)
      },
    })
    expect(await ask(db, 'select 1')).toMatchObject({
      left: { _tag: 'Connection', phase: 'session', cause: 'not yet' },
    })
    expect(await ask(db, 'select 1')).toMatchObject({
      left: { _tag: 'Connection', sent: 'no', cause: { _tag: 'Defect' } },
    })
    expect(await ask(db, 'select 1')).toMatchObject({ _tag: 'Right' })
    expect(db.status()).toMatchObject({ open: 1, busy: 0 })
    await db.close()()
  })

  it('[POL04] discarded by hand it is gone at once; recycled, when it comes back', async () => {
    let opened = 0
    const count = (): (() => Promise<E.Either<never, null>>) => async () => {
      opened += 1
      return E.right(null)
    }
    const db = withOptions({ poolSize: 1, onConnect: count })
    const hard = await db.acquire()
    if (E.isRight(hard)) {
      const waiting = ask(db, 'select 1')
      await hard.right.discard()
      expect(await waiting).toMatchObject({ _tag: 'Right' })
      expect(await hard.right.ping()).toMatchObject({ _tag: 'Left' })
    }
    expect(opened).toBe(2)
    await must(db, 'select 1')
    expect(opened).toBe(2)
    const soft = await db.acquire()
    db.recycle()
    if (E.isRight(soft)) {
      expect(await soft.right.ping()).toEqual(E.right(true))
      expect(opened).toBe(2)
      await soft.right.release()
    }
    await must(db, 'select 1')
    expect(opened).toBe(3)
    db.recycle()
    await must(db, 'select 1')
    expect(opened).toBe(4)
    await db.close()()
  })

  it('who holds a connection for too long is told once, with the statement and where it began', async () => {
    const told: Array<Holder> = []
    const db = withOptions({
      poolSize: 1,
      acquireTimeoutMs: 60,
      traceHolders: true,
      holdWarnMs: 30,
      onHeld: (h) => told.push(h),
    })
    const held = await db.acquire()
    if (E.isRight(held)) {
      await must(held.right, 'select 42')
      await pause(150)
      expect(told).toHaveLength(1)
      expect(told[0]).toMatchObject({ statement: 'select 42' })
      expect(told[0]?.heldAt).toMatch(/hooks\.test/)
      const late = await ask(db, 'select 1')
      expect(late).toMatchObject({ left: { _tag: 'PoolTimeout', size: 1, holders: [{ statement: 'select 42' }] } })
      await held.right.release()
    }
    await must(db, 'select 1')
    expect(told.filter(({ statement }) => statement === 'select 42')).toHaveLength(1)
    await db.close()()
  })

  it('without these options nothing is traced', async () => {
    const db = open(engine, fresh.url, 'poolSize=1')
    const held = await db.acquire()
    expect(db.status().holders).toMatchObject([{ heldAt: null }])
    if (E.isRight(held)) await held.right.release()
    await db.close()()
  })
})
