/**
 * Queries as data: one SELECT, a set operation of two queries, or a write.
 */
import type { ExprNode } from './node.js'
import type { ColumnInfo, DerivedColumn, Source, TableSource } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type JoinKind = 'inner' | 'left' | 'right' | 'full' | 'cross'

export interface JoinNode {
  readonly kind: JoinKind
  readonly source: Source
  readonly on: ExprNode | null
  /** Whether the source sees what stands before it (LATERAL). */
  readonly lateral: boolean
}

/** Several groupings at once: each set names expressions of `groupBy` by their places. */
export interface GroupingSets {
  readonly word: 'rollup' | 'cube' | 'sets'
  readonly sets: ReadonlyArray<ReadonlyArray<number>>
}

/** Rows that nobody else may change (or read to change) until the transaction ends. `of`: of these sources alone. */
export interface Lock {
  readonly strength: 'update' | 'share'
  readonly wait: 'wait' | 'noWait' | 'skipLocked'
  readonly of: ReadonlyArray<Source>
}

/** A place in the order of a SELECT: a value for each of its orders. Rows that stand there are left out, too. */
export interface Keyset {
  readonly direction: 'after' | 'before'
  readonly values: ReadonlyArray<ExprNode>
}

export interface OrderNode {
  readonly expr: ExprNode
  readonly direction: 'asc' | 'desc'
  readonly nulls: 'first' | 'last'
}

/** What a row is made of: one expression, a whole source, or a record of these. */
export type ProjectionNode =
  | { readonly _tag: 'One'; readonly expr: ExprNode }
  | { readonly _tag: 'Whole'; readonly source: Source }
  | { readonly _tag: 'Record'; readonly fields: ReadonlyArray<ProjectedField> }

export interface ProjectedField {
  readonly key: string
  readonly projection: ProjectionNode
}

export type Cardinality = 'many' | 'one' | 'optional'

/** An open query, and how many rows it gives for one outer row. */
export interface RelationNode {
  readonly cardinality: Cardinality
  readonly query: QueryNode
}

export interface IncludeNode {
  readonly key: string
  readonly relation: RelationNode
}

/** One SELECT. `select` is null where the row is the whole first source. */
export interface SelectNode {
  readonly _tag: 'Select'
  readonly from: Source
  readonly joins: ReadonlyArray<JoinNode>
  readonly where: ExprNode | null
  /** Sources whose key must be there. */
  readonly present: ReadonlyArray<Source>
  readonly groupBy: ReadonlyArray<ExprNode>
  readonly groupingSets: GroupingSets | null
  readonly having: ExprNode | null
  readonly select: ProjectionNode | null
  readonly distinct: boolean
  /** The first row of those that are equal in these, in the order of the query. */
  readonly distinctOn: ReadonlyArray<ExprNode>
  readonly orderBy: ReadonlyArray<OrderNode>
  readonly keyset: Keyset | null
  readonly limit: ExprNode | null
  readonly offset: ExprNode | null
  /** Whether the limit lets in the rows that are ordered alike with the last one. */
  readonly withTies: boolean
  readonly lock: Lock | null
  readonly includes: ReadonlyArray<IncludeNode>
}

export type SetOp = 'union' | 'unionAll' | 'intersect' | 'intersectAll' | 'except' | 'exceptAll'

/** An order of a set operation names an output. */
export interface OutputOrder {
  readonly key: string
  readonly direction: 'asc' | 'desc'
  readonly nulls: 'first' | 'last'
}

export interface SetNode {
  readonly _tag: 'SetOperation'
  readonly op: SetOp
  readonly left: QueryNode
  readonly right: QueryNode
  readonly orderBy: ReadonlyArray<OutputOrder>
  readonly limit: ExprNode | null
  readonly offset: ExprNode | null
}

/** One value of an insert or update: the column's key and what it takes. */
export interface Assignment {
  readonly key: string
  readonly value: ExprNode
}

/**
 * What an insert brings: rows with expressions among them, which may name different columns; rows of plain values that all name
 * the same columns, held as they are; or the rows of a query, beside which `defaults` are what it leaves out.
 */
export type InsertSource =
  | { readonly _tag: 'Rows'; readonly rows: ReadonlyArray<ReadonlyArray<Assignment>> }
  | {
      readonly _tag: 'Values'
      readonly columns: ReadonlyArray<ColumnInfo>
      readonly rows: ReadonlyArray<ReadonlyArray<unknown>>
    }
  | {
      readonly _tag: 'Query'
      /** The keys of the columns that its outputs go to, in their order. */
      readonly columns: ReadonlyArray<string>
      readonly query: QueryNode
      readonly defaults: ReadonlyArray<Assignment>
    }

/** What is there already when a row cannot be inserted: values of a key, by columns or by its constraint; null: of any key. */
export type ConflictTarget =
  | { readonly _tag: 'Columns'; readonly columns: ReadonlyArray<string>; readonly where: ExprNode | null }
  | { readonly _tag: 'Constraint'; readonly name: string }

/** What becomes of a row that is there already. An update sees it, and the new row as the source `excluded`. */
export type ConflictAction =
  | { readonly _tag: 'Nothing' }
  | { readonly _tag: 'Update'; readonly set: ReadonlyArray<Assignment>; readonly where: ExprNode | null }

/** What an insert does where a row is there already: rows are taken one after the other. */
export interface Conflict {
  readonly target: ConflictTarget | null
  readonly action: ConflictAction
}

/** Rows to insert. */
export interface InsertNode {
  readonly _tag: 'Insert'
  readonly into: TableSource
  readonly source: InsertSource
  readonly conflict: Conflict | null
  readonly returning: ProjectionNode | null
}

/** Another source that an update or a delete looks at: a row is written where some of its rows satisfy all criteria. */
export interface UsingNode {
  readonly source: Source
  readonly on: ExprNode | null
}

export interface UpdateNode {
  readonly _tag: 'Update'
  readonly table: TableSource
  readonly using: ReadonlyArray<UsingNode>
  readonly set: ReadonlyArray<Assignment>
  readonly where: ExprNode | null
  /** Whether it says that it is about every row. */
  readonly everyRow: boolean
  readonly returning: ProjectionNode | null
}

export interface DeleteNode {
  readonly _tag: 'Delete'
  readonly from: TableSource
  readonly using: ReadonlyArray<UsingNode>
  readonly where: ExprNode | null
  /** Whether it says that it is about every row. */
  readonly everyRow: boolean
  readonly returning: ProjectionNode | null
}

/** A statement of the user's own text: each engine finds the names of parameters in it by its own rules. */
export interface TextNode {
  readonly _tag: 'Text'
  readonly text: string
  /** What was bound, by names; each once. */
  readonly names: ReadonlyArray<string>
  readonly operands: ReadonlyArray<ExprNode>
  /** What its rows have; null where it gives none. */
  readonly columns: ReadonlyArray<DerivedColumn> | null
  /** What the columns are called in its rows; null where they are read by position. */
  readonly outputs: ReadonlyArray<string> | null
  /** The tables that its user says it reads and writes. */
  readonly reads: ReadonlyArray<TableSource>
  readonly writes: ReadonlyArray<TableSource>
}

export type WriteNode = InsertNode | UpdateNode | DeleteNode
/** What gives rows and can stand inside another query. */
export type QueryNode = SelectNode | SetNode
export type StatementNode = QueryNode | WriteNode | TextNode

/** Whether a statement is no query that can stand inside another: it changes rows, or is text of which nobody knows what it does. */
export const isWrite = (node: StatementNode): node is WriteNode | TextNode =>
  node._tag === 'Insert' || node._tag === 'Update' || node._tag === 'Delete' || node._tag === 'Text'

/** A SELECT that has said nothing yet but where its rows come from. */
export const noClauses: Omit<SelectNode, 'from'> = Object.freeze({
  _tag: 'Select',
  joins: [],
  where: null,
  present: [],
  groupBy: [],
  groupingSets: null,
  having: null,
  select: null,
  distinct: false,
  distinctOn: [],
  orderBy: [],
  keyset: null,
  limit: null,
  offset: null,
  withTies: false,
  lock: null,
  includes: [],
})
