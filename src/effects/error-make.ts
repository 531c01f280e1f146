/**
 * Making DbErrors: their codes, one constructor, and what becomes of the failures of pure code and of things thrown.
 */
import type { LoadError } from '../compile/load-error.js'
import type { DbError, DbErrorOf, DbErrorTag, Defect, Refusal } from './error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The stable code of each tag. A code is never given to another tag. */
export const errorCodes: { readonly [T in DbErrorTag]: DbErrorOf<T>['code'] } = Object.freeze({
  Connection: 'RV101',
  Unavailable: 'RV102',
  PoolTimeout: 'RV103',
  QueryTimeout: 'RV104',
  LockTimeout: 'RV105',
  Cancelled: 'RV106',
  UniqueViolation: 'RV201',
  ForeignKeyViolation: 'RV202',
  NotNullViolation: 'RV203',
  CheckViolation: 'RV204',
  Serialization: 'RV301',
  Deadlock: 'RV302',
  RolledBack: 'RV303',
  CommitUnknown: 'RV304',
  TransactionClosed: 'RV305',
  ReadOnly: 'RV306',
  ResourceLimit: 'RV401',
  Corrupt: 'RV402',
  NoRows: 'RV501',
  MultipleRows: 'RV502',
  StaleRow: 'RV503',
  AlreadyFlushed: 'RV504',
  InvalidValue: 'RV601',
  Decode: 'RV602',
  Compile: 'RV701',
  Plan: 'RV702',
  Defect: 'RV801',
  Sql: 'RV901',
})

/** All fields of a DbError but its tag and code. */
export type FieldsOf<T extends DbErrorTag> = Omit<DbErrorOf<T>, '_tag' | 'code'>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Makes the error of a tag; its code follows from the tag. */
export const dbError = <T extends DbErrorTag>(tag: T, fields: FieldsOf<T>): DbErrorOf<T> =>
  // the tag, its code and exactly the remaining fields of that member: together the member
  Object.freeze({ _tag: tag, code: errorCodes[tag], ...fields }) as unknown as DbErrorOf<T>

/** User code threw inside an effect. */
export const defect = (thrown: unknown, statement: string | null = null): Defect =>
  dbError('Defect', {
    message: `the program threw inside an effect: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
    statement,
    cause: thrown,
  })

/** What pure code found while a Load ran. */
export const fromLoadError = (error: LoadError): DbError =>
  Object.freeze(error._tag === 'InvalidValue' ? { ...error, statement: null, cause: null } : { ...error, cause: null })

const isLoadError = (error: Refusal | LoadError): error is LoadError =>
  error._tag === 'InvalidValue' ||
  error._tag === 'Decode' ||
  error._tag === 'NoRows' ||
  error._tag === 'MultipleRows' ||
  error._tag === 'Corrupt'

/** What the compiler refused: the query itself, or a value in it. */
export const fromCompileError = (error: Refusal | LoadError): DbError =>
  isLoadError(error)
    ? fromLoadError(error)
    : dbError('Compile', { message: error.message, statement: null, cause: null, error })

/** What the flush planner refused. */
export const fromPlanError = (error: Refusal): DbError =>
  dbError('Plan', { message: error.message, statement: null, cause: null, error })
