/**
 * Includes: a relation is asked once for each outer row.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import { multipleRows, noRows } from '../compile/load-error.js'
import { freeIn } from '../expr/children.js'
import type { IncludeNode, QueryNode } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'
import type { Result } from './eval-error.js'
import { frameOf, type Here, type Scope } from './scope.js'
import type { MadeRow } from './select.js'

/** The rows of a query with what they include. */
export type RowsOf = (query: QueryNode, scope: Scope) => Result<ReadonlyArray<unknown>>

/** Whether a source that the relation relates to is absent from this row. */
const isAbsent = (here: Here, relation: QueryNode): boolean =>
  [...freeIn(relation)].some((name) => frameOf(here.scope, name)?.row === null)

const only = (include: IncludeNode, rows: ReadonlyArray<unknown>): Result<unknown> => {
  const { cardinality, query } = include.relation
  if (cardinality === 'many') return E.right(rows)
  if (rows.length > 1)
    return E.left(multipleRows(`"${include.key}" is at most one row for each outer row`, showStatement(query)))
  if (rows.length === 0 && cardinality === 'one')
    return E.left(noRows(`"${include.key}" is exactly one row for each outer row`, showStatement(query)))
  return E.right(rows[0] ?? null)
}

const related = (rowsOf: RowsOf, here: Here, include: IncludeNode): Result<unknown> => {
  const { cardinality, query } = include.relation
  if (isAbsent(here, query)) return E.right(cardinality === 'many' ? [] : null)
  return pipe(
    rowsOf(query, here.scope),
    E.chain((rows) => only(include, rows)),
  )
}

/** The rows with their includes beside them; a row that is an absent source stays null. */
export const withIncludes =
  (rowsOf: RowsOf, includes: ReadonlyArray<IncludeNode>) =>
  (rows: ReadonlyArray<MadeRow>): Result<ReadonlyArray<unknown>> =>
    pipe(
      rows,
      E.traverseArray(({ here, row }) => {
        if (includes.length === 0 || row === null) return E.right(row)
        if (typeof row !== 'object')
          return E.left(illFormed('include: a row that is one expression has no place for relations'))
        return pipe(
          includes,
          E.traverseArray((include) =>
            pipe(
              related(rowsOf, here, include),
              E.map((value) => [include.key, value] as const),
            ),
          ),
          E.map((entries) => ({ ...row, ...Object.fromEntries(entries) })),
        )
      }),
    )
