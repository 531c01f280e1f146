/**
 * A Ref stands for a row that a unit of work will insert: it has no key yet, and foreign keys accept it in place of
 * one.
 *
 * A Ref is known by itself, not by a number: two branches of one unit of work never mistake each other's new rows.
 */
import { asked } from '../expr/asked.js'
import type { ColumnValue, IsKey } from '../expr/column.js'
import type { Problem } from '../expr/problem.js'
import type { AnyTable, ColumnsOf, InsertOf, KeyOf, ReferencesOf, SourceOf } from '../expr/table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const RefT: unique symbol

/** A new row of the source `S`, whose key will be a `Key`. */
export interface Ref<out S extends string, out Key> {
  readonly [RefT]: { readonly source: S; readonly key: Key }
}

/** Any reference to a row. */
export type AnyRef = Ref<string, unknown>

/**
 * The Refs that a column takes: those of the table that it refers to, or, where no type says which, those of a key that
 * fits.
 */
export type RefIn<C> = [ReferencesOf<C>] extends [never]
  ? Ref<string, Readonly<Record<string, NonNullable<ColumnValue<C>>>>>
  : Ref<ReferencesOf<C>, unknown>

/** A row to insert by a unit of work: foreign keys may be Refs. */
export type NewRow<T extends AnyTable> = {
  readonly [K in keyof InsertOf<T>]: InsertOf<T>[K] | (K extends keyof ColumnsOf<T> ? RefIn<ColumnsOf<T>[K]> : never)
}

type Changeable<T extends AnyTable> = {
  [K in keyof ColumnsOf<T>]: IsKey<ColumnsOf<T>[K]> extends true ? never : K
}[keyof ColumnsOf<T>]

/** New values of any columns but the key; foreign keys may be Refs. */
export type RowPatch<T extends AnyTable> = {
  readonly [K in Changeable<T>]?: ColumnValue<ColumnsOf<T>[K]> | RefIn<ColumnsOf<T>[K]>
} & NoFunction

// A function has a `name` and a `length`, so it would pass for a patch of columns that are called so.
interface NoFunction {
  readonly [Symbol.hasInstance]?: never
}

/** A whole row after a change; foreign keys may be Refs. */
export type ChangedRow<T extends AnyTable> = {
  readonly [K in keyof ColumnsOf<T>]: ColumnValue<ColumnsOf<T>[K]> | RefIn<ColumnsOf<T>[K]>
}

/** The key of a row of a table that has one. */
export type RowKey<T extends AnyTable> = [keyof KeyOf<T>] extends [never]
  ? Problem<`"${SourceOf<T>}" has no primary key, so no row of it can be told from another`>
  : KeyOf<T>

/** What says which row is meant: its key (a whole row will do), or the Ref that its insert gave. */
export type RowAddress<T extends AnyTable> = [keyof KeyOf<T>] extends [never]
  ? RowKey<T>
  : KeyOf<T> | Ref<SourceOf<T>, unknown>

const brand: unique symbol = Symbol('relvar/ref')

/** What a Ref is at run time. */
export interface RefNode {
  readonly [brand]: true
  /** The identity of its table. */
  readonly table: string
  /** The table's name and a number, for messages: `users#1`. */
  readonly label: string
  /** The identity of the row, where the insert said the whole key; else the Ref itself is its identity. */
  readonly row: string | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const makeRef = (table: string, label: string, row: string | null): RefNode =>
  Object.freeze({ [brand]: true as const, table, label, row })

// -------------------------------------------------------------------------------------
// destructors (internal)
// -------------------------------------------------------------------------------------

/** Whether `u` is a Ref: it carries a brand that no JSON can have. */
export const isRef = (u: unknown): u is RefNode => asked(() => typeof u === 'object' && u !== null && brand in u, false)

// The type parameters of a Ref have no counterpart at run time; `insert`, which makes it, states those of its table.
export const refOf = <S extends string, Key>(node: RefNode): Ref<S, Key> => node as unknown as Ref<S, Key>

// Every Ref is made by `refOf` from a node.
export const refNode = (ref: AnyRef): RefNode => ref as unknown as RefNode
