// SQLite inside this process, by each library that loads: one meaning, and no waiting that stops everything else.
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import { sqliteLibraries } from '../../../src/effects/driver/sqlite-libraries.js'
import { type SqliteOptions, sqlite } from '../../../src/effects/sqlite.js'
import { ask, define, load, must, type Outcome, tagOf } from './raw.js'

const loads = async (library: NonNullable<SqliteOptions['library']>): Promise<boolean> => {
  const db = sqlite({ file: ':memory:', library })
  const outcome = await ask(db, 'select 1')
  await db.close()()
  return E.isRight(outcome)
}

const present = (
  await Promise.all(sqliteLibraries.map(async (library) => ((await loads(library)) ? [library] : [])))
).flat()

const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('at least WebAssembly loads everywhere', () => {
  expect(present).toContain('node-sqlite3-wasm')
})

describe.each(present)('sqlite by %s', (library) => {
  let db: Database
  beforeAll(async () => {
    db = sqlite({ file: join(folder, `${library.replace(':', '-')}.db`), library })
    await define(db, 'create table t (id integer primary key, s text, r real, n integer) strict')
    await must(db, "insert into t values (1, 'a', 1.5, 9007199254740993), (2, null, null, null)")
  })
  afterAll(async () => {
    await db.close()()
  })

  it('says which library it is', () => {
    expect(db.status()).toMatchObject({ driver: library, notice: null })
  })

  it('[ERR01] [ERR02] classifies failures', async () => {
    const tags = ['insert into t (id) values (1)', "insert into t (n) values ('x')", 'selec 1', 'select * from nowhere']
    const found = await Promise.all(tags.map((sql) => ask(db, sql)))
    expect(found.map(tagOf)).toEqual(['UniqueViolation', 'Sql', 'Sql', 'Sql'])
    expect(found[0]).toMatchObject({ left: { table: 't', columns: ['id'] } })
    expect(tagOf(await ask(db, 'insert into t (id) values (1)'))).toBe('UniqueViolation')
    expect(tagOf(await ask(db, 'insert into t (id) values (3)'))).toBe('Right')
    expect(tagOf(await ask(db, 'delete from t where id = 3'))).toBe('Right')
  })

  it('has the regular expressions of relvar', async () => {
    const asked =
      "select relvar_regex(s, '^A$', 'i') = 1, relvar_regex(s, '^A$', '') = 1, relvar_regex('\u{1F40D}', '^.$', '') = 1 from t order by id"
    const { rows } = await must(db, asked)
    expect(rows.map((row) => row.map((value) => (value === null ? null : Number(value))))).toEqual([
      [1, 0, 1],
      [null, null, 1],
    ])
  })

  it('gives integers exactly where the statement says that there may be large ones', async () => {
    const { rows } = await must(db, 'select n from t where id = 1', [], { bigints: true })
    expect(rows).toEqual([[9007199254740993n]])
  })

  it('counts what a write matched, also with RETURNING, and nothing for DDL', async () => {
    expect((await must(db, "update t set s = 'a'")).affected).toBe(2)
    expect((await must(db, 'update t set r = 1 returning id', [], { text: 'once' })).affected).toBe(2)
    expect((await must(db, 'create table if not exists t2 (id integer)', [], { text: 'once' })).affected).toBe(0)
    expect((await must(db, 'select 1')).affected).toBe(0)
  })

  it('keeps columns apart, whatever their names', async () => {
    const first = (text: string) => ask(db, text, [], { text: 'once' })
    expect(await first('select 1 as a, 2 as a')).toMatchObject({ right: { rows: [[1, 2]] } })
    expect(await first('select 1 as b, 2 as "0", 3 as "__proto__"')).toMatchObject({ right: { rows: [[1, 2, 3]] } })
    expect(await first('select 1 as a where false')).toMatchObject({ right: { rows: [] } })
  })

  it('has foreign keys on and tells upper from lower case in LIKE', async () => {
    expect((await must(db, 'pragma foreign_keys')).rows).toEqual([[1]])
    expect((await must(db, "select 'A' like 'a'")).rows).toEqual([[0]])
  })

  it('[TXN03] has savepoints', async () => {
    const program = db.transaction()((tx) => async (): Promise<Outcome> => {
      await tx.transaction()((t2) => t2.run(load(t2, 'insert into t (id) values (1)')))()
      return tx.run(load(tx, 'insert into t (id) values (8)'))()
    })
    expect(tagOf(await program())).toBe('Right')
    expect((await must(db, 'delete from t where id = 8')).affected).toBe(1)
  })

  it('is one database in memory, whoever asks', async () => {
    const memory = sqlite({ file: ':memory:', library })
    expect(memory.status().size).toBe(1)
    await define(memory, 'create table m (id integer)')
    const all = await Promise.all([1n, 2n, 3n].map((id) => ask(memory, 'insert into m values (?)', [id])))
    expect(all.map(tagOf)).toEqual(['Right', 'Right', 'Right'])
    expect((await must(memory, 'select count(*) from m')).rows).toEqual([[3]])
    await memory.close()()
  })

  it('lets timers and signals be heard while a program asks nothing but SQLite', async () => {
    const stopped = db.having({ signal: AbortSignal.timeout(30) })
    const outcome: Outcome = await (async () => {
      for (;;) {
        const one = await ask(stopped, 'select 1')
        if (E.isLeft(one)) return one
      }
    })()
    expect(tagOf(outcome)).toBe('Cancelled')
  })

  it('says what can not be opened', async () => {
    const nowhere = sqlite({ file: join(folder, 'no', 'such', 'folder.db'), library })
    expect(await ask(nowhere, 'select 1')).toMatchObject({ left: { _tag: 'Connection', phase: 'connect' } })
    await nowhere.close()()
  })

  it('says that a file is none of its own', async () => {
    const file = join(folder, `noise-${library.replace(':', '-')}.db`)
    writeFileSync(file, 'this is no database, whatever its name says. '.repeat(100))
    const noise = sqlite({ file, library })
    expect(tagOf(await ask(noise, 'select * from sqlite_master'))).toBe('Corrupt')
    await noise.close()()
  })
})

describe.each(present.filter((library) => library !== 'node-sqlite3-wasm'))('locks of sqlite by %s', (library) => {
  const make = (options: Partial<SqliteOptions> = {}): Database =>
    sqlite({ file: join(folder, `locks-${library.replace(':', '-')}.db`), library, ...options })

  it('waits for another writer without stopping the process', async () => {
    const [a, b] = [make(), make()]
    await define(a, 'create table if not exists w (id integer)')
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 5)
    const held = a.transaction()((tx) => async (): Promise<Outcome> => {
      const first = await tx.run(load(tx, 'insert into w values (1)'))()
      await pause(200)
      return first
    })()
    await pause(10)
    const since = performance.now()
    const waited = await ask(b, 'insert into w values (2)')
    clearInterval(timer)
    expect([tagOf(await held), tagOf(waited)]).toEqual(['Right', 'Right'])
    expect(performance.now() - since).toBeGreaterThan(100)
    expect(ticks).toBeGreaterThan(3)
    await a.close()()
    await b.close()()
  })

  it('gives up with LockTimeout after the busy timeout, and earlier where the effect has less time', async () => {
    const [a, b] = [make(), make({ busyTimeoutMs: 100 })]
    const tags = await a.transaction()((tx) => async () => {
      await tx.run(load(tx, 'insert into w values (3)'))()
      const since = performance.now()
      const slow = await ask(b, 'insert into w values (4)')
      const slowMs = performance.now() - since
      const quick = await b.having({ timeoutMs: 20 }).run(load(b, 'insert into w values (4)'))()
      return E.right([tagOf(slow), tagOf(quick), slowMs >= 99 && slowMs < 300, performance.now() - since - slowMs < 90])
    })()
    expect(tags).toEqual(E.right(['LockTimeout', 'LockTimeout', true, true]))
    await a.close()()
    await b.close()()
  })

  it('lets many transactions that read and then write follow one another', async () => {
    const db = make()
    await define(db, 'create table sums (n integer)')
    await must(db, 'insert into sums values (0)')
    const bump = db.transaction()((tx) => async (): Promise<Outcome> => {
      const read = await tx.run(load(tx, 'select n from sums'))()
      if (E.isLeft(read)) return read
      await pause(1)
      return tx.run(load(tx, 'update sums set n = ?', [BigInt(Number(read.right.rows[0]?.[0]) + 1)]))()
    })
    const all = await Promise.all(Array.from({ length: 30 }, () => bump()))
    expect(all.map(tagOf)).toEqual(Array.from({ length: 30 }, () => 'Right'))
    expect((await must(db, 'select n from sums')).rows).toEqual([[30]])
    await db.close()()
  })

  it('calls a snapshot that is too old Serialization', async () => {
    const [a, b] = [make(), make()]
    await define(a, 'create table if not exists snap (n integer)')
    const outcome = await ask(a, 'begin', [], { text: 'once' })
    expect(tagOf(outcome)).toBe('Right')
    const one = make({ poolSize: 1 })
    const program = one.transaction({ readOnly: true })((tx) => async (): Promise<Outcome> => {
      await tx.run(load(tx, 'pragma query_only = off', [], { text: 'once' }))()
      await tx.run(load(tx, 'select * from snap'))()
      await must(b, 'insert into snap values (1)')
      return tx.run(load(tx, 'insert into snap values (2)'))()
    })
    expect(tagOf(await program())).toBe('Serialization')
    await Promise.all([a, b, one].map((db) => db.close()()))
  })
})

it('waits for the lock that WebAssembly keeps as a folder, then says how to remove it', async () => {
  const file = join(folder, 'kept.db')
  mkdirSync(`${file}.lock`)
  const db = sqlite({ file, library: 'node-sqlite3-wasm', busyTimeoutMs: 300 })
  const before = performance.now()
  const outcome = await ask(db, 'create table t (id integer)')
  expect(outcome).toMatchObject({ left: { _tag: 'LockTimeout', message: expect.stringContaining('FILE.lock') } })
  expect(performance.now() - before).toBeGreaterThanOrEqual(250)
  const waiting = ask(db, 'create table t (id integer)')
  await pause(50)
  rmdirSync(`${file}.lock`)
  expect(E.isRight(await waiting)).toBe(true)
  await db.close()()
})

it('falls back with a notice, and says what to install where nothing loads', async () => {
  const only = sqlite({ file: ':memory:', library: 'node-sqlite3-wasm' })
  await ask(only, 'select 1')
  expect(only.status()).toMatchObject({ driver: 'node-sqlite3-wasm', notice: null })
  await only.close()()
  if (!present.includes('node:sqlite')) {
    const none = sqlite({ file: ':memory:', library: 'node:sqlite' })
    expect(await ask(none, 'select 1')).toMatchObject({
      left: { _tag: 'Connection', phase: 'driver', message: expect.stringContaining('npm install') },
    })
  }
})

it('reads a file that may only be read', async () => {
  const file = join(folder, 'read-only.db')
  const writer = sqlite({ file })
  await define(writer, 'create table t (id integer)')
  await writer.close()()
  const reader = sqlite({ file, readOnly: true })
  expect(tagOf(await ask(reader, 'select * from t'))).toBe('Right')
  expect(tagOf(await ask(reader, 'insert into t values (1)'))).toBe('ReadOnly')
  await reader.close()()
})
