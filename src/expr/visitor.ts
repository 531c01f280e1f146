/**
 * What a walk over a statement meets, and what stands below sources and projections.
 */
import { absurd } from 'fp-ts/lib/function.js'

import type { ExprNode } from './node.js'
import type { ProjectionNode, QueryNode } from './query-node.js'
import type { Source } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a walk meets: an expression directly below, or a query. */
export interface Visitor {
  readonly expr: (node: ExprNode) => void
  readonly query: (query: QueryNode) => void
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** Visits what stands directly below a source. */
export const visitSource = (source: Source, on: Visitor): void => {
  switch (source._tag) {
    case 'TableSource':
    case 'WorkingSource':
      // What is computed of a table is met where it is selected or asked for.
      return
    case 'DerivedSource':
      return on.query(source.query)
    case 'RecursiveSource':
      on.query(source.base)
      return on.query(source.step)
    case 'ValuesSource':
      return source.rows.forEach((row) => row.forEach(on.expr))
    case 'TextSource':
      return source.statement.operands.forEach(on.expr)
    default:
      return absurd(source)
  }
}

/** Visits the expressions of a projection, left to right; a whole source has none of its own. */
export const visitProjection = (projection: ProjectionNode, on: Visitor): void => {
  switch (projection._tag) {
    case 'One':
      return on.expr(projection.expr)
    case 'Whole':
      if (projection.source._tag === 'TableSource') for (const c of projection.source.computed) on.expr(c.expr)
      return
    case 'Record':
      return projection.fields.forEach((field) => visitProjection(field.projection, on))
    default:
      return absurd(projection)
  }
}
