// What happens to a statement that was sent: its session dies, nobody answers, it takes too long, nobody wants it any more.
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { recorded } from '../../support/faults.js'
import { sessionOf, soon } from '../../support/process-list.js'
import { ask, define, load, must, tagOf } from '../effects/raw.js'
import { type Ground, leftOf, openGround, serverOf, servers, timed } from './ground.js'

describe.each(servers)('a statement on %s', (_, engine) => {
  const name = serverOf(engine)
  let on: Ground
  beforeAll(async () => {
    on = await openGround(engine)
    await define(on.watcher, 'create table counted (id integer primary key, n integer not null)')
    await must(on.watcher, 'insert into counted values (1, 0)')
  })
  afterAll(() => on.close())

  const gone = (word: string, ms = 2_000): Promise<boolean> => soon(async () => (await on.running(word)) === 0, ms)
  const begun = async (word: string): Promise<void> => {
    expect(await soon(async () => (await on.running(word)) === 1)).toBe(true)
  }

  it('fault: killed mid query', async () => {
    const db = on.through('poolSize=2')
    const effect = ask(db, on.sleep(30, 'killed_word'))
    await begun('killed_word')
    await on.kill(await on.sessions())
    expect(leftOf(await effect)).toMatchObject({
      _tag: 'Connection',
      sent: 'maybe',
      statement: on.sleep(30, 'killed_word'),
    })
    await on.recovered(db)
    recorded({
      fault: 'killed mid query',
      engine: name,
      sees: '`Connection{sent: maybe}`',
      checked: 'the session is destroyed, and the statement is named',
    })
  })

  it('fault: black hole mid query', async () => {
    const db = on.through('poolSize=1&statementTimeoutMs=300')
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    const effect = timed(() => ask(db, on.sleep(30, 'hole_word')))
    await begun('hole_word')
    on.proxy.cutAll('hole')
    const { outcome, ms } = await effect
    expect(leftOf(outcome)).toMatchObject({ _tag: 'QueryTimeout', by: 'client' })
    expect(ms).toBeLessThan(1_300)
    // the request to stop went over a connection of its own
    expect(await gone('hole_word')).toBe(true)
    // the same where nobody can be asked to stop it: the deadline holds all the same
    const lost = on.through('poolSize=1&statementTimeoutMs=300&connectTimeoutMs=500')
    expect(tagOf(await ask(lost, 'select 1'))).toBe('Right')
    await on.proxy.accept('hole')
    on.proxy.cutAll('hole')
    const waited = await timed(() => ask(lost, 'select 2'))
    expect(waited.tag).toBe('QueryTimeout')
    expect(waited.ms).toBeLessThan(1_300)
    on.proxy.cutAll('reset')
    await on.proxy.heal()
    await lost.close()()
    await on.recovered(db)
    recorded({
      fault: 'black hole mid query',
      engine: name,
      sees: '`QueryTimeout{by: client}` at most 1 s after its time',
      checked:
        'the session is destroyed; the server runs the statement no more; the time holds also where no other connection can be made',
    })
  })

  it('fault: client timeout', async () => {
    const db = on.through('poolSize=1')
    const session = await sessionOf(db)
    const { outcome, ms } = await timed(() =>
      db.having({ timeoutMs: 200 }).run(load(db, on.sleep(30, 'timeout_word')))(),
    )
    expect(leftOf(outcome)).toMatchObject({ _tag: 'QueryTimeout' })
    expect(ms).toBeLessThan(1_200)
    expect(await gone('timeout_word')).toBe(true)
    // it was stopped, so the session can go on
    expect(await sessionOf(db)).toBe(session)
    await on.recovered(db)
    recorded({
      fault: 'client timeout',
      engine: name,
      sees: '`QueryTimeout`',
      checked: 'the server runs the statement no more, and the same session is used by the next effect',
    })
  })

  it('fault: server timeout', async () => {
    const heavy =
      name === 'postgres'
        ? 'select count(*) from generate_series(1, 1000000000)'
        : name === 'mysql'
          ? 'with recursive s (n) as (select 1 union all select n + 1 from s where n < 1000000000) select /*+ MAX_EXECUTION_TIME(100) */ count(*) from s'
          : 'set statement max_statement_time = 0.1 for select sleep(30)'
    const db = on.through('poolSize=1')
    const held = await db.acquire()
    if (E.isLeft(held)) throw new Error(held.left.message)
    if (name === 'postgres') await define(held.right, "set statement_timeout = '100ms'")
    const session = await sessionOf(held.right)
    expect(leftOf(await ask(held.right, heavy, [], { text: 'once' }))).toMatchObject({
      _tag: 'QueryTimeout',
      by: 'server',
    })
    expect(await sessionOf(held.right)).toBe(session)
    await held.right.discard()
    await on.recovered(db)
    recorded({
      fault: 'server timeout',
      engine: name,
      sees: '`QueryTimeout{by: server}`',
      checked: 'the session goes on',
    })
  })

  it('fault: socket destroyed', async () => {
    // by this side
    const db = on.through('poolSize=1')
    const effect = db.run(load(db, on.sleep(30, 'closed_word')))()
    await begun('closed_word')
    await db.close(50)()
    expect(['Connection', 'Cancelled']).toContain(tagOf(await effect))
    expect(await gone('closed_word')).toBe(true)
    // by the network, while the statement holds a lock
    const locking = on.through('poolSize=1')
    const word = 'lost_word'
    const slow = on.postgres
      ? `update counted set n = n + 1 where id = 1 and pg_sleep(30) is not null and '${word}' <> ''`
      : `update counted set n = n + 1 where id = 1 and sleep(30) = 0 and '${word}' <> ''`
    expect(tagOf(await ask(locking, 'select 1'))).toBe('Right')
    await pause(50)
    const updating = ask(locking, slow)
    await begun(word)
    on.proxy.cutAll('reset')
    expect(leftOf(await updating)).toMatchObject({ _tag: 'Connection', sent: 'maybe' })
    expect(await gone(word)).toBe(true)
    expect(tagOf(await ask(on.watcher, 'update counted set n = 5 where id = 1'))).toBe('Right')
    await on.recovered(locking)
    recorded({
      fault: 'socket destroyed',
      engine: name,
      sees: '`Connection{sent: maybe}`; where the Database was closed also `Cancelled`',
      checked: 'the server runs the statement no more and its locks are free, also where the network cut it',
    })
  })

  it('fault: cancel', async () => {
    const db = on.through('poolSize=1')
    const session = await sessionOf(db)
    const abort = new AbortController()
    const effect = db.having({ signal: abort.signal }).run(load(db, on.sleep(30, 'cancel_word')))()
    await begun('cancel_word')
    abort.abort()
    expect(leftOf(await effect)).toMatchObject({ _tag: 'Cancelled', sent: 'maybe' })
    expect(await gone('cancel_word')).toBe(true)
    expect(await sessionOf(db)).toBe(session)
    // requests to stop that race with the answer hit nobody else's statement
    for (let i = 0; i < 40; i += 1) {
      const late = new AbortController()
      const racing = db.having({ signal: late.signal }).run(load(db, 'select 1'))()
      if (i % 2 === 0) await pause(i % 4)
      late.abort()
      expect(['Right', 'Cancelled']).toContain(tagOf(await racing))
      expect(tagOf(await ask(db, 'select 2'))).toBe('Right')
    }
    await on.recovered(db)
    recorded({
      fault: 'cancel',
      engine: name,
      sees: '`Cancelled`; `Right` where the answer came first',
      checked: 'the same session goes on; of 40 requests that race with the answer none hits the next statement',
    })
  })

  it('fault: DDL under statement cache', async () => {
    const db = on.through('poolSize=1')
    await define(db, 'create table shaped (id integer, word varchar(20))')
    await must(db, 'insert into shaped values (1, ?)', ['12'])
    const query = 'select * from shaped'
    const first = await must(db, query)
    expect(String(first.rows[0]?.[1])).toBe('12')
    const change = on.postgres
      ? 'alter table shaped alter column word type integer using word::integer, add column more integer'
      : 'alter table shaped modify column word integer, add column more integer'
    await define(on.watcher, change)
    const second = await must(db, query)
    expect(second.rows[0]).toHaveLength(3)
    // a transaction can't be begun anew by the driver; the next one is right
    await define(on.watcher, 'alter table shaped drop column more')
    const inside = await db.transaction()((tx) => () => ask(tx, query))()
    expect(['Right', 'Sql']).toContain(tagOf(inside))
    expect((await must(db, query)).rows[0]).toHaveLength(2)
    await on.recovered(db)
    recorded({
      fault: 'DDL under statement cache',
      engine: name,
      sees: on.postgres ? 'nothing; inside a transaction `Sql` once' : 'nothing',
      checked: 'columns that were added, dropped and changed their type come as they are now',
    })
  })

  it('fault: read-only', async () => {
    const db = on.through('poolSize=1')
    const write = 'update counted set n = 1 where id = 1'
    const outcome = await db.transaction({ readOnly: true })((tx) => () => ask(tx, write))()
    expect(leftOf(outcome)).toMatchObject({ _tag: 'ReadOnly' })
    expect(tagOf(await ask(db, write))).toBe('Right')
    await on.recovered(db)
    recorded({ fault: 'read-only', engine: name, sees: '`ReadOnly`', checked: 'the session can write afterwards' })
  })
})
