/**
 * Aggregates. They look at the values that are not null. Without groups there may be no row to look at, so all but counts and
 * documents may be null then: the types say so.
 */
import { aggregate, type AggregateNode } from './call-node.js'
import type { Decimal } from './decimal.js'
import type { AnyExpr, Empty, Expr, NullOf, SrcOf } from './expr.js'
import { criterion, expr, nodeOf } from './expr.js'
import { type ExprNode, logic, value } from './node.js'
import { booleanType, integerType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const AggregateT: unique symbol

/** An expression that is one aggregate: it takes a `filter`, and stands `over` a window. */
export interface Aggregate<out A, out S extends string = never, out N extends string = never> extends Expr<A, S, N> {
  readonly [AggregateT]: true
}

/** `null` for an aggregate that has no value where it has no rows. */
export type NullIfEmpty<N extends string> = [Extract<N, Empty>] extends [never] ? never : null

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

// As `expr`: each public constructor states what its signature proves, and the node is an aggregate's.
export const aggregated = <A, S extends string, N extends string>(node: AggregateNode): Aggregate<A, S, N> =>
  expr<A, S, N>(node) as Aggregate<A, S, N>

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
export const count = <E extends AnyExpr = never>(of?: E): Aggregate<number, SrcOf<E>> =>
  aggregated(aggregate('count', of === undefined ? null : nodeOf(of)))

/**
 * The number of different values that are not null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { countDistinct, from, integer, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), select(countDistinct(users.age)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const countDistinct = <S extends string>(of: Expr<unknown, S, string>): Aggregate<number, S> =>
  aggregated(aggregate('count', nodeOf(of), { distinct: true }))

/**
 * The sum: of integers a checked JS number, of doubles a double, of numerics and of bigints a decimal string.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, nullable, select, sum, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), select(sum(users.age)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const sum = <A extends number | bigint | Decimal | null, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Aggregate<Sum<A> | NullOf<A>, S, N | Empty> => aggregated(aggregate('sum', nodeOf(of, integerType)))

type Sum<A> = NonNullable<A> extends Decimal ? Decimal : NonNullable<A> extends bigint ? string : number

/**
 * The mean, a double.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { avg, from, integer, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), select(avg(users.age)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const avg = <A extends number | bigint | Decimal | null, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Aggregate<number | NullOf<A>, S, N | Empty> => aggregated(aggregate('avg', nodeOf(of, integerType)))

type Ordered = string | number | bigint | null

/**
 * The least value.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, min, select, table } from 'relvar'
 *
 * const scores = table('scores', { team: integer, points: integer })
 * pipe(from(scores), groupBy(scores.team), select({ team: scores.team, value: min(scores.points) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const min = <A extends Ordered, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Aggregate<A, S, N | Empty> => aggregated(aggregate('min', nodeOf(of, integerType)))

/**
 * The greatest value.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, max, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), select(max(users.age)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const max = <A extends Ordered, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Aggregate<A, S, N | Empty> => aggregated(aggregate('max', nodeOf(of, integerType)))

/**
 * Whether a criterion holds for every row for which it is not null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { boolAnd, boolOr, from, gt, groupBy, integer, select, table } from 'relvar'
 *
 * const pets = table('pets', { ownerId: integer, weight: integer })
 * pipe(
 *   from(pets),
 *   groupBy(pets.ownerId),
 *   select({ owner: pets.ownerId, allHeavy: boolAnd(gt(pets.weight, 20)), oneHeavy: boolOr(gt(pets.weight, 20)) }),
 * )
 *
 * @category constructors
 * @since 0.1.0
 */
export const boolAnd = <A extends boolean | null, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Aggregate<boolean | NullOf<A>, S, N | Empty> => aggregated(aggregate('boolAnd', nodeOf(of)))

/**
 * Whether a criterion holds for some row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { boolean, boolOr, from, groupBy, integer, select, table } from 'relvar'
 *
 * const votes = table('votes', { team: integer, yes: boolean })
 * pipe(from(votes), groupBy(votes.team), select({ team: votes.team, any: boolOr(votes.yes) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const boolOr = <A extends boolean | null, S extends string, N extends string>(
  of: Expr<A, S, N>,
): Aggregate<boolean | NullOf<A>, S, N | Empty> => aggregated(aggregate('boolOr', nodeOf(of)))

/** A statistic, which engines calculate in ways of their own: it is a double of which the last digits are theirs. */
const statistic =
  (name: 'stddevPop' | 'varPop') =>
  <A extends number | bigint | Decimal | null, S extends string, N extends string>(
    of: Expr<A, S, N>,
  ): Aggregate<number | NullOf<A>, S, N | Empty> =>
    aggregated(aggregate(name, nodeOf(of, integerType)))

const sampled =
  (name: 'stddevSamp' | 'varSamp') =>
  <S extends string, N extends string>(
    of: Expr<number | bigint | Decimal | null, S, N>,
  ): Aggregate<number | null, S, N | Empty> =>
    aggregated(aggregate(name, nodeOf(of, integerType)))

/**
 * The standard deviation of all values there are, a double; its last digits are the engine's. SQLite has none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, select, stddevPop, table } from 'relvar'
 *
 * const scores = table('scores', { team: integer, points: integer })
 * pipe(from(scores), groupBy(scores.team), select({ team: scores.team, value: stddevPop(scores.points) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const stddevPop = statistic('stddevPop')

/**
 * The variance of all values there are, a double; its last digits are the engine's. SQLite has none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, select, table, varPop } from 'relvar'
 *
 * const scores = table('scores', { team: integer, points: integer })
 * pipe(from(scores), groupBy(scores.team), select({ team: scores.team, value: varPop(scores.points) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const varPop = statistic('varPop')

/**
 * The standard deviation that the values, a sample, let one expect; null of one value. Its last digits are the engine's. SQLite
 * has none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, select, stddevSamp, table } from 'relvar'
 *
 * const scores = table('scores', { team: integer, points: integer })
 * pipe(from(scores), groupBy(scores.team), select({ team: scores.team, value: stddevSamp(scores.points) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const stddevSamp = sampled('stddevSamp')

/**
 * The variance that the values, a sample, let one expect; null of one value. Its last digits are the engine's. SQLite has none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, select, table, varSamp } from 'relvar'
 *
 * const scores = table('scores', { team: integer, points: integer })
 * pipe(from(scores), groupBy(scores.team), select({ team: scores.team, value: varSamp(scores.points) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const varSamp = sampled('varSamp')

/**
 * Whether an expression that is grouped by `rollup`, `cube` or `groupingSets` is left out of the row's group: 1, and 0 where it is
 * part of it. It tells a null of the data from one that stands for all values.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, from, grouping, rollup, select, table, text } from 'relvar'
 *
 * const pets = table('pets', { kind: text })
 * pipe(from(pets), rollup(pets.kind), select({ kind: pets.kind, isTotal: grouping(pets.kind), pets: count() }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const grouping = <S extends string>(of: Expr<unknown, S, string>): Expr<number, S> =>
  expr(aggregate('grouping', nodeOf(of)))

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** A change of an aggregate; what an untyped caller gives instead refuses itself when it is bound. */
export const changedAggregate = (of: AnyExpr, change: (node: AggregateNode) => AggregateNode): ExprNode => {
  const node = nodeOf(of)
  return node._tag === 'Aggregate' ? change(node) : value({ refused: 'no aggregate' }, booleanType)
}

/**
 * Only the rows for which the criterion is true. Where none is left the aggregate is null, in a group too; a count is 0.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, eq, filter, from, groupBy, integer, select, sum, table, text } from 'relvar'
 *
 * const pets = table('pets', { ownerId: integer, kind: text, weight: integer })
 * const isCat = eq(pets.kind, 'cat')
 * pipe(
 *   from(pets),
 *   groupBy(pets.ownerId),
 *   select({ owner: pets.ownerId, cats: pipe(count(), filter(isCat)), weight: pipe(sum(pets.weight), filter(isCat)) }),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
export const filter =
  <E extends string>(on: Expr<boolean | null, E, string>) =>
  <A, S extends string, N extends string>(of: Aggregate<A, S, N>): Aggregate<A | NullIfEmpty<N>, S | E, N> =>
    // A criterion of the user's own makes the aggregate a filtered one, or a value that is refused.
    expr<A | NullIfEmpty<N>, S | E, N>(
      changedAggregate(of, (node) => {
        const one = criterion(on, booleanType)
        return aggregate(node.name, node.operand, { ...node, filter: both(node.filter, one) }, node.type)
      }),
    ) as Aggregate<A | NullIfEmpty<N>, S | E, N>

const both = (a: ExprNode | null, b: ExprNode): ExprNode => (a === null ? b : logic('and', [a, b]))

/**
 * Each value once: `distinctValues(sum(x))`.
 *
 * @example
 * import { distinctValues, integer, sum, table } from 'relvar'
 *
 * const pets = table('pets', { weight: integer })
 * distinctValues(sum(pets.weight))
 *
 * @category combinators
 * @since 0.1.0
 */
export const distinctValues = <A, S extends string, N extends string>(of: Aggregate<A, S, N>): Aggregate<A, S, N> =>
  expr<A, S, N>(
    changedAggregate(of, (node) => aggregate(node.name, node.operand, { ...node, distinct: true }, node.type)),
  ) as Aggregate<A, S, N>
