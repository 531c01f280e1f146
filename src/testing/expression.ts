/**
 * Expressions of a family: one generator a node tag, and how they are chosen and nested.
 */
import * as fc from 'fast-check'

import type { ExprNode, ExprTag } from '../expr/node.js'
import { aggregateOf } from './aggregates.js'
import type { Asked, Context, Generator, Maybe } from './context.js'
import type { Family } from './family.js'
import { callOf } from './functions.js'
import { inRowsOf } from './in-rows.js'
import * as predicates from './predicate-generators.js'
import { quantifiedOf } from './quantified.js'
import * as values from './value-generators.js'
import { windowOf } from './windows.js'

/** One generator a node: without it, a new node does not compile. */
const generators: { readonly [T in ExprTag]: Generator<T> } = {
  Param: values.paramOf,
  Column: values.columnOf,
  Compare: predicates.compareOf,
  IsNull: predicates.isNullOf,
  InList: predicates.inListOf,
  Between: predicates.betweenOf,
  Like: predicates.likeOf,
  Not: predicates.notOf,
  Logic: predicates.logicOf,
  Arithmetic: values.arithmeticOf,
  Concat: values.concatOf,
  Call: callOf,
  Coalesce: values.coalesceOf,
  Case: values.caseOf,
  Aggregate: aggregateOf,
  Window: windowOf,
  InQuery: predicates.inQueryOf,
  InRows: inRowsOf,
  Quantified: quantifiedOf,
  // Text of the user's own has no meaning in memory to compare with.
  Raw: () => null,
  Exists: predicates.existsOf,
  Scalar: values.scalarOf,
}

// The record has exactly the tags as its keys.
const tags = Object.keys(generators) as ReadonlyArray<ExprTag>

/** What ends a tree; all else has expressions or queries below. */
const leaves: ReadonlySet<ExprTag> = new Set(['Param', 'Column', 'Aggregate'])
const queries: ReadonlySet<ExprTag> = new Set(['InQuery', 'Quantified', 'Exists', 'Scalar'])

/** Queries inside queries inside queries say nothing new, and take long. */
const deepest = 2

const weightOf = (tag: ExprTag, { context, depth }: Asked): number => {
  if (tag === 'Column') return depth === 0 ? 12 : 6
  if (tag === 'Aggregate') return 8
  if (tag === 'Compare') return 6
  if (tag === 'Scalar' || (queries.has(tag) && context.level > 0)) return 1
  return 3
}

const isOpen = (tag: ExprTag, { context, depth }: Asked): boolean =>
  leaves.has(tag) || (depth > 0 && (!queries.has(tag) || (!context.aggregated && context.level < deepest)))

const made = (asked: Asked): Maybe<ExprNode> => {
  const weighted = tags.flatMap((tag) => {
    const arbitrary: Maybe<ExprNode> = isOpen(tag, asked) ? generators[tag](asked) : null
    return arbitrary === null ? [] : [{ weight: weightOf(tag, asked), arbitrary }]
  })
  const grouped = values.groupedOf(asked)
  const options = grouped === null ? weighted : [...weighted, { weight: 4, arbitrary: grouped }]
  return options.length === 0 ? null : fc.oneof({ withCrossShrink: true }, ...options)
}

/** Expressions of a family at a place, `depth` operators deep at most; null where the place has none. */
export const expression = (context: Context, family: Family, depth: number): Maybe<ExprNode> => {
  const key = `${family} ${depth}`
  const known = context.made.get(key)
  if (known !== undefined) return known
  const { rows } = context
  const arbitrary = made({
    context,
    family,
    depth,
    below: (f) => expression(context, f, depth - 1),
    inside: (f) => (rows === null ? null : expression(rows, f, Math.max(0, depth - 1))),
  })
  context.made.set(key, arbitrary)
  return arbitrary
}
