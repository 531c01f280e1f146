/**
 * Functions of text: case, length, blanks at the ends, and texts joined by a separator.
 */
import { call } from './call-node.js'
import type { Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { isExprNode } from './node.js'
import { integerType, textType } from './sql-type.js'
import type { TextPartFunction } from './text-parts.js'
import type { TextSearchFunction } from './text-search.js'

/** The functions of text that relvar knows. */
export type TextFunction =
  | 'lower'
  | 'upper'
  | 'charLength'
  | 'byteLength'
  | 'trim'
  | 'ltrim'
  | 'rtrim'
  | 'concatWs'
  | TextPartFunction
  | TextSearchFunction

const ofText =
  (name: 'lower' | 'upper' | 'trim' | 'ltrim' | 'rtrim') =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<string | NullOf<A>, S, N> =>
    expr(call(name, [nodeOf(a, textType)], textType))

// -------------------------------------------------------------------------------------
// case
// -------------------------------------------------------------------------------------

/**
 * The text in lower case: the letters A to Z on every engine, others as the engine folds them (SQLite does not).
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, lower, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(lower(literal('Ed', text)))({}), E.right('ed'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const lower = ofText('lower')

/**
 * The text in upper case: the letters a to z on every engine, others as the engine folds them (SQLite does not).
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, text, upper } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(upper(literal('Ed', text)))({}), E.right('ED'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const upper = ofText('upper')

// -------------------------------------------------------------------------------------
// length
// -------------------------------------------------------------------------------------

/**
 * The number of characters (code points).
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { charLength, literal, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(charLength(literal('Ed', text)))({}), E.right(2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const charLength = <A extends string | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N> => expr(call('charLength', [nodeOf(a, textType)], integerType))

/**
 * The number of bytes of the text in UTF-8.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { byteLength, literal, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(byteLength(literal('é🐍', text)))({}), E.right(6))
 *
 * @category constructors
 * @since 0.1.0
 */
export const byteLength = <A extends string | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N> => expr(call('byteLength', [nodeOf(a, textType)], integerType))

// -------------------------------------------------------------------------------------
// blanks
// -------------------------------------------------------------------------------------

/**
 * The text without the blanks (U+0020 alone: no tabs, no line breaks) at both ends.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, text, trim } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(trim(literal(' ed ', text)))({}), E.right('ed'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const trim = ofText('trim')

/**
 * The text without the blanks at its beginning.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, ltrim, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(ltrim(literal(' ed ', text)))({}), E.right('ed '))
 *
 * @category constructors
 * @since 0.1.0
 */
export const ltrim = ofText('ltrim')

/**
 * The text without the blanks at its end.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { literal, rtrim, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(rtrim(literal(' ed ', text)))({}), E.right(' ed'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const rtrim = ofText('rtrim')

// -------------------------------------------------------------------------------------
// joining
// -------------------------------------------------------------------------------------

type TextValue = string | Expr<string | null, string, string>

/**
 * The parts that are there with the separator between them: nulls are left out, of nothing but nulls it is the empty text. Null
 * where the separator is.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { concatWs, nullable, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const people = table('people', { first: text, middle: nullable(text), last: text })
 * const name = concatWs(' ', people.first, people.middle, people.last)
 * assert.deepStrictEqual(evaluate(name)({ first: 'Ed', middle: null, last: 'Jones' }), E.right('Ed Jones'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const concatWs = <B extends TextValue, Es extends readonly [TextValue, ...ReadonlyArray<TextValue>]>(
  separator: B,
  ...parts: Es
): Expr<string | NullOf<ValueOf<B>>, SrcOf<B> | SrcOf<Es[number]>, NulOf<B>> =>
  expr(
    call(
      'concatWs',
      [separator, ...parts].map((part) => operand(part, textType)),
      textType,
      // A part that is null leaves no trace, so only the separator counts.
      { nulls: isExprNode(separator) ? 'may' : 'never' },
    ),
  )
