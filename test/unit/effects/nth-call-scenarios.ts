// What programs do, from one query to a flush while others wait: each is run with its first, second, third … call failing.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

import type { Hooks } from '../../../src/effects/hooks.js'
import type { PoolPolicy } from '../../../src/effects/pool-policy.js'
import {
  createAll,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  eq,
  everyRow,
  from,
  include,
  insertInto,
  integer,
  many,
  orderBy,
  primaryKey,
  retrying,
  schema,
  set,
  table,
  transaction,
  Uow,
  update,
  where,
} from '../../../src/index.js'
import { memory } from '../../../src/memory.js'
import type { Tables } from '../../../src/interpret/tables.js'
import { loads } from './fake.js'

const read = table('read', { id: pipe(integer, primaryKey), n: integer })
const parts = table('parts', { id: pipe(integer, primaryKey), of: integer })
const written = table('written', { id: pipe(integer, primaryKey), n: integer })
const all = schema({ read, parts, written })

/** What is there before each scenario. */
export const prepared = async (): Promise<Tables> => {
  const db = memory()
  const ids = [1, 2, 3, 4, 5]
  for (const effect of [
    db.execute(createAll(all)),
    db.execute(insertInto(read)(ids.map((id) => ({ id, n: 0 })))),
    db.execute(insertInto(parts)(ids.map((id) => ({ id, of: id })))),
  ])
    await effect()
  return db.tables()
}

/** What was written. */
export const writtenIn = async (db: Database): Promise<E.Either<DbError, ReadonlyArray<number>>> => {
  const rows = await db.all(pipe(from(written), orderBy(written.id)))()
  return E.map((some: ReadonlyArray<{ readonly id: number }>) => some.map(({ id }) => id))(rows)
}

type Outcome = E.Either<unknown, unknown>

/** `wrote`: what a Right has written. `whole`: all of it or nothing. `boundMs`: how long it may take with a second for each effect. */
export interface Scenario {
  readonly name: string
  readonly run: (db: Database) => Promise<Outcome>
  readonly wrote?: ReadonlyArray<number>
  readonly whole?: boolean
  readonly boundMs?: number
  readonly policy?: PoolPolicy
  readonly hooks?: Hooks
  readonly poolSize?: number
}

/** The time of each effect, in milliseconds. */
export const timeoutMs = 1_000

export const put = (id: number) => (db: Database) => Db.execute(insertInto(written)({ id, n: 0 }))(db)
const remove = (id: number) => (db: Database) => Db.execute(pipe(deleteFrom(written), where(eq(written.id, id))))(db)
export const rows = pipe(from(read), orderBy(read.id))
const withParts = pipe(rows, include({ parts: many(pipe(from(parts), where(eq(parts.of, read.id)))) }))
const both = (first: number, second: number) =>
  pipe(
    put(first),
    RTE.chain(() => put(second)),
  )

const drained = async <A>(
  stream: AsyncIterable<E.Either<DbError, A>>,
  most = Infinity,
): Promise<E.Either<DbError, number>> => {
  let count = 0
  for await (const one of stream) {
    if (E.isLeft(one)) return one
    count += 1
    if (count >= most) break
  }
  return E.right(count)
}

const asEffect =
  <A>(stream: (db: Database) => AsyncIterable<E.Either<DbError, A>>) =>
  (db: Database): TaskEither<DbError, number> =>
  () =>
    drained(stream(db))

/** The first Left of several, or the last Right. */
const worst = (outcomes: ReadonlyArray<Outcome>): Outcome => outcomes.find(E.isLeft) ?? E.right(outcomes.length)

const held = async (db: Database, work: (db: Database) => TaskEither<DbError, unknown>, how: 'release' | 'discard') => {
  const mine = await db.acquire()
  if (E.isLeft(mine)) return mine
  const outcome = await work(mine.right)()
  await mine.right[how]()
  return outcome
}

const flushed = (db: Database): Promise<Outcome> => {
  const [, one] = Uow.insert(written)({ id: 100, n: 1 })(Uow.empty(all))
  const [, two] = Uow.insert(written)({ id: 101, n: 2 })(one)
  return Uow.flush(two)(db)()
}

const ended: PoolPolicy = { reset: 'full' }
const plain = (effect: (db: Database) => TaskEither<unknown, unknown>) => (db: Database) => effect(db)()

export const scenarios: ReadonlyArray<Scenario> = [
  { name: 'a query', run: plain(Db.all(rows)) },
  { name: 'a query of one row', run: plain(Db.one(pipe(rows, where(eq(read.id, 1))))) },
  { name: 'a query with an include', run: plain(Db.all(withParts)) },
  { name: 'a write', run: plain(put(100)), wrote: [100] },
  { name: 'an update of every row', run: plain(Db.execute(everyRow(pipe(update(read), set({ n: 1 }))))) },
  { name: 'a load in parts', run: (db) => db.run(loads(['a', 'b', 'c'], false))() },
  { name: 'a load in parts as one', run: (db) => db.run(loads(['a', 'b', 'c'], true))() },
  { name: 'a ping', run: (db) => db.ping() },
  { name: 'a transaction', run: plain(transaction()(both(100, 101))), wrote: [100, 101], whole: true },
  {
    name: 'a serializable transaction',
    run: plain(transaction({ isolation: 'serializable' })(both(100, 101))),
    wrote: [100, 101],
    whole: true,
  },
  { name: 'a transaction that reads', run: plain(transaction({ readOnly: true })(Db.all(rows))) },
  {
    name: 'a transaction in parallel',
    run: (db) => db.transaction()((tx) => TE.sequenceArray([put(100)(tx), put(101)(tx), put(102)(tx)]))(),
    wrote: [100, 101, 102],
    whole: true,
  },
  {
    name: 'a transaction that goes back',
    run: (db) =>
      db.transaction()((tx) =>
        pipe(
          put(100)(tx),
          TE.chainW(() => TE.left({ _tag: 'Mine' })),
        ),
      )(),
    whole: true,
  },
  {
    name: 'a transaction that throws',
    run: (db) =>
      db.transaction()((tx) => async (): Promise<E.Either<DbError, never>> => {
        await put(100)(tx)()
        throw new Error('mine')
      })(),
    whole: true,
  },
  {
    name: 'a transaction that forgets an effect',
    run: (db) =>
      db.transaction()((tx) => async () => {
        void Db.all(rows)(tx)()
        return E.right(null)
      })(),
  },
  {
    name: 'a nested transaction',
    run: plain(
      transaction()(
        pipe(
          put(100),
          RTE.chain(() => transaction()(put(101))),
        ),
      ),
    ),
    wrote: [100, 101],
    whole: true,
  },
  {
    name: 'a nested transaction that goes back',
    run: plain(
      transaction()(
        pipe(
          put(100),
          RTE.chain(() =>
            pipe(
              transaction()(
                pipe(
                  put(101),
                  RTE.chainW(() => RTE.left('back' as const)),
                ),
              ),
              RTE.orElseW((error) => (error === 'back' ? RTE.right(null) : RTE.left(error))),
            ),
          ),
        ),
      ),
    ),
    wrote: [100],
    whole: true,
  },
  {
    name: 'three levels',
    run: plain(transaction()(transaction()(transaction()(both(100, 101))))),
    wrote: [100, 101],
    whole: true,
  },
  {
    name: 'a retried transaction',
    run: plain(retrying({ times: 3 })(transaction({ isolation: 'serializable' })(both(100, 101)))),
    wrote: [100, 101],
    whole: true,
    // four runs, each with a second of its own, and three waits
    boundMs: 11_000,
  },
  {
    name: 'a stream',
    run: plain(asEffect(Db.stream(rows, { batch: 2 }))),
  },
  { name: 'a stream with an include', run: plain(asEffect(Db.stream(withParts, { batch: 2 }))), boundMs: 5_000 },
  { name: 'a stream that is left', run: (db) => drained(Db.stream(rows, { batch: 2 })(db), 3) },
  {
    name: 'a stream in a transaction',
    run: plain(
      transaction()(
        pipe(
          put(100),
          RTE.chain(() => asEffect(Db.stream(rows, { batch: 2 }))),
        ),
      ),
    ),
    wrote: [100],
    whole: true,
  },
  {
    name: 'a transaction that ends while a stream of it is read',
    run: (db) =>
      db.transaction()((tx) => async (): Promise<E.Either<DbError, null>> => {
        const iterator = Db.stream(rows, { batch: 2 })(tx)[Symbol.asyncIterator]()
        await iterator.next()
        return E.right(null)
      })(),
  },
  {
    name: 'an acquired connection',
    run: (db) => held(db, both(100, 101), 'release'),
    wrote: [100, 101],
    boundMs: 5_000,
  },
  {
    name: 'an acquired connection that is ended',
    run: (db) => held(db, put(100), 'discard'),
    wrote: [100],
    boundMs: 4_000,
  },
  {
    name: 'a transaction on an acquired connection',
    run: (db) => held(db, transaction()(both(100, 101)), 'release'),
    wrote: [100, 101],
    whole: true,
    boundMs: 4_000,
  },
  { name: 'a flush', run: flushed, wrote: [100, 101], whole: true },
  {
    name: 'a flush in a transaction',
    run: (db) => db.transaction()((tx) => () => flushed(tx) as Promise<E.Either<DbError, unknown>>)(),
    wrote: [100, 101],
    whole: true,
  },
  {
    name: 'more effects than connections',
    run: async (db) => worst(await Promise.all([1, 2, 3, 4, 5].map(() => Db.all(rows)(db)()))),
  },
  {
    name: 'more transactions than connections',
    run: async (db) => worst(await Promise.all([100, 101, 102].map((id) => transaction()(put(id))(db)()))),
    wrote: [100, 101, 102],
  },
  {
    name: 'a write that is undone by hand',
    run: plain(
      pipe(
        put(100),
        RTE.chain(() => remove(100)),
      ),
    ),
    boundMs: 4_000,
  },
  {
    name: 'a session made anew each time',
    run: plain(transaction()(both(100, 101))),
    policy: ended,
    wrote: [100, 101],
    whole: true,
  },
  {
    name: 'a connection that is asked whether it is there',
    run: async (db) => {
      const first = await Db.all(rows)(db)()
      await new Promise((resolve) => setTimeout(resolve, 100))
      return worst([first, await Db.all(rows)(db)()])
    },
    policy: { pingAfterIdleMs: 50 },
    boundMs: 4_100,
  },
  {
    name: 'an overflow',
    run: async (db) => worst(await Promise.all([1, 2, 3].map(() => Db.all(rows)(db)()))),
    policy: { overflow: 2 },
    poolSize: 1,
  },
  {
    name: 'connections with a hook',
    run: plain(Db.all(rows)),
    hooks: { onConnect: (db) => Db.all(rows)(db), onFirstConnect: (db) => Db.all(rows)(db) },
  },
  {
    name: 'recycled while it is used',
    run: async (db) => {
      const running = Db.all(rows)(db)()
      db.recycle()
      return worst([await running, await Db.all(rows)(db)()])
    },
    boundMs: 4_000,
  },
  {
    name: 'closed while it is used',
    run: async (db) => {
      const running = [1, 2, 3].map(() => Db.all(rows)(db)())
      await Promise.resolve()
      const closing = db.close(500)()
      const ran = await Promise.all(running)
      await closing
      // who waits is refused: that is no failure of this scenario
      return E.right(ran.length)
    },
    boundMs: 5_000,
  },
]
