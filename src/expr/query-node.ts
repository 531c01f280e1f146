/**
 * Queries as data: one SELECT, a set operation of two queries, or a write.
 */
import type { ExprNode, ParamNode } from './node.js'
import type { Source, TableSource } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type JoinKind = 'inner' | 'left' | 'right' | 'full' | 'cross'

export interface JoinNode {
  readonly kind: JoinKind
  readonly source: Source
  readonly on: ExprNode | null
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
  readonly having: ExprNode | null
  readonly select: ProjectionNode | null
  readonly distinct: boolean
  readonly orderBy: ReadonlyArray<OrderNode>
  readonly limit: ParamNode | null
  readonly offset: ParamNode | null
  readonly includes: ReadonlyArray<IncludeNode>
}

export type SetOp = 'union' | 'unionAll' | 'intersect' | 'except'

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
  readonly limit: ParamNode | null
  readonly offset: ParamNode | null
}

/** One value of an insert or update: the column's key and what it takes. */
export interface Assignment {
  readonly key: string
  readonly value: ExprNode
}

/** Rows of one insert. Rows may leave out different columns; the compiler groups them. */
export interface InsertNode {
  readonly _tag: 'Insert'
  readonly into: TableSource
  readonly rows: ReadonlyArray<ReadonlyArray<Assignment>>
  readonly returning: ProjectionNode | null
}

export interface UpdateNode {
  readonly _tag: 'Update'
  readonly table: TableSource
  readonly set: ReadonlyArray<Assignment>
  readonly where: ExprNode | null
  readonly returning: ProjectionNode | null
}

export interface DeleteNode {
  readonly _tag: 'Delete'
  readonly from: TableSource
  readonly where: ExprNode | null
  readonly returning: ProjectionNode | null
}

export type WriteNode = InsertNode | UpdateNode | DeleteNode
/** What gives rows and can stand inside another query. */
export type QueryNode = SelectNode | SetNode
export type StatementNode = QueryNode | WriteNode

/** Whether a statement changes rows. */
export const isWrite = (node: StatementNode): node is WriteNode =>
  node._tag === 'Insert' || node._tag === 'Update' || node._tag === 'Delete'
