/**
 * The meaning of comparisons with any or all rows of a query.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { QuantifiedNode } from '../expr/node.js'
import type { Result } from './eval-error.js'
import * as logic from './logic.js'
import { comparatorOf, orders } from './value.js'

/** One comparison a row, joined by OR or by AND: of no rows any is false and all is true. */
export const quantified = (
  node: QuantifiedNode,
  value: unknown,
  rows: Result<ReadonlyArray<unknown>>,
): Result<unknown> => {
  const join = node.quantifier === 'any' ? logic.or : logic.and
  const compare = comparatorOf(node.operand.type)
  return pipe(
    rows,
    E.map((all) =>
      all
        .map((row): logic.Truth => (value === null || row === null ? null : orders[node.op](compare(value, row))))
        .reduce<logic.Truth>(join, node.quantifier === 'all'),
    ),
  )
}
