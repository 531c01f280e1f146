/**
 * What a compiler gives and a driver takes: one SQL statement with its bound parameters.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The only forms in which a value leaves relvar. A number here is always finite. */
export type Wire = null | string | number | bigint | Uint8Array

/** A table as the database knows it. */
export interface TableName {
  readonly schema: string | null
  readonly name: string
}

/**
 * One SQL statement.
 *
 * `text` says where the SQL comes from: `compiled` text is one of a bounded set of shapes, so a driver may keep it prepared;
 * `control` is fixed text of relvar's own (BEGIN, SAVEPOINT, SET) that MySQL's prepared protocol refuses; `once` is the rest.
 * `bigints` is true where an integer of the result may exceed 2^53: a driver that gives JS numbers must give bigints then.
 * `tables` are all tables that the statement can see or change.
 */
export interface Statement {
  readonly sql: string
  readonly parameters: ReadonlyArray<Wire>
  readonly text: 'compiled' | 'control' | 'once'
  readonly returnsRows: boolean
  readonly bigints: boolean
  readonly tables: TableSet
}

/** The tables that a statement reads and those that it writes, each named once. */
export interface TableSet {
  readonly reads: ReadonlyArray<TableName>
  readonly writes: ReadonlyArray<TableName>
}

/** One row as a driver gives it: positional, in the wire form of the dialect (text where the driver can leave it alone). */
export type RawRow = ReadonlyArray<unknown>

/**
 * A driver's answer. `affected` counts the rows that matched (never only those that changed); `insertId` is the first key
 * that the engine made for this statement, where it tells.
 */
export interface Reply {
  readonly rows: ReadonlyArray<RawRow>
  readonly affected: number
  readonly insertId: bigint | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const noTables: TableSet = Object.freeze({ reads: Object.freeze([]), writes: Object.freeze([]) })

/** Fixed control text of relvar's own, such as BEGIN: no parameter, no row. */
export const control = (sql: string): Statement =>
  Object.freeze({ sql, parameters: [], text: 'control', returnsRows: false, bigints: false, tables: noTables })
