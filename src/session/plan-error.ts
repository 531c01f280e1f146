/**
 * Why a unit of work cannot be written: found by the pure planner, before any statement is sent.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Refused {
  readonly message: string
  readonly table: string
}

/** The table is not in the schema of the unit of work. */
export interface UnknownTable extends Refused {
  readonly _tag: 'UnknownTable'
  readonly code: 'RV720'
}

/** The table has no such column. */
export interface UnknownColumn extends Refused {
  readonly _tag: 'UnknownColumn'
  readonly code: 'RV721'
  readonly column: string
}

/** A part of the key is not there, or the table has no primary key. */
export interface MissingKey extends Refused {
  readonly _tag: 'MissingKey'
  readonly code: 'RV722'
}

/** A new row has no value for a column that needs one. */
export interface MissingValue extends Refused {
  readonly _tag: 'MissingValue'
  readonly code: 'RV723'
  readonly column: string
}

/** The Ref belongs to another unit of work, or to another branch of this one. */
export interface ForeignRef extends Refused {
  readonly _tag: 'ForeignRef'
  readonly code: 'RV724'
  readonly ref: string
}

/** A Ref stands in a column that is no foreign key to the Ref's table. */
export interface RefMismatch extends Refused {
  readonly _tag: 'RefMismatch'
  readonly code: 'RV725'
  readonly column: string
  readonly ref: string
}

/** A foreign key leads to a row that this unit of work removes. */
export interface DanglingRef extends Refused {
  readonly _tag: 'DanglingRef'
  readonly code: 'RV726'
  readonly column: string
}

/** Two rows would have one key, or one value of a unique column. */
export interface DuplicateIdentity extends Refused {
  readonly _tag: 'DuplicateIdentity'
  readonly code: 'RV727'
  readonly columns: ReadonlyArray<string>
}

/** A change by function needs the row as it is, and the unit of work does not have it. */
export interface NotTracked extends Refused {
  readonly _tag: 'NotTracked'
  readonly code: 'RV728'
}

/** The row was removed before in this unit of work. */
export interface RowRemoved extends Refused {
  readonly _tag: 'RowRemoved'
  readonly code: 'RV729'
}

/** A change would give a row another key. */
export interface KeyChanged extends Refused {
  readonly _tag: 'KeyChanged'
  readonly code: 'RV730'
  readonly column: string
}

/** The function of a change threw, or gave no row. */
export interface ChangeFailed extends Refused {
  readonly _tag: 'ChangeFailed'
  readonly code: 'RV731'
  readonly cause: unknown
}

/** Rows need each other's keys in a circle, and no column of it can be NULL for a while. */
export interface ForeignKeyCycle extends Refused {
  readonly _tag: 'ForeignKeyCycle'
  readonly code: 'RV732'
  /** The foreign keys around the circle: `a.bId`, `b.aId`. */
  readonly path: ReadonlyArray<string>
}

/** Rows exchange values of a unique column, which no order of statements can do. */
export interface UniqueCycle extends Refused {
  readonly _tag: 'UniqueCycle'
  readonly code: 'RV733'
  readonly path: ReadonlyArray<string>
}

/** Why a unit of work has no plan. */
export type PlanError =
  | UnknownTable
  | UnknownColumn
  | MissingKey
  | MissingValue
  | ForeignRef
  | RefMismatch
  | DanglingRef
  | DuplicateIdentity
  | NotTracked
  | RowRemoved
  | KeyChanged
  | ChangeFailed
  | ForeignKeyCycle
  | UniqueCycle

/** The name of each kind of error. */
export type PlanErrorTag = PlanError['_tag']

type PlanErrorOf<T extends PlanErrorTag> = Extract<PlanError, { readonly _tag: T }>

/** The stable code of each tag. A code is never given to another tag. */
export const planErrorCodes: { readonly [T in PlanErrorTag]: PlanErrorOf<T>['code'] } = Object.freeze({
  UnknownTable: 'RV720',
  UnknownColumn: 'RV721',
  MissingKey: 'RV722',
  MissingValue: 'RV723',
  ForeignRef: 'RV724',
  RefMismatch: 'RV725',
  DanglingRef: 'RV726',
  DuplicateIdentity: 'RV727',
  NotTracked: 'RV728',
  RowRemoved: 'RV729',
  KeyChanged: 'RV730',
  ChangeFailed: 'RV731',
  ForeignKeyCycle: 'RV732',
  UniqueCycle: 'RV733',
})

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Makes the error of a tag; its code follows from the tag. */
export const planError = <T extends PlanErrorTag>(
  tag: T,
  fields: Omit<PlanErrorOf<T>, '_tag' | 'code'>,
): PlanErrorOf<T> =>
  // the tag, its code and exactly the remaining fields of that member: together the member
  Object.freeze({ _tag: tag, code: planErrorCodes[tag], ...fields }) as unknown as PlanErrorOf<T>
