/**
 * Several groupings at once, in the place of `groupBy`: the groups of each stand one after the other, and what a grouping leaves out
 * is null in its rows. `grouping` tells such a null from one of the data.
 */
import type { AnyExpr, NulOf, SrcOf } from './expr.js'
import { nodeOf } from './expr.js'
import { selectNode } from './from.js'
import type { Problem } from './problem.js'
import { type Query, withClauses } from './query.js'
import type { GroupingSets, SelectNode } from './query-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The name, among the sources that may be absent, of there being several groupings: `present` takes nothing away then. */
export type Several = '(grouping sets)'

/** `unknown` for an expression that is null where its sources are absent, so that its type says what a grouping leaves out. */
export type LeftOut<E> = [SrcOf<E>] extends [never]
  ? Problem<'an expression that mentions no column is the same in every group'>
  : [SrcOf<E>] extends [NulOf<E>]
    ? unknown
    : Problem<`this expression of "${SrcOf<E> & string}" is never null, so its type could not say that a grouping leaves it out: name it by subquery`>

/** The same of all expressions of a list. */
export type AllLeftOut<L> =
  L extends ReadonlyArray<infer E> ? NoneAmong<E extends AnyExpr ? WrongOf<LeftOut<E>> : never> : unknown

type WrongOf<T> = [unknown] extends [T] ? never : T
type NoneAmong<W> = [W] extends [never] ? unknown : W

/** Several groupings, as a change of a query. */
export type Grouped<E> = <P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F>,
) => Query<P, S, O | SrcOf<E> | Several, F | Exclude<SrcOf<E>, S>>

type Sets = GroupingSets['sets']

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What is grouped by already is part of each grouping; groupings upon groupings are all combinations of theirs. */
const grouped = (
  node: SelectNode,
  word: GroupingSets['word'],
  es: ReadonlyArray<AnyExpr>,
  sets: Sets,
): Partial<SelectNode> => {
  const places = node.groupBy.length
  const before: Sets = node.groupingSets?.sets ?? [node.groupBy.map((_, at) => at)]
  const more = sets.map((set) => set.map((at) => at + places))
  return {
    groupBy: [...node.groupBy, ...es.map((e) => nodeOf(e))],
    groupingSets: {
      word: places === 0 && node.groupingSets === null ? word : 'sets',
      sets: before.flatMap((a) => more.map((b) => [...a, ...b])),
    },
  }
}

/**
 * Groups by all of the expressions, by all but the last, and so on, down to one group of all rows: totals and totals of totals.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, orderBy, rollup, select, sum, table, text } from 'relvar'
 *
 * const sales = table('sales', { land: text, town: text, amount: integer })
 * pipe(
 *   from(sales),
 *   rollup(sales.land, sales.town),
 *   select({ land: sales.land, town: sales.town, amount: sum(sales.amount) }),
 *   orderBy(sales.land, sales.town),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
export const rollup =
  <Es extends readonly [AnyExpr, ...ReadonlyArray<AnyExpr>]>(
    ...es: Es & { readonly [K in keyof Es]: LeftOut<Es[K]> }
  ): Grouped<Es[number]> =>
  (q) => {
    const sets = Array.from({ length: es.length + 1 }, (_, left) => places(es.length - left))
    const node = selectNode(q)
    return withClauses(node, grouped(node, 'rollup', es, sets))
  }

const places = (length: number): ReadonlyArray<number> => Array.from({ length }, (_, at) => at)

/**
 * Groups by each choice of the expressions, from all of them to none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, cube, from, integer, select, table } from 'relvar'
 *
 * const sales = table('sales', { year: integer, shop: integer })
 * pipe(from(sales), cube(sales.year, sales.shop), select({ year: sales.year, shop: sales.shop, sold: count() }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const cube =
  <Es extends readonly [AnyExpr, ...ReadonlyArray<AnyExpr>]>(
    ...es: Es & { readonly [K in keyof Es]: LeftOut<Es[K]> }
  ): Grouped<Es[number]> =>
  (q) => {
    const choices = places(es.length).reduce<Sets>((sets, at) => sets.flatMap((set) => [[...set, at], set]), [[]])
    const node = selectNode(q)
    return withClauses(node, grouped(node, 'cube', es, choices))
  }

/**
 * Groups by each of these lists of expressions; by an empty one all rows are one group.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, from, groupingSets, select, table, text } from 'relvar'
 *
 * const sales = table('sales', { land: text, product: text })
 * pipe(
 *   from(sales),
 *   groupingSets([sales.land], [sales.product], []),
 *   select({ land: sales.land, product: sales.product, sales: count() }),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
export const groupingSets =
  <Ls extends readonly [ReadonlyArray<AnyExpr>, ...ReadonlyArray<ReadonlyArray<AnyExpr>>]>(
    ...lists: Ls & { readonly [K in keyof Ls]: AllLeftOut<Ls[K]> }
  ): Grouped<Ls[number][number]> =>
  (q) => {
    const all: ReadonlyArray<ReadonlyArray<AnyExpr>> = lists
    const starts = all.map((_, i) => all.slice(0, i).reduce((n, list) => n + list.length, 0))
    const sets = all.map((list, i) => list.map((_, at) => at + (starts[i] ?? 0)))
    const node = selectNode(q)
    return withClauses(node, grouped(node, 'sets', all.flat(), sets))
  }
