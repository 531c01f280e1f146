/**
 * Functions of arrays. PostgreSQL has arrays, and so has memory; elsewhere each of these is `Left(Unsupported)`.
 */
import { call } from './call-node.js'
import type { Comparison, Operand } from './comparison.js'
import type { AnyExpr, Expr, Literal, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { type ExprNode, isExprNode, value } from './node.js'
import { arrayType, booleanType, integerType, type SqlType, textType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The functions of arrays that relvar knows. */
export type ArrayFunction =
  | 'arrayLength'
  | 'elementAt'
  | 'arrayContains'
  | 'arrayContainedBy'
  | 'arrayOverlaps'
  | 'arrayConcat'
  | 'arrayAppend'
  | 'arrayPosition'
  | 'eqAnyElement'

type List<E = unknown> = ReadonlyArray<E>
/** The elements of an array's values. */
export type ElementOf<A> = NonNullable<A> extends ReadonlyArray<infer E> ? E : never

const anyArray: SqlType<unknown> = arrayType(textType, true)

const arrayOf = (a: AnyExpr): ExprNode => nodeOf(a, anyArray)

const elementType = (array: ExprNode): SqlType<unknown> => array.type.element ?? textType

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * How many elements an array has; of an array of arrays, how many arrays.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { array, arrayLength, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const posts = table('posts', { tags: array(text) })
 * assert.deepStrictEqual(evaluate(arrayLength(posts.tags))({ tags: ['sql', 'fp'] }), E.right(2))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayLength = <A extends List | null, S extends string, N extends string>(
  a: Expr<A, S, N>,
): Expr<number | NullOf<A>, S, N> => expr(call('arrayLength', [arrayOf(a)], integerType))

/**
 * The element at a place, the first one at 0; null where there is none.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { array, elementAt, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const posts = table('posts', { tags: array(text) })
 * assert.deepStrictEqual(evaluate(elementAt(posts.tags, 0))({ tags: ['sql', 'fp'] }), E.right('sql'))
 *
 * @category constructors
 * @since 0.1.0
 */
export const elementAt = <
  A extends List | null,
  S extends string,
  N extends string,
  B extends number | Expr<number | null, string, string>,
>(
  a: Expr<A, S, N>,
  place: B,
): Expr<ElementOf<A> | null, S | SrcOf<B>, N | NulOf<B>> => {
  const of = arrayOf(a)
  const at = isExprNode(place) ? place : value(place, integerType)
  return expr(call('elementAt', [of, at], elementType(of), { nulls: 'may' }))
}

const related = (name: 'arrayContains' | 'arrayContainedBy' | 'arrayOverlaps'): Comparison => {
  const build = (a: AnyExpr, b: unknown): AnyExpr => {
    const of = nodeOf(a, isExprNode(b) ? b.type : anyArray)
    return expr(call(name, [of, operand(b, of.type)], booleanType))
  }
  // The two call shapes differ in their number of arguments, and `build` serves both.
  return ((...args: readonly [AnyExpr, unknown] | readonly [unknown]) =>
    args.length === 2 ? build(args[0], args[1]) : (a: AnyExpr) => build(a, args[0])) as Comparison
}

/**
 * Whether the first array has each element of the second; a null is none of anyone's elements.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { array, arrayContains, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const posts = table('posts', { tags: array(text) })
 * assert.deepStrictEqual(evaluate(arrayContains(posts.tags, ['fp']))({ tags: ['sql', 'fp'] }), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayContains: Comparison = related('arrayContains')

/**
 * Whether each element of the first array is one of the second.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { array, arrayContainedBy, from, integer, select, table, text } from 'relvar'
 *
 * const posts = table('posts', { id: integer, tags: array(text) })
 * pipe(from(posts), select({ id: posts.id, value: arrayContainedBy(posts.tags, ['a', 'b']) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayContainedBy: Comparison = related('arrayContainedBy')

/**
 * Whether the two arrays have an element in common.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { array, arrayOverlaps, from, integer, select, table, text } from 'relvar'
 *
 * const posts = table('posts', { id: integer, tags: array(text) })
 * pipe(from(posts), select({ id: posts.id, value: arrayOverlaps(posts.tags, ['a', 'b']) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayOverlaps: Comparison = related('arrayOverlaps')

/**
 * The elements of one array, then those of another.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { array, arrayConcat, from, integer, select, table, text } from 'relvar'
 *
 * const posts = table('posts', { id: integer, tags: array(text) })
 * pipe(from(posts), select({ id: posts.id, value: arrayConcat(posts.tags, posts.tags) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayConcat = <
  A extends List | null,
  S extends string,
  N extends string,
  B extends NonNullable<A> | Expr<A | null, string, string>,
>(
  a: Expr<A, S, N>,
  b: B,
): Expr<NonNullable<A> | NullOf<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>> => {
  const of = arrayOf(a)
  return expr(call('arrayConcat', [of, operand(b, of.type)], of.type))
}

/**
 * The array with one more element at its end; null where the element is.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { array, arrayAppend, from, integer, select, table, text } from 'relvar'
 *
 * const posts = table('posts', { id: integer, tags: array(text) })
 * pipe(from(posts), select({ id: posts.id, value: arrayAppend(posts.tags, 'new') }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayAppend = <
  A extends List | null,
  S extends string,
  N extends string,
  B extends NonNullable<ElementOf<A>> | Expr<ElementOf<A> | null, string, string>,
>(
  a: Expr<A, S, N>,
  element: B,
): Expr<NonNullable<A> | NullOf<A> | NullOf<ValueOf<B>>, S | SrcOf<B>, N | NulOf<B>> => {
  const of = arrayOf(a)
  return expr(call('arrayAppend', [of, operand(element, elementType(of))], of.type))
}

/**
 * The first place of an element in an array, from 0; null where it has none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { array, arrayPosition, from, integer, select, table, text } from 'relvar'
 *
 * const posts = table('posts', { id: integer, tags: array(text) })
 * pipe(from(posts), select({ id: posts.id, value: arrayPosition(posts.tags, 'a') }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayPosition = <
  A extends List | null,
  S extends string,
  N extends string,
  B extends NonNullable<ElementOf<A>> | Expr<ElementOf<A> | null, string, string>,
>(
  a: Expr<A, S, N>,
  element: B,
): Expr<number | null, S | SrcOf<B>, N | NulOf<B>> => {
  const of = arrayOf(a)
  return expr(call('arrayPosition', [of, operand(element, elementType(of))], integerType, { nulls: 'may' }))
}

/**
 * `value = ANY(array)`: whether the value is an element of the array; null where only a null could have been it.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { array, eqAnyElement, integer, table } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const games = table('games', { winner: integer, scores: array(integer) })
 * assert.deepStrictEqual(evaluate(eqAnyElement(games.winner, games.scores))({ winner: 3, scores: [1, 3] }), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const eqAnyElement = <A extends Literal | null, S extends string, N extends string, B extends List | AnyExpr>(
  a: Expr<A, S, N>,
  list: B & Operand<List<A>, B>,
): Expr<boolean | NullOf<A> | NullOf<ValueOf<B>> | NullOf<ElementOf<ValueOf<B>>>, S | SrcOf<B>, N | NulOf<B>> => {
  const of = nodeOf(a, textType)
  const nulls = { nulls: 'may' } as const
  return expr(call('eqAnyElement', [of, operand(list, arrayType(of.type, true))], booleanType, nulls))
}
