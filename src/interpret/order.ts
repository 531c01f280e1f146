/**
 * Rows in order, and the part of them that LIMIT and OFFSET leave.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { invalidValue } from '../compile/load-error.js'
import type { ParamNode } from '../expr/node.js'
import type { Result } from './eval-error.js'
import type { Run } from './scope.js'
import type { Comparator } from './value.js'

/** Sorts by the first comparator that tells two rows apart; rows that none tells apart stay as they stood. */
export const sortedBy =
  <A>(comparators: ReadonlyArray<Comparator>, keys: (a: A) => ReadonlyArray<unknown>) =>
  (all: ReadonlyArray<A>): ReadonlyArray<A> => {
    if (comparators.length === 0) return all
    const keyed = all.map((a) => ({ a, key: keys(a) }))
    keyed.sort((x, y) => {
      for (const [i, compare] of comparators.entries()) {
        const sign = compare(x.key[i], y.key[i])
        if (sign !== 0) return sign
      }
      return 0
    })
    return keyed.map(({ a }) => a)
  }

const rowCount = (run: Run, what: 'limit' | 'offset', node: ParamNode | null): Result<number | null> => {
  if (node === null) return E.right(null)
  const n = run.bound.get(node)
  return typeof n === 'number' && Number.isSafeInteger(n) && n >= 0
    ? E.right(n)
    : E.left(invalidValue(what, 'is no whole number from 0'))
}

/** The rows from `offset` on, at most `limit` of them. */
export const sliced =
  (run: Run, limit: ParamNode | null, offset: ParamNode | null) =>
  <A>(all: ReadonlyArray<A>): Result<ReadonlyArray<A>> =>
    pipe(
      rowCount(run, 'offset', offset),
      E.chain((from) =>
        pipe(
          rowCount(run, 'limit', limit),
          E.map((most) => all.slice(from ?? 0, most === null ? undefined : (from ?? 0) + most)),
        ),
      ),
    )
