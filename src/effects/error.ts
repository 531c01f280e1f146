/**
 * Everything that an effect can end with besides its value: one tagged union, each member with a stable code.
 *
 * Messages say what was tried, what was found and what to do. They hold nothing that a server says about values, and neither does
 * `cause`, unless the Database was made with `hideParameters: false`; nor do they ever hold a value of a `secret` column. What to ask of an error stands in error-questions.ts.
 */
import type * as Load from '../compile/load-error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Failure {
  readonly message: string
  /** The SQL that was run or about to be run; it holds placeholders, never values. */
  readonly statement: string | null
  /** The driver's error, without what it says about values unless `hideParameters` is off. */
  readonly cause: unknown
}

interface Constraint extends Failure {
  /** The constraint's name, where the engine tells. */
  readonly constraint: string | null
  readonly table: string | null
  /** The columns, where the engine tells; else empty. */
  readonly columns: ReadonlyArray<string>
}

/** Whether a byte of the statement may have reached the server. Only `no` may be tried again without thinking. */
export type Sent = 'no' | 'maybe'

/** No session could be made, or the one in use is gone. `closed`: this Database was closed. */
export interface ConnectionFailure extends Failure {
  readonly _tag: 'Connection'
  readonly code: 'RV101'
  readonly phase: 'driver' | 'connect' | 'auth' | 'session' | 'statement' | 'closed'
  readonly sent: Sent
}

/** The server is there and refused: it is `starting` (or stopping), or it is `full`. Nothing was sent. */
export interface Unavailable extends Failure {
  readonly _tag: 'Unavailable'
  readonly code: 'RV102'
  readonly reason: 'starting' | 'full'
}

/** What a lease ran last, how old it is, and where its effect began, with `traceHolders`. */
interface Holding {
  readonly statement: string | null
  readonly heldMs: number
  readonly heldAt: string | null
}

/** Every connection was taken for the whole acquire timeout. Nothing was sent. */
export interface PoolTimeout extends Failure {
  readonly _tag: 'PoolTimeout'
  readonly code: 'RV103'
  readonly size: number
  readonly waiting: number
  readonly waitedMs: number
  /** What the longest lease ran last; null where it has run nothing yet. */
  readonly oldest: Holding | null
  /** Who holds connections, the longest lease first. */
  readonly holders: ReadonlyArray<Holding>
}

/** The statement took too long: the server stopped it by its own setting, or this side told it to. */
export interface QueryTimeout extends Failure {
  readonly _tag: 'QueryTimeout'
  readonly code: 'RV104'
  readonly by: 'server' | 'client'
}

/** Another transaction held a lock for too long. */
export interface LockTimeout extends Failure {
  readonly _tag: 'LockTimeout'
  readonly code: 'RV105'
}

/** An AbortSignal, or an administrator, stopped it. */
export interface Cancelled extends Failure {
  readonly _tag: 'Cancelled'
  readonly code: 'RV106'
  readonly sent: Sent
}

/** A key or a unique column has the value already. */
export interface UniqueViolation extends Constraint {
  readonly _tag: 'UniqueViolation'
  readonly code: 'RV201'
}

/** A row refers to one that is not there, or is still referred to. */
export interface ForeignKeyViolation extends Constraint {
  readonly _tag: 'ForeignKeyViolation'
  readonly code: 'RV202'
}

/** A column that is never null was to be null. */
export interface NotNullViolation extends Constraint {
  readonly _tag: 'NotNullViolation'
  readonly code: 'RV203'
}

/** A row breaks a CHECK of its table. */
export interface CheckViolation extends Constraint {
  readonly _tag: 'CheckViolation'
  readonly code: 'RV204'
}

/** The transaction could not be put into an order with the others: run it again. */
export interface Serialization extends Failure {
  readonly _tag: 'Serialization'
  readonly code: 'RV301'
}

/** Two transactions waited for each other and this one was chosen to give way. */
export interface Deadlock extends Failure {
  readonly _tag: 'Deadlock'
  readonly code: 'RV302'
  /** True on MySQL and MariaDB, which roll back the whole transaction, savepoints included. */
  readonly endsTransaction: boolean
}

/** The transaction's program came to a Right, but the server could only roll back; `cause` says why. */
export interface RolledBack extends Failure {
  readonly _tag: 'RolledBack'
  readonly code: 'RV303'
}

/** The connection was lost while COMMIT was under way: it may have been committed or not. Never retried by relvar. */
export interface CommitUnknown extends Failure {
  readonly _tag: 'CommitUnknown'
  readonly code: 'RV304'
  /** PostgreSQL's number of the transaction, where that was asked for (`resolvable`) and it had written: for `resolveCommit`. */
  readonly transaction: string | null
}

/** The transaction is over, or an earlier statement of it failed; nothing was sent. */
export interface TransactionClosed extends Failure {
  readonly _tag: 'TransactionClosed'
  readonly code: 'RV305'
}

/** A write where only reads are allowed. */
export interface ReadOnly extends Failure {
  readonly _tag: 'ReadOnly'
  readonly code: 'RV306'
}

/** A limit of the server, the driver or this Database was reached: memory, disk, packet, number of parameters. */
export interface ResourceLimit extends Failure {
  readonly _tag: 'ResourceLimit'
  readonly code: 'RV401'
}

/** The stored data or the engine's answer is damaged. */
export interface Corrupt extends Load.CorruptReply, Failure {
  readonly statement: string
}

/** One row was asked for, and there is none. */
export interface NoRows extends Load.NoRows, Failure {
  readonly statement: string
}

/** One row was asked for, and there are more. */
export interface MultipleRows extends Load.MultipleRows, Failure {
  readonly statement: string
}

/** Another transaction changed or removed the row since it was read. */
export interface StaleRow extends Failure {
  readonly _tag: 'StaleRow'
  readonly code: 'RV503'
  readonly table: string | null
}

/** What a commit has written already can't be written again. */
export interface AlreadyFlushed extends Failure {
  readonly _tag: 'AlreadyFlushed'
  readonly code: 'RV504'
}

/** Refused before the server: a value that its column, parameter or option can't take. */
export interface InvalidValue extends Load.InvalidValue, Failure {}

/** The database gave a value that is not what the schema says. */
export interface DecodeFailure extends Load.DecodeFailure, Failure {
  readonly statement: string
}

/** What pure code refused; each has a stable code of its own. */
export interface Refusal {
  readonly _tag: string
  readonly code: string
  readonly message: string
}

/** The compiler refused the query: `error` says why. */
export interface CompileFailure extends Failure {
  readonly _tag: 'Compile'
  readonly code: 'RV701'
  readonly error: Refusal
}

/** A unit of work has no plan: `error` says why. */
export interface PlanFailure extends Failure {
  readonly _tag: 'Plan'
  readonly code: 'RV702'
  readonly error: Refusal
}

/** The program's own code threw; `cause` is what it threw. */
export interface Defect extends Failure {
  readonly _tag: 'Defect'
  readonly code: 'RV801'
}

/** Any other refusal of the server: a syntax error, an unknown table, a value it can't read. */
export interface SqlFailure extends Failure {
  readonly _tag: 'Sql'
  readonly code: 'RV901'
  readonly sqlState: string | null
  readonly errno: number | null
}

/** All that an effect may end with. */
export type DbError =
  | ConnectionFailure
  | Unavailable
  | PoolTimeout
  | QueryTimeout
  | LockTimeout
  | Cancelled
  | UniqueViolation
  | ForeignKeyViolation
  | NotNullViolation
  | CheckViolation
  | Serialization
  | Deadlock
  | RolledBack
  | CommitUnknown
  | TransactionClosed
  | ReadOnly
  | ResourceLimit
  | Corrupt
  | NoRows
  | MultipleRows
  | StaleRow
  | AlreadyFlushed
  | InvalidValue
  | DecodeFailure
  | CompileFailure
  | PlanFailure
  | Defect
  | SqlFailure

/** The name of each kind of error. */
export type DbErrorTag = DbError['_tag']

/** The error of a tag. */
export type DbErrorOf<T extends DbErrorTag> = Extract<DbError, { readonly _tag: T }>
