/**
 * What engines forget of the sides of a set operation where they look for its rows alone.
 */
import type { QueryNode } from '../expr/query-node.js'

/** Whether a side has ties or a limit, which MariaDB forgets or counts otherwise. */
export const losesLimits = (query: QueryNode): boolean =>
  query._tag === 'Select'
    ? query.withTies || query.limit !== null || query.offset !== null
    : losesLimits(query.left) || losesLimits(query.right)

/** Whether a side gives rows once that are there several times. */
const hasOnce = (query: QueryNode): boolean =>
  query._tag === 'Select' ? query.distinct || query.groupBy.length > 0 : hasOnce(query.left) || hasOnce(query.right)

/** Whether rows are taken away from others as often as they are there. */
const takesAway = (query: QueryNode): boolean =>
  query._tag === 'SetOperation' &&
  (query.op === 'exceptAll' || query.offset !== null || takesAway(query.left) || takesAway(query.right))

/**
 * Whether it matters how often a side gives a row: MySQL and MariaDB forget DISTINCT and GROUP BY of the sides inside EXISTS, IN, ANY
 * and ALL.
 */
export const losesDistinct = (query: QueryNode): boolean => takesAway(query) && hasOnce(query)
