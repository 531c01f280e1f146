/**
 * SELECT as SQL, clause by clause.
 */
import { freeIn, freeInQueries, hasAggregate, hasAggregateOutside, hasQuery } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import { outputPosition, sameExpr } from '../expr/same.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import {
  aboutRows,
  type Clause,
  type Context,
  emptyScope,
  failed,
  type GroupSql,
  type Nested,
  nextAlias,
  noted,
  resolve,
  type Scope,
  within,
} from './context.js'
import { distinctOnProblem } from './distinct-on.js'
import { criterionSql, expressionSql } from './expression.js'
import { type From, fromOf } from './from.js'
import { columnsBound } from './full-join.js'
import { groupedKeys, groupingError, isGrouped, projected } from './grouping.js'
import { setsSql } from './grouping-sets.js'
import { hasWindows, withGroups } from './groups-apart.js'
import { keysetProblem, withPlace } from './keyset.js'
import { type Layers, layersOf } from './layers.js'
import { limitSql, limitsProblem } from './limits.js'
import { lockProblem, lockSql } from './lock.js'
import { type OrderSql, orderSql } from './order.js'
import { termOf } from './order-term.js'
import { setSql } from './set-operation.js'
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

/** The sources that a query inside HAVING mentions: of their columns, MariaDB sees there only those that are grouped. */
const askedByHaving = ({ dialect }: Context, { having }: SelectNode): ReadonlySet<string> =>
  dialect.name === 'mariadb' && having !== null ? freeInQueries(having) : new Set()

const groupSql = (context: Context, select: SelectNode, from: From, groups: ReadonlyArray<GroupSql>): Sql => {
  if (groups.length === 0 && select.groupingSets === null) return nothing
  const one = ({ expr, sql: written }: GroupSql): Sql => {
    const position = outputPosition(select.select, expr)
    if (position !== null) return [String(position + 1)]
    return termOf(context, expr, written)
  }
  const keyed = groupedKeys(select)
  const sources = [select.from, ...select.joins.map((j) => j.source)]
  const asked = askedByHaving(context, select)
  const also = sources
    .filter((source) => keyed.has(source.name) && (from.emulated.has(source.name) || asked.has(source.name)))
    .flatMap((source) => columnsBound(from.scope, source))
  if (select.groupingSets !== null) return setsSql(select.groupingSets, groups.map(one), also)
  return sql` GROUP BY ${join([...groups.map(one), ...also], ', ')}`
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

// -------------------------------------------------------------------------------------
// select
// -------------------------------------------------------------------------------------

/** A SELECT in parts, so that outputs can be added to those that the query names. */
export interface SelectSql {
  readonly outputs: ReadonlyArray<Sql>
  /** FROM to HAVING. */
  readonly body: Sql
  readonly order: OrderSql
  /** LIMIT to the end. */
  readonly limit: Sql
  /** What stands around the SELECT instead of its order and limit; null where nothing does. */
  readonly layers: Layers | null
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

/** The ordinal of the outer row that a row belongs to, where keys of outer rows are joined in. */
const partitionOf = ({ keys }: Context, select: SelectNode): string | null =>
  keys !== null && select.from === keys.bound.source ? keys.bound.presence : null

/** What is wrong with the clauses of a SELECT that say which of its rows are given, or null. */
export const partProblem = (context: Context, select: SelectNode): CompileError | null =>
  // With the keys of outer rows among its sources, a query was looked at before.
  partitionOf(context, select) !== null
    ? null
    : (distinctOnProblem(context.dialect.name, select) ??
      limitsProblem(select) ??
      keysetProblem(select) ??
      lockProblem(select, 'asked') ??
      byQueryProblem(context, select))

/** MariaDB makes more groups than there are of what a query gives for each row, where windows look at them. */
const byQueryProblem = ({ dialect }: Context, select: SelectNode): CompileError | null =>
  dialect.name === 'mariadb' && select.groupBy.some(hasQuery) && hasWindows(select)
    ? unsupported(
        dialect.name,
        'look in windows at groups of what a query gives',
        'select that first, and group its name',
      )
    : null

/** FROM, which knows whether its rows are put into groups. */
const fromOfRows = (context: Context, groups: boolean, write: () => Sql): Sql => {
  const before = context.groups
  context.groups = groups
  const written = write()
  context.groups = before
  return written
}

/** The outputs of a SELECT, and all that follows them. */
export const selectSql = (context: Context, outer: Scope, asked: SelectNode): SelectSql => {
  const error = groupingError(asked) ?? distinctProblem(context, asked) ?? partProblem(context, asked)
  if (error !== null) context.errors.push(error)
  const one = withGroups(context, asked, partitionOf(context, asked) !== null)
  if (one.keyset !== null) context.notes.add('the place of the cursor is a criterion over the order')
  const select = withPlace(one)
  if (projected(projectionOf(select)).length === 0)
    context.errors.push(illFormed('select: a row has at least one output'))
  const from = fromOf(context, outer, select)
  const { scope } = from
  const all = within(context, aboutRows, () => groupsOf(context, scope, select))
  const repeated = all.filter((g) => g.expr._tag !== 'Column')
  const groups: Clause = {
    aggregates: true,
    windows: true,
    partition: partitionOf(context, select),
    sets: select.groupingSets !== null,
    grouped: repeated,
    marks: isGrouped(select) ? 'groups' : 'none',
  }
  const alias = nextAlias(context)
  const rows = <A>(write: () => A): A => within(context, aboutRows, write)
  const ofGroups = <A>(write: () => A): A => within(context, groups, write)
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
      ...rows(() => fromOfRows(context, isGrouped(select), from.write)),
      ...rows(() => whereSql(context, scope, select)),
      ...groupSql(context, select, from, all),
      ...within(context, { ...groups, windows: false, grouped: all, marks: 'columns' }, () =>
        havingSql(context, scope, select),
      ),
    ],
    order: ofGroups(() => orderSql(context, scope, select, alias)),
    limit: [...rows(() => limitSql(context, select)), ...lockSql(context, scope, select)],
    layers: ofGroups(() => layersOf(context, scope, select, partitionOf(context, select))),
    scope,
    alias,
  }
}

/** Whether an output is a group, and seen by every engine to be one: with parameters, that is the one that its position groups by. */
const isGroup = (select: SelectNode, e: ExprNode, at: number): boolean =>
  select.groupBy.some((g) => sameExpr(g, e)) && (outputPosition(select.select, e) ?? at) === at

/** SQLite takes all rows for one group only where an output is an aggregate that stands in no window. */
const aggregated = (context: Context, select: SelectNode, outputs: ReadonlyArray<Sql>): ReadonlyArray<Sql> =>
  context.dialect.features.havingAlone ||
  select.groupBy.length > 0 ||
  !isGrouped(select) ||
  projected(projectionOf(select)).some(hasAggregateOutside)
    ? outputs
    : outputs.map((output, i) =>
        i === 0
          ? noted(
              context,
              'an output counts the rows, so that they are one group',
              sql`CASE WHEN count(*) >= 0 THEN ${output} END`,
            )
          : output,
      )

/** MySQL takes all rows for one group, whose aggregates can be ordered by, only where one stands outside of windows and orders. */
const countsItsGroup = ({ dialect }: Context, select: SelectNode): boolean =>
  dialect.name === 'mysql' &&
  select.groupBy.length === 0 &&
  select.orderBy.some((o) => hasAggregate(o.expr)) &&
  ![...projected(projectionOf(select)), ...(select.having === null ? [] : [select.having])].some(hasAggregateOutside)

const inHaving = (context: Context, scope: Scope, having: ExprNode): Sql => {
  const before = context.having
  context.having = [scope, ...before]
  const written = criterionSql(context, scope, having, 'having')
  context.having = before
  return written
}

const havingSql = (context: Context, scope: Scope, select: SelectNode): Sql => {
  const criteria = [
    ...(select.having === null ? [] : [inHaving(context, scope, select.having)]),
    ...(countsItsGroup(context, select)
      ? [noted(context, 'the rows are counted, so that they are one group', ['count(*) >= 0'])]
      : []),
  ]
  return criteria.length === 0 ? nothing : sql` HAVING ${join(criteria, ' AND ')}`
}

/** The word that a SELECT begins with; what distinctOn tells rows apart by is what the order begins with. */
const wordOf = (select: SelectNode, { order, layers }: SelectSql): Sql =>
  select.distinctOn.length > 0 && layers === null
    ? sql`SELECT DISTINCT ON (${join(order.terms.slice(0, order.kinds), ', ')}) `
    : [select.distinct ? 'SELECT DISTINCT ' : 'SELECT ']

/** A SELECT of all its outputs, and of more that are hidden from its user. */
export const assembled = (select: SelectNode, parts: SelectSql, listed: ReadonlyArray<Sql>): Sql => {
  const { body, order, limit, layers, alias } = parts
  const word = wordOf(select, parts)
  if (layers !== null)
    return layers.around(
      sql`${word}${join([...named(listed), ...layers.hidden], ', ')}${body}`,
      listed.map((_, at) => at),
    )
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
  const problem = lockProblem(query, 'nested')
  if (problem !== null) return failed(context, problem)
  const parts = selectSql(context, outer, query)
  const order = keys === null ? own.map((_, i) => i) : keys.map((key) => own.indexOf(key))
  if (parts.layers !== null)
    return derivedIn(
      context,
      query,
      parts.layers.around(
        sql`${wordOf(query, parts)}${join([...named(parts.outputs), ...parts.layers.hidden], ', ')}${parts.body}`,
        order,
      ),
    )
  const moved = order.some((at, i) => at !== i)
  if (parts.order.outside || (moved && query.groupBy.length + query.orderBy.length > 0)) {
    // Positions in GROUP BY and ORDER BY mean the query's own order, so it is kept inside and changed outside.
    const { alias } = parts
    const outputs = order.map((at, i) => `${alias}.c${at} AS c${i}`).join(', ')
    const [inside, outside] = parts.order.outside
      ? [nothing, sql`${parts.order.sql}${parts.limit}`]
      : [sql`${parts.order.sql}${parts.limit}`, nothing]
    const word = wordOf(query, parts)
    return derivedIn(
      context,
      query,
      sql`SELECT ${outputs} FROM (${word}${join(named(parts.outputs), ', ')}${parts.body}${inside}) AS ${alias}${outside}`,
    )
  }
  return assembled(query, parts, named(order.map((at) => parts.outputs[at] ?? ['NULL'])))
}

/** A SELECT without a clause after HAVING, in the order of `keys`: the step of a recursion, whose FROM no engine takes elsewhere. */
export const plainSql: Nested['plain'] = (context, select, keys, each) => {
  const own = outputsOf(select).map((c) => c.key)
  const { outputs, body } = selectSql(context, emptyScope, select)
  const listed = keys.map((key, at) => each(outputs[own.indexOf(key)] ?? ['NULL'], at))
  return sql`SELECT ${join(listed, ', ')}${body}`
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
