/**
 * The groups of GROUP BY. What a group may say stands in the compiler, which the interpreter asks.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { boundBy } from '../expr/children.js'
import type { SelectNode } from '../expr/query-node.js'
import type { Result } from './eval-error.js'
import { valueOf } from './expression.js'
import { bindAbsent, type Here, type Run, type Scope } from './scope.js'
import { keyOf } from './value.js'

/** The groups of the scopes: nulls are one group, and without GROUP BY all scopes are, also where there are none. */
export const groupsOf = (
  run: Run,
  query: SelectNode,
  scopes: ReadonlyArray<Scope>,
  outer: Scope,
): Result<ReadonlyArray<Here>> => {
  const here = (group: ReadonlyArray<Scope>): Here => ({
    run,
    group,
    scope: group[0] ?? bindAbsent(boundBy(query), outer),
  })
  if (query.groupBy.length === 0) return E.right([here(scopes)])
  const groups = new Map<string, Array<Scope>>()
  for (const scope of scopes) {
    const values = pipe(
      query.groupBy,
      E.traverseArray((e) => valueOf({ run, scope, group: null }, e)),
    )
    if (E.isLeft(values)) return values
    const key = keyOf(values.right)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [scope])
    else known.push(scope)
  }
  return E.right([...groups.values()].map(here))
}
