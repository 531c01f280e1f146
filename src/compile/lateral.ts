/**
 * LATERAL where the engine has none: the outer columns that the source mentions are found once and joined into it, and a limit
 * becomes a number of each row among those of its key.
 */
import { hasAggregate, hasWindow } from '../expr/children.js'
import type { ColumnNode, ExprNode } from '../expr/node.js'
import { column, scalar } from '../expr/node.js'
import { canBeNull, outerJoined, outputsOf, projectionOf } from '../expr/outputs.js'
import {
  type JoinNode,
  noClauses,
  type OrderNode,
  type ProjectedField,
  type ProjectionNode,
  type QueryNode,
  type SelectNode,
} from '../expr/query-node.js'
import type { DerivedSource, Source } from '../expr/source.js'
import { type CompileError, unsupported } from './compile-error.js'
import { type Context, describe, failed, nextAlias, type Scope } from './context.js'
import { criterionSql, expressionSql } from './expression.js'
import type { Joins } from './from.js'
import { isGrouped, projected } from './grouping.js'
import { numberedSql } from './limits.js'
import { orderTerm } from './order-term.js'
import { outerColumns, overKeys } from './outer-keys.js'
import { join as joinSql, nothing, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** No user name holds a NUL. */
const keysName = (at: number): string => `\0lateral ${at}`
const keyName = (i: number): string => `\0key ${i}`
const orderName = (i: number): string => `\0order ${i}`

const one = (key: string, expr: ExprNode): ProjectedField => ({ key, projection: { _tag: 'One', expr } })

/** The different values of the outer columns, among the rows that the joins before give. */
const keysOf = (select: Joins, at: number, columns: ReadonlyArray<ColumnNode>): Keys => {
  const query: SelectNode = {
    ...noClauses,
    from: select.from,
    joins: select.joins.slice(0, at),
    select: { _tag: 'Record', fields: columns.map((c, i) => one(String(i), c)) },
    distinct: true,
  }
  const source: DerivedSource = Object.freeze({
    _tag: 'DerivedSource',
    name: keysName(at),
    query,
    cte: null,
    columns: columns.map((c, i) => ({ key: String(i), type: c.type, nullable: true })),
  })
  return { source, columns: columns.map((c, i) => column(source, String(i), describe(c), c.type, true)) }
}

/** The keys and the columns that they stand for. */
interface Keys {
  readonly source: DerivedSource
  /** The columns of the keys, as `overKeys` writes them into the query. */
  readonly columns: ReadonlyArray<ColumnNode>
}

// -------------------------------------------------------------------------------------
// a query for each key
// -------------------------------------------------------------------------------------

/** What cannot be asked for each key at once. */
type Refusal = { readonly _tag: 'Refusal'; readonly what: string }
const refusal = (what: string): Refusal => ({ _tag: 'Refusal', what })
const isRefusal = (x: QueryNode | Refusal): x is Refusal => x._tag === 'Refusal'

const flatFields = (projection: ProjectionNode, keys: ReadonlyArray<string>): ReadonlyArray<ProjectedField> =>
  projected(projection).map((e, i) => one(keys[i] ?? String(i), e))

/** The joins of the query with those of the keys, where that changes none of them. */
const withKeys = (query: SelectNode, keys: Keys): Joins | null => {
  const cross = (source: Source): JoinNode => ({ kind: 'cross', source, on: null, lateral: false })
  if (!query.joins.some((j) => j.kind === 'right' || j.kind === 'full'))
    return { from: keys.source, joins: [cross(query.from), ...query.joins] }
  // A join that keeps its right side would give one row for all keys, so the keys stand behind it: it must not mention them.
  const sees = outerColumns({
    ...noClauses,
    from: query.from,
    joins: query.joins,
    select: { _tag: 'Record', fields: [] },
  })
  return sees.some((c) => c.of.name === keys.source.name)
    ? null
    : { from: query.from, joins: [...query.joins, cross(keys.source)] }
}

/** The orders of a query that a limit needs, as outputs of their own. */
const orderFields = (query: SelectNode): ReadonlyArray<ProjectedField> =>
  query.orderBy.map((o, i) => one(orderName(i), o.expr))

/** One ungrouped aggregate gives its row also where nothing matches: each output is asked for by itself, for each key. */
const aggregatePerKey = (query: SelectNode, keys: Keys, names: ReadonlyArray<string>): QueryNode | Refusal => {
  if (query.having !== null || query.limit !== null || query.offset !== null)
    return refusal('an ungrouped aggregate with having or a limit')
  const fields = flatFields(projectionOf(query), names).map((f): ProjectedField => {
    const { projection } = f
    if (projection._tag !== 'One' || !hasAggregate(projection.expr)) return f
    return one(f.key, scalar({ ...query, orderBy: [], select: projection }, projection.expr.type))
  })
  return { ...noClauses, from: keys.source, select: { _tag: 'Record', fields: [...fields, ...keyFields(keys)] } }
}

const keyFields = (keys: Keys): ReadonlyArray<ProjectedField> => keys.columns.map((c, i) => one(keyName(i), c))

/** The query with the keys among its outputs, without its limit; `ordered` adds what it is ordered by. */
const perKey = (query: QueryNode, keys: Keys, names: ReadonlyArray<string>, ordered: boolean): QueryNode | Refusal => {
  if (query._tag === 'SetOperation') {
    const sides = [query.left, query.right].map((side) =>
      side.limit !== null || side.offset !== null
        ? refusal('a set operation of which a side has a limit')
        : perKey(
            side,
            keys,
            outputsOf(side).map((o) => o.key),
            false,
          ),
    )
    const [left, right] = sides
    if (left === undefined || right === undefined || isRefusal(left)) return left ?? refusal('such a set operation')
    return isRefusal(right) ? right : { ...query, left, right, orderBy: [], limit: null, offset: null }
  }
  if (query.distinctOn.length > 0 || query.keyset !== null || query.lock !== null || query.groupingSets !== null)
    return refusal('distinctOn, a cursor, a lock or grouping sets')
  if ([...projected(projectionOf(query)), ...query.orderBy.map((o) => o.expr)].some(hasWindow))
    return refusal('window functions')
  if (query.groupBy.length === 0 && isGrouped(query)) return aggregatePerKey(query, keys, names)
  const joins = withKeys(query, keys)
  if (joins === null) return refusal('a right or full join by an outer row')
  const fields = [...flatFields(projectionOf(query), names), ...keyFields(keys), ...(ordered ? orderFields(query) : [])]
  return {
    ...query,
    ...joins,
    select: { _tag: 'Record', fields },
    groupBy: query.groupBy.length === 0 ? [] : [...query.groupBy, ...keys.columns],
    orderBy: [],
    limit: null,
    offset: null,
    withTies: false,
    includes: [],
  }
}

// -------------------------------------------------------------------------------------
// SQL
// -------------------------------------------------------------------------------------

interface Order {
  readonly at: number
  readonly direction: 'asc' | 'desc'
  readonly nulls: 'first' | 'last'
}

const ordersOf = (query: QueryNode, names: ReadonlyArray<string>, keys: number): ReadonlyArray<Order> =>
  query._tag === 'SetOperation'
    ? query.orderBy.map(({ key, direction, nulls }) => ({ at: names.indexOf(key), direction, nulls }))
    : query.orderBy.map(({ direction, nulls }: OrderNode, i) => ({ at: names.length + keys + i, direction, nulls }))

/** The rows of each key that the limit leaves. */
const limited = (
  context: Context,
  query: QueryNode,
  flat: Sql,
  width: number,
  keys: number,
  orders: ReadonlyArray<Order>,
): Sql => {
  const [r, t] = [nextAlias(context), nextAlias(context)]
  const partition = Array.from({ length: keys }, (_, i) => `${r}.c${width + i}`).join(', ')
  const order = orders.map((o) => orderTerm(context, [`${r}.c${o.at}`], o, true))
  // Without an order any rows will do, but an engine may want one.
  const by = order.length === 0 ? [`${r}.c${width}`] : joinSql(order, ', ')
  const outputs = (of: string): string => Array.from({ length: width + keys }, (_, i) => `${of}.c${i}`).join(', ')
  const ranked = query._tag === 'Select' && query.withTies && query.limit !== null
  const over = sql` OVER (PARTITION BY ${partition} ORDER BY ${by})`
  const rank = ranked ? sql`, rank()${over} AS s` : nothing
  const numbered = sql`SELECT ${outputs(r)}, row_number()${over} AS n${rank} FROM (${flat}) AS ${r}`
  const chosen = numberedSql(context, query, `${t}.n`, `${t}.${ranked ? 's' : 'n'}`)
  return sql`SELECT ${outputs(t)} FROM (${numbered}) AS ${t} WHERE ${chosen}`
}

const problemOf = (context: Context, what: string): CompileError =>
  unsupported(context.dialect.name, `join ${what} for each row (LATERAL)`, 'use a scalar subquery, or an include')

/** What is wrong with the query as it was said; the text that is compiled says other things. */
const checked = (context: Context, sight: Scope, query: QueryNode): void => {
  const { dialect } = context
  const able: Context = {
    ...context,
    notes: new Set(),
    dialect: { ...dialect, features: { ...dialect.features, correlatedDerived: true } },
  }
  able.nested.flat(able, sight, query, null)
  context.aliases = able.aliases
  context.named = able.named
}

/** A lateral join in other words. `sight` is what the source sees, `seen` that and itself. */
export const lateralSql = (
  context: Context,
  outer: Scope,
  sight: Scope,
  seen: Scope,
  select: Joins,
  at: number,
): Sql => {
  const join = select.joins[at]
  const source = join?.source
  if (join === undefined || source === undefined || source._tag !== 'DerivedSource' || source.cte !== null)
    return failed(context, problemOf(context, 'such a source'))
  const bound = seen.bound.get(source.name)
  const before = [select.from, ...select.joins.slice(0, at).map((j) => j.source)]
  if (before.some((s) => s._tag === 'WorkingSource'))
    return failed(context, problemOf(context, 'the rows of the step before with a query'))
  const names = new Set(before.map((s) => s.name))
  const columns = outerColumns(source.query).filter((c) => names.has(c.of.name))
  const alias = bound?.alias ?? nextAlias(context)
  const marker = bound?.marker ?? null
  const word = join.kind === 'left' ? 'LEFT JOIN' : 'INNER JOIN'
  const also = join.on === null ? [] : [criterionSql(context, seen, join.on, 'on')]
  const placed = (inner: Sql, on: ReadonlyArray<Sql>): Sql => {
    const t = nextAlias(context)
    const marked = marker === null ? inner : sql`SELECT ${t}.*, 1 AS ${marker} FROM (${inner}) AS ${t}`
    const all = [...also, ...on]
    const criteria = all.length === 0 ? [context.dialect.boolean(true)] : joinSql(all, ' AND ')
    return sql` ${word} (${marked}) AS ${alias} ON ${criteria}`
  }
  if (columns.length === 0) {
    const flat = context.nested.flat(context, outer, source.query, null)
    return placed(context.nested.derived(context, source.query, flat), [])
  }
  checked(context, sight, source.query)
  context.notes.add('the outer columns are found once and joined in; a limit numbers the rows of each')
  const keys = keysOf(select, at, columns)
  const over = overKeys(columns, keys.source, source.query)
  const cut = over.limit !== null || over.offset !== null
  const outputs = outputsOf(source.query).map((c) => c.key)
  const asked = perKey(over, keys, outputs, cut)
  if (isRefusal(asked)) return failed(context, problemOf(context, asked.what))
  const flat = context.nested.flat(context, outer, asked, null)
  const orders = ordersOf(over, outputs, columns.length)
  const text = cut ? limited(context, over, flat, outputs.length, columns.length, orders) : flat
  const absent = outerJoined(select)
  const on = columns.map((c, i) => {
    const own = expressionSql(context, sight, c)
    const key = [`${alias}.c${outputs.length + i}`]
    return canBeNull(c, absent) ? context.dialect.same(own, key, false) : sql`${own} = ${key}`
  })
  return placed(context.nested.derived(context, asked, text), on)
}
