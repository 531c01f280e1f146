/**
 * Aggregates that make a list of the values of a group, in an order: text, arrays and documents.
 */
import type { AggregateNode } from '../expr/call-node.js'
import type { ExprNode } from '../expr/node.js'
import { canBeNull } from '../expr/outputs.js'
import { unsupported } from './compile-error.js'
import { type Context, describe, failed, noted, type Scope, type Writer } from './context.js'
import { isFamily } from './dialect.js'
import { toJson } from './json-form.js'
import { orderTerm, spelledOrder, termOf } from './order-term.js'
import { join, nothing, type Sql, sql } from './sql.js'

/**
 * The order of the values; what an outer join may leave out may be null. Distinct values are ordered by themselves, as they were
 * written: PostgreSQL takes an order by parameters of its own for another expression.
 */
export const orderWithin = (write: Writer, context: Context, scope: Scope, node: AggregateNode, value: Sql): Sql => {
  const absent = new Set([...scope.bound].flatMap(([name, bound]) => (bound.optional ? [name] : [])))
  const terms = node.orderBy.map((order) => {
    const nullable = canBeNull(order.expr, absent)
    const term = node.distinct ? value : termOf(context, order.expr, write.expression(context, scope, order.expr))
    // Inside of GROUP_CONCAT, a null is ordered as zero or an empty text.
    return nullable && isFamily(context.dialect)
      ? spelledOrder(context, term, order)
      : orderTerm(context, term, order, nullable)
  })
  return terms.length === 0 ? nothing : sql` ORDER BY ${join(terms, ', ')}`
}

/** What stands behind an aggregate that would look at nulls: values alone, and those that its filter lets in. */
export const onlyValues = (
  write: Writer,
  context: Context,
  scope: Scope,
  node: AggregateNode,
  values: ReadonlyArray<Sql>,
): Sql => {
  const filter = node.filter === null ? [] : [write.criterion(context, scope, node.filter, 'filter')]
  return sql` FILTER (WHERE ${join([...values.map((value) => sql`${value} IS NOT NULL`), ...filter], ' AND ')})`
}

const separatorOf = (write: Writer, context: Context, scope: Scope, node: AggregateNode): Sql =>
  node.second === null ? sql`''` : write.operand(context, scope, node.second, 'the separator of stringAgg')

/**
 * DISTINCT takes no separator there but the comma, which values may have inside: their digits have none, and their order. `hex` makes
 * an empty text of NULL.
 */
const distinctInSqlite = (operand: Sql, separator: Sql, { orderBy }: AggregateNode): Sql => {
  const digits = sql`CASE WHEN ${operand} IS NOT NULL THEN hex(${operand}) END`
  const direction = orderBy[0]?.direction === 'desc' ? ' DESC' : ''
  return sql`CAST(unhex(replace(group_concat(DISTINCT ${digits} ORDER BY ${digits}${direction}), ',', hex(${separator}))) AS TEXT)`
}

const stringAggSql = (write: Writer, context: Context, scope: Scope, node: AggregateNode, operand: Sql): Sql => {
  const separator = separatorOf(write, context, scope, node)
  const order = orderWithin(write, context, scope, node, operand)
  const distinct = node.distinct ? 'DISTINCT ' : ''
  switch (context.dialect.name) {
    case 'postgres':
      return sql`string_agg(${distinct}${operand}, ${separator}${order})`
    case 'sqlite':
      return node.distinct
        ? noted(context, 'distinct texts are joined by their digits', distinctInSqlite(operand, separator, node))
        : sql`group_concat(${operand}, ${separator}${order})`
    default:
      // The separator of the language is a literal: each value brings a bound one, and the first is cut off.
      return noted(
        context,
        'each value brings the separator, and the first one is cut off',
        sql`substring(group_concat(${distinct}concat(${separator}, ${operand})${order} SEPARATOR ''), char_length(${separator}) + 1)`,
      )
  }
}

const arrayAggSql = (write: Writer, context: Context, scope: Scope, node: AggregateNode, of: ExprNode): Sql => {
  if (!context.dialect.features.arrays)
    return failed(context, unsupported(context.dialect.name, 'make arrays', 'jsonAgg'))
  const value = write.operand(context, scope, of, describe(node))
  const distinct = node.distinct ? 'DISTINCT ' : ''
  return sql`array_agg(${distinct}${value}${orderWithin(write, context, scope, node, value)})${onlyValues(write, context, scope, node, [value])}`
}

/** A JSON document of the values, each in its form inside JSON; of no values an empty one. */
const jsonAggSql = (write: Writer, context: Context, scope: Scope, node: AggregateNode, of: ExprNode): Sql => {
  const { dialect } = context
  const value = write.operand(context, scope, of, describe(node))
  const form = toJson(dialect, of.type, value)
  const order = orderWithin(write, context, scope, node, value)
  switch (dialect.name) {
    case 'postgres':
      return sql`coalesce(jsonb_agg(${form}${order})${onlyValues(write, context, scope, node, [value])}, CAST('[]' AS jsonb))`
    case 'sqlite':
      return sql`json_group_array(${form}${order})${onlyValues(write, context, scope, node, [value])}`
    default: {
      // Neither orders its own word for it, nor leaves anything out: each value is written as it stands in a document.
      const filter =
        node.filter === null ? nothing : sql` AND ${write.criterion(context, scope, node.filter, 'filter')}`
      const text = sql`CASE WHEN ${value} IS NOT NULL${filter} THEN json_extract(json_array(${form}), '$[0]') END`
      const all = sql`concat('[', coalesce(group_concat(${text}${order} SEPARATOR ','), ''), ']')`
      const made = dialect.name === 'mysql' ? sql`CAST(${all} AS JSON)` : all
      return noted(context, 'the values are joined as the text of a document', made)
    }
  }
}

/** An aggregate that makes a list, or null where it is another. */
export const listSql = (
  write: Writer,
  context: Context,
  scope: Scope,
  node: AggregateNode,
  operand: () => Sql,
): Sql | null => {
  const { operand: of } = node
  if (of === null) return null
  switch (node.name) {
    case 'stringAgg':
      return stringAggSql(write, context, scope, node, operand())
    case 'arrayAgg':
      return arrayAggSql(write, context, scope, node, of)
    case 'jsonAgg':
      return jsonAggSql(write, context, scope, node, of)
    default:
      return null
  }
}
