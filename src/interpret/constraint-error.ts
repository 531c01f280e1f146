/**
 * The constraints that a write in memory can break; the same tags and codes as from a database.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Broken {
  readonly message: string
  readonly table: string
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

/** What a write in memory can break. */
export type ConstraintError = UniqueViolation | ForeignKeyViolation | NotNullViolation

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const place = (table: string, columns: ReadonlyArray<string>): string =>
  columns.map((column) => `"${table}"."${column}"`).join(', ')

export const uniqueViolation = (table: string, columns: ReadonlyArray<string>): UniqueViolation => ({
  _tag: 'UniqueViolation',
  code: 'RV201',
  message: `two rows have the same ${place(table, columns)}`,
  table,
  columns,
})

export const foreignKeyViolation = (
  table: string,
  columns: ReadonlyArray<string>,
  target: string,
): ForeignKeyViolation => ({
  _tag: 'ForeignKeyViolation',
  code: 'RV202',
  message: `${place(table, columns)} refers to a row of "${target}" that is not there`,
  table,
  columns,
})

export const notNullViolation = (table: string, column: string): NotNullViolation => ({
  _tag: 'NotNullViolation',
  code: 'RV203',
  message: `${place(table, [column])} cannot be null`,
  table,
  columns: [column],
})
