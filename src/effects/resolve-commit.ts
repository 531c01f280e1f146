/**
 * What became of a transaction whose COMMIT got no answer.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import { done, type Load, step } from '../compile/load.js'
import { noTables } from '../compile/statement.js'
import type { Database } from './database.js'
import { after, pause } from './deadline.js'
import { dbError } from './error-make.js'
import type { CommitUnknown, DbError } from './error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * `inProgress`: the server has not noticed yet that nobody waits for it any more, so it may become either. `forgotten`: it was so
 * long ago that the server does not know.
 */
export type CommitOutcome = 'committed' | 'rolledBack' | 'inProgress' | 'forgotten'

/** How long to ask again while the transaction is in progress, in milliseconds. */
export interface ResolveOptions {
  readonly withinMs?: number
}

/** How long to wait between two questions, in milliseconds. */
const againMs = 100

const outcomes: Readonly<Record<string, CommitOutcome>> = {
  committed: 'committed',
  aborted: 'rolledBack',
  'in progress': 'inProgress',
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const statusOf = (transaction: string): Load<CommitOutcome> =>
  step(
    {
      sql: 'SELECT pg_xact_status($1::xid8)',
      parameters: [transaction],
      text: 'compiled',
      returnsRows: true,
      bigints: false,
      tables: noTables,
    },
    ({ rows }) => E.right(done(outcomes[String(rows[0]?.[0])] ?? 'forgotten')),
  )

const withoutNumber = (): DbError =>
  dbError('InvalidValue', {
    message:
      'resolveCommit: the error has no number of its transaction: begin that with transaction({ resolvable: true }) on PostgreSQL; where it is there, the transaction had written nothing',
    place: 'error',
    statement: null,
    cause: null,
  })

/**
 * Asks PostgreSQL what became of a transaction that ended with `CommitUnknown` and had been begun with `resolvable`
 * (`pg_xact_status`). While it is in progress it is asked again: a server that lost its client ends what it did for it.
 *
 * Left: `InvalidValue` where the error names no transaction, and what asking can end with. On other engines see `idempotent`.
 *
 * @param options withinMs: how long to ask again, in milliseconds (5,000)
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { type Database, type DbError, resolveCommit } from 'relvar'
 *
 * // whether what ended with this error is there: null where nobody knows
 * const isThere = async (db: Database, error: DbError): Promise<boolean | null> => {
 *   if (error._tag !== 'CommitUnknown') return false
 *   const outcome = await resolveCommit(error)(db)()
 *   return E.isLeft(outcome) || outcome.right === 'inProgress' || outcome.right === 'forgotten' ? null : outcome.right === 'committed'
 * }
 * assert.strictEqual(typeof isThere, 'function')
 *
 * @see https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-PG-SNAPSHOT
 * @category destructors
 * @since 0.1.0
 */
export const resolveCommit =
  (
    { transaction }: CommitUnknown,
    { withinMs = 5_000 }: ResolveOptions = {},
  ): ReaderTaskEither<Database, DbError, CommitOutcome> =>
  (db) =>
  async () => {
    if (transaction === null) return E.left(withoutNumber())
    const deadline = after(withinMs)
    for (;;) {
      const outcome = await db.run(statusOf(transaction))()
      const open = E.isRight(outcome) && outcome.right === 'inProgress'
      if (!open || after(againMs) > deadline || db.signal?.aborted === true) return outcome
      await pause(againMs, db.signal)
    }
  }
