/**
 * What the parts of the linter have in common: what a finding is, and what is asked of a query to find it.
 */
import { freeIn, hasAggregate, visitExpr } from './children.js'
import type { Visitor } from './visitor.js'
import type { ExprNode } from './node.js'
import { projectionOf } from './outputs.js'
import type { QueryNode } from './query-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The kinds of findings. */
export type FindingTag =
  | 'CartesianProduct'
  | 'LimitWithoutOrder'
  | 'IgnoredOrder'
  | 'ShadowedSource'
  | 'UncorrelatedExists'
  | 'FilteredLeftJoin'
  | 'NotInNull'
  | 'RawText'
  | 'EveryRow'
  | 'NoKey'
  | 'SeveralKeys'
  | 'UnboundedRead'
  | 'LostComment'

/**
 * Something that is most often a mistake. `place` says in which query of the statement it stands (empty for the outermost one),
 * `sources` which sources it is about.
 */
export interface Finding {
  readonly _tag: FindingTag
  readonly place: string
  readonly sources: ReadonlyArray<string>
  readonly message: string
}

/** What is found only where it is asked for: it is as often meant as not. */
export type OptionalFinding = 'EveryRow' | 'UnboundedRead'

/** What a linter looks for besides. */
export interface LintOptions {
  readonly also?: ReadonlyArray<OptionalFinding>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The names of the sources that an expression mentions, those of its queries among them. */
export const mentioned = (node: ExprNode): ReadonlySet<string> => {
  const names = new Set<string>()
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Column') names.add(e.of.name)
      else visitExpr(e, visitor)
    },
    query: (q) => {
      for (const name of freeIn(q)) names.add(name)
    },
  }
  visitor.expr(node)
  return names
}

/** Whether a query gives one row at most, whatever the data are. */
export const isSingle = (query: QueryNode): boolean => {
  if (query._tag === 'SetOperation') return false
  const { limit } = query
  if (limit?._tag === 'Param' && limit.kind._tag === 'Value' && limit.kind.value === 1) return true
  if (query.groupBy.length > 0) return false
  const projection = projectionOf(query)
  if (projection._tag === 'One') return hasAggregate(projection.expr)
  return (
    projection._tag === 'Record' &&
    projection.fields.some((f) => f.projection._tag === 'One' && hasAggregate(f.projection.expr))
  )
}

/** Names as a message lists them. */
export const list = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(', ')
