/**
 * Programs in transactions, and programs that are run again when they met others.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import type { Database, TransactionOptions } from './database.js'
import { after, longestMs, pause } from './deadline.js'
import type { DbError } from './error.js'
import { isDbError, isRetryable } from './error-questions.js'
import { abortedUnsent } from './line.js'
import type { Linting } from './linting.js'
import type { Middleware } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How often a program may be run again. `delayMs`: how long to wait before it is, in milliseconds; where left out, at random from
 * nothing to 10, 20, 40 … and at most 1,000. `withinMs`: it is not run again later than so long after it was first run.
 */
export interface RetryPolicy {
  readonly times: number
  readonly delayMs?: (attempt: number) => number
  readonly withinMs?: number
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** The environment with its Database replaced, and everything else that it holds. */
const provided = <R extends Database>(environment: R, database: Database): R =>
  // every field of Database is that of `database`, every other field that of the environment: together an R again
  ({ ...environment, ...database }) as R

/**
 * Runs a program in a transaction: a Right commits, a Left or a throw rolls back. Inside another transaction it is a
 * savepoint, so that its Left may be handled and the outer one goes on.
 *
 * All effects of the program go over one connection, one at a time, also when they are asked for in parallel. After a
 * statement failed the rest of its level is `TransactionClosed`, on every engine: put what may fail into a nested
 * transaction. Besides what the program ends with there is `RolledBack` where a failed statement was ignored, `CommitUnknown`
 * where the connection was lost during COMMIT, and what BEGIN and COMMIT can give.
 *
 * @param options isolation, readOnly, deferrable; an isolation that there is not is `InvalidValue` before anything is connected
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
 * import { createAll, Db, from, insertInto, integer, schema, table, transaction } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const notes = table('notes', { id: integer })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ notes })))(db)()
 * const program = pipe(
 *   Db.execute(insertInto(notes)([{ id: 1 }])),
 *   RTE.chainW(() => RTE.left('changed my mind')),
 *   transaction({ isolation: 'serializable' }),
 * )
 * assert.deepStrictEqual(await program(db)(), E.left('changed my mind'))
 * assert.deepStrictEqual(await Db.count(from(notes))(db)(), E.right(0))
 * await db.close()()
 *
 * @category combinators
 * @since 0.1.0
 */
export const transaction =
  (options: TransactionOptions = {}) =>
  <R extends Database, E1, A>(program: ReaderTaskEither<R, E1, A>): ReaderTaskEither<R, E1 | DbError, A> =>
  (environment) =>
    environment.transaction(options)((tx) => program(provided(environment, tx)))

const backOffMs = (attempt: number): number => Math.random() * Math.min(10 * 2 ** attempt, 1_000)

/** A wait that a timer takes, whatever a policy says. */
const waitable = (ms: number): number => (ms > 0 ? Math.min(ms, longestMs) : 0)

/**
 * Runs a program again when it ended with an error that another run may not meet (`isRetryable`): a conflict of transactions,
 * a server that is starting. Never after `CommitUnknown`, nor where a statement may have reached the server.
 *
 * Inside a transaction it is run once: only the outermost program can begin again, so that is the one to put this around.
 * Where the environment's signal aborts while it waits to be run again, it is not: `Cancelled`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, Db, from, integer, retrying, select, table, transaction } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const notes = table('notes', { id: integer })
 * const counted = Db.scalar(pipe(from(notes), select(count())))
 * const safe = pipe(counted, transaction({ isolation: 'serializable' }), retrying({ times: 5 }))
 * const db = sqlite('sqlite::memory:')
 * // there is no such table, which no other run can change
 * assert(E.isLeft(await safe(db)()))
 * await db.close()()
 *
 * @category combinators
 * @since 0.1.0
 */
export const retrying =
  ({ times, delayMs = backOffMs, withinMs = Number.POSITIVE_INFINITY }: RetryPolicy) =>
  <R extends Database, E1, A>(program: ReaderTaskEither<R, E1, A>): ReaderTaskEither<R, E1 | DbError, A> =>
  (environment) =>
  async () => {
    const { depth, signal } = environment
    const deadline = after(withinMs)
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await program(environment)()
      const again = E.isLeft(outcome) && isDbError(outcome.left) && isRetryable(outcome.left)
      if (!again || attempt >= times || depth > 0) return outcome
      const ms = waitable(delayMs(attempt))
      if (after(ms) > deadline) return outcome
      await pause(ms, signal)
      if (signal?.aborted === true) return E.left(abortedUnsent())
    }
  }

/**
 * Puts a middleware around every statement of an environment's effects, outside of those that are there.
 *
 * @example
 * import { echo, withMiddleware } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const loud = withMiddleware(echo(console.error))(sqlite('sqlite::memory:'))
 * assert.strictEqual(loud.depth, 0)
 *
 * @category combinators
 * @since 0.1.0
 */
export const withMiddleware =
  (middleware: Middleware) =>
  <R extends Database>(environment: R): R =>
    provided(environment, environment.having({ middleware }))

/**
 * Looks at each query and write of an environment's effects before it is sent: findings are reported, or end the effect with
 * `Left(Compile)`. It replaces the linter that was there.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { Db, from, integer, limit, table, withLint } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer })
 * const strict = withLint({ errors: ['LimitWithoutOrder'] })(sqlite('sqlite::memory:'))
 * const outcome = await Db.all(pipe(from(users), limit(3)))(strict)()
 * assert(E.isLeft(outcome) && outcome.left._tag === 'Compile' && outcome.left.error._tag === 'Linted')
 * await strict.close()()
 *
 * @category combinators
 * @since 0.1.0
 */
export const withLint =
  (linting: Linting) =>
  <R extends Database>(environment: R): R =>
    provided(environment, environment.having({ linting }))

/**
 * Gives an environment's effects a signal: once it aborts they end with `Cancelled`, and the server is told to stop.
 *
 * @example
 * import { Db, from, integer, table, withSignal } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * const stopped = await Db.all(from(table('notes', { id: integer })))(withSignal(AbortSignal.abort())(db))()
 * assert(stopped._tag === 'Left' && stopped.left._tag === 'Cancelled')
 * await db.close()()
 *
 * @category combinators
 * @since 0.1.0
 */
export const withSignal =
  (signal: AbortSignal) =>
  <R extends Database>(environment: R): R =>
    provided(environment, environment.having({ signal }))

/**
 * Gives each effect of an environment a time, in milliseconds, for all of it: waiting for a connection and every statement.
 * What takes longer ends with `PoolTimeout` or `QueryTimeout`. For a transaction it is the time of all its statements.
 *
 * @example
 * import { withTimeout } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const quick = withTimeout(500)(sqlite('sqlite::memory:'))
 * assert.strictEqual(quick.depth, 0)
 *
 * @category combinators
 * @since 0.1.0
 */
export const withTimeout =
  (timeoutMs: number) =>
  <R extends Database>(environment: R): R =>
    provided(environment, environment.having({ timeoutMs }))
