/**
 * The nodes that call something by name: functions, aggregates, windows and trusted text; and what they have in common.
 */
import type { ArrayFunction } from './array-functions.js'
import { frameParams } from './frame-params.js'
import type { JsonFunction } from './json-functions.js'
import {
  allParams,
  allShapes,
  type Base,
  besideSecrets,
  type ExprNode,
  make,
  type ParamNode,
  seed,
  typesOf,
} from './node.js'
import type { NumberFunction } from './number-functions.js'
import { sumType } from './number-type.js'
import type { OrderNode } from './query-node.js'
import type { SequenceFunction } from './sequence.js'
import { hashText, mix } from './shape.js'
import { booleanType, countType, doubleType, integerType, secretLike, type SqlType, textType } from './sql-type.js'
import type { TextFunction } from './text-functions.js'
import type { TimeFunction } from './time-functions.js'

// -------------------------------------------------------------------------------------
// functions
// -------------------------------------------------------------------------------------

/** The functions that relvar knows, family by family: each has its SQL, its meaning and its generator. */
export type FunctionName =
  | TextFunction
  | NumberFunction
  | TimeFunction
  | JsonFunction
  | ArrayFunction
  | SequenceFunction

/**
 * When a call is null: where one of its operands is (`strict`, which the interpreter sees to), by its own meaning (`may`), or
 * never.
 */
export type CallNulls = 'strict' | 'may' | 'never'

/** A function of the catalogue. */
export interface CallNode extends Base {
  readonly _tag: 'Call'
  readonly name: FunctionName
  readonly operands: ReadonlyArray<ExprNode>
  /** What is said in words and not in values, part of the shape: the field of a date, a collation. Empty where there is nothing. */
  readonly words: string
  readonly nulls: CallNulls
}

/** A call; its type is that of its result. */
export const call = (
  name: FunctionName,
  given: ReadonlyArray<ExprNode>,
  result: SqlType<unknown>,
  more: { readonly words?: string; readonly nulls?: CallNulls } = {},
): CallNode => {
  const { words = '', nulls = 'strict' } = more
  const operands = besideSecrets(given)
  const type = secretLike(result, typesOf(operands))
  return make({
    _tag: 'Call',
    name,
    operands,
    words,
    nulls,
    type,
    shape: mix(mix(mix(allShapes(seed(name), operands), hashText(words)), seed(nulls)), seed(type.id)),
    params: allParams(operands),
  })
}

// -------------------------------------------------------------------------------------
// aggregates
// -------------------------------------------------------------------------------------

export type AggregateName =
  | 'count'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'boolAnd'
  | 'boolOr'
  | 'stringAgg'
  | 'jsonAgg'
  | 'arrayAgg'
  | 'stddevPop'
  | 'stddevSamp'
  | 'varPop'
  | 'varSamp'
  | 'grouping'

/** What is said of an aggregate besides its operand. */
export interface AggregateOptions {
  readonly distinct?: boolean
  /** Only the rows for which this is true. */
  readonly filter?: ExprNode | null
  /** The order in which `stringAgg`, `jsonAgg` and `arrayAgg` take the rows. */
  readonly orderBy?: ReadonlyArray<OrderNode>
  /** The separator of `stringAgg`. */
  readonly second?: ExprNode | null
}

/** `count` without an operand counts rows. */
export interface AggregateNode extends Base {
  readonly _tag: 'Aggregate'
  readonly name: AggregateName
  readonly operand: ExprNode | null
  readonly distinct: boolean
  readonly filter: ExprNode | null
  readonly orderBy: ReadonlyArray<OrderNode>
  readonly second: ExprNode | null
}

/** An aggregate; `type` where its name and operand do not say it. */
export const aggregate = (
  name: AggregateName,
  operand: ExprNode | null,
  options: AggregateOptions = {},
  given: SqlType<unknown> = aggregateType(name, operand),
): AggregateNode => {
  const type = operand === null ? given : secretLike(given, [operand.type])
  const { distinct = false, filter = null, orderBy = [], second = null } = options
  const parts = [operand, second, filter, ...orderBy.map((o) => o.expr)].filter((e) => e !== null)
  const which = (distinct ? 1 : 0) + (operand === null ? 2 : 0) + (second === null ? 4 : 0) + (filter === null ? 8 : 0)
  return make({
    _tag: 'Aggregate',
    name,
    operand,
    distinct,
    filter,
    orderBy,
    second,
    type,
    shape: mix(ordersShape(mix(allShapes(seed(name), parts), which), orderBy), seed(type.id)),
    params: allParams(parts),
  })
}

const ordersShape = (h: number, orders: ReadonlyArray<OrderNode>): number =>
  orders.reduce(
    (all, o) => mix(all, (o.direction === 'asc' ? 1 : 2) + (o.nulls === 'first' ? 4 : 8)),
    mix(h, orders.length),
  )

const aggregateType = (name: AggregateName, operand: ExprNode | null): SqlType<unknown> => {
  switch (name) {
    case 'count':
      return countType
    case 'avg':
    case 'stddevPop':
    case 'stddevSamp':
    case 'varPop':
    case 'varSamp':
      return doubleType
    case 'boolAnd':
    case 'boolOr':
      return booleanType
    case 'grouping':
      return integerType
    case 'stringAgg':
      return textType
    case 'sum':
      return operand === null ? doubleType : sumType(operand.type)
    default:
      return operand?.type ?? integerType
  }
}

// -------------------------------------------------------------------------------------
// windows
// -------------------------------------------------------------------------------------

/** The functions that have a meaning in a window alone. */
export type WindowFunction =
  | 'rowNumber'
  | 'rank'
  | 'denseRank'
  | 'percentRank'
  | 'cumeDist'
  | 'ntile'
  | 'lag'
  | 'lead'
  | 'firstValue'
  | 'lastValue'
  | 'nthValue'

/** Where a frame begins or ends; `offset` counts rows, groups or values. */
export type FrameBound =
  | { readonly _tag: 'UnboundedPreceding' | 'CurrentRow' | 'UnboundedFollowing' }
  | { readonly _tag: 'Preceding' | 'Following'; readonly offset: ParamNode }

/** The rows around a row that a window function looks at. */
export interface Frame {
  readonly unit: 'rows' | 'range' | 'groups'
  readonly start: FrameBound
  readonly end: FrameBound
}

/** A window function, or an aggregate (its one operand then) over a window. */
export interface WindowNode extends Base {
  readonly _tag: 'Window'
  readonly name: WindowFunction | 'aggregate'
  readonly operands: ReadonlyArray<ExprNode>
  readonly partitionBy: ReadonlyArray<ExprNode>
  readonly orderBy: ReadonlyArray<OrderNode>
  readonly frame: Frame | null
}

/** What is no number is refused where it is bound. */
const numberText = (n: unknown): string => (typeof n === 'number' || typeof n === 'bigint' ? String(n) : '')

/** A bound with its number: not every engine binds it, so it is part of the shape. */
const boundText = (bound: FrameBound): string =>
  'offset' in bound && bound.offset.kind._tag === 'Value'
    ? `${bound._tag} ${numberText(bound.offset.kind.value)}`
    : bound._tag

export const window = (
  name: WindowNode['name'],
  operands: ReadonlyArray<ExprNode>,
  over: Pick<WindowNode, 'partitionBy' | 'orderBy' | 'frame'>,
  given: SqlType<unknown>,
): WindowNode => {
  const type = secretLike(given, typesOf(operands))
  const { partitionBy, orderBy, frame } = over
  const parts = [...operands, ...partitionBy, ...orderBy.map((o) => o.expr), ...frameParams(frame)]
  const counted = mix(mix(allShapes(seed(`over ${name}`), parts), operands.length), partitionBy.length)
  const framed = frame === null ? 0 : hashText(`${frame.unit} ${boundText(frame.start)} ${boundText(frame.end)}`)
  return make({
    _tag: 'Window',
    name,
    operands,
    partitionBy,
    orderBy,
    frame,
    type,
    shape: mix(mix(ordersShape(counted, orderBy), framed), seed(type.id)),
    params: allParams(parts),
  })
}

// -------------------------------------------------------------------------------------
// trusted text
// -------------------------------------------------------------------------------------

/** Text of the user's own with expressions in between: `texts` has one more than `operands`. It has no meaning in memory. */
export interface RawNode extends Base {
  readonly _tag: 'Raw'
  readonly texts: ReadonlyArray<string>
  readonly operands: ReadonlyArray<ExprNode>
  readonly nullable: boolean
}

export const raw = (
  texts: ReadonlyArray<string>,
  given: ReadonlyArray<ExprNode>,
  result: SqlType<unknown>,
  nullable: boolean,
): RawNode => {
  const operands = besideSecrets(given)
  const type = secretLike(result, typesOf(operands))
  return make({
    _tag: 'Raw',
    texts,
    operands,
    nullable,
    type,
    shape: mix(
      texts.reduce((h, text) => mix(h, hashText(text)), allShapes(seed('raw'), operands)),
      seed(type.id),
    ),
    params: allParams(operands),
  })
}
