/**
 * What is asked of a query besides its rows: one of them, or whether there is one. Each is a query again.
 */
import { value } from '../expr/node.js'
import type { QueryNode, StatementNode } from '../expr/query-node.js'
import { countType } from '../expr/sql-type.js'
import { orderMatters } from '../relations/count-of.js'

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** A limit of rows before a place leaves the last of them, so it is no way to ask for the first. */
const countsBackwards = (node: StatementNode): boolean =>
  node._tag === 'Select' && node.keyset !== null && node.keyset.direction === 'before'

/** No more rows than are needed to answer; a query with a limit of its own keeps it, and so does a write. */
export const atMostRows = (node: StatementNode, rows: number): StatementNode =>
  (node._tag === 'Select' || node._tag === 'SetOperation') && node.limit === null && !countsBackwards(node)
    ? { ...node, limit: value(rows, countType) }
    : node

/** The query that gives a row where a query has one: without its includes, in any order. */
export const existing = (node: QueryNode): StatementNode =>
  atMostRows(
    node._tag === 'SetOperation'
      ? node
      : { ...node, includes: [], lock: null, orderBy: orderMatters(node) ? node.orderBy : [] },
    1,
  )
