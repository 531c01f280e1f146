/**
 * A waiting line: first come, first served, each for a limited time. The pool and the turn of a transaction wait with it.
 */
import * as E from 'fp-ts/lib/Either.js'

import { remaining } from './deadline.js'
import type { Limits } from './driver.js'
import { dbError } from './error-make.js'
import type { DbError } from './error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Line<T> {
  /** Waits for a value until the deadline of `limits` or the abort of its signal. */
  readonly wait: (limits: Limits, onDeadline: (waitedMs: number) => DbError) => Promise<E.Either<DbError, T>>
  /** Gives a value to whoever waits longest; false where nobody waits. */
  readonly offer: (value: T) => boolean
  /** Gives an error to whoever waits longest; false where nobody waits. */
  readonly fail: (error: DbError) => boolean
  readonly failAll: (error: DbError) => void
  readonly length: () => number
}

type Waiter<T> = (outcome: E.Either<DbError, T>) => void

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What an effect ends with whose signal was aborted before anything was sent. */
export const abortedUnsent = (): DbError =>
  dbError('Cancelled', {
    message: 'the effect was aborted before its statement was sent',
    statement: null,
    cause: null,
    sent: 'no',
  })

/** An empty line. */
export const makeLine = <T>(): Line<T> => {
  // a Set keeps the order of arrival and lets one leave from the middle at once
  const waiters = new Set<Waiter<T>>()

  const first = (outcome: E.Either<DbError, T>): boolean => {
    for (const waiter of waiters) {
      waiter(outcome)
      return true
    }
    return false
  }

  const wait = (limits: Limits, onDeadline: (waitedMs: number) => DbError): Promise<E.Either<DbError, T>> =>
    new Promise((resolve) => {
      const { signal, deadline } = limits
      if (signal?.aborted === true) return resolve(E.left(abortedUnsent()))
      const since = performance.now()
      const leave = (outcome: E.Either<DbError, T>): void => {
        waiters.delete(leave)
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        resolve(outcome)
      }
      const onAbort = (): void => leave(E.left(abortedUnsent()))
      const timer = setTimeout(() => leave(E.left(onDeadline(performance.now() - since))), remaining(deadline))
      signal?.addEventListener('abort', onAbort, { once: true })
      waiters.add(leave)
    })

  return {
    wait,
    offer: (value) => first(E.right(value)),
    fail: (error) => first(E.left(error)),
    failAll: (error) => {
      for (const waiter of [...waiters]) waiter(E.left(error))
    },
    length: () => waiters.size,
  }
}
