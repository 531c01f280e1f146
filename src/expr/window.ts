/**
 * Windows: functions of the rows around a row. `over` says which rows these are; a window that is used twice is a constant with a
 * name.
 */
import type { Aggregate, NullIfEmpty } from './aggregate.js'
import { window, type WindowFunction as FunctionName } from './call-node.js'
import type { OperandExpr } from './comparison.js'
import type { AnyExpr, Empty, Expr, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { frameNode, type Holds, type WindowFrame } from './frame.js'
import { type ExprNode, isExprNode, value } from './node.js'
import { type AnyOrder, type OrderSources, orderNode } from './order.js'
import type { Problem } from './problem.js'
import { booleanType, countType, doubleType, integerType, type SqlType, unified } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const WindowT: unique symbol

/** A function that has a value in a window alone; where one of the sources `N` is absent it is null, as an expression is. */
export interface WindowFunction<out A, out S extends string = never, out N extends string = never> {
  readonly [WindowT]: { readonly value: A; readonly sources: S; readonly nulls: N }
}

/** Which rows a row looks at: those with the same values (all, if nothing is said), in an order, within a frame. */
export interface WindowSpec {
  readonly partitionBy?: ReadonlyArray<AnyExpr>
  readonly orderBy?: ReadonlyArray<AnyOrder>
  readonly frame?: WindowFrame<Holds>
}

/** What stands over a window. */
export type Windowed = Aggregate<unknown, string, string> | WindowFunction<unknown, string, string>

type SourcesOf<W> =
  | (W extends { readonly partitionBy: ReadonlyArray<infer E> } ? SrcOf<E> : never)
  | (W extends { readonly orderBy: ReadonlyArray<infer O> } ? OrderSources<O> : never)

/** `null` for what has no value in a frame without rows. */
type NullIn<W, N extends string> = W extends { readonly frame: WindowFrame<infer H> }
  ? 'maybe none' extends H
    ? NullIfEmpty<N>
    : never
  : never

/** A value over a window: the empty group is gone, since a row is in its own partition. */
export type Over<T, W> = T extends {
  readonly [WindowT]: {
    readonly value: infer A
    readonly sources: infer S extends string
    readonly nulls: infer N extends string
  }
}
  ? Expr<A | NullIn<W, N>, S | SourcesOf<W>, Exclude<N, Empty>>
  : T extends Expr<infer A, infer S, infer N>
    ? Expr<A | NullIn<W, N>, S | SourcesOf<W>, Exclude<N, Empty>>
    : never

/** `unknown` where a function has the order that it counts in, else the sentence. */
export type InOrder<T, W> =
  T extends Aggregate<unknown, string, string>
    ? unknown
    : W extends { readonly orderBy: ReadonlyArray<AnyOrder> }
      ? unknown
      : Problem<'a window function counts rows in an order: over({ orderBy: […] })'>

// -------------------------------------------------------------------------------------
// functions
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/window')

interface FunctionNode {
  readonly [brand]: true
  readonly name: FunctionName
  readonly operands: ReadonlyArray<ExprNode>
  readonly type: SqlType<unknown>
}

// As `expr`: each public constructor states what its signature proves.
const made = <A, S extends string, N extends string>(
  name: FunctionName,
  operands: ReadonlyArray<ExprNode>,
  type: SqlType<unknown>,
): WindowFunction<A, S, N> =>
  Object.freeze({ [brand]: true, name, operands, type }) as unknown as WindowFunction<A, S, N>

/**
 * The number of the row in its partition, from 1. Rows that are ordered alike are numbered as the engine likes.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, from, integer, over, rowNumber, select, table } from 'relvar'
 *
 * const posts = table('posts', { id: integer, authorId: integer })
 * const newestFirst = over({ partitionBy: [posts.authorId], orderBy: [desc(posts.id)] })
 * pipe(from(posts), select({ id: posts.id, nth: pipe(rowNumber(), newestFirst) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const rowNumber = (): WindowFunction<number> => made('rowNumber', [], countType)

/**
 * The number of the first row that is ordered alike: 1, 1, 3.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, from, integer, nullable, over, rank, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), select({ id: users.id, place: pipe(rank(), over({ orderBy: [desc(users.age)] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const rank = (): WindowFunction<number> => made('rank', [], countType)

/**
 * The number of the group of rows that are ordered alike: 1, 1, 2.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { denseRank, from, integer, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(denseRank(), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const denseRank = (): WindowFunction<number> => made('denseRank', [], countType)

/**
 * The rank from 0 to 1, a double.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, over, percentRank, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(percentRank(), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const percentRank = (): WindowFunction<number> => made('percentRank', [], doubleType)

/**
 * Which part of the rows stands before or beside the row, a double up to 1.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { cumeDist, from, integer, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(cumeDist(), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const cumeDist = (): WindowFunction<number> => made('cumeDist', [], doubleType)

/** How many: a whole number, or a parameter. */
export type Told = number | Expr<number>

const told = (n: Told): ExprNode => operand(n, integerType)

/**
 * Which of `n` parts of one size the row is in, from 1; the first parts are larger by one row where the rows don't divide.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, ntile, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(ntile(4), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const ntile = (n: Told): WindowFunction<number> => made('ntile', [told(n)], countType)

/** The value in a row before or after; `otherwise` stands where there is no such row, and null without it. */
export interface Shifted {
  <A, S extends string, N extends string>(of: Expr<A, S, N>, n?: Told): WindowFunction<A | null, S, N>
  <A, S extends string, N extends string, B extends NonNullable<A> | AnyExpr>(
    of: Expr<A, S, N>,
    n: Told,
    otherwise: B & OperandExpr<A, B>,
  ): WindowFunction<A | ValueOf<Extract<B, AnyExpr>>, S | SrcOf<B>, N | NulOf<B>>
}

// The two call shapes differ in whether the third argument is there.
const shift = (name: 'lag' | 'lead'): Shifted =>
  ((of: AnyExpr, n: Told = 1, ...rest: ReadonlyArray<unknown>) => {
    const node = nodeOf(of)
    if (rest.length === 0) return made(name, [node, told(n)], node.type)
    const otherwise = operand(rest[0], node.type)
    return made(name, [node, told(n), otherwise], unified(node.type, otherwise.type) ?? node.type)
  }) as Shifted

/**
 * The value in the row that stands `n` rows before, one if nothing is said; a third argument stands where there is none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, lag, over, select, sub, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * const before = pipe(lag(days.sales, 1, 0), over({ orderBy: [days.day] }))
 * pipe(from(days), select({ day: days.day, more: sub(days.sales, before) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const lag = shift('lag')

/**
 * The value in the row that stands `n` rows after, one if nothing is said; a third argument stands where there is none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, lead, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(lead(days.sales), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const lead = shift('lead')

const ofFrame =
  (name: 'firstValue' | 'lastValue') =>
  <A, S extends string, N extends string>(of: Expr<A, S, N>): WindowFunction<A, S, N | Empty> => {
    const node = nodeOf(of)
    return made(name, [node], node.type)
  }

/**
 * The value in the first row of the frame.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { firstValue, from, integer, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(firstValue(days.sales), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const firstValue = ofFrame('firstValue')

/**
 * The value in the last row of the frame, which without a frame is the last one that is ordered alike.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, lastValue, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(lastValue(days.sales), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const lastValue = ofFrame('lastValue')

/**
 * The value in the nth row of the frame, from 1; null where the frame has fewer.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, nthValue, over, select, table } from 'relvar'
 *
 * const days = table('days', { day: integer, sales: integer })
 * pipe(from(days), select({ day: days.day, value: pipe(nthValue(days.sales, 2), over({ orderBy: [days.day] })) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const nthValue = <A, S extends string, N extends string>(
  of: Expr<A, S, N>,
  n: Told,
): WindowFunction<A | null, S, N> => {
  const node = nodeOf(of)
  return made('nthValue', [node, told(n)], node.type)
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

// What an untyped caller gives instead becomes a value that refuses itself when it is bound.
const listed = <A>(list: ReadonlyArray<A> | undefined, node: (a: A) => ExprNode): ReadonlyArray<ExprNode> =>
  list === undefined ? [] : Array.isArray(list) ? list.map(node) : [value({ refused: list }, booleanType)]

/**
 * An aggregate or a window function over a window: the rows with the same `partitionBy`, in the order of `orderBy`, as far as
 * `frame` says. Without a frame and with an order a window ends with the rows that are ordered alike. It stands in `select` and
 * `orderBy`, and sees the rows as they are before `distinct` and `limit`, or the groups.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, from, integer, over, rank, select, sum, table, desc } from 'relvar'
 *
 * const posts = table('posts', { id: integer, authorId: integer, likes: integer })
 * const perAuthor = over({ partitionBy: [posts.authorId] })
 * pipe(
 *   from(posts),
 *   select({
 *     id: posts.id,
 *     place: pipe(rank(), over({ orderBy: [desc(posts.likes)] })),
 *     ofAuthor: pipe(sum(posts.likes), perAuthor),
 *     posts: pipe(count(), perAuthor),
 *   }),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
export const over =
  <W extends WindowSpec>(spec: W) =>
  <T extends Windowed>(of: T & InOrder<T, W>): Over<T, W> => {
    const orderBy = (spec.orderBy ?? []).map(orderNode)
    const all = {
      partitionBy: listed(spec.partitionBy, (e) => nodeOf(e)),
      orderBy,
      frame: frameNode(spec.frame, orderBy),
    }
    // The types of the result are those of `of`, said by `Over`.
    const result = (node: ExprNode): Over<T, W> => expr(node) as Over<T, W>
    const given: unknown = of
    if (typeof given === 'object' && given !== null && brand in given) {
      // Only `made` puts the brand there.
      const { name, operands, type } = given as unknown as FunctionNode
      return result(window(name, operands, all, type))
    }
    return isExprNode(given) && given._tag === 'Aggregate'
      ? result(window('aggregate', [given], all, given.type))
      : result(value({ refused: 'no aggregate and no window function' }, booleanType))
  }
