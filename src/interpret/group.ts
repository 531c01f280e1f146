/**
 * What a group of one of several groupings says of what it is grouped by.
 */
import * as E from 'fp-ts/lib/Either.js'

import { illFormed } from '../compile/compile-error.js'
import type { ExprNode } from '../expr/node.js'
import { sameExpr } from '../expr/same.js'
import type { Result } from './eval-error.js'
import { type Evaluate, type Here, isOfSet, type SetHere } from './scope.js'

/** Whether a grouping has an expression: one that is said twice is there where either is. */
export const has = (groupBy: ReadonlyArray<ExprNode>, set: ReadonlyArray<number>, e: ExprNode): boolean =>
  set.some((at) => {
    const one = groupBy[at]
    return one !== undefined && sameExpr(one, e)
  })

/** What a group says of an expression that is grouped by: null where its grouping leaves that out. Null where it is none of them. */
export const groupedValue = (valueOf: Evaluate, here: SetHere, e: ExprNode): Result<unknown> | null => {
  const { groupBy, set, first } = here.sets
  if (!groupBy.some((g) => sameExpr(g, e))) return null
  return has(groupBy, set, e) ? valueOf({ run: here.run, scope: first, group: null }, e) : E.right(null)
}

/** Whether the group's grouping leaves an expression out: 1, else 0. */
export const groupingOf = (here: Here, e: ExprNode | null): Result<unknown> =>
  here.group === null || e === null
    ? E.left(illFormed('grouping stands where there are groups'))
    : E.right(isOfSet(here) && !has(here.sets.groupBy, here.sets.set, e) ? 1 : 0)
