/**
 * Bits of whole numbers, in two's complement: 32 of an integer, 64 of a bigint; results have a sign on every engine.
 */
import { call } from './call-node.js'
import type { Operand, OperandExpr } from './comparison.js'
import type { AnyExpr, Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { integerType, type SqlType, unified } from './sql-type.js'

/** The functions of bits that relvar knows. */
export type BitFunction = 'bitAnd' | 'bitOr' | 'bitXor' | 'bitNot' | 'shiftLeft' | 'shiftRight'

type Whole = number | bigint
type Widened<A> = A extends number ? number : A extends bigint ? bigint : A

/** An operator of the bits of two whole numbers, data-first and data-last. */
export interface Bits {
  <A extends Whole | null, S extends string, N extends string, B extends NonNullable<A> | AnyExpr>(
    a: Expr<A, S, N>,
    b: B & OperandExpr<A, B>,
  ): Expr<Widened<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
  <B extends Whole | Expr<Whole | null, string, string>>(
    b: B,
  ): <A extends Whole | null, S extends string, N extends string>(
    a: Expr<A, S, N> & Operand<A, B>,
  ) => Expr<Widened<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>>
}

/** A shift, data-first and data-last: null where the number of bits is below zero. */
export interface Shift {
  <A extends Whole | null, S extends string, N extends string, B extends number | Expr<number | null, string, string>>(
    a: Expr<A, S, N>,
    bits: B,
  ): Expr<Widened<A> | null, S | SrcOf<B>, N | NulOf<B>>
  <B extends number | Expr<number | null, string, string>>(
    bits: B,
  ): <A extends Whole | null, S extends string, N extends string>(
    a: Expr<A, S, N>,
  ) => Expr<Widened<A> | null, S | SrcOf<B>, N | NulOf<B>>
}

const combined = (name: 'bitAnd' | 'bitOr' | 'bitXor', a: AnyExpr, b: unknown): AnyExpr => {
  const left = nodeOf(a, integerType)
  const right = operand(b, left.type)
  return expr(call(name, [left, right], unified(left.type, right.type) ?? left.type))
}

// The two call shapes of the interface differ in their number of arguments, and `combined` serves both.
const combining = (name: 'bitAnd' | 'bitOr' | 'bitXor'): Bits =>
  ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
    args.length === 2
      ? combined(name, args[0], args[1])
      : (a: AnyExpr) => combined(name, a, args[0])) as unknown as Bits

/**
 * The bits that both have.
 *
 * @example
 * import { bitAnd, eq, from, integer, table, where } from 'relvar'
 * import { pipe } from 'fp-ts/lib/function.js'
 *
 * const files = table('files', { id: integer, mode: integer })
 * pipe(from(files), where(eq(bitAnd(files.mode, 4), 4)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const bitAnd: Bits = combining('bitAnd')

/**
 * The bits that one of the two has.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { bitOr, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(bitOr(literal(5, integer), 2))({}), E.right(7))
 *
 * @category constructors
 * @since 0.1.0
 */
export const bitOr: Bits = combining('bitOr')

/**
 * The bits that one of the two has, and not the other.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { bitXor, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(bitXor(literal(7, integer), 2))({}), E.right(5))
 *
 * @category constructors
 * @since 0.1.0
 */
export const bitXor: Bits = combining('bitXor')

/**
 * The bits that the value has not: of 7 it is -8.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { bitNot, integer, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(bitNot(literal(5, integer)))({}), E.right(-6))
 *
 * @category constructors
 * @since 0.1.0
 */
export const bitNot = <A extends Whole | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<Widened<A>, S, N> => {
  const of = nodeOf(a, integerType)
  return expr(call('bitNot', [of], of.type))
}

const shifted = (name: 'shiftLeft' | 'shiftRight', a: AnyExpr, bits: unknown): AnyExpr => {
  const of = nodeOf(a, integerType)
  return expr(call(name, [of, operand(bits, integerType)], of.type, { nulls: 'may' }))
}

// As above.
const shifting = (name: 'shiftLeft' | 'shiftRight'): Shift =>
  ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
    args.length === 2 ? shifted(name, args[0], args[1]) : (a: AnyExpr) => shifted(name, a, args[0])) as unknown as Shift

/**
 * The bits, so many places higher: what leaves the number's 32 or 64 bits is lost. Null where the number of places is below zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, shiftLeft } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(shiftLeft(literal(1, integer), 4))({}), E.right(16))
 *
 * @category constructors
 * @since 0.1.0
 */
export const shiftLeft: Shift = shifting('shiftLeft')

/**
 * The bits, so many places lower; the sign stays. Null where the number of places is below zero.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, shiftRight } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(shiftRight(literal(-8, integer), 1))({}), E.right(-4))
 *
 * @category constructors
 * @since 0.1.0
 */
export const shiftRight: Shift = shifting('shiftRight')

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** How many bits the values of a type have. */
export const widthOf = ({ _tag }: SqlType<unknown>): 16 | 32 | 64 =>
  _tag === 'SmallInt' ? 16 : _tag === 'Integer' ? 32 : 64
