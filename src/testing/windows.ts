/**
 * Generators of window functions. What counts rows has an order that tells all of them apart, so that engines agree.
 */
import * as fc from 'fast-check'

import {
  aggregate,
  type AggregateName,
  type Frame,
  type FrameBound,
  window,
  type WindowFunction,
  type WindowNode,
} from '../expr/call-node.js'
import { isAboutRows } from '../expr/children.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import type { OrderNode } from '../expr/query-node.js'
import { countType, doubleType, integerType, type SqlType } from '../expr/sql-type.js'
import { type Generator, given, type Maybe, someOf, type WindowPlace } from './context.js'
import { comparables, type Family } from './family.js'

// -------------------------------------------------------------------------------------
// windows
// -------------------------------------------------------------------------------------

/** What stands at a place, by family and depth. */
type Place = WindowPlace['of']

type Over = Pick<WindowNode, 'partitionBy' | 'orderBy' | 'frame'>

const comparable = (place: Place): Maybe<ExprNode> => someOf(comparables.map((family) => place(family, 0)))

const directed = (expr: ExprNode): fc.Arbitrary<OrderNode> =>
  fc.record({
    expr: fc.constant(expr),
    direction: fc.constantFrom('asc' as const, 'desc' as const),
    nulls: fc.constantFrom('last' as const, 'first' as const),
  })

const some = (place: Place, most: number): fc.Arbitrary<ReadonlyArray<ExprNode>> => {
  const one = comparable(place)
  return one === null ? fc.constant([]) : fc.array(one, { maxLength: most })
}

const orders = (place: Place): fc.Arbitrary<ReadonlyArray<OrderNode>> =>
  some(place, 2).chain((all) => fc.tuple(...all.map(directed)))

/** An order that tells all rows apart. */
const total = ({ of: place, key }: WindowPlace): Maybe<ReadonlyArray<OrderNode>> =>
  key === null || key.length === 0
    ? null
    : fc.tuple(orders(place), fc.tuple(...key.map(directed))).map(([first, last]) => [...first, ...last])

const offsets: fc.Arbitrary<FrameBound> = fc
  .tuple(fc.constantFrom('Preceding' as const, 'Following' as const), fc.integer({ min: 0, max: 2 }))
  .map(([_tag, n]) => ({ _tag, offset: node.value(n, countType) }))

const ranks = ['UnboundedPreceding', 'Preceding', 'CurrentRow', 'Following', 'UnboundedFollowing']

const between = (unit: Frame['unit'], bound: fc.Arbitrary<FrameBound>): fc.Arbitrary<Frame> => {
  const start = fc.oneof(bound, fc.constantFrom<FrameBound>({ _tag: 'UnboundedPreceding' }, { _tag: 'CurrentRow' }))
  const end = fc.oneof(bound, fc.constantFrom<FrameBound>({ _tag: 'CurrentRow' }, { _tag: 'UnboundedFollowing' }))
  return fc
    .tuple(start, end)
    .filter(([from, to]) => ranks.indexOf(from._tag) <= ranks.indexOf(to._tag))
    .map(([from, to]) => ({ unit, start: from, end: to }))
}

const numberOf = (family: Family, n: number): unknown => (family === 'bigint' ? BigInt(n) : n)

/** A range over a number. */
const measured = (place: Place): Maybe<Over> =>
  someOf(
    (['integer', 'bigint', 'double'] as const).map((family) =>
      given(place(family, 0), (all) =>
        fc.tuple(all.chain(directed), some(place, 1)).chain(([order, partitionBy]) =>
          between(
            'range',
            fc
              .tuple(fc.constantFrom('Preceding' as const, 'Following' as const), fc.integer({ min: 0, max: 2 }))
              .map(([_tag, n]) => ({ _tag, offset: node.value(numberOf(family, n), order.expr.type) })),
          ).map((frame) => ({ partitionBy, orderBy: [order], frame: isAboutRows(order.expr) ? frame : null })),
        ),
      ),
    ),
  )

/** Windows whose frames no tie can change. */
const tied = (place: Place): Maybe<Over> =>
  someOf<Over>([
    fc.record({ partitionBy: some(place, 2), orderBy: orders(place), frame: fc.constant(null) }),
    fc
      .tuple(
        some(place, 1),
        orders(place),
        between('range', fc.constant({ _tag: 'CurrentRow' })),
        between('groups', offsets),
        fc.boolean(),
      )
      .map(
        ([partitionBy, orderBy, ranged, grouped, isRange]): Over => ({
          partitionBy,
          orderBy,
          frame: orderBy.length === 0 ? null : isRange ? ranged : grouped,
        }),
      ),
    measured(place),
  ])

/** Windows that count rows one by one. */
const counted = (at: WindowPlace, framed: boolean): Maybe<Over> =>
  given(total(at), (orderBy) =>
    fc.record({
      partitionBy: some(at.of, 1),
      orderBy,
      frame: framed ? fc.option(between('rows', offsets)) : fc.constant(null),
    }),
  )

const inOrder = ({ of: place }: WindowPlace): Maybe<Over> =>
  given(comparable(place), (one) =>
    fc.record({
      partitionBy: some(place, 1),
      orderBy: fc.tuple(one.chain(directed)),
      frame: fc.constant(null),
    }),
  )

// -------------------------------------------------------------------------------------
// functions
// -------------------------------------------------------------------------------------

const told = (least: number): fc.Arbitrary<ExprNode> =>
  fc.integer({ min: least, max: 3 }).map((n) => node.value(n, integerType))

const aggregates = (at: WindowPlace, family: Family, names: ReadonlyArray<AggregateName>): Maybe<WindowNode> =>
  given(at.of(family, 1), (operand) =>
    given(someOf([tied(at.of), counted(at, true)]), (over) =>
      fc
        .tuple(
          fc.constantFrom(...names),
          operand,
          over,
          fc.option(at.of('boolean', 1) ?? fc.constant(null), { freq: 3 }),
        )
        .map(([name, e, w, filter]) => {
          const made = aggregate(name, e, { filter })
          return window('aggregate', [made], w, made.type)
        }),
    ),
  )

const ranking = (at: WindowPlace, names: ReadonlyArray<WindowFunction>, type: SqlType<unknown>): Maybe<WindowNode> =>
  given(inOrder(at), (over) => fc.tuple(fc.constantFrom(...names), over).map(([name, w]) => window(name, [], w, type)))

/** Functions that give a value of another row. */
const elsewhere = (at: WindowPlace, family: Family): Maybe<WindowNode> =>
  given(at.of(family, 1), (value) =>
    someOf([
      given(counted(at, false), (over) =>
        fc
          .tuple(fc.constantFrom('lag' as const, 'lead' as const), value, told(0), fc.option(value), over)
          .map(([name, e, n, otherwise, w]) =>
            window(name, otherwise === null || otherwise.type.id !== e.type.id ? [e, n] : [e, n, otherwise], w, e.type),
          ),
      ),
      given(counted(at, true), (over) =>
        fc
          .tuple(fc.constantFrom('firstValue' as const, 'lastValue' as const), value, over)
          .map(([name, e, w]) => window(name, [e], w, e.type)),
      ),
      given(counted(at, true), (over) =>
        fc.tuple(value, told(1), over).map(([e, n, w]) => window('nthValue', [e, n], w, e.type)),
      ),
    ]),
  )

export const windowOf: Generator<'Window'> = ({ context, family }) => {
  const at = context.windows
  if (at === null) return null
  switch (family) {
    case 'count':
      return someOf([
        ranking(at, ['rank', 'denseRank'], countType),
        given(counted(at, false), (over) => over.map((w) => window('rowNumber', [], w, countType))),
        given(counted(at, false), (over) =>
          fc.tuple(over, told(1)).map(([w, n]) => window('ntile', [n], w, countType)),
        ),
        aggregates(at, 'integer', ['sum', 'count']),
        aggregates(at, 'text', ['count']),
        elsewhere(at, family),
      ])
    case 'double':
      return someOf([
        ranking(at, ['percentRank', 'cumeDist'], doubleType),
        aggregates(at, 'double', ['sum', 'avg', 'min', 'max']),
        elsewhere(at, family),
      ])
    case 'numeric':
      return aggregates(at, 'bigint', ['sum'])
    case 'boolean':
      return someOf([aggregates(at, 'boolean', ['boolAnd', 'boolOr']), elsewhere(at, family)])
    case 'json':
      return null
    case 'binary':
    case 'interval':
      return elsewhere(at, family)
    default:
      return someOf([aggregates(at, family, ['min', 'max']), elsewhere(at, family)])
  }
}
