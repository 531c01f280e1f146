/**
 * SELECT as SQL, clause by clause, and set operations.
 */
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, outputsOf, projectionOf } from '../expr/outputs.js'
import type { OrderNode, QueryNode, SelectNode, SetNode, SetOp } from '../expr/query-node.js'
import { outputPosition, sameExpr } from '../expr/same.js'
import { illFormed, unsupported } from './compile-error.js'
import { type Context, failed, nextAlias, resolve, type Scope, slot } from './context.js'
import { expressionSql } from './expression.js'
import { groupingError, projected } from './grouping.js'
import { bindSource, scopeOf } from './source.js'
import { join, nothing, type Sql, sql } from './sql.js'

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

const orderSql = (context: Context, scope: Scope, select: SelectNode): Sql => {
  if (select.orderBy.length === 0) return nothing
  const absent = absentIn(select)
  const outputs = projected(projectionOf(select))
  const one = (order: OrderNode): Sql => {
    if (select.distinct && !outputs.some((o) => sameExpr(o, order.expr)))
      return failed(
        context,
        illFormed('orderBy after distinct: order by one of the outputs, or the rows that were left out decide'),
      )
    const nullable = canBeNull(order.expr, absent)
    const position = outputPosition(select.select, order.expr)
    if (position !== null && (context.dialect.features.nullsOrder || !nullable))
      return orderTerm(context, [String(position + 1)], order, nullable)
    return orderTerm(context, expressionSql(context, scope, order.expr), order, nullable)
  }
  return sql` ORDER BY ${join(select.orderBy.map(one), ', ')}`
}

const groupSql = (context: Context, scope: Scope, select: SelectNode): Sql => {
  if (select.groupBy.length === 0) return nothing
  const one = (e: ExprNode): Sql => {
    const position = outputPosition(select.select, e)
    return position === null ? expressionSql(context, scope, e) : [String(position + 1)]
  }
  return sql` GROUP BY ${join(select.groupBy.map(one), ', ')}`
}

const whereSql = (context: Context, scope: Scope, select: SelectNode): Sql => {
  const present = select.present.map((source): Sql => {
    const bound = resolve(context, scope, source)
    return bound === null || bound.presence === null ? ['TRUE'] : sql`${bound.presence} IS NOT NULL`
  })
  const criteria = [...(select.where === null ? [] : [expressionSql(context, scope, select.where)]), ...present]
  return criteria.length === 0 ? nothing : sql` WHERE ${join(criteria, ' AND ')}`
}

const limitSql = (context: Context, query: QueryNode): Sql => {
  const bound = (what: 'limit' | 'offset'): Sql | null => {
    const param = query[what]
    return param === null ? null : [{ ...slot(context, param, what, true), encode: context.dialect.rowCount }]
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

const fromSql = (context: Context, outer: Scope, scope: Scope, select: SelectNode): Sql => {
  const joins = select.joins.map((j): Sql => {
    if (j.kind === 'full' && !context.dialect.features.fullJoin)
      return failed(context, unsupported(context.dialect.name, 'join FULL', 'unite two left joins'))
    const on = j.on === null ? nothing : sql` ON ${expressionSql(context, scope, j.on)}`
    return sql` ${joinWords[j.kind]} ${bindSource(context, outer, scope, j.source)}${on}`
  })
  return sql` FROM ${bindSource(context, outer, scope, select.from)}${joins.flat()}`
}

// -------------------------------------------------------------------------------------
// select
// -------------------------------------------------------------------------------------

/** A SELECT in two parts, so that outputs can be added to those that the query names. */
export interface SelectSql {
  readonly outputs: ReadonlyArray<Sql>
  readonly rest: Sql
  readonly scope: Scope
}

/** The outputs of a SELECT, and all that follows them. */
export const selectSql = (context: Context, outer: Scope, select: SelectNode): SelectSql => {
  const error = groupingError(select)
  if (error !== null) context.errors.push(error)
  const scope = scopeOf(context, outer, select)
  const outputs = projected(projectionOf(select)).map((e) => expressionSql(context, scope, e))
  const from = fromSql(context, outer, scope, select)
  const where = whereSql(context, scope, select)
  const group = groupSql(context, scope, select)
  const having = select.having === null ? nothing : sql` HAVING ${expressionSql(context, scope, select.having)}`
  const order = orderSql(context, scope, select)
  return { outputs, rest: sql`${from}${where}${group}${having}${order}${limitSql(context, select)}`, scope }
}

export const selectWord = (select: SelectNode): string => (select.distinct ? 'SELECT DISTINCT ' : 'SELECT ')

/** A query inside another: its outputs are called c0, c1, … in the order of `keys`, or in its own. */
export const flatSql = (context: Context, outer: Scope, query: QueryNode, keys: ReadonlyArray<string> | null): Sql => {
  if (query._tag === 'SetOperation') return setSql(context, outer, query, keys)
  if (query.includes.length > 0) return failed(context, illFormed('a query inside another has no includes'))
  const own = outputsOf(query).map((c) => c.key)
  const { outputs, rest } = selectSql(context, outer, query)
  const order = keys === null ? own.map((_, i) => i) : keys.map((key) => own.indexOf(key))
  const moved = order.some((at, i) => at !== i)
  if (moved && query.groupBy.length + query.orderBy.length > 0) {
    // Positions in GROUP BY and ORDER BY mean the query's own order, so it is kept inside and changed outside.
    const t = nextAlias(context)
    const inner = sql`${selectWord(query)}${join(
      outputs.map((o, i) => sql`${o} AS c${String(i)}`),
      ', ',
    )}${rest}`
    return sql`SELECT ${order.map((at, i) => `${t}.c${at} AS c${i}`).join(', ')} FROM (${inner}) AS ${t}`
  }
  const listed = order.map((at, i) => sql`${outputs[at] ?? ['NULL']} AS c${String(i)}`)
  return sql`${selectWord(query)}${join(listed, ', ')}${rest}`
}

/** A query of which only the existence of a row is asked. */
export const existenceSql = (context: Context, outer: Scope, query: QueryNode): Sql => {
  if (query._tag === 'SetOperation' || query.groupBy.length > 0 || query.distinct || query.having !== null)
    return flatSql(context, outer, query, null)
  const { outputs, rest } = selectSql(context, outer, { ...query, includes: [] })
  // An ungrouped aggregate gives its row whatever there is: its output must stay.
  return projected(projectionOf(query)).some((e) => e._tag === 'Aggregate' || hasParamsOrder(query))
    ? sql`SELECT ${join(outputs, ', ')}${rest}`
    : sql`SELECT 1${rest}`
}

const hasParamsOrder = (query: SelectNode): boolean => query.orderBy.some((o) => o.expr.params > 0)

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
  return sql`SELECT * FROM (${inner}) AS ${nextAlias(context)}`
}

/** A set operation; both sides have their outputs in one order. */
export const setSql = (context: Context, outer: Scope, query: SetNode, keys: ReadonlyArray<string> | null): Sql => {
  const outputs = outputsOf(query)
  const wanted = keys ?? outputs.map((o) => o.key)
  const missing =
    outputsOf(query.right).length !== outputs.length ||
    outputs.some((o) => !outputsOf(query.right).some((r) => r.key === o.key))
  if (missing) return failed(context, illFormed(`${query.op}: the two sides have different outputs`))
  const left = sideSql(context, outer, query.left, query.op, true, wanted)
  const right = sideSql(context, outer, query.right, query.op, false, wanted)
  const united = sql`${left} ${setWords[query.op]} ${right}`
  const nullable = (key: string): boolean => outputs.find((o) => o.key === key)?.nullable === true
  const unknown = query.orderBy.find((o) => !wanted.includes(o.key))
  if (unknown !== undefined)
    return failed(context, illFormed(`orderBy: the set operation has no output "${unknown.key}"`))
  if (query.orderBy.every((o) => !nullable(o.key)) || context.dialect.features.nullsOrder) {
    const terms = query.orderBy.map((o) => orderTerm(context, [String(wanted.indexOf(o.key) + 1)], o, nullable(o.key)))
    return sql`${united}${terms.length === 0 ? nothing : sql` ORDER BY ${join(terms, ', ')}`}${limitSql(context, query)}`
  }
  // Where nulls have no words, an order is an expression, which a union does not take.
  const t = nextAlias(context)
  const terms = query.orderBy.map((o) => orderTerm(context, [`${t}.c${wanted.indexOf(o.key)}`], o, nullable(o.key)))
  return sql`SELECT * FROM (${united}) AS ${t} ORDER BY ${join(terms, ', ')}${limitSql(context, query)}`
}
