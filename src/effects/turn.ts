/**
 * Whose turn it is: one piece of work at a time, the others wait in order. A connection is asked one statement at a time
 * through this, also when the program runs its effects in parallel.
 */
import * as E from 'fp-ts/lib/Either.js'

import { after } from './deadline.js'
import type { Answer, Limits } from './driver.js'
import type { DbError } from './error.js'
import { abortedUnsent, makeLine } from './line.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Turn {
  /** Runs `work` when everything asked for earlier is done; Left where that took too long. */
  readonly take: <E1, A>(limits: Limits, work: () => Answer<E.Either<E1, A>>) => Answer<E.Either<DbError | E1, A>>
  /** Everyone who waits gets the error; the work that runs is not disturbed. */
  readonly dismiss: (error: DbError) => void
  /** Resolves once no work runs. */
  readonly idle: () => Answer<void>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A turn that nobody has. Who waits longer than `timeoutMs` gets the error. */
export const makeTurn = (timeoutMs: number, onDeadline: (waitedMs: number) => DbError): Turn => {
  const line = makeLine<void>()
  let taken = false
  let onIdle: (() => void) | null = null

  const pass = (): void => {
    if (line.offer(undefined)) return
    taken = false
    onIdle?.()
  }

  /** Runs work whose turn it is. `work` never throws and its promise never rejects. */
  const run = <A>(work: () => Answer<A>): Answer<A> => {
    const answer = work()
    if (answer instanceof Promise) {
      return answer.then((a) => {
        pass()
        return a
      })
    }
    pass()
    return answer
  }

  return {
    take: (limits, work) => {
      if (!taken) {
        if (limits.signal?.aborted === true) return E.left(abortedUnsent())
        taken = true
        return run(work)
      }
      const deadline = Math.min(limits.deadline, after(timeoutMs))
      return line
        .wait({ signal: limits.signal, deadline }, onDeadline)
        .then((mine) => (E.isLeft(mine) ? mine : run(work)))
    },
    dismiss: line.failAll,
    idle: () =>
      taken
        ? new Promise((resolve) => {
            onIdle = resolve
          })
        : undefined,
  }
}
