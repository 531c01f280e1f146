/**
 * `Expr<A, S, N>`, the typed face of an expression, and the way between it and the node behind it.
 */
import { type ColumnNode, type ExprNode, isExprNode, value } from './node.js'
import { beside, booleanType, type SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const ExprT: unique symbol

/**
 * An expression with a value of type `A` that mentions the sources `S`; where one of the sources `N` is absent (the null side
 * of an outer join, the empty group of an aggregate), it is null.
 */
export interface Expr<out A, out S extends string = never, out N extends string = never> {
  readonly [ExprT]: { readonly value: A; readonly sources: S; readonly nulls: N }
}

/** What every expression has, whatever its types are: code that is generic in an expression's sources can decide this. */
export interface ExprLike {
  readonly [ExprT]: unknown
}

/** Any expression at all. */
export type AnyExpr = Expr<unknown, string, string>
/** What stands for itself where an expression is expected. */
export type Literal = string | number | bigint | boolean | object
/** The value type of an expression, or of a literal. */
export type ValueOf<T> = T extends { readonly [ExprT]: { readonly value: infer A } } ? A : T
/** The sources that an expression mentions. */
export type SrcOf<T> = T extends { readonly [ExprT]: { readonly sources: infer S extends string } } ? S : never
/** The sources whose absence makes an expression null. */
export type NulOf<T> = T extends { readonly [ExprT]: { readonly nulls: infer N extends string } } ? N : never
/** `null` where `A` has it. */
export type NullOf<A> = null extends A ? null : never
/** The source name of the empty group: an ungrouped aggregate has no row to look at. */
export type Empty = '(empty group)'

// -------------------------------------------------------------------------------------
// destructors and constructors (internal)
// -------------------------------------------------------------------------------------

/**
 * The node behind an expression. What an untyped caller gives instead becomes a parameter of a type that it does not fit, so it is
 * refused, with its place, when it is bound.
 */
export const nodeOf = (e: AnyExpr, type: SqlType<unknown> = booleanType): ExprNode => {
  const given: unknown = e
  return isExprNode(given) ? given : value({ refused: given }, type)
}

// The type parameters have no counterpart at run time: each public constructor states those that its signature proves.
export const expr = <A, S extends string, N extends string>(node: ExprNode): Expr<A, S, N> =>
  node as unknown as Expr<A, S, N>

/** The column node behind an expression, or null where it is another expression. */
export const columnOf = (e: AnyExpr): ColumnNode | null => {
  const node = nodeOf(e)
  return isExprNode(node) && node._tag === 'Column' ? node : null
}

/** An expression as it is, anything else as a bound value beside one of the given type: no other way leads from a value to a node. */
export const operand = (x: unknown, type: SqlType<unknown>): ExprNode => (isExprNode(x) ? x : value(x, beside(x, type)))

/**
 * An untyped caller may give anything where an expression belongs; a bound value then refuses itself when it is encoded. A boolean
 * does, too: `users.id !== id` compares objects in JavaScript, and would keep every row.
 */
export const criterion = (x: unknown, type: SqlType<unknown>): ExprNode =>
  operand(typeof x === 'boolean' ? { refused: x } : x, type)

/** A value that no type takes: what stands for something that an untyped caller left out, so that it is refused when it is bound. */
export const refusedValue: unique symbol = Symbol('nothing was given')
