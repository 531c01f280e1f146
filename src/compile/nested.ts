/**
 * Queries inside expressions: EXISTS, IN, and a query as a value.
 */
import type { ExprNode } from '../expr/node.js'
import type { QueryNode } from '../expr/query-node.js'
import { freeIn, hasAggregate, hasQuery, hasWindow } from '../expr/children.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import { type TypeTag, unified } from '../expr/sql-type.js'
import { illFormed, unsupported } from './compile-error.js'
import { type Context, failed, nextAlias, noted, type Scope } from './context.js'
import { converted, isConverted } from './convert.js'
import { isFamily } from './dialect.js'
import { isGrouped, projected } from './grouping.js'
import { losesDistinct } from './set-sides.js'
import { type Sql, sql } from './sql.js'
import { tableReads } from './table-set.js'

/** Whether a query of a write reads the table that the statement writes. Queries inside of it are part of its answer. */
const readsTarget = (context: Context, scope: Scope, query: QueryNode): boolean =>
  context.target !== null && scope.outer === null && tableReads(query).has(context.target)

/**
 * Whether the query would see rows that the statement has changed already: engines that answer it anew for each row look at the
 * table as it is by then, without a word.
 */
const seesChanges = (context: Context, scope: Scope, query: QueryNode): boolean => {
  const { place, dialect } = context
  if (place === null || !readsTarget(context, scope, query)) return false
  if (place === 'returning') return true
  if (!dialect.seesOwnChanges.includes(place)) return false
  return place === 'values' ? context.manyRows : [...freeIn(query)].some((name) => scope.bound.has(name))
}

/**
 * MySQL 9.7 repeats rows where it makes a join of IN over a derived table inside ON of an outer join, and takes EXISTS and IN of no rows
 * for true there: it is told not to.
 */
const semijoins = (context: Context): string => (context.dialect.name === 'mysql' ? '/*+ NO_SEMIJOIN() */ ' : '')

/** Whether some of the rows that a query reads are taken away from others. */
const readsExcept = (query: QueryNode): boolean =>
  query._tag === 'SetOperation'
    ? query.op === 'except' || query.op === 'exceptAll' || readsExcept(query.left) || readsExcept(query.right)
    : [query.from, ...query.joins.map((one) => one.source)].some(
        (source) => source._tag === 'DerivedSource' && readsExcept(source.query),
      )

/**
 * A query whose rows are looked for, told so inside ON of a join. MySQL 9.7 also takes a join with a derived EXCEPT for one of no rows,
 * and one with the table that is written, where the criterion is never true, for a second use of that table.
 */
export const looked = (context: Context, query: QueryNode, written: Sql): Sql => {
  const hint = semijoins(context)
  const [first, ...more] = written
  const apart = context.on || readsExcept(query) || (context.target !== null && tableReads(query).has(context.target))
  if (!apart || typeof first !== 'string' || !first.startsWith('SELECT ')) return written
  // A derived table is told so already.
  const rest = first.slice('SELECT '.length)
  return rest.startsWith(hint) ? written : [`SELECT ${hint}${rest}`, ...more]
}

/** A query of an expression, where the engine takes it: MySQL reads the table that it writes only in a derived table. */
export const innerSql = (context: Context, scope: Scope, query: QueryNode, write: () => Sql, wraps: boolean): Sql => {
  if (seesChanges(context, scope, query))
    return failed(
      context,
      unsupported(
        context.dialect.name,
        'ask the table that it writes about each row',
        'read the keys first, then write by inList',
      ),
    )
  const written = write()
  const apart = !context.dialect.features.readsOwnTarget && readsTarget(context, scope, query)
  if (!wraps && !apart) return written
  const inside = sql`SELECT ${semijoins(context)}* FROM (${written}) AS ${nextAlias(context)}`
  return noted(context, 'a derived table stands around the subquery', context.nested.derived(context, query, inside))
}

export const existsSql = (context: Context, scope: Scope, query: QueryNode): Sql =>
  sql`(EXISTS (${looked(
    context,
    query,
    innerSql(context, scope, query, () => context.nested.existence(context, scope, query), false),
  )}))`

/** MariaDB does not find the value of a query among groups of another one, but where these are a derived table. */
const losesGroups = ({ dialect }: Context, operand: ExprNode, query: QueryNode): boolean =>
  dialect.name === 'mariadb' && hasQuery(operand) && query._tag === 'Select' && isGrouped(query)

const temporal: ReadonlyArray<TypeTag> = ['Date', 'Time', 'Timestamp', 'TimestampTz']

/** MariaDB says that a time is not among null aggregates or windows, of which nothing is known. */
const losesNulls = (context: Context, operand: ExprNode, query: QueryNode): boolean => {
  if (context.dialect.name !== 'mariadb' || !temporal.includes(operand.type._tag)) return false
  if (query._tag === 'SetOperation')
    return losesNulls(context, operand, query.left) || losesNulls(context, operand, query.right)
  return projected(projectionOf(query)).some((e) => hasAggregate(e) || hasWindow(e))
}

/** Whether the engine finds the rows that are looked for only where these are a derived table. */
export const losesRows = (context: Context, operand: ExprNode, query: QueryNode): boolean =>
  losesGroups(context, operand, query) ||
  losesNulls(context, operand, query) ||
  (isFamily(context.dialect) && losesDistinct(query))

/** `operand IN (query)`, both sides in one scale where the engine keeps numerics as units of their last digit. */
export const inQuerySql = (context: Context, scope: Scope, operand: Sql, node: ExprNode, query: QueryNode): Sql => {
  const { type } = node
  const [output, ...more] = outputsOf(query)
  if (output === undefined || more.length > 0)
    return failed(context, illFormed('inQuery takes a query with one output'))
  const { dialect } = context
  const both = unified(type, output.type)
  const limited = query.limit !== null || query.offset !== null
  // MySQL and MariaDB take no LIMIT there: a derived table is a result of its own.
  const wraps = (limited && !dialect.features.limitInSubquery) || losesRows(context, node, query)
  const rows = (): Sql => {
    const flat = context.nested.flat(context, scope, query, null)
    if (!isConverted(dialect, output.type, both)) return flat
    const t = nextAlias(context)
    return sql`SELECT ${converted(dialect, [`${t}.c0`], output.type, both)} FROM (${flat}) AS ${t}`
  }
  const found = looked(context, query, innerSql(context, scope, query, rows, wraps))
  return sql`(${converted(dialect, operand, type, both)} IN (${found}))`
}

/** Whether the query cannot give two rows, whatever the data are. */
const atMostOneRow = (query: QueryNode): boolean => {
  if (query._tag !== 'Select' || query.groupBy.length > 0) return false
  const projection = projectionOf(query)
  if (projection._tag === 'One') return hasAggregate(projection.expr)
  return (
    projection._tag === 'Record' &&
    projection.fields.some((f) => f.projection._tag === 'One' && hasAggregate(f.projection.expr))
  )
}

/** By this path the driver's errors are told apart: see `classifySqlite`. */
const twoRows = 'a scalar subquery gave two rows'

export const scalarSql = (context: Context, scope: Scope, query: QueryNode): Sql => {
  if (outputsOf(query).length !== 1) return failed(context, illFormed('scalar takes a query with one output'))
  const written = innerSql(context, scope, query, () => context.nested.flat(context, scope, query, null), false)
  if (context.dialect.features.checksScalar || atMostOneRow(query)) return sql`(${written})`
  // SQLite would take the first of two rows without a word: a malformed path is an error that it does raise, and that it quotes.
  const t = nextAlias(context)
  const one = sql`(SELECT CASE WHEN count(*) > 1 THEN json_extract('{}', '${twoRows}') ELSE max(${t}.c0) END FROM (${written}) AS ${t})`
  return noted(context, 'a second row of a scalar subquery is made an error', one)
}
