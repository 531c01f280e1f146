/**
 * SQLite by the first library that loads: better-sqlite3, then node:sqlite, then WebAssembly. Which one it became, and why,
 * is told as data.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../../compile/dialect.js'
import type { Begin, Driver, LoadDriver } from '../driver.js'
import { missingDriver, whyNot } from './missing.js'
import { loadBetterSqlite } from './sqlite-better.js'
import { connectSqlite, type Library, type SqliteConnect } from './sqlite-library.js'
import { loadNodeSqlite } from './sqlite-node.js'
import { loadWasmSqlite } from './sqlite-wasm.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The libraries, the first choice first. */
export const sqliteLibraries = ['better-sqlite3', 'node:sqlite', 'node-sqlite3-wasm'] as const

export type SqliteLibrary = (typeof sqliteLibraries)[number]

const loaders: { readonly [L in SqliteLibrary]: () => Promise<Library> } = {
  'better-sqlite3': loadBetterSqlite,
  'node:sqlite': loadNodeSqlite,
  'node-sqlite3-wasm': loadWasmSqlite,
}

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

const driverOver = (dialect: Dialect, options: SqliteConnect, library: Library, notice: string | null): Driver => ({
  name: library.name,
  notice,
  dialect,
  // a database in memory is gone with its connection
  maxConnections: options.file === ':memory:' ? 1 : library.maxConnections,
  isolation: 'serializable',
  connect: () => connectSqlite(library, options),
  begin,
  afterwards,
})

/** The driver over the first of `choice` that loads. */
export const sqliteDriver =
  (dialect: Dialect, options: SqliteConnect, choice: ReadonlyArray<SqliteLibrary>): LoadDriver =>
  async () => {
    const reasons: Array<string> = []
    for (const name of choice) {
      try {
        const library = await loaders[name]()
        const notice = reasons.length === 0 ? null : `SQLite runs on ${name}: ${reasons.join('; ')}`
        return E.right(driverOver(dialect, options, library, notice))
      } catch (error) {
        reasons.push(whyNot(name, error))
      }
    }
    const advice = 'npm install better-sqlite3, or node-sqlite3-wasm, which needs no compiler'
    return missingDriver(`no SQLite: ${reasons.join('; ')} (${advice})`, null)
  }
