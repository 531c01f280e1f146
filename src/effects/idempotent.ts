/**
 * Programs that are done once, however often they are sent: a row with a unique key of its own is written together with what the
 * program writes.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { ClosedQuery, Query } from '../expr/query.js'
import type { Database, TransactionOptions } from './database.js'
import { dbError } from './error-make.js'
import { isDbError } from './error-questions.js'
import type { CommitUnknown, DbError } from './error.js'
import { transaction } from './transaction.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Claimed<E1, A> {
  readonly outcome: E.Either<E1 | DbError, A>
  readonly refused: DbError | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const wentBack = (cause: CommitUnknown): DbError =>
  dbError('RolledBack', {
    message: 'the connection was lost during COMMIT, and nothing of the transaction is there: it may be run again',
    statement: cause.statement,
    cause,
  })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Runs a program in a transaction that first inserts a row with a key of its own: none where that row was there already, so that
 * the program has been done before; else some of what the program gave. It may be run again, by this process or another one,
 * whatever an earlier run ended with: what it writes is written once.
 *
 * A lost COMMIT is looked into: the row is inserted once more and rolled back. Where it is there, the program was done; where it is
 * not, the transaction cannot come to life any more, and the Left is `RolledBack`. Where that can't be asked, the Left stays
 * `CommitUnknown`. Besides it is what `transaction` and the program end with; `UniqueViolation` is the program's own.
 *
 * @param claim an insert whose key nobody uses for anything else: of a message, a request, a transfer
 * @param options those of `transaction`
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { add, createAll, Db, everyRow, idempotent, insertInto, integer, primaryKey, schema, set, table, update, varchar } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const purse = table('purse', { coins: integer })
 * const payments = table('payments', { key: pipe(varchar(40), primaryKey), coins: integer })
 * const pay = (key: string, coins: number) =>
 *   pipe(
 *     Db.execute(pipe(update(purse), set({ coins: add(purse.coins, coins) }), everyRow)),
 *     idempotent(insertInto(payments)({ key, coins })),
 *   )
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ purse, payments })))(db)()
 * assert(E.isRight(await pay('a1', 5)(db)()))
 * assert.deepStrictEqual(await pay('a1', 5)(db)(), E.right(O.none))
 * await db.close()()
 *
 * @category combinators
 * @since 0.1.0
 */
export const idempotent =
  <P, S extends string, Out extends string, F extends string>(
    claim: Query<P, S, Out, F, 'insert'> & ClosedQuery<F>,
    options: TransactionOptions = {},
  ) =>
  <R extends Database, E1, A>(program: ReaderTaskEither<R, E1, A>): ReaderTaskEither<R, E1 | DbError, O.Option<A>> =>
  (environment) => {
    /** Runs a program after the row was inserted. `refused`: why it was not. */
    const claimed = async <E2, B>(then: ReaderTaskEither<R, E2, B>): Promise<Claimed<E2, B>> => {
      let refused: DbError | null = null
      const outcome = await pipe(
        (tx: R): TaskEither<E2 | DbError, B> =>
          async () => {
            const inserted = await tx.execute(claim)()
            if (E.isRight(inserted)) return then(tx)()
            refused = inserted.left
            return inserted
          },
        transaction(options),
      )(environment)()
      return { outcome, refused }
    }

    /** Whether the row is there; null where that can't be told. Who is about to write it is waited for. */
    const isThere = async (): Promise<boolean | null> => {
      const { outcome } = await claimed(() => TE.left('back' as const))
      if (E.isRight(outcome) || outcome.left === 'back') return false
      return outcome.left._tag === 'UniqueViolation' ? true : null
    }

    return async () => {
      /** What the program gave, for where the answer to COMMIT is lost. */
      let gave: O.Option<A> = O.none
      const { outcome, refused } = await claimed((tx) => async () => {
        const ran = await program(tx)()
        if (E.isRight(ran)) gave = O.some(ran.right)
        return ran
      })
      if (E.isRight(outcome)) return E.right(gave)
      const error = outcome.left
      if (!isDbError(error)) return E.left(error)
      if (error === refused) return error._tag === 'UniqueViolation' ? E.right(O.none) : E.left(error)
      // (where nobody waits for another transaction, a key that both insert is found at COMMIT)
      if (error._tag === 'UniqueViolation') return (await isThere()) === true ? E.right(O.none) : E.left(error)
      if (error._tag !== 'CommitUnknown') return E.left(error)
      const there = await isThere()
      return there === null ? E.left(error) : there ? E.right(gave) : E.left(wentBack(error))
    }
  }
