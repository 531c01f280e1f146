/**
 * Where an expression is evaluated: the sources that are bound, innermost first, each with its row of the moment.
 */
import type { ParamNode } from '../expr/node.js'
import type { QueryNode } from '../expr/query-node.js'
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
  readonly rows: (query: QueryNode, scope: Scope) => Result<ReadonlyArray<unknown>>
}

/** Where an expression stands. `group` holds the scopes that an aggregate looks at; null where there is no group. */
export interface Here {
  readonly run: Run
  readonly scope: Scope
  readonly group: ReadonlyArray<Scope> | null
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

/** The innermost frame of a name; null where there is none. */
export const frameOf = (scope: Scope, name: string): Frame | null => {
  let at = scope
  while (at !== null && at.name !== name) at = at.outer
  return at
}
