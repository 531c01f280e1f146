/**
 * Aggregates as SQL.
 */
import type { AggregateName, AggregateNode } from '../expr/call-node.js'
import { visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { listSql } from './aggregate-list.js'
import { illFormed, unsupported } from './compile-error.js'
import { aboutRows, type Context, describe, failed, noted, type Scope, within, type Writer } from './context.js'
import { converted, extreme, summed } from './convert.js'
import { isFamily } from './dialect.js'
import { isFixedInside } from './fixed.js'
import { doubleType, type TypeTag } from '../expr/sql-type.js'
import { nothing, type Sql, sql } from './sql.js'

/** Whether expressions mention columns, and only those of outer rows: engines take their aggregate for one of the outer query. */
const isOuter = (scope: Scope, nodes: ReadonlyArray<ExprNode | null>): boolean => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: () => {} })
  }
  for (const node of nodes) if (node !== null) visit(node)
  return names.size > 0 && ![...names].some((name) => scope.bound.has(name))
}

/** The operand of an aggregate: NULL, which none looks at, in the rows that its filter leaves out. */
const operandOf = (write: Writer, context: Context, scope: Scope, node: AggregateNode, of: ExprNode | null): Sql => {
  const operand = of === null ? sql`1` : write.operand(context, scope, of, describe(node))
  if (node.filter === null) return operand
  const kept = sql`CASE WHEN ${write.criterion(context, scope, node.filter, 'filter')} THEN ${operand} END`
  return noted(context, 'the filter of an aggregate is a CASE inside of it', kept)
}

const statistics: Readonly<Partial<Record<AggregateName, string>>> = {
  stddevPop: 'stddev_pop',
  stddevSamp: 'stddev_samp',
  varPop: 'var_pop',
  varSamp: 'var_samp',
}

/** Whether a value may be one that is bound. */
const isBound = (e: ExprNode): boolean => {
  let found = e._tag === 'Param'
  if (!found) visitExpr(e, { expr: (child) => void (found ||= isBound(child)), query: () => void (found = true) })
  return found
}

const bare: ReadonlyArray<TypeTag> = ['Char', 'Varchar', 'Text', 'Enumeration', 'Uuid']

/** MySQL takes the least of a CASE or coalesce of bare parameters for a number, and gives 0: what is concatenated is text. */
export const settled = (context: Context, of: ExprNode | null, operand: Sql): Sql =>
  context.dialect.name === 'mysql' && of !== null && bare.includes(of.type._tag) && isBound(of)
    ? noted(context, 'a bound text is made text for min and max', sql`concat(${operand})`)
    : operand

/**
 * In a subquery about outer rows, MySQL and MariaDB keep what distinct values gave for the row before where there are none now: a
 * count beside it tells. MySQL counts a null, too, where it is the same for all rows.
 */
const ofDistinct = (context: Context, scope: Scope, node: AggregateNode, operand: Sql, written: Sql): Sql => {
  const inside = scope.outer !== null && scope.outer.bound.size > 0
  const fixed = context.dialect.name === 'mysql' && node.operand !== null && isFixedInside(node.operand)
  if (!node.distinct || !(inside || fixed) || !isFamily(context.dialect)) return written
  const none = node.name === 'count' ? ' ELSE 0' : ''
  return noted(
    context,
    'a count tells whether there are values at all',
    sql`(CASE WHEN count(${operand}) > 0 THEN ${written}${none} END)`,
  )
}

/** The call of an aggregate, with what says that it is one over a window. */
const called = (write: Writer, context: Context, scope: Scope, node: AggregateNode, over: Sql): Sql => {
  const { dialect } = context
  const { operand: of, name } = node
  if (of === null && node.filter === null) return sql`count(*)${over}`
  const operand = operandOf(write, context, scope, node, of)
  const type = of?.type ?? node.type
  const distinct = node.distinct ? 'DISTINCT ' : ''
  const statistic = statistics[name]
  if (statistic !== undefined) {
    if (!dialect.features.deviations)
      return failed(
        context,
        unsupported(dialect.name, 'calculate deviations', 'take the mean first, then the mean of squared differences'),
      )
    return sql`${statistic}(${dialect.double(converted(dialect, operand, type, doubleType))})${over}`
  }
  switch (name) {
    case 'avg':
      return ofDistinct(
        context,
        scope,
        node,
        operand,
        sql`avg(${distinct}${dialect.double(summed(dialect, 'avg', operand, type))})${over}`,
      )
    case 'min':
    case 'max':
      return extreme(dialect, name, settled(context, of, operand), type, over, context.strict)
    case 'boolAnd':
      if (dialect.name === 'postgres') return sql`bool_and(${operand})${over}`
      return noted(context, 'all are true where the least of them is', sql`min(${operand})${over}`)
    case 'boolOr':
      if (dialect.name === 'postgres') return sql`bool_or(${operand})${over}`
      return noted(context, 'one is true where the greatest of them is', sql`max(${operand})${over}`)
    default:
      return ofDistinct(
        context,
        scope,
        node,
        operand,
        sql`${name}(${distinct}${summed(dialect, name, operand, type)})${over}`,
      )
  }
}

/** Whether what is grouped by is left out of the row's group. */
const groupingSql = (write: Writer, context: Context, scope: Scope, of: ExprNode | null): Sql =>
  of === null || !context.clause.sets ? sql`(0 + 0)` : sql`grouping(${write.expression(context, scope, of)})`

/** An aggregate over a window: what it looks at stands where the window stands. */
export const windowedSql = (write: Writer, context: Context, scope: Scope, node: AggregateNode, over: Sql): Sql =>
  called(write, context, scope, node, over)

/** An aggregate of a group. */
export const aggregateSql = (write: Writer, context: Context, scope: Scope, node: AggregateNode): Sql => {
  if (!context.clause.aggregates)
    return failed(
      context,
      illFormed('an aggregate stands in a select, having or orderBy of a query, and not inside another one'),
    )
  if (node.name === 'grouping') return groupingSql(write, context, scope, node.operand)
  if (isOuter(scope, [node.operand, node.second, node.filter]))
    return failed(
      context,
      unsupported(context.dialect.name, 'aggregate what an outer row says', 'aggregate a column of the inner query'),
    )
  const operand = (): Sql => operandOf(write, context, scope, node, node.operand)
  return within(context, aboutRows, () => {
    const list = listSql(write, context, scope, node, operand)
    if (list === null) return called(write, context, scope, node, nothing)
    return node.name === 'stringAgg' ? ofDistinct(context, scope, node, operand(), list) : list
  })
}
