/**
 * What is wrong with a query whatever the rows are, found before any row is looked at: so that a query that no engine takes has no
 * meaning over empty tables either. Null where nothing is.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import { freeSource, illFormed, sourceMismatch } from '../compile/compile-error.js'
import { distinctOnProblem } from '../compile/distinct-on.js'
import { groupingError, projected } from '../compile/grouping.js'
import { keysetProblem } from '../compile/keyset.js'
import { limitsProblem } from '../compile/limits.js'
import { lockProblem } from '../compile/lock.js'
import { recursionProblem } from '../compile/recursion.js'
import { criterionProblem, noDocuments, oneType, typeProblem } from '../compile/types.js'
import { invalidValue } from '../compile/load-error.js'
import { visitExpr } from '../expr/children.js'
import type { ExprNode, ParamNode } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode, SelectNode, SetNode } from '../expr/query-node.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import { accept } from './accept.js'
import { hiddenProblem, outerAggregateProblem, presenceProblem, typesOf } from './check-outputs.js'
import { type EvalError, notEvaluable } from './eval-error.js'
import { boundProblem } from './text-search.js'

// -------------------------------------------------------------------------------------
// sources
// -------------------------------------------------------------------------------------

export type Bound = ReadonlyMap<string, Source>

export const none: Bound = new Map()

const sameSource = (a: Source, b: Source): boolean =>
  a._tag === 'TableSource'
    ? b._tag === 'TableSource' &&
      a.table.name === b.table.name &&
      a.table.schema === b.table.schema &&
      a.table.shape === b.table.shape
    : a._tag === b._tag

const sourceProblem = (bound: Bound, source: Source): EvalError | null => {
  const known = bound.get(source.name)
  if (known === undefined) return freeSource(source.name)
  return known === source || sameSource(known, source) ? null : sourceMismatch(source.name)
}

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

/** Where a dialect would be named. */
const memory = 'memory'

type Aggregates = 'windows' | 'allowed' | 'refused'

/** Where an expression stands: what is bound there, and whether an aggregate may stand in it, or a window function besides. */
export const exprProblem = (bound: Bound, aggregates: Aggregates, node: ExprNode): EvalError | null => {
  if (node._tag === 'Column') {
    const problem = sourceProblem(bound, node.of)
    const known = bound.get(node.of.name)
    if (problem !== null || known === undefined) return problem
    return columnsOfSource(known).some((c) => c.key === node.key)
      ? null
      : illFormed(`"${node.of.name}" has no column "${node.key}"`)
  }
  const problem = typeProblem(memory, node)
  if (problem !== null) return problem
  if (node._tag === 'Aggregate' && aggregates === 'refused')
    return illFormed('an aggregate stands in a select, having or orderBy, and not inside another one')
  if (node._tag === 'Like' && node.pattern._tag === 'Param') {
    const wrong = valueProblem('like', node.pattern)
    if (wrong !== null) return wrong
  }
  if (node._tag === 'Like' && node.pattern._tag === 'Param' && endsInEscape(node.pattern))
    return invalidValue('like', 'the pattern ends in the escape character "!"')
  if (node._tag === 'Raw') return notEvaluable('raw SQL has no meaning in memory')
  if (node._tag === 'Custom' && node.form.evaluate === null)
    return notEvaluable(`"${node.form.name}" has no meaning in memory: its definition has no "evaluate"`)
  const refused = boundProblem(node)
  if (refused !== null) return refused
  if ((node._tag === 'InQuery' || node._tag === 'Quantified' || node._tag === 'Scalar') && width(node.query) !== 1)
    return illFormed('a query that stands for values has one output')
  if (node._tag === 'Window' && aggregates !== 'windows')
    return illFormed('a window function stands in select or orderBy, and not inside another one')
  const below = node._tag === 'Aggregate' ? 'refused' : node._tag === 'Window' ? 'allowed' : aggregates
  let inside: EvalError | null = null
  visitExpr(node, {
    expr: (e) => void (inside ??= exprProblem(bound, below, e)),
    query: (q) => void (inside ??= queryProblem(bound, q, 'nested')),
  })
  return inside
}

export const criterionIn = (
  bound: Bound,
  aggregates: Aggregates,
  what: string,
  node: ExprNode | null,
): EvalError | null => (node === null ? null : (criterionProblem(what, node) ?? exprProblem(bound, aggregates, node)))

const endsInEscape = ({ kind }: ParamNode): boolean =>
  kind._tag === 'Value' && typeof kind.value === 'string' && /(?<!!)(?:!!)*!$/.test(kind.value)

const width = (query: QueryNode): number =>
  query._tag === 'Select' ? projected(projectionOf(query)).length : width(query.left)

export const first = <A>(all: ReadonlyArray<A>, problemOf: (a: A) => EvalError | null): EvalError | null => {
  for (const a of all) {
    const problem = problemOf(a)
    if (problem !== null) return problem
  }
  return null
}

export const projectionProblem = (bound: Bound, projection: ProjectionNode): EvalError | null => {
  switch (projection._tag) {
    case 'One':
      return exprProblem(bound, 'windows', projection.expr)
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

const named = (sources: ReadonlyArray<Source>): ReadonlyArray<readonly [string, Source]> =>
  sources.map((s) => [s.name, s] as const)

/** What is wrong with a value that is known, where it stands for something with a name. */
export const valueProblem = (place: string, node: ExprNode): EvalError | null => {
  if (node._tag !== 'Param' || node.kind._tag !== 'Value') return null
  const taken = accept(node.type, node.nullable, place, node.kind.value)
  return E.isLeft(taken) ? taken.left : null
}

/** What is wrong with what stands below a source; rows with a name of their own see nothing of what stands around them. */
export const rowsProblem = (outer: Bound, source: Source): EvalError | null => {
  switch (source._tag) {
    case 'TableSource':
    case 'WorkingSource':
      return null
    case 'TextSource':
      return notEvaluable('raw SQL has no meaning in memory')
    case 'ValuesSource':
      return first([...source.rows.entries()], ([at, row]) =>
        first(
          [...row.entries()],
          ([i, e]) =>
            exprProblem(none, 'refused', e) ??
            valueProblem(`${source.name}.${source.columns[i]?.key ?? ''} of row ${at + 1}`, e),
        ),
      )
    case 'DerivedSource':
      return queryProblem(source.cte === null ? outer : none, source.query, 'nested')
    case 'RecursiveSource':
      return (
        recursionProblem(memory, source) ??
        queryProblem(none, source.base, 'nested') ??
        queryProblem(none, source.step, 'nested')
      )
    default:
      return absurd(source)
  }
}

/** FROM and the joins: each name once, each ON about what stands before it. */
const sourcesProblem = (outer: Bound, query: SelectNode): EvalError | null => {
  const sources = [query.from, ...query.joins.map((join) => join.source)]
  const names = sources.map((source) => source.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return illFormed(`"${twice}" is joined twice: give one of the two an alias`)
  const derived = first([...sources.entries()], ([i, s]) =>
    rowsProblem(query.joins[i - 1]?.lateral === true ? new Map([...outer, ...named(sources.slice(0, i))]) : outer, s),
  )
  if (derived !== null) return derived
  const outside = [...outer].filter(([name]) => !names.includes(name))
  return first([...query.joins.entries()], ([i, join]) =>
    criterionIn(
      new Map([...outside, ...sources.slice(0, i + 2).map((s) => [s.name, s] as const)]),
      'refused',
      'on',
      join.on,
    ),
  )
}

const selectProblem = (outer: Bound, query: SelectNode, place: 'asked' | 'nested'): EvalError | null => {
  const sources = [query.from, ...query.joins.map((join) => join.source)]
  const own: Bound = new Map(sources.map((source) => [source.name, source]))
  const bound: Bound = new Map([...outer, ...own])
  const orders = query.orderBy.map((order) => order.expr)
  return (
    sourcesProblem(outer, query) ??
    criterionIn(bound, 'refused', 'where', query.where) ??
    first(query.present, (source) => sourceProblem(own, source)) ??
    first(query.groupBy, (e) => exprProblem(bound, 'refused', e)) ??
    projectionProblem(bound, projectionOf(query)) ??
    criterionIn(bound, 'allowed', 'having', query.having) ??
    first(orders, (e) => exprProblem(bound, 'windows', e)) ??
    groupingError(query) ??
    outerAggregateProblem(own, query) ??
    (place === 'asked' ? presenceProblem(query) : null) ??
    noDocuments(memory, 'group by', typesOf(query.groupBy)) ??
    noDocuments(memory, 'order by', typesOf(orders)) ??
    hiddenProblem(query) ??
    distinctOnProblem(memory, query) ??
    limitsProblem(query) ??
    keysetProblem(query) ??
    lockProblem(query, place) ??
    first(query.includes, ({ relation }) =>
      relation.query._tag === 'Select' ? lockProblem(relation.query, 'nested') : null,
    ) ??
    first(query.includes, (include) => queryProblem(bound, include.relation.query, 'asked'))
  )
}

const isFlat = (query: QueryNode): boolean =>
  query._tag === 'SetOperation' ||
  (query.select?._tag === 'Record'
    ? query.select.fields.every((f) => f.projection._tag === 'One')
    : query.select?._tag !== 'One')

const setProblem = (outer: Bound, query: SetNode): EvalError | null => {
  const inside =
    queryProblem(outer, query.left, 'nested') ?? queryProblem(outer, query.right, 'nested') ?? limitsProblem(query)
  if (inside !== null) return inside
  if (!isFlat(query.left) || !isFlat(query.right)) return illFormed(`${query.op}: both sides have flat rows with names`)
  const [left, right] = [outputsOf(query.left), outputsOf(query.right)]
  if (left.length !== right.length || !left.every((output) => right.some((other) => other.key === output.key)))
    return illFormed(`${query.op}: the two sides have different outputs`)
  const unknown = query.orderBy.find((order) => !left.some((output) => output.key === order.key))
  if (unknown !== undefined) return illFormed(`orderBy: the set operation has no output "${unknown.key}"`)
  return first(left, ({ key, type }) => {
    const types = [type, ...right.filter((other) => other.key === key).map((other) => other.type)]
    const isOrdered = query.orderBy.some((order) => order.key === key)
    const documents = query.op === 'unionAll' && !isOrdered ? null : noDocuments(memory, 'compare', types)
    return documents ?? oneType(`${query.op}: the output "${key}"`, types)
  })
}

/** `nested`: inside another query, where includes have no place. */
export const queryProblem = (outer: Bound, query: QueryNode, place: 'asked' | 'nested'): EvalError | null => {
  if (query._tag === 'SetOperation') return setProblem(outer, query)
  return selectProblem(outer, place === 'nested' ? { ...query, includes: [] } : query, place)
}
