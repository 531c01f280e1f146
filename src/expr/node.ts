/**
 * The nodes of expressions: plain frozen data, each a member of one tagged union, with its shape and its parameters.
 *
 * A node carries a brand that no JSON can have, so a value from outside is never taken for a node: it is bound.
 */
import type { AggregateNode, CallNode, RawNode, WindowNode } from './call-node.js'
import type { CustomNode } from './custom-node.js'
import { arithmeticType } from './number-type.js'
import { factsOf } from './query-facts.js'
import type { QueryNode } from './query-node.js'
import { hashText, mix } from './shape.js'
import type { Source } from './source.js'
import { booleanType, secretLike, secretType, type SqlType, textType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/expression')

/** What every node has. */
export interface Base {
  readonly [brand]: true
  readonly type: SqlType<unknown>
  /** A hash of all that can change the SQL, the parameters' types or the decoder: never of a value. */
  readonly shape: number
  /** How many parameters stand below, so that a walk in search of them leaves the rest alone. */
  readonly params: number
}

/** A column of a source. */
export interface ColumnNode extends Base {
  readonly _tag: 'Column'
  readonly of: Source
  readonly key: string
  /** The name in the database, or of the output of a derived table. */
  readonly name: string
  readonly nullable: boolean
}

/** What a parameter will hold: a value, what the caller gives for a name, or the key of a row that is not written yet. */
export type ParamKind =
  | { readonly _tag: 'Value'; readonly value: unknown }
  | { readonly _tag: 'Hole'; readonly name: string }
  | { readonly _tag: 'Ref'; readonly ref: RefTarget }

/** A row of a unit of work that has no key yet, and the column of it that is meant. */
export interface RefTarget {
  readonly ref: unknown
  readonly column: string
}

/** One node for all parameters. `nullable`: null may be bound here. */
export interface ParamNode extends Base {
  readonly _tag: 'Param'
  readonly kind: ParamKind
  readonly nullable: boolean
}

export type CompareOp = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte' | 'same' | 'differs'

/** A comparison; `same` and `differs` take NULL as a value (IS NOT DISTINCT FROM). */
export interface CompareNode extends Base {
  readonly _tag: 'Compare'
  readonly op: CompareOp
  readonly left: ExprNode
  readonly right: ExprNode
}

/** AND, OR of any number: of none they are true and false. */
export interface LogicNode extends Base {
  readonly _tag: 'Logic'
  readonly op: 'and' | 'or'
  readonly operands: ReadonlyArray<ExprNode>
}

export interface NotNode extends Base {
  readonly _tag: 'Not'
  readonly operand: ExprNode
}

export interface IsNullNode extends Base {
  readonly _tag: 'IsNull'
  readonly operand: ExprNode
  readonly negated: boolean
}

/** LIKE that minds case (`like`) or does not (`ilike`); the escape character is `!`. */
export interface LikeNode extends Base {
  readonly _tag: 'Like'
  readonly op: 'like' | 'ilike'
  readonly operand: ExprNode
  readonly pattern: ExprNode
}

export interface BetweenNode extends Base {
  readonly _tag: 'Between'
  readonly operand: ExprNode
  readonly low: ExprNode
  readonly high: ExprNode
}

/** IN a list: the whole list is one parameter node. */
export interface InListNode extends Base {
  readonly _tag: 'InList'
  readonly operand: ExprNode
  readonly list: ParamNode
  /** 0, 1 or the next power of two of the list's length: what the text of a dialect without arrays depends on. */
  readonly bucket: number
}

export interface InQueryNode extends Base {
  readonly _tag: 'InQuery'
  readonly operand: ExprNode
  readonly query: QueryNode
}

export type ArithmeticOp = 'add' | 'sub' | 'mul' | 'div' | 'intDiv' | 'mod'

export interface ArithmeticNode extends Base {
  readonly _tag: 'Arithmetic'
  readonly op: ArithmeticOp
  readonly left: ExprNode
  readonly right: ExprNode
}

export interface ConcatNode extends Base {
  readonly _tag: 'Concat'
  readonly operands: ReadonlyArray<ExprNode>
}

export interface CaseNode extends Base {
  readonly _tag: 'Case'
  readonly branches: ReadonlyArray<{ readonly when: ExprNode; readonly result: ExprNode }>
  readonly otherwise: ExprNode | null
}

export interface CoalesceNode extends Base {
  readonly _tag: 'Coalesce'
  readonly operands: ReadonlyArray<ExprNode>
}

export interface ExistsNode extends Base {
  readonly _tag: 'Exists'
  readonly query: QueryNode
}

/** A query of one column and at most one row, as a value; null where there is no row. */
export interface ScalarNode extends Base {
  readonly _tag: 'Scalar'
  readonly query: QueryNode
}

/** IN a list of rows: one parameter node a column, all lists of one length. */
export interface InRowsNode extends Base {
  readonly _tag: 'InRows'
  readonly operands: ReadonlyArray<ExprNode>
  readonly lists: ReadonlyArray<ParamNode>
  readonly bucket: number
}

/** A comparison with the one output of a query: with any of its rows, or with all. */
export interface QuantifiedNode extends Base {
  readonly _tag: 'Quantified'
  readonly op: Exclude<CompareOp, 'same' | 'differs'>
  readonly quantifier: 'any' | 'all'
  readonly operand: ExprNode
  readonly query: QueryNode
}

export type ExprNode =
  | ColumnNode
  | ParamNode
  | CompareNode
  | LogicNode
  | NotNode
  | IsNullNode
  | LikeNode
  | BetweenNode
  | InListNode
  | InQueryNode
  | InRowsNode
  | QuantifiedNode
  | ArithmeticNode
  | ConcatNode
  | CallNode
  | CaseNode
  | CoalesceNode
  | AggregateNode
  | WindowNode
  | RawNode
  | CustomNode
  | ExistsNode
  | ScalarNode

export type ExprTag = ExprNode['_tag']

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The one function that makes nodes. */
export const make = <N extends ExprNode>(fields: Omit<N, typeof brand>): N => {
  const node = fields as { [brand]?: true }
  node[brand] = true
  // `fields` is a fresh literal of its caller, so adding the brand makes it the node that N describes.
  return Object.freeze(node) as unknown as N
}

interface Facts {
  readonly shape: number
  readonly params: number
}

/** How many parameters the parts have together. */
export const allParams = (parts: ReadonlyArray<Facts>): number => {
  let params = 0
  for (const part of parts) params += part.params
  return params
}

/** The shapes of the parts, folded into a seed. */
export const allShapes = (seed: number, parts: ReadonlyArray<Facts>): number => {
  let shape = mix(seed, parts.length)
  for (const part of parts) shape = mix(shape, part.shape)
  return shape
}

// One seed a tag and operator, so that `a = b` and `a < b` differ.
const seeds = new Map<string, number>()
/** The seed of a word of relvar's own: the name of a tag or of an operator. */
export const seed = (word: string): number => {
  const known = seeds.get(word)
  if (known !== undefined) return known
  const made = hashText(word)
  seeds.set(word, made)
  return made
}

/** Whether `u` is an expression node that relvar made; a proxy that throws is none. */
export const isExprNode = (u: unknown): u is ExprNode => {
  if (typeof u !== 'object' || u === null) return false
  try {
    return brand in u
  } catch {
    return false
  }
}

/** Only tables make columns. */
export const column = (of: Source, key: string, name: string, type: SqlType<unknown>, nullable: boolean): ColumnNode =>
  make({
    _tag: 'Column',
    of,
    key,
    name,
    type,
    nullable,
    shape: mix(mix(hashText(of.name), hashText(key)), hashText(type.id)),
    params: 0,
  })

const param = (kind: ParamKind, type: SqlType<unknown>, nullable: boolean): ParamNode =>
  make({ _tag: 'Param', kind, type, nullable, shape: mix(seed(type.id), nullable ? 2 : 1), params: 1 })

/** A bound value, checked against its type when it is bound. */
export const value = (v: unknown, type: SqlType<unknown>, nullable = false): ParamNode =>
  param({ _tag: 'Value', value: v }, type, nullable)

/** A place for a value that comes with each run. */
export const hole = (name: string, type: SqlType<unknown>, nullable: boolean): ParamNode =>
  param({ _tag: 'Hole', name }, type, nullable)

/** The key of a row that a unit of work has not written yet. */
export const refParam = (ref: RefTarget, type: SqlType<unknown>, nullable: boolean): ParamNode =>
  param({ _tag: 'Ref', ref }, type, nullable)

/** The same parameter as a node of its own. */
export const copyParam = (p: ParamNode): ParamNode => param(p.kind, p.type, p.nullable)

export const compare = (op: CompareOp, left: ExprNode, right: ExprNode): CompareNode =>
  make({
    _tag: 'Compare',
    op,
    left,
    right,
    type: booleanType,
    shape: mix(mix(seed(op), left.shape), right.shape),
    params: left.params + right.params,
  })

export const logic = (op: 'and' | 'or', operands: ReadonlyArray<ExprNode>): LogicNode =>
  make({
    _tag: 'Logic',
    op,
    operands,
    type: booleanType,
    shape: allShapes(seed(op), operands),
    params: allParams(operands),
  })

export const not = (operand: ExprNode): NotNode =>
  make({ _tag: 'Not', operand, type: booleanType, shape: mix(seed('not'), operand.shape), params: operand.params })

export const isNull = (operand: ExprNode, negated: boolean): IsNullNode =>
  make({
    _tag: 'IsNull',
    operand,
    negated,
    type: booleanType,
    shape: mix(seed(negated ? 'isNotNull' : 'isNull'), operand.shape),
    params: operand.params,
  })

export const like = (op: 'like' | 'ilike', operand: ExprNode, given: ExprNode): LikeNode => {
  const [, pattern = given] = besideSecrets([operand, given])
  return make({
    _tag: 'Like',
    op,
    operand,
    pattern,
    type: booleanType,
    shape: mix(mix(seed(op), operand.shape), pattern.shape),
    params: operand.params + pattern.params,
  })
}

export const between = (operand: ExprNode, low: ExprNode, high: ExprNode): BetweenNode =>
  make({
    _tag: 'Between',
    operand,
    low,
    high,
    type: booleanType,
    shape: allShapes(seed('between'), [operand, low, high]),
    params: allParams([operand, low, high]),
  })

/** 0, 1 or the next power of two. */
export const bucketOf = (length: number): number => (length <= 1 ? length : 2 ** Math.ceil(Math.log2(length)))

export const inList = (operand: ExprNode, list: ParamNode): InListNode => {
  const values = list.kind._tag === 'Value' && Array.isArray(list.kind.value) ? list.kind.value.length : 1
  const bucket = bucketOf(values)
  return make({
    _tag: 'InList',
    operand,
    list,
    bucket,
    type: booleanType,
    shape: mix(mix(mix(seed('inList'), operand.shape), list.shape), bucket),
    params: operand.params + list.params,
  })
}

export const inQuery = (operand: ExprNode, query: QueryNode): InQueryNode =>
  make({
    _tag: 'InQuery',
    operand,
    query,
    type: booleanType,
    shape: mix(mix(seed('inQuery'), operand.shape), factsOf(query).shape),
    params: operand.params + factsOf(query).params,
  })

export const inRows = (operands: ReadonlyArray<ExprNode>, lists: ReadonlyArray<ParamNode>): InRowsNode => {
  const held = lists[0]?.kind
  const bucket = held?._tag === 'Value' && Array.isArray(held.value) ? bucketOf(held.value.length) : 1
  const parts = [...operands, ...lists]
  return make({
    _tag: 'InRows',
    operands,
    lists,
    bucket,
    type: booleanType,
    shape: mix(allShapes(seed('inRows'), parts), bucket),
    params: allParams(parts),
  })
}

export const quantified = (
  op: QuantifiedNode['op'],
  quantifier: 'any' | 'all',
  operand: ExprNode,
  query: QueryNode,
): QuantifiedNode =>
  make({
    _tag: 'Quantified',
    op,
    quantifier,
    operand,
    query,
    type: booleanType,
    shape: mix(mix(mix(seed(quantifier), seed(op)), operand.shape), factsOf(query).shape),
    params: operand.params + factsOf(query).params,
  })

export const arithmetic = (op: ArithmeticOp, left: ExprNode, right: ExprNode): ArithmeticNode =>
  make({
    _tag: 'Arithmetic',
    op,
    left,
    right,
    type: secretLike(arithmeticType(op, left.type, right.type), [left.type, right.type]),
    shape: mix(mix(seed(op), left.shape), right.shape),
    params: left.params + right.params,
  })

/** The types of expressions. */
export const typesOf = (nodes: ReadonlyArray<ExprNode>): ReadonlyArray<SqlType<unknown>> =>
  nodes.map(({ type }) => type)

const isSecret = ({ type }: ExprNode): boolean => type.secretOf !== null

/** Operands of one operation: values that stand beside a secret are secret, too. */
export const besideSecrets = (nodes: ReadonlyArray<ExprNode>): ReadonlyArray<ExprNode> =>
  nodes.some(isSecret)
    ? nodes.map((node) => (node._tag === 'Param' ? param(node.kind, secretType(node.type), node.nullable) : node))
    : nodes

export const concat = (given: ReadonlyArray<ExprNode>): ConcatNode => {
  const operands = besideSecrets(given)
  return make({
    _tag: 'Concat',
    operands,
    type: secretLike(textType, typesOf(operands)),
    shape: allShapes(seed('concat'), operands),
    params: allParams(operands),
  })
}

export const caseOf = (
  branches: CaseNode['branches'],
  otherwise: ExprNode | null,
  type: SqlType<unknown>,
): CaseNode => {
  const results = branches.map((b) => b.result)
  const parts = [...branches.flatMap((b) => [b.when, b.result]), ...(otherwise === null ? [] : [otherwise])]
  return make({
    _tag: 'Case',
    branches,
    otherwise,
    type: secretLike(type, typesOf(otherwise === null ? results : [...results, otherwise])),
    shape: mix(allShapes(seed('case'), parts), otherwise === null ? 0 : 1),
    params: allParams(parts),
  })
}

export const coalesce = (given: ReadonlyArray<ExprNode>, type: SqlType<unknown>): CoalesceNode => {
  const operands = besideSecrets(given)
  return make({
    _tag: 'Coalesce',
    operands,
    type: secretLike(type, typesOf(operands)),
    shape: allShapes(seed('coalesce'), operands),
    params: allParams(operands),
  })
}

export const exists = (query: QueryNode): ExistsNode =>
  make({
    _tag: 'Exists',
    query,
    type: booleanType,
    shape: mix(seed('exists'), factsOf(query).shape),
    params: factsOf(query).params,
  })

export const scalar = (query: QueryNode, type: SqlType<unknown>): ScalarNode =>
  make({
    _tag: 'Scalar',
    query,
    type,
    shape: mix(seed('scalar'), factsOf(query).shape),
    params: factsOf(query).params,
  })
