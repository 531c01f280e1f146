/**
 * What a group may say: grouped expressions, aggregates, columns of a table whose primary key is grouped, outer rows.
 */
import { boundBy, hasAggregate, visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { ColumnNode, ExprNode } from '../expr/node.js'
import { column } from '../expr/node.js'
import { projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode, SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { columnsOfSource, computedOf, type Source } from '../expr/source.js'
import { type CompileError, illFormed, ungrouped } from './compile-error.js'

/** The expressions of a projection, each column of a whole source among them. */
export const projected = (projection: ProjectionNode): ReadonlyArray<ExprNode> => {
  switch (projection._tag) {
    case 'One':
      return [projection.expr]
    case 'Whole':
      return columnsOfSource(projection.source).map(
        (c) =>
          computedOf(projection.source, c.key) ??
          column(projection.source, c.key, 'name' in c ? String(c.name) : c.key, c.type, c.nullable),
      )
    case 'Record':
      return projection.fields.flatMap((f) => projected(f.projection))
  }
}

/** Whether the rows of a SELECT are groups. */
export const isGrouped = (select: SelectNode): boolean =>
  select.groupBy.length > 0 ||
  select.groupingSets !== null ||
  (select.having !== null && hasAggregate(select.having)) ||
  select.orderBy.some((o) => hasAggregate(o.expr)) ||
  projected(projectionOf(select)).some(hasAggregate)

/** Whether all rows are one group because of what is selected or asked of it. */
const hasOneRow = (select: SelectNode): boolean =>
  (select.having !== null && hasAggregate(select.having)) || projected(projectionOf(select)).some(hasAggregate)

/** The sources whose primary key is grouped: it determines all their columns. */
export const groupedKeys = (select: SelectNode): ReadonlySet<string> => {
  const { groupBy, groupingSets } = select
  const inAll = (e: ExprNode): boolean =>
    groupingSets === null ||
    groupingSets.sets.every((set) => set.some((at) => groupBy[at] !== undefined && sameExpr(groupBy[at], e)))
  const columns = groupBy.filter((e): e is ColumnNode => e._tag === 'Column' && inAll(e))
  const sources = [select.from, ...select.joins.map((j) => j.source)]
  const whole = sources.filter(
    (s) =>
      s._tag === 'TableSource' &&
      s.table.primaryKey.length > 0 &&
      s.table.primaryKey.every((key) => columns.some((c) => c.of.name === s.name && c.key === key)),
  )
  return new Set(whole.map((s) => s.name))
}

/** The whole sources of a projection. */
const wholes = (projection: ProjectionNode): ReadonlyArray<Source> => {
  if (projection._tag === 'Whole') return [projection.source]
  return projection._tag === 'Record' ? projection.fields.flatMap((f) => wholes(f.projection)) : []
}

/** The first thing that a group of the SELECT cannot say, or null. */
export const groupingError = (select: SelectNode): CompileError | null => {
  if (!isGrouped(select))
    return select.having === null ? null : illFormed('having filters groups: use groupBy or an aggregate, or where')
  // Engines disagree whether an aggregate that stands in orderBy alone makes one group of all rows.
  if (select.groupBy.length === 0 && select.groupingSets === null && !hasOneRow(select))
    return illFormed('orderBy by an aggregate orders groups: use groupBy')
  const own = new Set(boundBy(select))
  const freed = groupedKeys(select)
  let error: CompileError | null = null
  let depth = 0
  const isGroup = (e: ExprNode): boolean =>
    // PostgreSQL sees that an expression is grouped only outside of subqueries; a column it knows everywhere.
    (depth === 0 || e._tag === 'Column') && select.groupBy.some((g) => sameExpr(g, e))
  const visit = (e: ExprNode): void => {
    if (error !== null || isGroup(e)) return
    if (depth === 0 && e._tag === 'Aggregate') {
      const { operand } = e
      if (e.name === 'grouping' && operand !== null && !select.groupBy.some((g) => sameExpr(g, operand)))
        error = illFormed('grouping takes an expression that the query is grouped by')
      return
    }
    if (e._tag === 'Column') {
      if (own.has(e.of.name) && !freed.has(e.of.name)) error = ungrouped(e.of.name, e.key)
    } else visitExpr(e, visitor)
  }
  const inner = (q: QueryNode): void => {
    // An inner query may bind the same name again; what it binds is its own.
    const shadowed = boundBy(q).filter((name) => own.delete(name))
    depth += 1
    visitStatement(q, visitor)
    depth -= 1
    for (const name of shadowed) own.add(name)
  }
  const visitor: Visitor = { expr: visit, query: inner }
  const partly = select.groupingSets === null ? undefined : wholes(projectionOf(select)).find((s) => !freed.has(s.name))
  if (partly !== undefined) return ungrouped(partly.name, columnsOfSource(partly)[0]?.key ?? '')
  for (const e of projected(projectionOf(select))) visit(e)
  if (select.having !== null) visit(select.having)
  for (const order of select.orderBy) visit(order.expr)
  return error
}
