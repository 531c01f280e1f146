/**
 * From what `select` takes to the node of a row.
 */
import { asked } from './asked.js'
import { isExprNode, value } from './node.js'
import type { ProjectionNode } from './query-node.js'
import { booleanType } from './sql-type.js'
import { isTable, sourceOf } from './table.js'

/** How deep records may stand in records. */
const deepest = 100

const refusal = (p: unknown): ProjectionNode => ({ _tag: 'One', expr: value({ refused: p }, booleanType) })

/** `around`: the records that it stands in, none of which it is. */
const made = (p: unknown, around: ReadonlyArray<object>): ProjectionNode => {
  if (isExprNode(p)) return { _tag: 'One', expr: p }
  if (isTable(p)) return { _tag: 'Whole', source: sourceOf(p) }
  if (typeof p === 'object' && p !== null && around.length < deepest && !around.includes(p))
    return {
      _tag: 'Record',
      fields: Object.entries(p).map(([key, inner]) => ({ key, projection: made(inner, [...around, p]) })),
    }
  return refusal(p)
}

/** An expression, a table, or a record of these; anything else, a record in itself too, is bound as a parameter that refuses it. */
export const projectionNode = (p: unknown): ProjectionNode => asked(() => made(p, []), refusal(p))
