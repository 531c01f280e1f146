/**
 * The part of the rows that LIMIT and OFFSET leave.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { invalidValue } from '../compile/load-error.js'
import type { ExprNode } from '../expr/node.js'
import { overflow, type Result } from './eval-error.js'
import { valueOf } from './expression.js'
import type { Run } from './scope.js'

const rowCount = (run: Run, what: 'limit' | 'offset', node: ExprNode | null): Result<number | null> =>
  node === null
    ? E.right(null)
    : pipe(
        valueOf({ run, scope: null, group: null }, node),
        E.chain((n) => {
          if (typeof n === 'number' && Number.isSafeInteger(n) && n >= 0) return E.right(n)
          // What is bound is refused before anything is asked; what is computed is an error of the statement.
          return E.left(
            node._tag === 'Param'
              ? invalidValue(what, 'is no whole number from 0')
              : overflow(`a computed ${what} of ${String(n)}`, 'a number of rows'),
          )
        }),
      )

/** What says how many rows are left. `alike`: whether a row is let in with the last one, where ties are. */
export interface Part<A> {
  readonly limit: ExprNode | null
  readonly offset: ExprNode | null
  readonly alike: ((a: A, b: A) => boolean) | null
}

/** The rows from the offset on, at most as many as the limit says, and those alike with the last one. */
export const sliced =
  <A>(run: Run, { limit, offset, alike }: Part<A>) =>
  (all: ReadonlyArray<A>): Result<ReadonlyArray<A>> =>
    pipe(
      rowCount(run, 'offset', offset),
      E.chain((from) =>
        pipe(
          rowCount(run, 'limit', limit),
          E.map((most) => {
            const start = from ?? 0
            const rows = all.slice(start, most === null ? undefined : start + most)
            const last = rows[rows.length - 1]
            if (alike === null || last === undefined) return rows
            return [...rows, ...all.slice(start + rows.length).filter((row) => alike(last, row))]
          }),
        ),
      ),
    )
