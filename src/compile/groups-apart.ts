/**
 * Groups as an engine takes them: those that it would mix up with what stands beside them are a table of their own.
 */
import { boundBy, hasAggregate, hasWindowOutside, mentionedAlone, visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { projectionOf } from '../expr/outputs.js'
import type { SelectNode } from '../expr/query-node.js'
import type { Context } from './context.js'
import { mayFold } from './fixed.js'
import { isGrouped, projected } from './grouping.js'
import { united } from './grouping-sets.js'

const said = (select: SelectNode): ReadonlyArray<ExprNode> => [
  ...projected(projectionOf(select)),
  ...select.orderBy.map((o) => o.expr),
]

/** Whether a SELECT has windows. */
export const hasWindows = (select: SelectNode): boolean => said(select).some(hasWindowOutside)

/**
 * Whether the engine takes the groupings as they are: what mentions no row would be a constant to it, and not null; so would a query,
 * which is another one where it is repeated. What mentions outer rows alone would be a grouping of theirs. PostgreSQL also makes a
 * constant of what the values that are bound decide.
 */
const saysItsSets = ({ dialect }: Context, select: SelectNode): boolean => {
  const { groupBy, groupingSets } = select
  if (groupingSets === null) return true
  const own = boundBy(select)
  const isOfOwn = (e: ExprNode): boolean => {
    const names = mentionedAlone(e)
    return names !== null && own.some((name) => names.has(name)) && !mayFold(e)
  }
  return (
    dialect.features.groupingSets &&
    groupBy.every((e, at) => isOfOwn(e) && groupingSets.sets.some((set) => set.includes(at)))
  )
}

/** Whether there is such an expression in the one that is given. */
const holds = (e: ExprNode, is: (e: ExprNode) => boolean): boolean => {
  let found = is(e)
  if (!found) visitExpr(e, { expr: (child) => void (found ||= holds(child, is)), query: () => {} })
  return found
}

/** Whether the parts of a document that aggregates make are counted, which SQLite does by a query. */
const countsParts = (e: ExprNode): boolean =>
  holds(e, (one) => one._tag === 'Call' && one.name === 'jsonLength' && hasAggregate(one))

const countsDistinct = (e: ExprNode): boolean => holds(e, (one) => one._tag === 'Aggregate' && one.distinct)

/**
 * MariaDB mixes up what it groups with what it counts in windows, or tells apart, after that: constants become null, and aggregates
 * those of another group. Beside windows, SQLite takes no aggregate inside of a query, and beside aggregates of distinct values, MySQL
 * gives rows of windows that are not distinct. There the groups are a table of their own.
 */
const standsApart = (context: Context, select: SelectNode): boolean =>
  isGrouped(select) &&
  // A window among the groups is refused where it is written.
  !select.groupBy.some(hasWindowOutside) &&
  ((context.dialect.name === 'mariadb' && (select.distinct || hasWindows(select))) ||
    (context.dialect.name === 'sqlite' && hasWindows(select) && said(select).some(countsParts)) ||
    (context.dialect.name === 'mysql' && select.distinct && hasWindows(select) && said(select).some(countsDistinct)))

/** The SELECT with its groups as the engine takes them; `isPerKey`: with the keys of outer rows among its sources. */
export const withGroups = (context: Context, select: SelectNode, isPerKey: boolean): SelectNode => {
  const { notes, dialect } = context
  if (!saysItsSets(context, select)) {
    notes.add('each grouping is a query of its own, and all are united')
    return united(dialect, select)
  }
  if (isPerKey || !standsApart(context, select)) return select
  notes.add('the groups are a derived table')
  return united(dialect, { ...select, groupingSets: { word: 'sets', sets: [select.groupBy.map((_, at) => at)] } })
}
