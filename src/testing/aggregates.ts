/**
 * Generators of aggregates.
 */
import * as fc from 'fast-check'

import { aggregate, type AggregateName, type AggregateNode } from '../expr/call-node.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { jsonListType } from '../expr/json-value.js'
import type { OrderNode } from '../expr/query-node.js'
import { textType } from '../expr/sql-type.js'
import { type Asked, type Generator, given, type Maybe, oneOf, someOf } from './context.js'
import { comparables, type Family } from './family.js'

/** Now and then of some of the rows alone. */
const sometimesFiltered = (asked: Asked, made: Maybe<AggregateNode>): Maybe<AggregateNode> =>
  given(made, (all) => {
    const on = asked.inside('boolean')
    return on === null
      ? all
      : fc
          .tuple(all, fc.option(on, { freq: 3 }))
          .map(([a, filter]) =>
            filter === null || a.name === 'grouping' ? a : aggregate(a.name, a.operand, { ...a, filter }, a.type),
          )
  })

const ascending = (expr: ExprNode): OrderNode => ({ expr, direction: 'asc', nulls: 'last' })

/** Text in an order that is total: of values that are ordered alike, each is the other. */
const texts = (asked: Asked): Maybe<AggregateNode> =>
  given(asked.inside('text'), (operand) =>
    given(someOf(comparables.map((family) => asked.inside(family))), (by) =>
      fc
        .record({
          operand,
          by: fc.option(fc.tuple(by, fc.constantFrom('asc' as const, 'desc' as const), fc.boolean())),
          separator: fc.constantFrom('', ', ', "'%"),
          distinct: fc.boolean(),
        })
        .map((drawn) => {
          const first: ReadonlyArray<OrderNode> =
            drawn.by === null || drawn.distinct
              ? []
              : [{ expr: drawn.by[0], direction: drawn.by[1], nulls: drawn.by[2] ? 'first' : 'last' }]
          return aggregate('stringAgg', drawn.operand, {
            second: node.value(drawn.separator, textType),
            orderBy: [...first, ascending(drawn.operand)],
            distinct: drawn.distinct,
          })
        }),
    ),
  )

/** What documents hold, and has a total order. */
const listed: ReadonlyArray<Family> = ['integer', 'bigint', 'text', 'boolean', 'date', 'instant']

const lists = (asked: Asked): Maybe<AggregateNode> =>
  given(someOf(listed.map((family) => asked.inside(family))), (operand) =>
    fc
      .tuple(operand, fc.constantFrom('asc' as const, 'desc' as const))
      .map(([e, direction]) =>
        aggregate('jsonAgg', e, { orderBy: [{ expr: e, direction, nulls: 'last' }] }, jsonListType(e.type)),
      ),
  )

export const aggregateOf: Generator<'Aggregate'> = (asked) => {
  if (asked.context.rows === null) return null
  const over = (
    family: Family,
    names: ReadonlyArray<AggregateName>,
    distinct: fc.Arbitrary<boolean> = fc.constant(false),
  ): Maybe<AggregateNode> =>
    given(asked.inside(family), (operand) =>
      fc
        .tuple(fc.constantFrom(...names), operand, distinct)
        .map(([name, e, once]) => aggregate(name, e, { distinct: once })),
    )
  const once = fc.constant(true)
  const any = fc.boolean()
  const of = (): Maybe<AggregateNode> => {
    switch (asked.family) {
      case 'count':
        return someOf([
          fc.constant(aggregate('count', null)),
          over('integer', ['sum', 'count'], any),
          someOf(comparables.map((family) => over(family, ['count'], once))),
          over('json', ['count']),
          over('count', ['sum']),
        ])
      case 'double':
        return someOf([
          over('double', ['sum', 'avg'], any),
          over('double', ['min', 'max']),
          over('integer', ['avg'], any),
          over('bigint', ['avg']),
        ])
      case 'numeric':
        return someOf([over('bigint', ['sum'], any), over('numeric', ['sum', 'min', 'max'])])
      case 'boolean':
        return over('boolean', ['boolAnd', 'boolOr'])
      case 'text':
        return someOf([over('text', ['min', 'max']), texts(asked)])
      case 'integer':
        return someOf([over('integer', ['min', 'max']), groupings(asked)])
      case 'json':
        return lists(asked)
      case 'binary':
      case 'interval':
        return null
      default:
        return over(asked.family, ['min', 'max'])
    }
  }
  return sometimesFiltered(asked, of())
}

/** Whether one of the groups is left out; a filter says nothing of it. */
const groupings = ({ context }: Asked): Maybe<AggregateNode> =>
  given(oneOf(context.groups), (groups) => groups.map((e) => aggregate('grouping', e)))
