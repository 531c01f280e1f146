/**
 * What a driver is to relvar: a few functions, no pooling, no transaction logic, no conversion of values.
 *
 * Its promises never reject and its connections never emit an unheard error: whatever fails is a Left. An answer that needs
 * no waiting may be given at once, without a promise: SQLite inside this process does so, and that is what makes it fast.
 */
import type { Either } from 'fp-ts/lib/Either.js'

import type { Dialect } from '../compile/dialect.js'
import type { Reply, Statement } from '../compile/statement.js'
import { atMost } from './deadline.js'
import type { DbError } from './error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value now, or a promise of it that never rejects. */
export type Answer<A> = A | Promise<A>

/** What ends a statement early: a signal, and a moment on the clock of `performance.now()` (Infinity for none). */
export interface Limits {
  readonly signal: AbortSignal | null
  readonly deadline: number
}

/** The rows of one statement, some at a time: no more of them are here than were asked for. */
export interface Cursor {
  /** The next rows, at most so many; none at all where there are no more. Limits as those of `send`. */
  readonly fetch: (rows: number, limits: Limits) => Answer<Either<DbError, Reply>>
  /** Whether an error follows, though the last fetch gave fewer rows than were asked for. Left out: they were the last. */
  readonly fails?: () => boolean
  /** Ends it: afterwards the session is ready for the next statement, or it was cut. Never fails. */
  readonly close: () => Promise<void>
}

/** One session of a database. It is asked one statement at a time; the pool sees to that. */
export interface Connection {
  /**
   * Sends one statement and reads its whole answer. Limits that are reached ask the server to stop; where it does not
   * within a short grace, the session is destroyed. An answer that overtakes the request to stop counts.
   */
  readonly send: (statement: Statement, limits: Limits) => Answer<Either<DbError, Reply>>
  /** Opens a cursor over the rows of one statement; until it is closed nothing else is sent. Left out: they are read at once. */
  readonly open?: (statement: Statement, limits: Limits) => Answer<Either<DbError, Cursor>>
  /** Makes the session what it was when it was opened: nothing that was set or prepared is left. Left out: it can only be ended. */
  readonly reset?: () => Promise<Either<DbError, void>>
  /** Whether the server says that a transaction is open, from its last answer. `unknown` where it does not tell. */
  readonly inTransaction: () => boolean | 'unknown'
  /** False once the session can no longer be used: the pool drops it then. */
  readonly alive: () => boolean
  /** Ends the session politely where that takes no time, else cuts it. Never fails. */
  readonly close: () => Promise<void>
}

/** What a transaction sees of others that run beside it. */
export type Isolation = 'read uncommitted' | 'read committed' | 'repeatable read' | 'serializable'

/** How a transaction begins. `isolation` null: as the server has it. `deferrable`: PostgreSQL's wait for a safe snapshot. */
export interface Begin {
  readonly isolation: Isolation | null
  readonly readOnly: boolean
  readonly deferrable: boolean
  /** Settings that hold until the transaction ends, and who it acts as; PostgreSQL alone has them. */
  readonly settings?: Readonly<Record<string, string>>
  readonly role?: string | null
  /** Whether its number is asked for before COMMIT; PostgreSQL alone has one. */
  readonly resolvable?: boolean
  /** Under which name it is prepared at its end, to be decided later; null: it is committed. */
  readonly prepare?: string | null
  /** False where a table is made anew on SQLite: rows that refer to it must not go with the old one. */
  readonly foreignKeys?: boolean
}

/** How to open sessions of one database. */
export interface Driver {
  /** Names the driver in messages: `better-sqlite3`, `pg`. */
  readonly name: string
  /** Why it is this one, where another was to be expected; one line. */
  readonly notice: string | null
  readonly dialect: Dialect
  /** Opens one session, with the connect timeout that the driver was made with. */
  readonly connect: () => Promise<Either<DbError, Connection>>
  /** The most connections that make sense: 1 for an in-memory SQLite, which is gone with its connection. */
  readonly maxConnections: number | null
  /** The isolation of a transaction that asks for none. */
  readonly isolation: Isolation
  /** What begins a transaction, in order: SQLite says IMMEDIATE for one that may write. */
  readonly begin: (options: Begin) => ReadonlyArray<string>
  /** What gives a transaction that has begun its settings and its role; left out where there are none. */
  readonly local?: (options: Begin) => ReadonlyArray<Statement>
  /** How to ask for the number of the transaction that is open, null where it has written nothing; left out where there is none. */
  readonly numbered?: Statement
  /** What to send once it has ended, to undo what `begin` set for the session. */
  readonly afterwards: (options: Begin) => ReadonlyArray<string>
}

/** Finds and loads a driver; nothing is loaded before the first effect. */
export type LoadDriver = () => Promise<Either<DbError, Driver>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The levels of isolation, the weakest first. */
export const levels: ReadonlyArray<Isolation> = Object.freeze([
  'read uncommitted',
  'read committed',
  'repeatable read',
  'serializable',
])

/** No signal, no deadline. */
export const unlimited: Limits = Object.freeze({ signal: null, deadline: Number.POSITIVE_INFINITY })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Goes on with an answer, at once where it is there. */
export const andThen = <A, B>(answer: Answer<A>, f: (a: A) => Answer<B>): Answer<B> =>
  answer instanceof Promise ? answer.then(f) : f(answer)

/** How long the end of a connection is waited for, in milliseconds. */
const endMs = 1_000

/** Ends a connection, also one whose driver breaks its word: it throws, or has not ended it after a second. */
export const ended = async (connection: Connection): Promise<void> => {
  try {
    await atMost(endMs, connection.close())
  } catch {
    // there is nothing more that could be done with it
  }
}

/** A promise in any case. */
export const toPromise = <A>(answer: Answer<A>): Promise<A> =>
  answer instanceof Promise ? answer : Promise.resolve(answer)
