/**
 * What a query reads: tables under aliases, queries with names, and how they are joined.
 */
import * as fc from 'fast-check'

import { projected } from '../compile/grouping.js'
import { freeIn } from '../expr/children.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { absentIn, canBeNull, outerJoined, outputsOf, projectionOf } from '../expr/outputs.js'
import type { JoinNode, QueryNode } from '../expr/query-node.js'
import type { Source, TableSource } from '../expr/source.js'
import { columnsOf, type Context, type Maybe, someOf, type World } from './context.js'
import { expression } from './expression.js'
import { familyOf, isUnordered } from './family.js'
import { type Named, namedRowsOf } from './named-rows.js'

/** A source before it has a name. `plain`: under its own name where that is free, so that inner names shadow outer ones. */
type Unnamed =
  | { readonly _tag: 'Table'; readonly table: TableSource; readonly plain: boolean }
  | { readonly _tag: 'Query'; readonly query: QueryNode }
  | { readonly _tag: 'Named'; readonly make: Named }
  /** What stands before it once more, under another name; the table where nothing does. */
  | { readonly _tag: 'Again'; readonly table: TableSource; readonly plain: boolean }

const letters = 'abcdefgh'

/** Names by the level of the query and the place in it, so that what is left after shrinking reads alike. */
const named = (level: number, sources: ReadonlyArray<Unnamed>): ReadonlyArray<Source> => {
  const used = new Set<string>()
  const made: Array<Source> = []
  const one = (source: Unnamed, i: number): Source => {
    const alias = `${letters[level] ?? 'z'}${i}`
    if (source._tag === 'Named') return source.make(alias)
    const before = made[i - 1]
    if (source._tag === 'Again' && before !== undefined) return Object.freeze({ ...before, name: alias })
    if (source._tag === 'Query')
      return Object.freeze({
        _tag: 'DerivedSource',
        name: alias,
        query: source.query,
        columns: outputsOf(source.query),
        cte: null,
      })
    const own = source.table.table.name
    const name = source.plain && !used.has(own) ? own : alias
    used.add(name)
    return Object.freeze({ ...source.table, name })
  }
  sources.forEach((source, i) => made.push(one(source, i)))
  return made
}

/** One to three sources; a query with a name is rarer than a table. */
export const sourcesOf = (
  world: World,
  level: number,
  derived: Maybe<QueryNode>,
): fc.Arbitrary<ReadonlyArray<Source>> => {
  const table = fc
    .record({ table: fc.constantFrom(...world.tables), plain: fc.boolean() })
    .map((fields): Unnamed => ({ _tag: 'Table', ...fields }))
  const one: fc.Arbitrary<Unnamed> =
    derived === null
      ? table
      : fc.oneof(
          { withCrossShrink: true },
          { weight: 7, arbitrary: table },
          { weight: 2, arbitrary: derived.map((query): Unnamed => ({ _tag: 'Query', query })) },
          {
            weight: 2,
            arbitrary: namedRowsOf(world, level, derived).map((make): Unnamed => ({ _tag: 'Named', make })),
          },
          {
            weight: 1,
            arbitrary: fc
              .constantFrom(...world.tables)
              .map((t): Unnamed => ({ _tag: 'Again', table: t, plain: false })),
          },
        )
  return fc
    .oneof(
      { withCrossShrink: true },
      { weight: 4, arbitrary: fc.tuple(one) },
      { weight: 4, arbitrary: fc.tuple(one, one) },
      { weight: 1, arbitrary: fc.tuple(one, one, one) },
    )
    .map((sources) => named(level, sources))
}

// -------------------------------------------------------------------------------------
// joins
// -------------------------------------------------------------------------------------

const isKey = (e: node.ColumnNode): boolean => e.of._tag === 'TableSource' && e.of.table.primaryKey.includes(e.key)

const refers = (from: node.ColumnNode, to: node.ColumnNode): boolean =>
  from.of._tag === 'TableSource' &&
  to.of._tag === 'TableSource' &&
  from.of.table.foreignKeys.some(
    (key) =>
      key.columns[0] === from.key &&
      key.target.table === (to.of._tag === 'TableSource' ? to.of.table.name : '') &&
      key.target.columns[0] === to.key,
  )

interface Pair {
  readonly a: node.ColumnNode
  readonly b: node.ColumnNode
}

/** Columns that can be equal: those of foreign keys first, then keys, then any of one family. */
export const equalColumns = (
  left: ReadonlyArray<node.ColumnNode>,
  right: ReadonlyArray<node.ColumnNode>,
): Maybe<node.CompareNode> => {
  const pairs = left
    .flatMap((a) => right.map((b): Pair => ({ a, b })))
    .filter(({ a, b }) => familyOf(a.type) === familyOf(b.type) && !isUnordered(a.type))
  const references = pairs.filter(({ a, b }) => refers(a, b) || refers(b, a))
  const keys = pairs.filter(({ a, b }) => isKey(a) !== isKey(b))
  return someOf(
    [references, keys, pairs].map((list) =>
      list.length === 0 ? null : fc.constantFrom(...list).map(({ a, b }) => node.compare('eq', a, b)),
    ),
  )
}

/** Whether an output is null where a source around the query is absent, though its type says that it never is. */
const leansOn = (query: QueryNode, outside: ReadonlySet<string>): boolean => {
  if (query._tag === 'SetOperation') return leansOn(query.left, outside) || leansOn(query.right, outside)
  const own = absentIn(query)
  const all = new Set([...own, ...outside])
  return projected(projectionOf(query)).some((e) => canBeNull(e, all) && !canBeNull(e, own))
}

/** Joins whose LATERAL sources may say what their types say: those before them leave out nothing that they lean on. */
const leaning = (from: Source, joins: ReadonlyArray<JoinNode>): ReadonlyArray<JoinNode> => {
  const last = joins.findLastIndex(
    ({ lateral, source }, at) =>
      lateral &&
      source._tag === 'DerivedSource' &&
      leansOn(source.query, outerJoined({ from, joins: joins.slice(0, at) })),
  )
  return joins.map((join, at) => (at < last && join.kind !== 'cross' ? { ...join, kind: 'inner' } : join))
}

/** The joins of all sources but the first; each ON sees what stands before it. */
export const joinsOf = (context: Context, sources: ReadonlyArray<Source>): fc.Arbitrary<ReadonlyArray<JoinNode>> => {
  const [from] = sources
  const drawn = fc.tuple(
    ...sources.slice(1).map((source, i) => {
      const before = sources.slice(0, i + 1).flatMap(columnsOf)
      const seen: Context = { ...context, own: [...before, ...columnsOf(source)], made: new Map() }
      const on: Maybe<ExprNode> = someOf<ExprNode>([
        equalColumns(before, columnsOf(source)),
        equalColumns(before, columnsOf(source)),
        expression(seen, 'boolean', 1),
      ])
      const seesBefore = source._tag === 'DerivedSource' && freeIn(source.query).size > 0
      // What a row asks for is joined to it or not: there is no right side by itself.
      const kinds = seesBefore ? (['cross', 'left', 'inner'] as const) : context.world.joins
      return fc
        .tuple(fc.constantFrom(...kinds), on ?? fc.constant(node.logic('and', [])))
        .map(([kind, e]): JoinNode => ({ kind, source, on: kind === 'cross' ? null : e, lateral: seesBefore }))
    }),
  )
  return from === undefined ? drawn : drawn.map((joins) => leaning(from, joins))
}
