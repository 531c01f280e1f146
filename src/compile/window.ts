/**
 * Window functions as SQL.
 */
import type { Frame, FrameBound, WindowFunction, WindowNode } from '../expr/call-node.js'
import type { ExprNode, ParamNode } from '../expr/node.js'
import { canBeNull } from '../expr/outputs.js'
import type { OrderNode } from '../expr/query-node.js'
import { windowedSql } from './aggregate.js'
import { illFormed, unsupported } from './compile-error.js'
import { type Context, describe, failed, noted, type Scope, slot, within, type Writer } from './context.js'
import { converted } from './convert.js'
import { isFixed } from './fixed.js'
import { orderTerm, termOf } from './order-term.js'
import { type Encode, join, nothing, refused, type Slot, type Sql, sql } from './sql.js'

const names: Readonly<Record<WindowFunction, string>> = {
  rowNumber: 'row_number',
  rank: 'rank',
  denseRank: 'dense_rank',
  percentRank: 'percent_rank',
  cumeDist: 'cume_dist',
  ntile: 'ntile',
  lag: 'lag',
  lead: 'lead',
  firstValue: 'first_value',
  lastValue: 'last_value',
  nthValue: 'nth_value',
}

// -------------------------------------------------------------------------------------
// numbers
// -------------------------------------------------------------------------------------

/** A number from `least` on: engines count backwards, fail or give NULL for others. */
const atLeast = (one: Slot, least: 0 | 1): Slot => {
  const encode: Encode = (value) =>
    value === null || ((typeof value === 'number' || typeof value === 'bigint') && value < least)
      ? refused(`a window counts from ${least}`)
      : one.encode(value)
  return { ...one, encode, nullable: false }
}

const told = (context: Context, param: ParamNode, place: string, least: 0 | 1): Slot =>
  // MySQL takes a bare placeholder there, and nothing around it.
  atLeast(slot(context, param, place, context.dialect.name !== 'postgres'), least)

const digits = /^\d+(?:\.\d+)?$/

/** MariaDB takes no parameter there: a number that is checked to be digits stands in the text, and is part of the shape. */
const written = (context: Context, param: ParamNode): Sql => {
  if (param.kind._tag !== 'Value')
    return failed(
      context,
      unsupported(context.dialect.name, 'bind the bounds of a frame by name', 'give the number itself'),
    )
  const wire = atLeast(slot(context, param, 'the frame of a window'), 0).encode(param.kind.value)
  const text = typeof wire === 'object' ? '' : String(wire)
  if (digits.test(text)) return noted(context, 'the bounds of a frame stand in the text, checked to be digits', [text])
  return failed(context, illFormed('the frame of a window is told in numbers from 0'))
}

// -------------------------------------------------------------------------------------
// windows
// -------------------------------------------------------------------------------------

const boundSql = (context: Context, bound: FrameBound): Sql => {
  const number = (param: ParamNode): Sql =>
    context.dialect.features.framesBound ? [told(context, param, 'the frame of a window', 0)] : written(context, param)
  switch (bound._tag) {
    case 'UnboundedPreceding':
      return ['UNBOUNDED PRECEDING']
    case 'Preceding':
      return sql`${number(bound.offset)} PRECEDING`
    case 'CurrentRow':
      return ['CURRENT ROW']
    case 'Following':
      return sql`${number(bound.offset)} FOLLOWING`
    case 'UnboundedFollowing':
      return ['UNBOUNDED FOLLOWING']
  }
}

const frameSql = (context: Context, { unit, start, end }: Frame): Sql => {
  if (unit === 'groups' && !context.dialect.features.frameGroups)
    return failed(
      context,
      unsupported(context.dialect.name, 'count groups in a frame', 'use rowsBetween or rangeBetween'),
    )
  const word = { rows: 'ROWS', range: 'RANGE', groups: 'GROUPS' }[unit]
  return sql` ${word} BETWEEN ${boundSql(context, start)} AND ${boundSql(context, end)}`
}

/** The sources of a scope that an outer join may leave out. */
const optionalIn = (scope: Scope): ReadonlySet<string> =>
  new Set([...scope.bound].flatMap(([name, bound]) => (bound.optional ? [name] : [])))

/** The values of what is left out of a text: a bad one is refused all the same. */
const unsent = (left: ReadonlyArray<Sql>): Sql =>
  left.flat().flatMap((piece) => (typeof piece === 'string' ? [] : [{ ...piece, unsent: true as const }]))

/** Orders that tell rows apart. MariaDB takes the rows of another window in the order of several constants. */
const ordersTelling = ({ dialect }: Context, orders: ReadonlyArray<OrderNode>): ReadonlyArray<OrderNode> => {
  if (dialect.name !== 'mariadb') return orders
  const telling = orders.filter((order) => !isFixed(order.expr))
  return telling.length === 0 ? orders.slice(0, 1) : telling
}

/** What a number is cast to so that a range can be measured over it; null where what is bound has a type anyway. */
const measured = ({ type }: ExprNode): 'DOUBLE' | 'SIGNED' | null => {
  switch (type._tag) {
    case 'Real':
    case 'Double':
      return 'DOUBLE'
    case 'SmallInt':
    case 'Integer':
    case 'BigInt':
    case 'Unsigned':
    case 'Count':
      return 'SIGNED'
    default:
      return null
  }
}

const orderOf = (write: Writer, context: Context, scope: Scope, node: WindowNode): Sql => {
  const absent = optionalIn(scope)
  const { features } = context.dialect
  const isNull = (order: OrderNode): boolean => context.clause.sets || canBeNull(order.expr, absent)
  const { frame } = node
  const measures = frame?.unit === 'range' && ('offset' in frame.start || 'offset' in frame.end)
  const telling = ordersTelling(context, node.orderBy)
  const terms = telling.map((order) => {
    const term = termOf(context, order.expr, write.expression(context, scope, order.expr))
    // MariaDB measures numbers alone, and takes what is bound for a text until it is.
    const cast = measures && context.dialect.name === 'mariadb' ? measured(order.expr) : null
    return orderTerm(context, cast === null ? term : sql`CAST(${term} AS ${cast})`, order, isNull(order))
  })
  const [order] = node.orderBy
  const natural = (order?.direction === 'asc') === (features.nullsAscending === 'first') ? 'first' : 'last'
  // Where nulls go is a second order there, and a range has one.
  if (measures && !features.nullsOrder && order !== undefined && isNull(order) && order.nulls !== natural)
    return failed(
      context,
      unsupported(
        context.dialect.name,
        `measure a range over what may be null with nulls ${order.nulls}`,
        `order it by nulls ${natural}, or by coalesce`,
      ),
    )
  const leftOut = node.orderBy.filter((one) => !telling.includes(one))
  return [...join(terms, ', '), ...unsent(leftOut.map(({ expr }) => write.expression(context, scope, expr)))]
}

const partitionSql = (write: Writer, context: Context, scope: Scope, node: WindowNode): Sql => {
  const { partition } = context.clause
  const isLeftOut = (e: ExprNode): boolean => context.dialect.name === 'mariadb' && isFixed(e)
  const written = (e: ExprNode): Sql => termOf(context, e, write.expression(context, scope, e))
  const by = [
    ...(partition === null ? [] : [[partition]]),
    ...node.partitionBy.filter((e) => !isLeftOut(e)).map(written),
  ]
  const checked = unsent(node.partitionBy.filter(isLeftOut).map(written))
  return by.length === 0 ? checked : sql`PARTITION BY ${join(by, ', ')}${checked}`
}

const overSql = (write: Writer, context: Context, scope: Scope, node: WindowNode): Sql => {
  const parts = [
    partitionSql(write, context, scope, node),
    node.orderBy.length === 0 ? nothing : sql`ORDER BY ${orderOf(write, context, scope, node)}`,
  ].filter((part) => part.length > 0)
  return sql` OVER (${join(parts, ' ')}${node.frame === null ? nothing : frameSql(context, node.frame)})`
}

/** MySQL counts rows in numbers without a sign, from which nothing greater can be taken. */
const signed = (context: Context, count: Sql): Sql =>
  context.dialect.name === 'mysql' ? sql`CAST(${count} AS SIGNED)` : count

const isShift = (name: WindowFunction): boolean => name === 'lag' || name === 'lead'

/** The operands of a function: its value, how many rows, and what stands where there is none. */
const functionSql = (
  write: Writer,
  context: Context,
  scope: Scope,
  node: WindowNode,
  name: WindowFunction,
  over: Sql,
): Sql => {
  const operand = (at: number): Sql => {
    const e = node.operands[at]
    if (e === undefined) return ['NULL']
    const written = write.operand(context, scope, e, `${name} of ${describe(node)}`)
    // a shift gives its value or what stands in for it: both in one form
    return isShift(name) ? converted(context.dialect, written, e.type, node.type) : written
  }
  const number = (at: number, least: 0 | 1): Sql => {
    const e = node.operands[at]
    return e?._tag === 'Param' ? [told(context, e, name, least)] : ['1']
  }
  const called = (operands: ReadonlyArray<Sql>): Sql => sql`${names[name]}(${join(operands, ', ')})${over}`
  switch (name) {
    case 'rowNumber':
    case 'rank':
    case 'denseRank':
      return signed(context, called([]))
    case 'ntile':
      return signed(context, called([number(0, 1)]))
    case 'nthValue':
      return called([operand(0), number(1, 1)])
    case 'lag':
    case 'lead': {
      if (node.operands.length < 3) return called([operand(0), number(1, 0)])
      if (context.dialect.features.lagDefault) return called([operand(0), number(1, 0), operand(2)])
      // 1 is never null: where it is, there is no such row.
      const there = called([['1'], number(1, 0)])
      const either = sql`(CASE WHEN ${there} IS NULL THEN ${operand(2)} ELSE ${called([operand(0), number(1, 0)])} END)`
      return noted(context, 'the same shift of 1 tells whether there is such a row', either)
    }
    default:
      return called(node.operands.map((_, at) => operand(at)))
  }
}

/**
 * Where a query has one row whatever the data are, MySQL looks at no frame: one that leaves out the row itself has it there
 * nevertheless. A row that is alone in its partition has nothing in such a frame.
 */
const framed = (write: Writer, context: Context, scope: Scope, node: WindowNode, written: Sql): Sql => {
  const { frame } = node
  if (context.dialect.name !== 'mysql' || frame === null) return written
  const bounds = [
    ...(frame.start._tag === 'Following' ? [frame.start.offset] : []),
    ...(frame.end._tag === 'Preceding' ? [frame.end.offset] : []),
  ]
  if (bounds.length === 0) return written
  const away = join(
    bounds.map((n) => sql`${[slot(context, n, 'the frame of a window')]} > 0`),
    ' OR ',
  )
  // What is null is as far from every other as from itself.
  const known =
    frame.unit === 'range'
      ? node.orderBy.map((order) => sql` AND ${write.expression(context, scope, order.expr)} IS NOT NULL`)
      : []
  const alone = sql`count(*) OVER (${partitionSql(write, context, scope, node)}) = 1`
  const [aggregate] = node.operands
  const none = aggregate?._tag === 'Aggregate' && aggregate.name === 'count' ? '0' : 'NULL'
  return noted(
    context,
    'a row that is alone has nothing in a frame without it',
    sql`(CASE WHEN ${alone} AND (${away})${known.flat()} THEN ${none} ELSE ${written} END)`,
  )
}

/** A window function, or an aggregate over a window. */
export const windowSql = (write: Writer, context: Context, scope: Scope, node: WindowNode): Sql => {
  const { clause } = context
  if (!clause.windows)
    return failed(
      context,
      illFormed('a window function stands in select or orderBy of a query, and not inside another one'),
    )
  return within(context, { ...clause, windows: false }, () => {
    const over = overSql(write, context, scope, node)
    if (node.name !== 'aggregate')
      return framed(write, context, scope, node, functionSql(write, context, scope, node, node.name, over))
    const [aggregate] = node.operands
    return aggregate?._tag === 'Aggregate'
      ? framed(write, context, scope, node, windowedSql(write, context, scope, aggregate, over))
      : failed(context, illFormed('over takes an aggregate or a window function'))
  })
}
