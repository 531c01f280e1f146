/**
 * What a generated expression may mention where it stands.
 */
import * as fc from 'fast-check'

import type { CustomForm } from '../expr/custom-node.js'
import { type ColumnNode, column, type ExprNode, type ExprTag } from '../expr/node.js'
import type { JoinKind, QueryNode } from '../expr/query-node.js'
import type { Source, TableSource } from '../expr/source.js'
import type { Family } from './family.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** An arbitrary that may not exist here: of expressions of a family that has none, say. */
export type Maybe<A> = fc.Arbitrary<A> | null

/** The tables to ask, the joins to use, and how queries inside expressions are made. */
export interface World {
  readonly tables: ReadonlyArray<TableSource>
  readonly joins: ReadonlyArray<JoinKind>
  /** Expressions of the user's own that may stand in what is made. */
  readonly custom: ReadonlyArray<CustomForm>
  /** Any query, for EXISTS. */
  readonly rows: (context: Context) => fc.Arbitrary<QueryNode>
  /** A query of one output of the family, for IN. */
  readonly column: (context: Context, family: Family) => Maybe<QueryNode>
  /** The same with one row at most, for a query as a value. */
  readonly single: (context: Context, family: Family) => Maybe<QueryNode>
}

/**
 * A place for expressions. `own` are the columns of its own sources, or what a group may say; `outer` those of the queries around
 * it; `rows` is what an aggregate looks at, null where none may stand. `level` counts the queries around it.
 */
export interface Context {
  readonly world: World
  readonly own: ReadonlyArray<ExprNode>
  readonly outer: ReadonlyArray<ColumnNode>
  readonly rows: Context | null
  /** What the query is grouped by, as it is said. */
  readonly groups: ReadonlyArray<ExprNode>
  /** Whether there are several groupings, of which each leaves something out. */
  readonly several: boolean
  /** Where windows may stand; null where they may not. */
  readonly windows: WindowPlace | null
  readonly level: number
  /** Whether it is inside an aggregate, where neither a literal alone nor a query stands. */
  readonly aggregated: boolean
  /** Arbitraries made before, so that their number does not grow with the depth. */
  readonly made: Map<string, Maybe<ExprNode>>
}

/** What windows look at, and what tells the rows apart; null where nothing does. */
export interface WindowPlace {
  readonly of: (family: Family, depth: number) => Maybe<ExprNode>
  readonly key: ReadonlyArray<ExprNode> | null
}

/** A node of a family is asked for: `below` gives expressions one level deeper, `inside` what an aggregate looks at. */
export interface Asked {
  readonly context: Context
  readonly family: Family
  readonly depth: number
  readonly below: (family: Family) => Maybe<ExprNode>
  readonly inside: (family: Family) => Maybe<ExprNode>
}

/** A generator of one kind of node; null where the kind has no such expression here. */
export type Generator<T extends ExprTag> = (asked: Asked) => Maybe<Extract<ExprNode, { readonly _tag: T }>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The columns of a source as expressions. */
export const columnsOf = (source: Source): ReadonlyArray<ColumnNode> =>
  source._tag === 'TableSource'
    ? source.table.columns.map((c) => column(source, c.key, c.name, c.type, c.nullable))
    : source.columns.map((c) => column(source, c.key, c.key, c.type, c.nullable))

/** The place where the rows of these sources are looked at. */
export const rowContext = (
  world: World,
  sources: ReadonlyArray<Source>,
  outer: ReadonlyArray<ColumnNode>,
  level: number,
): Context => {
  const names = sources.map((source) => source.name)
  const seen = outer.filter((c) => !names.includes(c.of.name))
  return {
    world,
    own: sources.flatMap(columnsOf),
    outer: seen,
    rows: null,
    groups: [],
    several: false,
    windows: null,
    level,
    aggregated: false,
    made: new Map(),
  }
}

/**
 * The place where groups are looked at: `own` is what they agree on. What an aggregate looks at mentions columns, and none of an
 * outer row: of those alone it would be an aggregate of the outer query in SQL. MySQL has wrong answers for aggregates of
 * constants, and some of subqueries end the server.
 */
export const groupContext = (
  rows: Context,
  own: ReadonlyArray<ExprNode>,
  groups: ReadonlyArray<ExprNode> = [],
  several = false,
): Context => ({
  ...rows,
  own,
  groups,
  several,
  rows: { ...rows, outer: [], aggregated: true, made: new Map() },
  made: new Map(),
})

/** The same place where windows may stand, too. */
export const windowContext = (place: Context, windows: WindowPlace): Context => ({
  ...place,
  windows,
  made: new Map(),
})

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The columns that a query inside may mention. */
export const seenInside = (context: Context): ReadonlyArray<ColumnNode> => [
  ...context.own.filter((e) => e._tag === 'Column'),
  ...context.outer,
]

/** What can be made of an arbitrary where it exists. */
export const given = <A, B>(a: Maybe<A>, f: (a: fc.Arbitrary<A>) => Maybe<B>): Maybe<B> => (a === null ? null : f(a))

/** One of those that exist; a counterexample shrinks to the first. */
export const someOf = <A>(all: ReadonlyArray<Maybe<A>>): Maybe<A> => {
  const there = all.filter((a) => a !== null)
  return there.length === 0 ? null : fc.oneof({ withCrossShrink: true }, ...there)
}

/** One of the values, where there is one. */
export const oneOf = <A>(all: ReadonlyArray<A>): Maybe<A> => (all.length === 0 ? null : fc.constantFrom(...all))
