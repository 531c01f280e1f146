/**
 * Comparisons: `eq(users.name, 'ed')` or `pipe(users.name, eq('ed'))`. Both sides have one type, or it does not compile; null
 * is asked for with `isNull`.
 */
import type { AnyExpr, Expr, ExprLike, Literal, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import * as node from './node.js'
import { isExprNode } from './node.js'
import type { NameOf, Problem } from './problem.js'
import { booleanType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** `unknown` where two value types can be compared, else the sentence. */
export type Comparable<A, B> = [NonNullable<B>] extends [NonNullable<A>]
  ? unknown
  : [NonNullable<A>] extends [NonNullable<B>]
    ? unknown
    : Problem<`the two sides have different types: ${NameOf<A>} and ${NameOf<B>}`>

/**
 * What stands beside an expression of `A`: an expression that can be compared with it, or a value that is one of its values.
 * Where `B` may be either, both must fit.
 */
export type Operand<A, B> = [Exclude<B, ExprLike>] extends [NonNullable<A>]
  ? Comparable<A, ValueOf<Extract<B, ExprLike>>>
  : Problem<`the two sides have different types: ${NameOf<A>} and ${NameOf<Exclude<B, ExprLike | NonNullable<A>>>}`>

/** The same where the constraint of `B` has seen to the values. */
export type OperandExpr<A, B> = [Extract<B, ExprLike>] extends [never]
  ? unknown
  : Comparable<A, ValueOf<Extract<B, ExprLike>>>

/** A comparison, data-first and data-last: equally strict both ways. */
export interface Comparison {
  <A, S extends string, N extends string, B extends NonNullable<A> | AnyExpr>(
    a: Expr<A, S, N>,
    b: B & OperandExpr<A, B>,
  ): Expr<boolean | NullOf<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
  <B extends Literal | AnyExpr>(
    b: B,
  ): <A, S extends string, N extends string>(
    a: Expr<A, S, N> & Operand<A, B>,
  ) => Expr<boolean | NullOf<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
}

/** A comparison that takes NULL as a value, so that it is never null itself; null may stand on the right. */
export interface NullSafeComparison {
  <A, S extends string, B extends A | null | AnyExpr>(
    a: Expr<A, S, string>,
    b: B & OperandExpr<A, B>,
  ): Expr<boolean, S | SrcOf<B>>
  <B extends Literal | null | AnyExpr>(
    b: B,
  ): <A, S extends string>(a: Expr<A, S, string> & Operand<A, NonNullable<B>>) => Expr<boolean, S | SrcOf<B>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const build = (op: node.CompareOp, a: AnyExpr, b: unknown): AnyExpr => {
  const left = nodeOf(a, isExprNode(b) ? b.type : booleanType)
  const right =
    (op === 'same' || op === 'differs') && b === null ? node.value(null, left.type, true) : operand(b, left.type)
  return expr(node.compare(op, left, right))
}

// The two call shapes of the interface differ in their number of arguments, and `build` serves both.
const comparison = (op: node.CompareOp): Comparison & NullSafeComparison =>
  ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
    args.length === 2 ? build(op, args[0], args[1]) : (a: AnyExpr) => build(op, a, args[0])) as unknown as Comparison &
    NullSafeComparison

/**
 * `a = b`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, table, text, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(from(users), where(eq(users.name, 'ed')))
 * pipe(from(users), where(pipe(users.name, eq('ed'))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const eq: Comparison = comparison('eq')

/**
 * `a <> b`: not true where one of them is null; `isDistinctFrom` is.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, ne } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(ne(literal(5, integer), 2))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const ne: Comparison = comparison('ne')

/**
 * `a < b`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, lt } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(lt(literal(5, integer), 2))({}), E.right(false))
 *
 * @category constructors
 * @since 0.1.0
 */
export const lt: Comparison = comparison('lt')

/**
 * `a <= b`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, lte } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(lte(literal(2, integer), 2))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const lte: Comparison = comparison('lte')

/**
 * `a > b`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { gt, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(gt(literal(5, integer), 2))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const gt: Comparison = comparison('gt')

/**
 * `a >= b`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { gte, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(gte(literal(2, integer), 2))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const gte: Comparison = comparison('gte')

/**
 * `a IS NOT DISTINCT FROM b`: true or false, and two nulls are the same.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, isNotDistinctFrom, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(isNotDistinctFrom(literal(5, integer), 2))({}), E.right(false))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isNotDistinctFrom: NullSafeComparison = comparison('same')

/**
 * `a IS DISTINCT FROM b`: true or false, and two nulls are the same.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, isDistinctFrom, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(isDistinctFrom(literal(5, integer), 2))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isDistinctFrom: NullSafeComparison = comparison('differs')

/**
 * `a BETWEEN low AND high`, both bounds included.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { between, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal(5, integer), between(1, 5)))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const between =
  <L extends Literal | AnyExpr, H extends Literal | AnyExpr>(low: L, high: H) =>
  <A, S extends string, N extends string>(
    a: Expr<A, S, N> & Operand<A, L> & Operand<A, H>,
  ): Expr<
    boolean | NullOf<A> | NullOf<ValueOf<L>> | NullOf<ValueOf<H>>,
    S | SrcOf<L> | SrcOf<H>,
    N | NulOf<L> | NulOf<H>
  > => {
    const left = nodeOf(a)
    return expr(node.between(left, operand(low, left.type), operand(high, left.type)))
  }
