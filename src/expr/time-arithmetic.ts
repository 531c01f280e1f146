/**
 * Arithmetic of dates and times: a time moved by an interval, and how far two are apart.
 */
import { asked } from './asked.js'
import { call } from './call-node.js'
import type { AnyExpr, Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf } from './expr.js'
import { type ExprNode, isExprNode, value } from './node.js'
import type { Problem } from './problem.js'
import { bigintType, countType, dateType, integerType, plainOf, type SqlType, timestamptzType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The units of an interval. */
export type IntervalUnit = 'years' | 'months' | 'weeks' | 'days' | 'hours' | 'minutes' | 'seconds' | 'microseconds'

/** The units in the order in which they are written; the first four move days. */
export const intervalUnits: ReadonlyArray<IntervalUnit> = [
  'years',
  'months',
  'weeks',
  'days',
  'hours',
  'minutes',
  'seconds',
  'microseconds',
]

/** How much of each unit: whole numbers of either sign, or expressions of them. */
export type IntervalAmounts = { readonly [U in IntervalUnit]?: number | Expr<number | null, string, string> }

type Amount<I> = I[keyof I]

type Units<I> = {
  readonly [U in Exclude<keyof I, IntervalUnit>]: Problem<`there is no unit "${U & string}"`>
}

/** A time moved by an interval, data-first and data-last. */
export interface Moved {
  <A extends string | null, S extends string, N extends string, const I extends IntervalAmounts>(
    a: Expr<A, S, N>,
    interval: I & Units<I>,
  ): Expr<string | NullOf<A> | NullOf<ValueOf<Amount<I>>>, S | SrcOf<Amount<I>>, N | NulOf<Amount<I>>>
  <const I extends IntervalAmounts>(
    interval: I & Units<I>,
  ): <A extends string | null, S extends string, N extends string>(
    a: Expr<A, S, N>,
  ) => Expr<string | NullOf<A> | NullOf<ValueOf<Amount<I>>>, S | SrcOf<Amount<I>>, N | NulOf<Amount<I>>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const amountOf = (given: unknown): ExprNode => (isExprNode(given) ? given : value(given, integerType))

/** The units that are given, with their amounts; what is no interval is refused when it is bound. */
const unitsOf = (given: unknown): ReadonlyArray<readonly [IntervalUnit, ExprNode]> => {
  const refused = [['days', value({ refused: given }, integerType)]] as const
  if (typeof given !== 'object' || given === null || isExprNode(given)) return refused
  const held = asked(() => new Map<string, unknown>(Object.entries(given)), new Map([['', given]]))
  const units = intervalUnits.filter((unit) => held.has(unit))
  return units.length === held.size ? units.map((unit) => [unit, amountOf(held.get(unit))] as const) : refused
}

const moved = (a: AnyExpr, interval: unknown): AnyExpr => {
  const of = nodeOf(a, timestamptzType)
  const units = unitsOf(interval)
  const words = units.map(([unit]) => unit).join(' ')
  return expr(call('addInterval', [of, ...units.map(([, amount]) => amount)], plainOf(of.type), { words }))
}

/**
 * The time moved by years and months, then by days, then by the rest. From the 31st, months go to the last day of a shorter
 * month: a month after January 31 is the end of February. An instant is moved in UTC; a day takes no hours.
 *
 * A result outside the years 0001 to 9999 is no value: it cannot be read.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { addInterval, date, integer, table } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const bills = table('bills', { day: date, patience: integer })
 * const row = { day: '2024-01-31', patience: 3 }
 * assert.deepStrictEqual(evaluate(addInterval(bills.day, { months: 1 }))(row), E.right('2024-02-29'))
 * assert.deepStrictEqual(evaluate(addInterval(bills.day, { days: bills.patience }))(row), E.right('2024-02-03'))
 *
 * @category constructors
 * @since 0.1.0
 */
// The two call shapes of the interface differ in their number of arguments, and `moved` serves both.
export const addInterval: Moved = ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
  args.length === 2 ? moved(args[0], args[1]) : (a: AnyExpr) => moved(a, args[0])) as Moved

type TimeValue = string | Expr<string | null, string, string>

const apart =
  <R>(name: 'daysBetween' | 'secondsBetween' | 'microsecondsBetween', type: SqlType<R>, own: SqlType<unknown>) =>
  <B extends TimeValue, E extends TimeValue>(
    begin: B,
    end: E,
  ): Expr<R | NullOf<ValueOf<B>> | NullOf<ValueOf<E>>, SrcOf<B> | SrcOf<E>, NulOf<B> | NulOf<E>> => {
    // A value beside an expression is of its type.
    const beside = [begin, end].find((x) => isExprNode(x))
    const of = isExprNode(beside) ? plainOf(beside.type) : own
    return expr(
      call(
        name,
        [begin, end].map((x) => (isExprNode(x) ? x : value(x, of))),
        type,
      ),
    )
  }

/**
 * The days from one day to another, below zero where the first is the later. Of timestamps take `dateOf` first.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { date, daysBetween, table } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const bills = table('bills', { day: date })
 * assert.deepStrictEqual(evaluate(daysBetween('2024-02-01', bills.day))({ day: '2024-03-01' }), E.right(29))
 *
 * @category constructors
 * @since 0.1.0
 */
export const daysBetween = apart('daysBetween', integerType, dateType)

/**
 * The whole seconds from one instant, or timestamp, to another; what is left over is cut off, towards zero.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, secondsBetween, select, table, timestamptz } from 'relvar'
 *
 * const calls = table('calls', { began: timestamptz, ended: timestamptz })
 * pipe(from(calls), select(secondsBetween(calls.ended, calls.began)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const secondsBetween = apart('secondsBetween', countType, timestamptzType)

/**
 * The microseconds from one instant, or timestamp, to another.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, microsecondsBetween, select, table, timestamptz } from 'relvar'
 *
 * const calls = table('calls', { began: timestamptz, ended: timestamptz })
 * pipe(from(calls), select(microsecondsBetween(calls.ended, calls.began)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const microsecondsBetween = apart('microsecondsBetween', bigintType, timestamptzType)
