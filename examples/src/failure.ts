/**
 * All that can end the example early, as one union: every effect says in its type which of these it gives.
 */
import { type DbError, type PlanError, showDbError } from 'relvar'

import { cut } from './table-print.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The command line is not right. */
export interface UsageError {
  readonly _tag: 'Usage'
  readonly message: string
}

/** A file of the data, or the folder of the database, cannot be used. */
export interface FileError {
  readonly _tag: 'File'
  readonly message: string
}

export type Failure = UsageError | FileError | PlanError | DbError

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const usageError = (message: string): UsageError => ({ _tag: 'Usage', message })

export const fileError = (what: string, thrown: unknown): FileError => ({
  _tag: 'File',
  message: `${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
})

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const longestSql = 300

/** An error of the database, and the statement that it is about where there is one. */
const showWithSql = (error: DbError): string =>
  error.statement === null ? showDbError(error) : `${showDbError(error)}\nin: ${cut(longestSql, error.statement)}`

/** A failure in words for people. */
export const showFailure = (failure: Failure): string => {
  switch (failure._tag) {
    case 'Usage':
      return `${failure.message}\nnpm start -- --help tells what there is.`
    case 'File':
      return failure.message
    case 'Cancelled':
      return 'Interrupted. What was under way was rolled back; the next run makes the tables anew.'
    default:
      return 'statement' in failure ? showWithSql(failure) : `${failure.code} ${failure._tag}: ${failure.message}`
  }
}

/** The exit code of the program. */
export const exitCode = (failure: Failure): number => {
  switch (failure._tag) {
    case 'Usage':
      return 2
    case 'Cancelled':
      // What a shell gives for a program that Ctrl-C ended: here that is the only signal.
      return 130
    default:
      return 1
  }
}
