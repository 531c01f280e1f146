/**
 * Statements that an engine must not keep prepared.
 */
import { conjuncts, visitExpr, visitStatement } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { QueryNode, StatementNode } from '../expr/query-node.js'
import type { Dialect } from './dialect.js'
import { isFixed } from './fixed.js'
import type { Slot } from './sql.js'
import type { Statement } from './statement.js'

/** Whether a query has a criterion that is the same for all rows, beside or alone. */
const hasFixedCriterion = (query: QueryNode): boolean => query._tag === 'Select' && conjuncts(query.where).some(isFixed)

/**
 * Whether a query inside the statement has a criterion that is the same for all rows. MariaDB (10.11.19) decides such a one when a
 * prepared statement is first run, for IN, and keeps what came of it: the next run has the first one's answer, whatever is bound then.
 */
const decidesOnce = (statement: StatementNode): boolean => {
  let found = false
  const expr = (node: ExprNode): void => {
    if (!found) visitExpr(node, { expr, query })
  }
  const query = (inner: QueryNode): void => {
    found ||= hasFixedCriterion(inner)
    if (!found) visitStatement(inner, { expr, query })
  }
  visitStatement(statement, { expr, query })
  return found
}

const known = new WeakMap<ReadonlyArray<Slot>, Statement['text']>()

/** Whether the statement with these slots may be kept prepared. */
export const textOf = (dialect: Dialect, statement: StatementNode, slots: ReadonlyArray<Slot>): Statement['text'] => {
  if (dialect.name !== 'mariadb') return 'compiled'
  const before = known.get(slots)
  if (before !== undefined) return before
  const text = decidesOnce(statement) ? 'once' : 'compiled'
  known.set(slots, text)
  return text
}
