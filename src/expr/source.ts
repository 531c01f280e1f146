/**
 * Where rows come from: a table, or a query with a name. A source is known by its schema and name, or by its alias.
 */
import type { ColumnDefault, Identity } from './column.js'
import type { Deferrable, ForeignKeyTarget } from './foreign-key.js'
import type { ExprNode } from './node.js'
import type { OrderNode, QueryNode, TextNode } from './query-node.js'
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
  /** What the database puts where an insert leaves the column out: an expression that mentions no column. */
  readonly serverDefault: ExprNode | null
  /** What an update puts that does not name the column. */
  readonly onUpdate: ColumnDefault | null
  readonly identity: Identity | null
  readonly generated: Generated | null
  readonly comment: string | null
  readonly collation: string | null
}

/** What the database computes of the row's other columns; stored, or anew each time it is read. */
export interface Generated {
  readonly expr: ExprNode
  readonly stored: boolean
}

/** A foreign key; the target is named, since a table cannot hold the other table. Its columns are as many as the target's. */
export interface ForeignKeyInfo {
  /** The keys of the referring columns. */
  readonly columns: ReadonlyArray<string>
  readonly target: ForeignKeyTarget
}

/** No two rows have the same values in these columns, nulls aside. Columns that say `unique` stand here, too. */
export interface UniqueInfo {
  readonly name: string | null
  readonly columns: ReadonlyArray<string>
  readonly deferrable: Deferrable | null
}

/** What is true (or null) of each row. */
export interface CheckInfo {
  readonly name: string | null
  readonly expr: ExprNode
}

/** An index: of columns or expressions, in an order, perhaps of some rows alone. Columns that say `index` stand here, too. */
export interface IndexInfo {
  readonly name: string | null
  readonly unique: boolean
  readonly parts: ReadonlyArray<OrderNode>
  /** Keys of columns that the index holds beside those it is ordered by. */
  readonly include: ReadonlyArray<string>
  /** The rows that it holds; null: all. */
  readonly where: ExprNode | null
}

/** A query with a name in the database, which is read like a table; `materialized`: its rows are kept until it is refreshed. */
export interface ViewInfo {
  readonly query: QueryNode
  readonly materialized: boolean
}

/** What there is to know about a table, whatever alias it goes by. */
export interface TableInfo {
  readonly name: string
  readonly schema: string | null
  readonly columns: ReadonlyArray<ColumnInfo>
  /** Keys of the primary key's columns, in order. */
  readonly primaryKey: ReadonlyArray<string>
  readonly primaryKeyName: string | null
  readonly foreignKeys: ReadonlyArray<ForeignKeyInfo>
  readonly uniques: ReadonlyArray<UniqueInfo>
  readonly checks: ReadonlyArray<CheckInfo>
  readonly indexes: ReadonlyArray<IndexInfo>
  readonly comment: string | null
  /** What is read, where the table is a view; null where rows are stored. */
  readonly view: ViewInfo | null
  readonly shape: number
}

/** An attribute that a table has beside its columns: an expression of its own columns. */
export interface ComputedColumn extends DerivedColumn {
  readonly expr: ExprNode
}

/** A table under its own name or under an alias, with what is computed of it. */
export interface TableSource {
  readonly _tag: 'TableSource'
  readonly name: string
  readonly table: TableInfo
  readonly computed: ReadonlyArray<ComputedColumn>
}

/** An output of a derived table. */
export interface DerivedColumn {
  readonly key: string
  readonly type: SqlType<unknown>
  readonly nullable: boolean
}

/** How a query with a name is said once in front of a statement (WITH); `materialized` asks the engine to keep its rows, or not to. */
export interface Cte {
  /** Its own name, whatever alias it goes by. */
  readonly name: string
  readonly materialized: boolean | null
}

/** A query with a name: a derived table, or a common table expression. */
export interface DerivedSource {
  readonly _tag: 'DerivedSource'
  readonly name: string
  readonly query: QueryNode
  readonly columns: ReadonlyArray<DerivedColumn>
  readonly cte: Cte | null
}

/** Rows that grow from a base: the step is asked of the rows of the step before, until it gives no more (WITH RECURSIVE). */
export interface RecursiveSource {
  readonly _tag: 'RecursiveSource'
  readonly name: string
  readonly cte: Cte
  readonly base: QueryNode
  readonly step: QueryNode
  /** Whether rows that were there before count again (UNION ALL). */
  readonly all: boolean
  readonly columns: ReadonlyArray<DerivedColumn>
}

/** Inside the step of a recursion: the rows of the step before. `of` is the recursion's own name. */
export interface WorkingSource {
  readonly _tag: 'WorkingSource'
  readonly name: string
  readonly of: string
  readonly columns: ReadonlyArray<DerivedColumn>
}

/** Rows of values. */
export interface ValuesSource {
  readonly _tag: 'ValuesSource'
  readonly name: string
  readonly rows: ReadonlyArray<ReadonlyArray<ExprNode>>
  readonly columns: ReadonlyArray<DerivedColumn>
}

/** A statement of the user's own text as a source. */
export interface TextSource {
  readonly _tag: 'TextSource'
  readonly name: string
  readonly statement: TextNode
  readonly columns: ReadonlyArray<DerivedColumn>
}

export type Source = TableSource | DerivedSource | RecursiveSource | WorkingSource | ValuesSource | TextSource

/** The keys and types of a source's columns, and of what is computed of it after them. */
export const columnsOfSource = (source: Source): ReadonlyArray<DerivedColumn> => {
  if (source._tag !== 'TableSource') return source.columns
  return source.computed.length === 0 ? source.table.columns : [...source.table.columns, ...source.computed]
}

/** The keys and types of the columns that a source has by itself. */
export const storedColumns = (source: Source): ReadonlyArray<DerivedColumn> =>
  source._tag === 'TableSource' ? source.table.columns : source.columns

/** What a computed attribute of a source is; null where the key is a column's. */
export const computedOf = (source: Source, key: string): ExprNode | null =>
  source._tag === 'TableSource' && source.computed.length > 0
    ? (source.computed.find((c) => c.key === key)?.expr ?? null)
    : null

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What a column of a table says where it says nothing: no key, no default, no comment. */
export const plainColumn = Object.freeze({
  primaryKey: false,
  autoIncrement: false,
  unique: false,
  index: false,
  default: null,
  serverDefault: null,
  onUpdate: null,
  identity: null,
  comment: null,
  collation: null,
})
