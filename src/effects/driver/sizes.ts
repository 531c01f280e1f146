/**
 * How much may go over a connection in one piece: what is too large for a server is not sent, and an answer that is too large for
 * this process is not read to its end.
 */
import type { Statement, Wire } from '../../compile/statement.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The most that may be asked for as `maxResultBytes`: no string is longer, and pg and mysql2 throw where nobody can catch. */
export const mostResultBytes = 2 ** 29 - 2 ** 20

/** A request of at most so many bytes fits into every server: what it takes is not looked up. */
export const smallRequest = 2 ** 18

/** The largest message that PostgreSQL takes, and the most values of a statement: pg counts more from 0 again. */
export const postgresRequest = 2 ** 30 - 1
export const postgresValues = 65_535

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** No value of one character needs more bytes. */
const widest = 3

const mostBytes = (value: Wire): number =>
  typeof value === 'string' ? value.length * widest : typeof value === 'object' && value !== null ? value.byteLength : 9

const bytes = (value: Wire): number => (typeof value === 'string' ? Buffer.byteLength(value) : mostBytes(value))

const sum = (statement: Statement, of: (value: Wire) => number): number => {
  let total = of(statement.sql)
  for (const parameter of statement.parameters) total += of(parameter)
  return total
}

/** Whether a statement with its values needs more bytes than so many. Most do not, which their lengths tell at once. */
export const isLarger = (statement: Statement, than: number): boolean =>
  sum(statement, mostBytes) > than && sum(statement, bytes) > than

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What a request ends with that was not sent. */
export const requestTooLarge = (server: string, { sql }: Statement, most: number): DbError =>
  dbError('ResourceLimit', {
    message: `${server} takes at most ${most} bytes at a time; nothing was sent: send less, or in parts`,
    statement: sql,
    cause: null,
  })

/** What a statement of too many values ends with. */
export const tooManyValues = (server: string, { sql }: Statement, most: number): DbError =>
  dbError('ResourceLimit', {
    message: `${server} takes at most ${most} values in a statement; nothing was sent`,
    statement: sql,
    cause: null,
  })

/** What a statement ends with whose answer was not read to its end. */
export const resultTooLarge = ({ sql }: Statement, most: number): DbError =>
  dbError('ResourceLimit', {
    message: `the answer has more than ${most} bytes (maxResultBytes): its connection was ended; read it with a stream, or ask for less`,
    statement: sql,
    cause: null,
  })
