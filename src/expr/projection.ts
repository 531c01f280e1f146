/**
 * From what `select` takes to the node of a row.
 */
import { isExprNode, value } from './node.js'
import type { ProjectionNode } from './query-node.js'
import { booleanType } from './sql-type.js'
import { isTable, sourceOf } from './table.js'

/** An expression, a table, or a record of these; anything else is bound as a parameter that refuses it. */
export const projectionNode = (p: unknown): ProjectionNode => {
  if (isExprNode(p)) return { _tag: 'One', expr: p }
  if (isTable(p)) return { _tag: 'Whole', source: sourceOf(p) }
  if (typeof p === 'object' && p !== null)
    return {
      _tag: 'Record',
      fields: Object.entries(p).map(([key, inner]) => ({ key, projection: projectionNode(inner) })),
    }
  return { _tag: 'One', expr: value({ refused: p }, booleanType) }
}
