// What the catalogue of faults says of SQLite: who waits, what a damaged file gives, and that a transaction which SQLite has ended
// by itself is over.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import { type SqliteOptions, sqlite } from '../../../src/effects/sqlite.js'
import { createAll, from, insertInto, integer, primaryKey, schema, table, text } from '../../../src/index.js'
import { recorded } from '../../support/faults.js'
import { ask, define, load, must, type Outcome, tagOf } from '../effects/raw.js'
import { presentLibraries } from './present.js'

const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const notes = table('notes', { id: pipe(integer, primaryKey), body: text })
const present = await presentLibraries()
/** WebAssembly has one connection to a file. */
const sharing = present.filter((library) => library !== 'node-sqlite3-wasm')

let made = 0
const fresh = async (
  options: Partial<SqliteOptions> = {},
): Promise<{ readonly file: string; readonly db: Database }> => {
  made += 1
  const file = join(folder, `${made}.db`)
  const db = sqlite({ file, ...options })
  await db.execute(createAll(schema({ notes })))()
  await db.execute(insertInto(notes)(Array.from({ length: 2_000 }, (_, id) => ({ id, body: `note ${id}` }))))()
  return { file, db }
}

const insert = (db: Database, id: number): (() => Promise<Outcome>) =>
  db.run(load(db, 'insert into notes values (?, ?)', [BigInt(id), 'new']))
const countOf = async (db: Database): Promise<unknown> => (await must(db, 'select count(*) from notes')).rows[0]?.[0]

describe.each(sharing)('locks of sqlite by %s', (library) => {
  it('fault: SQLite busy: writers wait in turn while timers fire; a snapshot that is too old is Serialization', async () => {
    const { file, db } = await fresh({ library })
    const other = sqlite({ file, library, busyTimeoutMs: 5_000 })
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 5)
    const held = db.transaction()((tx) => async (): Promise<Outcome> => {
      const first = await insert(tx, 5_001)()
      await pause(200)
      return first
    })()
    await pause(20)
    expect(tagOf(await insert(other, 5_002)())).toBe('Right')
    clearInterval(timer)
    expect(tagOf(await held)).toBe('Right')
    expect(ticks).toBeGreaterThan(3)
    // a transaction that only reads begins deferred: writing in it all the same can come too late
    const stale = await db.transaction({ readOnly: true })((tx) => async (): Promise<Outcome> => {
      await tx.run(load(tx, 'pragma query_only = off', [], { text: 'once' }))()
      await tx.run(load(tx, 'select * from notes limit 1'))()
      await insert(other, 5_003)()
      return tx.run(load(tx, 'delete from notes'))()
    })()
    expect(tagOf(stale)).toBe('Serialization')
    expect(await countOf(db)).toBe(2_003)
    await Promise.all([db, other].map((one) => one.close()()))
    recorded({
      fault: 'SQLite busy',
      engine: 'sqlite',
      sees: 'Right once the lock is free; `Serialization` for a snapshot that is too old',
      checked: 'writes begin IMMEDIATE; timers fire while it waits',
    })
  })

  it('fault: lock wait: LockTimeout after busyTimeoutMs, and nothing of it is kept', async () => {
    const { file, db } = await fresh({ library })
    const short = sqlite({ file, library, busyTimeoutMs: 50 })
    const other = sqlite({ file, library })
    const outcome = await db.transaction()((tx) => async () => {
      await insert(tx, 5_001)()
      // who reads waits for nobody, and sees what was committed
      expect(await countOf(short)).toBe(2_000)
      const alone = await insert(short, 5_002)()
      const whole = await short.transaction()((inner) => insert(inner, 5_003))()
      const aborted = await insert(other.having({ signal: AbortSignal.timeout(20) }), 5_003)()
      expect(aborted).toMatchObject({ left: { _tag: 'Cancelled', sent: 'no' } })
      return E.right([tagOf(alone), tagOf(whole)])
    })()
    expect(outcome).toEqual(E.right(['LockTimeout', 'LockTimeout']))
    expect(tagOf(await insert(short, 5_004)())).toBe('Right')
    expect(await countOf(db)).toBe(2_002)
    await Promise.all([db, short, other].map((one) => one.close()()))
    recorded({
      fault: 'lock wait',
      engine: 'sqlite',
      sees: '`LockTimeout` after `busyTimeoutMs`',
      checked: 'nothing was written; the next write works',
    })
  })
})

it('sqlite in this thread gives the event loop its turn as often, however many connections answer', async () => {
  const { db } = await fresh()
  /** How often something else could run in 400 ms, while so many ask one thing after the other. */
  const turnsBeside = async (askers: number): Promise<number> => {
    let turns = 0
    const until = performance.now() + 400
    const turn = (): void => {
      turns += 1
      if (performance.now() < until) setImmediate(turn)
    }
    setImmediate(turn)
    const asker = async (): Promise<void> => {
      while (performance.now() < until) await ask(db, 'select count(*) from notes where id < 20')
    }
    await Promise.all(Array.from({ length: askers }, asker))
    return turns
  }
  await turnsBeside(8)
  const alone = await turnsBeside(1)
  expect((await turnsBeside(8)) * 2).toBeGreaterThan(alone)
  await db.close()()
})

describe.each(present)('faults of sqlite by %s', (library) => {
  it('fault: async inside, on SQLite: a program of promises is one transaction, and its tail is refused', async () => {
    const { db } = await fresh({ library })
    const tails: Array<Promise<Outcome>> = []
    const outcome = await db.transaction()((tx) => async () => {
      await pause(5)
      await insert(tx, 5_001)()
      await pause(5)
      tails.push(pause(20).then(insert(tx, 5_002)))
      return E.left('no')
    })()
    expect(outcome).toEqual(E.left('no'))
    expect((await Promise.all(tails)).map(tagOf)).toEqual(['TransactionClosed'])
    expect(await countOf(db)).toBe(2_000)
    await db.close()()
    recorded({
      fault: 'async inside, on SQLite',
      engine: 'sqlite',
      sees: 'its own outcome; `TransactionClosed` for what comes after its end',
      checked: 'all of it is undone; nothing goes on by itself',
    })
  })

  it('fault: SQLite ends it itself: a full disk and OR ROLLBACK, nothing runs outside of the transaction', async () => {
    const { db } = await fresh({ library, poolSize: 1 })
    const pages = Number((await must(db, 'pragma page_count')).rows[0]?.[0])
    await define(db, `pragma max_page_count = ${pages + 2}`)
    const big = 'insert into notes select 10000 + id, hex(zeroblob(2000)) from notes'
    const conflict = "insert or rollback into notes values (1, 'again')"
    for (const [sql, tag] of [
      [big, 'ResourceLimit'],
      [conflict, 'UniqueViolation'],
    ] as const) {
      const after: Array<string> = []
      const outcome = await db.transaction()((tx) => async (): Promise<Outcome> => {
        await insert(tx, 5_001)()
        const failed = await tx.run(load(tx, sql))()
        after.push(tagOf(failed), tagOf(await insert(tx, 5_002)()))
        return failed
      })()
      expect([tagOf(outcome), ...after]).toEqual([tag, tag, 'TransactionClosed'])
      // a program that goes on as if nothing had been does not get its Right
      const stubborn = await db.transaction()((tx) => async () => {
        await tx.run(load(tx, sql))()
        return E.right('done')
      })()
      expect(tagOf(stubborn)).toBe('RolledBack')
      expect(await countOf(db)).toBe(2_000)
    }
    await db.close()()
    recorded({
      fault: 'SQLite ends it itself',
      engine: 'sqlite',
      sees: 'the error of the statement, then `TransactionClosed`; `RolledBack` for who goes on to a Right',
      checked: 'after SQLITE_FULL and OR ROLLBACK nothing is written outside of the transaction',
    })
  })

  it("fault: DDL, BEGIN inside: a COMMIT of the user's own ends the transaction, and that is told", async () => {
    const { db } = await fresh({ library })
    const outcomes = []
    for (const sql of ['commit', 'rollback', 'begin']) {
      const outcome = await db.transaction()(
        (tx) => (): Promise<Outcome> => tx.run(load(tx, sql, [], { text: 'once' }))(),
      )()
      outcomes.push(tagOf(outcome))
    }
    expect(outcomes).toEqual(['TransactionClosed', 'TransactionClosed', 'Sql'])
    // DDL is part of a transaction here
    const undone = await db.transaction()((tx) => async () => {
      await tx.run(load(tx, 'create table more (id integer)', [], { text: 'once' }))()
      return E.left('no')
    })()
    expect(undone).toEqual(E.left('no'))
    expect(tagOf(await ask(db, 'select * from more'))).toBe('Sql')
    await db.close()()
    recorded({
      fault: 'DDL, BEGIN inside',
      engine: 'sqlite',
      sees: "`TransactionClosed` after a COMMIT or ROLLBACK of the user's own, `Sql` for a BEGIN",
      checked: 'DDL is undone with its transaction',
    })
  })

  it('fault: read-only: ReadOnly by the option, by the transaction, and by the file', async () => {
    const { file, db } = await fresh({ library })
    const inside = await db.transaction({ readOnly: true })((tx) => insert(tx, 5_001))()
    expect(tagOf(inside)).toBe('ReadOnly')
    expect(tagOf(await insert(db, 5_001)())).toBe('Right')
    await db.close()()
    const reader = sqlite({ file, library, readOnly: true })
    expect(tagOf(await insert(reader, 5_002)())).toBe('ReadOnly')
    expect(await countOf(reader)).toBe(2_001)
    await reader.close()()
    recorded({
      fault: 'read-only',
      engine: 'sqlite',
      sees: '`ReadOnly`',
      checked: 'a write in a read-only transaction and through `readOnly: true`; nothing is written',
    })
  })

  it('fault: stream abandoned: its connection is taken back, and writes, BEGIN and close work', async () => {
    const { db } = await fresh({ library, poolSize: 1, acquireTimeoutMs: 5_000 })
    const reader = db.stream(from(notes), { batch: 10, idleTimeoutMs: 50 })[Symbol.asyncIterator]()
    expect(E.isRight((await reader.next()).value)).toBe(true)
    // nobody asks for more
    expect(tagOf(await insert(db, 5_001)())).toBe('Right')
    expect(tagOf(await db.transaction()((tx) => insert(tx, 5_002))())).toBe('Right')
    let last: unknown = null
    for (let next = await reader.next(); next.done !== true; next = await reader.next()) last = next.value
    expect(last).toMatchObject({ left: { _tag: 'QueryTimeout', by: 'client' } })
    expect(tagOf(await db.close()())).toBe('Right')
    recorded({
      fault: 'stream abandoned',
      engine: 'sqlite',
      sees: '`QueryTimeout` for who comes back; Right for who waits for the connection',
      checked: 'after `idleTimeoutMs` writes, transactions and close work',
    })
  })
})

/** Writes into a file that nobody has open. */
const damage = (file: string, bytes: Uint8Array, at: number): void => {
  const open = openSync(file, 'r+')
  writeSync(open, bytes, 0, bytes.length, at)
  closeSync(open)
}

const page = 4_096

describe.each(present)('damaged files of sqlite by %s', (library) => {
  const damaged = async (how: (file: string) => void, options: Partial<SqliteOptions> = {}): Promise<Database> => {
    const { file, db } = await fresh({ library })
    await db.close()()
    how(file)
    return sqlite({ file, library, ...options })
  }

  it.each([
    ['a page of nonsense', (file: string) => damage(file, new Uint8Array(page).fill(0xff), page * 2)],
    ['no database at all', (file: string) => damage(file, Buffer.from('this is a text file'), 0)],
    ['half of it gone', (file: string) => truncateSync(file, statSync(file).size / 2)],
    ['less than one page', (file: string) => truncateSync(file, 1_000)],
  ])('fault: damaged SQLite file: %s is Corrupt', async (_how, how) => {
    const db = await damaged(how)
    const outcomes = [await db.all(from(notes))(), await insert(db, 5_001)()]
    expect(tagOf(outcomes[0] ?? E.right(null))).toBe('Corrupt')
    await db.close()()
    recorded({
      fault: 'damaged SQLite file',
      engine: 'sqlite',
      sees: '`Corrupt`',
      checked: 'pages of nonsense, a file of something else, a file cut short',
    })
  })

  it('fault: damaged SQLite file: rows that became null are refused by their codecs, and found by quickCheck', async () => {
    // the header of a row says what its values are: all null
    const nulled = (file: string): void => {
      const at = readFileSync(file).indexOf('note 1234') - 3
      damage(file, new Uint8Array([3, 0, 0]), at)
    }
    const db = await damaged(nulled)
    const read = await db.all(from(notes))()
    expect(['Decode', 'Corrupt']).toContain(tagOf(read))
    await db.close()()
    const checking = await damaged(nulled, { quickCheck: true })
    expect(await ask(checking, 'select 1')).toMatchObject({ left: { _tag: 'Corrupt' } })
    await checking.close()()
    const sound = await fresh({ library, quickCheck: true })
    expect(await countOf(sound.db)).toBe(2_000)
    await sound.db.close()()
    recorded({
      fault: 'damaged SQLite file',
      engine: 'sqlite',
      sees: "`Decode` for a null that its column can't have; with `quickCheck: true` `Corrupt` before anything is read",
      checked: 'a file that SQLite itself reads without a complaint',
    })
  })
})
