/**
 * Whether a database answers.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import { done, type Load, step } from '../compile/load.js'
import { noTables } from '../compile/statement.js'
import type { DbError } from './error.js'

const question: Load<boolean> = step(
  { sql: 'SELECT 1', parameters: [], text: 'once', returnsRows: true, bigints: false, tables: noTables },
  () => E.right(done(true)),
)

const gone: ReadonlySet<string> = new Set(['connect', 'statement', 'closed'])

/** Nobody is there, or nobody has room; a login or a driver that is not right is for a person to see. */
const isAway = (error: DbError): boolean =>
  error._tag === 'Unavailable' || (error._tag === 'Connection' && gone.has(error.phase))

/** Asks the smallest question over one connection: true where there is an answer, false where nobody is there to give one. */
export const pinging =
  (run: <A>(load: Load<A>) => TaskEither<DbError, A>): TaskEither<DbError, boolean> =>
  async () => {
    const outcome = await run(question)()
    return E.isLeft(outcome) && isAway(outcome.left) ? E.right(false) : outcome
  }
