/**
 * `sandbox(db)`: programs whose writes nobody keeps.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { Database, TransactionOptions } from '../effects/database.js'
import type { DbError } from '../effects/error.js'

/** What a program came to, on its way out of a transaction that is rolled back. */
interface Kept<out E1, out A> {
  readonly _tag: '(sandbox)'
  readonly outcome: E.Either<E1, A>
}

const kept = <E1, A>(outcome: E.Either<E1, A>): Kept<E1, A> => ({ _tag: '(sandbox)', outcome })

const isKept = <E1, A>(error: DbError | Kept<E1, A>): error is Kept<E1, A> => error._tag === '(sandbox)'

/**
 * Runs a program in a transaction that always rolls back, whatever the program comes to: a test leaves nothing behind, and many
 * of them can run side by side on one database. Inside it, and inside another sandbox, transactions are savepoints.
 *
 * What the program gives is given. Lefts: the program's own; what a transaction can begin with. On MySQL and MariaDB DDL ends a
 * transaction, so tables are made before.
 *
 * @param db the database, or a transaction of one
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as TE from 'fp-ts/lib/TaskEither.js'
 * import { createAll, from, insertInto, integer, schema, table } from 'relvar'
 * import { memory } from 'relvar/memory'
 * import { sandbox } from 'relvar/testing'
 *
 * const notes = table('notes', { id: integer })
 * const db = memory()
 * await db.execute(createAll(schema({ notes })))()
 * const counted = await sandbox(db)((tx) =>
 *   pipe(tx.execute(insertInto(notes)({ id: 1 })), TE.chain(() => tx.count(from(notes)))),
 * )()
 * assert.deepStrictEqual(counted, E.right(1))
 * assert.deepStrictEqual(await db.count(from(notes))(), E.right(0))
 *
 * @category combinators
 * @since 0.1.0
 */
export const sandbox =
  (db: Database, options: TransactionOptions = {}) =>
  <E1, A>(program: (tx: Database) => TaskEither<E1, A>): TaskEither<E1 | DbError, A> =>
  async () => {
    const outcome = await db.transaction(options)(
      (tx): TaskEither<Kept<E1, A>, never> =>
        async () =>
          E.left(kept(await program(tx)())),
    )()
    // The program of the transaction gives nothing but a Left, so a Right cannot come out of it.
    return E.isLeft(outcome) && isKept(outcome.left) ? outcome.left.outcome : (outcome as E.Either<DbError, never>)
  }
