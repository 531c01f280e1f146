/**
 * One statement and its answer over a socket, ended early where its limits say so: the server is asked to stop, gets a short
 * grace, and then the socket is cut. Cutting alone would leave the statement, and its locks, running on the server.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Reply } from '../../compile/statement.js'
import { after, atMost, remaining } from '../deadline.js'
import type { Limits } from '../driver.js'
import { dbError, defect } from '../error-make.js'
import type { DbError } from '../error.js'
import { abortedUnsent } from '../line.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Exchange {
  readonly statement: string
  readonly timeoutMs: number
  /** Sends the statement and calls back once, when the whole answer is here and the session is ready for the next. */
  readonly start: (settle: (outcome: E.Either<DbError, Reply>) => void) => void
  /** Asks the server to stop, over a connection of its own; resolves when that one is closed. */
  readonly stop: () => Promise<void>
  /** Destroys the session. */
  readonly cut: () => void
  /** Whether an answer that came after the request to stop is a whole one: it counts then. */
  readonly whole: (reply: Reply) => boolean
}

/** How long the server has to stop a statement, in milliseconds. Never longer than so after the deadline of all. */
const graceMs = 400

/** How long to wait before the server is asked again, in milliseconds. */
const againMs = 100

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const stopped = (why: 'timeout' | 'abort', statement: string, ms: number, cause: unknown): DbError =>
  why === 'abort'
    ? dbError('Cancelled', { message: 'the statement was aborted', statement, cause, sent: 'maybe' })
    : dbError('QueryTimeout', { message: `no answer within ${Math.round(ms)} ms`, statement, cause, by: 'client' })

/** What a statement ends with whose session had died before it could be sent. */
export const lostBefore = (statement: string, cause: unknown): E.Either<DbError, never> =>
  E.left(
    dbError('Connection', {
      message: 'the session was lost before the statement was sent',
      statement,
      cause,
      phase: 'statement',
      sent: 'no',
    }),
  )

/** Runs an exchange. */
export const exchange = (
  limits: Limits,
  { statement, timeoutMs, start, stop, cut, whole }: Exchange,
): Promise<E.Either<DbError, Reply>> => {
  const { signal } = limits
  if (signal?.aborted === true) return Promise.resolve(E.left(abortedUnsent()))
  return new Promise((resolve) => {
    const waitMs = remaining(Math.min(limits.deadline, after(timeoutMs)))
    let why: 'timeout' | 'abort' | null = null
    let asked: Promise<void> | null = null
    // by when a statement that was told to stop has ended, or its session has
    let last = 0
    let again: NodeJS.Timeout | undefined
    let settled = false

    const end = (outcome: E.Either<DbError, Reply>): void => {
      settled = true
      clearTimeout(timer)
      clearInterval(again)
      signal?.removeEventListener('abort', onAbort)
      // a late request to stop must not hit the next statement: it is waited for, or there is no next one
      if (asked === null) return resolve(outcome)
      const gone = asked.then(() => true)
      void atMost(remaining(last), gone).then((done) => {
        if (done !== true) cut()
        resolve(outcome)
      })
    }
    const halt = (reason: 'timeout' | 'abort'): void => {
      if (settled || why !== null) return
      clearTimeout(timer)
      why = reason
      last = Math.min(limits.deadline, after(0)) + graceMs
      asked = stop()
      // a request that comes before the server has begun the statement is lost
      again = setInterval(() => {
        asked = (asked ?? Promise.resolve()).then(stop)
      }, againMs)
      timer = setTimeout(() => {
        cut()
        // the session is gone: there is no next statement that a late request to stop could hit
        asked = null
        end(E.left(stopped(reason, statement, waitMs + graceMs, null)))
      }, remaining(last))
    }
    const onAbort = (): void => halt('abort')
    let timer = setTimeout(() => halt('timeout'), waitMs)
    signal?.addEventListener('abort', onAbort, { once: true })

    const settle = (outcome: E.Either<DbError, Reply>): void => {
      if (settled) return
      const counts = why === null || (E.isRight(outcome) && whole(outcome.right))
      const cause = E.isLeft(outcome) ? outcome.left : null
      end(counts ? outcome : E.left(stopped(why ?? 'abort', statement, waitMs, cause)))
    }
    try {
      start(settle)
    } catch (thrown) {
      // the driver refused before it sent anything, or half-way: who knows
      cut()
      settle(E.left(defect(thrown, statement)))
    }
  })
}
