/**
 * Programs in transactions, and programs that are run again when they met others.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import type { Database, TransactionOptions } from './database.js'
import { pause } from './deadline.js'
import type { DbError } from './error.js'
import { isDbError, isRetryable } from './error-questions.js'
import type { Middleware } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How often a program may be run again, and how long to wait before it is, in milliseconds (from a few, doubled, at random). */
export interface RetryPolicy {
  readonly times: number
  readonly delayMs?: (attempt: number) => number
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
 * @param options isolation, readOnly, deferrable; throws a TypeError where the isolation is none that there is
 *
 * @example
 * import { Db, transaction } from 'relvar'
 *
 * const moved = pipe(
 *   Db.execute(withdraw),
 *   RTE.chain(() => Db.execute(deposit)),
 *   transaction({ isolation: 'serializable' }),
 * )
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

/**
 * Runs a program again when it ended with an error that another run may not meet (`isRetryable`): a conflict of transactions,
 * a server that is starting. Never after `CommitUnknown`, nor where a statement may have reached the server.
 *
 * Inside a transaction it is run once: only the outermost program can begin again, so that is the one to put this around.
 *
 * @example
 * import { retrying, transaction } from 'relvar'
 *
 * const safe = pipe(moved, transaction({ isolation: 'serializable' }), retrying({ times: 5 }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const retrying =
  ({ times, delayMs = backOffMs }: RetryPolicy) =>
  <R extends Database, E1, A>(program: ReaderTaskEither<R, E1, A>): ReaderTaskEither<R, E1, A> =>
  (environment) =>
  async () => {
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await program(environment)()
      const again = E.isLeft(outcome) && isDbError(outcome.left) && isRetryable(outcome.left)
      if (!again || attempt >= times || environment.depth > 0) return outcome
      await pause(delayMs(attempt))
    }
  }

/**
 * Puts a middleware around every statement of an environment's effects, outside of those that are there.
 *
 * @example
 * import { echo, withMiddleware } from 'relvar'
 *
 * const loud = withMiddleware(echo((line) => process.stderr.write(`${line}\n`)))(db)
 *
 * @category combinators
 * @since 0.1.0
 */
export const withMiddleware =
  (middleware: Middleware) =>
  <R extends Database>(environment: R): R =>
    provided(environment, environment.having({ middleware }))

/**
 * Gives an environment's effects a signal: once it aborts they end with `Cancelled`, and the server is told to stop.
 *
 * @example
 * import { withSignal } from 'relvar'
 *
 * const impatient = withSignal(AbortSignal.timeout(5_000))(db)
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
 *
 * const quick = withTimeout(500)(db)
 *
 * @category combinators
 * @since 0.1.0
 */
export const withTimeout =
  (timeoutMs: number) =>
  <R extends Database>(environment: R): R =>
    provided(environment, environment.having({ timeoutMs }))
