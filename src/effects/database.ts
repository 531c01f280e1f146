/**
 * A Database is a record of functions. Making one opens nothing and loads no driver; the first effect does.
 */
/// <reference lib="esnext.disposable" />
import type { Task } from 'fp-ts/lib/Task.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { Dialect } from '../compile/dialect.js'
import type { Load } from '../compile/load.js'
import type { Isolation } from './driver.js'
import type { DbError } from './error.js'
import type { Linting } from './linting.js'
import type { Middleware } from './middleware.js'
import type { PoolStatus } from './pool-status.js'
import type { QueryMethods } from './query-methods.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * How a transaction runs. `isolation`: as the server has it, where left out. `readOnly`: writes are refused. `deferrable`:
 * on PostgreSQL a serializable, read-only transaction waits until it can't be in anyone's way.
 */
export interface TransactionOptions {
  readonly isolation?: Isolation
  readonly readOnly?: boolean
  readonly deferrable?: boolean
  /** PostgreSQL's settings for this transaction alone (`set_config`), such as `{ 'app.tenant': id }` for row security. */
  readonly settings?: Readonly<Record<string, string>>
  /** Whom the transaction acts as, on PostgreSQL. */
  readonly role?: string
  /** On PostgreSQL: asks for the transaction's number before COMMIT, so that `resolveCommit` can tell what became of it. */
  readonly resolvable?: boolean
  /**
   * The transaction is prepared under this name instead of committed, and `commitPrepared` or `rollbackPrepared` decides it: two phases,
   * for work that spans several databases. PostgreSQL, MySQL and MariaDB.
   */
  readonly prepare?: string
}

/** A Database at one moment. `driver` and `notice` are null until the first effect has loaded a driver. */
export interface DatabaseStatus extends PoolStatus {
  readonly driver: string | null
  /** Why it is this driver, where another was to be expected: better-sqlite3 could not be loaded, say. */
  readonly notice: string | null
}

/** What a Database can be given besides: each is added to what it has. */
export interface Conditions {
  readonly middleware?: Middleware
  readonly linting?: Linting
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  /** A dialect that was derived from this Database's own (`deriveDialect`). */
  readonly dialect?: Dialect
}

/**
 * A Database of one connection that nobody else has: for temporary tables, advisory locks and what else belongs to a session, and
 * for frameworks that open here and close there. `release` gives it back, clean; so does the end of an `await using`.
 */
export interface HeldDatabase extends Database {
  readonly release: Task<void>
  /** Ends the connection instead of giving it back; in a transaction, where it is the transaction's, it does nothing. */
  readonly discard: Task<void>
  readonly [Symbol.asyncDispose]: () => Promise<void>
}

/** A database to run effects on: a value that holds a pool, and connects when the first effect needs it. */
export interface Database extends QueryMethods {
  readonly dialect: Dialect
  /** How many transactions are around: 0 outside of any, 1 in one, 2 in one nested in that. */
  readonly depth: number
  /** What ends its effects early (`withSignal`); null where nothing does. */
  readonly signal: AbortSignal | null
  /** Takes a connection for oneself: every effect of the Database that it gives goes over that one, until it is released. */
  readonly acquire: TaskEither<DbError, HeldDatabase>
  /** Runs a compiled Load on one connection. */
  readonly run: <A>(load: Load<A>) => TaskEither<DbError, A>
  /** Whether the database answers: false where no connection can be had, or the one in use is gone. */
  readonly ping: TaskEither<DbError, boolean>
  /** Runs a program in a transaction, nested ones in a savepoint; the program is given the transaction's own Database. */
  readonly transaction: (
    options?: TransactionOptions,
  ) => <E1, A>(program: (tx: Database) => TaskEither<E1, A>) => TaskEither<E1 | DbError, A>
  /**
   * Tells a listener whether what was written here until now stays: at once outside of any transaction, else when the outermost
   * one has committed (true) or a level around it was rolled back (false).
   */
  readonly decided: (listener: (stays: boolean) => void) => void
  /** The same database, with a middleware around its statements, a linter before them, a signal that cancels them, a time that they may take, or a derived dialect. */
  readonly having: (changes: Conditions) => Database
  readonly status: () => DatabaseStatus
  /** Replaces every connection that is open now: idle ones at once, leased ones when they come back. */
  readonly recycle: () => void
  /** Ends all connections: idle ones now, leased ones when they come back, or at the deadline (5,000 ms where left out). */
  readonly close: (deadlineMs?: number) => TaskEither<DbError, void>
}
