/**
 * FROM and the joins: what an engine joins by itself, and what is said in other words.
 */
import { freeIn, visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { outerJoined } from '../expr/outputs.js'
import type { JoinNode, SelectNode } from '../expr/query-node.js'
import { storedColumns } from '../expr/source.js'
import type { Visitor } from '../expr/visitor.js'
import { type Bound, type Context, noted, type Scope } from './context.js'
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

/** Whether ON mentions a row of a query around it. */
const isByOuterRow = (scope: Scope, on: ExprNode): boolean => {
  let found = false
  const visitor: Visitor = {
    expr: (e) => {
      found ||= e._tag === 'Column' && !scope.bound.has(e.of.name)
      visitExpr(e, visitor)
    },
    query: (query) => void (found ||= [...freeIn(query)].some((name) => !scope.bound.has(name))),
  }
  visitor.expr(on)
  return found
}

/**
 * MariaDB leaves out what ON of an outer join asks of an outer row alone, as if it were true. There ON as a whole is a number that is
 * compared with one of the side that may be absent.
 */
const tiedOn = (context: Context, scope: Scope, select: Joins, join: JoinNode, on: Sql): Sql => {
  if (context.dialect.name !== 'mariadb' || join.on === null || !isByOuterRow(scope, join.on)) return on
  if (join.kind !== 'left' && join.kind !== 'right') return on
  const absent = join.kind === 'left' ? join.source : select.from
  const [first] = storedColumns(absent)
  const column = first === undefined ? null : (scope.bound.get(absent.name)?.column(first.key) ?? null)
  if (column === null) return on
  return noted(
    context,
    'ON that asks an outer row is compared with a zero of its own side',
    sql`((${on}) > (${column} IS NULL) * 0)`,
  )
}

/** What ON asks. */
const onSql = (context: Context, scope: Scope, on: ExprNode): Sql => {
  const before = context.on
  context.on = true
  const written = criterionSql(context, scope, on, 'on')
  context.on = before
  return written
}

const joinSql = (context: Context, outer: Scope, scope: Scope, select: Joins, at: number): Sql => {
  const join = select.joins[at]
  if (join === undefined) return nothing
  const seen = before(scope, select.joins.slice(at + 1))
  if (join.lateral) {
    const sight = before(scope, select.joins.slice(at))
    if (!context.dialect.features.lateral) return lateralSql(context, outer, sight, seen, select, at)
    const on = join.on === null ? nothing : sql` ON ${onSql(context, seen, join.on)}`
    return sql` ${joinWords[join.kind]} LATERAL ${bindSource(context, sight, scope, join.source)}${on}`
  }
  const on =
    join.on === null ? nothing : sql` ON ${tiedOn(context, scope, select, join, onSql(context, seen, join.on))}`
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
