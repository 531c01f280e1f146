/**
 * FROM and the joins: what an engine joins by itself, and what is said in other words.
 */
import { outerJoined } from '../expr/outputs.js'
import type { JoinNode, SelectNode } from '../expr/query-node.js'
import type { Bound, Context, Scope } from './context.js'
import { criterionSql } from './expression.js'
import { fullJoinSql, isNativeFull } from './full-join.js'
import { lateralSql } from './lateral.js'
import { bindSource, scopeOfSources } from './source.js'
import { nothing, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The part of a SELECT that FROM is made of. */
export type Joins = Pick<SelectNode, 'from' | 'joins'>

/** FROM before it is written: its sources by name, and those that are no tables to the engine though they are to relvar. */
export interface From {
  readonly scope: Scope
  readonly write: () => Sql
  readonly emulated: ReadonlySet<string>
}

const joinWords = {
  inner: 'INNER JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  cross: 'CROSS JOIN',
} as const

// -------------------------------------------------------------------------------------
// scopes
// -------------------------------------------------------------------------------------

const hiding = (scope: Scope | null, names: ReadonlySet<string>): Scope | null =>
  scope === null
    ? null
    : { bound: new Map([...scope.bound].filter(([name]) => !names.has(name))), outer: hiding(scope.outer, names) }

/** The scope without the sources of these joins: what ON, or a lateral source, sees is what stands before it. */
const before = (scope: Scope, later: ReadonlyArray<JoinNode>): Scope =>
  later.length === 0 ? scope : (hiding(scope, new Set(later.map((j) => j.source.name))) ?? scope)

// -------------------------------------------------------------------------------------
// joins
// -------------------------------------------------------------------------------------

const joinSql = (context: Context, outer: Scope, scope: Scope, select: Joins, at: number): Sql => {
  const join = select.joins[at]
  if (join === undefined) return nothing
  const seen = before(scope, select.joins.slice(at + 1))
  if (join.lateral) {
    const sight = before(scope, select.joins.slice(at))
    if (!context.dialect.features.lateral) return lateralSql(context, outer, sight, seen, select, at)
    const on = join.on === null ? nothing : sql` ON ${criterionSql(context, seen, join.on, 'on')}`
    return sql` ${joinWords[join.kind]} LATERAL ${bindSource(context, sight, scope, join.source)}${on}`
  }
  const on = join.on === null ? nothing : sql` ON ${criterionSql(context, seen, join.on, 'on')}`
  return sql` ${joinWords[join.kind]} ${bindSource(context, outer, scope, join.source)}${on}`
}

/** The place of the last join that the engine has not, and that becomes a table of its own with all that stands before it; or -1. */
const lastEmulated = (context: Context, select: Joins): number =>
  select.joins.findLastIndex((join, at) => join.kind === 'full' && !isNativeFull(context.dialect, select, at))

/** FROM of a SELECT inside `outer`. */
export const fromOf = (context: Context, outer: Scope, select: Joins): From => {
  const at = lastEmulated(context, select)
  const sources = [select.from, ...select.joins.map((j) => j.source)]
  const optional = outerJoined(select)
  const joined = at < 0 ? null : fullJoinSql(context, outer, select, at, optional, fromOf)
  const bound: ReadonlyArray<readonly [string, Bound]> = joined === null ? [] : [...joined.bound]
  const scope = scopeOfSources(context, outer, sources, optional, new Map(bound))
  return {
    scope,
    emulated: new Set(bound.map(([name]) => name)),
    write: () => {
      const first = joined === null ? bindSource(context, outer, scope, select.from) : joined.write()
      const joins = select.joins.flatMap((_, i) => (i <= at ? [] : joinSql(context, outer, scope, select, i)))
      return sql` FROM ${first}${joins}`
    },
  }
}
