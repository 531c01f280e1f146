/**
 * What is wrong with what a SELECT gives, and with what it would have to give unseen, whatever the rows are.
 */
import { type CompileError, illFormed, ungrouped, unsupported } from '../compile/compile-error.js'
import { isGrouped, projected } from '../compile/grouping.js'
import { outerColumns } from '../compile/outer-keys.js'
import { noDocuments } from '../compile/types.js'
import { visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { absentIn, projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode, SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import type { SqlType } from '../expr/sql-type.js'

/** Where a dialect would be named. */
const memory = 'memory'

export const typesOf = (nodes: ReadonlyArray<ExprNode>): ReadonlyArray<SqlType<unknown>> =>
  nodes.map((node) => node.type)

// -------------------------------------------------------------------------------------
// aggregates
// -------------------------------------------------------------------------------------

/** The names of the sources that an expression mentions, those of its queries left out. */
const namesBelow = (node: ExprNode): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: () => {} })
  }
  visit(node)
  return names
}

/** Engines take an aggregate that mentions outer rows alone for one of the outer query: no meaning is that of all of them. */
export const outerAggregateProblem = (own: ReadonlyMap<string, Source>, query: SelectNode): CompileError | null => {
  let isOuter = false
  const visit = (node: ExprNode): void => {
    if (node._tag === 'Aggregate' && node.name !== 'grouping') {
      const names = namesBelow(node)
      isOuter ||= names.size > 0 && ![...names].some((name) => own.has(name))
    }
    visitExpr(node, { expr: visit, query: () => {} })
  }
  projected(projectionOf(query)).forEach(visit)
  if (query.having !== null) visit(query.having)
  for (const order of query.orderBy) visit(order.expr)
  return isOuter
    ? unsupported(memory, 'aggregate what an outer row says', 'aggregate a column of the inner query')
    : null
}

// -------------------------------------------------------------------------------------
// what is not selected
// -------------------------------------------------------------------------------------

/** A source that may be absent, where nothing that the relation mentions of it tells whether it is there. */
const untold = (query: SelectNode, relation: QueryNode): string | undefined => {
  const absent = absentIn(query)
  const columns = outerColumns(relation)
  return columns.find(
    ({ of }) => absent.has(of.name) && !columns.some((other) => other.of.name === of.name && !other.nullable),
  )?.of.name
}

/** Under distinct a row stands for several: what orders it, and what it includes by, must be among its outputs. */
export const hiddenProblem = (query: SelectNode): CompileError | null => {
  const outputs = projected(projectionOf(query))
  const listed = (node: ExprNode): boolean => outputs.some((output) => sameExpr(output, node))
  const documents = query.distinct ? noDocuments(memory, 'compare', typesOf(outputs)) : null
  if (documents !== null) return documents
  if (query.distinct && !query.orderBy.every((order) => listed(order.expr)))
    return illFormed('orderBy after distinct: order by one of the outputs, or the rows that were left out decide')
  if (!query.distinct && !isGrouped(query)) return null
  const grouped = (node: ExprNode): boolean => !query.distinct && query.groupBy.some((e) => sameExpr(e, node))
  for (const { relation } of query.includes) {
    const hidden = outerColumns(relation.query).find((column) => !listed(column) && !grouped(column))
    if (hidden !== undefined)
      return illFormed(
        `include needs "${hidden.of.name}"."${hidden.key}" among the outputs, under distinct and groupBy`,
      )
    const name = untold(query, relation.query)
    if (name !== undefined)
      return illFormed(`include needs to know whether "${name}" is there, which distinct and groupBy leave out`)
  }
  return null
}

/** Two groups of nulls, of rows that are absent and of rows that are null, would be one. */
export const presenceProblem = (query: SelectNode): CompileError | null => {
  const absent = absentIn(query)
  const hidden = (projection: ProjectionNode): CompileError | null => {
    if (projection._tag === 'Record') {
      for (const { projection: inner } of projection.fields) {
        const problem = hidden(inner)
        if (problem !== null) return problem
      }
      return null
    }
    if (projection._tag === 'One' || !absent.has(projection.source.name)) return null
    return columnsOfSource(projection.source).every((c) => c.nullable)
      ? ungrouped(projection.source.name, 'is it there?')
      : null
  }
  return isGrouped(query) ? hidden(projectionOf(query)) : null
}
