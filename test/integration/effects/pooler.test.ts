// Behind a pooler that lends a session for one transaction, such as pgbouncer: nothing is prepared by name, nothing is set but for
// a transaction, so nothing of one client is left for another. Shown by what is sent, and through a real pgbouncer where there is one.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import {
  createAll,
  from,
  insertInto,
  integer,
  interval,
  orderBy,
  primaryKey,
  schema,
  table,
  text,
} from '../../../src/index.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { recorded } from '../../support/faults.js'
import { type Message, type Relay, startRelay } from '../../support/frontend-messages.js'
import { type Keeper, keeper } from '../../support/servers/keeper.js'
import { hasPooler, startPooler } from '../../support/servers/pooler.js'
import { ask, define, load, must, open, tagOf } from './raw.js'

const servers = engines().filter(({ name }) => name === 'postgres')

const notes = table('notes', { id: pipe(integer, primaryKey), body: text, lasts: interval })

/** What a session must have by itself behind a pooler: pgbouncer takes it over from no client. */
const prepared = async (url: string): Promise<void> => {
  const db = open({ name: 'postgres' } as (typeof servers)[number], url)
  await define(db, `alter database ${new URL(url).pathname.slice(1)} set intervalstyle = 'iso_8601'`)
  await define(db, 'create table counted (id integer primary key, n integer)')
  await must(db, 'insert into counted values (1, 0)')
  await db.close()()
}

/** A program that uses what there is: queries of one text, writes, transactions with settings, a stream, a failure, an abort. */
const program = async (db: Database): Promise<void> => {
  expect(await db.execute(createAll(schema({ notes })))()).toMatchObject({ _tag: 'Right' })
  for (let id = 1; id <= 30; id++) {
    expect(await db.execute(insertInto(notes)({ id, body: `note \\ ${id}`, lasts: 'P1DT2H' }))()).toMatchObject({
      _tag: 'Right',
    })
  }
  const inOrder = pipe(from(notes), orderBy(notes.id))
  for (let i = 0; i < 5; i++)
    expect(await db.all(inOrder)()).toMatchObject({ right: { length: 30, 0: { lasts: 'P1DT2H' } } })
  const settings = { 'relvar.tenant': 'mine' }
  const transaction = db.transaction({ settings, isolation: 'repeatable read' })((tx) => async () => {
    await must(tx, 'update counted set n = n + 1 where id = ?', [1n])
    return tx.transaction()((inner) => inner.run(load(inner, "select current_setting('relvar.tenant')")))()
  })
  expect(await transaction()).toMatchObject({ right: { rows: [['mine']] } })
  let read = 0
  for await (const row of db.stream(inOrder, { batch: 7 })) read += E.isRight(row) ? 1 : 0
  expect(read).toBe(30)
  expect(tagOf(await ask(db, 'select nonsense'))).toBe('Sql')
  expect(tagOf(await db.having({ timeoutMs: 60 }).run(load(db, 'select pg_sleep(5)'))())).toBe('QueryTimeout')
  expect(await ask(db, 'select 1')).toMatchObject({ _tag: 'Right' })
}

/** The text of each statement that was sent, whatever the protocol. */
const sqlOf = ({ type, texts }: Message): ReadonlyArray<string> =>
  type === 'Q' ? (texts[0] ?? '').split(';').map((one) => one.trim()) : type === 'P' ? [texts[1] ?? ''] : []

describe.each(servers.map((engine) => [engine.label, engine] as const))('pooler: transaction, on %s', (_, engine) => {
  let fresh: FreshDatabase
  let relay: Relay
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    await prepared(fresh.url)
    relay = await startRelay(fresh.url)
  })
  afterAll(async () => {
    await relay.close()
    await fresh.drop()
  })

  const sent = async (options: string): Promise<ReadonlyArray<Message>> => {
    relay.messages.length = 0
    const db = open(engine, relay.url, options)
    await program(db)
    await define(db, 'drop table notes')
    await db.close()()
    return [...relay.messages]
  }

  it('sends no name of a prepared statement, and sets nothing beyond the end of a transaction', async () => {
    const messages = await sent('poolSize=2&pooler=transaction&lockTimeoutMs=900')
    const parsed = messages.filter(({ type }) => type === 'P')
    expect(parsed.length).toBeGreaterThan(30)
    expect(parsed.filter(({ texts }) => texts[0] !== '')).toEqual([])
    expect(messages.filter(({ type, texts }) => type === 'C' && texts[0] !== 'S' && texts[0] !== 'P')).toEqual([])
    const statements = messages.flatMap(sqlOf)
    expect(statements.filter((one) => /^(set (?!local)|discard|listen|prepare|load|reset)/i.test(one))).toEqual([])
    expect(statements.filter((one) => /set_config\(/.test(one) && !/, true\)/.test(one))).toEqual([])
    // what may be set is set in a transaction that was begun by the same text
    const local = messages.filter((one) => sqlOf(one).some((text) => /^set local/i.test(text)))
    expect(local.length).toBeGreaterThan(0)
    for (const one of local) {
      expect(sqlOf(one)).toEqual([
        expect.stringMatching(/^BEGIN( ISOLATION LEVEL REPEATABLE READ)?$/),
        "SET LOCAL statement_timeout = '61000'",
        "SET LOCAL idle_in_transaction_session_timeout = '60000'",
        "SET LOCAL lock_timeout = '900'",
      ])
    }
    recorded({
      fault: 'pgbouncer transaction mode',
      engine: 'postgres',
      sees: 'nothing, with `pooler: transaction`',
      checked: 'by what is sent: no statement has a name, and nothing is set beyond a transaction',
    })
  })

  it('says in the login what pgbouncer knows of each client, and nothing else', async () => {
    const messages = await sent('poolSize=1&pooler=transaction')
    const logins = messages.filter(({ type }) => type === 'startup')
    expect(logins.length).toBeGreaterThan(0)
    for (const { texts } of logins) {
      const said = Object.fromEntries(
        texts.flatMap((name, i) => (i % 2 === 0 && name !== '' ? [[name, texts[i + 1]] as const] : [])),
      )
      const { user, database, ...rest } = said
      expect([user, database]).toEqual(['relvar', new URL(fresh.url).pathname.slice(1)])
      expect(rest).toEqual({
        application_name: 'relvar',
        client_encoding: 'UTF8',
        TimeZone: 'UTC',
        DateStyle: 'ISO, YMD',
        standard_conforming_strings: 'on',
      })
    }
  })

  it('without a pooler it prepares by name and sets its sessions', async () => {
    const messages = await sent('poolSize=2')
    expect(messages.some(({ type, texts }) => type === 'P' && texts[0] !== '')).toBe(true)
    expect(messages.flatMap(sqlOf).some((one) => /^set session/i.test(one))).toBe(true)
  })

  it('refuses sessions that have other settings by themselves, and says what to do', async () => {
    const other = await freshDatabase(engine)
    const db = open(engine, other.url, 'pooler=transaction')
    expect(await ask(db, 'select 1')).toMatchObject({
      left: {
        _tag: 'Connection',
        phase: 'session',
        message:
          'the session could not be set up: IntervalStyle is postgres, not iso_8601: behind a pooler it has what its role has, so use ALTER ROLE … SET',
      },
    })
    await db.close()()
    await other.drop()
  })
})

const poolers = hasPooler() ? servers : []

describe.each(poolers.map((engine) => [engine.label, engine] as const))('a real pgbouncer before %s', (_, engine) => {
  let fresh: FreshDatabase
  let kept: Keeper
  let url = ''
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    await prepared(fresh.url)
    kept = keeper()
    url = await startPooler(kept, fresh.url, 2)
  })
  afterAll(async () => {
    await kept.close()
    await fresh.drop()
  })

  it('runs all that a program needs, many clients over two sessions, and nothing of one is left for another', async () => {
    const first = open(engine, url, 'poolSize=1&pooler=transaction')
    await program(first)
    const clients = Array.from({ length: 6 }, () => open(engine, url, 'poolSize=3&pooler=transaction'))
    const work = clients.flatMap((db, n) =>
      Array.from({ length: 15 }, (__, i) => async () => {
        const settings = { 'relvar.tenant': `client ${n}` }
        const outcome = await db.transaction({ settings })((tx) => async () => {
          await must(tx, 'update counted set n = n + 1 where id = 1')
          const seen = await must(tx, "select current_setting('relvar.tenant'), current_setting('TimeZone')")
          return i % 5 === 0 ? E.left('rolled back') : E.right(seen.rows)
        })()
        expect(outcome).toEqual(i % 5 === 0 ? E.left('rolled back') : E.right([[`client ${n}`, 'UTC']]))
        const left = await must(
          db,
          "select coalesce(current_setting('relvar.tenant', true), ''), count(*) from pg_prepared_statements",
        )
        expect(left.rows).toEqual([['', '0']])
      }),
    )
    await Promise.all(work.map((one) => one()))
    // once by the program, and twelve of fifteen times by each client
    expect((await must(first, 'select n from counted where id = 1')).rows).toEqual([[String(1 + 6 * 12)]])
    const sessions = await must(
      first,
      'select count(distinct pid) from pg_stat_activity where datname = current_database()',
    )
    expect(Number(sessions.rows[0]?.[0])).toBeLessThanOrEqual(3)
    for (const db of [first, ...clients]) await db.close()()
  })
})
