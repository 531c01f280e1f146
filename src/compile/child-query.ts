/**
 * The query of a relation over the keys of all outer rows at once: the keys are joined in, and each row tells which it belongs to.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { hasAggregate } from '../expr/children.js'
import { type ColumnNode, type ExprNode, scalar } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { ProjectedField, ProjectionNode, QueryNode, SelectNode } from '../expr/query-node.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { distinctOnProblem } from './distinct-on.js'
import { groupingError, isGrouped, projected } from './grouping.js'
import { keysetProblem } from './keyset.js'
import { limitsProblem } from './limits.js'
import { ordinalOutput, type OuterKeys, overKeys } from './outer-keys.js'

type Compiled<A> = Either<CompileError, A>

/** What cannot be asked for all outer rows at once, and what to do instead. */
type Cannot = (what: string, instead: string) => Compiled<never>

/** What is wrong with the relation's own clauses, before the keys are among its sources. */
const clauseProblem = (dialect: Dialect, query: SelectNode): CompileError | null =>
  groupingError(query) ??
  distinctOnProblem(dialect.name, query) ??
  limitsProblem(query) ??
  keysetProblem(query) ??
  (query.lock === null ? null : illFormed('a lock belongs to the outermost query, which gives the rows'))

/** One SELECT over the keys. */
const keyed = (dialect: Dialect, keys: OuterKeys, over: SelectNode, cannot: Cannot): Compiled<SelectNode> => {
  const problem = clauseProblem(dialect, over)
  if (problem !== null) return left(problem)
  if (over.joins.some((j) => j.kind === 'right' || j.kind === 'full'))
    return cannot('a right or full join', 'name the joined rows with subquery')
  // A grouping of all rows has a row for each outer row, also where nothing matches.
  if (over.groupingSets !== null)
    return cannot('several groupings', 'use groupBy, or ask for each outer row with given')
  if (over.groupBy.length === 0 && isGrouped(over)) return ungroupedAggregate(over, keys, cannot)
  return right({
    ...over,
    from: keys.source,
    joins: [{ kind: 'cross', source: over.from, on: null, lateral: false }, ...over.joins],
    select: projectionOf(over),
    groupBy: over.groupBy.length === 0 ? [] : [...over.groupBy, ...keys.columns],
  })
}

/** One ungrouped aggregate gives its row also where nothing matches: each output is asked for by itself, for each key. */
const ungroupedAggregate = (over: SelectNode, keys: OuterKeys, cannot: Cannot): Compiled<SelectNode> => {
  if (over.includes.length > 0 || over.having !== null) return cannot('such an aggregate', 'group it by its key')
  if (over.limit !== null || over.offset !== null) return cannot('a limit of one row', 'leave the limit out')
  const asked = (p: ProjectionNode): ProjectionNode =>
    p._tag === 'One'
      ? // What is no aggregate says the same of each row, also where there is none.
        hasAggregate(p.expr)
        ? { _tag: 'One', expr: scalar({ ...over, orderBy: [], keyset: null, select: p }, p.expr.type) }
        : p
      : p._tag === 'Record'
        ? { _tag: 'Record', fields: p.fields.map((f) => ({ key: f.key, projection: asked(f.projection) })) }
        : p
  return right({
    ...over,
    from: keys.source,
    joins: [],
    where: null,
    present: [],
    orderBy: [],
    keyset: null,
    select: asked(projectionOf(over)),
  })
}

const one = (key: string, expr: ExprNode): ProjectedField => ({ key, projection: { _tag: 'One', expr } })

/** A side of a set operation with the ordinal among its outputs, so that rows of different outer rows are different rows. */
const keyedSide = (
  dialect: Dialect,
  keys: OuterKeys,
  ordinal: ColumnNode,
  side: QueryNode,
  cannot: Cannot,
): Compiled<QueryNode> => {
  if (side._tag === 'SetOperation') {
    const [a, b] = [side.left, side.right].map((s) => keyedSide(dialect, keys, ordinal, s, cannot))
    if (a === undefined || b === undefined) return right(side)
    if (isLeft(a)) return a
    return isLeft(b) ? b : right({ ...side, left: a.right, right: b.right })
  }
  const over = keyed(dialect, keys, side, cannot)
  if (isLeft(over)) return over
  const exprs = projected(projectionOf(over.right))
  const fields = outputsOf(side).flatMap((c, i) => exprs.slice(i, i + 1).map((e) => one(c.key, e)))
  return right({ ...over.right, select: { _tag: 'Record', fields: [...fields, one(ordinalOutput, ordinal)] } })
}

/** The relation's query over the keys of all outer rows at once. */
export const childQuery = (
  dialect: Dialect,
  columns: ReadonlyArray<ColumnNode>,
  keys: OuterKeys,
  name: string,
  query: QueryNode,
): Compiled<QueryNode> => {
  const cannot: Cannot = (what, instead) =>
    left(unsupported(dialect.name, `load "${name}" with ${what} for each outer row`, instead))
  const over = overKeys(columns, keys.source, query)
  if (over._tag === 'Select') return keyed(dialect, keys, over, cannot)
  const ordinal = keys.columns[keys.columns.length - 1]
  return ordinal === undefined
    ? cannot('a set operation', 'name it with subquery')
    : keyedSide(dialect, keys, ordinal, over, cannot)
}
