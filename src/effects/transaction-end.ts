/**
 * How a transaction begins and ends on a connection. COMMIT has four answers: committed, refused, rolled back, unknown.
 */
import * as E from 'fp-ts/lib/Either.js'

import { unsupported } from '../compile/compile-error.js'
import { control } from '../compile/statement.js'
import { after } from './deadline.js'
import { type Begin, type Connection, type Driver, ended } from './driver.js'
import { dbError, fromCompileError } from './error-make.js'
import type { DbError } from './error.js'
import type { Send } from './middleware.js'
import { noTwoPhases } from './two-phase.js'
import { twoPhaseOf } from './two-phase-words.js'

const commitStatement = control('COMMIT')
const rollbackStatement = control('ROLLBACK')

/** How long putting a session back may take where its middleware stands in the way, in milliseconds. */
const putBackMs = 1_000

/** Sends fixed texts in order until one fails. */
export const sendAll = async (send: Send, texts: ReadonlyArray<string>): Promise<E.Either<DbError, void>> => {
  for (const text of texts) {
    const outcome = await send(control(text))
    if (E.isLeft(outcome)) return outcome
  }
  return E.right(undefined)
}

const lacking = (driver: Driver, feature: string, instead: string): E.Either<DbError, never> =>
  E.left(fromCompileError(unsupported(driver.dialect.name, feature, instead)))

const hasLocal = ({ settings = {}, role = null }: Begin): boolean => role !== null || Object.keys(settings).length > 0

/** What ends a transaction as its program wants it, and what undoes it; `last` is what its outcome hangs on. */
interface Ends {
  readonly keep: ReadonlyArray<string>
  readonly undo: ReadonlyArray<string>
  readonly last: string
  readonly keepsSession: boolean
}

const plainEnds: Ends = { keep: [], undo: ['ROLLBACK'], last: 'COMMIT', keepsSession: false }

const endsOf = ({ dialect }: Driver, { prepare = null }: Begin): Ends => {
  const words = prepare === null || dialect.evaluates === true ? null : twoPhaseOf[dialect.name]
  if (prepare === null || words === null) return plainEnds
  const all = words.prepare(prepare)
  return {
    keep: all.slice(0, -1),
    undo: words.undo(prepare),
    last: all[all.length - 1] ?? plainEnds.last,
    keepsSession: words.keepsSession,
  }
}

/** Begins a transaction, with what holds in it alone. */
export const begin = async (driver: Driver, options: Begin, send: Send): Promise<E.Either<DbError, void>> => {
  if (options.resolvable === true && driver.numbered === undefined)
    return lacking(
      driver,
      'tell afterwards what became of a transaction',
      'put a row with a unique key of its own into it (idempotent)',
    )
  if ((options.prepare ?? null) !== null && endsOf(driver, options) === plainEnds)
    return E.left(noTwoPhases(driver.dialect.name))
  if (!hasLocal(options)) return sendAll(send, driver.begin(options))
  if (driver.local === undefined)
    return lacking(driver, 'give one transaction settings or a role of its own', 'give the value to each statement')
  const begun = await sendAll(send, driver.begin(options))
  if (E.isLeft(begun)) return begun
  for (const statement of driver.local(options)) {
    const done = await send(statement)
    if (E.isLeft(done)) return done
  }
  return begun
}

/**
 * Undoes what `begin` set for the session: without any middleware where that stands in the way, since the next transaction must
 * not find it. A session that can't be put back is not used again.
 */
const putBack = async (driver: Driver, options: Begin, connection: Connection, send: Send): Promise<void> => {
  const texts = driver.afterwards(options)
  if (texts.length === 0 || !connection.alive()) return
  if (connection.inTransaction() === false && E.isRight(await sendAll(send, texts))) return
  const ending = connection.inTransaction() === false ? [] : endsOf(driver, options).undo
  try {
    const limits = { signal: null, deadline: after(putBackMs) }
    const undone = await sendAll((statement) => connection.send(statement, limits), [...ending, ...texts])
    if (E.isRight(undone)) return
  } catch {
    // a driver that throws has not put anything back
  }
  await ended(connection)
}

/** Rolls back, and undoes what `begin` set. Where that fails the pool sees an open transaction and drops the connection. */
export const rollback = async (driver: Driver, options: Begin, connection: Connection, send: Send): Promise<void> => {
  if (!connection.alive()) return
  if (connection.inTransaction() !== false) for (const text of endsOf(driver, options).undo) await send(control(text))
  await putBack(driver, options, connection, send)
}

/** After a BEGIN that failed: a level that MySQL keeps for the next transaction must not wait for another one than its own. */
export const abandon = async (driver: Driver, options: Begin, connection: Connection, send: Send): Promise<void> => {
  if (options.isolation !== null && connection.alive() && connection.inTransaction() === false)
    await send(rollbackStatement)
  await rollback(driver, options, connection, send)
}

/** The number of the transaction that is open, where it is wanted and it has written something. */
export const numberOf = async (
  driver: Driver,
  options: Begin,
  send: Send,
): Promise<E.Either<DbError, string | null>> => {
  if (options.resolvable !== true || driver.numbered === undefined) return E.right(null)
  const reply = await send(driver.numbered)
  if (E.isLeft(reply)) return reply
  const number = reply.right.rows[0]?.[0]
  return E.right(typeof number === 'string' ? number : null)
}

const unknown = (
  statement: string,
  transaction: string | null,
  cause: DbError,
  what = 'the connection was lost',
): DbError =>
  dbError('CommitUnknown', {
    message: `${what} while ${statement} was under way: the transaction may have been committed or not; look in the database before you try again`,
    statement,
    cause,
    transaction,
  })

const wasUnsent = (error: DbError): boolean => error._tag === 'Connection' && error.sent === 'no'

/** Commits. After a Left nothing of the transaction is left open, and only `CommitUnknown` leaves open what happened. */
export const commit = async (
  driver: Driver,
  options: Begin,
  connection: Connection,
  send: Send,
  transaction: string | null,
): Promise<E.Either<DbError, unknown>> => {
  const { keep, last, keepsSession } = endsOf(driver, options)
  const before = await sendAll(send, keep)
  if (E.isLeft(before)) {
    await rollback(driver, options, connection, send)
    return before
  }
  const outcome = await send(last === plainEnds.last ? commitStatement : control(last))
  if (E.isRight(outcome)) {
    if (keepsSession) await ended(connection)

    // it is committed all the same
    await putBack(driver, options, connection, send)
    return outcome
  }
  if (!connection.alive()) return wasUnsent(outcome.left) ? outcome : E.left(unknown(last, transaction, outcome.left))
  if (outcome.left._tag === 'Defect' && connection.inTransaction() !== true) {
    // a middleware that threw: before the answer, or after it
    await rollback(driver, options, connection, send)
    return E.left(unknown(last, transaction, outcome.left, 'a middleware threw'))
  }
  await rollback(driver, options, connection, send)
  return outcome
}
