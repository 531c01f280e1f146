/**
 * What a compiler gives and a driver takes: one SQL statement with its bound parameters.
 */

import type { DdlNode } from '../expr/ddl-node.js'
import type { StatementNode } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import type { Answer } from './answer.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The only forms in which a value leaves relvar. A number here is always finite. */
export type Wire = null | string | number | bigint | Uint8Array

/** The values of several runs of one statement: a list for each parameter, with its value in each run. */
export interface Sets {
  readonly count: number
  readonly columns: ReadonlyArray<ReadonlyArray<Wire>>
}

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
 * `sets`: the statement is run once for each of them, in order and as one: all of it or nothing. The answer has the rows of all and
 * the sum of what they affected; `parameters` is empty then. Only SQLite's dialect asks for it, whose statements cost no way.
 * `secrets`: set where it has to do with secret columns, so that what a server says about it is not told; the places of their values
 * among its parameters (or columns of sets), which nothing shows.
 * `inColumns`: its values become those of columns as they are, so that a driver need not say what kind of number each is.
 */
export interface Statement {
  readonly sql: string
  readonly parameters: ReadonlyArray<Wire>
  readonly sets?: Sets
  readonly inColumns?: boolean
  readonly secrets?: ReadonlyArray<number>
  readonly text: 'compiled' | 'control' | 'once'
  readonly returnsRows: boolean
  readonly bigints: boolean
  readonly tables: TableSet
  /** What the statement says, where the database evaluates instead of reading SQL. */
  readonly meaning?: Meaning
}

/** What a statement says, as a value. */
export type Meaning =
  | { readonly _tag: 'Statement'; readonly node: StatementNode; readonly holes: Readonly<Record<string, unknown>> }
  | { readonly _tag: 'Ddl'; readonly ddl: DdlNode }
  | { readonly _tag: 'HasTable'; readonly table: Pick<TableInfo, 'schema' | 'name' | 'view'> }

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
  /** What the rows' columns are called, for a statement of a user's own text. */
  readonly names?: ReadonlyArray<string>
  /** What a database answers that evaluates: rows are whole there. */
  readonly answer?: Answer<unknown>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const noTables: TableSet = Object.freeze({ reads: Object.freeze([]), writes: Object.freeze([]) })

/** The parameters of one run. */
export const setAt = ({ columns }: Sets, run: number): ReadonlyArray<Wire> =>
  columns.map((column) => column[run] ?? null)

/** The parameters of each run. */
export const setsOf = (sets: Sets): ReadonlyArray<ReadonlyArray<Wire>> =>
  Array.from({ length: sets.count }, (_, run) => setAt(sets, run))

/** Fixed control text of relvar's own, such as BEGIN: no parameter, no row. */
export const control = (sql: string): Statement =>
  Object.freeze({ sql, parameters: [], text: 'control', returnsRows: false, bigints: false, tables: noTables })

/** What stands where a secret value would be shown. */
const hidden: Wire = '<secret>'

const withoutSecrets = <A>(secrets: ReadonlyArray<number> | undefined, list: ReadonlyArray<A>, instead: A) =>
  secrets === undefined || secrets.length === 0 ? list : list.map((one, i) => (secrets.includes(i) ? instead : one))

/** The parameters of each run, as they may be shown: without the values of secret columns. */
export const shownParameters = ({ parameters, sets, secrets }: Statement): ReadonlyArray<ReadonlyArray<Wire>> =>
  (sets === undefined ? [parameters] : setsOf(sets)).map((run) => withoutSecrets(secrets, run, hidden))
