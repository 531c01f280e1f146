/**
 * Which of its rows a SELECT gives, beyond limit and offset: the first of each kind, ties, a place in the order, computed limits.
 */
import * as fc from 'fast-check'

import { keysetProblem } from '../compile/keyset.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull } from '../expr/outputs.js'
import type { OrderNode, SelectNode } from '../expr/query-node.js'
import { countType } from '../expr/sql-type.js'
import { familyOf, literalType } from './family.js'
import { valuesOf } from './values.js'

type Maker = (query: SelectNode) => fc.Arbitrary<SelectNode>

const unchanged: Maker = (query) => fc.constant(query)

/** The first row of each kind that the first orders make; the order is total, so it is known which that is. */
const firstOfEach: Maker = (query) =>
  query.distinct || query.orderBy.length === 0
    ? fc.constant(query)
    : fc
        .integer({ min: 1, max: Math.min(2, query.orderBy.length) })
        .map((n) => ({ ...query, distinctOn: query.orderBy.slice(0, n).map((order) => order.expr) }))

const withTies: Maker = (query) =>
  fc.constant(query.limit === null || query.orderBy.length === 0 ? query : { ...query, withTies: true })

/** A value for an order, of those that the data are made of. */
const placeIn = (order: OrderNode, nullable: boolean): fc.Arbitrary<ExprNode> | null => {
  const { type } = order.expr
  const known = type._tag === 'Count' ? null : literalType[familyOf(type)]
  if (known === null || type.refinement !== null) return null
  const values = valuesOf(known)
  return (nullable ? fc.option(values, { freq: 4 }) : values).map((v) => node.value(v, known, nullable))
}

const behind: Maker = (query) => {
  const absent = absentIn(query)
  const values = query.orderBy.map((order) => placeIn(order, canBeNull(order.expr, absent)))
  const all = values.filter((v) => v !== null)
  if (all.length === 0 || all.length < values.length) return fc.constant(query)
  return fc.tuple(fc.constantFrom('after' as const, 'before' as const), ...all).map(([direction, ...drawn]) => {
    const placed = { ...query, keyset: { direction, values: drawn } }
    return keysetProblem(placed) === null ? placed : query
  })
}

/** The same number as a sum. */
const computed: Maker = (query) => {
  const { limit } = query
  return fc.constant(
    limit === null || limit._tag !== 'Param'
      ? query
      : { ...query, limit: node.arithmetic('add', limit, node.value(1, countType)) },
  )
}

/** The SELECT as it is, mostly; else with one of these. */
export const withParts: Maker = (query) =>
  fc
    .oneof(
      { withCrossShrink: true },
      { weight: 12, arbitrary: fc.constant(unchanged) },
      { weight: 2, arbitrary: fc.constant(firstOfEach) },
      { weight: 1, arbitrary: fc.constant(withTies) },
      { weight: 3, arbitrary: fc.constant(behind) },
      { weight: 1, arbitrary: fc.constant(computed) },
    )
    .chain((make) => make(query))
