/**
 * Rows as a projection makes them.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { freeSource } from '../compile/compile-error.js'
import type { ProjectionNode } from '../expr/query-node.js'
import type { Result } from './eval-error.js'
import { valueOf } from './expression.js'
import { frameOf, type Here } from './scope.js'

/** The row that a projection makes: a whole source that is absent is null, not a record of nulls. */
export const projected = (here: Here, projection: ProjectionNode): Result<unknown> => {
  switch (projection._tag) {
    case 'One':
      return valueOf(here, projection.expr)
    case 'Whole': {
      const frame = frameOf(here.scope, projection.source.name)
      return frame === null ? E.left(freeSource(projection.source.name)) : E.right(frame.row)
    }
    case 'Record':
      return pipe(
        projection.fields,
        E.traverseArray((field) =>
          pipe(
            projected(here, field.projection),
            E.map((value) => [field.key, value] as const),
          ),
        ),
        E.map((entries) => Object.fromEntries(entries)),
      )
    default:
      return absurd(projection)
  }
}
