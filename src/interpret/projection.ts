/**
 * Rows as a projection makes them.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { freeSource } from '../compile/compile-error.js'
import type { ProjectionNode } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import type { Result } from './eval-error.js'
import { valueOf } from './expression.js'
import { frameOf, type Here } from './scope.js'
import type { Row } from './value.js'

/** A row with the columns that the source has: a value of a table need not have all that are there. */
const asSource = (source: Source, row: Row): Row => {
  if (source._tag !== 'TableSource') return row
  const { columns } = source.table
  return Object.keys(row).length <= columns.length
    ? row
    : Object.freeze(Object.fromEntries(columns.map(({ key }) => [key, row[key]])))
}

/** A row with what is computed of its table. */
const withComputed = (here: Here, source: Source, row: Row): Result<Row> =>
  source._tag !== 'TableSource' || source.computed.length === 0
    ? E.right(row)
    : pipe(
        source.computed,
        E.traverseArray(({ key, expr }) =>
          pipe(
            valueOf(here, expr),
            E.map((value) => [key, value] as const),
          ),
        ),
        E.map((entries) => Object.freeze({ ...row, ...Object.fromEntries(entries) })),
      )

/** The row that a projection makes: a whole source that is absent is null, not a record of nulls. */
export const projected = (here: Here, projection: ProjectionNode): Result<unknown> => {
  switch (projection._tag) {
    case 'One':
      return valueOf(here, projection.expr)
    case 'Whole': {
      const frame = frameOf(here.scope, projection.source.name)
      if (frame === null) return E.left(freeSource(projection.source.name))
      return frame.row === null
        ? E.right(null)
        : withComputed(here, projection.source, asSource(projection.source, frame.row))
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
