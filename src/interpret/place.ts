/**
 * Places in an order: the rows after one or before one, and the first row of each kind.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { ExprNode } from '../expr/node.js'
import type { SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import type { Result } from './eval-error.js'
import { valueOf } from './expression.js'
import type { Here } from './scope.js'
import { type Comparator, distinctBy, ordered, typedKey } from './value.js'

/** How rows compare in each order of a query. */
export const comparatorsOf = (query: SelectNode): ReadonlyArray<Comparator> =>
  query.orderBy.map((order) => ordered(order.expr.type, order.direction, order.nulls))

const signOf = (
  comparators: ReadonlyArray<Comparator>,
  a: ReadonlyArray<unknown>,
  b: ReadonlyArray<unknown>,
): number => {
  for (const [i, compare] of comparators.entries()) {
    const sign = compare(a[i], b[i])
    if (sign !== 0) return sign
  }
  return 0
}

/** Whether two rows stand in one place of the order. */
export const alikeIn =
  (query: SelectNode) =>
  (a: { readonly keys: ReadonlyArray<unknown> }, b: { readonly keys: ReadonlyArray<unknown> }): boolean =>
    signOf(comparatorsOf(query), a.keys, b.keys) === 0

const valuesAt = (here: Here, exprs: ReadonlyArray<ExprNode>): Result<ReadonlyArray<unknown>> =>
  pipe(
    exprs,
    E.traverseArray((e) => valueOf(here, e)),
  )

/** Whether a row stands behind the place of the query's keyset; of a query without one all do. */
export const isBehind =
  (query: SelectNode) =>
  (here: Here): Result<boolean> => {
    const { keyset } = query
    if (keyset === null) return E.right(true)
    const comparators = comparatorsOf(query)
    return pipe(
      valuesAt(
        here,
        query.orderBy.map((o) => o.expr),
      ),
      E.chain((own) =>
        pipe(
          valuesAt(here, keyset.values),
          E.map((place) => {
            const sign = signOf(comparators, own, place)
            return keyset.direction === 'after' ? sign > 0 : sign < 0
          }),
        ),
      ),
    )
  }

/** Rows in order without those that are of a kind with one before them. */
export const firstOfEach =
  (query: SelectNode) =>
  <A extends { readonly keys: ReadonlyArray<unknown> }>(rows: ReadonlyArray<A>): ReadonlyArray<A> => {
    if (query.distinctOn.length === 0) return rows
    const kinds = query.orderBy.flatMap((o, at) =>
      query.distinctOn.some((e) => sameExpr(e, o.expr)) ? [{ at, keyed: typedKey(o.expr.type) }] : [],
    )
    return distinctBy((row: A) => JSON.stringify(kinds.map(({ at, keyed }) => keyed(row.keys[at]))))(rows)
  }
