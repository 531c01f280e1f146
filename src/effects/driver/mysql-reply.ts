/**
 * What mysql2 answers a statement with, as a Reply.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { RawRow, Reply, Statement } from '../../compile/statement.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { affectedByRows, noRows } from './reply.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What mysql2 answers with where there are no rows. */
interface Header {
  readonly affectedRows: number
  readonly insertId: number | string
  readonly serverStatus: number
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const isHeader = (result: unknown): result is Header =>
  typeof result === 'object' && result !== null && !Array.isArray(result) && 'affectedRows' in result

/** CALL answers with several results; the last one is a header. */
export const headerOf = (result: unknown): Header | null =>
  isHeader(result) ? result : Array.isArray(result) && isHeader(result.at(-1)) ? result.at(-1) : null

export const isFatal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'fatal' in error && error.fatal === true

/** What the columns are called; CALL tells the columns of each of its results. */
const namesOf = (fields: unknown): ReadonlyArray<string> => {
  if (!Array.isArray(fields)) return []
  const [first]: ReadonlyArray<unknown> = fields
  // mysql2 gives a list of the definitions of columns, or a list of such lists
  const own = (Array.isArray(first) ? first : fields) as ReadonlyArray<{ readonly name: string } | undefined>
  return own.flatMap((field) => (field === undefined ? [] : [field.name]))
}

/** KILL makes SLEEP, BENCHMARK and user locks give a value that means nothing; what was written was written. */
export const wholeOf =
  ({ text }: Statement) =>
  ({ affected }: Reply): boolean =>
    affected > 0 || text === 'control'

export const closedWhile = ({ sql }: Statement): E.Either<DbError, never> =>
  E.left(
    dbError('Connection', {
      message: 'the connection was closed while the statement ran',
      statement: sql,
      cause: null,
      phase: 'statement',
      sent: 'maybe',
    }),
  )

export const toReply = (statement: Statement, result: unknown, fields: unknown): Reply => {
  const header = headerOf(result)
  if (header === result && header !== null) {
    const insertId = BigInt(header.insertId)
    return { rows: noRows, affected: header.affectedRows, insertId: insertId === 0n ? null : insertId }
  }
  // rowsAsArray was asked for; of several results the first is given
  const rows = (header === null ? result : (result as ReadonlyArray<unknown>)[0]) as ReadonlyArray<RawRow>
  const reply = { rows, affected: header?.affectedRows ?? affectedByRows(statement, rows), insertId: null }
  return statement.text === 'once' ? { ...reply, names: namesOf(fields) } : reply
}

/**
 * mysql2 makes code of the names of a result's columns, also where rows are arrays, and closes the connection on one that is
 * called `__proto__`. Relvar reads by position, so the name may as well be another.
 */
export const withoutProto = (fields: unknown): void => {
  if (!Array.isArray(fields)) return
  for (const field of fields as ReadonlyArray<{ name: string }>) if (field.name === '__proto__') field.name = 'proto'
}
