/**
 * Aggregates. Without groups there may be no row to look at, so all but counts may be null then: the types say so.
 */
import type { AnyExpr, Empty, Expr, NullOf, SrcOf } from './expr.js'
import { expr, nodeOf } from './expr.js'
import * as node from './node.js'
import { integerType } from './sql-type.js'

/**
 * The number of rows, or of values that are not null: a checked JS number, never null.
 *
 * @example
 * import { count, countDistinct, integer, table } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * count()
 * countDistinct(users.age)
 *
 * @category constructors
 * @since 0.1.0
 */
// `E` is no part of the result, lest the place where `count()` stands says what it mentions.
export const count = <E extends AnyExpr = never>(of?: E): Expr<number, SrcOf<E>> =>
  expr(node.aggregate('count', of === undefined ? null : nodeOf(of), false))

/**
 * The number of different values that are not null.
 *
 * @category constructors
 * @since 0.1.0
 */
export const countDistinct = <S extends string>(of: Expr<unknown, S, string>): Expr<number, S> =>
  expr(node.aggregate('count', nodeOf(of), true))

/**
 * The sum: of integers a checked JS number, of doubles a double, of bigints a decimal string.
 *
 * @category constructors
 * @since 0.1.0
 */
export const sum = <A extends number | bigint | null, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Expr<Sum<A> | NullOf<A>, S, N | Empty> => expr(node.aggregate('sum', nodeOf(of, integerType), false))

type Sum<A> = NonNullable<A> extends bigint ? string : number

/**
 * The mean, a double.
 *
 * @category constructors
 * @since 0.1.0
 */
export const avg = <A extends number | bigint | null, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N | Empty> => expr(node.aggregate('avg', nodeOf(of, integerType), false))

type Ordered = string | number | bigint | null

/**
 * The least value.
 *
 * @category constructors
 * @since 0.1.0
 */
export const min = <A extends Ordered, S extends string, N extends string>(of: Expr<A, S, N>): Expr<A, S, N | Empty> =>
  expr(node.aggregate('min', nodeOf(of, integerType), false))

/**
 * The greatest value.
 *
 * @category constructors
 * @since 0.1.0
 */
export const max = <A extends Ordered, S extends string, N extends string>(of: Expr<A, S, N>): Expr<A, S, N | Empty> =>
  expr(node.aggregate('max', nodeOf(of, integerType), false))
