/**
 * The rows of a query one after the other, while they come: as many of them are here as one batch holds.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { Load, Step } from '../compile/load.js'
import type { Reply, Statement } from '../compile/statement.js'
import { isDuration, longestMs } from './deadline.js'
import { type Answer, andThen, type Connection, type Cursor, ended, type Limits } from './driver.js'
import { dbError, defect, fromLoadError } from './error-make.js'
import type { DbError } from './error.js'
import { hold, type Use } from './hold.js'
import { abortedUnsent } from './line.js'
import { guarding, type Send } from './middleware.js'
import type { Lease } from './pool-status.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How the rows of a query are read: so many at a time, and how long a reader may take between two of them. */
export interface StreamOptions {
  /** Rows that are fetched at a time: 1 to 100,000; 1,000 where left out. */
  readonly batch?: number
  /** How long nobody may ask for a row, in milliseconds, before the connection is taken back; 60,000 where left out. */
  readonly idleTimeoutMs?: number
}

/** What a stream needs of its Database. */
export interface StreamGround {
  readonly limits: () => Limits
  /** Runs work with a connection that nothing else is sent on. */
  readonly hold: Use
  /** What stands around the opening of the cursor, and around each batch. */
  readonly around: (lease: Lease, send: Send) => Send
  readonly each: (send: Send) => Send
  /** Runs what follows from a batch while the cursor is open: the loads of its relations. */
  readonly rest: <A>(lease: Lease, load: Load<A>) => Answer<E.Either<DbError, A>>
  /** Runs a whole Load, as any other. */
  readonly run: <A>(load: Load<A>) => TaskEither<DbError, A>
  /** Is told how the stream can be ended from elsewhere, and null when it is over. */
  readonly reading: (end: ((error: DbError) => void) | null) => void
}

// -------------------------------------------------------------------------------------
// options
// -------------------------------------------------------------------------------------

const mostRows = 100_000

interface Chosen {
  readonly batch: number
  readonly idleTimeoutMs: number
}

const chosen = ({ batch = 1_000, idleTimeoutMs = 60_000 }: StreamOptions): E.Either<DbError, Chosen> => {
  const wrong =
    !Number.isInteger(batch) || batch < 1 || batch > mostRows
      ? `batch is a whole number from 1 to ${mostRows}`
      : !isDuration(idleTimeoutMs)
        ? `idleTimeoutMs is a whole number from 1 to ${longestMs}`
        : null
  return wrong === null
    ? E.right({ batch, idleTimeoutMs })
    : E.left(dbError('InvalidValue', { message: `stream: ${wrong}`, place: 'stream', statement: null, cause: null }))
}

// -------------------------------------------------------------------------------------
// cursors
// -------------------------------------------------------------------------------------

const opened: Reply = Object.freeze({ rows: [], affected: 0, insertId: null })

/** The rows of an answer that came whole. */
const wholeCursor = (reply: Reply): Cursor => {
  let at = 0
  return {
    fetch: (rows) => {
      const from = at
      at += rows
      const { answer } = reply
      const some = { ...reply, rows: reply.rows.slice(from, at) }
      return E.right(
        answer === undefined ? some : { ...some, answer: { ...answer, rows: answer.rows.slice(from, at) } },
      )
    },
    close: () => Promise.resolve(),
  }
}

const openOn = (connection: Connection, statement: Statement, limits: Limits): Answer<E.Either<DbError, Cursor>> =>
  connection.open === undefined
    ? andThen(connection.send(statement, limits), E.map(wholeCursor))
    : connection.open(statement, limits)

/** Closes a cursor; where its driver breaks its word, the connection is ended instead. */
const closed = async (lease: Lease, cursor: Cursor | null): Promise<void> => {
  try {
    const closing = cursor?.close()
    if (lease.connection.alive()) await closing
    // a session that is gone has nothing to wait for
    else closing?.catch(() => undefined)
  } catch {
    await ended(lease.connection)
  }
}

const countOf = (reply: Reply): number => reply.answer?.rows.length ?? reply.rows.length

// -------------------------------------------------------------------------------------
// streams
// -------------------------------------------------------------------------------------

const idled = (ms: number, statement: string): DbError =>
  dbError('QueryTimeout', {
    message: `nobody asked for the next row for ${ms} ms: its connection was taken back`,
    statement,
    cause: null,
    by: 'client',
  })

const tooLate = (statement: string): DbError =>
  dbError('QueryTimeout', { message: 'its time had passed', statement, cause: null, by: 'client' })

const next = <A>(step: Step<A>, reply: Reply): E.Either<DbError, Load<A>> => {
  try {
    const load = step.next(reply)
    return E.isLeft(load) ? E.left(fromLoadError(load.left)) : load
  } catch (thrown) {
    // a decoder is user code where a codec is
    return E.left(defect(thrown, step.statement.sql))
  }
}

/** The rows of a Load's first statement, each batch with what follows from it. */
async function* rowsOf<A>(
  ground: StreamGround,
  step: Step<ReadonlyArray<A>>,
  { batch, idleTimeoutMs }: Chosen,
): AsyncGenerator<E.Either<DbError, A>, void, undefined> {
  const limits = ground.limits()
  const { signal } = limits
  const { statement } = step
  const held = await hold(ground.hold, limits)
  if (E.isLeft(held)) {
    yield held
    return
  }
  const { lease, giveBack } = held.right
  let cursor: Cursor | null = null
  let outcome: E.Either<DbError, void> = E.right(undefined)
  let ending: Promise<void> | null = null
  let under: Answer<unknown> = undefined
  let unwatch = (): void => undefined

  const whileRunning = async <B>(answer: Answer<B>): Promise<B> => {
    under = answer
    const outcome = await answer
    under = undefined
    return outcome
  }
  const end = (): Promise<void> => {
    ending ??= (async () => {
      // a connection does one thing at a time, also where its reader is stopped while rows come
      await under
      unwatch()
      await closed(lease, cursor)
      ground.reading(null)
      await giveBack(outcome)
    })()
    return ending
  }
  /** Ends it while its reader is elsewhere; the reader gets the error when it comes back. */
  const endEarly = (error: DbError): void => {
    if (E.isRight(outcome)) outcome = E.left(error)
    void end()
  }
  const onAbort = (): void => endEarly(abortedUnsent())

  let asked = true

  /** Looks from time to time whether the reader of a batch has asked for a row. */
  const watch = (): void => {
    const timer = setInterval(() => {
      if (!asked) endEarly(idled(idleTimeoutMs, statement.sql))
      asked = false
    }, idleTimeoutMs)
    timer.unref()
    signal?.addEventListener('abort', onAbort, { once: true })
    unwatch = () => {
      clearInterval(timer)
      signal?.removeEventListener('abort', onAbort)
    }
  }

  const open: Send = (wanted) =>
    andThen(
      openOn(lease.connection, wanted, limits),
      E.map((made) => {
        cursor = made
        return opened
      }),
    )
  ground.reading(endEarly)
  const fetch: Send = () => {
    if (performance.now() >= limits.deadline) return E.left(tooLate(statement.sql))
    return cursor?.fetch(batch, limits) ?? E.right(opened)
  }
  const fails = (): boolean => cursor?.fails?.() === true
  const fetchNext = ground.each(guarding(lease, fetch))

  try {
    const begun = await whileRunning(ground.around(lease, open)(statement))
    if (E.isLeft(begun)) outcome = begun
    while (E.isRight(outcome)) {
      const reply = await whileRunning(fetchNext(statement))
      if (E.isLeft(reply)) {
        outcome = reply
        break
      }
      if (countOf(reply.right) === 0) break
      const load = next(step, reply.right)
      const rows = E.isLeft(load)
        ? load
        : load.right._tag === 'Done'
          ? E.right(load.right.value)
          : await whileRunning(ground.rest(lease, load.right))
      if (E.isLeft(rows)) {
        outcome = rows
        break
      }
      // watching each row would cost more than reading it
      watch()
      try {
        for (const row of rows.right) {
          if (E.isLeft(outcome)) break
          asked = true
          yield E.right(row)
        }
      } finally {
        unwatch()
      }
      // (an error that came after the last rows is fetched, too: without it they would pass for all)
      if (countOf(reply.right) < batch && !fails()) break
    }
    await end()
    if (E.isLeft(outcome)) yield outcome
  } finally {
    // its reader left early, or threw
    await end()
  }
}

const failing = <A>(error: DbError): AsyncIterable<E.Either<DbError, A>> => ({
  async *[Symbol.asyncIterator]() {
    yield E.left(error)
  },
})

/** The rows of a Load, read anew by whoever iterates. */
export const streamOf = <A>(
  ground: StreamGround,
  load: E.Either<DbError, Load<ReadonlyArray<A>>>,
  options: StreamOptions,
): AsyncIterable<E.Either<DbError, A>> => {
  const how = chosen(options)
  if (E.isLeft(how)) return failing(how.left)
  if (E.isLeft(load)) return failing(load.left)
  const first = load.right
  return {
    [Symbol.asyncIterator]: () =>
      first._tag === 'Step' && first.atomic === false ? rowsOf(ground, first, how.right) : whole(ground, first),
  }
}

/** The rows of what is no one statement: they are read at once. */
async function* whole<A>(
  ground: StreamGround,
  load: Load<ReadonlyArray<A>>,
): AsyncGenerator<E.Either<DbError, A>, void, undefined> {
  const rows = await ground.run(load)()
  if (E.isLeft(rows)) yield rows
  else for (const row of rows.right) yield E.right(row)
}
