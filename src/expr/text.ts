/**
 * Text: patterns, concatenation, case and length.
 */
import type { Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import * as node from './node.js'
import { textType } from './sql-type.js'

type TextExpr = Expr<string | null, string, string>
type TextValue = string | TextExpr

const matching =
  (op: 'like' | 'ilike') =>
  <B extends TextValue>(pattern: B) =>
  <A extends string | null, S extends string, N extends string>(
    a: Expr<A, S, N>,
  ): Expr<boolean | NullOf<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>> =>
    expr(node.like(op, nodeOf(a, textType), operand(pattern, textType)))

/**
 * LIKE, minding case on every engine: `%` is any text, `_` any character, `!` before one of them takes it literally.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { like, table, text } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(users.name, like('%ed'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const like = matching('like')

/**
 * LIKE that takes upper and lower case for one; letters beyond ASCII as the engine folds them (SQLite does not).
 *
 * @category constructors
 * @since 0.1.0
 */
export const ilike = matching('ilike')

const literally = (value: string): string => value.replace(/[!%_]/g, '!$&')

const containing =
  (before: string, after: string) =>
  (value: string) =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<boolean | NullOf<A>, S, N> => {
    // What is no text goes on as it is, so that it is refused with its place when it is bound.
    const pattern: unknown = typeof value === 'string' ? before + literally(value) + after : value
    return expr(node.like('like', nodeOf(a, textType), node.value(pattern, textType)))
  }

/**
 * Whether the text begins with `value`, whose `%` and `_` mean themselves.
 *
 * @category constructors
 * @since 0.1.0
 */
export const startsWith = containing('', '%')

/**
 * Whether the text ends with `value`, whose `%` and `_` mean themselves.
 *
 * @category constructors
 * @since 0.1.0
 */
export const endsWith = containing('%', '')

/**
 * Whether `value` stands in the text; its `%` and `_` mean themselves.
 *
 * @category constructors
 * @since 0.1.0
 */
export const containsText = containing('%', '%')

/**
 * Concatenation; null where one part is null. Of nothing it is the empty text.
 *
 * @example
 * import { concat, table, text } from 'relvar'
 *
 * const users = table('users', { first: text, last: text })
 * concat(users.first, ' ', users.last)
 *
 * @category constructors
 * @since 0.1.0
 */
export const concat = <Es extends ReadonlyArray<TextValue>>(
  ...es: Es
): Expr<string | NullOf<ValueOf<Es[number]>>, SrcOf<Es[number]>, NulOf<Es[number]>> =>
  expr(node.concat(es.map((e) => operand(e, textType))))

const ofText =
  (name: 'lower' | 'upper') =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<string | NullOf<A>, S, N> =>
    expr(node.call(name, operand(a, textType)))

/**
 * The text in lower case: the letters A to Z on every engine, others as the engine folds them (SQLite does not).
 *
 * @category constructors
 * @since 0.1.0
 */
export const lower = ofText('lower')

/**
 * The text in upper case: the letters a to z on every engine, others as the engine folds them (SQLite does not).
 *
 * @category constructors
 * @since 0.1.0
 */
export const upper = ofText('upper')

/**
 * The number of characters (code points).
 *
 * @category constructors
 * @since 0.1.0
 */
export const charLength = <A extends string | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N> => expr(node.call('charLength', operand(a, textType)))
