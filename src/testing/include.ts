/**
 * Relations of a query's rows: by a pair of equal columns, always in a total order.
 */
import * as fc from 'fast-check'

import * as node from '../expr/node.js'
import { noClauses, type Cardinality, type IncludeNode, type SelectNode } from '../expr/query-node.js'
import type { Source, TableSource } from '../expr/source.js'
import { countType } from '../expr/sql-type.js'
import { columnsOf, type Maybe, rowContext, type World } from './context.js'
import { expression } from './expression.js'
import { keyColumns } from './groups.js'
import { rowKey } from './select.js'
import { equalColumns } from './sources.js'

const relationOf = (world: World, level: number, outer: Source, inner: TableSource): Maybe<SelectNode> => {
  const source: Source = Object.freeze({ ...inner, name: `r${level}` })
  const on = equalColumns(columnsOf(source), columnsOf(outer))
  const also = expression(rowContext(world, [source], [], level + 1), 'boolean', 1)
  if (on === null || keyColumns(source).length === 0) return null
  const part = fc.option(fc.integer({ min: 0, max: 2 }), { freq: 3 })
  return fc
    .tuple(on, also === null ? fc.constant(null) : fc.option(also, { freq: 2 }), part, part)
    .map(([equal, more, most, skipped]) => ({
      ...noClauses,
      from: source,
      where: more === null ? equal : node.logic('and', [equal, more]),
      orderBy: keyColumns(source).map((expr) => ({ expr, direction: 'desc' as const, nulls: 'last' as const })),
      limit: most === null ? null : node.value(most, countType),
      offset: skipped === null || most === null ? null : node.value(skipped, countType),
    }))
}

const cardinalities = fc.oneof(
  { weight: 5, arbitrary: fc.constant<Cardinality>('many') },
  { weight: 2, arbitrary: fc.constant<Cardinality>('optional') },
  { weight: 1, arbitrary: fc.constant<Cardinality>('one') },
)

/** Whether rows of the query have a place for relations, and are told apart by more than their outputs. */
const takesIncludes = (query: SelectNode): boolean =>
  query.select?._tag !== 'One' &&
  !query.distinct &&
  query.groupBy.length === 0 &&
  (rowKey(query) !== null || (query.orderBy.length === 0 && query.limit === null && query.offset === null))

/** The query with relations beside its rows, where it takes them. */
export const withIncludes = (world: World, level: number, query: SelectNode): fc.Arbitrary<SelectNode> => {
  if (level > 1 || !takesIncludes(query) || rowKey(query) === null) return fc.constant(query)
  const outers = [query.from, ...query.joins.map((join) => join.source)]
  return fc
    .tuple(fc.constantFrom(...outers), fc.constantFrom(...world.tables))
    .chain(([outer, inner]) => relationOf(world, level, outer, inner) ?? fc.constant(null))
    .chain((relation) =>
      relation === null
        ? fc.constant(query)
        : fc
            .tuple(cardinalities, fc.oneof(fc.constant(relation), withIncludes(world, level + 1, relation)))
            .map(([cardinality, inner]) => {
              const include: IncludeNode = { key: `include${level}`, relation: { cardinality, query: inner } }
              return { ...query, includes: [include] }
            }),
    )
}
