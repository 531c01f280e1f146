/**
 * The meaning of every expression: its value where some sources are bound to rows.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { freeSource, illFormed } from '../compile/compile-error.js'
import { invalidValue, multipleRows } from '../compile/load-error.js'
import type { AggregateNode } from '../expr/call-node.js'
import type { CaseNode, ColumnNode, CompareNode, ExprNode, ParamNode } from '../expr/node.js'
import type { QueryNode } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'
import { aggregated } from './aggregate.js'
import { calculated } from './arithmetic.js'
import { customValue } from './custom.js'
import { notEvaluable, type Result } from './eval-error.js'
import { called } from './functions.js'
import { groupedValue, groupingOf } from './group.js'
import { inRows } from './in-rows.js'
import type { SqlType } from '../expr/sql-type.js'
import * as logic from './logic.js'
import { matches } from './pattern.js'
import { quantified } from './quantified.js'
import { frameOf, type Here, isOfSet } from './scope.js'
import { comparatorOf, orders, settled, typedKey } from './value.js'
import { windowValue } from './window.js'

const columnValue = (here: Here, node: ColumnNode): Result<unknown> => {
  const frame = frameOf(here.scope, node.of.name)
  if (frame === null) return E.left(freeSource(node.of.name))
  if (frame.row === null) return E.right(null)
  return Object.hasOwn(frame.row, node.key)
    ? E.right(frame.row[node.key])
    : E.left(illFormed(`"${node.of.name}" has no column "${node.key}"`))
}

const paramValue = (here: Here, node: ParamNode): Result<unknown> =>
  here.run.bound.has(node)
    ? E.right(here.run.bound.get(node))
    : E.left(notEvaluable('a parameter stands here that no value was bound to'))

/** Both values, then `f`; null where one of them is. */
const strict = (
  a: Result<unknown>,
  b: Result<unknown>,
  f: (a: unknown, b: unknown) => Result<unknown>,
): Result<unknown> =>
  E.isLeft(a) ? a : E.isLeft(b) ? b : a.right === null || b.right === null ? E.right(null) : f(a.right, b.right)

const compared = (here: Here, node: CompareNode): Result<unknown> => {
  const [left, right] = [valueOf(here, node.left), valueOf(here, node.right)]
  const { op } = node
  if (op !== 'same' && op !== 'differs')
    return strict(left, right, (a, b) => E.right(orders[op](comparatorOf(node.left.type)(a, b))))
  if (E.isLeft(left)) return left
  const keyed = typedKey(node.left.type)
  return pipe(
    right,
    E.map((b) => (keyed(left.right) === keyed(b)) === (op === 'same')),
  )
}

/** One operand after the other, until one decides. */
const connected = (here: Here, op: 'and' | 'or', operands: ReadonlyArray<ExprNode>): Result<logic.Truth> => {
  const join = op === 'and' ? logic.and : logic.or
  let truth: logic.Truth = op === 'and'
  for (const operand of operands) {
    const value = valueOf(here, operand)
    if (E.isLeft(value)) return value
    truth = join(truth, logic.truthOf(value.right))
    if (truth === (op === 'or')) return E.right(truth)
  }
  return E.right(truth)
}

const texts =
  (f: (a: string, b: string) => Result<unknown>) =>
  (a: unknown, b: unknown): Result<unknown> =>
    typeof a === 'string' && typeof b === 'string' ? f(a, b) : E.left(notEvaluable('like: both sides are text'))

const between = (here: Here, x: ExprNode, low: ExprNode, high: ExprNode): Result<unknown> => {
  const compare = comparatorOf(x.type)
  const value = valueOf(here, x)
  const above = strict(value, valueOf(here, low), (a, b) => E.right(compare(a, b) >= 0))
  const below = strict(value, valueOf(here, high), (a, b) => E.right(compare(a, b) <= 0))
  if (E.isLeft(above)) return above
  return pipe(
    below,
    E.map((truth) => logic.and(logic.truthOf(above.right), logic.truthOf(truth))),
  )
}

/** IN: false of nothing, also for null; null where only a null could have matched. */
const among = (type: SqlType<unknown>, value: unknown, members: ReadonlyArray<unknown>): logic.Truth => {
  if (members.length === 0) return false
  if (value === null) return null
  const keyed = typedKey(type)
  const key = keyed(value)
  return members.some((member) => member !== null && keyed(member) === key)
    ? true
    : members.includes(null)
      ? null
      : false
}

const concatenated = (here: Here, operands: ReadonlyArray<ExprNode>): Result<unknown> =>
  operands.reduce<Result<unknown>>(
    (all, operand) =>
      strict(all, valueOf(here, operand), (a, b) =>
        typeof a === 'string' && typeof b === 'string'
          ? E.right(a + b)
          : E.left(notEvaluable('concat: the operands are text')),
      ),
    E.right(''),
  )

const chosen = (here: Here, node: CaseNode): Result<unknown> => {
  for (const branch of node.branches) {
    const when = valueOf(here, branch.when)
    if (E.isLeft(when)) return when
    if (when.right === true) return valueOf(here, branch.result)
  }
  return node.otherwise === null ? E.right(null) : valueOf(here, node.otherwise)
}

const firstThere = (here: Here, operands: ReadonlyArray<ExprNode>): Result<unknown> => {
  for (const operand of operands) {
    const value = valueOf(here, operand)
    if (E.isLeft(value) || value.right !== null) return value
  }
  return E.right(null)
}

/** An aggregate looks at the rows of its group; what it says of the group itself is known without them. */
const ofGroup = (here: Here, node: AggregateNode): Result<unknown> => {
  const { run, group } = here
  if (node.name === 'grouping') return groupingOf(here, node.operand)
  if (group === null) return E.left(illFormed('an aggregate stands where there is no group'))
  return aggregated(
    valueOf,
    node,
    group.map((scope) => ({ run, scope, group: null })),
  )
}

/** The one value of a row: the row itself, or its first output. */
const onlyValue = (row: unknown): unknown =>
  typeof row === 'object' && row !== null ? (Object.values(row)[0] ?? null) : row

const valuesOf = (here: Here, query: QueryNode): Result<ReadonlyArray<unknown>> =>
  pipe(
    here.run.rows(query, here.scope),
    E.map((rows) => (query._tag === 'Select' && query.select?._tag === 'One' ? rows : rows.map(onlyValue))),
  )

const scalar = (here: Here, query: QueryNode): Result<unknown> =>
  pipe(
    valuesOf(here, query),
    E.chain((rows) =>
      rows.length > 1
        ? E.left(multipleRows('a query that stands for a value gave more than one row', showStatement(query)))
        : E.right(rows[0] ?? null),
    ),
  )

const listOf = (here: Here, list: ParamNode): Result<ReadonlyArray<unknown>> =>
  pipe(
    paramValue(here, list),
    E.chain((values) => (Array.isArray(values) ? E.right(values) : E.left(invalidValue('inList', 'is no list')))),
  )

const belongs = (here: Here, operand: ExprNode, members: Result<ReadonlyArray<unknown>>): Result<unknown> =>
  pipe(
    valueOf(here, operand),
    E.chain((value) =>
      pipe(
        members,
        E.map((list) => among(operand.type, value, list)),
      ),
    ),
  )

/** The value of an expression; null is SQL's NULL. */
export const valueOf = (here: Here, node: ExprNode): Result<unknown> => {
  const grouped = isOfSet(here) ? groupedValue(valueOf, here, node) : null
  if (grouped !== null) return grouped
  const value = (operand: ExprNode): Result<unknown> => valueOf(here, operand)
  switch (node._tag) {
    case 'Column':
      return columnValue(here, node)
    case 'Param':
      return paramValue(here, node)
    case 'Compare':
      return compared(here, node)
    case 'Logic':
      return connected(here, node.op, node.operands)
    case 'Not':
      return pipe(
        value(node.operand),
        E.map((a) => logic.not(logic.truthOf(a))),
      )
    case 'IsNull':
      return pipe(
        value(node.operand),
        E.map((a) => (a === null) !== node.negated),
      )
    case 'Like': {
      const fold = (text: string): string => (node.op === 'ilike' ? text.toLowerCase() : text)
      return strict(
        value(node.operand),
        value(node.pattern),
        texts((a, b) => matches(fold(a), fold(b))),
      )
    }
    case 'Between':
      return between(here, node.operand, node.low, node.high)
    case 'InList':
      return belongs(here, node.operand, listOf(here, node.list))
    case 'InQuery':
      return belongs(here, node.operand, valuesOf(here, node.query))
    case 'Arithmetic':
      return strict(value(node.left), value(node.right), (a, b) => calculated(node.op, node.type, a, b))
    case 'Concat':
      return concatenated(here, node.operands)
    case 'Call':
      return pipe(
        node.operands,
        E.traverseArray(value),
        E.chain((values) => called(node, values, here.run)),
      )
    case 'Raw':
      return E.left(notEvaluable('raw SQL has no meaning in memory'))
    case 'Custom':
      return pipe(
        node.operands,
        E.traverseArray(value),
        E.chain((values) => customValue(node, values)),
      )
    case 'InRows':
      return pipe(
        [...node.operands, ...node.lists],
        E.traverseArray(value),
        E.chain((values) => inRows(node, values)),
      )
    case 'Quantified':
      return pipe(
        value(node.operand),
        E.chain((one) => quantified(node, one, valuesOf(here, node.query))),
      )
    case 'Window':
      return windowValue(valueOf, here, node)
    case 'Case':
      return pipe(
        chosen(here, node),
        E.map((a) => settled(node.type, a)),
      )
    case 'Coalesce':
      return pipe(
        firstThere(here, node.operands),
        E.map((a) => settled(node.type, a)),
      )
    case 'Aggregate':
      return ofGroup(here, node)
    case 'Exists':
      return pipe(
        here.run.rows(node.query, here.scope),
        E.map((rows) => rows.length > 0),
      )
    case 'Scalar':
      return scalar(here, node.query)
    default:
      return absurd(node)
  }
}

/** Whether all criteria hold, one asked after the other until one is false. */
export const allHold = (here: Here, criteria: ReadonlyArray<ExprNode>): Result<boolean> => {
  let all = holdsAll
  for (const criterion of criteria) {
    const value = valueOf(here, criterion)
    if (E.isLeft(value)) return value
    if (value.right === false) return holdsNot
    if (value.right !== true) all = holdsNot
  }
  return all
}

const holdsAll: Result<boolean> = E.right(true)
const holdsNot: Result<boolean> = E.right(false)

/** Whether a criterion holds: null does not. */
export const holds = (here: Here, criterion: ExprNode | null): Result<boolean> =>
  criterion === null
    ? E.right(true)
    : pipe(
        valueOf(here, criterion),
        E.map((value) => value === true),
      )
