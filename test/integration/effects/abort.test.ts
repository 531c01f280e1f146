// A signal aborts at each of the moments of an effect on real sessions: the effect ends as it should, what was not committed is not
// there, nothing listens any more, and the sessions go on being used.
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { dbError } from '../../../src/effects/error-make.js'
import {
  createAll,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  everyRow,
  from,
  insertInto,
  integer,
  type Middleware,
  orderBy,
  primaryKey,
  retrying,
  schema,
  table,
  transaction,
  withMiddleware,
} from '../../../src/index.js'
import { numbers, times } from '../../support/draws.js'
import { places } from '../../support/places.js'
import { must, tagOf } from '../../support/run-load.js'

const read = table('read', { id: pipe(integer, primaryKey) })
const written = table('written', { id: pipe(integer, primaryKey) })

type Outcome = E.Either<unknown, unknown>

const put = (id: number) => (db: Database) => Db.execute(insertInto(written)({ id }))(db)
const rows = pipe(from(read), orderBy(read.id))

const begins = /^(BEGIN|START TRANSACTION)/

/** Aborts so many milliseconds after a statement was handed to the driver. */
const abortingAt =
  (which: RegExp, abort: AbortController, ms: number): Middleware =>
  (next) =>
  (statement) =>
  () => {
    const reply = next(statement)()
    if (which.test(statement.sql)) setTimeout(() => abort.abort(), ms)
    return reply
  }

interface Moment {
  readonly name: string
  /** Runs the effect; the signal of `db` aborts so many milliseconds into the moment. */
  readonly run: (db: Database, base: Database, abort: AbortController, ms: number) => Promise<Outcome>
  readonly most: number
  readonly ends: ReadonlyArray<object>
  readonly wrote: (outcome: Outcome) => ReadonlyArray<number>
}

const cancelled = (sent: 'no' | 'maybe') => ({ _tag: 'Left', left: { _tag: 'Cancelled', sent } })
const right = { _tag: 'Right' }
const nothing = (): ReadonlyArray<number> => []
const ifRight = (outcome: Outcome): ReadonlyArray<number> => (E.isRight(outcome) ? [100] : [])

const soon = (abort: AbortController, ms: number): void => void setTimeout(() => abort.abort(), ms)

const conflict = dbError('Serialization', { message: 's', statement: null, cause: null })

const moments: ReadonlyArray<Moment> = [
  {
    name: 'already aborted',
    run: (db, _base, abort) => {
      abort.abort()
      return put(100)(db)()
    },
    most: 0,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'waiting for the pool',
    run: async (db, base, abort, ms) => {
      const held = await Promise.all(Array.from({ length: base.status().size }, () => base.acquire()))
      const waiting = put(100)(db)()
      soon(abort, ms)
      const outcome = await waiting
      for (const one of held) await must(one).release()
      return outcome
    },
    most: 5,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'connecting',
    run: (db, base, abort, ms) => {
      base.recycle()
      soon(abort, ms)
      return put(100)(db)()
    },
    most: 3,
    // where it was connected by then the rest is that of a running statement
    ends: [cancelled('no'), cancelled('maybe'), right],
    wrote: ifRight,
  },
  {
    name: 'queued',
    run: async (db, _base, abort, ms) => {
      let queued: Outcome = E.left('never')
      await db.transaction()((tx) => async () => {
        // what is asked of the outer level waits for the nested one
        const nested = tx.transaction()(() => TE.fromTask(() => pause(ms + 20)))()
        const waiting = put(100)(tx)()
        soon(abort, ms)
        queued = await waiting
        await nested
        return E.right(null)
      })()
      return queued
    },
    most: 5,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'running',
    run: (db, _base, abort, ms) => {
      soon(abort, ms)
      return put(100)(db)()
    },
    most: 3,
    // (a driver that answers at once is not interrupted: it had begun, or not)
    ends: [cancelled('maybe'), cancelled('no'), right],
    wrote: ifRight,
  },
  {
    name: 'between rows',
    run: async (db, _base, abort, ms) => {
      let last: Outcome = E.left('never')
      let first = true
      for await (const row of Db.stream(rows, { batch: 2 })(db)) {
        last = row
        if (!first) continue
        first = false
        soon(abort, ms)
        await pause(ms + 5)
      }
      return last
    },
    most: 5,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'in back-off',
    run: (db, _base, abort, ms) => {
      const conflicting = () => async (): Promise<E.Either<DbError, never>> => {
        soon(abort, ms)
        return E.left(conflict)
      }
      return retrying({ times: 5, delayMs: () => 60_000 })(conflicting)(db)()
    },
    most: 5,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'BEGIN sent',
    run: (db, _base, abort, ms) => transaction()(put(100))(withMiddleware(abortingAt(begins, abort, ms))(db))(),
    most: 2,
    ends: [cancelled('maybe'), cancelled('no'), right],
    wrote: ifRight,
  },
  {
    name: 'between statements',
    run: (db, _base, abort, ms) =>
      db.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() => {
            soon(abort, ms)
            return TE.fromTask(() => pause(ms + 5))
          }),
          TE.chainW(() => put(101)(tx)),
        ),
      )(),
    most: 5,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'ROLLBACK TO sent',
    run: (db, _base, abort) => {
      const watched = withMiddleware(abortingAt(/^ROLLBACK TO/, abort, 0))(db)
      return watched.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() =>
            pipe(
              tx.transaction()(() => TE.left('back' as const)),
              TE.orElseW((error) => (error === 'back' ? TE.right(null) : TE.left(error))),
            ),
          ),
          TE.chainW(() => TE.fromTask(() => pause(5))),
          TE.chainW(() => put(101)(tx)),
        ),
      )()
    },
    most: 0,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'before COMMIT',
    run: (db, _base, abort, ms) =>
      db.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() => {
            soon(abort, ms)
            return TE.fromTask(() => pause(ms + 5))
          }),
        ),
      )(),
    most: 5,
    ends: [cancelled('no')],
    wrote: nothing,
  },
  {
    name: 'COMMIT sent',
    run: (db, _base, abort, ms) => transaction()(put(100))(withMiddleware(abortingAt(/^COMMIT/, abort, ms))(db))(),
    most: 2,
    ends: [right],
    wrote: ifRight,
  },
  {
    name: 'after the end',
    run: async (db, _base, abort, ms) => {
      const outcome = await transaction()(put(100))(db)()
      soon(abort, ms)
      await pause(ms + 5)
      return outcome
    },
    most: 5,
    ends: [right],
    wrote: ifRight,
  },
]

describe.each(places())('abort on $label [bar 7]', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    must(await db.execute(createAll(schema({ read, written })))())
    must(await db.execute(insertInto(read)([1, 2, 3, 4, 5, 6, 7].map((id) => ({ id }))))())
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0, opening: 0 })
    await close()
  })

  it.each(moments)('$name: it ends as it should, however late in that moment', async (moment) => {
    for (const ms of numbers(20 * times, 0, moment.most)) {
      const abort = new AbortController()
      const { signal } = abort
      const outcome = await moment.run(db.having({ signal }), db, abort, ms)
      const brief = E.isLeft(outcome)
        ? { _tag: 'Left', left: { _tag: tagOf(outcome as never), sent: (outcome.left as { sent?: string }).sent } }
        : right
      expect(moment.ends).toContainEqual(brief)
      expect(getEventListeners(signal, 'abort')).toEqual([])
      const there = must(await Db.all(pipe(from(written), orderBy(written.id)))(db)())
      expect(there.map(({ id }) => id)).toEqual(moment.wrote(outcome))
      must(await db.execute(everyRow(deleteFrom(written)))())
    }
  })
})
