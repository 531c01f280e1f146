/**
 * Where rows come from: a table, or a query with a name. A source is known by its schema and name, or by its alias.
 */
import type { ColumnDefault, ForeignKeyTarget } from './column.js'
import type { QueryNode } from './query-node.js'
import type { SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** All that a table knows of one of its columns. */
export interface ColumnInfo {
  readonly key: string
  readonly name: string
  readonly type: SqlType<unknown>
  readonly nullable: boolean
  readonly primaryKey: boolean
  readonly autoIncrement: boolean
  readonly unique: boolean
  readonly index: boolean
  readonly default: ColumnDefault | null
}

/** A foreign key of one column; the target is named, since a table cannot hold the other table. */
export interface ForeignKeyInfo {
  /** The key of the referring column. */
  readonly column: string
  readonly target: ForeignKeyTarget
}

/** What there is to know about a table, whatever alias it goes by. */
export interface TableInfo {
  readonly name: string
  readonly schema: string | null
  readonly columns: ReadonlyArray<ColumnInfo>
  /** Keys of the primary key's columns, in order. */
  readonly primaryKey: ReadonlyArray<string>
  readonly foreignKeys: ReadonlyArray<ForeignKeyInfo>
  readonly shape: number
}

/** A table under its own name or under an alias. */
export interface TableSource {
  readonly _tag: 'TableSource'
  readonly name: string
  readonly table: TableInfo
}

/** An output of a derived table. */
export interface DerivedColumn {
  readonly key: string
  readonly type: SqlType<unknown>
  readonly nullable: boolean
}

/** A query with a name. */
export interface DerivedSource {
  readonly _tag: 'DerivedSource'
  readonly name: string
  readonly query: QueryNode
  readonly columns: ReadonlyArray<DerivedColumn>
}

export type Source = TableSource | DerivedSource

/** The keys and types of a source's columns. */
export const columnsOfSource = (source: Source): ReadonlyArray<DerivedColumn> =>
  source._tag === 'TableSource' ? source.table.columns : source.columns
