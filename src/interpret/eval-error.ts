/**
 * What an evaluation in memory can end with besides its rows.
 */
import type * as E from 'fp-ts/lib/Either.js'

import type { FreeSource, IllFormed, SourceMismatch, Ungrouped, Unsupported } from '../compile/compile-error.js'
import type { InvalidValue, MultipleRows, NoRows } from '../compile/load-error.js'
import { openOf, type SqlType } from '../expr/sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A part that has no meaning in memory, or one on which engines differ so that relvar gives it none. */
export interface NotEvaluable {
  readonly _tag: 'NotEvaluable'
  readonly code: 'RV740'
  readonly message: string
}

/** Arithmetic left the range of its type; engines answer with an error or with another type, so there is no value. */
export interface Overflow {
  readonly _tag: 'Overflow'
  readonly code: 'RV741'
  readonly message: string
  /** The type that cannot hold the result. */
  readonly type: string
}

/** The first five are about the query, whatever the rows are; the rest are about values. */
export type EvalError =
  | Unsupported
  | Ungrouped
  | SourceMismatch
  | FreeSource
  | IllFormed
  | NotEvaluable
  | Overflow
  | InvalidValue
  | NoRows
  | MultipleRows

/** What each step of an evaluation gives. */
export type Result<A> = E.Either<EvalError, A>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const notEvaluable = (message: string): NotEvaluable => ({ _tag: 'NotEvaluable', code: 'RV740', message })

/** A calculation whose result its type does not hold; of a secret nothing is told. */
export const beyondType = (what: string, type: SqlType<unknown>): Overflow =>
  overflow(type.secretOf === null ? what : 'a secret value', openOf(type).id)

export const overflow = (what: string, type: string): Overflow => ({
  _tag: 'Overflow',
  code: 'RV741',
  message: `${what} is beyond what ${type} holds`,
  type,
})
