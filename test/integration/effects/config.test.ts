// How a Database is configured, on every engine: URLs and records, when it connects, how many connections it has and keeps, and what
// becomes of those that the server ends.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { databaseFrom } from '../../../src/effects/database-from.js'
import { pause } from '../../../src/effects/deadline.js'
import type { ServerOptions } from '../../../src/effects/options.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { withMiddleware, withTimeout } from '../../../src/effects/transaction.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, define, load, must, open, tagOf } from './raw.js'
import { openWith, sessionOf } from './with-options.js'

const all = engines().map((engine) => [engine.label, engine] as const)

describe.each(all)('a Database on %s', (_, engine) => {
  let fresh: FreshDatabase
  const opened: Array<Database> = []
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    const db = open(engine, fresh.url)
    await define(db, 'create table notes (id integer primary key, body varchar(100) unique)')
    await db.close()()
  })
  afterAll(async () => {
    for (const db of opened) await db.close()()
    await fresh.drop()
  })

  const kept = (db: Database): Database => {
    opened.push(db)
    return db
  }
  const make = (options: ServerOptions = {}): Database => kept(openWith(engine, fresh.url, options))

  it('[A01, A02, A06, A09, A11, A12] from a URL, with a driver and an empty query, and from a record; it connects when it is used', async () => {
    const driver = { sqlite: 'better-sqlite3', postgres: 'pg', mysql: 'mysql2', mariadb: 'mysql2' }[engine.name]
    const { url } = fresh
    for (const text of [url, `${url}?`, `${url}?poolSize=2`, url.replace(/^[a-z]+/, `$&+${driver}`)]) {
      const db = kept(open(engine, text))
      expect(db.status()).toMatchObject({ driver: null, open: 0 })
      const effect = db.run(load(db, 'select 42'))
      expect(db.status()).toMatchObject({ driver: null, open: 0 })
      expect(await effect()).toMatchObject({ _tag: 'Right' })
      expect(db.status()).toMatchObject({ driver, open: 1, idle: 1, closed: false })
      expect(await db.close()()).toEqual(E.right(undefined))
      expect(db.status()).toMatchObject({ open: 0, closed: true })
      expect(await ask(db, 'select 1')).toMatchObject({ left: { _tag: 'Connection', phase: 'closed' } })
    }
    expect(Number((await must(make({ poolSize: 2 }), 'select 42')).rows[0]?.[0])).toBe(42)
  })

  it('[A09] refuses unknown options by a Left that names those that there are', () => {
    const from = databaseFrom((url: string) => open(engine, url))
    const outcome = from(`${fresh.url}?nonsense=1`)
    expect(outcome).toMatchObject({ left: { _tag: 'InvalidValue', code: 'RV601' } })
    expect(E.isLeft(outcome) && outcome.left.message).toMatch(/no option "nonsense"; there are poolSize, /)
  })

  it('[A13, A14, A16] has as many connections as its size and its overflow say; who waits too long gets a Left that says so', async () => {
    const db = make({ poolSize: 2, overflow: 1, acquireTimeoutMs: 300 })
    const held = await Promise.all([1, 2, 3].map(() => db.acquire()))
    expect(db.status()).toMatchObject({ size: 2, open: 3, busy: 3 })
    expect(await ask(db, 'select 1')).toMatchObject({
      left: { _tag: 'PoolTimeout', size: 2, waiting: 1, holders: [{}, {}, {}] },
    })
    for (const one of held) if (E.isRight(one)) await one.right.release()
    expect(db.status()).toMatchObject({ open: 2, idle: 2, counts: { opened: 3, lent: 3, timedOut: 1 } })
  })

  it('[A15] opens as many as are asked for where the overflow is unlimited, and keeps its size', async () => {
    const db = make({ poolSize: 1, overflow: 'unlimited' })
    const held = await Promise.all(Array.from({ length: 6 }, () => db.acquire()))
    expect(held.every(E.isRight)).toBe(true)
    expect(db.status()).toMatchObject({ open: 6, busy: 6 })
    for (const one of held) if (E.isRight(one)) await one.right.release()
    expect(db.status()).toMatchObject({ open: 1, idle: 1 })
  })

  it('[A19] keeps no connection where it has no pool, one where it has a single one', async () => {
    const none = make({ pool: 'none', poolSize: 3 })
    for (let i = 0; i < 3; i++) await must(none, 'select 1')
    expect(none.status()).toMatchObject({ open: 0, counts: { opened: 3, ended: 3 } })
    const together = await Promise.all(Array.from({ length: 8 }, () => ask(none, 'select 1')))
    expect(together.every(E.isRight)).toBe(true)
    await none.transaction()((tx) => tx.run(load(tx, "insert into notes (id, body) values (1, 'of none')")))()
    expect((await must(none, 'select count(*) from notes where id = 1')).rows[0]).toEqual([expect.anything()])
    expect(none.status()).toMatchObject({ open: 0, busy: 0 })
    const single = make({ pool: 'single' })
    await Promise.all(Array.from({ length: 8 }, () => must(single, 'select 1')))
    expect(single.status()).toMatchObject({ size: 1, open: 1, counts: { opened: 1, lent: 8 } })
  })

  it('[A17] ends a connection of its age when it is to be used again', async () => {
    const db = make({ poolSize: 1, maxAgeMs: 400 })
    await must(db, 'select 1')
    await pause(500)
    expect(db.status()).toMatchObject({ counts: { opened: 1 } })
    await must(db, 'select 1')
    expect(db.status()).toMatchObject({ counts: { opened: 2 } })
  })

  it('[A20] is changed by functions from Database to Database, composed by pipe', async () => {
    const seen: Array<string> = []
    const note = (name: string) =>
      withMiddleware((next) => (statement) => {
        seen.push(`${name} ${statement.sql}`)
        return next(statement)
      })
    const db = pipe(make(), note('inner'), withTimeout(5_000), note('outer'))
    await must(db, 'select 1')
    expect(seen).toEqual(['outer select 1', 'inner select 1'])
  })

  it('[A22] hides values in errors, but where it was made not to', async () => {
    const twice = async (db: Database): Promise<string> => {
      await ask(db, "insert into notes (id, body) values (7, 'hush')")
      const outcome = await ask(db, 'insert into notes (id, body) values (8, ?)', ['hush'])
      return E.isLeft(outcome) ? `${JSON.stringify(outcome.left)} ${String(outcome.left.cause)}` : 'Right'
    }
    expect(await twice(make())).toMatch(/UniqueViolation/)
    expect(await twice(make())).not.toMatch(/hush/)
    // SQLite never says a value
    if (engine.name !== 'sqlite') expect(await twice(make({ hideParameters: false }))).toMatch(/hush/)
  })

  it('[A23] gets its connection back on a Right, a Left, a throw and an abort', async () => {
    const db = make({ poolSize: 1 })
    await must(db, 'select 1')
    await ask(db, 'select nonsense from nowhere')
    await db.transaction()(() => async () => E.left('no'))()
    await db.transaction()(() => async () => {
      throw new Error('mine')
    })()
    const abort = new AbortController()
    const aborted = db.having({ signal: abort.signal }).transaction()((tx) => async () => {
      abort.abort()
      return tx.run(load(tx, 'select 1'))()
    })()
    expect(await aborted).toMatchObject({ left: { _tag: 'Cancelled' } })
    await pause(20)
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
  })

  it('[A24, N13] runs many transactions side by side, each on a connection of its own', async () => {
    const db = make({ poolSize: 3 })
    await must(db, 'delete from notes')
    await must(db, "insert into notes (id, body) values (0, '0')")
    const one = (i: number) =>
      db.transaction()((tx) => async () => {
        await tx.run(load(tx, 'insert into notes (id, body) values (?, ?)', [BigInt(i), `note ${i}`]))()
        await pause(1)
        return i % 2 === 0 ? E.right(i) : E.left(i)
      })()
    const outcomes = await Promise.all(Array.from({ length: 12 }, (__, i) => one(i + 1)))
    expect(outcomes.filter(E.isRight)).toHaveLength(6)
    expect(Number((await must(db, 'select count(*) from notes')).rows[0]?.[0])).toBe(7)
  })

  it('[N11, N13] sends one statement at a time over a connection, also where a program asks for several', async () => {
    const db = make({ poolSize: 2 })
    const answers = await db.transaction()((tx) => async () => {
      const some = await Promise.all([1, 2, 3, 4, 5].map((n) => ask(tx, `select ${n}`)))
      return E.right(some.map((outcome) => (E.isRight(outcome) ? Number(outcome.right.rows[0]?.[0]) : null)))
    })()
    expect(answers).toEqual(E.right([1, 2, 3, 4, 5]))
  })
})

const servers = all.filter(([, { name }]) => name !== 'sqlite')

describe.each(servers)('a session that the server ends, on %s', (_, engine) => {
  let fresh: FreshDatabase
  let watcher: Database
  const session = sessionOf(engine) ?? ''
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    watcher = open(engine, fresh.url, 'poolSize=1')
  })
  afterAll(async () => {
    await watcher.close()()
    await fresh.drop()
  })
  const make = (options: ServerOptions = {}): Database => openWith(engine, fresh.url, options)
  const kill = (id: unknown): Promise<unknown> =>
    must(
      watcher,
      engine.name === 'postgres' ? `select pg_terminate_backend(${String(id)})` : `kill ${String(id)}`,
      [],
      { text: 'once' },
    )

  it('[A18] is found out by a ping before it is used, where it lay idle', async () => {
    const db = make({ poolSize: 2, pingAfterIdleMs: 1 })
    const id = (await must(db, session)).rows[0]?.[0]
    await kill(id)
    await pause(5)
    const next = await must(db, session)
    expect(next.rows[0]?.[0]).not.toEqual(id)
    await db.close()()
  })

  it('[N09] since it lay idle for too long: the next effect works', async () => {
    const short =
      engine.name === 'postgres' ? "set session idle_session_timeout = '150ms'" : 'set session wait_timeout = 1'
    const db = make({ poolSize: 1, onConnect: (one) => one.run(load(one, short, [], { text: 'once' })) })
    const id = (await must(db, session)).rows[0]?.[0]
    await pause(engine.name === 'postgres' ? 400 : 1_800)
    const next = await must(db, session)
    expect(next.rows[0]?.[0]).not.toEqual(id)
    expect(db.status()).toMatchObject({ open: 1, counts: { opened: 2, ended: 1 } })
    await db.close()()
  })

  it('[N10] in a transaction: its statements end as Connection, not sent again, and nothing of it stays', async () => {
    await define(watcher, 'create table lost (id integer)')
    const db = make({ poolSize: 1 })
    const outcome = await db.transaction()((tx) => async () => {
      await ask(tx, 'insert into lost values (1)')
      await kill((await must(tx, session)).rows[0]?.[0])
      await pause(50)
      const second = await ask(tx, 'insert into lost values (2)')
      expect(second).toMatchObject({ left: { _tag: expect.stringMatching(/^(Connection|TransactionClosed)$/) } })
      return E.right('never')
    })()
    expect(outcome).toMatchObject({ _tag: 'Left' })
    expect(Number((await must(db, 'select count(*) from lost')).rows[0]?.[0])).toBe(0)
    await db.close()()
  })
})

describe('on sqlite', () => {
  it('[A07] a file is made where there is none, keeps what was written, and checks foreign keys', async () => {
    const engine = engines().find(({ name }) => name === 'sqlite')
    if (engine === undefined) throw new Error('SQLite always runs')
    const { url, drop } = await freshDatabase(engine)
    const first = sqlite(url)
    await define(first, 'create table a (id integer primary key)')
    await define(first, 'create table b (a integer references a (id))')
    expect(tagOf(await ask(first, 'insert into b values (1)'))).toBe('ForeignKeyViolation')
    await must(first, 'insert into a values (1)')
    await first.close()()
    const second = sqlite({ file: url.slice('sqlite:'.length) })
    expect(tagOf(await ask(second, 'insert into b values (1)'))).toBe('Right')
    await second.close()()
    await drop()
  })

  it('[A08] a database in memory is one connection, so that all effects see the same', async () => {
    const db = sqlite('sqlite::memory:')
    await define(db, 'create table a (id integer)')
    await Promise.all([1, 2, 3].map((n) => must(db, `insert into a values (${n})`)))
    expect((await must(db, 'select count(*) from a')).rows).toEqual([[3]])
    expect(db.status()).toMatchObject({ size: 1, open: 1 })
    await db.close()()
  })
})
