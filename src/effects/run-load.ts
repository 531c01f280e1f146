/**
 * Runs a Load on one connection: sends its statement, gives the reply to its function, and so on until it is done.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Load, Step } from '../compile/load.js'
import type { Reply } from '../compile/statement.js'
import type { Answer } from './driver.js'
import { defect, fromLoadError } from './error-make.js'
import type { DbError } from './error.js'
import type { Send } from './middleware.js'

/** What follows a reply. A decoder is user code where a codec is: what it throws is a Defect. */
const advance = <A>(step: Step<A>, reply: Reply): E.Either<DbError, Load<A>> => {
  try {
    const next = step.next(reply)
    return E.isLeft(next) ? E.left(fromLoadError(next.left)) : next
  } catch (thrown) {
    return E.left(defect(thrown, step.statement.sql))
  }
}

/**
 * Runs a Load. `atomically` runs what begins with a step that asks for a transaction; null where one is open already.
 * Without waiting it runs in one go: a driver that answers at once costs no promise here.
 */
export const runLoad = <A>(
  load: Load<A>,
  send: Send,
  atomically: ((rest: Step<A>) => Answer<E.Either<DbError, A>>) | null,
): Answer<E.Either<DbError, A>> => {
  let current = load
  while (current._tag === 'Step') {
    if (atomically !== null && current.retries > 0) return retried(current, send, atomically)
    if (current.atomic && atomically !== null) return atomically(current)
    const reply = send(current.statement)
    if (reply instanceof Promise) return resume(current, reply, send, atomically)
    if (E.isLeft(reply)) return reply
    const next = advance(current, reply.right)
    if (E.isLeft(next)) return next
    current = next.right
  }
  return E.right(current.value)
}

const resume = async <A>(
  step: Step<A>,
  reply: Promise<E.Either<DbError, Reply>>,
  send: Send,
  atomically: ((rest: Step<A>) => Answer<E.Either<DbError, A>>) | null,
): Promise<E.Either<DbError, A>> => {
  const outcome = await reply
  if (E.isLeft(outcome)) return outcome
  const next = advance(step, outcome.right)
  return E.isLeft(next) ? next : runLoad(next.right, send, atomically)
}

/** Tries the step again while it meets rows that were written beside it: by then it sees them. */
const retried = async <A>(
  step: Step<A>,
  send: Send,
  atomically: (rest: Step<A>) => Answer<E.Either<DbError, A>>,
): Promise<E.Either<DbError, A>> => {
  const outcome = await runLoad({ ...step, retries: 0 }, send, atomically)
  return step.retries > 0 && E.isLeft(outcome) && outcome.left._tag === 'UniqueViolation'
    ? retried({ ...step, retries: step.retries - 1 }, send, atomically)
    : outcome
}
