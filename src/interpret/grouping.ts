/**
 * The groups of GROUP BY. What a group may say stands in the compiler, which the interpreter asks.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { boundBy } from '../expr/children.js'
import type { ColumnNode, ExprNode } from '../expr/node.js'
import type { SelectNode } from '../expr/query-node.js'
import type { Result } from './eval-error.js'
import { valueOf } from './expression.js'
import { has } from './group.js'
import { bindAbsent, type Here, type Run, type Scope, type SetHere } from './scope.js'
import { keyOf } from './value.js'

/** The scope with these columns null: a grouping that leaves them out says nothing of them. */
const without = (scope: Scope, columns: ReadonlyArray<ColumnNode>): Scope => {
  if (scope === null || columns.length === 0) return scope
  const own = columns.filter((c) => c.of.name === scope.name)
  const rest = columns.filter((c) => c.of.name !== scope.name)
  const nulls = Object.fromEntries(own.map((c) => [c.key, null]))
  return { ...scope, row: scope.row === null ? null : { ...scope.row, ...nulls }, outer: without(scope.outer, rest) }
}

/** The groups of one grouping: nulls are one group, and without expressions all scopes are, also where there are none. */
const groupsBy = (
  run: Run,
  by: ReadonlyArray<ExprNode>,
  scopes: ReadonlyArray<Scope>,
): Result<ReadonlyArray<ReadonlyArray<Scope>>> => {
  if (by.length === 0) return E.right([scopes])
  const groups = new Map<string, Array<Scope>>()
  for (const scope of scopes) {
    const values = pipe(
      by,
      E.traverseArray((e) => valueOf({ run, scope, group: null }, e)),
    )
    if (E.isLeft(values)) return values
    const key = keyOf(values.right)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [scope])
    else known.push(scope)
  }
  return E.right([...groups.values()])
}

/** The groups of the scopes; of several groupings those of one after the other. */
export const groupsOf = (
  run: Run,
  query: SelectNode,
  scopes: ReadonlyArray<Scope>,
  outer: Scope,
): Result<ReadonlyArray<Here>> => {
  const { groupBy, groupingSets } = query
  const firstOf = (group: ReadonlyArray<Scope>): Scope => group[0] ?? bindAbsent(boundBy(query), outer)
  if (groupingSets === null)
    return pipe(
      groupsBy(run, groupBy, scopes),
      E.map((groups) => groups.map((group): Here => ({ run, group, scope: firstOf(group) }))),
    )
  return pipe(
    groupingSets.sets,
    E.traverseArray((set) => {
      const left = groupBy.filter((e): e is ColumnNode => e._tag === 'Column' && !has(groupBy, set, e))
      const by = groupBy.filter((_, at) => set.includes(at))
      return pipe(
        groupsBy(run, by, scopes),
        E.map((groups) =>
          groups.map((group): SetHere => {
            const first = firstOf(group)
            return { run, group, scope: without(first, left), sets: { groupBy, set, first } }
          }),
        ),
      )
    }),
    E.map((all) => all.flat()),
  )
}
