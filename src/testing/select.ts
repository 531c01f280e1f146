/**
 * SELECTs, clause by clause. What has an order has a total one, so that engines agree in it and in what a limit leaves.
 */
import * as fc from 'fast-check'

import { isGrouped, projected } from '../compile/grouping.js'
import { aggregate } from '../expr/call-node.js'
import { hasAggregate } from '../expr/children.js'
import * as node from '../expr/node.js'
import type { ColumnNode, ExprNode, ParamNode } from '../expr/node.js'
import { absentIn, outputsOf, projectionOf as rowOf } from '../expr/outputs.js'
import {
  type GroupingSets,
  noClauses,
  type OrderNode,
  type ProjectionNode,
  type QueryNode,
  type SelectNode,
} from '../expr/query-node.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import { countType } from '../expr/sql-type.js'
import {
  columnsOf,
  type Context,
  groupContext,
  type Maybe,
  rowContext,
  someOf,
  windowContext,
  type World,
} from './context.js'
import { expression } from './expression.js'
import { comparables, isUnordered } from './family.js'
import { agreed, groupsOf, keyColumns, setsOf, type Wanted } from './groups.js'
import { withParts } from './parts.js'
import { projectionOf } from './projection.js'
import { joinsOf, sourcesOf } from './sources.js'

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

const directed = (expr: ExprNode): fc.Arbitrary<OrderNode> =>
  fc.record({
    expr: fc.constant(expr),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
    nulls: fc.constantFrom('last' as const, 'first' as const),
  })

const ascending = (expr: ExprNode): OrderNode => ({ expr, direction: 'asc', nulls: 'last' })

const sourcesIn = (query: SelectNode): ReadonlyArray<Source> => [query.from, ...query.joins.map((join) => join.source)]

/** The primary keys of all sources, where each has one: no two rows agree in them. */
export const rowKey = (query: SelectNode): ReadonlyArray<ExprNode> | null => {
  const keys = sourcesIn(query).map(keyColumns)
  return isGrouped(query) || query.distinct || keys.some((key) => key.length === 0) ? null : keys.flat()
}

const wholesOf = (projection: ProjectionNode): ReadonlyArray<Source> =>
  projection._tag === 'Whole'
    ? [projection.source]
    : projection._tag === 'Record'
      ? projection.fields.flatMap((f) => wholesOf(f.projection))
      : []

/** All outputs, where rows that agree in them are alike: documents cannot be ordered, and nulls may hide an absent source. */
const outputKey = (query: SelectNode): ReadonlyArray<ExprNode> | null => {
  const outputs = projected(rowOf(query))
  const absent = absentIn(query)
  const hidden = wholesOf(rowOf(query)).some(
    (source) => absent.has(source.name) && columnsOfSource(source).every((c) => c.nullable),
  )
  return hidden || outputs.some((e) => isUnordered(e.type)) ? null : outputs
}

/** The query with an order that tells all of its rows apart; without any, and without a limit, where there is none. */
const totallyOrdered = (query: SelectNode): SelectNode => {
  if (query.orderBy.length === 0 && query.limit === null && query.offset === null) return query
  const key = rowKey(query) ?? outputKey(query)
  return key === null
    ? { ...query, orderBy: [], limit: null, offset: null }
    : { ...query, orderBy: [...query.orderBy, ...key.map(ascending)] }
}

// -------------------------------------------------------------------------------------
// clauses
// -------------------------------------------------------------------------------------

const sometimes = <A>(times: number, of: Maybe<A>): fc.Arbitrary<A | null> =>
  of === null
    ? fc.constant(null)
    : fc.oneof(
        { withCrossShrink: true },
        { weight: 10 - times, arbitrary: fc.constant(null) },
        { weight: times, arbitrary: of },
      )

const rowCount = (least: number): fc.Arbitrary<ParamNode> =>
  fc.integer({ min: least, max: 4 }).map((n) => node.value(n, countType))

const depthAt = (level: number): number => (level === 0 ? 3 : 2)

interface Clauses {
  readonly where: ExprNode | null
  readonly present: Source | null
  readonly having: ExprNode | null
  readonly select: ProjectionNode | null
  readonly distinct: true | null
  readonly orderBy: ReadonlyArray<OrderNode> | null
  readonly limit: ParamNode | null
  readonly offset: ParamNode | null
  readonly joins: SelectNode['joins']
}

const orders = (context: Context): fc.Arbitrary<ReadonlyArray<OrderNode>> => {
  const value = someOf(comparables.map((family) => expression(context, family, 1)))
  return value === null ? fc.constant([]) : fc.array(value.chain(directed), { minLength: 1, maxLength: 2 })
}

/** What tells the rows, or the groups, of a query apart; null where nothing does. */
const rowsKey = (
  sources: ReadonlyArray<Source>,
  groups: ReadonlyArray<ExprNode> | null,
): ReadonlyArray<ExprNode> | null => {
  if (groups !== null) return [...groups, ...groups.map((e) => aggregate('grouping', e))]
  const keys = sources.map(keyColumns)
  return keys.some((key) => key.length === 0) ? null : keys.flat()
}

/** What was drawn as one query: clauses that cannot stand together are left out. */
const assembled = (
  from: Source,
  groups: ReadonlyArray<ExprNode> | null,
  groupingSets: GroupingSets | null,
  drawn: Clauses,
): SelectNode => {
  const bare: SelectNode = {
    ...noClauses,
    from,
    joins: drawn.joins,
    where: drawn.where,
    present: drawn.present === null ? [] : [drawn.present],
    groupBy: groups ?? [],
    groupingSets,
    select: drawn.select,
    limit: drawn.limit,
    offset: drawn.offset,
  }
  const outputs = projected(rowOf(bare))
  const having = isGrouped(bare) ? drawn.having : null
  const distinct = drawn.distinct === true && !outputs.some((e) => isUnordered(e.type))
  const orders = drawn.orderBy ?? []
  const orderBy = distinct
    ? orders.flatMap((order, i) => outputs.slice(i, i + 1).map((expr) => ({ ...order, expr })))
    : // Without GROUP BY, an aggregate in the order alone would make one group of all rows.
      orders.filter((order) => isGrouped(bare) || !hasAggregate(order.expr))
  return totallyOrdered({ ...bare, having, distinct, orderBy })
}

/** Whether an engine without LATERAL can say none of it for each row. */
const isHardForEachRow = (query: SelectNode): boolean =>
  query.distinctOn.length > 0 ||
  query.keyset !== null ||
  query.lock !== null ||
  query.groupingSets !== null ||
  (isGrouped(query) && query.groupBy.length === 0 && [query.having, query.limit, query.offset].some((e) => e !== null))

/** Sources of a query, the last of which may be a query about those before it (LATERAL). What few engines can say is rare. */
const seeingSources = (world: World, level: number, derived: Maybe<QueryNode>): fc.Arbitrary<ReadonlyArray<Source>> => {
  const sources = sourcesOf(world, level, derived)
  if (derived === null) return sources
  const seeing = sources.chain((before) => {
    const after = (query: SelectNode): Source =>
      Object.freeze({ _tag: 'DerivedSource', name: `l${level}`, query, columns: outputsOf(query), cte: null })
    return fc
      .tuple(
        selectOf(world, level + 1, before.flatMap(columnsOf), { _tag: 'Flat', fields: null }, null),
        fc.nat({ max: 9 }),
      )
      .map(([query, often]) => (often > 0 && isHardForEachRow(query) ? before : [...before, after(query)]))
  })
  return fc.oneof({ withCrossShrink: true }, { weight: 7, arbitrary: sources }, { weight: 1, arbitrary: seeing })
}

/** SELECTs at a level, of a shape, that may mention the columns of the queries around them. */
export const selectOf = (
  world: World,
  level: number,
  outer: ReadonlyArray<ColumnNode>,
  wanted: Wanted,
  derived: Maybe<QueryNode>,
): fc.Arbitrary<SelectNode> =>
  seeingSources(world, level, derived).chain((sources) => {
    const rows = rowContext(world, sources, outer, level)
    const grouped = groupsOf(rows, sources, wanted).chain((groups) =>
      setsOf(groups).map((sets) => [groups, sets] as const),
    )
    return grouped.chain(([groups, sets]) => {
      const context = groups === null ? rows : groupContext(rows, agreed(sources, groups, sets), groups, sets !== null)
      const framed =
        level === 0
          ? windowContext(context, {
              of: (family, depth) => expression(context, family, depth),
              key: rowsKey(sources, groups),
            })
          : context
      const clauses: fc.Arbitrary<Clauses> = fc.record({
        where: sometimes(4, expression(rows, 'boolean', depthAt(level))),
        present: sometimes(1, fc.constantFrom(...sources)),
        having: groups === null ? fc.constant(null) : sometimes(4, expression(context, 'boolean', depthAt(level) - 1)),
        select: projectionOf(framed, sources, wanted),
        distinct: sometimes(2, fc.constant(true as const)),
        orderBy: sometimes(4, orders(framed)),
        limit: sometimes(2, rowCount(level === 0 ? 1 : 0)),
        offset: sometimes(1, rowCount(0)),
        joins: joinsOf(rows, sources),
      })
      const [first] = sources
      // `sourcesOf` gives one source at least.
      return clauses.map((drawn) => assembled(first as Source, groups, sets, drawn)).chain(withParts)
    })
  })
