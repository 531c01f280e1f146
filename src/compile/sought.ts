/**
 * What is looked for among rows, in words in which the engine finds it.
 */
import { hasAggregate, hasQuery, hasWindow, mentionedAlone, visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { storedColumns } from '../expr/source.js'
import { unsupported } from './compile-error.js'
import { type Context, failed, noted, type Scope } from './context.js'
import { isFixedInside } from './fixed.js'
import { type Sql, sql } from './sql.js'

/** What is looked for in rows: MariaDB finds an aggregate that stands there alone in none, or in those of another group. */
export const apart = (context: Context, node: ExprNode, written: Sql): Sql =>
  context.dialect.name === 'mariadb' && (context.clause.marks !== 'none' || hasAggregate(node))
    ? context.dialect.constant(written)
    : written

/** The first column of the query's own sources. */
const ownColumn = (scope: Scope): string | null => {
  for (const bound of scope.bound.values()) {
    const [first] = storedColumns(bound.source)
    const column = first === undefined ? null : bound.column(first.key)
    if (column !== null) return column
  }
  return null
}

/** Whether each aggregate mentions a column of its query, or counts the rows, where `counts` lets it. */
const isOfRows = (scope: Scope, node: ExprNode, counts: boolean): boolean => {
  if (node._tag === 'Aggregate')
    return (
      (counts && node.name === 'count' && node.operand === null && node.filter === null) ||
      [...(mentionedAlone(node) ?? [])].some((name) => scope.bound.has(name))
    )
  let all = true
  visitExpr(node, { expr: (child) => void (all &&= isOfRows(scope, child, counts)), query: () => {} })
  return all
}

/** Rows counted by a column, so that it says whose rows they are. */
const countedBy = (column: string, written: Sql): Sql =>
  written.map((piece) => (typeof piece === 'string' ? piece.replaceAll('count(*)', `count(${column} IS NULL)`) : piece))

/** Of one group without rows, MariaDB finds nothing among the rows of a query but what is the value of another one. */
const valueOfQuery = (context: Context, scope: Scope, node: ExprNode, written: Sql): Sql => {
  const column = ownColumn(scope)
  const asks = hasQuery(node)
  if (column === null || !isOfRows(scope, node, !asks))
    return failed(
      context,
      unsupported('mariadb', 'look among rows for an aggregate that mentions no row', 'aggregate a column'),
    )
  // A query inside counts rows of its own.
  const counted = asks ? written : countedBy(column, written)
  return noted(context, 'an aggregate that is looked for is the value of a query', sql`(SELECT ${counted})`)
}

/** What is looked for among the rows of a query. MySQL takes what a query without rows would give for its value. */
export const sought = (context: Context, scope: Scope, node: ExprNode, given: Sql): Sql => {
  const written = apart(context, node, given)
  if (context.dialect.name === 'mariadb' && hasAggregate(node) && !hasWindow(node))
    return valueOfQuery(context, scope, node, written)
  return context.dialect.name === 'mysql' && node._tag !== 'Param' && isFixedInside(node)
    ? context.dialect.constant(written)
    : written
}
