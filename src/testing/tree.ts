/**
 * Rows with what they include, as trees: lists are in order where a query says which, and bags elsewhere.
 */
import type { IncludeNode, SelectNode, StatementNode } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import { sameRows, sorted } from './same-rows.js'

const isOrderedBy = (node: SelectNode, source: Source): boolean =>
  source._tag === 'TableSource' &&
  source.table.primaryKey.length > 0 &&
  source.table.primaryKey.every((key) =>
    node.orderBy.some(({ expr: e }) => e._tag === 'Column' && e.of.name === source.name && e.key === key),
  )

/** Whether a query's order leaves no two rows side by side in either order: it names the keys of all of its tables. */
export const isTotal = (node: StatementNode): boolean =>
  node._tag === 'Select' && [node.from, ...node.joins.map((join) => join.source)].every((s) => isOrderedBy(node, s))

const isRecord = (row: unknown): row is Readonly<Record<string, unknown>> =>
  typeof row === 'object' && row !== null && !Array.isArray(row)

const withSettled = (row: unknown, { key, relation }: IncludeNode): unknown => {
  if (!isRecord(row)) return row
  const value = row[key]
  const settledValue = Array.isArray(value)
    ? settled(relation.query, value)
    : value === null
      ? null
      : settled(relation.query, [value])[0]
  return { ...row, [key]: settledValue }
}

/** The trees with their bags in one order that equal bags share. */
const settled = (node: StatementNode, rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> => {
  const includes = node._tag === 'Select' ? node.includes : []
  const all = includes.length === 0 ? rows : rows.map((row) => includes.reduce(withSettled, row))
  return isTotal(node) ? all : sorted(all)
}

/** Whether a query's rows in two places are the same: in its order, and its relations' orders, where these are total. */
export const sameTrees = (node: StatementNode, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): boolean =>
  sameRows(settled(node, a), settled(node, b))
