/**
 * A SQLite inside this process, whichever library brings it: what relvar needs of it, and the Connection made from that.
 *
 * SQLite answers at once, so no promise is made, except while another connection holds a lock: SQLite's own waiting would
 * stop the whole process, so relvar asks again itself, later and later, and lets everything else run in between.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { RawRow, Reply, Sets, Statement, Wire } from '../../compile/statement.js'
import { control, setsOf } from '../../compile/statement.js'
import { classifySqlite, isBusy } from '../classify/sqlite.js'
import { after, pause } from '../deadline.js'
import { abortedUnsent } from '../line.js'
import type { Answer, Connection, Cursor, Limits } from '../driver.js'
import type { DbError } from '../error.js'
import { tooLate } from './late.js'
import { affectedByRows, noRows } from './reply.js'
import { sqliteCursor } from './sqlite-cursor.js'
import { makeStatementCache } from './statement-cache.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A prepared statement. Its functions throw what the library throws. */
export interface Prepared {
  readonly givesRows: boolean
  /** What the columns of its rows are called. */
  readonly names: () => ReadonlyArray<string>
  readonly all: (parameters: ReadonlyArray<Wire>, bigints: boolean) => ReadonlyArray<RawRow>
  /** Its rows, each when it is asked for. */
  readonly iterate: (parameters: ReadonlyArray<Wire>, bigints: boolean) => Iterator<RawRow>
  /** Runs it and counts the rows that it changed. */
  readonly run: (parameters: ReadonlyArray<Wire>) => number
  /** Runs it once for each set of parameters and counts the rows that it changed. */
  readonly runAll: (sets: Sets) => number
  readonly finish: () => void
}

/** One open database. Its functions throw what the library throws. */
export interface Handle {
  readonly prepare: (sql: string) => Prepared
  readonly inTransaction: () => boolean
  readonly close: () => void
}

export interface Library {
  readonly name: string
  /** Opens a file, or `:memory:`. */
  readonly open: (file: string, options: { readonly readOnly: boolean }) => Handle
  /** SQLite's extended code and sentence of what the library threw. */
  readonly said: (error: unknown) => { readonly code: number; readonly message: string }
  /** The most connections that can share a file. */
  readonly maxConnections: number | null
}

export interface SqliteConnect {
  readonly file: string
  readonly readOnly: boolean
  /** Whether each connection looks through the whole file before it is used. */
  readonly quickCheck: boolean
  /** How long to wait for the lock of another connection, in milliseconds. */
  readonly busyTimeoutMs: number
  /** How long a statement may take that runs elsewhere, in milliseconds; here nothing could stop it. */
  readonly statementTimeoutMs: number
  readonly preparedStatements: number
  readonly hideParameters: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const reply = (prepared: Prepared, statement: Statement): Reply => {
  if (!prepared.givesRows) return { rows: noRows, affected: prepared.run(statement.parameters), insertId: null }
  const rows = prepared.all(statement.parameters, statement.bigints)
  const answer = { rows, affected: affectedByRows(statement, rows), insertId: null }
  return statement.text === 'once' ? { ...answer, names: prepared.names() } : answer
}

/** The answer to all sets of a statement. */
const replyToAll = (prepared: Prepared, statement: Statement, sets: Sets): Reply => {
  if (!prepared.givesRows) return { rows: noRows, affected: prepared.runAll(sets), insertId: null }
  const rows: Array<RawRow> = []
  for (const set of setsOf(sets)) for (const row of prepared.all(set, statement.bigints)) rows.push(row)
  return { rows, affected: affectedByRows(statement, rows), insertId: null }
}

/** What begins, ends and undoes a statement of several sets: a transaction of its own, or a savepoint of the one that is open. */
const alone = { begin: 'BEGIN IMMEDIATE', end: ['COMMIT'], undo: ['ROLLBACK'] } as const
const inside = {
  begin: 'SAVEPOINT relvar_sets',
  end: ['RELEASE SAVEPOINT relvar_sets'],
  undo: ['ROLLBACK TO SAVEPOINT relvar_sets', 'RELEASE SAVEPOINT relvar_sets'],
} as const

/** Milliseconds until the lock is asked for again, after so many times. */
export const backOffMs = (times: number): number => Math.min(2 ** times, 50) * (0.5 + Math.random() / 2)

/**
 * How long answers may follow one another without a turn of the event loop, in milliseconds: a program that only asks SQLite
 * would never leave the microtasks, and no timer, AbortSignal or Ctrl-C would be heard.
 */
const longestRunMs = 10

// When the first statement since the last turn of the event loop was asked, of any connection: they have one loop together. Null
// where none was.
let since: number | null = null
const turned = (): void => {
  since = null
}

/** Whether answers have followed one another for too long. */
const ranLong = (): boolean => {
  if (since !== null) return performance.now() - since > longestRunMs
  since = performance.now()
  setImmediate(turned).unref()
  return false
}

/** The Connection over an open database. */
export const makeConnection = (library: Library, handle: Handle, options: SqliteConnect): Connection => {
  const cache = makeStatementCache<Prepared>(options.preparedStatements, (prepared) => prepared.finish())
  let open = true

  const failure = (
    error: unknown,
    statement: Statement,
    running: boolean,
  ): { readonly busy: boolean; readonly error: DbError } => {
    const { code, message } = library.said(error)
    const context = {
      statement: statement.sql,
      phase: 'statement',
      sent: 'maybe',
      hideParameters: options.hideParameters || statement.secrets !== undefined,
    } as const
    return { busy: isBusy(code), error: classifySqlite(error, code, message, context, running) }
  }

  /** Text that won't come again is not kept. */
  const prepare = (statement: Statement): Prepared => {
    const known = cache.get(statement.sql)
    if (known !== undefined) return known
    const prepared = handle.prepare(statement.sql)
    if (statement.text !== 'once') cache.set(statement.sql, prepared)
    return prepared
  }

  const fixed = (sql: string): void => void prepare(control(sql)).run([])

  /** All sets or none: what fails half-way is undone before it is told. */
  const asOne = (prepared: Prepared, statement: Statement, sets: Sets): Reply => {
    const words = handle.inTransaction() ? inside : alone
    fixed(words.begin)
    try {
      const answer = replyToAll(prepared, statement, sets)
      words.end.forEach(fixed)
      return answer
    } catch (error) {
      // some failures (a full disk) end the transaction by themselves
      if (handle.inTransaction()) words.undo.forEach(fixed)
      throw error
    }
  }

  const attempt = (statement: Statement): E.Either<{ readonly busy: boolean; readonly error: DbError }, Reply> => {
    let prepared: Prepared | null = null
    try {
      prepared = prepare(statement)
      const { sets } = statement
      return E.right(sets === undefined ? reply(prepared, statement) : asOne(prepared, statement, sets))
    } catch (error) {
      // a statement that failed may not be fit to run again
      cache.delete(statement.sql)
      return E.left(failure(error, statement, prepared !== null))
    } finally {
      // what is kept under the same text comes again
      if (statement.text === 'once' && cache.get(statement.sql) === undefined) prepared?.finish()
    }
  }

  const askAgain = async (statement: Statement, limits: Limits, first: DbError): Promise<E.Either<DbError, Reply>> => {
    const deadline = Math.min(limits.deadline, after(options.busyTimeoutMs))
    for (let times = 0, error = first; ; times += 1) {
      if (performance.now() >= deadline) return E.left(error)
      await pause(backOffMs(times), limits.signal)
      if (limits.signal?.aborted === true) return E.left(abortedUnsent())
      const outcome = attempt(statement)
      if (E.isRight(outcome)) return outcome
      error = outcome.left.error
      if (!outcome.left.busy) return E.left(error)
    }
  }

  const ask = (statement: Statement, limits: Limits): Answer<E.Either<DbError, Reply>> => {
    if (limits.deadline !== Number.POSITIVE_INFINITY && performance.now() >= limits.deadline)
      return E.left(tooLate(statement))
    const outcome = attempt(statement)
    if (E.isRight(outcome)) return outcome
    return outcome.left.busy ? askAgain(statement, limits, outcome.left.error) : E.left(outcome.left.error)
  }

  /** Lets timers, signals and sockets have their turn, then asks. */
  const breatheAndAsk = async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> => {
    await new Promise<void>((resolve) => setImmediate(resolve))
    return limits.signal?.aborted === true ? E.left(abortedUnsent()) : ask(statement, limits)
  }

  /** A cursor has a statement to itself: one that is kept would be run again while it is being read. */
  const openCursor = (statement: Statement, limits: Limits): E.Either<DbError, Cursor> => {
    if (performance.now() >= limits.deadline) return E.left(tooLate(statement))
    try {
      const prepared = handle.prepare(statement.sql)
      return E.right(
        sqliteCursor({
          rows: prepared.iterate(statement.parameters, statement.bigints),
          failure: (error) => failure(error, statement, true).error,
          late: () => tooLate(statement),
          over: prepared.finish,
        }),
      )
    } catch (error) {
      return E.left(failure(error, statement, false).error)
    }
  }

  return {
    open: openCursor,
    send: (statement, limits) => (ranLong() ? breatheAndAsk(statement, limits) : ask(statement, limits)),
    inTransaction: () => open && handle.inTransaction(),
    alive: () => open,
    close: async () => {
      if (!open) return
      open = false
      try {
        cache.clear()
        handle.close()
      } catch {
        // a statement that is being read keeps it open until it ends: nothing more can be done
      }
    },
  }
}
