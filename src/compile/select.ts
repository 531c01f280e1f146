/**
 * SELECT as SQL, clause by clause.
 */
import { freeIn, hasAggregate } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import { outputPosition, sameExpr } from '../expr/same.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import {
  aboutRows,
  type Clause,
  type Context,
  failed,
  type GroupSql,
  nextAlias,
  resolve,
  type Scope,
  within,
} from './context.js'
import { criterionSql, expressionSql } from './expression.js'
import { groupingError, isGrouped, projected } from './grouping.js'
import { limitSql, type OrderSql, orderSql } from './order.js'
import { setSql } from './set-operation.js'
import { bindSource, scopeOf } from './source.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { noDocuments } from './types.js'

// -------------------------------------------------------------------------------------
// clauses
// -------------------------------------------------------------------------------------

/** The grouped expressions, each written once. */
const groupsOf = (context: Context, scope: Scope, select: SelectNode): ReadonlyArray<GroupSql> =>
  select.groupBy.map((expr) => {
    const problem = noDocuments(context.dialect.name, 'group by', [expr.type])
    return { expr, sql: problem === null ? expressionSql(context, scope, expr) : failed(context, problem) }
  })

const groupSql = (context: Context, select: SelectNode, groups: ReadonlyArray<GroupSql>): Sql => {
  if (groups.length === 0) return nothing
  const one = ({ expr, sql: written }: GroupSql): Sql => {
    const position = outputPosition(select.select, expr)
    if (position !== null) return [String(position + 1)]
    return expr._tag === 'Param' ? context.dialect.constant(written) : written
  }
  return sql` GROUP BY ${join(groups.map(one), ', ')}`
}

const whereSql = (context: Context, scope: Scope, select: SelectNode): Sql => {
  const present = select.present.map((source): Sql => {
    const bound = resolve(context, scope, source)
    return bound === null || bound.presence === null
      ? [context.dialect.boolean(true)]
      : sql`${bound.presence} IS NOT NULL`
  })
  const criteria = [...(select.where === null ? [] : [criterionSql(context, scope, select.where, 'where')]), ...present]
  return criteria.length === 0 ? nothing : sql` WHERE ${join(criteria, ' AND ')}`
}

const joinWords = {
  inner: 'INNER JOIN',
  left: 'LEFT JOIN',
  right: 'RIGHT JOIN',
  full: 'FULL JOIN',
  cross: 'CROSS JOIN',
} as const

const hiding = (scope: Scope | null, names: ReadonlySet<string>): Scope | null =>
  scope === null
    ? null
    : { bound: new Map([...scope.bound].filter(([name]) => !names.has(name))), outer: hiding(scope.outer, names) }

/** What ON of a join sees: what stands before it and itself, never a later join. */
const scopeOfJoin = (scope: Scope, select: SelectNode, at: number): Scope => {
  const later = new Set(select.joins.slice(at + 1).map((j) => j.source.name))
  return later.size === 0 ? scope : (hiding(scope, later) ?? scope)
}

const fromSql = (context: Context, outer: Scope, scope: Scope, select: SelectNode): Sql => {
  const joins = select.joins.map((j, at): Sql => {
    if (j.kind === 'full' && !context.dialect.features.fullJoin)
      return failed(context, unsupported(context.dialect.name, 'join FULL', 'unite two left joins'))
    const seen = scopeOfJoin(scope, select, at)
    const on = j.on === null ? nothing : sql` ON ${criterionSql(context, seen, j.on, 'on')}`
    return sql` ${joinWords[j.kind]} ${bindSource(context, outer, scope, j.source)}${on}`
  })
  return sql` FROM ${bindSource(context, outer, scope, select.from)}${joins.flat()}`
}

// -------------------------------------------------------------------------------------
// select
// -------------------------------------------------------------------------------------

/** A SELECT in parts, so that outputs can be added to those that the query names. */
export interface SelectSql {
  readonly outputs: ReadonlyArray<Sql>
  /** FROM to HAVING. */
  readonly body: Sql
  readonly order: OrderSql
  readonly limit: Sql
  readonly scope: Scope
  /** The name of the SELECT where its order stands around it. */
  readonly alias: string
}

const distinctProblem = (context: Context, select: SelectNode): CompileError | null =>
  select.distinct
    ? noDocuments(
        context.dialect.name,
        'compare',
        projected(projectionOf(select)).map((e) => e.type),
      )
    : null

/** The outputs of a SELECT, and all that follows them. */
export const selectSql = (context: Context, outer: Scope, select: SelectNode): SelectSql => {
  const error = groupingError(select) ?? distinctProblem(context, select)
  if (error !== null) context.errors.push(error)
  if (projected(projectionOf(select)).length === 0)
    context.errors.push(illFormed('select: a row has at least one output'))
  const scope = scopeOf(context, outer, select)
  const all = within(context, aboutRows, () => groupsOf(context, scope, select))
  const grouped = all.filter((g) => g.expr._tag !== 'Column')
  const groups: Clause = { aggregates: true, grouped, marks: isGrouped(select) ? 'groups' : 'none' }
  const alias = nextAlias(context)
  const rows = <A>(write: () => A): A => within(context, aboutRows, write)
  const said = <A>(write: () => A): A => within(context, groups, write)
  return {
    outputs: aggregated(
      context,
      select,
      projected(projectionOf(select)).map((e, i) =>
        within(context, isGroup(select, e, i) ? { ...groups, marks: 'none' } : groups, () =>
          expressionSql(context, scope, e),
        ),
      ),
    ),
    body: [
      ...rows(() => fromSql(context, outer, scope, select)),
      ...rows(() => whereSql(context, scope, select)),
      ...groupSql(context, select, all),
      ...within(context, { ...groups, grouped: all, marks: 'columns' }, () => havingSql(context, scope, select)),
    ],
    order: said(() => orderSql(context, scope, select, alias)),
    limit: rows(() => limitSql(context, select)),
    scope,
    alias,
  }
}

/** Whether an output is a group, and seen by every engine to be one: with parameters, that is the one that its position groups by. */
const isGroup = (select: SelectNode, e: ExprNode, at: number): boolean =>
  select.groupBy.some((g) => sameExpr(g, e)) && (outputPosition(select.select, e) ?? at) === at

/** SQLite takes HAVING of all rows as one group only where an output is an aggregate. */
const aggregated = (context: Context, select: SelectNode, outputs: ReadonlyArray<Sql>): ReadonlyArray<Sql> =>
  context.dialect.features.havingAlone ||
  select.having === null ||
  select.groupBy.length > 0 ||
  projected(projectionOf(select)).some(hasAggregate)
    ? outputs
    : outputs.map((output, i) => (i === 0 ? sql`CASE WHEN count(*) >= 0 THEN ${output} END` : output))

const havingSql = (context: Context, scope: Scope, select: SelectNode): Sql =>
  select.having === null ? nothing : sql` HAVING ${criterionSql(context, scope, select.having, 'having')}`

/** A SELECT of all its outputs, and of more that are hidden from its user. */
export const assembled = (select: SelectNode, parts: SelectSql, listed: ReadonlyArray<Sql>): Sql => {
  const { body, order, limit, alias } = parts
  const word = select.distinct ? 'SELECT DISTINCT ' : 'SELECT '
  if (!order.outside) return sql`${word}${join(listed, ', ')}${body}${order.sql}${limit}`
  const outputs = listed.map((_, i) => `${alias}.c${i}`).join(', ')
  return sql`SELECT ${outputs} FROM (${word}${join(named(listed), ', ')}${body}) AS ${alias}${order.sql}${limit}`
}

/** The outputs under the names c0, c1, … */
const named = (outputs: ReadonlyArray<Sql>): ReadonlyArray<Sql> => outputs.map((o, i) => sql`${o} AS c${String(i)}`)

/** A query inside another: its outputs are called c0, c1, … in the order of `keys`, or in its own. */
export const flatSql = (context: Context, outer: Scope, query: QueryNode, keys: ReadonlyArray<string> | null): Sql => {
  if (query._tag === 'SetOperation') return setSql(context, outer, query, keys)
  if (query.includes.length > 0) return failed(context, illFormed('a query inside another has no includes'))
  const own = outputsOf(query).map((c) => c.key)
  const parts = selectSql(context, outer, query)
  const order = keys === null ? own.map((_, i) => i) : keys.map((key) => own.indexOf(key))
  const moved = order.some((at, i) => at !== i)
  if (parts.order.outside || (moved && query.groupBy.length + query.orderBy.length > 0)) {
    // Positions in GROUP BY and ORDER BY mean the query's own order, so it is kept inside and changed outside.
    const { alias } = parts
    const outputs = order.map((at, i) => `${alias}.c${at} AS c${i}`).join(', ')
    const [inside, outside] = parts.order.outside
      ? [nothing, sql`${parts.order.sql}${parts.limit}`]
      : [sql`${parts.order.sql}${parts.limit}`, nothing]
    const word = query.distinct ? 'SELECT DISTINCT ' : 'SELECT '
    return derivedIn(
      context,
      query,
      sql`SELECT ${outputs} FROM (${word}${join(named(parts.outputs), ', ')}${parts.body}${inside}) AS ${alias}${outside}`,
    )
  }
  return assembled(query, parts, named(order.map((at) => parts.outputs[at] ?? ['NULL'])))
}

/** Text in which the query stands as a derived table of the compiler's: where it mentions outer rows, not every engine takes that. */
export const derivedIn = (context: Context, query: QueryNode, text: Sql): Sql =>
  context.dialect.features.correlatedDerived || freeIn(query).size === 0
    ? text
    : failed(
        context,
        unsupported(
          context.dialect.name,
          'mention an outer row in a query that must stand as a derived table',
          'leave out its limit, or its order where that is one of a set operation or of distinct rows',
        ),
      )

/** A query of which only the existence of a row is asked. */
export const existenceSql = (context: Context, outer: Scope, query: QueryNode): Sql => {
  if (query._tag === 'SetOperation') return flatSql(context, outer, query, null)
  // SQLite, MySQL and MariaDB forget DISTINCT inside EXISTS, and OFFSET then skips rows that are the same.
  if (query.distinct && query.offset !== null) {
    const inner = flatSql(context, outer, { ...query, includes: [] }, null)
    return derivedIn(context, query, sql`SELECT 1 FROM (${inner}) AS ${nextAlias(context)}`)
  }
  // What is grouped or distinct is counted as it comes: an ungrouped aggregate gives its row whatever there is.
  if (isGrouped(query) || query.distinct) return flatSql(context, outer, { ...query, includes: [] }, null)
  const { body, limit } = selectSql(context, outer, query)
  return sql`SELECT 1${body}${limit}`
}
