/**
 * Queries of which only the existence of a row is asked.
 */
import { aggregate } from '../expr/call-node.js'
import { isNull } from '../expr/node.js'
import type { QueryNode, SelectNode, SetNode } from '../expr/query-node.js'
import { type Context, failed, nextAlias, noted, type Scope } from './context.js'
import { isFamily } from './dialect.js'
import { isGrouped } from './grouping.js'
import { withPlace } from './keyset.js'
import { lockProblem } from './lock.js'
import { derivedIn, flatSql, partProblem, selectSql } from './select.js'
import { sidesProblem } from './set-operation.js'
import { losesDistinct, losesLimits } from './set-sides.js'
import { type Sql, sql } from './sql.js'

/** MySQL and MariaDB forget GROUP BY inside EXISTS, and OFFSET then skips rows of one group; they do not where HAVING asks something. */
const keepingGroups = ({ dialect }: Context, query: SelectNode): SelectNode =>
  isFamily(dialect) && query.groupBy.length > 0 && query.offset !== null && query.having === null
    ? { ...query, having: isNull(aggregate('count', null), true) }
    : query

/** Whether there is a row where one of two sides has one: MariaDB forgets limits and orders of the sides, but not where each is asked. */
const isEither = ({ dialect }: Context, { op, limit, offset }: SetNode): boolean =>
  dialect.name === 'mariadb' && (op === 'union' || op === 'unionAll') && limit === null && offset === null

const eitherSql = (context: Context, outer: Scope, query: SetNode): Sql => {
  const problem = sidesProblem(context, query)
  if (problem !== null) return failed(context, problem)
  const [left, right] = [query.left, query.right].map((side) => sql`EXISTS (${existenceSql(context, outer, side)})`)
  const either = sql`SELECT 1 FROM DUAL WHERE (${left ?? []} OR ${right ?? []})`
  return noted(context, 'each side of the union is asked for a row', either)
}

/** A query of which only the existence of a row is asked. */
export const existenceSql = (context: Context, outer: Scope, query: QueryNode): Sql => {
  if (query._tag === 'SetOperation') {
    if (isEither(context, query)) return eitherSql(context, outer, query)
    const rows = flatSql(context, outer, query, null)
    return (context.dialect.name === 'mariadb' && losesLimits(query)) ||
      (isFamily(context.dialect) && losesDistinct(query))
      ? derivedIn(context, query, sql`SELECT 1 FROM (${rows}) AS ${nextAlias(context)}`)
      : rows
  }
  const problem = lockProblem(query, 'nested') ?? partProblem(context, query)
  if (problem !== null) return failed(context, problem)
  // SQLite, MySQL and MariaDB forget DISTINCT inside EXISTS, and OFFSET then skips rows that are the same.
  if ((query.distinct || query.distinctOn.length > 0) && query.offset !== null) {
    const inner = flatSql(context, outer, { ...query, includes: [] }, null)
    const apart = derivedIn(context, query, sql`SELECT 1 FROM (${inner}) AS ${nextAlias(context)}`)
    return noted(context, 'the distinct rows are a derived table, so that the offset counts them', apart)
  }
  // What is grouped or distinct is counted as it comes: an ungrouped aggregate gives its row whatever there is.
  // Ties add rows to others: MariaDB forgets the order there, without which it knows none.
  if (isGrouped(query) || query.distinct)
    return flatSql(context, outer, { ...keepingGroups(context, query), includes: [], withTies: false }, null)
  // Whether there is a row depends on no order: the first of each kind is one, and so is the last of those before a place.
  const { body, limit } = selectSql(context, outer, {
    ...withPlace(query),
    keyset: null,
    distinctOn: [],
    withTies: false,
  })
  return sql`SELECT 1${body}${limit}`
}
