// A signal aborts at each of the moments of an effect, early and late within it: the effect ends with the right answer, nothing
// listens to the signal any more, and the session is clean or gone.
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { makeDatabase } from '../../../src/effects/database-make.js'
import { pause } from '../../../src/effects/deadline.js'
import { dbError } from '../../../src/effects/error-make.js'
import { type DbError, retrying, transaction } from '../../../src/index.js'
import type { Tables } from '../../../src/interpret/tables.js'
import { numbers, times } from '../../support/draws.js'
import { elapsing, startClock, stopClock } from '../../support/fake-clock.js'
import { fakeServer, type FakeServer, type FakeServerOptions } from '../../support/fake-driver.js'
import { load, tagOf } from './fake.js'
import { prepared, put, rows, writtenIn } from './nth-call-scenarios.js'

let tables: Tables
beforeAll(async () => {
  tables = await prepared()
})
beforeEach(stopClock)
afterEach(startClock)

type Outcome = E.Either<unknown, unknown>

interface Moment {
  readonly name: string
  readonly server?: FakeServerOptions
  /** The effect; `db` has the signal, `base` has none. */
  readonly run: (db: Database, base: Database, server: FakeServer) => Promise<Outcome>
  /** When the signal aborts, in milliseconds after the start. */
  readonly between: readonly [number, number]
  readonly ends: object
  readonly wrote: ReadonlyArray<number>
  /** What was sent, and what was not. */
  readonly sent?: ReadonlyArray<string>
  readonly unsent?: ReadonlyArray<string>
}

const cancelled = (sent: 'no' | 'maybe') => E.left(expect.objectContaining({ _tag: 'Cancelled', sent }))
const right = expect.objectContaining({ _tag: 'Right' })

const slowly =
  (...texts: ReadonlyArray<string>) =>
  (text: string): number =>
    texts.some((slow) => text.startsWith(slow)) ? 200 : 1

const conflict = dbError('Serialization', { message: 's', statement: null, cause: null })

const moments: ReadonlyArray<Moment> = [
  {
    name: 'already aborted',
    run: (db) => pause(10).then(() => put(100)(db)()),
    between: [0, 9],
    ends: cancelled('no'),
    wrote: [],
    unsent: ['insertInto'],
  },
  {
    name: 'waiting for the pool',
    server: { takesMs: slowly('holds') },
    run: async (db, base) => {
      const holders = [1, 2].map(() => base.run(load('holds'))())
      const outcome = await put(100)(db)()
      await Promise.all(holders)
      return outcome
    },
    between: [5, 190],
    ends: cancelled('no'),
    wrote: [],
    unsent: ['insertInto'],
  },
  {
    name: 'connecting',
    server: { connectMs: 200 },
    run: (db) => put(100)(db)(),
    between: [1, 190],
    ends: cancelled('no'),
    wrote: [],
    unsent: ['insertInto'],
  },
  {
    name: 'queued',
    server: { takesMs: slowly('first') },
    run: async (db) => {
      let queued: Outcome = E.left('never')
      await db.transaction()((tx) => async (): Promise<Outcome> => {
        const first = tx.run(load('first'))()
        queued = await put(100)(tx)()
        return first
      })()
      return queued
    },
    between: [10, 190],
    ends: cancelled('no'),
    wrote: [],
    sent: ['ROLLBACK'],
    unsent: ['insertInto', 'COMMIT'],
  },
  {
    name: 'running',
    server: { takesMs: slowly('insertInto') },
    run: (db) => put(100)(db)(),
    between: [5, 190],
    ends: cancelled('maybe'),
    wrote: [],
    sent: ['insertInto'],
  },
  {
    name: 'between rows',
    run: async (db) => {
      let last: Outcome = E.left('never')
      for await (const row of db.stream(rows, { batch: 2 })) {
        last = row
        await pause(100)
      }
      return last
    },
    between: [5, 490],
    ends: cancelled('no'),
    wrote: [],
  },
  {
    name: 'in back-off',
    server: { answer: (text) => (text === 'COMMIT' ? E.left(conflict) : undefined) },
    run: (db) => pipe(put(100), transaction(), retrying({ times: 5, delayMs: () => 300 }))(db)(),
    between: [20, 290],
    ends: cancelled('no'),
    wrote: [],
    sent: ['ROLLBACK'],
  },
  {
    name: 'BEGIN sent',
    server: { takesMs: slowly('BEGIN') },
    run: (db) => transaction()(put(100))(db)(),
    between: [5, 190],
    ends: cancelled('maybe'),
    wrote: [],
    sent: ['BEGIN'],
    unsent: ['insertInto', 'COMMIT'],
  },
  {
    name: 'between statements',
    run: (db) =>
      db.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() => TE.fromTask(() => pause(200))),
          TE.chainW(() => put(101)(tx)),
        ),
      )(),
    between: [10, 190],
    ends: cancelled('no'),
    wrote: [],
    sent: ['ROLLBACK'],
    unsent: ['COMMIT'],
  },
  {
    name: 'ROLLBACK TO sent',
    server: { takesMs: slowly('ROLLBACK TO') },
    run: (db) =>
      db.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() =>
            pipe(
              tx.transaction()(() => TE.left('back' as const)),
              TE.orElseW((error) => (error === 'back' ? TE.right(null) : TE.left(error))),
            ),
          ),
          TE.chainW(() => put(101)(tx)),
        ),
      )(),
    between: [10, 190],
    ends: cancelled('no'),
    wrote: [],
    // its answer is awaited, and the savepoint goes
    sent: ['RELEASE SAVEPOINT', 'ROLLBACK'],
    unsent: ['COMMIT'],
  },
  {
    name: 'before COMMIT',
    run: (db) =>
      db.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() => TE.fromTask(() => pause(200))),
        ),
      )(),
    between: [10, 190],
    ends: cancelled('no'),
    wrote: [],
    sent: ['ROLLBACK'],
    unsent: ['COMMIT'],
  },
  {
    name: 'COMMIT sent, and it is answered',
    server: { takesMs: slowly('COMMIT') },
    run: (db) => transaction()(put(100))(db)(),
    between: [10, 190],
    ends: right,
    wrote: [100],
    sent: ['COMMIT'],
    unsent: ['ROLLBACK'],
  },
  {
    name: 'COMMIT sent, and its answer is lost',
    server: { takesMs: slowly('COMMIT') },
    run: async (db, _base, server) => {
      setTimeout(() => server.kill(1), 195)
      return transaction()(put(100))(db)()
    },
    between: [10, 190],
    ends: E.left(expect.objectContaining({ _tag: 'CommitUnknown' })),
    wrote: [],
    sent: ['COMMIT'],
  },
  {
    name: 'after the end',
    run: (db) => transaction()(put(100))(db)(),
    between: [100, 200],
    ends: right,
    wrote: [100],
    sent: ['COMMIT'],
  },
]

const aborted = async (moment: Moment, atMs: number) => {
  const server = fakeServer({ tables, ...moment.server })
  const { dialect, load: driver } = server
  const base = makeDatabase({ dialect, load: driver, poolSize: 2, acquireTimeoutMs: 1_000 })
  const abort = new AbortController()
  setTimeout(() => abort.abort(), atMs)
  let outcome: Outcome = E.left('it never ends')
  await elapsing(
    moment.run(base.having({ signal: abort.signal }), base, server).then((o) => {
      outcome = o
    }),
  )
  await elapsing(pause(3_000))
  let wrote: E.Either<DbError, ReadonlyArray<number>> = E.right([])
  const { busy, waiting } = base.status()
  const said = [...server.sent]
  await elapsing(
    writtenIn(base).then((some) => {
      wrote = some
    }),
  )
  await elapsing(base.close()())
  return { outcome, wrote, busy, waiting, said, server, listeners: getEventListeners(abort.signal, 'abort').length }
}

describe('abort [bar 7]', () => {
  it.each(moments)('$name: it ends as it should, however late in that moment', async (moment) => {
    const [from, to] = moment.between
    for (const at of numbers(20 * times, from, to)) {
      const { outcome, wrote, busy, waiting, said, server, listeners } = await aborted(moment, at)
      expect(outcome, `${tagOf(outcome)} at ${at} ms`).toEqual(moment.ends)
      expect(wrote).toEqual(E.right(moment.wrote))
      expect({ busy, waiting, listeners, open: server.open.size, wrong: server.wrong }).toEqual({
        busy: 0,
        waiting: 0,
        listeners: 0,
        open: 0,
        wrong: [],
      })
      for (const text of moment.sent ?? []) expect(said.join('\n')).toContain(` ${text}`)
      for (const text of moment.unsent ?? []) expect(said.join('\n')).not.toContain(` ${text}`)
    }
  })
})
