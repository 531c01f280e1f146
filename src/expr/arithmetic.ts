/**
 * Arithmetic of numbers, of bigints and of decimals, which do not mix. Division by zero is null, on every engine.
 */
import type { Decimal } from './decimal.js'
import type { AnyExpr, Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import * as node from './node.js'
import type { Operand, OperandExpr } from './comparison.js'
import { integerType } from './sql-type.js'

type Numeric = number | bigint | Decimal
type Widened<A> = A extends number ? number : A extends bigint ? bigint : A extends Decimal ? Decimal : A

/** An arithmetic operator, data-first and data-last. */
export interface Arithmetic {
  <A extends Numeric | null, S extends string, N extends string, B extends NonNullable<A> | AnyExpr>(
    a: Expr<A, S, N>,
    b: B & OperandExpr<A, B>,
  ): Expr<Widened<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
  <B extends Numeric | Expr<Numeric | null, string, string>>(
    b: B,
  ): <A extends Numeric | null, S extends string, N extends string>(
    a: Expr<A, S, N> & Operand<A, B>,
  ) => Expr<Widened<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
}

/** A division: null where the divisor is zero. */
export interface Division {
  <A extends Numeric | null, S extends string, N extends string, B extends NonNullable<A> | AnyExpr>(
    a: Expr<A, S, N>,
    b: B & OperandExpr<A, B>,
  ): Expr<Widened<A> | null, S | SrcOf<B>, N | NulOf<B>>
  <B extends Numeric | Expr<Numeric | null, string, string>>(
    b: B,
  ): <A extends Numeric | null, S extends string, N extends string>(
    a: Expr<A, S, N> & Operand<A, B>,
  ) => Expr<Widened<A> | null, S | SrcOf<B>, N | NulOf<B>>
}

const build = (op: node.ArithmeticOp, a: AnyExpr, b: unknown): AnyExpr => {
  const left = nodeOf(a, integerType)
  // An aggregate's count is whole, so the integers beside it are integers.
  return expr(node.arithmetic(op, left, operand(b, left.type._tag === 'Count' ? integerType : left.type)))
}

// The two call shapes of the interfaces differ in their number of arguments, and `build` serves both.
const operator = (op: node.ArithmeticOp): Arithmetic & Division =>
  ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
    args.length === 2 ? build(op, args[0], args[1]) : (a: AnyExpr) => build(op, a, args[0])) as Arithmetic & Division

/**
 * `a + b`.
 *
 * @example
 * import { add, integer, table } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * add(users.age, 1)
 *
 * @category constructors
 * @since 0.1.0
 */
export const add: Arithmetic = operator('add')

/**
 * `a - b`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, sub } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(sub(literal(5, integer), 2))({}), E.right(3))
 *
 * @category constructors
 * @since 0.1.0
 */
export const sub: Arithmetic = operator('sub')

/**
 * `a * b`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, mul } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(mul(literal(5, integer), 2))({}), E.right(10))
 *
 * @category constructors
 * @since 0.1.0
 */
export const mul: Arithmetic = operator('mul')

/**
 * Whole division, towards zero; null where `b` is zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { intDiv, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(intDiv(literal(-7, integer), 2))({}), E.right(-3))
 *
 * @category constructors
 * @since 0.1.0
 */
export const intDiv: Division = operator('intDiv')

/**
 * The remainder of `intDiv`, with the sign of `a`; null where `b` is zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, mod } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(mod(literal(-7, integer), 2))({}), E.right(-1))
 *
 * @category constructors
 * @since 0.1.0
 */
export const mod: Division = operator('mod')

/**
 * True division, as doubles: `div(7, 2)` is 3.5; null where `b` is zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { div, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(div(literal(7, integer), 2))({}), E.right(3.5))
 *
 * @category constructors
 * @since 0.1.0
 */
export const div = <A extends Numeric | null, S extends string, N extends string, B extends Numeric | AnyExpr>(
  a: Expr<A, S, N>,
  b: B & Operand<A, B>,
): Expr<number | null, S | SrcOf<B>, N | NulOf<B>> => expr(nodeOf(build('div', a, b)))
