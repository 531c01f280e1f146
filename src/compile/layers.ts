/**
 * A SELECT whose rows are numbered, or sorted once more, around it: the first row of each kind, ties, limits for each outer row,
 * and the rows before a place. Its orders are hidden outputs k0, k1, …; around it stand the windows and what they leave.
 */
import { absentIn, canBeNull } from '../expr/outputs.js'
import type { OrderNode, SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { type Context, nextAlias, type Scope } from './context.js'
import { operandSql } from './expression.js'
import { limitSql, numberedSql } from './limits.js'
import { orderTerm } from './order-term.js'
import { join, nothing, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is added to the outputs of a SELECT, and what stands around it: `picked` are the places of the outputs to give. */
export interface Layers {
  readonly hidden: ReadonlyArray<Sql>
  readonly around: (rows: Sql, picked: ReadonlyArray<number>) => Sql
}

/** How a SELECT's rows are counted. */
interface Needs {
  /** The first row of each kind. */
  readonly first: boolean
  /** Rows are chosen by their number. */
  readonly numbered: boolean
  /** Rows that are ordered alike have one number. */
  readonly ranked: boolean
  /** Rows are chosen from the end. */
  readonly backwards: boolean
}

const needsOf = (context: Context, select: SelectNode, partition: string | null): Needs | null => {
  const { features } = context.dialect
  const limited = select.limit !== null || select.offset !== null
  const apart = partition !== null
  const ranked = select.withTies && select.limit !== null
  const needs = {
    first: select.distinctOn.length > 0 && (apart || !features.distinctOn),
    numbered: (apart && limited) || (ranked && !features.withTies),
    ranked,
    backwards: select.keyset?.direction === 'before' && limited,
  }
  return needs.first || needs.numbered || needs.backwards ? needs : null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const turned = (order: OrderNode): OrderNode => ({
  ...order,
  direction: order.direction === 'asc' ? 'desc' : 'asc',
  nulls: order.nulls === 'first' ? 'last' : 'first',
})

/** Why a derived table stands there that the query does not say: for `explain`. */
const whyOf = (needs: Needs, partition: string | null): string =>
  partition !== null
    ? 'a limit for each outer row numbers the rows of each'
    : needs.first
      ? 'distinctOn numbers the rows of each kind'
      : needs.numbered
        ? 'a limit with ties ranks the rows'
        : 'the rows before a place are sorted back'

/** The layers of a SELECT; null where its clauses say it all. `partition`: the ordinal of the outer row that a row belongs to. */
export const layersOf = (
  context: Context,
  scope: Scope,
  select: SelectNode,
  partition: string | null,
): Layers | null => {
  const needs = needsOf(context, select, partition)
  if (needs === null) return null
  context.notes.add(whyOf(needs, partition))
  const absent = absentIn(select)
  const orders = select.orderBy.map((order, i) => ({ order, key: `k${i}`, nullable: canBeNull(order.expr, absent) }))
  const kinds = orders.filter(({ order }) => select.distinctOn.some((e) => sameExpr(e, order.expr)))
  const hidden = [
    ...orders.map(({ order, key }) => sql`${operandSql(context, scope, order.expr, 'orderBy')} AS ${key}`),
    ...(partition === null ? [] : [sql`${partition} AS p`]),
  ]
  const orderBy = (alias: string, backwards: boolean): Sql =>
    orders.length === 0
      ? nothing
      : sql` ORDER BY ${join(
          orders.map(({ order, key, nullable }) =>
            orderTerm(context, [`${alias}.${key}`], backwards ? turned(order) : order, nullable),
          ),
          ', ',
        )}`
  const over = (alias: string, more: ReadonlyArray<string>, backwards: boolean): Sql => {
    const parts = [...(partition === null ? [] : ['p']), ...more].map((key) => `${alias}.${key}`)
    const by = parts.length === 0 ? '' : `PARTITION BY ${parts.join(', ')}`
    return sql`OVER (${by}${orderBy(alias, backwards)})`
  }
  return {
    hidden,
    around: (rows, picked) => {
      const outputs = (alias: string): string => picked.map((at, i) => `${alias}.c${at} AS c${i}`).join(', ')
      let [alias, from] = [nextAlias(context), rows]
      const next = (select1: (t: string) => Sql): void => {
        from = select1(alias)
        alias = nextAlias(context)
      }
      let kept = ''
      if (needs.first) {
        const keys = kinds.map(({ key }) => key)
        next((t) => sql`SELECT ${t}.*, row_number() ${over(t, keys, false)} AS n FROM (${from}) AS ${t}`)
        kept = ` WHERE ${alias}.n = 1`
      }
      if (needs.numbered) {
        const rank = (t: string): Sql => (needs.ranked ? sql`, rank() ${over(t, [], needs.backwards)} AS s` : nothing)
        next(
          (t) =>
            sql`SELECT ${t}.*, row_number() ${over(t, [], needs.backwards)} AS r${rank(t)} FROM (${from}) AS ${t}${kept}`,
        )
        const chosen = numberedSql(context, select, `${alias}.r`, `${alias}.${needs.ranked ? 's' : 'r'}`)
        return sql`SELECT ${outputs(alias)} FROM (${from}) AS ${alias} WHERE ${chosen}${orderBy(alias, false)}`
      }
      if (!needs.backwards)
        return sql`SELECT ${outputs(alias)} FROM (${from}) AS ${alias}${kept}${orderBy(alias, false)}${limitSql(context, select)}`
      next((t) => sql`SELECT ${t}.* FROM (${from}) AS ${t}${kept}${orderBy(t, true)}${limitSql(context, select)}`)
      return sql`SELECT ${outputs(alias)} FROM (${from}) AS ${alias}${orderBy(alias, false)}`
    },
  }
}
