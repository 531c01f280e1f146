/**
 * What is the same for all rows of a query, so that an engine may calculate it once.
 */
import { freeIn, visitExpr } from '../expr/children.js'
import type { ColumnNode, ExprNode } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import { projected } from './grouping.js'

/** Whether an expression is the same for all rows, where `column` says so of a column. */
const isSame = (node: ExprNode, column: (column: ColumnNode) => boolean): boolean => {
  if (node._tag === 'Column') return column(node)
  let fixed = node._tag !== 'Aggregate' && node._tag !== 'Window'
  if (fixed)
    visitExpr(node, {
      expr: (child) => void (fixed &&= isSame(child, column)),
      query: (query) => void (fixed &&= freeIn(query).size === 0),
    })
  return fixed
}

/** Whether an expression is the same for all rows. */
export const isFixed = (node: ExprNode): boolean => isSame(node, () => false)

/** Whether an engine that knows the values which are bound may make a constant of the expression, or of a part of it. */
export const mayFold = (node: ExprNode): boolean => {
  let folds = false
  if (node._tag === 'Case') folds = node.branches.some((branch) => isFixed(branch.when))
  else if (node._tag === 'Coalesce') folds = node.operands.slice(0, 1).some(isFixed)
  else if (node._tag === 'Logic') folds = node.operands.some(isFixed)
  if (!folds) visitExpr(node, { expr: (child) => void (folds ||= mayFold(child)), query: () => {} })
  return folds
}

/** What a derived table says that its column is; null of other sources. */
const saidOf = ({ of, key }: ColumnNode): ExprNode | null => {
  if (of._tag !== 'DerivedSource' || of.query._tag !== 'Select') return null
  const at = outputsOf(of.query).findIndex((output) => output.key === key)
  return projected(projectionOf(of.query))[at] ?? null
}

/** Whether an expression is the same for all rows to an engine that puts derived tables into the queries around them. */
export const isFixedInside = (node: ExprNode): boolean =>
  isSame(node, (column) => {
    const said = saidOf(column)
    return said !== null && isFixedInside(said)
  })
