/**
 * Comparisons with any or all rows of a query as SQL.
 */
import { hasAggregate, hasWindow } from '../expr/children.js'
import type { QuantifiedNode } from '../expr/node.js'
import { outputsOf } from '../expr/outputs.js'
import { illFormed, unsupported } from './compile-error.js'
import { type Context, failed, nextAlias, type Scope } from './context.js'
import { compared } from './convert.js'
import { innerSql, looked, losesRows } from './nested.js'
import { type Sql, sql } from './sql.js'

export const quantifiedOperators: Readonly<Record<QuantifiedNode['op'], string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/** SQLite has no ANY and no ALL: one look at the rows says whether one decides, and else whether a null could have. */
const counted = (context: Context, node: QuantifiedNode, operand: Sql, rows: Sql): Sql => {
  if (hasAggregate(node.operand) || hasWindow(node.operand))
    return failed(
      context,
      unsupported(
        context.dialect.name,
        `compare ${hasWindow(node.operand) ? 'a window' : 'an aggregate'} with any or all rows of a query`,
        `name the ${hasWindow(node.operand) ? 'rows' : 'groups'} with subquery`,
      ),
    )
  context.notes.add('one look at the rows counts which of them decide')
  const t = nextAlias(context)
  const [output] = outputsOf(node.query)
  const [a, b] = compared(context.dialect, operand, [`${t}.c0`], [node.operand.type, output?.type ?? node.operand.type])
  const truth = sql`(${a} ${quantifiedOperators[node.op]} ${b})`
  const [decides, decided, otherwise] =
    node.quantifier === 'any'
      ? ([sql`max(${truth}) = 1`, '1', '0'] as const)
      : ([sql`min(${truth}) = 0`, '0', '1'] as const)
  return sql`(SELECT CASE WHEN ${decides} THEN ${decided} WHEN count(*) > count(${truth}) THEN NULL ELSE ${otherwise} END FROM (${rows}) AS ${t})`
}

export const quantifiedSql = (context: Context, scope: Scope, node: QuantifiedNode, operand: Sql): Sql => {
  const { query } = node
  const { features, name } = context.dialect
  if (outputsOf(query).length !== 1)
    return failed(context, illFormed(`${node.quantifier}Of takes a query with one output`))
  const limited = query.limit !== null || query.offset !== null
  const written = innerSql(
    context,
    scope,
    query,
    () => context.nested.flat(context, scope, query, null),
    (limited && !features.limitInSubquery && name !== 'sqlite') || losesRows(context, node.operand, query),
  )
  const rows = looked(context, query, written)
  return name === 'sqlite'
    ? counted(context, node, operand, rows)
    : sql`(${operand} ${quantifiedOperators[node.op]} ${node.quantifier === 'any' ? 'ANY' : 'ALL'} (${rows}))`
}
