/**
 * Text: patterns, concatenation, case and length.
 */
import { call } from './call-node.js'
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
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { ilike, literal, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('wendy', text), ilike('WEN%')))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const ilike = matching('ilike')

const literally = (value: string): string => value.replace(/[!%_]/g, '!$&')

/** A value is escaped here, an expression by the engine. What is no text goes on as it is, so that it is refused when it is bound. */
const patternOf = (value: unknown, before: string, after: string): node.ExprNode => {
  if (!node.isExprNode(value))
    return node.value(typeof value === 'string' ? before + literally(value) + after : value, textType)
  const inner = call('literally', [value], textType)
  const around = (text: string): ReadonlyArray<node.ExprNode> => (text === '' ? [] : [node.value(text, textType)])
  return node.concat([...around(before), inner, ...around(after)])
}

const containing =
  (before: string, after: string) =>
  <B extends TextValue>(value: B) =>
  <A extends string | null, S extends string, N extends string>(
    a: Expr<A, S, N>,
  ): Expr<boolean | NullOf<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>> =>
    expr(node.like('like', nodeOf(a, textType), patternOf(value, before, after)))

/**
 * Whether the text begins with `value`, a text or an expression, whose `%` and `_` mean themselves.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, startsWith, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('wendy', text), startsWith('we')))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const startsWith = containing('', '%')

/**
 * Whether the text ends with `value`, a text or an expression, whose `%` and `_` mean themselves.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { endsWith, literal, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('wendy', text), endsWith('dy')))({}), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const endsWith = containing('%', '')

/**
 * Whether `value`, a text or an expression, stands in the text; its `%` and `_` mean themselves.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { containsText, literal, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('wendy', text), containsText('d')))({}), E.right(true))
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
