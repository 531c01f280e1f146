// Every wait has an end, on this side and on the server's: connecting, statements, locks, transactions that lie idle.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import { integer, from, orderBy, primaryKey, table, text } from '../../../src/index.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { running, soon } from '../../support/process-list.js'
import { makeProxy, type Proxy } from '../../support/proxy.js'
import { ask, define, load, must, open, tagOf } from './raw.js'
import { openWith } from './with-options.js'

const servers = engines().filter(({ name }) => name !== 'sqlite')

const wide = table('wide', { id: pipe(integer, primaryKey), body: text })

describe.each(servers.map((engine) => [engine.label, engine] as const))('waits on %s', (_, engine) => {
  let fresh: FreshDatabase
  let watcher: Database
  let proxy: Proxy
  const postgres = engine.name === 'postgres'

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    watcher = open(engine, fresh.url, 'poolSize=2')
    proxy = await makeProxy(fresh.url)
    await define(watcher, 'create table locked (id integer primary key, n integer)')
    await must(watcher, 'insert into locked values (1, 0)')
  })
  afterAll(async () => {
    await proxy.close()
    await watcher.close()()
    await fresh.drop()
  })

  const sleep = (word: string): string => (postgres ? `select pg_sleep(20) as ${word}` : `select sleep(20) as ${word}`)
  const long = postgres
    ? 'select count(*) from generate_series(1, 1000000000)'
    : 'with recursive s (n) as (select 1 union all select n + 1 from s where n < 1000000000) select count(*) from s'

  it('a lock that others hold is waited for as long as lockTimeoutMs says, of a row and of a table', async () => {
    const db = open(engine, fresh.url, 'poolSize=2&lockTimeoutMs=200&statementTimeoutMs=20000')
    const held = await watcher.transaction()((tx) => async () => {
      await must(tx, 'update locked set n = 1 where id = 1')
      const row = await ask(db, 'update locked set n = 2 where id = 1')
      const whole = await ask(db, 'alter table locked add column more integer', [], { text: 'once' })
      return E.right([tagOf(row), tagOf(whole)])
    })()
    expect(held).toEqual(E.right(['LockTimeout', 'LockTimeout']))
    expect(tagOf(await ask(db, 'update locked set n = 3 where id = 1'))).toBe('Right')
    await db.close()()
  })

  it('the server stops a statement by itself where this side can not tell it any more', async () => {
    const db = open(engine, proxy.url(fresh.url), 'poolSize=1&statementTimeoutMs=400')
    await must(db, 'select 1')
    const effect = ask(db, sleep('nobody_there'))
    expect(await soon(async () => (await running(watcher, 'nobody_there')) === 1)).toBe(true)
    proxy.cutAll('hole')
    await proxy.accept('hole')
    expect(tagOf(await effect)).toBe('QueryTimeout')
    // it was not told, and runs until the server's own limit
    expect(await soon(async () => (await running(watcher, 'nobody_there')) === 0, 4_000)).toBe(true)
    await proxy.heal()
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    await db.close()()
  })

  it('says who stopped a statement: this side, or the server by a limit of its own', async () => {
    const mine = open(engine, fresh.url, 'poolSize=1&statementTimeoutMs=150')
    expect(await ask(mine, long)).toMatchObject({ left: { _tag: 'QueryTimeout', by: 'client' } })
    await mine.close()()
    const limit = {
      postgres: "set statement_timeout = '100ms'",
      mysql: 'set session max_execution_time = 100',
      mariadb: 'set session max_statement_time = 0.1',
      sqlite: '',
    }[engine.name]
    const theirs = openWith(engine, fresh.url, {
      poolSize: 1,
      onConnect: (one) => one.run(load(one, limit, [], { text: 'once' })),
    })
    expect(await ask(theirs, long)).toMatchObject({ left: { _tag: 'QueryTimeout', by: 'server' } })
    expect(tagOf(await ask(theirs, 'select 1'))).toBe('Right')
    expect(theirs.status()).toMatchObject({ counts: { opened: 1 } })
    await theirs.close()()
  })

  it('the rows of a stream may be read as slowly as one likes: each of its steps has its time', async () => {
    await define(watcher, `create table wide (id integer primary key, body ${postgres ? 'text' : 'longtext'})`)
    await define(
      watcher,
      "insert into wide with recursive s (n) as (select 1 union all select n + 1 from s where n < 600) select n, repeat('x', 40000) from s",
    )
    const db = open(engine, fresh.url, 'poolSize=1&statementTimeoutMs=1000')
    let read = 0
    for await (const row of db.stream(pipe(from(wide), orderBy(wide.id)), { batch: 20 })) {
      if (E.isLeft(row)) throw new Error(row.left.message)
      read += 1
      // longer than the server's limit
      if (read === 20) await pause(2_700)
    }
    expect(read).toBe(600)
    // the limit is there again for who has the connection next
    const limit = {
      postgres: "select current_setting('statement_timeout')",
      mysql: 'select @@session.max_execution_time',
      mariadb: 'select @@session.max_statement_time',
      sqlite: '',
    }[engine.name]
    expect(String((await must(db, limit)).rows[0]?.[0])).toMatch(/^(2s|2000|2(\.0*)?)$/)
    expect(db.status()).toMatchObject({ counts: { opened: 1 } })
    await db.close()()
  })

  it('connecting ends in time wherever the server falls silent: before it, in the login, while the session is set up', async () => {
    const probe = open(engine, proxy.url(fresh.url), 'poolSize=1')
    proxy.strike(null)
    await must(probe, 'select 1')
    const whole = proxy.carried('down')
    await probe.close()()
    const places = Array.from({ length: 4 }, (__, i) => Math.floor((whole * i) / 4))
    for (const after of places) {
      const db = open(engine, proxy.url(fresh.url), 'poolSize=1&connectTimeoutMs=400')
      proxy.strike({ direction: 'down', after, how: 'hole' })
      const since = performance.now()
      const outcome = await ask(db, 'select 1')
      expect(performance.now() - since).toBeLessThan(1_400)
      expect(outcome).toMatchObject({ left: { _tag: 'Connection', sent: 'no' } })
      expect(proxy.struck()).toBe(true)
      await proxy.heal()
      expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
      await db.close()()
    }
    proxy.cutAll('reset')
  })

  it('the time of an effect covers connecting, too', async () => {
    await proxy.accept('hole')
    const db = open(engine, proxy.url(fresh.url), 'poolSize=1&connectTimeoutMs=1500')
    const since = performance.now()
    const outcome = await db.having({ timeoutMs: 150 }).run(load(db, 'select 1'))()
    expect(performance.now() - since).toBeLessThan(1_150)
    expect(outcome).toMatchObject({ left: { _tag: 'PoolTimeout' } })
    await proxy.heal()
    await db.close()()
  })
})

const ending = servers.filter(({ name }) => name !== 'mysql')

describe.each(ending.map((engine) => [engine.label, engine] as const))(
  'a transaction that lies idle on %s',
  (_, engine) => {
    let fresh: FreshDatabase
    beforeAll(async () => {
      fresh = await freshDatabase(engine)
    })
    afterAll(() => fresh.drop())

    it('is ended by the server after idleInTransactionMs, with nothing of it left; the next effect works', async () => {
      const db = open(engine, fresh.url, 'poolSize=1&idleInTransactionMs=300')
      await define(db, 'create table idle (id integer)')
      const outcome = await db.transaction()((tx) => async () => {
        await must(tx, 'insert into idle values (1)')
        // (MariaDB counts in seconds)
        await pause(engine.name === 'postgres' ? 700 : 1_800)
        const late = await ask(tx, 'insert into idle values (2)')
        expect(late).toMatchObject({ left: { _tag: 'Connection' } })
        return late
      })()
      expect(outcome).toMatchObject({ left: { _tag: 'Connection' } })
      expect(Number((await must(db, 'select count(*) from idle')).rows[0]?.[0])).toBe(0)
      await db.close()()
    })
  },
)
