/**
 * One level of a transaction, the outermost or a savepoint's: what may still be sent on it, and why not.
 *
 * A level sends one thing at a time. After a statement of it failed nothing more is sent on it, on every engine (PostgreSQL
 * would refuse, the others would go on and commit half); the level around it may go on. Once the server has no transaction
 * any more (a deadlock on MySQL, a lost connection, a COMMIT in raw SQL) nothing is sent on any level.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Reply, Statement } from '../compile/statement.js'
import type { Answer, Connection } from './driver.js'
import { andThen } from './driver.js'
import { dbError } from './error-make.js'
import type { DbError } from './error.js'
import type { Send, Within } from './middleware.js'
import { type Holder, holderOf, type Lease } from './pool-status.js'
import type { Turn } from './turn.js'
import { makeTurn } from './turn.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What all levels of one transaction share. `ended`: why the server has no transaction any more. */
export interface Ground {
  readonly lease: Lease
  ended: DbError | null
}

/** Is told whether what was written stays: true after COMMIT, false after a rollback. */
export type Decided = (stays: boolean) => void

/**
 * One level. `failed`: the first statement of it that failed. `over`: its program has come to an end. `waiting`: who wants to
 * know whether what was written on it stays.
 */
export interface Level {
  readonly ground: Ground
  readonly depth: number
  readonly readOnly: boolean
  readonly turn: Turn
  readonly waiting: Array<Decided>
  /** What middleware is told of it. */
  readonly within: Within
  failed: DbError | null
  over: boolean
  /** Ends the stream whose rows are being read; null where there is none. */
  reading: ((error: DbError) => void) | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const heldBy = (holder: Holder) => ({ oldest: holder, holders: [holder] })

const turnTimeout =
  (ground: Ground) =>
  (waitedMs: number): DbError =>
    dbError('PoolTimeout', {
      message: `the transaction was busy for ${Math.round(waitedMs)} ms; it ran last: ${ground.lease.statement ?? '(nothing yet)'}. An effect on the outer level inside a nested transaction waits for itself: use the nested one's Database`,
      statement: null,
      cause: null,
      size: 1,
      waiting: 1,
      waitedMs,
      ...heldBy(holderOf(ground.lease, performance.now())),
    })

/** A level on which nothing has happened. */
export const makeLevel = (
  ground: Ground,
  depth: number,
  readOnly: boolean,
  timeoutMs: number,
  outer: Within | null = null,
): Level => {
  const waiting: Array<Decided> = []
  return {
    ground,
    depth,
    readOnly,
    turn: makeTurn(timeoutMs, turnTimeout(ground)),
    waiting,
    within: Object.freeze({ depth, outer, decided: (listener: Decided) => void waiting.push(listener) }),
    failed: null,
    over: false,
    reading: null,
  }
}

/** What is sent to nobody: the reason stands in the cause. */
export const closedError = (why: string, statement: string | null, cause: DbError | null): DbError =>
  dbError('TransactionClosed', { message: `${why}; nothing was sent`, statement, cause })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Tells everyone who waits on the level. A listener is user code: what it throws is nobody's answer. */
export const decide = (level: Level, stays: boolean): void => {
  for (const decided of level.waiting.splice(0)) {
    try {
      decided(stays)
    } catch {
      // the transaction has ended as it has
    }
  }
}

/** What was written on a savepoint's level stays where what is around it stays. */
export const passOn = (level: Level, parent: Level): void => {
  parent.waiting.push(...level.waiting.splice(0))
}

const refusal = (level: Level, { sql, tables }: Statement): DbError | null => {
  const { ground } = level
  if (ground.ended !== null) return closedError('the server has ended the transaction', sql, ground.ended)
  if (level.over) return closedError('the transaction is over', sql, null)
  if (level.failed !== null) {
    const advice = 'an earlier statement of the transaction failed: what may fail goes into a nested transaction'
    return closedError(advice, sql, level.failed)
  }
  return level.readOnly && tables.writes.length > 0
    ? dbError('ReadOnly', {
        message: 'a write in a read-only transaction; nothing was sent',
        statement: sql,
        cause: null,
      })
    : null
}

const unsent = (error: DbError): boolean => error._tag === 'Cancelled' && error.sent === 'no'

/** Keeps in mind what an answer means for the level and the ground. */
const note =
  (level: Level, connection: Connection, statement: Statement) =>
  (outcome: E.Either<DbError, Reply>): E.Either<DbError, Reply> => {
    const alive = connection.alive()
    const open = alive && connection.inTransaction() !== false
    if (E.isLeft(outcome)) {
      if (!unsent(outcome.left)) level.failed = level.failed ?? outcome.left
      if (!open) level.ground.ended = outcome.left
      return outcome
    }
    // (where the session was lost right after the answer, the next statement will say so)
    if (open || !alive) return outcome
    const ended = dbError('TransactionClosed', {
      message: 'this statement ended the transaction: leave COMMIT, ROLLBACK and DDL that commits to relvar',
      statement: statement.sql,
      cause: null,
    })
    level.ground.ended = ended
    return E.left(ended)
  }

/** Why nothing else is sent while the rows of a stream are read: MySQL and SQLite could not, so no engine does. */
export const whileReading = (level: Level): DbError | null =>
  level.reading === null
    ? null
    : closedError('a stream of this transaction is being read: read it to its end, or leave it', null, null)

/** Sends on a level, where that is still allowed. */
export const sendOn =
  (level: Level, send: Send): Send =>
  (statement): Answer<E.Either<DbError, Reply>> => {
    const refused = refusal(level, statement)
    return refused === null
      ? andThen(send(statement), note(level, level.ground.lease.connection, statement))
      : E.left(refused)
  }

/** Ends a level for its program: what waits is refused, what runs is waited for. */
export const finish = async (level: Level): Promise<void> => {
  level.over = true
  level.reading?.(closedError('the transaction is over', null, null))
  level.turn.dismiss(closedError('the transaction is over', null, null))
  await level.turn.idle()
}
