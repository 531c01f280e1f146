/**
 * Aggregates that make a list of a group's values, in an order that must be said. Nulls are left out, as by every aggregate.
 */
import { type Aggregate, aggregated } from './aggregate.js'
import { aggregate } from './call-node.js'
import type { Empty, Expr, NullOf } from './expr.js'
import { nodeOf, operand } from './expr.js'
import { jsonListType } from './json-value.js'
import { type ExprNode, value } from './node.js'
import { type AnyOrder, type OrderSources, orderNode } from './order.js'
import type { OrderNode } from './query-node.js'
import { arrayType, booleanType, textType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The order of a list: one at least. */
export type ListOrder = readonly [AnyOrder, ...ReadonlyArray<AnyOrder>]

/** `stringAgg`, data-first and data-last. */
export interface StringAgg {
  <A extends string | null, S extends string, N extends string, const O extends ListOrder>(
    of: Expr<A, S, N>,
    separator: string,
    by: O,
  ): Aggregate<string | NullOf<A>, S | OrderSources<O[number]>, N | Empty>
  <const O extends ListOrder>(
    separator: string,
    by: O,
  ): <A extends string | null, S extends string, N extends string>(
    of: Expr<A, S, N>,
  ) => Aggregate<string | NullOf<A>, S | OrderSources<O[number]>, N | Empty>
}

/** `jsonAgg`, data-first and data-last: there is a document also where there are no values. */
export interface JsonList {
  <A, S extends string, const O extends ListOrder>(
    of: Expr<A, S, string>,
    by: O,
  ): Aggregate<ReadonlyArray<NonNullable<A>>, S | OrderSources<O[number]>>
  <const O extends ListOrder>(
    by: O,
  ): <A, S extends string>(
    of: Expr<A, S, string>,
  ) => Aggregate<ReadonlyArray<NonNullable<A>>, S | OrderSources<O[number]>>
}

/** `arrayAgg`, data-first and data-last. */
export interface ListOf {
  <A, S extends string, N extends string, const O extends ListOrder>(
    of: Expr<A, S, N>,
    by: O,
  ): Aggregate<ReadonlyArray<NonNullable<A>> | NullOf<A>, S | OrderSources<O[number]>, N | Empty>
  <const O extends ListOrder>(
    by: O,
  ): <A, S extends string, N extends string>(
    of: Expr<A, S, N>,
  ) => Aggregate<ReadonlyArray<NonNullable<A>> | NullOf<A>, S | OrderSources<O[number]>, N | Empty>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The orders of a list; what an untyped caller gives instead refuses itself when it is bound. */
const ordersOf = (by: unknown): ReadonlyArray<OrderNode> =>
  Array.isArray(by) && by.length > 0
    ? by.map(orderNode)
    : [{ expr: value({ refused: by }, booleanType), direction: 'asc', nulls: 'last' }]

const joined = (of: ExprNode, separator: unknown, by: unknown): Aggregate<string, string, string> =>
  aggregated(aggregate('stringAgg', of, { second: operand(separator, textType), orderBy: ordersOf(by) }))

/**
 * The values one after the other, as text with a separator in between, in an order.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, select, stringAgg, table, text } from 'relvar'
 *
 * const pets = table('pets', { ownerId: integer, name: text })
 * pipe(
 *   from(pets),
 *   groupBy(pets.ownerId),
 *   select({ owner: pets.ownerId, pets: pipe(pets.name, stringAgg(', ', [pets.name])) }),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
// The two call shapes of the interface differ in their number of arguments.
export const stringAgg: StringAgg = ((...args: ReadonlyArray<unknown>) =>
  args.length > 2
    ? joined(nodeOf(args[0] as Expr<string>), args[1], args[2])
    : (of: Expr<string>) => joined(nodeOf(of), args[0], args[1])) as StringAgg

const documented = (of: ExprNode, by: unknown): Aggregate<ReadonlyArray<unknown>, string> =>
  aggregated(aggregate('jsonAgg', of, { orderBy: ordersOf(by) }, jsonListType(of.type)))

/**
 * The values as a JSON array, in an order: each decodes as it does outside, and of no values the array is empty.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, jsonAgg, select, table, text } from 'relvar'
 *
 * const pets = table('pets', { ownerId: integer, name: text })
 * pipe(
 *   from(pets),
 *   groupBy(pets.ownerId),
 *   select({ owner: pets.ownerId, pets: pipe(pets.name, jsonAgg([pets.name])) }),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonAgg: JsonList = ((...args: ReadonlyArray<unknown>) =>
  args.length > 1
    ? documented(nodeOf(args[0] as Expr<unknown>), args[1])
    : (of: Expr<unknown>) => documented(nodeOf(of), args[0])) as JsonList

const collected = (of: ExprNode, by: unknown): Aggregate<ReadonlyArray<unknown>, string, string> =>
  aggregated(aggregate('arrayAgg', of, { orderBy: ordersOf(by) }, arrayType(of.type, false)))

/**
 * The values as an array, in an order. PostgreSQL alone has arrays; `jsonAgg` is for all.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { arrayAgg, from, groupBy, integer, select, table, text } from 'relvar'
 *
 * const pets = table('pets', { ownerId: integer, name: text })
 * pipe(from(pets), groupBy(pets.ownerId), select({ owner: pets.ownerId, pets: arrayAgg(pets.name, [pets.name]) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const arrayAgg: ListOf = ((...args: ReadonlyArray<unknown>) =>
  args.length > 1
    ? collected(nodeOf(args[0] as Expr<unknown>), args[1])
    : (of: Expr<unknown>) => collected(nodeOf(of), args[0])) as ListOf
