// SQLite in worker threads and in child processes: what it answers is what it answers here, and nothing here waits for it.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { type SqliteOptions, sqlite } from '../../../src/effects/sqlite.js'
import { createAll, from, insertInto, integer, orderBy, primaryKey, schema, table, text } from '../../../src/index.js'
import { ask, define, load, must, type Outcome, tagOf } from '../effects/raw.js'
import { presentLibraries } from './present.js'

const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const present = await presentLibraries()
const modes = present.flatMap((library) => (['worker', 'process'] as const).map((run) => [library, run] as const))

const rows = table('rows', { id: pipe(integer, primaryKey), name: text })

describe.each(modes)('sqlite by %s in a %s', (library, run) => {
  const file = join(folder, `${library.replace(':', '-')}-${run}.db`)
  const make = (options: Partial<SqliteOptions> = {}): Database => sqlite({ file, library, run, ...options })
  let db: Database
  beforeAll(async () => {
    db = make()
    await define(db, 'create table t (id integer primary key, s text, r real, n integer, b blob) strict')
    await must(db, "insert into t values (1, 'a', 1.5, 9007199254740993, x'00ff'), (2, null, null, null, null)")
  })
  afterAll(async () => {
    await db.close()()
  })

  it('says which library it is', () => {
    expect(db.status()).toMatchObject({ driver: library, notice: null })
  })

  it('carries every form of value both ways', async () => {
    const bytes = new Uint8Array([0, 1, 255])
    const values = [null, "é \u{1F40D} '", 2.5, 9007199254740993n, bytes]
    const { rows: back } = await must(db, 'select ?, ?, ?, ?, ?', values, { bigints: true })
    expect(back[0]?.slice(0, 4)).toEqual(values.slice(0, 4))
    expect(Buffer.from(back[0]?.[4] as Uint8Array).equals(bytes)).toBe(true)
    const named = await ask(db, 'select 1 as a, 2 as a', [], { text: 'once' })
    expect(named).toMatchObject({ right: { rows: [[1, 2]], names: ['a', 'a'] } })
  })

  it('[ERR01] classifies failures, frozen as here', async () => {
    const outcome = await ask(db, 'insert into t (id) values (1)')
    expect(outcome).toMatchObject({ left: { _tag: 'UniqueViolation', table: 't', columns: ['id'] } })
    expect(Object.isFrozen(E.isLeft(outcome) ? outcome.left : {})).toBe(true)
    expect(tagOf(await ask(db, 'selec 1'))).toBe('Sql')
    const open = make({ hideParameters: false })
    expect(await ask(open, 'insert into t (id) values (1)')).toMatchObject({
      left: { _tag: 'UniqueViolation', cause: { message: expect.stringContaining('t.id') } },
    })
    await open.close()()
  })

  it('[TXN03] has transactions and savepoints', async () => {
    const outcome = await db.transaction()((tx) => async (): Promise<Outcome> => {
      await tx.transaction()((t2) => t2.run(load(t2, 'insert into t (id) values (1)')))()
      return tx.run(load(tx, 'insert into t (id) values (8)'))()
    })()
    expect(tagOf(outcome)).toBe('Right')
    const undone = await db.transaction()((tx) => async () => {
      await tx.run(load(tx, 'insert into t (id) values (9)'))()
      return E.left('no')
    })()
    expect(undone).toEqual(E.left('no'))
    expect((await must(db, 'delete from t where id in (8, 9)')).affected).toBe(1)
  })

  it('[D06] streams rows, also to who leaves early', async () => {
    const other = make({ file: `${file}.stream` })
    await other.execute(createAll(schema({ rows })))()
    const all = Array.from({ length: 500 }, (_, id) => ({ id, name: `row ${id}` }))
    await other.execute(insertInto(rows)(all))()
    const inOrder = pipe(from(rows), orderBy(rows.id))
    const came: Array<unknown> = []
    for await (const one of other.stream(inOrder, { batch: 64 })) came.push(one)
    expect(came).toEqual(all.map((row) => E.right(row)))
    for await (const one of other.stream(inOrder, { batch: 8 })) {
      expect(one).toEqual(E.right(all[0]))
      break
    }
    expect(tagOf(await other.execute(insertInto(rows)({ id: 500, name: 'more' }))())).toBe('Right')
    expect(other.status().busy).toBe(0)
    await other.close()()
  })

  it('gives a connection that could not be opened as a Left', async () => {
    const nowhere = make({ file: join(folder, 'no', 'such', 'folder.db') })
    expect(await ask(nowhere, 'select 1')).toMatchObject({ left: { _tag: 'Connection', phase: 'connect', sent: 'no' } })
    await nowhere.close()()
  })

  it('has the settings that it has here', async () => {
    expect((await must(db, 'pragma foreign_keys')).rows).toEqual([[1]])
    expect((await must(db, "select 'A' like 'a'")).rows).toEqual([[0]])
    // WebAssembly shares no memory, so it has no WAL
    const mode = library === 'node-sqlite3-wasm' ? 'delete' : 'wal'
    expect((await must(db, 'pragma journal_mode')).rows).toEqual([[mode]])
  })

  it('a long query does not stop what else this process does', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 5)
    const count =
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 1500000) select count(*) from n'
    expect((await must(db, count)).rows).toEqual([[1_500_000]])
    clearInterval(timer)
    // here there would be none
    expect(ticks).toBeGreaterThan(3)
  })
})

it('a database in memory runs here alone: what ended it would lose all of it', () => {
  expect(() => sqlite({ file: ':memory:', run: 'process' })).toThrow(/"run" would end the connection of :memory:/)
  expect(() => sqlite('sqlite::memory:?run=worker')).toThrow(/"run"/)
  expect(() => sqlite({ file: 'x.db', statementTimeoutMs: 10 })).toThrow(/"statementTimeoutMs" needs run/)
})

it('idle threads and processes keep no program alive, and end with it', async () => {
  const source = fileURLToPath(new URL('../../../src/sqlite.ts', import.meta.url))
  const program = `import { sqlite } from ${JSON.stringify(source)}
    for (const run of ['worker', 'process']) {
      const db = sqlite({ file: ${JSON.stringify(join(folder, 'idle.db'))}, run })
      console.log((await db.ping()).right)
    }`
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const args = ['--import', 'tsx', '--input-type=module', '-e', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 60_000 })
  expect(stdout).toBe('true\ntrue\n')
})
