/**
 * What is asked of a query besides its rows: how many there are, whether there is one. Each is a query again.
 */
import { projected } from '../compile/grouping.js'
import { count } from '../expr/aggregate.js'
import { hasAggregate } from '../expr/children.js'
import { nodeOf } from '../expr/expr.js'
import { value } from '../expr/node.js'
import { projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode, SelectNode, StatementNode } from '../expr/query-node.js'
import { countType } from '../expr/sql-type.js'

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** No more rows than are needed to answer; a query with a limit of its own keeps it, and so does a write. */
export const atMostRows = (node: StatementNode, rows: number): StatementNode =>
  (node._tag === 'Select' || node._tag === 'SetOperation') && node.limit === null
    ? { ...node, limit: value(rows, countType) }
    : node

const isPlain = (node: SelectNode): boolean =>
  !node.distinct &&
  node.groupBy.length === 0 &&
  node.having === null &&
  node.limit === null &&
  node.offset === null &&
  !projected(projectionOf(node)).some(hasAggregate)

const theCount: ProjectionNode = { _tag: 'One', expr: nodeOf(count()) }

/** The same rows with their outputs side by side, as a derived table has them, and in no order where that is not asked for. */
const flat = (node: QueryNode): QueryNode => {
  if (node._tag === 'SetOperation') return node
  const outputs = projected(projectionOf(node))
  const fields = outputs.map((expr, i) => ({ key: `v${i}`, projection: { _tag: 'One', expr } as const }))
  const orderBy = node.limit === null && node.offset === null ? [] : node.orderBy
  return { ...node, includes: [], orderBy, select: { _tag: 'Record', fields } }
}

/**
 * The query that gives the number of a query's rows: `select count(*)` in its place where that means the same, else around it.
 */
export const counting = (node: QueryNode): QueryNode => {
  if (node._tag === 'Select' && isPlain(node)) return { ...node, select: theCount, includes: [], orderBy: [] }
  return {
    _tag: 'Select',
    from: { _tag: 'DerivedSource', name: 'counted', query: flat(node), columns: [] },
    joins: [],
    where: null,
    present: [],
    groupBy: [],
    having: null,
    select: theCount,
    distinct: false,
    orderBy: [],
    limit: null,
    offset: null,
    includes: [],
  }
}

/** The query that gives a row where a query has one: without its includes, in any order. */
export const existing = (node: QueryNode): StatementNode =>
  atMostRows(
    node._tag === 'SetOperation'
      ? node
      : { ...node, includes: [], orderBy: node.limit === null && node.offset === null ? [] : node.orderBy },
    1,
  )
