/**
 * What a Database and a SQLite that runs elsewhere (in a worker thread, in a child process) say to each other. All of it can be
 * cloned: no function, no promise, no class.
 */
import type { Either } from 'fp-ts/lib/Either.js'

import type { Reply, Statement } from '../../compile/statement.js'
import type { Limits } from '../driver.js'
import type { DbError } from '../error.js'
import type { SqliteLibrary } from './sqlite-libraries.js'
import type { SqliteConnect } from './sqlite-library.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One thing to do. `leftMs`: how long it may take; clocks differ from thread to thread, so no moment is sent. */
export type Wanted =
  | { readonly _tag: 'Connect'; readonly library: SqliteLibrary; readonly options: SqliteConnect }
  | { readonly _tag: 'Send'; readonly statement: Statement; readonly leftMs: number }
  | { readonly _tag: 'Open'; readonly statement: Statement; readonly leftMs: number }
  | { readonly _tag: 'Fetch'; readonly rows: number; readonly leftMs: number }
  | { readonly _tag: 'CloseCursor' }

/** What the Database says: do this, stop doing that, or end. */
export type Asked =
  | { readonly _tag: 'Do'; readonly id: number; readonly wanted: Wanted }
  | { readonly _tag: 'Stop'; readonly id: number }
  | { readonly _tag: 'End' }

/** What it is told, once for each thing to do. */
export interface Told {
  readonly id: number
  readonly outcome: Either<DbError, Reply>
  readonly inTransaction: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The parts of a statement that SQLite needs; its meaning stays where it is. The rows of a write are counted by its tables. */
export const sentStatement = (statement: Statement): Statement => {
  const { sql, parameters, sets, secrets, text, returnsRows, bigints, tables } = statement
  return {
    sql,
    parameters,
    ...(sets === undefined ? {} : { sets }),
    ...(secrets === undefined ? {} : { secrets }),
    text,
    returnsRows,
    bigints,
    tables,
  }
}

/** How long is left of a moment; Infinity where there is none. */
export const leftOf = ({ deadline }: Limits): number => deadline - performance.now()
