/**
 * What is wrong with a window, whatever the dialect: the interpreter asks it, too.
 */
import type { Frame, FrameBound, WindowNode } from '../expr/call-node.js'
import { isAboutRows } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { SqlType, TypeTag } from '../expr/sql-type.js'
import { type CompileError, illFormed } from './compile-error.js'
import { describe } from './context.js'

/** What is known of types: given, since the check of types asks this file about windows. */
export interface TypeRules {
  readonly noDocuments: (dialect: string, what: string, types: ReadonlyArray<SqlType<unknown>>) => CompileError | null
  readonly oneType: (what: string, types: ReadonlyArray<SqlType<unknown>>) => CompileError | null
  readonly oneStorage: (dialect: string, what: string, types: ReadonlyArray<SqlType<unknown>>) => CompileError | null
  readonly typeProblem: (dialect: string, node: ExprNode) => CompileError | null
}

/** Aggregates that have a meaning in every frame; those that make a list of their own order have none. */
const overFrames: ReadonlyArray<string> = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'boolAnd',
  'boolOr',
  'stddevPop',
  'stddevSamp',
  'varPop',
  'varSamp',
]

const ofFrame: ReadonlyArray<WindowNode['name']> = ['aggregate', 'firstValue', 'lastValue', 'nthValue']

/** What can be added to without loss. */
const addable: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'BigInt', 'Count', 'Double', 'Numeric']

const ranks: Readonly<Record<FrameBound['_tag'], number>> = {
  UnboundedPreceding: 0,
  Preceding: 1,
  CurrentRow: 2,
  Following: 3,
  UnboundedFollowing: 4,
}

const frameProblem = (rules: TypeRules, node: WindowNode, { unit, start, end }: Frame): CompileError | null => {
  if (!ofFrame.includes(node.name))
    return illFormed(`${node.name} looks at all rows of its partition: it takes no frame`)
  if (ranks[start._tag] > ranks[end._tag] || start._tag === 'UnboundedFollowing' || end._tag === 'UnboundedPreceding')
    return illFormed('a frame ends where it begins, or after')
  const offsets = [start, end].filter((bound) => 'offset' in bound)
  if (unit === 'groups' && node.orderBy.length === 0) return illFormed('groups are counted in an order: over needs one')
  if (unit !== 'range' || offsets.length === 0) return null
  const [order, ...more] = node.orderBy
  if (order === undefined || more.length > 0)
    return illFormed('a range that says how far it goes has one order: the number that it is about')
  const { type } = order.expr
  if (!isAboutRows(order.expr)) return illFormed('a range that says how far it goes is about a number of the rows')
  if (!addable.includes(type._tag))
    return illFormed(`a range that says how far it goes is about numbers: ${describe(order.expr)} is none`)
  return offsets.some(
    ({ offset }) => rules.oneType('range', [type, offset.type]) !== null || offset.type._tag !== type._tag,
  )
    ? illFormed(`a range over ${describe(order.expr)} is told in numbers of its type`)
    : null
}

const operandProblem = (rules: TypeRules, dialect: string, node: WindowNode): CompileError | null => {
  const [operand, , otherwise] = node.operands
  if (node.name !== 'aggregate')
    return operand === undefined || otherwise === undefined
      ? null
      : rules.oneType(node.name, [operand.type, otherwise.type])
  if (operand?._tag !== 'Aggregate') return illFormed('over takes an aggregate or a window function')
  if (operand.distinct) return illFormed('an aggregate of distinct values stands over no window')
  if (!overFrames.includes(operand.name)) return illFormed(`${operand.name} stands over no window`)
  return rules.typeProblem(dialect, operand)
}

/** What is wrong with a window function, or null. */
export const windowProblem = (rules: TypeRules, dialect: string, node: WindowNode): CompileError | null => {
  if (node.orderBy.length === 0 && node.name !== 'aggregate')
    return illFormed(`${node.name} counts rows in an order: over needs one`)
  const told = node.name === 'ntile' ? node.operands[0] : node.operands[1]
  if (told !== undefined && (told._tag !== 'Param' || told.type._tag !== 'Integer'))
    return illFormed(`${node.name} is told a whole number, or a parameter that is one`)
  return (
    operandProblem(rules, dialect, node) ??
    (node.name === 'lag' || node.name === 'lead'
      ? rules.oneStorage(
          dialect,
          `put in one ${node.name}`,
          [node.operands[0], node.operands[2]].filter((e) => e !== undefined).map((e) => e.type),
        )
      : null) ??
    rules.noDocuments(
      dialect,
      'partition by',
      node.partitionBy.map((e) => e.type),
    ) ??
    rules.noDocuments(
      dialect,
      'order by',
      node.orderBy.map((o) => o.expr.type),
    ) ??
    (node.frame === null ? null : frameProblem(rules, node, node.frame))
  )
}
