/**
 * What a program asks of a DbError: which one is it, may I try again, is the session gone, does my transaction still exist.
 */
import { asked } from '../expr/asked.js'
import type { DbError, DbErrorOf, DbErrorTag } from './error.js'
import { errorCodes } from './error-make.js'

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * Folds a DbError, one function a tag; a tag without one does not compile. `matchDbErrorOr` takes some of them.
 *
 * @example
 * import { type DbError, matchDbError } from 'relvar'
 *
 * const [later, conflict, wrong, missing, broken] = [() => 503, () => 409, () => 400, () => 404, () => 500] as const
 * const status: (error: DbError) => number = matchDbError({
 *   Connection: later, Unavailable: later, PoolTimeout: later, QueryTimeout: later, LockTimeout: later, Cancelled: later,
 *   UniqueViolation: conflict, ForeignKeyViolation: conflict, NotNullViolation: wrong, CheckViolation: wrong,
 *   Serialization: later, Deadlock: later, RolledBack: later, CommitUnknown: broken, TransactionClosed: broken,
 *   ReadOnly: broken, ResourceLimit: broken, Corrupt: broken, NoRows: missing, MultipleRows: broken, StaleRow: conflict,
 *   AlreadyFlushed: broken, InvalidValue: wrong, Decode: broken, Compile: broken, Plan: broken, Defect: broken, Sql: broken,
 * })
 * assert.strictEqual(typeof status, 'function')
 *
 * @category destructors
 * @since 0.1.0
 */
export const matchDbError =
  <R>(on: { readonly [T in DbErrorTag]: (error: DbErrorOf<T>) => R }) =>
  (error: DbError): R =>
    // on[tag] takes exactly the member that carries this tag, which the compiler can't follow through an index
    (on[error._tag] as (error: DbError) => R)(error)

/**
 * Folds the tags that are named and gives every other error to `otherwise`.
 *
 * @example
 * import { type DbError, matchDbErrorOr } from 'relvar'
 *
 * const status: (error: DbError) => number = matchDbErrorOr({ UniqueViolation: () => 409, NoRows: () => 404 }, () => 500)
 * assert.strictEqual(typeof status, 'function')
 *
 * @category destructors
 * @since 0.1.0
 */
export const matchDbErrorOr =
  <R>(on: { readonly [T in DbErrorTag]?: (error: DbErrorOf<T>) => R }, otherwise: (error: DbError) => R) =>
  (error: DbError): R =>
    // as in matchDbError: the branch under a tag takes the member of that tag
    ((on[error._tag] as ((error: DbError) => R) | undefined) ?? otherwise)(error)

/**
 * One line for a log: the code, the tag, the message. Never a parameter.
 *
 * @example
 * import { type DbError, showDbError } from 'relvar'
 *
 * const line = (error: DbError): string => showDbError(error)
 * assert.strictEqual(typeof line, 'function')
 *
 * @category destructors
 * @since 0.1.0
 */
export const showDbError = (error: DbError): string => `${error.code} ${error._tag}: ${error.message}`

/**
 * Whether a value is one of relvar's errors; for programs whose error is a wider union.
 *
 * @example
 * import { isDbError } from 'relvar'
 *
 * assert.strictEqual(isDbError({ _tag: 'Mine' }), false)
 *
 * @category destructors
 * @since 0.1.0
 */
export const isDbError = (value: unknown): value is DbError =>
  asked(
    () =>
      typeof value === 'object' &&
      value !== null &&
      '_tag' in value &&
      'code' in value &&
      typeof value._tag === 'string' &&
      Object.hasOwn(errorCodes, value._tag) &&
      // Object.hasOwn has shown that the tag is a key
      errorCodes[value._tag as DbErrorTag] === value.code,
    false,
  )

/**
 * Whether running the whole effect again may succeed and can't apply anything twice: a conflict with other transactions, a
 * server that is starting or full, a connection that failed before a byte was sent.
 *
 * @example
 * import { type DbError, isRetryable } from 'relvar'
 *
 * const again = (error: DbError): boolean => isRetryable(error)
 * assert.strictEqual(typeof again, 'function')
 *
 * @category destructors
 * @since 0.1.0
 */
export const isRetryable = (error: DbError): boolean => {
  switch (error._tag) {
    case 'Serialization':
    case 'Deadlock':
    case 'Unavailable':
      return true
    case 'Connection':
      return (
        error.sent === 'no' && (error.phase === 'connect' || error.phase === 'session' || error.phase === 'statement')
      )
    default:
      return false
  }
}

/**
 * Whether the session that ran the statement is gone.
 *
 * @example
 * import { type DbError, isDisconnect } from 'relvar'
 *
 * const again = (error: DbError): boolean => isDisconnect(error)
 * assert.strictEqual(typeof again, 'function')
 *
 * @category destructors
 * @since 0.1.0
 */
export const isDisconnect = (error: DbError): boolean => error._tag === 'Connection' || error._tag === 'CommitUnknown'

/**
 * Whether a transaction in which this error came up may still exist on the server, so that going back to a savepoint can
 * help. (It can't go on without: after a failed statement relvar sends nothing more on that level.)
 *
 * @example
 * import { type DbError, transactionAlive } from 'relvar'
 *
 * const goesOn = (error: DbError): boolean => transactionAlive(error)
 * assert.strictEqual(typeof goesOn, 'function')
 *
 * @category destructors
 * @since 0.1.0
 */
export const transactionAlive = (error: DbError): boolean => {
  switch (error._tag) {
    case 'Connection':
    case 'CommitUnknown':
    case 'RolledBack':
    case 'TransactionClosed':
      return false
    case 'Deadlock':
      return !error.endsTransaction
    default:
      return true
  }
}
