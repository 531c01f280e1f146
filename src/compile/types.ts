/**
 * What the types of TypeScript cannot tell apart: text, days, instants, decimals and documents may all be strings there. Engines
 * differ in what they make of such a mixture, so it is refused on all of them.
 */
import type { ExprNode } from '../expr/node.js'
import { outputsOf } from '../expr/outputs.js'
import { type SqlType, type TypeTag, unified } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { describe } from './context.js'

type Types = ReadonlyArray<SqlType<unknown>>

const names: Readonly<Record<TypeTag, string>> = {
  Integer: 'integer',
  BigInt: 'bigint',
  Double: 'double',
  Count: 'count',
  Numeric: 'numeric',
  Boolean: 'boolean',
  Varchar: 'text',
  Text: 'text',
  Date: 'date',
  TimestampTz: 'timestamptz',
  Json: 'json',
}

const text: ReadonlyArray<TypeTag> = ['Varchar', 'Text']
const numbers: ReadonlyArray<TypeTag> = ['Integer', 'BigInt', 'Double', 'Count', 'Numeric']

/** JSON documents have no equality and no order: engines disagree about both. */
export const noDocuments = (dialect: string, what: string, types: Types): CompileError | null =>
  types.some((type) => type._tag === 'Json')
    ? unsupported(dialect, `${what} JSON documents`, 'take a part of each that is no document')
    : null

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

/** What is wrong with the types directly below a node, or null. */
export const typeProblem = (dialect: string, node: ExprNode): CompileError | null => {
  switch (node._tag) {
    case 'Compare':
      return compared(dialect, node.op, [node.left.type, node.right.type])
    case 'Between':
      return compared(dialect, 'between', [node.operand.type, node.low.type, node.high.type])
    case 'InList':
      return compared(dialect, 'inList', [node.operand.type, node.list.type])
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
      return node.name === 'abs'
        ? ofTags('abs', numbers, 'a number', [node.operand])
        : ofTags(node.name, text, 'text', [node.operand])
    case 'Arithmetic':
      return (
        ofTags(node.op, numbers, 'numbers', [node.left, node.right]) ??
        oneType(node.op, [node.left.type, node.right.type])
      )
    case 'Coalesce':
      return oneType('coalesce', [node.type, ...node.operands.map((e) => e.type)])
    case 'Case': {
      const values = [...node.branches.map((b) => b.result), ...(node.otherwise === null ? [] : [node.otherwise])]
      return (
        ofTags(
          'caseWhen',
          ['Boolean'],
          'criteria',
          node.branches.map((b) => b.when),
        ) ?? oneType('caseWhen', [node.type, ...values.map((e) => e.type)])
      )
    }
    case 'Aggregate': {
      const { operand } = node
      if (operand === null || (node.name === 'count' && !node.distinct)) return null
      const documents = noDocuments(dialect, 'compare', [operand.type])
      if (documents !== null || node.name === 'count') return documents
      if (node.name === 'sum' || node.name === 'avg') return ofTags(node.name, numbers, 'numbers', [operand])
      return operand.type._tag === 'Boolean'
        ? illFormed(`${node.name} takes numbers, text or times, no booleans`)
        : null
    }
    case 'Column':
    case 'Param':
    case 'IsNull':
    case 'Exists':
    case 'Scalar':
      return null
  }
}

/** Whether a column can take the values of an expression as they are: no engine may round or convert in silence. */
export const assignmentProblem = (
  place: string,
  column: SqlType<unknown>,
  value: SqlType<unknown>,
): CompileError | null => {
  const both = unified(column, value)
  const fits = both !== null && (column._tag === 'Double' || value._tag !== 'Double')
  return fits
    ? null
    : illFormed(`${place} is ${names[column._tag]}: it takes no expression of type ${names[value._tag]}`)
}
