/**
 * The constraints that a write in memory can break; the same tags and codes as from a database.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Broken {
  readonly message: string
  /** The constraint's name, where it says one. */
  readonly constraint: string | null
  readonly table: string
  /** The columns; of a check or of an index of expressions none. */
  readonly columns: ReadonlyArray<string>
}

/** A key or a unique column has the value already. */
export interface UniqueViolation extends Broken {
  readonly _tag: 'UniqueViolation'
  readonly code: 'RV201'
}

/** A row refers to one that is not there, or is still referred to. */
export interface ForeignKeyViolation extends Broken {
  readonly _tag: 'ForeignKeyViolation'
  readonly code: 'RV202'
}

/** A column that is never null was to be null. */
export interface NotNullViolation extends Broken {
  readonly _tag: 'NotNullViolation'
  readonly code: 'RV203'
}

/** A row breaks a CHECK of its table. */
export interface CheckViolation extends Broken {
  readonly _tag: 'CheckViolation'
  readonly code: 'RV204'
}

/** What a write in memory can break. */
export type ConstraintError = UniqueViolation | ForeignKeyViolation | NotNullViolation | CheckViolation

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const place = (table: string, columns: ReadonlyArray<string>): string =>
  columns.map((column) => `"${table}"."${column}"`).join(', ')

export const uniqueViolation = (
  table: string,
  columns: ReadonlyArray<string>,
  constraint: string | null,
): UniqueViolation => ({
  _tag: 'UniqueViolation',
  code: 'RV201',
  message: `two rows have the same ${columns.length === 0 ? `key of an index of "${table}"` : place(table, columns)}`,
  constraint,
  table,
  columns,
})

export const foreignKeyViolation = (
  table: string,
  columns: ReadonlyArray<string>,
  target: string,
  constraint: string | null,
): ForeignKeyViolation => ({
  _tag: 'ForeignKeyViolation',
  code: 'RV202',
  message: `${place(table, columns)} refers to a row of "${target}" that is not there`,
  constraint,
  table,
  columns,
})

export const notNullViolation = (table: string, column: string): NotNullViolation => ({
  _tag: 'NotNullViolation',
  code: 'RV203',
  message: `${place(table, [column])} cannot be null`,
  constraint: null,
  table,
  columns: [column],
})

export const checkViolation = (table: string, check: string, constraint: string | null): CheckViolation => ({
  _tag: 'CheckViolation',
  code: 'RV204',
  message: `a row of "${table}" breaks its check ${constraint === null ? check : `"${constraint}": ${check}`}`,
  constraint,
  table,
  columns: [],
})
