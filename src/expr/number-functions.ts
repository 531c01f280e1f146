/**
 * Functions of numbers: sign, rounding, roots and powers.
 *
 * What is exact means the same to the last digit on every engine; `power`, `exp` and `ln` are the engine's own, to about fifteen digits.
 */
import type { BitFunction } from './bit-functions.js'
import { call } from './call-node.js'
import type { CastFunction } from './cast.js'
import type { ChoiceFunction } from './choice-functions.js'
import type { Decimal } from './decimal.js'
import type { AnyExpr, Expr, NullOf, NulOf, SrcOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import type { ExprNode } from './node.js'
import { value } from './node.js'
import { decimalType, doubleType, integerType, type SqlType } from './sql-type.js'
import type { TruthFunction } from './truth-functions.js'

/** The functions of numbers that relvar knows. */
export type NumberFunction = MathFunction | BitFunction | ChoiceFunction | TruthFunction | CastFunction

/** Those of this file. */
export type MathFunction =
  | 'abs'
  | 'negate'
  | 'sign'
  | 'round'
  | 'truncate'
  | 'ceil'
  | 'floor'
  | 'sqrt'
  | 'power'
  | 'exp'
  | 'ln'
  | 'random'

/** What numbers are in TypeScript: decimals are text there. */
type Numeric = number | bigint | Decimal
type Binary = number | bigint
type Widened<A> = A extends number ? number : A extends bigint ? bigint : A extends Decimal ? Decimal : A

// -------------------------------------------------------------------------------------
// sign
// -------------------------------------------------------------------------------------

/**
 * The value without its sign.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { abs, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(abs(literal(-2, integer)))({}), E.right(2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const abs = <A extends Numeric | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<Widened<A>, S, N> => {
  const of = nodeOf(a, integerType)
  return expr(call('abs', [of], of.type))
}

/**
 * The value with the other sign.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { double, from, negate, select, table } from 'relvar'
 *
 * const rows = table('rows', { x: double })
 * pipe(from(rows), select(negate(rows.x)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const negate = <A extends Numeric | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<Widened<A>, S, N> => {
  const of = nodeOf(a, integerType)
  return expr(call('negate', [of], of.type))
}

/**
 * -1, 0 or 1, as the value is below, at or above zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, sign } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(sign(literal(-7, integer)))({}), E.right(-1))
 *
 * @category constructors
 * @since 0.1.0
 */
export const sign = <A extends Numeric | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N> => expr(call('sign', [nodeOf(a, integerType)], integerType))

// -------------------------------------------------------------------------------------
// rounding
// -------------------------------------------------------------------------------------

type Rounding = 'round' | 'truncate' | 'ceil' | 'floor'

/** Numbers without a fraction: rounding leaves them alone. */
const isWhole = ({ _tag }: SqlType<unknown>): boolean =>
  _tag === 'Integer' ||
  _tag === 'BigInt' ||
  _tag === 'SmallInt' ||
  _tag === 'Count' ||
  _tag === 'Unsigned' ||
  _tag === 'UnsignedBigInt'

/** A decimal that was rounded may have one digit more before its point: 9.9 is 10. */
const roundedType = (type: SqlType<unknown>, digits: number): SqlType<unknown> =>
  type._tag === 'Numeric'
    ? decimalType(type.precision === null ? null : type.precision - type.scale + digits + 1, digits, type.storedAs)
    : doubleType

const mostDigits = 30

/** The digits of the result are in its type, so they are no value and nothing is bound for them. */
const rounding = (name: Rounding, a: AnyExpr, digits: unknown): ExprNode => {
  const of = nodeOf(a, integerType)
  if (typeof digits !== 'number' || !Number.isInteger(digits) || digits < 0 || digits > mostDigits)
    // No type takes such an object, so it is refused when it is bound.
    return value({ refused: digits }, of.type)
  if (isWhole(of.type) || (of.type._tag === 'Numeric' && digits >= of.type.scale)) return of
  // The fraction of a double has no decimal digits to keep: the compiler refuses what asks for them.
  return call(name, [of], roundedType(of.type, digits), { words: String(digits) })
}

const rounded =
  (name: Rounding) =>
  <A extends Numeric | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<Widened<A>, S, N> =>
    expr(rounding(name, a, 0))

const roundedTo =
  (name: Rounding) =>
  (digits: number) =>
  <A extends Decimal | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<Widened<A>, S, N> =>
    expr(rounding(name, a, digits))

/**
 * The nearest whole number, halves away from zero: of decimals, exactly. Doubles are refused: engines round their halves differently.
 *
 * @example
 * import { numeric, round, table } from 'relvar'
 *
 * const items = table('items', { price: numeric(10, 2) })
 * round(items.price)
 *
 * @category constructors
 * @since 0.1.0
 */
export const round = rounded('round')

/**
 * The nearest decimal of so many digits after the point, halves away from zero.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { mul, numeric, roundTo, table } from 'relvar'
 *
 * const items = table('items', { price: numeric(10, 2), rate: numeric(4, 3) })
 * pipe(mul(items.price, items.rate), roundTo(2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const roundTo = roundedTo('round')

/**
 * The value without its fraction.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { double, literal, truncate } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(truncate(literal(-1.8, double)))({}), E.right(-1))
 *
 * @category constructors
 * @since 0.1.0
 */
export const truncate = rounded('truncate')

/**
 * The decimal without its digits after the first so many behind the point.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, numeric, select, table, truncateDigits } from 'relvar'
 *
 * const rows = table('rows', { x: numeric(8, 4) })
 * pipe(from(rows), select(truncateDigits(2)(rows.x)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const truncateDigits = roundedTo('truncate')

/**
 * The least whole number that is not below the value.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { ceil, double, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(ceil(literal(1.2, double)))({}), E.right(2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const ceil = rounded('ceil')

/**
 * The greatest whole number that is not above the value.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { double, floor, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(floor(literal(-1.2, double)))({}), E.right(-2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const floor = rounded('floor')

// -------------------------------------------------------------------------------------
// roots and powers, as doubles
// -------------------------------------------------------------------------------------

/**
 * The square root, correctly rounded; null of what is below zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { double, literal, sqrt } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(sqrt(literal(9, double)))({}), E.right(3))
 *
 * @category constructors
 * @since 0.1.0
 */
export const sqrt = <A extends Binary | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | null, S, N> => expr(call('sqrt', [nodeOf(a, integerType)], doubleType, { nulls: 'may' }))

/** A power, data-first and data-last. */
export interface Power {
  <S extends string, N extends string, B extends number | Expr<Binary | null, string, string>>(
    a: Expr<Binary | null, S, N>,
    b: B,
  ): Expr<number | null, S | SrcOf<B>, N | NulOf<B>>
  <B extends number | Expr<Binary | null, string, string>>(
    b: B,
  ): <S extends string, N extends string>(
    a: Expr<Binary | null, S, N>,
  ) => Expr<number | null, S | SrcOf<B>, N | NulOf<B>>
}

const raised = (a: AnyExpr, b: unknown): AnyExpr =>
  expr(call('power', [nodeOf(a, integerType), operand(b, doubleType)], doubleType, { nulls: 'may' }))

/**
 * `a` to the power of `b`; null where there is no such number. The last digits are the engine's own.
 *
 * @example
 * import { double, power, table } from 'relvar'
 *
 * const loans = table('loans', { rate: double, years: double })
 * power(loans.rate, loans.years)
 *
 * @category constructors
 * @since 0.1.0
 */
// The two call shapes of the interface differ in their number of arguments, and `raised` serves both.
export const power: Power = ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
  args.length === 2 ? raised(args[0], args[1]) : (a: AnyExpr) => raised(a, args[0])) as unknown as Power

/**
 * e to the power of the value. The last digits are the engine's own.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { double, exp, from, select, table } from 'relvar'
 *
 * const rows = table('rows', { x: double })
 * pipe(from(rows), select(exp(rows.x)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const exp = <A extends Binary | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N> => expr(call('exp', [nodeOf(a, integerType)], doubleType))

/**
 * The natural logarithm; null of what is not above zero. The last digits are the engine's own.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { double, from, ln, select, table } from 'relvar'
 *
 * const rows = table('rows', { x: double })
 * pipe(from(rows), select(ln(rows.x)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const ln = <A extends Binary | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | null, S, N> => expr(call('ln', [nodeOf(a, integerType)], doubleType, { nulls: 'may' }))

/**
 * A number from 0 to below 1, another one for each row. It has no meaning in memory.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, orderBy, random, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(from(users), orderBy(random()))
 *
 * @category constructors
 * @since 0.1.0
 */
export const random = (): Expr<number> => expr(call('random', [], doubleType, { nulls: 'never' }))
