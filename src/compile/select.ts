/**
 * SELECT as SQL, clause by clause, and set operations.
 */
import { freeIn, hasAggregate } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, outputsOf, projectionOf } from '../expr/outputs.js'
import type { OrderNode, QueryNode, SelectNode, SetNode, SetOp } from '../expr/query-node.js'
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
  slot,
  within,
} from './context.js'
import { criterionSql, expressionSql } from './expression.js'
import { groupingError, isGrouped, projected } from './grouping.js'
import { bindSource, scopeOf } from './source.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { noDocuments, oneType } from './types.js'

// -------------------------------------------------------------------------------------
// clauses
// -------------------------------------------------------------------------------------

/** An order with its nulls where they belong; spelled out only where the expression can be null, or no index serves it. */
const orderTerm = (
  context: Context,
  term: Sql,
  { direction, nulls }: { readonly direction: 'asc' | 'desc'; readonly nulls: 'first' | 'last' },
  nullable: boolean,
): Sql => {
  const { features } = context.dialect
  const word = direction === 'desc' ? ' DESC' : ''
  const natural = (direction === 'asc') === (features.nullsAscending === 'first') ? 'first' : 'last'
  if (!nullable || nulls === natural) return sql`${term}${word}`
  if (features.nullsOrder) return sql`${term}${word} NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}`
  return sql`(${term} IS ${nulls === 'first' ? 'NOT ' : ''}NULL), ${term}${word}`
}

/** An expression to order or to group by: a bare parameter must not be taken for a position. */
const termSql = (context: Context, scope: Scope, e: ExprNode): Sql => {
  const term = expressionSql(context, scope, e)
  return e._tag === 'Param' ? context.dialect.constant(term) : term
}

/** An order, and whether it must stand around the SELECT: then its terms are outputs. */
interface OrderSql {
  readonly sql: Sql
  readonly outside: boolean
}

/** MySQL takes no expression over an output under DISTINCT, so that where nulls go cannot be said inside. */
const ordersOutside = (context: Context, select: SelectNode, absent: ReadonlySet<string>): boolean =>
  select.distinct &&
  !context.dialect.features.nullsOrder &&
  select.orderBy.some((o) => o.expr._tag !== 'Column' && canBeNull(o.expr, absent))

const orderSql = (context: Context, scope: Scope, select: SelectNode, outer: string): OrderSql => {
  if (select.orderBy.length === 0) return { sql: nothing, outside: false }
  const absent = absentIn(select)
  const outputs = projected(projectionOf(select))
  const outside = ordersOutside(context, select, absent)
  const one = (order: OrderNode): Sql => {
    const problem = noDocuments(context.dialect.name, 'order by', [order.expr.type])
    if (problem !== null) return failed(context, problem)
    const at = select.distinct ? outputs.findIndex((o) => sameExpr(o, order.expr)) : -1
    if (select.distinct && at < 0)
      return failed(
        context,
        illFormed('orderBy after distinct: order by one of the outputs, or the rows that were left out decide'),
      )
    const nullable = canBeNull(order.expr, absent)
    if (outside) return orderTerm(context, [`${outer}.c${at}`], order, nullable)
    const position = outputPosition(select.select, order.expr)
    if (position !== null && (context.dialect.features.nullsOrder || !nullable))
      return orderTerm(context, [String(position + 1)], order, nullable)
    return orderTerm(context, termSql(context, scope, order.expr), order, nullable)
  }
  return { sql: sql` ORDER BY ${join(select.orderBy.map(one), ', ')}`, outside }
}

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

const limitSql = (context: Context, query: QueryNode): Sql => {
  const bound = (what: 'limit' | 'offset'): Sql | null => {
    const param = query[what]
    if (param === null) return null
    return [{ ...slot(context, param, what, true), encode: context.dialect.rowCount, nullable: false }]
  }
  return context.dialect.limit(bound('limit'), bound('offset'))
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

// -------------------------------------------------------------------------------------
// set operations
// -------------------------------------------------------------------------------------

const setWords: Readonly<Record<SetOp, string>> = {
  union: 'UNION',
  unionAll: 'UNION ALL',
  intersect: 'INTERSECT',
  except: 'EXCEPT',
}

const isPlain = (query: QueryNode): boolean =>
  query.orderBy.length === 0 && query.limit === null && query.offset === null

/** One side: engines differ in what binds tighter, and in what a side may have, so all but a plain SELECT stands apart. */
const sideSql = (
  context: Context,
  outer: Scope,
  side: QueryNode,
  op: SetOp,
  isLeft: boolean,
  keys: ReadonlyArray<string>,
): Sql => {
  const inner = flatSql(context, outer, side, keys)
  const chained = isLeft && side._tag === 'SetOperation' && side.op === op && (op === 'union' || op === 'unionAll')
  if (isPlain(side) && (side._tag === 'Select' || chained)) return inner
  // MySQL gives wrong rows for `a EXCEPT (b UNION c)`, and right ones for the same as a derived table.
  if (context.dialect.name === 'mysql' && side._tag === 'SetOperation')
    return derivedIn(context, side, sql`SELECT * FROM (${inner}) AS ${nextAlias(context)}`)
  if (context.dialect.features.setParentheses)
    // MariaDB makes a derived table of it.
    return side._tag === 'Select' ? sql`(${inner})` : derivedIn(context, side, sql`(${inner})`)
  return sql`SELECT * FROM (${inner}) AS ${nextAlias(context)}`
}

const sidesProblem = (context: Context, query: SetNode): CompileError | null => {
  const [left, right] = [outputsOf(query.left), outputsOf(query.right)]
  if (right.length !== left.length) return illFormed(`${query.op}: the two sides have different outputs`)
  for (const output of left) {
    const other = right.find((o) => o.key === output.key)
    if (other === undefined) return illFormed(`${query.op}: the two sides have different outputs`)
    const types = [output.type, other.type]
    const documents = query.op === 'unionAll' ? null : noDocuments(context.dialect.name, 'compare', types)
    const problem = documents ?? oneType(`${query.op}: the output "${output.key}"`, types)
    if (problem !== null) return problem
  }
  const unknown = query.orderBy.find((o) => !left.some((output) => output.key === o.key))
  if (unknown !== undefined) return illFormed(`orderBy: the set operation has no output "${unknown.key}"`)
  const ordered = left.filter((output) => query.orderBy.some((o) => o.key === output.key))
  return noDocuments(
    context.dialect.name,
    'order by',
    ordered.map((output) => output.type),
  )
}

/** A set operation; both sides have their outputs in one order. */
export const setSql = (context: Context, outer: Scope, query: SetNode, keys: ReadonlyArray<string> | null): Sql => {
  const outputs = outputsOf(query)
  const wanted = keys ?? outputs.map((o) => o.key)
  const problem = sidesProblem(context, query)
  if (problem !== null) return failed(context, problem)
  const left = sideSql(context, outer, query.left, query.op, true, wanted)
  const right = sideSql(context, outer, query.right, query.op, false, wanted)
  const united = sql`${left} ${setWords[query.op]} ${right}`
  const nullable = (key: string): boolean => outputs.find((o) => o.key === key)?.nullable === true
  if (query.orderBy.every((o) => !nullable(o.key)) || context.dialect.features.nullsOrder) {
    const terms = query.orderBy.map((o) => orderTerm(context, [String(wanted.indexOf(o.key) + 1)], o, nullable(o.key)))
    return sql`${united}${terms.length === 0 ? nothing : sql` ORDER BY ${join(terms, ', ')}`}${limitSql(context, query)}`
  }
  // Where nulls have no words, an order is an expression, which a union does not take.
  const t = nextAlias(context)
  const terms = query.orderBy.map((o) => orderTerm(context, [`${t}.c${wanted.indexOf(o.key)}`], o, nullable(o.key)))
  return derivedIn(
    context,
    query,
    sql`SELECT * FROM (${united}) AS ${t} ORDER BY ${join(terms, ', ')}${limitSql(context, query)}`,
  )
}
