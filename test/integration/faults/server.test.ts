// What happens when the server itself is stopped, killed and started again, or full: on a server of the test's own.
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { type Database, showDbError } from '../../../src/index.js'
import { recorded } from '../../support/faults.js'
import { soon } from '../../support/process-list.js'
import { must as right } from '../../support/run-load.js'
import { canBeOwned, type OwnServer, ownServer } from '../../support/servers/own.js'
import { ask, define, must, open, type Outcome, tagOf } from '../effects/raw.js'
import { leftOf, serverOf, servers, timed } from './ground.js'

const said = (outcome: Outcome): string => (E.isRight(outcome) ? 'Right' : showDbError(outcome.left))

const owned = servers.filter(([, engine]) => canBeOwned(engine))

describe.each(owned)('the server %s of the test’s own', (_, engine) => {
  const name = serverOf(engine)
  const postgres = name === 'postgres'
  let server: OwnServer
  beforeAll(async () => {
    server = await ownServer(engine)
  })
  afterAll(() => server.close())

  const through = (options: string) => open(engine, server.url, options)

  it('fault: black hole or SIGSTOP at connect [bar 11]', async () => {
    const idle = through('poolSize=1&statementTimeoutMs=300')
    expect(tagOf(await ask(idle, 'select 1'))).toBe('Right')
    const db = through('connectTimeoutMs=300')
    server.signal('SIGSTOP')
    // (all of its threads have stopped a moment later)
    await pause(200)
    // PostgreSQL's own processes for each session go on, its master takes no new ones; MySQL is one process
    const [fresh, running] = await Promise.all([
      timed(() => ask(db, 'select 1')),
      timed(() => ask(idle, postgres ? 'select pg_sleep(20)' : 'select 1')),
    ])
    await pause(5_000)
    server.signal('SIGCONT')
    expect(leftOf(fresh.outcome)).toMatchObject({ _tag: 'Connection', sent: 'no' })
    expect(fresh.ms).toBeLessThan(1_300)
    expect(running.tag).toBe('QueryTimeout')
    expect(running.ms).toBeLessThan(1_300)
    for (const one of [db, idle]) {
      const next = await timed(() => ask(one, 'select 1'))
      expect(next.tag).toBe('Right')
      await one.close()()
    }
    recorded({
      fault: 'black hole or SIGSTOP at connect',
      engine: name,
      sees: '`Connection{sent: no}` at most 1 s after `connectTimeoutMs`; `QueryTimeout` for what was running',
      checked: 'the server is stopped for 5 s; afterwards the next effects work',
    })
  })

  it('fault: server restart', async () => {
    const db = through('poolSize=4&acquireTimeoutMs=30000&statementTimeoutMs=20000')
    const held = await Promise.all(Array.from({ length: 4 }, () => db.acquire()))
    for (const one of held) await right(one).release()
    const under = Array.from({ length: 2 }, () => ask(db, postgres ? 'select pg_sleep(10)' : 'select sleep(10)'))
    await pause(200)
    server.signal('SIGKILL')
    for (const outcome of await Promise.all(under))
      expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection', sent: 'maybe' })
    // nobody listens, or it says that it starts
    const during = await ask(db, 'select 1')
    expect(['Connection', 'Unavailable', 'Right']).toContain(tagOf(during))
    if (E.isLeft(during) && during.left._tag === 'Connection') expect(during.left.sent).toBe('no')
    expect(await soon(async () => E.isRight(await ask(db, 'select 1')), 60_000)).toBe(true)
    const next = await timed(() =>
      Promise.all(Array.from({ length: 8 }, () => ask(db, 'select 1'))).then(
        (all) => all.find(E.isLeft) ?? E.right(null),
      ),
    )
    expect(next.tag).toBe('Right')
    expect(next.ms).toBeLessThan(1_000)
    await db.close()()
    await server.look()
    recorded({
      fault: 'server restart',
      engine: name,
      sees: '`Connection{sent: maybe}` for what was running; `Connection{sent: no}` or `Unavailable` until it is back',
      checked:
        'SIGKILL, and a start at the same address: no idle connection is trusted any more, and eight effects at once work',
    })
  })

  it('fault: too many connections', async () => {
    const admin = through('poolSize=1')
    if (postgres) {
      // (who may do everything has connections of their own; the pool's user may not)
      await define(admin, 'create role few login connection limit 3')
    } else {
      await define(admin, "create user few@'%' identified by 'pw'")
      await define(admin, "grant all on relvar.* to few@'%'")
      // (MariaDB takes no less)
      await define(admin, 'set global max_connections = 10')
    }
    const url = new URL(server.url)
    url.username = 'few'
    const mine = open(engine, url.href, 'poolSize=20&acquireTimeoutMs=5000')
    const others: Array<Database> = []
    try {
      // a pool that owns some waits for them
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => ask(mine, postgres ? 'select pg_sleep(0.05)' : 'select sleep(0.05)')),
      )
      expect(outcomes.map(said)).toEqual(outcomes.map(() => 'Right'))
      expect(mine.status().open).toBeGreaterThan(0)
      expect(mine.status().open).toBeLessThan(20)
      // one that owns none is told, once all are taken
      const more = (): Promise<Outcome> => {
        const other = open(engine, url.href, 'poolSize=1')
        others.push(other)
        return ask(other, 'select 1')
      }
      let refused = await more()
      while (E.isRight(refused) && others.length < 20) refused = await more()
      expect(leftOf(refused)).toMatchObject({ _tag: 'Unavailable', reason: 'full' })
      await mine.close()()
      expect(await soon(async () => tagOf(await ask(others.at(-1) ?? mine, 'select 1')) === 'Right')).toBe(true)
    } finally {
      for (const one of [mine, ...others]) await one.close()()
      if (!postgres) await define(admin, 'set global max_connections = 300')
      await admin.close()()
    }
    recorded({
      fault: 'too many connections',
      engine: name,
      sees: '`Unavailable{reason: full}`',
      checked: 'a pool that owns some connections waits for those instead: twenty effects on fewer connections work',
    })
  })

  it('fault: expired by server', async () => {
    const admin = through('poolSize=1')
    await define(
      admin,
      postgres ? "alter database postgres set idle_session_timeout = '1s'" : 'set global wait_timeout = 1',
    )
    const db = through('poolSize=2')
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    await pause(2_300)
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    // where it is recycled before, the server has nothing to end
    const young = through('poolSize=1&maxAgeMs=500')
    for (let i = 0; i < 3; i += 1) {
      expect(tagOf(await ask(young, 'select 1'))).toBe('Right')
      await pause(600)
    }
    await define(
      admin,
      postgres ? 'alter database postgres reset idle_session_timeout' : 'set global wait_timeout = 28800',
    )
    for (const one of [db, young, admin]) await one.close()()
    recorded({
      fault: 'expired by server',
      engine: name,
      sees: 'nothing: the next effect works',
      checked: 'sessions that the server ended after a second of idleness; `maxAgeMs` ends them before',
    })
  })

  if (!postgres)
    it('fault: max_prepared_stmt_count', async () => {
      const admin = through('poolSize=1')
      await define(admin, 'set global max_prepared_stmt_count = 4')
      const db = through('poolSize=1')
      for (let i = 0; i < 12; i += 1)
        expect((await must(db, `select ${i} + ?`, [1n])).rows[0]?.map(Number)).toEqual([i + 1])
      // in a transaction too: nothing had been run
      const inside = await db.transaction()((tx) => async () => {
        for (let i = 20; i < 32; i += 1) await must(tx, `select ${i} + ?`, [1n])
        return E.right('all')
      })()
      expect(inside).toEqual(E.right('all'))
      // where others keep them all there is nothing to make room with
      await db.close()()
      const greedy = right(await admin.acquire())
      await define(greedy, 'set global max_prepared_stmt_count = 0')
      const none = through('poolSize=1')
      expect(leftOf(await ask(none, 'select ?', [1n]))).toMatchObject({ _tag: 'ResourceLimit' })
      await define(greedy, 'set global max_prepared_stmt_count = 16382').catch(() => undefined)
      await greedy.release()
      await none.close()()
      await admin.close()()
      recorded({
        fault: 'max_prepared_stmt_count',
        engine: name,
        sees: 'nothing; `ResourceLimit` where other sessions keep them all',
        checked: 'twelve statements where the server keeps four, in a transaction too',
      })
    })

  if (postgres)
    it('fault: wrong password, no database', async () => {
      const admin = through('poolSize=1')
      const file = String((await must(admin, 'show hba_file', [], { text: 'once' })).rows[0]?.[0])
      const { readFileSync, writeFileSync } = await import('node:fs')
      const before = readFileSync(file, 'utf8')
      await define(admin, "create role locked login password 'right'")
      writeFileSync(file, `host all locked 127.0.0.1/32 scram-sha-256\n${before}`)
      await must(admin, 'select pg_reload_conf()', [], { text: 'once' })
      const url = new URL(server.url)
      url.username = 'locked'
      const tried = async (password: string) => {
        url.password = password
        const db = open(engine, url.href)
        const outcome = await ask(db, 'select 1')
        await db.close()()
        return outcome
      }
      expect(await soon(async () => tagOf(await tried('hunter2-wrong')) === 'Connection')).toBe(true)
      const refused = await tried('hunter2-wrong')
      expect(leftOf(refused)).toMatchObject({ _tag: 'Connection', phase: 'auth', sent: 'no' })
      expect(`${JSON.stringify(leftOf(refused))} ${String(E.isLeft(refused) && refused.left.message)}`).not.toContain(
        'hunter2',
      )
      expect(tagOf(await tried('right'))).toBe('Right')
      await admin.close()()
      recorded({
        fault: 'wrong password, no database',
        engine: name,
        sees: '`Connection{phase: auth, sent: no}`',
        checked: 'SCRAM; the password is nowhere in the error',
      })
    })
})
