// Every effect ends, a statement that is given up is stopped on the server too, and what fails leaves nothing behind.
import { getEventListeners } from 'node:events'
import { createServer, type Server } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, load, must, open, tagOf } from './raw.js'

const servers = engines().filter(({ name }) => name !== 'sqlite')

/** Listens and never answers. */
const blackHole = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((socket) => socket.on('error', () => undefined))
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

describe.each(servers.map((engine) => [engine.label, engine] as const))('limits on %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  let watcher: Database
  const postgres = engine.name === 'postgres'
  // the word in the text finds it in the list of what runs
  const sleep = (seconds: number, word: string): string =>
    postgres ? `select pg_sleep(${seconds}) as ${word}` : `select sleep(${seconds}) as ${word}`

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=2&acquireTimeoutMs=5000')
    watcher = open(engine, fresh.url, 'poolSize=1')
  })
  afterAll(async () => {
    await db.close()()
    await watcher.close()()
    await fresh.drop()
  })

  const running = async (word: string): Promise<number> => {
    const list = postgres
      ? `select count(*) from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%${word}%'`
      : `select count(*) from information_schema.processlist where id <> connection_id() and info like '%${word}%'`
    return Number((await must(watcher, list, [], { text: 'once' })).rows[0]?.[0])
  }

  /** Whether nothing of the kind runs any more, soon. */
  const gone = async (word: string): Promise<boolean> => {
    for (let i = 0; i < 40; i += 1) {
      if ((await running(word)) === 0) return true
      await pause(50)
    }
    return false
  }

  it('[dialect 88] a statement timeout stops the statement on the server', async () => {
    // the time is that of the statement alone, where a connection is there
    await ask(db, 'select 1')
    const since = performance.now()
    const outcome = await db.having({ timeoutMs: 150 }).run(load(db, sleep(20, 'timeout_word')))()
    // (MySQL and MariaDB answer 1 for a sleep that was cut short, which is no answer)
    expect(tagOf(outcome)).toBe('QueryTimeout')
    expect(performance.now() - since).toBeLessThan(1_150)
    expect(await gone('timeout_word')).toBe(true)
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
  })

  it('the timeout of a Database is that of each statement', async () => {
    const quick = open(engine, fresh.url, 'poolSize=1&statementTimeoutMs=100')
    const heavy = postgres
      ? 'select count(*) as heavy_word from generate_series(1, 100000000)'
      : 'with recursive s (heavy_word) as (select 1 union all select heavy_word + 1 from s where heavy_word < 1000000000) select count(*) from s'
    const since = performance.now()
    expect(tagOf(await ask(quick, heavy))).toBe('QueryTimeout')
    expect(performance.now() - since).toBeLessThan(1_100)
    expect(await gone('heavy_word')).toBe(true)
    expect(tagOf(await ask(quick, 'select 1'))).toBe('Right')
    await quick.close()()
  })

  it('an abort stops the statement, and its listener is gone', async () => {
    const abort = new AbortController()
    const effect = db.having({ signal: abort.signal }).run(load(db, sleep(20, 'abort_word')))()
    await pause(100)
    expect(await running('abort_word')).toBe(1)
    abort.abort()
    expect(tagOf(await effect)).toBe('Cancelled')
    expect(await gone('abort_word')).toBe(true)
    expect(getEventListeners(abort.signal, 'abort')).toEqual([])
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
  })

  it('an abort inside a transaction rolls it back', async () => {
    await must(db, 'create table aborted (id integer)', [], { text: 'once' })
    const abort = new AbortController()
    const effect = db.having({ signal: abort.signal }).transaction()((tx) => async () => {
      await tx.run(load(tx, 'insert into aborted values (1)'))()
      setTimeout(() => abort.abort(), 50)
      await tx.run(load(tx, sleep(20, 'inside_word')))()
      return tx.run(load(tx, 'insert into aborted values (2)'))()
    })()
    expect(['Cancelled', 'TransactionClosed']).toContain(tagOf(await effect))
    expect((await must(db, 'select * from aborted')).rows).toEqual([])
    expect(await gone('inside_word')).toBe(true)
  })

  it('a cancel never hits the next statement', async () => {
    const one = open(engine, fresh.url, 'poolSize=1')
    await ask(one, 'select 1')
    for (let i = 0; i < 40; i += 1) {
      const abort = new AbortController()
      const effect = one.having({ signal: abort.signal }).run(load(one, 'select 1'))()
      if (i % 2 === 0) await pause(0)
      abort.abort()
      await effect
      expect(tagOf(await ask(one, 'select 2'))).toBe('Right')
    }
    await one.close()()
  })

  it('a session that is killed while idle harms nobody', async () => {
    const one = open(engine, fresh.url, 'poolSize=1')
    const id = (await must(one, postgres ? 'select pg_backend_pid()' : 'select connection_id()')).rows[0]?.[0]
    await must(watcher, postgres ? `select pg_terminate_backend(${String(id)})` : `kill ${String(id)}`, [], {
      text: 'once',
    })
    await pause(50)
    expect(tagOf(await ask(one, 'select 1'))).toBe('Right')
    await one.close()()
  })

  it('a session that is killed mid-statement is Connection, sent maybe', async () => {
    const one = open(engine, fresh.url, 'poolSize=1')
    const id = (await must(one, postgres ? 'select pg_backend_pid()' : 'select connection_id()')).rows[0]?.[0]
    const effect = ask(one, sleep(20, 'killed_word'))
    await pause(100)
    await must(watcher, postgres ? `select pg_terminate_backend(${String(id)})` : `kill ${String(id)}`, [], {
      text: 'once',
    })
    expect(await effect).toMatchObject({
      left: { _tag: 'Connection', sent: 'maybe', statement: expect.stringContaining('killed_word') },
    })
    expect(tagOf(await ask(one, 'select 1'))).toBe('Right')
    await one.close()()
  })

  it('a server that never answers is given up after the connect timeout', async () => {
    const hole = await blackHole()
    const address = hole.address()
    const url = new URL(fresh.url)
    url.hostname = '127.0.0.1'
    url.port = String(typeof address === 'object' && address !== null ? address.port : 0)
    const lost = open(engine, url.href, 'connectTimeoutMs=150')
    const since = performance.now()
    expect(await ask(lost, 'select 1')).toMatchObject({ left: { _tag: 'Connection', sent: 'no' } })
    expect(performance.now() - since).toBeLessThan(1_150)
    await lost.close()()
    hole.close()
  })

  it('[dialect 88] a lock that another transaction holds ends with LockTimeout or the statement timeout, never with silence', async () => {
    await must(db, 'create table locked (id integer primary key, n integer)', [], { text: 'once' })
    await must(db, 'insert into locked values (1, 0)')
    const holder = db.transaction()((tx) => async () => {
      await tx.run(load(tx, 'update locked set n = 1 where id = 1'))()
      const waits = await watcher.transaction()((t2) => async () => {
        await t2.run(
          load(t2, postgres ? "set local lock_timeout = '100ms'" : 'set innodb_lock_wait_timeout = 1', [], {
            text: 'once',
          }),
        )()
        return t2.run(load(t2, 'update locked set n = 2 where id = 1'))()
      })()
      expect(tagOf(waits)).toBe('LockTimeout')
      return E.right(null)
    })
    expect(tagOf(await holder())).toBe('Right')
  })
})
