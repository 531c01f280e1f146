/**
 * Functions of dates and times: now, parts of a time, the beginning of a unit, and the ways between the types.
 */
import { call } from './call-node.js'
import type { AnyExpr, Expr, NullOf } from './expr.js'
import { expr, nodeOf } from './expr.js'
import {
  countType,
  dateType,
  integerType,
  plainOf,
  type SqlType,
  timestampType,
  timestamptzType,
  timeType,
} from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The functions of dates and times that relvar knows. */
export type TimeFunction =
  | 'currentTimestamp'
  | 'currentDate'
  | 'extract'
  | 'truncateTo'
  | 'addInterval'
  | 'daysBetween'
  | 'secondsBetween'
  | 'microsecondsBetween'
  | 'dateOf'
  | 'timeOf'
  | 'toTimestamp'
  | 'toTimestamptz'

/** What `extract` takes out of a date or a time; an instant is looked at in UTC. */
export type TimeField =
  | 'year'
  | 'quarter'
  | 'month'
  | 'day'
  /** Monday is 1, Sunday 7. */
  | 'isoDayOfWeek'
  | 'dayOfYear'
  /** The week of ISO 8601: that of the year's first Thursday is 1. */
  | 'isoWeek'
  /** The year to which `isoWeek` belongs. */
  | 'isoYear'
  | 'hour'
  | 'minute'
  /** Whole seconds of the minute. */
  | 'second'
  /** What is left of the second, 0 to 999,999. */
  | 'microsecond'
  /** Whole seconds since 1970 began; before that below zero. A timestamp is taken for one of UTC. */
  | 'epoch'

/** What `truncateTo` goes back to the beginning of; a week begins on Monday. */
export type TimeUnit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second'

/** The fields that a day has, and those that a time of day has; a timestamp has both. */
export const dayFields: ReadonlyArray<string> = [
  'year',
  'quarter',
  'month',
  'day',
  'isoDayOfWeek',
  'dayOfYear',
  'isoWeek',
  'isoYear',
  'epoch',
] satisfies ReadonlyArray<TimeField>
export const clockFields: ReadonlyArray<string> = [
  'hour',
  'minute',
  'second',
  'microsecond',
] satisfies ReadonlyArray<TimeField>

/** The units that a day can be cut to, and those that only a time of day can. */
export const dayUnits: ReadonlyArray<string> = [
  'year',
  'quarter',
  'month',
  'week',
  'day',
] satisfies ReadonlyArray<TimeUnit>
export const clockUnits: ReadonlyArray<string> = ['hour', 'minute', 'second'] satisfies ReadonlyArray<TimeUnit>

/** A function of one date or time that is told a word, data-first and data-last. */
export interface WithWord<W extends string, R> {
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>, word: W): Expr<R | NullOf<A>, S, N>
  (
    word: W,
  ): <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>) => Expr<R | NullOf<A>, S, N>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * The instant at which the statement began, the same wherever it stands in it. SQLite knows milliseconds alone.
 *
 * In memory the run brings it: `interpret(query, {}, { now: '2012-10-15T12:57:18Z' })`.
 *
 * @example
 * import { addInterval, currentTimestamp, gt, table, timestamptz } from 'relvar'
 *
 * const posts = table('posts', { at: timestamptz })
 * gt(posts.at, addInterval(currentTimestamp, { days: -7 }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const currentTimestamp: Expr<string> = expr(call('currentTimestamp', [], timestamptzType, { nulls: 'never' }))

/**
 * The day of UTC on which the statement began.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentDate, date, from, lt, table, where } from 'relvar'
 *
 * const tasks = table('tasks', { due: date })
 * pipe(from(tasks), where(lt(tasks.due, currentDate)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const currentDate: Expr<string> = expr(call('currentDate', [], dateType, { nulls: 'never' }))

const worded = <W extends string, R>(
  name: 'extract' | 'truncateTo',
  typeOf: (word: string, of: SqlType<unknown>) => SqlType<unknown>,
): WithWord<W, R> => {
  const build = (a: AnyExpr, word: unknown): AnyExpr => {
    const of = nodeOf(a, timestamptzType)
    const said = String(word)
    return expr(call(name, [of], typeOf(said, of.type), { words: said }))
  }
  // The two call shapes differ in their number of arguments, and `build` serves both.
  return ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
    args.length === 2 ? build(args[0], args[1]) : (a: AnyExpr) => build(a, args[0])) as WithWord<W, R>
}

/**
 * A part of a date, a time, a timestamp or an instant (in UTC) as a whole number.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as E from 'fp-ts/lib/Either.js'
 * import { extract, table, timestamptz } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const posts = table('posts', { at: timestamptz })
 * const row = { at: '2012-10-15T12:57:18.000396Z' }
 * assert.deepStrictEqual(evaluate(extract(posts.at, 'year'))(row), E.right(2012))
 * assert.deepStrictEqual(evaluate(pipe(posts.at, extract('isoDayOfWeek')))(row), E.right(1))
 *
 * @category constructors
 * @since 0.1.0
 */
export const extract: WithWord<TimeField, number> = worded('extract', (word) =>
  word === 'epoch' ? countType : integerType,
)

/**
 * The beginning of the unit: `truncateTo('month')` of a day is the first of its month. An instant is looked at in UTC.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { date, table, truncateTo } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const posts = table('posts', { day: date })
 * assert.deepStrictEqual(evaluate(truncateTo(posts.day, 'quarter'))({ day: '2012-05-20' }), E.right('2012-04-01'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const truncateTo: WithWord<TimeUnit, string> = worded('truncateTo', (_, of) => plainOf(of))

const converted =
  (name: 'dateOf' | 'timeOf' | 'toTimestamp' | 'toTimestamptz', type: SqlType<string>, beside: SqlType<string>) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<string | NullOf<A>, S, N> =>
    expr(call(name, [nodeOf(a, beside)], type))

/**
 * The day of a timestamp, or of an instant in UTC.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { dateOf, literal, timestamp } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(dateOf(literal('2012-10-15T12:57:18.000000', timestamp)))({}), E.right('2012-10-15'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const dateOf = converted('dateOf', dateType, timestampType)

/**
 * The time of day of a timestamp, or of an instant in UTC.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, timeOf, timestamp } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(timeOf(literal('2012-10-15T12:57:18.000000', timestamp)))({}), E.right('12:57:18.000000'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const timeOf = converted('timeOf', timeType, timestampType)

/**
 * The midnight at which a day begins, or what a clock of UTC shows at an instant.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { date, literal, toTimestamp } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(toTimestamp(literal('2012-10-15', date)))({}), E.right('2012-10-15T00:00:00.000000'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const toTimestamp = converted('toTimestamp', timestampType, dateType)

/**
 * The instant at which a clock of UTC shows the timestamp, or at which the day begins there.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { date, literal, toTimestamptz } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(toTimestamptz(literal('2012-10-15', date)))({}), E.right('2012-10-15T00:00:00.000000Z'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const toTimestamptz = converted('toTimestamptz', timestamptzType, timestampType)
