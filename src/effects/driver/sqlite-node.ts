/**
 * SQLite by node:sqlite, which Node.js brings from 22.13 on; rows as arrays need 22.16. It binds a JS number as REAL and a
 * bigint as INTEGER.
 */
import { setsOf } from '../../compile/statement.js'
import { numberOf, textOf } from '../classify/context.js'
import { sqliteCodeOf } from '../classify/sqlite.js'
import { type SqliteFunction, sqliteFunctions } from './sqlite-functions.js'
import type { Library, Prepared } from './sqlite-library.js'

// The parts of node:sqlite that are used; the types of Node.js 20 have none.
interface StatementSync {
  readonly all: (...parameters: ReadonlyArray<unknown>) => ReadonlyArray<ReadonlyArray<unknown>>
  readonly iterate: (...parameters: ReadonlyArray<unknown>) => Iterator<ReadonlyArray<unknown>>
  readonly run: (...parameters: ReadonlyArray<unknown>) => { readonly changes: number | bigint }
  readonly columns: () => ReadonlyArray<{ readonly name: string }>
  readonly setReadBigInts: (on: boolean) => void
  readonly setReturnArrays: (on: boolean) => void
}

interface DatabaseSync {
  readonly prepare: (sql: string) => StatementSync
  readonly isTransaction: boolean
  readonly close: () => void
  readonly function: (name: string, options: { readonly deterministic: boolean }, call: SqliteFunction['call']) => void
}

interface NodeSqlite {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly readOnly: boolean; readonly timeout: number },
  ) => DatabaseSync
  readonly StatementSync: { readonly prototype: object }
}

const prepared = (statement: StatementSync): Prepared => {
  let bigints = false
  const givesRows = statement.columns().length > 0
  statement.setReturnArrays(true)
  return {
    givesRows,
    names: () => statement.columns().map(({ name }) => name),
    all: (parameters, wanted) => {
      if (wanted !== bigints) {
        statement.setReadBigInts(wanted)
        bigints = wanted
      }
      return statement.all(...parameters)
    },
    iterate: (parameters, wanted) => {
      statement.setReadBigInts(wanted)
      bigints = wanted
      return statement.iterate(...parameters)
    },
    run: (parameters) => Number(statement.run(...parameters).changes),
    runAll: (sets) => setsOf(sets).reduce((changes, set) => changes + Number(statement.run(...set).changes), 0),
    finish: () => {
      // node:sqlite finishes a statement when it is collected
    },
  }
}

/** Loads node:sqlite; throws where this Node.js has none that can give rows as arrays. */
export const loadNodeSqlite = async (): Promise<Library> => {
  // named at run time: bundlers and the types of Node.js 20 don't know it
  const name = 'node:sqlite'
  // the interfaces above are the documented part of the module that is used
  const sqlite = (await import(name)) as NodeSqlite
  if (!('setReturnArrays' in sqlite.StatementSync.prototype)) {
    throw new Error('node:sqlite gives rows as arrays from Node.js 22.16 on')
  }
  return {
    name: 'node:sqlite',
    maxConnections: null,
    open: (file, { readOnly }) => {
      const database = new sqlite.DatabaseSync(file, { readOnly, timeout: 0 })
      for (const { name, call } of sqliteFunctions) database.function(name, { deterministic: true }, call)
      return {
        prepare: (sql) => prepared(database.prepare(sql)),
        inTransaction: () => database.isTransaction,
        close: () => database.close(),
      }
    },
    said: (error) => {
      const message = error instanceof Error ? error.message : String(error)
      return { code: numberOf(error, 'errcode') ?? sqliteCodeOf(textOf(error, 'errstr') ?? message), message }
    },
  }
}
