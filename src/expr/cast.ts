/**
 * CAST, where it means one thing on every engine.
 */
import { call } from './call-node.js'
import type { ColumnSpec } from './column.js'
import type { AnyExpr, Expr, NullOf } from './expr.js'
import { expr, nodeOf } from './expr.js'
import { value } from './node.js'
import { type SqlType, textType } from './sql-type.js'

/** The name of the cast in the catalogue. */
export type CastFunction = 'cast'

/** A cast, data-first and data-last. */
export interface Cast {
  <A, S extends string, N extends string, B>(
    a: Expr<A, S, N>,
    type: ColumnSpec<B>,
  ): Expr<NonNullable<B> | NullOf<A>, S, N>
  <B>(
    type: ColumnSpec<B>,
  ): <A, S extends string, N extends string>(a: Expr<A, S, N>) => Expr<NonNullable<B> | NullOf<A>, S, N>
}

/** The type that a column specification holds, or null where an untyped caller gave something else: no JSON has functions. */
const typeOf = (spec: unknown): SqlType<unknown> | null => {
  if (typeof spec !== 'object' || spec === null || !('type' in spec)) return null
  const { type } = spec
  // What has a tag and a function to encode with was made by relvar.
  return typeof type === 'object' && type !== null && 'encode' in type && typeof type.encode === 'function'
    ? (type as SqlType<unknown>)
    : null
}

const made = (a: AnyExpr, spec: unknown): AnyExpr => {
  const type = typeOf(spec)
  // No type takes such an object, so it is refused when it is bound.
  return type === null ? expr(value({ refused: spec }, textType)) : expr(call('cast', [nodeOf(a)], type))
}

/**
 * The value as another type, where all engines agree what that is: whole numbers as wider ones, doubles, decimals or text; decimals
 * as decimals of more digits, or of fewer after the point (halves away from zero); booleans as integers; days as the instants at
 * which they begin; booleans, days, UUIDs and enumerations as text. The rest is refused with what to use instead: `round`, `truncate`,
 * `ne(n, 0)`, or a codec that parses.
 *
 * @param type the column specification of the wanted type
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { bigint, cast, concat, integer, mul, table, text } from 'relvar'
 *
 * const orders = table('orders', { id: integer, cents: integer })
 * mul(pipe(orders.cents, cast(bigint)), 1000000n)
 * concat('order ', pipe(orders.id, cast(text)))
 *
 * @category constructors
 * @since 0.1.0
 */
// The two call shapes of the interface differ in their number of arguments, and `made` serves both.
export const cast: Cast = ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
  args.length === 2 ? made(args[0], args[1]) : (a: AnyExpr) => made(a, args[0])) as unknown as Cast
