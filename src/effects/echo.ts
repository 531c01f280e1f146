/**
 * Prints what is sent: a middleware for looking over relvar's shoulder.
 */
import * as E from 'fp-ts/lib/Either.js'

import { type Reply, shownParameters, type Statement } from '../compile/statement.js'
import type { DbError } from './error.js'
import { countsOf, showWire } from './events.js'
import type { Middleware } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What `echo` shows. */
export interface EchoOptions {
  /** Whether the values of parameters are left out: true. Those of `secret` columns always are. */
  readonly hideParameters?: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const counted = (reply: Reply): string => {
  const { rows, affected } = countsOf(reply)
  return rows > 0 || affected === 0 ? `${rows} row${rows === 1 ? '' : 's'}` : `${affected} affected`
}

const valuesOf = (statement: Statement, hidden: boolean): string => {
  const { parameters, sets } = statement
  if (hidden) return sets === undefined ? '' : ` -- ${sets.count} times`
  const runs = shownParameters(statement).map((run) => run.map(showWire).join(', '))
  if (sets === undefined) return parameters.length === 0 ? '' : ` -- ${runs.join('')}`
  return ` -- ${runs.map((run, i) => `${i + 1}: ${run}`).join('; ')}`
}

const line = (statement: Statement, outcome: E.Either<DbError, Reply>, ms: number, hideParameters: boolean): string => {
  const said = E.isLeft(outcome) ? `${outcome.left.code} ${outcome.left._tag}` : counted(outcome.right)
  return `${ms.toFixed(2)} ms, ${said}: ${statement.sql}${valuesOf(statement, hideParameters)}`
}

/**
 * Writes one line for each statement: the time it took in milliseconds, what came back, its SQL; its values only where
 * `hideParameters` is false. BEGIN, COMMIT and savepoints are among them. `listening` gives the same as data.
 *
 * @param write where the lines go, without a line break; what it throws ends the effect with a `Defect`
 *
 * @example
 * import { Db, from, integer, table, echo, withMiddleware } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const lines: Array<string> = []
 * const db = withMiddleware(echo((line) => lines.push(line)))(sqlite('sqlite::memory:'))
 * await Db.all(from(table('notes', { id: integer })))(db)()
 * assert.match(lines.join(), /ms, RV901 Sql: SELECT/)
 * await db.close()()
 *
 * @category constructors
 * @since 0.1.0
 */
export const echo =
  (write: (line: string) => void, { hideParameters = true }: EchoOptions = {}): Middleware =>
  (next) =>
  (statement) =>
  async () => {
    const since = performance.now()
    const outcome = await next(statement)()
    write(line(statement, outcome, performance.now() - since, hideParameters))
    return outcome
  }
