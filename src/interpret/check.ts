/**
 * What is wrong with a statement whatever the rows are, found before any row is looked at: so that a query that no engine takes
 * has no meaning over empty tables either.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import { freeSource, illFormed, sourceMismatch } from '../compile/compile-error.js'
import { groupingError, projected } from '../compile/grouping.js'
import { outerColumns } from '../compile/outer-keys.js'
import { visitExpr } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode, SelectNode, SetNode, StatementNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import { type EvalError, notEvaluable, type Result } from './eval-error.js'

// -------------------------------------------------------------------------------------
// sources
// -------------------------------------------------------------------------------------

type Bound = ReadonlyMap<string, Source>

const none: Bound = new Map()

const sameSource = (a: Source, b: Source): boolean =>
  a._tag === 'TableSource'
    ? b._tag === 'TableSource' &&
      a.table.name === b.table.name &&
      a.table.schema === b.table.schema &&
      a.table.shape === b.table.shape
    : b._tag === 'DerivedSource'

const sourceProblem = (bound: Bound, source: Source): EvalError | null => {
  const known = bound.get(source.name)
  if (known === undefined) return freeSource(source.name)
  return known === source || sameSource(known, source) ? null : sourceMismatch(source.name)
}

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

const isDocument = (node: ExprNode): boolean => node.type._tag === 'Json'

const comparesDocuments = (node: ExprNode): boolean => {
  switch (node._tag) {
    case 'Compare':
      return isDocument(node.left) || isDocument(node.right)
    case 'Between':
    case 'InList':
    case 'InQuery':
      return isDocument(node.operand)
    case 'Aggregate':
      return node.operand !== null && isDocument(node.operand) && (node.distinct || node.name !== 'count')
    default:
      return false
  }
}

const noDocuments = (what: string): EvalError => notEvaluable(`${what}: JSON documents have no equality and no order`)

type Aggregates = 'allowed' | 'refused'

/** Where an expression stands: what is bound there, and whether an aggregate may stand in it. */
const exprProblem = (bound: Bound, aggregates: Aggregates, node: ExprNode): EvalError | null => {
  if (node._tag === 'Column') {
    const problem = sourceProblem(bound, node.of)
    const known = bound.get(node.of.name)
    if (problem !== null || known === undefined) return problem
    return columnsOfSource(known).some((c) => c.key === node.key)
      ? null
      : illFormed(`"${node.of.name}" has no column "${node.key}"`)
  }
  if (comparesDocuments(node)) return noDocuments(node._tag)
  if (node._tag === 'Aggregate' && aggregates === 'refused')
    return illFormed('an aggregate stands in a select, having or orderBy, and not inside another one')
  if (node._tag === 'InList' && node.list.kind._tag !== 'Value')
    return illFormed('inList takes a list of values, no parameter')
  if ((node._tag === 'InQuery' || node._tag === 'Scalar') && width(node.query) !== 1)
    return illFormed('a query that stands for values has one output')
  const below = node._tag === 'Aggregate' ? 'refused' : aggregates
  let problem: EvalError | null = null
  visitExpr(node, {
    expr: (e) => void (problem ??= exprProblem(bound, below, e)),
    query: (q) => void (problem ??= queryProblem(bound, q, 'nested')),
  })
  return problem
}

const width = (query: QueryNode): number =>
  query._tag === 'Select' ? projected(projectionOf(query)).length : width(query.left)

const first = <A>(all: ReadonlyArray<A>, problemOf: (a: A) => EvalError | null): EvalError | null => {
  for (const a of all) {
    const problem = problemOf(a)
    if (problem !== null) return problem
  }
  return null
}

const projectionProblem = (bound: Bound, projection: ProjectionNode): EvalError | null => {
  switch (projection._tag) {
    case 'One':
      return exprProblem(bound, 'allowed', projection.expr)
    case 'Whole':
      return sourceProblem(bound, projection.source)
    case 'Record':
      return first(projection.fields, (field) => projectionProblem(bound, field.projection))
    default:
      return absurd(projection)
  }
}

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

/** FROM and the joins: each name once, each ON about what stands before it. */
const sourcesProblem = (outer: Bound, query: SelectNode): EvalError | null => {
  const sources = [query.from, ...query.joins.map((join) => join.source)]
  const names = sources.map((source) => source.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return illFormed(`"${twice}" is joined twice: give one of the two an alias`)
  const derived = first(sources, (s) => (s._tag === 'DerivedSource' ? queryProblem(outer, s.query, 'nested') : null))
  if (derived !== null) return derived
  const outside = [...outer].filter(([name]) => !names.includes(name))
  return first([...query.joins.entries()], ([i, join]) =>
    join.on === null
      ? null
      : exprProblem(
          new Map([...outside, ...sources.slice(0, i + 2).map((s) => [s.name, s] as const)]),
          'refused',
          join.on,
        ),
  )
}

/** Under distinct a row stands for several: what orders it, and what it includes by, must be among its outputs. */
const hiddenProblem = (query: SelectNode): EvalError | null => {
  const outputs = projected(projectionOf(query))
  const listed = (node: ExprNode): boolean => outputs.some((output) => sameExpr(output, node))
  if (query.distinct && outputs.some(isDocument)) return noDocuments('distinct')
  if (query.distinct && !query.orderBy.every((order) => listed(order.expr)))
    return illFormed('orderBy after distinct: order by one of the outputs, or the rows that were left out decide')
  if (!query.distinct && query.groupBy.length === 0) return null
  const grouped = (node: ExprNode): boolean => !query.distinct && query.groupBy.some((e) => sameExpr(e, node))
  const needed = query.includes.flatMap((include) => outerColumns(include.relation.query))
  const hidden = needed.find((column) => !listed(column) && !grouped(column))
  return hidden === undefined
    ? null
    : illFormed(`include needs "${hidden.of.name}"."${hidden.key}" among the outputs, under distinct and groupBy`)
}

const groupProblem = (query: SelectNode): EvalError | null => {
  const problem = groupingError(query)
  return problem !== null && problem._tag === 'Unsupported' ? notEvaluable(problem.message) : problem
}

const selectProblem = (outer: Bound, query: SelectNode): EvalError | null => {
  const sources = [query.from, ...query.joins.map((join) => join.source)]
  const own: Bound = new Map(sources.map((source) => [source.name, source]))
  const bound: Bound = new Map([...outer, ...own])
  const rows = [...(query.where === null ? [] : [query.where]), ...query.groupBy]
  const groups = [...(query.having === null ? [] : [query.having]), ...query.orderBy.map((order) => order.expr)]
  return (
    sourcesProblem(outer, query) ??
    first(rows, (e) => exprProblem(bound, 'refused', e)) ??
    first(query.present, (source) => sourceProblem(own, source)) ??
    projectionProblem(bound, projectionOf(query)) ??
    first(groups, (e) => exprProblem(bound, 'allowed', e)) ??
    groupProblem(query) ??
    (query.groupBy.some(isDocument) ? noDocuments('groupBy') : null) ??
    (query.orderBy.some((order) => isDocument(order.expr)) ? noDocuments('orderBy') : null) ??
    hiddenProblem(query) ??
    first(query.includes, (include) => queryProblem(bound, include.relation.query, 'asked'))
  )
}

const isFlat = (query: QueryNode): boolean =>
  query._tag === 'SetOperation' ||
  (query.select?._tag === 'Record'
    ? query.select.fields.every((f) => f.projection._tag === 'One')
    : query.select?._tag !== 'One')

const setProblem = (outer: Bound, query: SetNode): EvalError | null => {
  const inside = queryProblem(outer, query.left, 'nested') ?? queryProblem(outer, query.right, 'nested')
  if (inside !== null) return inside
  if (!isFlat(query.left) || !isFlat(query.right)) return illFormed(`${query.op}: both sides have flat rows with names`)
  const [left, right] = [outputsOf(query.left), outputsOf(query.right)]
  const names = right.map((output) => output.key)
  if (left.length !== right.length || !left.every((output) => names.includes(output.key)))
    return illFormed(`${query.op}: the two sides have different outputs`)
  if (query.op !== 'unionAll' && left.some((output) => output.type._tag === 'Json')) return noDocuments(query.op)
  const unknown = query.orderBy.find((order) => !names.includes(order.key))
  if (unknown !== undefined) return illFormed(`orderBy: the set operation has no output "${unknown.key}"`)
  return query.orderBy.some((order) => left.some((o) => o.key === order.key && o.type._tag === 'Json'))
    ? noDocuments('orderBy')
    : null
}

/** `nested`: inside another query, where includes have no place. */
const queryProblem = (outer: Bound, query: QueryNode, place: 'asked' | 'nested'): EvalError | null => {
  if (query._tag === 'SetOperation') return setProblem(outer, query)
  return selectProblem(outer, place === 'nested' ? { ...query, includes: [] } : query)
}

const statementProblem = (statement: StatementNode): EvalError | null => {
  switch (statement._tag) {
    case 'Select':
    case 'SetOperation':
      return queryProblem(none, statement, 'asked')
    case 'Insert': {
      const values = statement.rows.flatMap((row) => row.map((a) => a.value))
      return (
        first(values, (e) => exprProblem(none, 'refused', e)) ?? returningProblem(statement.into, statement.returning)
      )
    }
    case 'Update': {
      const bound: Bound = new Map([[statement.table.name, statement.table]])
      const exprs = [...statement.set.map((a) => a.value), ...(statement.where === null ? [] : [statement.where])]
      return (
        first(exprs, (e) => exprProblem(bound, 'refused', e)) ?? returningProblem(statement.table, statement.returning)
      )
    }
    case 'Delete': {
      const bound: Bound = new Map([[statement.from.name, statement.from]])
      const where = statement.where === null ? null : exprProblem(bound, 'refused', statement.where)
      return where ?? returningProblem(statement.from, statement.returning)
    }
    default:
      return absurd(statement)
  }
}

/** What a write gives back is about one row, so no aggregate stands in it. */
const returningProblem = (table: Source, returning: ProjectionNode | null): EvalError | null => {
  if (returning === null) return null
  const bound: Bound = new Map([[table.name, table]])
  return projectionProblem(bound, returning) ?? first(projected(returning), (e) => exprProblem(bound, 'refused', e))
}

/** As `checkStatement`, of an expression about one row of a source. */
export const checkExpr = (source: Source | null, node: ExprNode): Result<null> => {
  const problem = exprProblem(source === null ? none : new Map([[source.name, source]]), 'refused', node)
  return problem === null ? E.right(null) : E.left(problem)
}

/** Left with the first thing that no engine would take, or that relvar refuses on all of them. */
export const checkStatement = (statement: StatementNode): Result<null> => {
  const problem = statementProblem(statement)
  return problem === null ? E.right(null) : E.left(problem)
}
