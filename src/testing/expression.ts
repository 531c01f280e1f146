/**
 * Expressions of a family: one generator a node tag, and how they are chosen and nested.
 */
import * as fc from 'fast-check'

import type { ExprNode, ExprTag } from '../expr/node.js'
import { aggregateOf } from './aggregates.js'
import { customOf } from './custom.js'
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
  Custom: customOf,
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

const kinds: ReadonlyArray<(asked: Asked) => Maybe<ExprNode>> = [
  ...tags.map(
    (tag) =>
      (asked: Asked): Maybe<ExprNode> =>
        generators[tag](asked),
  ),
  values.groupedOf,
]

/** The kinds that may stand at such places, and how often each is drawn. */
interface Kinds {
  readonly open: ReadonlyArray<number>
  readonly drawn: fc.Arbitrary<number>
}

/** What decides which kinds may stand at a place: places that agree in it share one arbitrary. */
const kindOfPlace = ({ context, depth }: Asked): string =>
  `${Math.min(depth, 1)} ${Math.min(context.level, deepest)} ${context.aggregated}`

const kindsOf = (asked: Asked): Kinds => {
  const open = kinds.map((_, kind) => kind).filter((kind) => isOpen(tags[kind] ?? 'Param', asked))
  const weights = open.map((kind) => {
    const tag = tags[kind]
    return tag === undefined ? 4 : weightOf(tag, asked)
  })
  return { open, drawn: fc.constantFrom(...weights.flatMap((weight, at) => Array.from({ length: weight }, () => at))) }
}

const kindsOfPlaces = new Map<string, Kinds>()

const kindsAt = (asked: Asked): Kinds => {
  const key = kindOfPlace(asked)
  const known = kindsOfPlaces.get(key) ?? kindsOf(asked)
  kindsOfPlaces.set(key, known)
  return known
}

/** One of the kinds of nodes that have such an expression here. Which one is drawn first, and only then is its arbitrary made. */
const made = (asked: Asked): Maybe<ExprNode> => {
  const { open, drawn } = kindsAt(asked)
  // What a run has made is kept for its next draws.
  const known = new Map<number, Maybe<ExprNode>>()
  const kindAt = (at: number): Maybe<ExprNode> => {
    const before = known.get(at)
    if (before !== undefined) return before
    const arbitrary = kinds[open[at] ?? 0]?.(asked) ?? null
    known.set(at, arbitrary)
    return arbitrary
  }
  /** The first kind from a place on that has one. */
  const from = (start: number): Maybe<ExprNode> => {
    for (let i = 0; i < open.length; i++) {
      const arbitrary = kindAt((start + i) % open.length)
      if (arbitrary !== null) return arbitrary
    }
    return null
  }
  const first = from(0)
  return first === null ? null : drawn.chain((at) => from(at) ?? first)
}

/** The same as `expression`, made when it is first drawn from: most of what could stand below is never drawn. */
const later = (context: Context, family: Family, depth: number): Maybe<ExprNode> => {
  const key = `later ${family} ${depth}`
  const known = context.made.get(key)
  if (known !== undefined) return known
  const asked: Asked = { context, family, depth: 0, below: () => null, inside: () => null }
  const leaf: Maybe<ExprNode> = values.columnOf(asked) ?? values.paramOf(asked)
  const arbitrary =
    leaf === null
      ? expression(context, family, depth)
      : fc.constant(null).chain(() => expression(context, family, depth) ?? leaf)
  context.made.set(key, arbitrary)
  return arbitrary
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
    below: (f) => later(context, f, depth - 1),
    inside: (f) => (rows === null ? null : later(rows, f, Math.max(0, depth - 1))),
  })
  context.made.set(key, arbitrary)
  return arbitrary
}
