// What an abort and a deadline mean on SQLite: between rows and while it waits they are heard; a statement that runs is stopped
// with its process, left behind in its worker thread, and waited for where it runs in this thread.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { from, integer, primaryKey, table } from '../../../src/index.js'
import { recorded } from '../../support/faults.js'
import { inHand } from '../../support/sqlite-elsewhere.js'
import { ask, define, load, must, type Outcome, tagOf } from '../effects/raw.js'

const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const numbers = (count: number | null): string =>
  `with recursive n(i) as (select 1 union all select i + 1 from n${count === null ? '' : ` where i < ${count}`})`
const long = (count: number | null): string => `${numbers(count)} select count(*) from n`

const t = table('t', { id: pipe(integer, primaryKey) })
const someRows = `${numbers(3_000)} insert into t select i from n`

/** Soon the lock is free and the rows are those of before. */
const untouched = async (db: Database): Promise<void> => {
  expect(await must(db, 'delete from t where id > 1000000')).toMatchObject({ affected: 0 })
  expect((await must(db, 'select count(*) from t')).rows).toEqual([[3_000]])
}

describe('a long statement of sqlite in this thread', () => {
  it('fault: long query on SQLite: it runs to its end, whatever an abort or a deadline says; then it is told', async () => {
    const db = sqlite({ file: join(folder, 'here.db') })
    await ask(db, 'select 1')
    let ticks = 0
    let during = -1
    const timer = setInterval(() => {
      ticks += 1
    }, 1)
    const abort = new AbortController()
    // the abort is asked for when the statement is about to be run: its timer fires when that has ended
    const stopping = db.having({
      signal: abort.signal,
      middleware: (next) => (statement) => async () => {
        setTimeout(() => abort.abort(), 1)
        const before = ticks
        const outcome = await next(statement)()
        during = ticks - before
        return outcome
      },
    })
    const outcome = await ask(stopping, long(400_000))
    clearInterval(timer)
    expect(outcome).toMatchObject({ right: { rows: [[400_000]] } })
    // (one, where the event loop was due a turn before)
    expect(during).toBeLessThanOrEqual(1)
    // the signal is heard now
    await pause(2)
    expect(await ask(stopping, 'select 1')).toMatchObject({ left: { _tag: 'Cancelled', sent: 'no' } })
    const late = db.having({ timeoutMs: 5 }).transaction()((tx) => async (): Promise<Outcome> => {
      const first = await tx.run(load(tx, long(100_000)))()
      return E.isLeft(first) ? first : tx.run(load(tx, 'select 2'))()
    })
    expect(await late()).toMatchObject({ left: { _tag: 'QueryTimeout', by: 'client' } })
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
    await db.close()()
    recorded({
      fault: 'long query on SQLite',
      engine: 'sqlite',
      sees: 'in this thread: its Right, since nothing can stop it; the next statement is `Cancelled{sent: no}` or `QueryTimeout`',
      checked: 'no timer fires meanwhile; the next effect works',
    })
  })
})

describe.each(['worker', 'process'] as const)('a statement of sqlite in a %s', (run) => {
  const file = join(folder, `${run}.db`)
  let db: Database
  let beside: Database
  beforeAll(async () => {
    db = sqlite({ file, run })
    beside = sqlite({ file, busyTimeoutMs: 20_000 })
    await define(db, 'create table t (id integer primary key)')
    await must(db, someRows)
  })
  afterAll(async () => {
    await db.close()()
    await beside.close()()
  })

  it.each([
    ['Cancelled', 'maybe', () => ({ signal: AbortSignal.timeout(100) })],
    ['QueryTimeout', undefined, () => ({ timeoutMs: 100 })],
  ] as const)(
    'fault: long query on SQLite: %s in its time, and the next effect works',
    async (_tag, sent, conditions) => {
      const since = performance.now()
      // what no process would end may not be left behind
      const outcome = await ask(db.having(conditions()), long(run === 'process' ? null : 4_000_000))
      const ms = performance.now() - since
      expect(outcome).toMatchObject({ left: { _tag, ...(sent === undefined ? {} : { sent }) } })
      expect(ms).toBeLessThan(1_100)
      expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
      expect(db.status().busy).toBe(0)
      recorded({
        fault: 'long query on SQLite',
        engine: 'sqlite',
        sees:
          run === 'process'
            ? 'in a process: `Cancelled{sent: maybe}` or `QueryTimeout`; the process is killed'
            : 'in a worker thread: `Cancelled{sent: maybe}` or `QueryTimeout`; the statement runs on until it ends',
        checked: 'at most 1 s late; the next effect works',
      })
    },
  )

  it('a write that is stopped leaves nothing behind, and no lock', async () => {
    const write = `${numbers(run === 'process' ? null : 1_500_000)} insert into t select 1000000 + i from n`
    // in a worker it ends by itself, and could be committed then: inside a transaction it is not
    const outcome = await db.having({ timeoutMs: 150 }).transaction()(
      (tx) => (): Promise<Outcome> => tx.run(load(tx, write))(),
    )()
    expect(tagOf(outcome)).toBe('QueryTimeout')
    await untouched(beside)
    await untouched(db)
  })

  it('statementTimeoutMs ends what has no deadline of its own', async () => {
    const short = sqlite({ file, run, statementTimeoutMs: 100 })
    expect(await ask(short, long(run === 'process' ? null : 3_000_000))).toMatchObject({
      left: { _tag: 'QueryTimeout', by: 'client' },
    })
    await short.close()()
  })

  it('an abort and a deadline are heard while it waits for a lock: nothing was sent', async () => {
    const outcome = await beside.transaction()((tx) => async () => {
      await tx.run(load(tx, 'delete from t where id > 1000000'))()
      const aborted = await ask(db.having({ signal: AbortSignal.timeout(50) }), 'insert into t values (1000001)')
      const late = await ask(db.having({ timeoutMs: 50 }), 'insert into t values (1000001)')
      return E.right([aborted, late])
    })()
    expect(outcome).toMatchObject({
      right: [{ left: { _tag: 'Cancelled', sent: 'no' } }, { left: { _tag: 'LockTimeout' } }],
    })
    await untouched(db)
  })

  it('an abort is heard between rows, and its connection is used again', async () => {
    const open = db.status().open
    const controller = new AbortController()
    const came: Array<E.Either<unknown, unknown>> = []
    for await (const one of db.having({ signal: controller.signal }).stream(from(t), { batch: 100 })) {
      came.push(one)
      if (came.length === 150) controller.abort()
    }
    expect(came.length).toBeLessThanOrEqual(201)
    expect(came.at(-1)).toMatchObject({ left: { _tag: 'Cancelled' } })
    await untouched(db)
    expect(db.status()).toMatchObject({ busy: 0, open })
  })

  it('fault: worker ends inside, on SQLite', async () => {
    const hand = inHand(file, run)
    const inside = await hand.db.transaction()((tx) => async (): Promise<Outcome> => {
      await tx.run(load(tx, 'insert into t values (1000001)'))()
      hand.end()
      await pause(50)
      return tx.run(load(tx, 'insert into t values (1000002)'))()
    })()
    expect(['Connection', 'TransactionClosed', 'RolledBack']).toContain(tagOf(inside))
    const during = await hand.db.transaction()((tx) => (): Promise<Outcome> => {
      const running = tx.run(load(tx, `${numbers(400_000)} insert into t select 1000000 + i from n`))()
      setTimeout(() => hand.end(), 50)
      return running
    })()
    expect(during).toMatchObject({ left: { _tag: 'Connection', phase: 'statement', sent: 'maybe' } })
    await untouched(beside)
    await untouched(hand.db)
    await hand.db.close()()
    recorded({
      fault: 'worker ends inside, on SQLite',
      engine: 'sqlite',
      sees: '`Connection{sent: maybe}` for the statement under way',
      checked: 'its lock is free, its changes are undone, the next effect works',
    })
  })

  it('one that ended while it was idle is not used again', async () => {
    const hand = inHand(file, run)
    await ask(hand.db, 'select 1')
    hand.end()
    for (let i = 0; i < 100 && hand.db.status().open > 0; i += 1) {
      await pause(20)
      if (tagOf(await ask(hand.db, 'select 1')) === 'Right') break
    }
    expect(tagOf(await hand.db.transaction()((tx) => tx.run(load(tx, 'delete from t where id > 1000000')))())).toBe(
      'Right',
    )
    await hand.db.close()()
  })

  it.each([
    ['before', 0],
    ['after', 1],
  ] as const)('fault: worker ends inside, on SQLite: %s COMMIT is done, CommitUnknown', async (when, stays) => {
    const hand = inHand(file, run)
    await ask(hand.db, 'select 1')
    hand.endAt('COMMIT', when)
    const outcome = await hand.db.transaction()((tx) => tx.run(load(tx, 'insert into t values (2000001)')))()
    expect(tagOf(outcome)).toBe('CommitUnknown')
    expect((await must(beside, 'delete from t where id = 2000001')).affected).toBe(stays)
    await hand.db.close()()
    recorded({
      fault: 'worker ends inside, on SQLite',
      engine: 'sqlite',
      sees: '`CommitUnknown` at COMMIT',
      checked: 'ended before it was done, nothing stays; ended after it, all',
    })
  })
})
