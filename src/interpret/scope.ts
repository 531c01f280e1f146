/**
 * Where an expression is evaluated: the sources that are bound, innermost first, each with its row of the moment.
 */
import type { ExprNode, ParamNode } from '../expr/node.js'
import type { QueryNode } from '../expr/query-node.js'
import type { SequenceInfo } from '../expr/sequence.js'
import type { Result } from './eval-error.js'
import type { Tables } from './tables.js'
import type { Row } from './value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A bound source and its row; null where an outer join found none. */
export interface Frame {
  readonly name: string
  readonly row: Row | null
  readonly outer: Scope
}

/** Scope is lexical: of two frames with one name the inner is meant. */
export type Scope = Frame | null

/** What stays the same during one evaluation. `rows` gives a query's rows, which for a closed query are found once. */
export interface Run {
  readonly tables: Tables
  readonly bound: ReadonlyMap<ParamNode, unknown>
  /** The instant of the run in its one spelling; null where nobody said it. */
  readonly now: string | null
  readonly rows: (query: QueryNode, scope: Scope) => Result<ReadonlyArray<unknown>>
  /** The rows of the step before, by the names of the recursions under way. */
  readonly working: ReadonlyMap<string, ReadonlyArray<Row>>
  /** The rows of a step over those of the step before. */
  readonly step: (query: QueryNode, of: string, working: ReadonlyArray<Row>) => Result<ReadonlyArray<unknown>>
  /** The next number of a sequence, where the tables afterwards can tell of it. */
  readonly counted?: (sequence: SequenceInfo) => Result<bigint>
  /** The rows of a view: its query has parameters of its own. */
  readonly view: (query: QueryNode) => Result<ReadonlyArray<unknown>>
  /** What is the same for the whole run: found once. */
  readonly once: <A>(key: object, find: () => Result<A>) => Result<A>
}

/** Where an expression stands. `group` holds the scopes that an aggregate looks at; null where there is no group. */
export interface Here {
  readonly run: Run
  readonly scope: Scope
  readonly group: ReadonlyArray<Scope> | null
}

/** How an expression is evaluated: given to what stands inside of it, since expressions contain each other. */
export type Evaluate = (here: Here, node: ExprNode) => Result<unknown>

/** A row among all the rows that its SELECT has before distinct, order and limit: what a window looks at. */
export interface Peer extends Here {
  readonly all: ReadonlyArray<Here>
}

/** A group of one of several groupings: what is grouped by, where that is evaluated, and which of it the grouping has. */
export interface SetHere extends Here {
  readonly sets: {
    readonly groupBy: ReadonlyArray<ExprNode>
    readonly set: ReadonlyArray<number>
    readonly first: Scope
  }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const bind = (name: string, row: Row | null, outer: Scope): Frame => ({ name, row, outer })

/** The scope in which all these sources are absent. */
export const bindAbsent = (names: ReadonlyArray<string>, outer: Scope): Scope =>
  names.reduce<Scope>((scope, name) => bind(name, null, scope), outer)

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

export const isPeer = (here: Here): here is Peer => 'all' in here

export const isOfSet = (here: Here): here is SetHere => 'sets' in here

/** The innermost frame of a name; null where there is none. */
export const frameOf = (scope: Scope, name: string): Frame | null => {
  let at = scope
  while (at !== null && at.name !== name) at = at.outer
  return at
}
