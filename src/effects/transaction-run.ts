/**
 * Runs a program in a transaction: the outermost one, or a savepoint inside it.
 *
 * A Left and a throw roll back, and the caller gets that Left (or Defect) whatever the rolling back did. A Right commits;
 * where that can't be, because a statement had failed or the server had ended the transaction, it is `RolledBack`.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import { control } from '../compile/statement.js'
import type { Begin, Driver } from './driver.js'
import { dbError, defect } from './error-make.js'
import type { DbError } from './error.js'
import type { Send } from './middleware.js'
import { abandon, begin, commit, numberOf, rollback } from './transaction-end.js'
import type { Level } from './transaction-level.js'
import { decide, finish, passOn, sendOn } from './transaction-level.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * `send` ends when the effect's limits say so; `sendEnd` is for COMMIT and ROLLBACK, whose answers are awaited. `aborted`: whether
 * the effect's signal says that nothing more is wanted.
 */
export interface Sends {
  readonly send: Send
  readonly sendEnd: Send
  readonly aborted: () => boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const rolledBack = (cause: DbError): DbError =>
  cause._tag === 'TransactionClosed'
    ? cause
    : dbError('RolledBack', {
        message: `the program came to an end, but the transaction was rolled back: ${cause.message}`,
        statement: cause.statement,
        cause,
      })

const abortedBeforeCommit = (): DbError =>
  dbError('Cancelled', {
    message: 'the transaction was aborted before COMMIT was sent: it was rolled back',
    statement: null,
    cause: null,
    sent: 'no',
  })

/** A program is user code: what it throws, now or later, is a Defect. */
const guarded = async <E1, A>(program: () => TaskEither<E1, A>): Promise<E.Either<E1 | DbError, A>> => {
  try {
    return await program()()
  } catch (thrown) {
    return E.left(defect(thrown))
  }
}

/** What a program ends with that came to its end; a Left where its level is not whole, or not wanted any more. */
const kept = <E1, A>(
  level: Level,
  outcome: E.Either<E1 | DbError, A>,
  aborted: () => boolean,
): E.Either<E1 | DbError, A> => {
  const reason = level.ground.ended ?? level.failed
  if (E.isLeft(outcome)) return outcome
  if (reason !== null) return E.left(rolledBack(reason))
  return aborted() ? E.left(abortedBeforeCommit()) : outcome
}

/** Runs a program between BEGIN and COMMIT or ROLLBACK. */
export const runOutermost = async <E1, A>(
  driver: Driver,
  options: Begin,
  level: Level,
  { send, sendEnd, aborted }: Sends,
  program: () => TaskEither<E1, A>,
): Promise<E.Either<E1 | DbError, A>> => {
  const { connection } = level.ground.lease
  const begun = await begin(driver, options, send)
  if (E.isLeft(begun)) {
    await abandon(driver, options, connection, sendEnd)
    decide(level, false)
    return begun
  }
  const ran = await guarded(program)
  await finish(level)
  const outcome = kept(level, ran, aborted)
  const numbered = E.isLeft(outcome) ? outcome : await numberOf(driver, options, send)
  if (E.isLeft(numbered)) {
    await rollback(driver, options, connection, sendEnd)
    decide(level, false)
    return numbered
  }
  const committed = await commit(driver, options, connection, sendEnd, numbered.right)
  // Where the outcome is unknown it may be tried again: keys and idempotency are the caller's then.
  decide(level, E.isRight(committed))
  return E.isLeft(committed) ? committed : outcome
}

/** Goes back to a savepoint and removes it; where that fails the level around it is spoiled too. */
const goBack = async (parent: Level, name: string, sendEnd: Send): Promise<void> => {
  if (parent.ground.ended !== null) return
  for (const text of [`ROLLBACK TO SAVEPOINT ${name}`, `RELEASE SAVEPOINT ${name}`]) {
    const outcome = await sendEnd(control(text))
    if (E.isRight(outcome)) continue
    parent.failed = parent.failed ?? outcome.left
    return
  }
}

/** Runs a program between SAVEPOINT and RELEASE or ROLLBACK TO. */
export const runNested = async <E1, A>(
  parent: Level,
  level: Level,
  { send, sendEnd, aborted }: Sends,
  program: () => TaskEither<E1, A>,
): Promise<E.Either<E1 | DbError, A>> => {
  const name = `relvar_${level.depth}`
  const begun = await sendOn(parent, send)(control(`SAVEPOINT ${name}`))
  if (E.isLeft(begun)) return begun
  const ran = await guarded(program)
  await finish(level)
  const outcome = kept(level, ran, aborted)
  if (E.isLeft(outcome)) {
    await goBack(parent, name, sendEnd)
    decide(level, false)
    return outcome
  }
  const released = await sendOn(parent, sendEnd)(control(`RELEASE SAVEPOINT ${name}`))
  if (E.isRight(released)) passOn(level, parent)
  else decide(level, false)
  return E.isLeft(released) ? released : outcome
}
