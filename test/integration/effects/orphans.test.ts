// Many effects at a time, given up in every way: all of them end, and nothing of them goes on on the server.
import { getEventListeners } from 'node:events'
import type * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import {
  createAll,
  type Database,
  Db,
  eq,
  from,
  insertInto,
  integer,
  primaryKey,
  schema,
  table,
  transaction,
  where,
} from '../../../src/index.js'
import { draw, times } from '../../support/draws.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { must as right } from '../../support/run-load.js'
import { load, must, open, tagOf } from './raw.js'

const rows = table('rows', { id: pipe(integer, primaryKey) })

describe.each(engines().map((engine) => [engine.label, engine] as const))('many effects on %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=10&acquireTimeoutMs=60000')
    right(await db.execute(createAll(schema({ rows })))())
    right(await db.execute(insertInto(rows)(Array.from({ length: 100 }, (__, id) => ({ id }))))())
  })
  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  it('[bar 6] 1,000 on ten connections, 100 of them aborted: all settle, in turn, and never more than ten sessions', async () => {
    const count = 1_000 * times
    const began: Array<number> = []
    let most = 0
    const watched = db.having({
      middleware: (next) => (statement) => async () => {
        const { open: sessions, opening } = db.status()
        most = Math.max(most, sessions + opening)
        return next(statement)()
      },
    })
    const aborts = new Map(Array.from({ length: count / 10 }, (__, i) => [i * 10 + 5, new AbortController()] as const))
    const effects = Array.from({ length: count }, (__, i) => {
      const signal = aborts.get(i)?.signal
      const own = (signal === undefined ? watched : watched.having({ signal })).having({
        middleware: (next) => (statement) => {
          began.push(i)
          return next(statement)
        },
      })
      const one = Db.all(pipe(from(rows), where(eq(rows.id, i % 100))))
      return (i % 3 === 0 ? transaction({ readOnly: true })(one) : one)(own)()
    })
    for (const abort of aborts.values()) setTimeout(() => abort.abort(), Math.floor(draw() * 50))
    const tags = (await Promise.all(effects)).map(tagOf)
    expect(tags.filter((tag, i) => tag !== 'Right' && !(tag === 'Cancelled' && aborts.has(i)))).toEqual([])
    expect(most).toBeLessThanOrEqual(10)
    // each began in the order in which it asked: its first statement after those of all who had asked before
    const first = [...new Set(began)]
    expect(first).toEqual([...first].sort((a, b) => a - b))
    for (const { signal } of aborts.values()) expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0, opening: 0 })
  })
})

const servers = engines().filter(({ name }) => name !== 'sqlite')

describe.each(servers.map((engine) => [engine.label, engine] as const))('orphans on %s', (_, engine) => {
  let fresh: FreshDatabase
  let watcher: Database
  const postgres = engine.name === 'postgres'
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    watcher = open(engine, fresh.url, 'poolSize=1')
  })
  afterAll(async () => {
    await watcher.close()()
    await fresh.drop()
  })

  const sleep = postgres ? 'select pg_sleep(60) as orphan_word' : 'select sleep(60) as orphan_word'
  const running = async (): Promise<number> => {
    const list = postgres
      ? `select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%orphan_word%'`
      : `select count(*) from information_schema.processlist where id <> connection_id() and info like '%orphan_word%'`
    return Number((await must(watcher, list, [], { text: 'once' })).rows[0]?.[0])
  }

  const ways: ReadonlyArray<
    readonly [string, ReadonlyArray<string>, (db: Database) => Promise<E.Either<unknown, unknown>>]
  > = [
    [
      'timeout',
      ['QueryTimeout'],
      (db) => db.having({ timeoutMs: 50 + Math.floor(draw() * 100) }).run(load(db, sleep))(),
    ],
    [
      'abort',
      ['Cancelled'],
      (db) => {
        const abort = new AbortController()
        setTimeout(() => abort.abort(), 50 + Math.floor(draw() * 100))
        return db.having({ signal: abort.signal }).run(load(db, sleep))()
      },
    ],
    [
      'timeout in a transaction',
      ['QueryTimeout'],
      (db) => db.having({ timeoutMs: 100 + Math.floor(draw() * 100) }).transaction()((tx) => tx.run(load(tx, sleep)))(),
    ],
    ['close', ['Connection', 'Cancelled'], (db) => db.run(load(db, sleep))()],
  ]

  it.each(ways)('[bar 8] after %s none of 25 statements runs any more', async (way, tag, given) => {
    for (let round = 0; round < times; round += 1) {
      const db = open(engine, fresh.url, 'poolSize=25&connectTimeoutMs=20000')
      const held = await Promise.all(Array.from({ length: 25 }, () => db.acquire()))
      await Promise.all(held.map((one) => right(one).release()))
      const effects = Promise.all(Array.from({ length: 25 }, () => given(db)))
      if (way === 'close') {
        for (let i = 0; i < 100 && (await running()) < 25; i += 1) await pause(20)
        await db.close(50)()
      }
      // (where it is closed, the server may say first that it was cancelled)
      for (const outcome of await effects) expect(tag).toContain(tagOf(outcome))
      // (a busy machine takes its time to open so many connections that ask it to stop)
      for (let i = 0; i < 300 && (await running()) > 0; i += 1) await pause(50)
      expect(await running()).toBe(0)
      await db.close()()
    }
  })
})
