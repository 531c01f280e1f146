/**
 * SQLite by the first library that loads: better-sqlite3, then node:sqlite, then WebAssembly. Which one it became, and why,
 * is told as data. Its connections are in this process, or each in a worker thread or a child process of its own.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../../compile/dialect.js'
import type { Begin, Driver, LoadDriver } from '../driver.js'
import type { DbError } from '../error.js'
import { missingDriver, whyNot } from './missing.js'
import { connectSqlite } from './sqlite-connect.js'
import { hostEntry } from './sqlite-elsewhere.js'
import { loadSqlite, type SqliteLibrary } from './sqlite-libraries.js'
import type { Library, SqliteConnect } from './sqlite-library.js'
import { inProcess } from './sqlite-process.js'
import { connectRemote, type Start } from './sqlite-remote.js'
import { inWorker } from './sqlite-worker.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Where a connection runs. */
export const sqliteRuns = ['here', 'worker', 'process'] as const

export type SqliteRun = (typeof sqliteRuns)[number]

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A write takes the lock at once: a transaction that reads first and writes later can fail without any waiting. */
const begin = ({ readOnly, foreignKeys }: Begin): ReadonlyArray<string> => {
  if (readOnly) return ['PRAGMA query_only = ON', 'BEGIN']
  return foreignKeys === false ? ['PRAGMA foreign_keys = OFF', 'BEGIN IMMEDIATE'] : ['BEGIN IMMEDIATE']
}

const afterwards = ({ readOnly, foreignKeys }: Begin): ReadonlyArray<string> => {
  if (readOnly) return ['PRAGMA query_only = OFF']
  return foreignKeys === false ? ['PRAGMA foreign_keys = ON'] : []
}

interface Chosen {
  readonly name: SqliteLibrary
  readonly library: Library
  readonly notice: string | null
}

const driverOver = (
  dialect: Dialect,
  options: SqliteConnect,
  { name, library, notice }: Chosen,
  elsewhere: Start | null,
): Driver => ({
  name: library.name,
  notice,
  dialect,
  // a database in memory is gone with its connection
  maxConnections: options.file === ':memory:' ? 1 : library.maxConnections,
  isolation: 'serializable',
  connect: () => (elsewhere === null ? connectSqlite(library, options) : connectRemote(elsewhere, name, options)),
  begin,
  afterwards,
})

/** What starts a connection's thread or process; null where it runs here, a Left where the file to start with is missing. */
const elsewhereOf = (run: SqliteRun): E.Either<DbError, Start | null> => {
  if (run === 'here') return E.right(null)
  const entry = hostEntry()
  if (entry === null) {
    return missingDriver(
      `no SQLite with run: '${run}': the file that its ${run} starts with is not there; leave relvar out of the bundle`,
      null,
    )
  }
  return E.right(run === 'worker' ? inWorker(entry) : inProcess(entry))
}

/** The driver over the first of `choice` that loads. */
export const sqliteDriver =
  (dialect: Dialect, options: SqliteConnect, choice: ReadonlyArray<SqliteLibrary>, run: SqliteRun): LoadDriver =>
  async () => {
    const elsewhere = elsewhereOf(run)
    if (E.isLeft(elsewhere)) return elsewhere
    const reasons: Array<string> = []
    for (const name of choice) {
      try {
        const library = await loadSqlite[name]()
        const notice = reasons.length === 0 ? null : `SQLite runs on ${name}: ${reasons.join('; ')}`
        return E.right(driverOver(dialect, options, { name, library, notice }, elsewhere.right))
      } catch (error) {
        reasons.push(whyNot(name, error))
      }
    }
    const advice = 'npm install better-sqlite3, or node-sqlite3-wasm, which needs no compiler'
    return missingDriver(`no SQLite: ${reasons.join('; ')} (${advice})`, null)
  }
