/**
 * A Connection to a SQLite that runs elsewhere: statements go there, answers come back, and what takes too long is left behind.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Reply, Statement } from '../../compile/statement.js'
import { after, atMost, remaining } from '../deadline.js'
import type { Connection, Limits } from '../driver.js'
import { unlimited } from '../driver.js'
import { dbError, defect } from '../error-make.js'
import type { DbError } from '../error.js'
import { abortedUnsent } from '../line.js'
import { lostBefore } from './exchange.js'
import { tooLate } from './late.js'
import type { SqliteLibrary } from './sqlite-libraries.js'
import type { SqliteConnect } from './sqlite-library.js'
import { type Asked, leftOf, sentStatement, type Told, type Wanted } from './sqlite-wire.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A thread or process that runs SQLite. */
export interface Channel {
  readonly say: (asked: Asked) => void
  /** Whether it keeps this process alive: only while something is awaited from it. */
  readonly keep: (alive: boolean) => void
  /** Ends it where it can be ended; else it ends as soon as its statement does. */
  readonly stop: () => Promise<void>
  /** Resolves once it is gone. */
  readonly gone: Promise<void>
}

/** What is heard from a channel. */
export interface Ears {
  readonly told: (told: Told) => void
  /** It is no more, and why. */
  readonly ended: (why: string) => void
}

/** Starts a thread or process. `consequence`: what a caller is told of a statement that did not stop when it was asked to. */
export interface Start {
  readonly consequence: string
  readonly start: (ears: Ears) => Channel
}

/** How long a statement has to stop by itself, between two rows or while it waits for a lock, in milliseconds. */
const graceMs = 100

/** How long a connection may take to be made, beyond its waiting for locks, in milliseconds. */
const startMs = 10_000

/** How long the end of a cursor, or of a connection, may take, in milliseconds. */
const endMs = 1_000

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** `statement` null: the connection was still to be made. */
const lost = (statement: string | null, why: string): DbError =>
  dbError('Connection', {
    message:
      statement === null
        ? `SQLite could not be started: ${why}`
        : `SQLite ended while the statement was under way: ${why}`,
    statement,
    cause: null,
    phase: statement === null ? 'connect' : 'statement',
    sent: statement === null ? 'no' : 'maybe',
  })

const stopped = (aborted: boolean, statement: string | null, consequence: string): DbError => {
  if (statement === null) return lost(null, 'it did not answer in time')
  return aborted
    ? dbError('Cancelled', {
        message: `the statement was aborted: ${consequence}`,
        statement,
        cause: null,
        sent: 'maybe',
      })
    : dbError('QueryTimeout', { message: `no answer in time: ${consequence}`, statement, cause: null, by: 'client' })
}

interface Pending {
  readonly id: number
  readonly statement: string | null
  readonly settle: (outcome: E.Either<DbError, Reply>) => void
}

/** Opens a database there. */
export const connectRemote = async (
  { start, consequence }: Start,
  library: SqliteLibrary,
  options: SqliteConnect,
): Promise<E.Either<DbError, Connection>> => {
  let alive = true
  let inTransaction = false
  let made = 0
  let pending: Pending | null = null

  const channel = start({
    told: (told) => {
      if (pending?.id !== told.id) return
      ;({ inTransaction } = told)
      pending.settle(E.isLeft(told.outcome) ? E.left(Object.freeze(told.outcome.left)) : told.outcome)
    },
    ended: (why) => {
      alive = false
      pending?.settle(E.left(lost(pending.statement, why)))
    },
  })

  /** Says what is wanted and waits for the answer. `statement`: what errors show. */
  const exchange = (wanted: Wanted, statement: string | null, limits: Limits): Promise<E.Either<DbError, Reply>> =>
    new Promise((resolve) => {
      const { signal, deadline } = limits
      made += 1
      const id = made
      let timer: NodeJS.Timeout | undefined

      const settle = (outcome: E.Either<DbError, Reply>): void => {
        pending = null
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        channel.keep(false)
        resolve(outcome)
      }
      const giveUp = async (aborted: boolean): Promise<void> => {
        alive = false
        // neither a late answer nor its end is what the caller is told
        pending = null
        await atMost(endMs, channel.stop())
        settle(E.left(stopped(aborted, statement, consequence)))
      }
      const halt = (aborted: boolean): void => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        // a deadline is the other side's too: what waits there ends by itself, and says for what it waited
        if (aborted) channel.say({ _tag: 'Stop', id })
        timer = setTimeout(() => void giveUp(aborted), graceMs)
      }
      const onAbort = (): void => halt(true)

      pending = { id, statement, settle }
      channel.keep(true)
      if (deadline !== Number.POSITIVE_INFINITY) timer = setTimeout(() => halt(false), remaining(deadline))
      signal?.addEventListener('abort', onAbort, { once: true })
      try {
        channel.say({ _tag: 'Do', id, wanted })
      } catch (thrown) {
        // what can't be cloned was not sent
        settle(E.left(defect(thrown, statement)))
      }
    })

  /** Runs a part of a statement in the time that it has. */
  const run = (
    statement: Statement,
    limits: Limits,
    wanted: (leftMs: number) => Wanted,
  ): Promise<E.Either<DbError, Reply>> => {
    const within = { ...limits, deadline: Math.min(limits.deadline, after(options.statementTimeoutMs)) }
    return exchange(wanted(leftOf(within)), statement.sql, within)
  }

  /** Why nothing is said any more; null where there is no reason. */
  const refused = (statement: Statement, limits: Limits): E.Either<DbError, never> | null => {
    if (!alive) return lostBefore(statement.sql, null)
    if (limits.signal?.aborted === true) return E.left(abortedUnsent())
    return performance.now() >= limits.deadline ? E.left(tooLate(statement)) : null
  }

  const close = async (): Promise<void> => {
    const polite = alive && pending === null
    alive = false
    if (polite) channel.say({ _tag: 'End' })
    const gone =
      polite &&
      (await atMost(
        endMs,
        channel.gone.then(() => true),
      ))
    if (gone !== true) await channel.stop()
  }

  const closeCursor = async (): Promise<void> => {
    if (!alive) return
    const outcome = await exchange({ _tag: 'CloseCursor' }, null, { signal: null, deadline: after(endMs) })
    if (E.isLeft(outcome)) await close()
  }

  const connecting: Wanted = { _tag: 'Connect', library, options }
  const deadline = after(options.busyTimeoutMs + startMs)
  const connected = await exchange(connecting, null, { ...unlimited, deadline })
  if (E.isLeft(connected)) {
    await close()
    return connected
  }

  return E.right({
    send: (statement, limits) =>
      refused(statement, limits) ??
      run(statement, limits, (leftMs) => ({ _tag: 'Send', statement: sentStatement(statement), leftMs })),
    open: async (statement, limits) => {
      const no = refused(statement, limits)
      if (no !== null) return no
      const opened = await run(statement, limits, (leftMs) => ({
        _tag: 'Open',
        statement: sentStatement(statement),
        leftMs,
      }))
      if (E.isLeft(opened)) return opened
      return E.right({
        fetch: (rows, within) =>
          refused(statement, within) ?? run(statement, within, (leftMs) => ({ _tag: 'Fetch', rows, leftMs })),
        close: closeCursor,
      })
    },
    inTransaction: () => alive && inTransaction,
    alive: () => alive,
    close,
  })
}
