/**
 * What a Load can end with besides its value: pure failures, found before a statement is sent or while its rows are read.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value that the column or the parameter cannot take; nothing was sent. */
export interface InvalidValue {
  readonly _tag: 'InvalidValue'
  readonly code: 'RV601'
  readonly message: string
  /** What the value was for: `users.name`, `parameter "id"`, `limit`. */
  readonly place: string
}

/** The database gave a value that is not what the schema says. */
export interface DecodeFailure {
  readonly _tag: 'Decode'
  readonly code: 'RV602'
  readonly message: string
  /** Where the value stood: `users.name`, or the output's path such as `n` or `user.name`. */
  readonly place: string
  /** Index of the row in its result, from 0. */
  readonly row: number
  readonly statement: string
}

/** Exactly one row was asked for and there is none. */
export interface NoRows {
  readonly _tag: 'NoRows'
  readonly code: 'RV501'
  readonly message: string
  readonly statement: string
}

/** At most one row was asked for and there are more. */
export interface MultipleRows {
  readonly _tag: 'MultipleRows'
  readonly code: 'RV502'
  readonly message: string
  readonly statement: string
}

/** The engine broke its word: fewer or other rows came back than the statement must give. */
export interface CorruptReply {
  readonly _tag: 'Corrupt'
  readonly code: 'RV402'
  readonly message: string
  readonly statement: string
}

/** Why a statement that was compiled gives no answer: its values, or what came back. */
export type LoadError = InvalidValue | DecodeFailure | NoRows | MultipleRows | CorruptReply

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const invalidValue = (place: string, message: string): InvalidValue => ({
  _tag: 'InvalidValue',
  code: 'RV601',
  message: `${place}: ${message}`,
  place,
})

export const decodeFailure = (place: string, row: number, message: string, statement: string): DecodeFailure => ({
  _tag: 'Decode',
  code: 'RV602',
  message: `row ${row}, ${place}: ${message}`,
  place,
  row,
  statement,
})

export const noRows = (message: string, statement: string): NoRows => ({
  _tag: 'NoRows',
  code: 'RV501',
  message,
  statement,
})

export const multipleRows = (message: string, statement: string): MultipleRows => ({
  _tag: 'MultipleRows',
  code: 'RV502',
  message,
  statement,
})

export const corruptReply = (message: string, statement: string): CorruptReply => ({
  _tag: 'Corrupt',
  code: 'RV402',
  message,
  statement,
})
