/**
 * `UnitOfWork<T>`, an immutable value: what was read from the database, and a journal of what is to be written.
 */
import type { AnyTable } from '../expr/table.js'
import type { Catalog } from './catalog.js'
import type { Fields, Key } from './identity.js'
import { append, type Intent, type Journal, type RowId } from './journal.js'
import type { PlanError } from './plan-error.js'
import type { RefNode } from './ref.js'
import { recall, type Snapshots } from './snapshots.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const UnitOfWorkT: unique symbol

/** What was read and what is to be written, in the tables `T` of a schema. */
export interface UnitOfWork<out T extends Readonly<Record<string, AnyTable>>> {
  readonly [UnitOfWorkT]: { readonly tables: T }
}

/** A unit of work over any schema. */
export type AnyUnitOfWork = UnitOfWork<Readonly<Record<string, AnyTable>>>

/** What a unit of work is at run time. */
export interface State {
  readonly catalog: Catalog
  /** Rows as the database had them, by identity; null for one that a flush has removed. */
  readonly base: Snapshots<string, Fields | null>
  /** The keys of Refs whose rows a flush has written. */
  readonly keys: Snapshots<RefNode, Key>
  readonly journal: Journal
  /** How many Refs were given, for their labels. */
  readonly refs: number
}

// -------------------------------------------------------------------------------------
// constructors and destructors (internal)
// -------------------------------------------------------------------------------------

// The tables' types have no counterpart at run time; `empty` states those of its schema, and every function keeps them.
export const uowOf = <T extends Readonly<Record<string, AnyTable>>>(state: State): UnitOfWork<T> =>
  Object.freeze(state) as unknown as UnitOfWork<T>

// Every UnitOfWork is made by `uowOf` from a State.
export const stateOf = (uow: AnyUnitOfWork): State => uow as unknown as State

/** The row as the database had it, or null. */
export const baseRow = (state: State, row: RowId): Fields | null =>
  typeof row === 'string' ? (recall(state.base, row) ?? null) : null

/** The identity of a Ref's row: its key's, where that is known. */
export const rowOfRef = (state: State, ref: RefNode): RowId => recall(state.keys, ref)?.id ?? ref.row ?? ref

/** The state with one more intent. */
export const withIntent = (state: State, intent: Intent): State => ({
  ...state,
  journal: append(state.journal, intent),
})

/** The state whose plan is this error. */
export const withRefusal = (state: State, error: PlanError): State => withIntent(state, { _tag: 'Refused', error })
