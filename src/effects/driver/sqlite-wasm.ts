/**
 * SQLite by node-sqlite3-wasm: slower, and needs nothing of the machine. It can't bind a whole number as REAL (2.0 arrives
 * as INTEGER 2), gives no error codes, and locks a whole file for each connection, so a Database keeps to one.
 */
import { type RawRow, setsOf } from '../../compile/statement.js'
import { sqliteCodeOf } from '../classify/sqlite.js'
import { type SqliteFunction, sqliteFunctions } from './sqlite-functions.js'
import type { Handle, Library, Prepared } from './sqlite-library.js'

// The parts that are used. `_getColumnNames` is not documented: rows are records by these names, of which two may be the same,
// so it is replaced on each statement by one that gives names of relvar's own.
interface WasmStatement {
  readonly all: (parameters: ReadonlyArray<unknown>) => ReadonlyArray<{ readonly [column: string]: unknown }>
  readonly iterate: (parameters: ReadonlyArray<unknown>) => Iterable<{ readonly [column: string]: unknown }>
  readonly run: (parameters: ReadonlyArray<unknown>) => { readonly changes: number }
  readonly finalize: () => void
  _getColumnNames: () => ReadonlyArray<string>
}

interface WasmDatabase {
  readonly prepare: (sql: string) => WasmStatement
  readonly inTransaction: boolean
  readonly close: () => void
  readonly exec: (sql: string) => void
  readonly function: (name: string, call: SqliteFunction['call'], options: { readonly deterministic: boolean }) => void
}

interface WasmSqlite {
  readonly Database: new (file: string, options: { readonly readOnly: boolean }) => WasmDatabase
}

function* arrays(rows: Iterable<{ readonly [column: string]: unknown }>): Generator<RawRow, void> {
  for (const row of rows) yield Object.values(row)
}

const prepared = (database: WasmDatabase, total: WasmStatement, sql: string): Prepared => {
  const statement = database.prepare(sql)
  const names = statement._getColumnNames()
  const columns = names.map((_name, i) => `c${i}`)
  statement._getColumnNames = () => columns
  const totalChanges = (): unknown => total.all([])[0]?.['n']
  return {
    givesRows: columns.length > 0,
    names: () => names,
    // integers come as numbers where they are safe, else as bigints, whatever the statement asks for
    all: (parameters) => statement.all(parameters).map((row) => Object.values(row)),
    iterate: (parameters) => arrays(statement.iterate(parameters)),
    runAll: (sets) => setsOf(sets).reduce((changes, set) => changes + statement.run(set).changes, 0),
    run: (parameters) => {
      // `changes` is that of the last INSERT, UPDATE or DELETE, also after a statement that is none
      const before = totalChanges()
      const { changes } = statement.run(parameters)
      return totalChanges() === before ? 0 : changes
    },
    finish: () => {
      try {
        statement.finalize()
      } catch {
        // it repeats the failure of the last run, and is finished all the same
      }
    },
  }
}

const opened = (database: WasmDatabase): Handle => {
  for (const { name, call } of sqliteFunctions) database.function(name, call, { deterministic: true })
  const total = database.prepare('select total_changes() as n')
  return {
    prepare: (sql) => prepared(database, total, sql),
    inTransaction: () => database.inTransaction,
    close: () => {
      total.finalize()
      database.close()
    },
  }
}

/** Loads node-sqlite3-wasm; throws where it is missing. */
export const loadWasmSqlite = async (): Promise<Library> => {
  // the interfaces above are the part of the module that is used
  const { default: sqlite } = (await import('node-sqlite3-wasm')) as unknown as { readonly default: WasmSqlite }
  return {
    name: 'node-sqlite3-wasm',
    maxConnections: 1,
    open: (file, options) => opened(new sqlite.Database(file, options)),
    said: (error) => {
      const message = error instanceof Error ? error.message : String(error)
      // its lock is a folder beside the file, which a process that was killed leaves behind
      const advice = /is locked/.test(message)
        ? ' (its lock is the folder FILE.lock: remove it where no process has the file open)'
        : ''
      return { code: sqliteCodeOf(message), message: message + advice }
    },
  }
}
