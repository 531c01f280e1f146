/**
 * Aggregates and windows as code.
 */
import type { AggregateName, AggregateNode, FrameBound, WindowNode } from '../expr/call-node.js'
import type { ParamNode } from '../expr/node.js'
import { first, full, fulls, orderOf, ordersOf, type Printing, bares } from './code-context.js'
import { call, list, named, piped, plain, record, type Spelling } from './code-spelling.js'

type Spellings = ReadonlyArray<Spelling>

// -------------------------------------------------------------------------------------
// aggregates
// -------------------------------------------------------------------------------------

/** What each aggregate begins with: without it, a new one does not compile. */
const beginnings: { readonly [N in AggregateName]: 'one' | 'listed' | 'joined' } = {
  count: 'one',
  sum: 'one',
  avg: 'one',
  min: 'one',
  max: 'one',
  boolAnd: 'one',
  boolOr: 'one',
  stddevPop: 'one',
  stddevSamp: 'one',
  varPop: 'one',
  varSamp: 'one',
  grouping: 'one',
  stringAgg: 'joined',
  jsonAgg: 'listed',
  arrayAgg: 'listed',
}

const begun = (on: Printing, { name, operand, second, orderBy }: AggregateNode): Spellings => {
  if (operand === null) return [call(on, name)]
  const of = full(on, operand)
  switch (beginnings[name]) {
    case 'one':
      return [call(on, name, of)]
    case 'listed':
      return [call(on, name, of, ordersOf(on, orderBy))]
    case 'joined':
      return second === null
        ? []
        : [bares, fulls].map((say) => call(on, name, of, ...say(on, [second]), ordersOf(on, orderBy)))
  }
}

/** The ways in which an aggregate can be said. */
export const aggregateSpellings = (on: Printing, node: AggregateNode): Spellings => {
  const { operand, distinct, filter } = node
  const filtered = filter === null ? [] : [call(on, 'filter', full(on, filter))]
  const counted =
    node.name === 'count' && distinct && operand !== null ? [call(on, 'countDistinct', full(on, operand))] : []
  const steps = [...(distinct ? [named(on, 'distinctValues')] : []), ...filtered]
  return [
    ...counted.map((of) => (filtered.length === 0 ? of : piped(on, of, ...filtered))),
    ...begun(on, node).map((of) => (steps.length === 0 ? of : piped(on, of, ...steps))),
  ]
}

const maybe = (on: Printing, node: AggregateNode['operand']): Spelling => (node === null ? plain(null) : full(on, node))

/** An aggregate by its parts. */
export const aggregateParts = (on: Printing, node: AggregateNode): ReadonlyArray<readonly [string, Spelling]> => [
  ['name', plain(node.name)],
  ['operand', maybe(on, node.operand)],
  ['second', maybe(on, node.second)],
  ['distinct', plain(node.distinct)],
  ['filter', maybe(on, node.filter)],
  ['orderBy', ordersOf(on, node.orderBy)],
]

// -------------------------------------------------------------------------------------
// windows
// -------------------------------------------------------------------------------------

type SayOffset = (offset: ParamNode) => Spelling

const boundOf = (on: Printing, bound: FrameBound, say: SayOffset): Spelling => {
  switch (bound._tag) {
    case 'UnboundedPreceding':
      return named(on, 'unboundedPreceding')
    case 'CurrentRow':
      return named(on, 'currentRow')
    case 'UnboundedFollowing':
      return named(on, 'unboundedFollowing')
    case 'Preceding':
      return call(on, 'preceding', say(bound.offset))
    case 'Following':
      return call(on, 'following', say(bound.offset))
  }
}

const units = { rows: 'rowsBetween', range: 'rangeBetween', groups: 'groupsBetween' } as const

const frameOf = (on: Printing, { frame }: WindowNode, say: SayOffset): Spelling =>
  frame === null ? plain(null) : call(on, units[frame.unit], boundOf(on, frame.start, say), boundOf(on, frame.end, say))

const overOf = (on: Printing, node: WindowNode, say: SayOffset): Spelling =>
  call(
    on,
    'over',
    record([
      ...(node.partitionBy.length === 0 ? [] : [['partitionBy', list(fulls(on, node.partitionBy))] as const]),
      ...(node.orderBy.length === 0 ? [] : [['orderBy', list(node.orderBy.map((o) => orderOf(on, o)))] as const]),
      ...(node.frame === null ? [] : [['frame', frameOf(on, node, say)] as const]),
    ]),
  )

/** The ways in which a window can be said. */
export const windowSpellings = (on: Printing, node: WindowNode): Spellings => {
  const of =
    node.name === 'aggregate'
      ? fulls(on, node.operands)
      : [
          ...(node.name === 'ntile' ? [call(on, 'ntile', ...bares(on, node.operands))] : []),
          ...first(on, node.name, node.operands),
        ]
  const offsets: ReadonlyArray<SayOffset> = [
    (offset) => (offset.kind._tag === 'Value' ? plain(offset.kind.value) : full(on, offset)),
    (offset) => full(on, offset),
  ]
  return of.flatMap((one) => offsets.map((say) => piped(on, one, overOf(on, node, say))))
}

/** A window by its parts. */
export const windowParts = (on: Printing, node: WindowNode): ReadonlyArray<readonly [string, Spelling]> => [
  ['name', plain(node.name)],
  ['operands', list(fulls(on, node.operands))],
  ['partitionBy', list(fulls(on, node.partitionBy))],
  ['orderBy', ordersOf(on, node.orderBy)],
  ['frame', frameOf(on, node, (offset) => full(on, offset))],
]
