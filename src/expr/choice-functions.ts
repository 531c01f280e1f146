/**
 * Functions that choose between values of one type.
 */
import { call } from './call-node.js'
import type { OperandExpr } from './comparison.js'
import type { AnyExpr, Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { isExprNode } from './node.js'
import { booleanType, unified } from './sql-type.js'

/** The functions that choose, as relvar knows them. */
export type ChoiceFunction = 'greatest' | 'least' | 'nullIf'

/** A choice of several values: null where one of them is null, on every engine. */
export interface Choice {
  <A, S extends string, N extends string, const Bs extends ReadonlyArray<NonNullable<A> | AnyExpr>>(
    a: Expr<A, S, N>,
    ...others: Bs & { readonly [K in keyof Bs]: OperandExpr<A, Bs[K]> }
  ): Expr<NonNullable<A> | NullOf<A> | NullOf<ValueOf<Bs[number]>>, S | SrcOf<Bs[number]>, N | NulOf<Bs[number]>>
}

const choosing =
  (name: 'greatest' | 'least') =>
  (a: AnyExpr, ...others: ReadonlyArray<unknown>): AnyExpr => {
    const first = nodeOf(a, others.find(isExprNode)?.type ?? booleanType)
    const operands = [first, ...others.map((other) => operand(other, first.type))]
    const type = operands.reduce((all, e) => unified(all, e.type) ?? all, first.type)
    // One value is the greatest and the least of itself, and no engine's function takes one alone.
    return others.length === 0 ? expr(first) : expr(call(name, operands, type))
  }

/**
 * The greatest of several values; null where one of them is null.
 *
 * @example
 * import { greatest, integer, table } from 'relvar'
 *
 * const users = table('users', { score: integer, bonus: integer })
 * greatest(users.score, users.bonus, 0)
 *
 * @category constructors
 * @since 0.1.0
 */
// `choosing` knows no types; the interface states what follows from those of its arguments.
export const greatest: Choice = choosing('greatest') as Choice

/**
 * The least of several values; null where one of them is null.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, least, literal } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(least(literal(5, integer), 2, 9))({}), E.right(2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const least: Choice = choosing('least') as Choice

/**
 * Null where the two are equal, else the first.
 *
 * @example
 * import { nullIf, table, text } from 'relvar'
 *
 * const users = table('users', { nickname: text })
 * nullIf(users.nickname, '')
 *
 * @category constructors
 * @since 0.1.0
 */
export const nullIf = <A, S extends string, N extends string, B extends NonNullable<A> | AnyExpr>(
  a: Expr<A, S, N>,
  b: B & OperandExpr<A, B>,
): Expr<A | null, S | SrcOf<B>, N | NulOf<B>> => {
  const left = nodeOf(a, isExprNode(b) ? b.type : booleanType)
  return expr(call('nullIf', [left, operand(b, left.type)], left.type, { nulls: 'may' }))
}
