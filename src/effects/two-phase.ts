/**
 * Transactions that were prepared (`transaction({ prepare: name })`) and are decided later, by whoever knows their name.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import { unsupported } from '../compile/compile-error.js'
import { done, type Load, step } from '../compile/load.js'
import { control, noTables } from '../compile/statement.js'
import type { Database } from './database.js'
import { dbError, fromCompileError } from './error-make.js'
import type { DbError } from './error.js'
import { isTransactionName, type TwoPhase, twoPhaseOf } from './two-phase-words.js'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What is refused where an engine has no two phases. */
export const noTwoPhases = (dialect: string): DbError =>
  fromCompileError(unsupported(dialect, 'prepare a transaction that is decided later', 'commit it'))

/** What is refused of a name. */
export const wrongName = (place: string): DbError =>
  dbError('InvalidValue', {
    message: `${place}: the name of a prepared transaction has 1 to 64 of the characters A-Z a-z 0-9 _ . : -`,
    place,
    statement: null,
    cause: null,
  })

const wordsOf = (db: Database): TwoPhase | null => (db.dialect.evaluates === true ? null : twoPhaseOf[db.dialect.name])

const decided =
  (place: string, say: (words: TwoPhase, name: string) => string) =>
  (name: string): ReaderTaskEither<Database, DbError, void> =>
  (db) => {
    const words = wordsOf(db)
    if (words === null) return () => Promise.resolve(E.left(noTwoPhases(db.dialect.name)))
    if (!isTransactionName(name)) return () => Promise.resolve(E.left(wrongName(place)))
    return db.run(step(control(say(words, name)), () => E.right(done(undefined))))
  }

/**
 * Commits a transaction that was prepared under this name: by this connection or another one, before or after a restart of the server.
 *
 * Left: `InvalidValue` where the name can't be one, `Compile` on engines without two phases, `Sql` where there is no such transaction or
 * this is asked inside another one.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { commitPrepared } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * // SQLite has no two phases
 * const outcome = await commitPrepared('transfer-17')(db)()
 * assert(E.isLeft(outcome) && outcome.left._tag === 'Compile')
 * await db.close()()
 *
 * @see https://www.postgresql.org/docs/current/sql-prepare-transaction.html
 * @see https://dev.mysql.com/doc/refman/9.7/en/xa-statements.html
 * @category combinators
 * @since 0.1.0
 */
export const commitPrepared: (name: string) => ReaderTaskEither<Database, DbError, void> = decided(
  'commitPrepared',
  (words, name) => words.commit(name),
)

/**
 * Rolls back a transaction that was prepared under this name. Lefts as those of `commitPrepared`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { rollbackPrepared } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * assert(E.isLeft(await rollbackPrepared('transfer-17')(db)()))
 * await db.close()()
 *
 * @category combinators
 * @since 0.1.0
 */
export const rollbackPrepared: (name: string) => ReaderTaskEither<Database, DbError, void> = decided(
  'rollbackPrepared',
  (words, name) => words.rollback(name),
)

/**
 * The names of the transactions that are prepared and not yet decided: after a crash, what is left to decide. On PostgreSQL those of
 * this database; on MySQL and MariaDB those of the server, where the user may see them (XA_RECOVER_ADMIN).
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { preparedTransactions } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * assert(E.isLeft(await preparedTransactions(db)()))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const preparedTransactions: ReaderTaskEither<Database, DbError, ReadonlyArray<string>> = (db) => {
  const words = wordsOf(db)
  if (words === null) return () => Promise.resolve(E.left(noTwoPhases(db.dialect.name)))
  const names: Load<ReadonlyArray<string>> = step(
    { sql: words.list, parameters: [], text: 'control', returnsRows: true, bigints: false, tables: noTables },
    ({ rows }) => E.right(done(rows.map(words.nameIn).filter((name) => name !== null))),
  )
  return db.run(names)
}
