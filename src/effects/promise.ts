/**
 * For programs that speak Promise: an effect as a Promise that rejects with an Error, and transactions over async functions.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { Database, TransactionOptions } from './database.js'
import type { DbError } from './error.js'
import { isDbError } from './error-questions.js'
import { toError } from './promise-error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a Promise of relvar's rejects with: an Error whose `cause` is the DbError, with its tag as name and its code. */
export interface RelvarError extends Error {
  readonly code: DbError['code']
  readonly cause: DbError
}

/** A thing that an async program threw, on its way out through an Either. */
interface Thrown {
  readonly thrown: unknown
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Whether something caught is an Error of relvar's, so that its `cause` is a DbError.
 *
 * @example
 * import { from, integer, table } from 'relvar'
 * import { isRelvarError, run } from 'relvar/promise'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * const thrown: unknown = await run(db.one(from(table('nowhere', { id: integer })))).catch((error: unknown) => error)
 * assert(isRelvarError(thrown) && thrown.cause._tag === 'Sql')
 * await run(db.close())
 *
 * @category destructors
 * @since 0.1.0
 */
export const isRelvarError = (thrown: unknown): thrown is RelvarError =>
  thrown instanceof Error && isDbError(thrown.cause)

/**
 * Runs an effect. The Promise resolves with what a Right holds; for a Left it rejects, with a `RelvarError` where the Left is
 * a DbError.
 *
 * @example
 * import { from, integer, table } from 'relvar'
 * import { run } from 'relvar/promise'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * await assert.rejects(run(db.all(from(table('notes', { id: integer })))), { name: 'Sql', code: 'RV901' })
 * await run(db.close())
 *
 * @category destructors
 * @since 0.1.0
 */
export const run = async <E1, A>(effect: TaskEither<E1, A>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome)) throw toError(outcome.left)
  return outcome.right
}

/**
 * Runs an async function in a transaction: it commits when the function resolves and rolls back when it throws, and what was
 * thrown is thrown on. Use the Database that the function is given: the outer one waits for the transaction to end.
 *
 * @example
 * import { createAll, from, insertInto, integer, schema, table } from 'relvar'
 * import { inTransaction, run } from 'relvar/promise'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const notes = table('notes', { id: integer })
 * const db = sqlite('sqlite::memory:')
 * await run(db.execute(createAll(schema({ notes }))))
 * const n = await inTransaction(db)(async (tx) => {
 *   await run(tx.execute(insertInto(notes)([{ id: 1 }, { id: 2 }])))
 *   return run(tx.count(from(notes)))
 * })
 * assert.strictEqual(n, 2)
 * await run(db.close())
 *
 * @category combinators
 * @since 0.1.0
 */
export const inTransaction =
  (database: Database, options: TransactionOptions = {}) =>
  async <A>(program: (tx: Database) => Promise<A>): Promise<A> => {
    const effect = database.transaction(options)(
      (tx): TaskEither<Thrown, A> =>
        async () => {
          try {
            return E.right(await program(tx))
          } catch (thrown) {
            return E.left({ thrown })
          }
        },
    )
    const outcome = await effect()
    if (E.isRight(outcome)) return outcome.right
    throw 'thrown' in outcome.left ? outcome.left.thrown : toError(outcome.left)
  }
