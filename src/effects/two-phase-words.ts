/**
 * What each engine says for a transaction that is prepared first and decided later.
 */
import type { DialectName } from '../compile/dialect.js'
import type { RawRow } from '../compile/statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How a transaction of a name is prepared, and decided. `commit` and `rollback` are said outside of any transaction. */
export interface TwoPhase {
  /** What prepares it instead of COMMIT, in order. */
  readonly prepare: (name: string) => ReadonlyArray<string>
  /** What undoes it before it is prepared, in order. */
  readonly undo: (name: string) => ReadonlyArray<string>
  /** Whether the session is of no use to anyone until the transaction is decided. */
  readonly keepsSession: boolean
  readonly commit: (name: string) => string
  readonly rollback: (name: string) => string
  /** What lists those that are prepared, and the name that a row of it tells; null for one that is not relvar's. */
  readonly list: string
  readonly nameIn: (row: RawRow) => string | null
}

/** Names that need no quoting anywhere: a text of XA has 64 bytes, and takes no parameter on any engine. */
export const isTransactionName = (name: unknown): name is string =>
  typeof name === 'string' && /^[A-Za-z0-9_.:-]{1,64}$/.test(name)

// -------------------------------------------------------------------------------------
// engines
// -------------------------------------------------------------------------------------

const postgres: TwoPhase = {
  prepare: (name) => [`PREPARE TRANSACTION '${name}'`],
  undo: () => ['ROLLBACK'],
  keepsSession: false,
  commit: (name) => `COMMIT PREPARED '${name}'`,
  rollback: (name) => `ROLLBACK PREPARED '${name}'`,
  list: 'SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY prepared, gid',
  nameIn: ([name]) => String(name),
}

// MariaDB keeps the prepared transaction with its session, where nobody else can decide it until that has ended
const xa: TwoPhase = {
  prepare: (name) => [`XA END '${name}'`, `XA PREPARE '${name}'`],
  undo: (name) => [`XA END '${name}'`, `XA ROLLBACK '${name}'`],
  keepsSession: true,
  commit: (name) => `XA COMMIT '${name}'`,
  rollback: (name) => `XA ROLLBACK '${name}'`,
  list: 'XA RECOVER',
  // format 1 is what is taken where none is given; a branch qualifier is another program's
  nameIn: ([format, , qualifier, data]) => (Number(format) === 1 && Number(qualifier) === 0 ? String(data) : null),
}

/** Null: the engine has no two phases. */
export const twoPhaseOf: Readonly<Record<DialectName, TwoPhase | null>> = {
  postgres,
  mysql: xa,
  mariadb: xa,
  sqlite: null,
}
