// What a statement is made of, in words: kinds of nodes, joins, clauses, functions, types. And all such words.
import { functions } from '../../../src/compile/functions.js'
import type { AggregateName, FrameBound, Frame, WindowFunction } from '../../../src/expr/call-node.js'
import { visitExpr, visitStatement } from '../../../src/expr/children.js'
import type { ArithmeticOp, CompareOp, ExprNode } from '../../../src/expr/node.js'
import type {
  Cardinality,
  InsertNode,
  InsertSource,
  JoinKind,
  JoinNode,
  SelectNode,
  SetNode,
  SetOp,
  StatementNode,
} from '../../../src/expr/query-node.js'
import type { Source } from '../../../src/expr/source.js'
import type { TypeTag } from '../../../src/expr/sql-type.js'
import { exprTags } from '../tags.js'

// -- all words --------------------------------------------------------------------------------------------------------

/** All words of a kind: one that is missing does not compile. */
const every =
  <A extends string>() =>
  <B extends Readonly<Record<A, true>>>(all: B): ReadonlyArray<string> =>
    Object.keys(all)

// Text of the user's own has no meaning in memory to compare with.
const statements = every<Exclude<StatementNode['_tag'], 'Text'>>()({
  Select: true,
  SetOperation: true,
  Insert: true,
  Update: true,
  Delete: true,
})

const sources = every<Exclude<Source['_tag'], 'TextSource'>>()({
  TableSource: true,
  DerivedSource: true,
  RecursiveSource: true,
  WorkingSource: true,
  ValuesSource: true,
})

const joins = every<JoinKind>()({ inner: true, left: true, right: true, full: true, cross: true })

const setOps = every<SetOp>()({
  union: true,
  unionAll: true,
  intersect: true,
  except: true,
  intersectAll: true,
  exceptAll: true,
})

const cardinalities = every<Cardinality>()({ many: true, one: true, optional: true })

const comparisons = every<CompareOp>()({
  eq: true,
  ne: true,
  lt: true,
  lte: true,
  gt: true,
  gte: true,
  same: true,
  differs: true,
})

const operators = every<ArithmeticOp>()({ add: true, sub: true, mul: true, div: true, intDiv: true, mod: true })

// Arrays are PostgreSQL's alone; the last digits of statistics are the engine's own.
const aggregates = every<Exclude<AggregateName, 'arrayAgg' | 'stddevPop' | 'stddevSamp' | 'varPop' | 'varSamp'>>()({
  count: true,
  sum: true,
  avg: true,
  min: true,
  max: true,
  boolAnd: true,
  boolOr: true,
  stringAgg: true,
  grouping: true,
  jsonAgg: true,
})

const windows = every<WindowFunction | 'aggregate'>()({
  rowNumber: true,
  rank: true,
  denseRank: true,
  percentRank: true,
  cumeDist: true,
  ntile: true,
  lag: true,
  lead: true,
  firstValue: true,
  lastValue: true,
  nthValue: true,
  aggregate: true,
})

const units = every<Frame['unit']>()({ rows: true, range: true, groups: true })

const bounds = every<FrameBound['_tag']>()({
  UnboundedPreceding: true,
  Preceding: true,
  CurrentRow: true,
  Following: true,
  UnboundedFollowing: true,
})

const inserts = every<InsertSource['_tag']>()({ Rows: true, Values: true, Query: true })

const clauses = every<
  | 'where'
  | 'present'
  | 'group by'
  | 'grouping sets'
  | 'having'
  | 'distinct'
  | 'distinct on'
  | 'order by'
  | 'keyset'
  | 'limit'
  | 'with ties'
  | 'offset'
  | 'include'
  | 'lateral'
  | 'with'
  | 'using'
  | 'set'
  | 'returning'
  | 'on conflict do nothing'
  | 'on conflict update'
>()({
  where: true,
  present: true,
  'group by': true,
  'grouping sets': true,
  having: true,
  distinct: true,
  'distinct on': true,
  'order by': true,
  keyset: true,
  limit: true,
  'with ties': true,
  offset: true,
  include: true,
  lateral: true,
  with: true,
  using: true,
  set: true,
  returning: true,
  'on conflict do nothing': true,
  'on conflict update': true,
})

// Arrays and unsigned bigints are not on all engines.
const types = every<Exclude<TypeTag, 'Array' | 'UnsignedBigInt'>>()({
  SmallInt: true,
  Unsigned: true,
  Real: true,
  Char: true,
  Enumeration: true,
  Uuid: true,
  Binary: true,
  Time: true,
  Timestamp: true,
  Interval: true,
  Integer: true,
  BigInt: true,
  Double: true,
  Count: true,
  Numeric: true,
  Boolean: true,
  Varchar: true,
  Text: true,
  Date: true,
  TimestampTz: true,
  Json: true,
})

/**
 * Functions that generated statements do not call: they give another value each time, their last digits are the engine's own, they
 * are not on all engines, or they are about arrays. Tests of their own ask them.
 */
const uncalled: ReadonlyArray<string> = [
  'currentTimestamp',
  'currentDate',
  'random',
  'nextValue',
  'power',
  'exp',
  'ln',
  'reverse',
  'matches',
  'collate',
]

const isCalled = (name: string): boolean => !uncalled.includes(name) && !/^(array|element|eqAny)/.test(name)

/** Every word by its kind, which is the word before it in a feature. */
const words = {
  statement: statements,
  source: sources,
  join: joins,
  'set operation': setOps,
  relation: cardinalities,
  clause: clauses,
  // Text of the user's own has no meaning in memory, and what a user defines is known to that user alone.
  node: exprTags.filter((tag) => tag !== 'Raw' && tag !== 'Custom'),
  compare: comparisons,
  arithmetic: operators,
  function: Object.keys(functions).filter(isCalled),
  aggregate: aggregates,
  window: windows,
  frame: units,
  bound: bounds,
  insert: inserts,
  type: types,
} as const satisfies Readonly<Record<string, ReadonlyArray<string>>>

export type FeatureKind = keyof typeof words

// The record has exactly the kinds as its keys.
export const featureKinds = Object.keys(words) as ReadonlyArray<FeatureKind>

/** The words of a kind, in alphabetical order. */
export const wordsOf = (kind: FeatureKind): ReadonlyArray<string> => [...words[kind]].sort()

/** Every feature: a kind and a word of it, as `join left`. */
export const everyFeature: ReadonlyArray<string> = featureKinds.flatMap((kind) =>
  wordsOf(kind).map((word) => `${kind} ${word}`),
)

// -- what stands in a statement -----------------------------------------------------------------------------------------

type Meet = (kind: FeatureKind, word: string) => void

const meetExpr = (node: ExprNode, meet: Meet): void => {
  meet('node', node._tag)
  meet('type', node.type._tag)
  switch (node._tag) {
    case 'Compare':
      return meet('compare', node.op)
    case 'Arithmetic':
      return meet('arithmetic', node.op)
    case 'Call':
      return meet('function', node.name)
    case 'Aggregate':
      return meet('aggregate', node.name)
    case 'Window':
      meet('window', node.name)
      if (node.frame === null) return
      meet('frame', node.frame.unit)
      meet('bound', node.frame.start._tag)
      return meet('bound', node.frame.end._tag)
    default:
  }
}

const meetSource = (source: Source, meet: Meet): void => {
  meet('source', source._tag)
  if ((source._tag === 'DerivedSource' && source.cte !== null) || source._tag === 'RecursiveSource')
    meet('clause', 'with')
}

const meetJoin = (join: JoinNode, meet: Meet): void => {
  meet('join', join.kind)
  if (join.lateral) meet('clause', 'lateral')
  meetSource(join.source, meet)
}

const meetSelect = (node: SelectNode, meet: Meet): void => {
  const clause = (holds: boolean, word: string): void => {
    if (holds) meet('clause', word)
  }
  clause(node.where !== null, 'where')
  clause(node.present.length > 0, 'present')
  clause(node.groupBy.length > 0, 'group by')
  clause(node.groupingSets !== null, 'grouping sets')
  clause(node.having !== null, 'having')
  clause(node.distinct, 'distinct')
  clause(node.distinctOn.length > 0, 'distinct on')
  clause(node.orderBy.length > 0, 'order by')
  clause(node.keyset !== null, 'keyset')
  clause(node.limit !== null, 'limit')
  clause(node.withTies, 'with ties')
  clause(node.offset !== null, 'offset')
  clause(node.includes.length > 0, 'include')
  meetSource(node.from, meet)
  for (const join of node.joins) meetJoin(join, meet)
  for (const { relation } of node.includes) meet('relation', relation.cardinality)
}

const meetSet = (node: SetNode, meet: Meet): void => {
  meet('set operation', node.op)
  if (node.orderBy.length > 0) meet('clause', 'order by')
  if (node.limit !== null) meet('clause', 'limit')
  if (node.offset !== null) meet('clause', 'offset')
}

const meetInsert = (node: InsertNode, meet: Meet): void => {
  meet('insert', node.source._tag)
  const action = node.conflict?.action
  if (action !== undefined) meet('clause', action._tag === 'Nothing' ? 'on conflict do nothing' : 'on conflict update')
}

const meetStatement = (node: StatementNode, meet: Meet): void => {
  meet('statement', node._tag)
  switch (node._tag) {
    case 'Select':
      return meetSelect(node, meet)
    case 'SetOperation':
      return meetSet(node, meet)
    case 'Insert':
      meetInsert(node, meet)
      break
    case 'Update':
    case 'Delete':
      if (node._tag === 'Update') meet('clause', 'set')
      if (node.where !== null) meet('clause', 'where')
      if (node.using.length > 0) meet('clause', 'using')
      for (const { source } of node.using) meetSource(source, meet)
      break
    case 'Text':
      return
    default:
  }
  if (node.returning !== null) meet('clause', 'returning')
}

/** The features of a statement and of all that stands in it, each once. */
export const featuresOf = (statement: StatementNode): ReadonlySet<string> => {
  const found = new Set<string>()
  const meet: Meet = (kind, word) => void found.add(`${kind} ${word}`)
  const visitor = {
    expr: (node: ExprNode): void => {
      meetExpr(node, meet)
      visitExpr(node, visitor)
    },
    query: (node: StatementNode): void => {
      meetStatement(node, meet)
      visitStatement(node, visitor)
      if (node._tag === 'Select') for (const { relation } of node.includes) visitor.query(relation.query)
    },
  }
  visitor.query(statement)
  return found
}
