/**
 * Rows as a query gives them: where the value of an expression stands in one, and what it is to be the same row.
 */
import { asked } from '../expr/asked.js'
import { criterion, refusedValue } from '../expr/expr.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { columnsOfSource } from '../expr/source.js'
import { booleanType } from '../expr/sql-type.js'

/** Where an expression stands in a row: the keys that lead to it, or null. */
export const pathTo = (e: ExprNode, projection: ProjectionNode): ReadonlyArray<string> | null => {
  switch (projection._tag) {
    case 'One':
      return sameExpr(projection.expr, e) ? [] : null
    case 'Whole': {
      if (e._tag !== 'Column' || e.of.name !== projection.source.name) return null
      return columnsOfSource(projection.source).some((c) => c.key === e.key) ? [e.key] : null
    }
    case 'Record':
      for (const field of projection.fields) {
        const below = pathTo(e, field.projection)
        if (below !== null) return [field.key, ...below]
      }
      return null
  }
}

/** What stands at a path: null below a row that is absent, undefined where there is nothing. */
export const heldAt = (row: unknown, path: ReadonlyArray<string>): unknown =>
  path.reduce<unknown>((value, key) => {
    if (value === null) return null
    return typeof value === 'object'
      ? asked(() => Object.entries(value).find(([k]) => k === key)?.[1], undefined)
      : undefined
  }, row)

/** The criterion that a query's first table has the key of a row; a value refuses itself where the row has none. */
export const comparedRow = (select: SelectNode, row: unknown): ExprNode => {
  const { from } = select
  const key = from._tag === 'TableSource' ? from.table.columns.filter((c) => c.primaryKey) : []
  if (key.length === 0) return criterion({ refused: 'a relation whose first table has no primary key' }, booleanType)
  return node.logic(
    'and',
    key.map((c) => {
      const column = node.column(from, c.key, c.name, c.type, c.nullable)
      const path = pathTo(column, projectionOf(select))
      const held = path === null ? undefined : heldAt(row, path)
      return node.compare('eq', column, node.value(held === undefined ? refusedValue : held, c.type))
    }),
  )
}
