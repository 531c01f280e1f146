// A pool whose `reset` is `full` gives a session back as it was when it was opened: nothing of who had it before is left.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { define, must, open, tagOf, ask } from './raw.js'

const kept = engines().filter(({ name }) => name !== 'sqlite')

/** What tells one session from another, and what a session may be soiled with; each text is sent for itself. */
const soils: { readonly [engine: string]: { readonly session: string; readonly soil: ReadonlyArray<string> } } = {
  postgres: {
    session: 'select pg_backend_pid()',
    soil: [
      'create temporary table left_here (id integer)',
      'set search_path = other',
      "set time zone 'Asia/Tokyo'",
      "set datestyle = 'German'",
      "set relvar.mine = 'left'",
      'prepare mine as select 1',
      'select pg_advisory_lock(42)',
      'listen mine',
      'declare held cursor with hold for select 1',
      'set session characteristics as transaction read only',
    ],
  },
  mysql: {
    session: 'select connection_id()',
    soil: [
      'create temporary table left_here (id integer)',
      'use mysql',
      "set time_zone = '+09:00'",
      "set sql_mode = ''",
      'set names latin1',
      "set @mine = 'left'",
      "prepare mine from 'select 1'",
      "select get_lock('mine', 0)",
      'set session transaction read only',
      'set autocommit = 0',
    ],
  },
}

/** What is asked of a session, and what a new one answers. */
const questions: { readonly [engine: string]: ReadonlyArray<readonly [string, string]> } = {
  postgres: [
    ["select current_setting('search_path')", '"$user", public'],
    ["select current_setting('TimeZone')", 'UTC'],
    ["select current_setting('DateStyle')", 'ISO, YMD'],
    ["select coalesce(current_setting('relvar.mine', true), '')", ''],
    ["select count(*) from pg_prepared_statements where name = 'mine'", '0'],
    ["select count(*) from pg_cursors where name = 'held'", '0'],
    ["select count(*) from pg_locks where locktype = 'advisory'", '0'],
    ['select count(*) from pg_listening_channels()', '0'],
    ["select current_setting('default_transaction_read_only')", 'off'],
    ["select current_setting('application_name')", 'relvar'],
  ],
  mysql: [
    ['select @@session.time_zone', '+00:00'],
    ["select @@session.sql_mode like '%STRICT_ALL_TABLES%'", '1'],
    ['select @@session.character_set_client', 'utf8mb4'],
    ['select @@session.autocommit', '1'],
    ["select coalesce(@mine, '')", ''],
    ["select coalesce(is_used_lock('mine'), '')", ''],
    ['select @@session.group_concat_max_len > 100000', '1'],
    ['select @@session.tx_read_only', '0'],
  ],
}

describe.each(kept.map((engine) => [engine.label, engine] as const))('a session made anew on %s', (_, engine) => {
  let fresh: FreshDatabase
  const family = engine.name !== 'postgres'
  const { session, soil } = soils[family ? 'mysql' : 'postgres'] ?? { session: '', soil: [] }

  const variable = (text: string): string =>
    engine.name === 'mysql' ? text.replace('tx_read_only', 'transaction_read_only') : text
  const asked: ReadonlyArray<readonly [string, string]> = (questions[family ? 'mysql' : 'postgres'] ?? []).map(
    ([question, answer]) => [variable(question), answer],
  )

  const told = async (db: Database, text: string): Promise<string> =>
    String((await must(db, text, [], { text: 'once' })).rows[0]?.[0])

  /** Everything by which a session that was used can be told from a new one. */
  const traces = async (db: Database): Promise<ReadonlyArray<string>> => {
    const answers: Array<string> = []
    for (const [question] of asked) answers.push(await told(db, question))
    answers.push(await told(db, family ? 'select database()' : 'select current_schema()'))
    for (const text of ['select * from left_here', 'execute mine'])
      answers.push(tagOf(await ask(db, text, [], { text: 'once' })))
    return answers
  }

  const opened = (options: string): Database => open(engine, fresh.url, `poolSize=1&${options}`)

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    const db = opened('reset=full')
    if (!family) await define(db, 'create schema other')
    await define(db, 'create table here (id integer primary key)')
    await db.close()()
  })
  afterAll(() => fresh.drop())

  it.each(soil)('[POL12] has nothing left of: %s', async (text) => {
    const soiled = opened('reset=rollback')
    const none = await traces(soiled)
    await define(soiled, text)
    // without a session made anew there is something left: what is asked here would tell
    expect(await traces(soiled)).not.toEqual(none)
    await soiled.close()()

    const db = opened('reset=full')
    const id = await told(db, session)
    // prepared as a compiled statement is: in the session made anew it must be prepared again
    expect(tagOf(await ask(db, 'select id from here where id = ?', [1n]))).toBe('Right')
    await define(db, text)
    expect(await traces(db)).toEqual(none)
    for (const [question, answer] of asked) expect([question, await told(db, question)]).toEqual([question, answer])
    expect(tagOf(await ask(db, 'select id from here where id = ?', [1n]))).toBe('Right')
    // it is the same session: it was not simply ended
    expect(await told(db, session)).toBe(id)
    await db.close()()
  })

  if (family)
    it('is of the same user, who logs in again with a password', async () => {
      const admin = opened('reset=full')
      await define(admin, "create user 'again'@'%' identified by 'p4ss wörd'")
      await define(admin, "grant all on *.* to 'again'@'%'")
      const source = new URL(fresh.url)
      source.username = 'again'
      source.password = 'p4ss wörd'
      source.searchParams.set('reset', 'full')
      source.searchParams.set('poolSize', '1')
      const db = engine.name === 'mysql' ? mysql(source.href) : mariadb(source.href)
      const id = await told(db, session)
      expect(await told(db, 'select current_user()')).toBe('again@%')
      expect(tagOf(await ask(db, 'select id from here where id = ?', [1n]))).toBe('Right')
      expect(await told(db, session)).toBe(id)
      await db.close()()
      await define(admin, "drop user 'again'@'%'")
      await admin.close()()
    })
})
