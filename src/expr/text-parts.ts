/**
 * Parts of a text, and texts made of a text: places are counted in characters (code points), from 0.
 */
import { call } from './call-node.js'
import type { Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { integerType, textType } from './sql-type.js'

/** The functions that give a part of a text, or a text made of a text. */
export type TextPartFunction =
  | 'substring'
  | 'indexOf'
  | 'replace'
  | 'takeLeft'
  | 'takeRight'
  | 'lpad'
  | 'rpad'
  | 'repeat'
  | 'reverse'
  | 'literally'

type TextValue = string | Expr<string | null, string, string>
type Place = number | Expr<number | null, string, string>

/** Null where the text or one of the other operands `B` is. */
type Of<R, A, S extends string, N extends string, B> = Expr<
  R | NullOf<A> | NullOf<ValueOf<B>>,
  S | SrcOf<B>,
  N | NulOf<B>
>

/**
 * `length` characters from the place `start`, which counts from 0; without a length, all up to the end. What is before the
 * beginning or beyond the end is left out: a negative start is 0, a negative length too.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, substring, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('wendy', text), substring(1, 3)))({}), E.right('end'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const substring: {
  <B extends Place>(
    start: B,
  ): <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>) => Of<string, A, S, N, B>
  <B extends Place, L extends Place>(
    start: B,
    length: L,
  ): <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>) => Of<string, A, S, N, B | L>
} =
  (start: Place, length?: Place) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<never, S, N> =>
    // The types of the signatures say what the operands of the node mention.
    expr(
      call(
        'substring',
        [
          nodeOf(a, textType),
          operand(start, integerType),
          ...(length === undefined ? [] : [operand(length, integerType)]),
        ],
        textType,
      ),
    )

/**
 * The place at which `needle` first stands in the text, from 0; -1 where it stands nowhere. The empty text stands at 0.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { indexOf, literal, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('🐍 wendy', text), indexOf('end')))({}), E.right(3))
 *
 * @category combinators
 * @since 0.1.0
 */
export const indexOf =
  <B extends TextValue>(needle: B) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Of<number, A, S, N, B> =>
    expr(call('indexOf', [nodeOf(a, textType), operand(needle, textType)], integerType))

/**
 * The text with `by` in each place of `what`, case minded. An empty `what` changes nothing.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, replace, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('abc', text), replace('b', 'x')))({}), E.right('axc'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const replace =
  <B extends TextValue, C extends TextValue>(what: B, by: C) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Of<string, A, S, N, B | C> =>
    expr(call('replace', [nodeOf(a, textType), operand(what, textType), operand(by, textType)], textType))

const taking =
  (name: 'takeLeft' | 'takeRight') =>
  <B extends Place>(count: B) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Of<string, A, S, N, B> =>
    expr(call(name, [nodeOf(a, textType), operand(count, integerType)], textType))

/**
 * The first `count` characters (SQL's LEFT); none where the count is negative.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, takeLeft, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('abc', text), takeLeft(2)))({}), E.right('ab'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const takeLeft = taking('takeLeft')

/**
 * The last `count` characters (SQL's RIGHT); none where the count is negative.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, takeRight, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('abc', text), takeRight(2)))({}), E.right('bc'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const takeRight = taking('takeRight')

const padding =
  (name: 'lpad' | 'rpad') =>
  (length: number, fill = ' ') =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<string | NullOf<A>, S, N> =>
    expr(call(name, [nodeOf(a, textType), operand(length, integerType), operand(fill, textType)], textType))

/**
 * The text with `fill` before it, again and again, up to `length` characters; a longer text is cut there. The length is a number
 * of at most 10,000 and `fill` is not empty (else `InvalidValue`): what is too long for an engine is null on one and an error on
 * another, and so is nothing to fill with.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, lpad, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('7', text), lpad(3, '0')))({}), E.right('007'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const lpad = padding('lpad')

/**
 * The text with `fill` after it, again and again, up to `length` characters; as `lpad`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, rpad, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('7', text), rpad(3, '.')))({}), E.right('7..'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const rpad = padding('rpad')

/**
 * The text so many times; not at all where the number is negative. The number is at most 10,000, as that of `lpad`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, repeat, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('ab', text), repeat(2)))({}), E.right('abab'))
 *
 * @category combinators
 * @since 0.1.0
 */
export const repeat =
  (times: number) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<string | NullOf<A>, S, N> =>
    expr(call('repeat', [nodeOf(a, textType), operand(times, integerType)], textType))

/**
 * The characters in the opposite order. SQLite cannot.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, reverse, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(reverse(literal('abc', text)))({}), E.right('cba'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const reverse = <A extends string | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<string | NullOf<A>, S, N> => expr(call('reverse', [nodeOf(a, textType)], textType))
