/**
 * The functions of relvar that printed code is made of, by the names that it imports them by.
 */
import * as aggregates from '../expr/aggregate.js'
import * as lists from '../expr/aggregate-list.js'
import * as arithmetic from '../expr/arithmetic.js'
import * as arrays from '../expr/array-functions.js'
import * as bits from '../expr/bit-functions.js'
import { cast } from '../expr/cast.js'
import * as choices from '../expr/choice-functions.js'
import * as clauses from '../expr/clauses.js'
import * as codecs from '../expr/column-codec.js'
import * as columns from '../expr/column.js'
import * as server from '../expr/column-server.js'
import * as types from '../expr/column-types.js'
import * as comparison from '../expr/comparison.js'
import { computed } from '../expr/computed.js'
import * as conditional from '../expr/conditional.js'
import * as constraints from '../expr/constraint.js'
import * as ctes from '../expr/cte.js'
import * as frames from '../expr/frame.js'
import * as joins from '../expr/from.js'
import * as groupings from '../expr/grouping-sets.js'
import { include } from '../expr/include.js'
import * as inserts from '../expr/insert.js'
import * as documents from '../expr/json-functions.js'
import * as limits from '../expr/limits.js'
import * as locks from '../expr/lock.js'
import * as logic from '../expr/logic.js'
import * as membership from '../expr/membership.js'
import * as nested from '../expr/nested.js'
import * as numbers from '../expr/number-functions.js'
import * as orders from '../expr/order.js'
import * as params from '../expr/param.js'
import * as quantifiers from '../expr/quantifier.js'
import { sql } from '../expr/raw.js'
import * as rows from '../expr/row-values.js'
import { schema } from '../expr/schema.js'
import { nextValue, sequence } from '../expr/sequence.js'
import * as sets from '../expr/set-operation.js'
import { alias, table, tableIn } from '../expr/table.js'
import * as texts from '../expr/text.js'
import * as textFunctions from '../expr/text-functions.js'
import * as textParts from '../expr/text-parts.js'
import * as textSearch from '../expr/text-search.js'
import * as timeArithmetic from '../expr/time-arithmetic.js'
import * as times from '../expr/time-functions.js'
import * as truths from '../expr/truth-functions.js'
import { values } from '../expr/values.js'
import { view } from '../expr/view.js'
import * as windows from '../expr/window.js'
import * as writes from '../expr/write.js'
import * as cardinalities from '../relations/cardinality.js'
import { countOf } from '../relations/count-of.js'
import * as cursors from '../relations/cursor.js'
import { any } from '../relations/predicates.js'

const { and, or, not, isNull, isNotNull } = logic
const { eq, ne, lt, lte, gt, gte, isNotDistinctFrom, isDistinctFrom, between } = comparison
const { add, sub, mul, div, intDiv, mod } = arithmetic
const { inList, notInList, inQuery } = membership
const { anyOf, allOf } = quantifiers
const { inRows, inQueryRows } = rows
const { caseWhen, coalesce } = conditional
const { like, ilike, startsWith, endsWith, containsText, concat } = texts
const { lower, upper, charLength, byteLength, trim, ltrim, rtrim, concatWs } = textFunctions
const { substring, indexOf, replace, takeLeft, takeRight, lpad, rpad, repeat, reverse } = textParts
const { regexMatches, matches, collate } = textSearch
const { abs, negate, sign, round, roundTo, truncate, truncateDigits, ceil, floor } = numbers
const { sqrt, power, exp, ln, random } = numbers
const { bitAnd, bitOr, bitXor, bitNot, shiftLeft, shiftRight } = bits
const { greatest, least, nullIf } = choices
const { isTrue, isFalse, isNotTrue, isNotFalse } = truths
const { currentTimestamp, currentDate, extract, truncateTo, dateOf, timeOf, toTimestamp, toTimestamptz } = times
const { addInterval, daysBetween, secondsBetween, microsecondsBetween } = timeArithmetic
const { jsonPath, jsonExists, jsonTypeOf, jsonLength, jsonContains, jsonObject, jsonArray } = documents
const { arrayLength, elementAt, arrayContains, arrayContainedBy, arrayOverlaps } = arrays
const { arrayConcat, arrayAppend, arrayPosition, eqAnyElement } = arrays
const { count, countDistinct, sum, avg, min, max, boolAnd, boolOr } = aggregates
const { stddevPop, stddevSamp, varPop, varSamp, grouping, filter, distinctValues } = aggregates
const { stringAgg, jsonAgg, arrayAgg } = lists
const { rowNumber, rank, denseRank, percentRank, cumeDist, ntile } = windows
const { lag, lead, firstValue, lastValue, nthValue, over } = windows
const { rowsBetween, rangeBetween, groupsBetween } = frames
const { unboundedPreceding, currentRow, unboundedFollowing, preceding, following } = frames
const { literal, param, listParam } = params
const { exists, scalar, subquery } = nested
const { cte, withRecursive } = ctes
const { from, innerJoin, leftJoin, rightJoin, fullJoin, crossJoin, lateral, leftLateral } = joins
const { where, present, select, distinct, groupBy, having, orderBy, limit, offset } = clauses
const { limitWithTies, distinctOn } = limits
const { rollup, cube, groupingSets } = groupings
const { forUpdate, forShare } = locks
const { asc, desc, nullsFirst } = orders
const { union, unionAll, intersect, intersectAll, except, exceptAll } = sets
const { insertInto, insertFrom, onConflictDoNothing, onConflictDoUpdate } = inserts
const { update, deleteFrom, set, using, everyRow, returning } = writes
const { many, one, optional } = cardinalities
const { after, before } = cursors
const { nullable, primaryKey, autoIncrement, unique, index, defaultTo, named, onUpdate } = columns
const { serverDefault, identity, generated, comment, collation } = server
const { smallint, integer, bigint, double, real, numeric, boolean, text, varchar, char, enumeration } = types
const { uuid, binary, varbinary, date, time, timestamp, timestamptz, interval, json } = types
const { array, asDate, refine, unsigned } = codecs
const { foreignKey, primaryKeyConstraint, uniqueConstraint, checkConstraint, indexOn } = constraints
const { generatedAs, tableComment } = constraints

/** By the names that `relvar` exports them by. */
export const functions = {
  ...{ and, or, not, isNull, isNotNull, eq, ne, lt, lte, gt, gte, isNotDistinctFrom, isDistinctFrom, between },
  ...{ add, sub, mul, div, intDiv, mod, inList, notInList, inQuery, anyOf, allOf, inRows, inQueryRows },
  ...{ caseWhen, coalesce, like, ilike, startsWith, endsWith, containsText, concat, cast },
  ...{ lower, upper, charLength, byteLength, trim, ltrim, rtrim, concatWs },
  ...{ substring, indexOf, replace, takeLeft, takeRight, lpad, rpad, repeat, reverse },
  ...{ regexMatches, matches, collate, abs, negate, sign, round, roundTo, truncate, truncateDigits, ceil, floor },
  ...{ sqrt, power, exp, ln, random, bitAnd, bitOr, bitXor, bitNot, shiftLeft, shiftRight },
  ...{ greatest, least, nullIf, isTrue, isFalse, isNotTrue, isNotFalse },
  ...{ currentTimestamp, currentDate, extract, truncateTo, dateOf, timeOf, toTimestamp, toTimestamptz },
  ...{ addInterval, daysBetween, secondsBetween, microsecondsBetween },
  ...{ jsonPath, jsonExists, jsonTypeOf, jsonLength, jsonContains, jsonObject, jsonArray },
  ...{ arrayLength, elementAt, arrayContains, arrayContainedBy, arrayOverlaps },
  ...{ arrayConcat, arrayAppend, arrayPosition, eqAnyElement },
  ...{ count, countDistinct, sum, avg, min, max, boolAnd, boolOr, stddevPop, stddevSamp, varPop, varSamp },
  ...{ grouping, filter, distinctValues, stringAgg, jsonAgg, arrayAgg },
  ...{ rowNumber, rank, denseRank, percentRank, cumeDist, ntile, lag, lead, firstValue, lastValue, nthValue, over },
  ...{ rowsBetween, rangeBetween, groupsBetween },
  ...{ unboundedPreceding, currentRow, unboundedFollowing, preceding, following },
  ...{ literal, param, listParam, exists, scalar, subquery, cte, withRecursive, sql, nextValue, sequence },
  ...{ from, innerJoin, leftJoin, rightJoin, fullJoin, crossJoin, lateral, leftLateral },
  ...{ where, present, select, distinct, groupBy, having, orderBy, limit, offset, limitWithTies, distinctOn },
  ...{ rollup, cube, groupingSets, forUpdate, forShare, asc, desc, nullsFirst },
  ...{ union, unionAll, intersect, intersectAll, except, exceptAll },
  ...{ insertInto, insertFrom, onConflictDoNothing, onConflictDoUpdate },
  ...{ update, deleteFrom, set, using, everyRow, returning, include, many, one, optional, countOf, any },
  ...{ after, before, alias, computed, schema, table, tableIn, values, view },
  ...{ nullable, primaryKey, autoIncrement, unique, index, defaultTo, named, onUpdate },
  ...{ serverDefault, identity, generated, comment, collation },
  ...{ smallint, integer, bigint, double, real, numeric, boolean, text, varchar, char, enumeration },
  ...{ uuid, binary, varbinary, date, time, timestamp, timestamptz, interval, json, array, asDate, refine, unsigned },
  ...{ foreignKey, primaryKeyConstraint, uniqueConstraint, checkConstraint, indexOn, generatedAs, tableComment },
}

/** The name of one of them. */
export type Name = keyof typeof functions

/** What a name stands for, called with what it may be given: what comes of it is compared with what is to be printed. */
export const called = (name: Name, args: ReadonlyArray<unknown>): unknown => {
  const f: unknown = functions[name]
  if (typeof f !== 'function') throw new TypeError(`${name} is no function`)
  // They take any arguments at run time, and refuse what they cannot be of in their result.
  return (f as (...given: ReadonlyArray<unknown>) => unknown)(...args)
}
