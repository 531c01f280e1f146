/**
 * What a table says of each of its rows beyond their types: columns that are computed of the others, and checks.
 */
import * as E from 'fp-ts/lib/Either.js'

import { paramsOf, visitExpr } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { ExprNode, ParamNode } from '../expr/node.js'
import { showExpr } from '../expr/show.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { plainOf, secretLike } from '../expr/sql-type.js'
import { accept } from './accept.js'
import { checkViolation, type ConstraintError, notNullViolation } from './constraint-error.js'
import type { EvalError } from './eval-error.js'
import { valueOf } from './expression.js'
import { bind, type Here, type Run } from './scope.js'
import { put, type Row } from './value.js'

/** Why a row is not written. */
export type Refusal = EvalError | ConstraintError

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

const expressionsOf = (info: TableInfo): ReadonlyArray<ExprNode> => [
  ...info.columns.flatMap(({ serverDefault, generated }) => [
    ...(serverDefault === null ? [] : [serverDefault]),
    ...(generated === null ? [] : [generated.expr]),
  ]),
  ...info.checks.map((check) => check.expr),
  ...info.indexes.flatMap((index) =>
    index.unique ? [...index.parts.map((part) => part.expr), ...(index.where === null ? [] : [index.where])] : [],
  ),
]

const paramsIn = (nodes: ReadonlyArray<ExprNode>): ReadonlyArray<ParamNode> => {
  const found: Array<ParamNode> = []
  const visitor: Visitor = {
    expr: (node) => {
      if (node._tag === 'Param') found.push(node)
      else visitExpr(node, visitor)
    },
    query: (query) => void found.push(...paramsOf(query)),
  }
  nodes.forEach(visitor.expr)
  return found
}

const known = new WeakMap<TableInfo, ReadonlyArray<ParamNode>>()

/** The values that stand in what a table says of its rows. */
export const paramsOfTable = (info: TableInfo): ReadonlyArray<ParamNode> => {
  const before = known.get(info)
  if (before !== undefined) return before
  const made = paramsIn(expressionsOf(info))
  known.set(info, made)
  return made
}

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** The value that an expression gives a column, in the column's own form. */
export const valueFor = (
  here: Here,
  info: TableInfo,
  column: ColumnInfo,
  expr: ExprNode,
): E.Either<Refusal, unknown> => {
  const value = valueOf(here, expr)
  return E.isLeft(value) ? value : heldIn(info, column, value.right)
}

/** A value of the interpreter's as the column holds it: what stands over the type has had its say where it came in. */
export const heldIn = (info: TableInfo, column: ColumnInfo, value: unknown): E.Either<Refusal, unknown> =>
  value === null && !column.nullable
    ? E.left(notNullViolation(info.name, column.key))
    : accept(secretLike(plainOf(column.type), [column.type]), column.nullable, `${info.name}.${column.key}`, value)

// -------------------------------------------------------------------------------------
// rules
// -------------------------------------------------------------------------------------

/** The row with what is computed of it; a computed column sees those before it. */
const computed = (run: Run, info: TableInfo, row: Row): E.Either<Refusal, Row> => {
  const made: Record<string, unknown> = { ...row }
  for (const column of info.columns) {
    if (column.generated === null) continue
    const here: Here = { run, scope: bind(info.name, made, null), group: null }
    const value = valueFor(here, info, column, column.generated.expr)
    if (E.isLeft(value)) return value
    put(made, column.key, value.right)
  }
  return E.right(Object.freeze(made))
}

/** Left with the first check that says no; one that says nothing lets the row in. */
const checked = (run: Run, info: TableInfo, row: Row): E.Either<Refusal, Row> => {
  const here: Here = { run, scope: bind(info.name, row, null), group: null }
  for (const { name, expr } of info.checks) {
    const truth = valueOf(here, expr)
    if (E.isLeft(truth)) return truth
    if (truth.right === false) return E.left(checkViolation(info.name, showExpr(expr), name))
  }
  return E.right(row)
}

/** The row as its table keeps it: stored and virtual columns alike are computed anew, and all checks are asked. */
export const ruled = (run: Run, info: TableInfo, row: Row): E.Either<Refusal, Row> => {
  const whole = info.columns.some((c) => c.generated !== null) ? computed(run, info, row) : E.right(row)
  return E.isLeft(whole) || info.checks.length === 0 ? whole : checked(run, info, whole.right)
}
