/**
 * SQLite by better-sqlite3: the fast one. It binds a JS number as REAL and a bigint as INTEGER.
 */
import type BetterSqlite3 from 'better-sqlite3'

import { sqliteCodeOf, sqliteCodes } from '../classify/sqlite.js'
import { type Sets, setsOf } from '../../compile/statement.js'
import { textOf } from '../classify/context.js'
import { sqliteFunctions } from './sqlite-functions.js'
import type { Library, Prepared } from './sqlite-library.js'

type RunEach = (statement: BetterSqlite3.Statement, sets: Sets) => number

const spread: RunEach = (statement, sets) => {
  let changes = 0
  for (const set of setsOf(sets)) changes += statement.run(...set).changes
  return changes
}

/** Runs a statement for each set of so many values: arguments that stand in the call are bound faster than those of an array. */
const runEach = (length: number): RunEach => {
  const places = Array.from({ length }, (_, i) => i)
  const lists = places.map((i) => `const c${i} = sets.columns[${i}]`).join('; ')
  const values = places.map((i) => `c${i}[run]`).join(', ')
  const body = `${lists}; let changes = 0
for (let run = 0; run < sets.count; run++) changes += statement.run(${values}).changes
return changes`
  try {
    // oxlint-disable-next-line typescript/no-implied-eval -- the text has nothing but numbers of places in it
    const made: unknown = new Function('statement', 'sets', body)
    // The text above is a RunEach.
    return made as RunEach
  } catch {
    // A content security policy forbids it.
    return spread
  }
}

const prepared = (statement: BetterSqlite3.Statement): Prepared => {
  let bigints = false
  let each: RunEach | null = null
  if (statement.reader) statement.raw(true)
  return {
    givesRows: statement.reader,
    names: () => statement.columns().map(({ name }) => name),
    all: (parameters, wanted) => {
      if (wanted !== bigints) {
        statement.safeIntegers(wanted)
        bigints = wanted
      }
      // raw(true) gives arrays, which the declared type of `all` does not say
      return statement.all(parameters) as ReadonlyArray<ReadonlyArray<unknown>>
    },
    iterate: (parameters, wanted) => {
      statement.safeIntegers(wanted)
      bigints = wanted
      // as with `all`
      return statement.iterate(parameters) as Iterator<ReadonlyArray<unknown>>
    },
    run: (parameters) => statement.run(parameters).changes,
    runAll: (sets) => {
      each ??= runEach(sets.columns.length)
      return each(statement, sets)
    },
    finish: () => {
      // better-sqlite3 finishes a statement when it is collected
    },
  }
}

/** Loads better-sqlite3; throws where it is missing, was not built, or would crash this Node.js. */
export const loadBetterSqlite = async (): Promise<Library> => {
  const { default: Database } = await import('better-sqlite3')
  // Version 13 needs Node-API 10 and ends the process with a segmentation fault where there is less. It is known by
  // `explain`, which 12 has not; its binary is loaded by the first `new`, not by the import.
  if (Number(process.versions['napi'] ?? 0) < 10 && 'explain' in Database.prototype) {
    throw new Error('better-sqlite3 13 needs Node.js 22.14 or later; version 12 runs here')
  }
  new Database(':memory:').close()
  return {
    name: 'better-sqlite3',
    maxConnections: null,
    open: (file, { readOnly }) => {
      // no waiting inside SQLite: it would block the process
      const database = new Database(file, { readonly: readOnly, timeout: 0 })
      for (const { name, call } of sqliteFunctions) database.function(name, { deterministic: true }, call)
      return {
        prepare: (sql) => prepared(database.prepare(sql)),
        inTransaction: () => database.inTransaction,
        close: () => void database.close(),
      }
    },
    said: (error) => {
      const message = error instanceof Error ? error.message : String(error)
      const code = textOf(error, 'code')
      return { code: (code === null ? undefined : sqliteCodes[code]) ?? sqliteCodeOf(message), message }
    },
  }
}
