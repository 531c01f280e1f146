/**
 * What the types of TypeScript cannot tell apart: text, days, instants, decimals and documents may all be strings there. Engines
 * differ in what they make of such a mixture, so it is refused on all of them.
 */
import type { AggregateNode } from '../expr/call-node.js'
import { type CustomNode, dataProblem } from '../expr/custom-node.js'
import type { ExprNode } from '../expr/node.js'
import { outputsOf } from '../expr/outputs.js'
import { sameExpr } from '../expr/same.js'
import { type SqlType, type TypeTag, unified } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { describe } from './context.js'
import type { Dialect } from './dialect.js'
import { callProblem } from './functions.js'
import { windowProblem } from './window-problem.js'

type Types = ReadonlyArray<SqlType<unknown>>

/** What a type is called in messages. */
export const names: Readonly<Record<TypeTag, string>> = {
  SmallInt: 'smallint',
  Integer: 'integer',
  BigInt: 'bigint',
  Unsigned: 'unsigned integer',
  UnsignedBigInt: 'unsigned bigint',
  Real: 'real',
  Double: 'double',
  Count: 'count',
  Numeric: 'numeric',
  Boolean: 'boolean',
  Char: 'char',
  Varchar: 'text',
  Text: 'text',
  Enumeration: 'enumeration',
  Uuid: 'uuid',
  Binary: 'binary',
  Date: 'date',
  Time: 'time',
  Timestamp: 'timestamp',
  TimestampTz: 'timestamptz',
  Interval: 'interval',
  Json: 'json',
  Array: 'array',
}

const numeric: ReadonlyArray<string> = ['sum', 'avg', 'stddevPop', 'stddevSamp', 'varPop', 'varSamp']
const text: ReadonlyArray<TypeTag> = ['Varchar', 'Text', 'Char', 'Enumeration']
const numbers: ReadonlyArray<TypeTag> = [
  'SmallInt',
  'Integer',
  'BigInt',
  'Unsigned',
  'UnsignedBigInt',
  'Real',
  'Double',
  'Count',
  'Numeric',
]

const innermost = (type: SqlType<unknown>): SqlType<unknown> => (type.element === null ? type : innermost(type.element))

/** A numeric that SQLite keeps as text is text there: neither its order nor its sums are those of numbers. */
const noNumber = (dialect: string, what: string, types: Types): CompileError | null =>
  dialect === 'sqlite' && types.some((type) => type._tag === 'Numeric' && type.storedAs === 'text')
    ? unsupported(dialect, `${what} numerics that it keeps as text`, 'numeric of at most 18 digits')
    : null

/**
 * JSON documents have no equality and no order: engines disagree about both. Intervals have none either: a month is no number of
 * days.
 */
export const noDocuments = (dialect: string, what: string, types: Types): CompileError | null => {
  const inner = types.map(innermost)
  if (inner.some((type) => type._tag === 'Json'))
    return unsupported(dialect, `${what} JSON documents`, 'take a part of each that is no document')
  if (inner.some((type) => type._tag === 'Interval'))
    return unsupported(dialect, `${what} intervals, which have no order`, 'compare the times that they lead to')
  return noNumber(dialect, what, inner)
}

/** SQLite's numerics are units of their last digit, or text: one number only where they have one form. Scales are converted. */
export const oneStorage = (dialect: string, what: string, types: Types): CompileError | null => {
  const all = types.filter((type) => type._tag === 'Numeric')
  return dialect === 'sqlite' && all.some((type) => type.storedAs !== all[0]?.storedAs)
    ? unsupported(dialect, `${what} numerics of several forms`, 'give the columns one form')
    : null
}

/** What the engine has no type for. */
export const absentType = (dialect: Dialect, type: SqlType<unknown>): CompileError | null => {
  const { problem } = dialect.type(type)
  return problem === null ? null : unsupported(dialect.name, problem.what, problem.instead)
}

/** All types as one, or why not. */
export const oneType = (what: string, types: Types): CompileError | null => {
  const [first, ...rest] = types
  if (first === undefined) return null
  let all = first
  for (const type of rest) {
    const both = unified(all, type)
    if (both === null)
      return illFormed(`${what} takes values of one type: ${names[all._tag]} and ${names[type._tag]} are two`)
    all = both
  }
  return null
}

const ofTags = (
  what: string,
  tags: ReadonlyArray<string>,
  wanted: string,
  nodes: ReadonlyArray<ExprNode>,
): CompileError | null => {
  const other = nodes.find((node) => !tags.includes(node.type._tag))
  return other === undefined
    ? null
    : illFormed(`${what} takes ${wanted}: ${describe(other)} is ${names[other.type._tag]}`)
}

const compared = (dialect: string, what: string, types: Types): CompileError | null =>
  noDocuments(dialect, 'compare', types) ?? oneType(what, types)

/** A criterion is true, false or null: engines without booleans would take any number. */
export const criterionProblem = (what: string, node: ExprNode): CompileError | null =>
  ofTags(what, ['Boolean'], 'criteria', [node])

/** No signed type of any engine holds what two unsigned bigints make. */
const noArithmetic = (dialect: string, op: string, types: Types): CompileError | null =>
  types.some((type) => type._tag === 'UnsignedBigInt')
    ? unsupported(dialect, `calculate with unsigned bigints (${op})`, 'bigint, or numeric(20, 0)')
    : noNumber(dialect, 'calculate with', types)

const notOrdered = (name: string, type: SqlType<unknown>): CompileError | null =>
  (name === 'min' || name === 'max') && (type._tag === 'Binary' || type._tag === 'Array')
    ? illFormed(`${name} takes numbers, text or times, no ${names[type._tag]}`)
    : null

/** Distinct values have an order of their own alone, and not every aggregate has a word for them. */
const distinctProblem = (node: AggregateNode, operand: ExprNode): CompileError | null => {
  if (!node.distinct) return null
  if (['count', 'sum', 'avg', 'min', 'max', 'boolAnd', 'boolOr'].includes(node.name)) return null
  if (node.name !== 'stringAgg' && node.name !== 'arrayAgg') return illFormed(`${node.name} takes no distinct values`)
  return node.orderBy.every((order) => sameExpr(order.expr, operand))
    ? null
    : illFormed(`${node.name} of distinct values is ordered by these values`)
}

/** What is wrong with the types directly below a node, or null. */
export const typeProblem = (dialect: string, node: ExprNode): CompileError | null => {
  switch (node._tag) {
    case 'Compare':
      return compared(dialect, node.op, [node.left.type, node.right.type])
    case 'Between':
      return compared(dialect, 'between', [node.operand.type, node.low.type, node.high.type])
    case 'InList':
      return node.operand.type._tag === 'Array'
        ? illFormed('inList takes single values: compare an array with eq')
        : compared(dialect, 'inList', [node.operand.type, node.list.type])
    case 'InQuery':
      return compared(dialect, 'inQuery', [node.operand.type, ...outputsOf(node.query).map((c) => c.type)])
    case 'Logic':
      return ofTags(node.op, ['Boolean'], 'criteria', node.operands)
    case 'Not':
      return criterionProblem('not', node.operand)
    case 'Like':
      return ofTags(node.op, text, 'text', [node.operand, node.pattern])
    case 'Concat':
      return ofTags('concat', text, 'text', node.operands)
    case 'Call':
      return callProblem(dialect, node)
    case 'InRows':
      return node.operands.reduce<CompileError | null>(
        (found, operand, i) =>
          found ??
          compared(dialect, 'inRows', [operand.type, ...(node.lists[i] === undefined ? [] : [node.lists[i].type])]),
        null,
      )
    case 'Quantified':
      return compared(dialect, node.op, [node.operand.type, ...outputsOf(node.query).map((c) => c.type)])
    case 'Arithmetic':
      return (
        ofTags(node.op, numbers, 'numbers', [node.left, node.right]) ??
        noArithmetic(dialect, node.op, [node.left.type, node.right.type]) ??
        oneType(node.op, [node.left.type, node.right.type])
      )
    case 'Coalesce':
      return (
        oneType('coalesce', [node.type, ...node.operands.map((e) => e.type)]) ??
        oneStorage(
          dialect,
          'put in one coalesce',
          node.operands.map((e) => e.type),
        )
      )
    case 'Case': {
      const values = [...node.branches.map((b) => b.result), ...(node.otherwise === null ? [] : [node.otherwise])]
      return (
        ofTags(
          'caseWhen',
          ['Boolean'],
          'criteria',
          node.branches.map((b) => b.when),
        ) ??
        oneType('caseWhen', [node.type, ...values.map((e) => e.type)]) ??
        oneStorage(
          dialect,
          'put in one caseWhen',
          values.map((e) => e.type),
        )
      )
    }
    case 'Aggregate': {
      const { operand, filter } = node
      const criterion = filter === null ? null : criterionProblem('filter', filter)
      if (criterion !== null) return criterion
      const orders = noDocuments(
        dialect,
        'order by',
        node.orderBy.map((o) => o.expr.type),
      )
      if (orders !== null) return orders
      if (operand === null || node.name === 'grouping' || (node.name === 'count' && !node.distinct)) return null
      const twice = distinctProblem(node, operand)
      if (twice !== null) return twice
      if (node.name === 'jsonAgg' && operand.type._tag === 'Array')
        return illFormed('jsonAgg takes no arrays: make them with jsonArray')
      if (node.name === 'jsonAgg' || node.name === 'arrayAgg') return null
      const documents = noDocuments(dialect, 'compare', [operand.type])
      if (documents !== null || node.name === 'count') return documents
      if (numeric.includes(node.name)) return ofTags(node.name, numbers, 'numbers', [operand])
      const noAggregate = notOrdered(node.name, operand.type)
      if (noAggregate !== null) return noAggregate
      if (node.name === 'stringAgg')
        return ofTags(node.name, text, 'text', [operand, ...(node.second === null ? [] : [node.second])])
      if (node.name === 'boolAnd' || node.name === 'boolOr')
        return ofTags(node.name, ['Boolean'], 'criteria', [operand])
      if (node.name !== 'min' && node.name !== 'max') return null
      return operand.type._tag === 'Boolean'
        ? illFormed(`${node.name} takes numbers, text or times, no booleans`)
        : null
    }
    case 'Column':
    case 'Param':
    case 'IsNull':
    case 'Exists':
    case 'Scalar':
    case 'Raw':
      return null
    case 'Custom':
      return customProblem(node)
    case 'Window':
      return windowProblem({ noDocuments, oneStorage, oneType, typeProblem }, dialect, node)
  }
}

/** A definition says how many operands there are, and of which types. */
const customProblem = (node: CustomNode): CompileError | null => {
  const { name, takes } = node.form
  if (node.operands.length !== takes.length)
    return illFormed(`"${name}" takes ${takes.length} operands: here are ${node.operands.length}`)
  for (const [at, { type }] of takes.entries()) {
    const of = node.operands[at]?.type ?? type
    if (unified(type, of) === null)
      return illFormed(`"${name}" takes ${names[type._tag]} as operand ${at + 1}: here is ${names[of._tag]}`)
  }
  const problem = dataProblem(node)
  return problem === null ? null : illFormed(problem)
}
