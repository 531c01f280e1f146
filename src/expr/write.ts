/**
 * Writes as values: `update`, `deleteFrom`, which rows they are about, and what a write gives back. Inserts stand in `insert.ts`.
 */
import { criterion, type Empty, type Expr } from './expr.js'
import type { Fresh } from './from.js'
import { assignments } from './insert-rows.js'
import type { None, Problem } from './problem.js'
import { projectionNode } from './projection.js'
import {
  type AnyKind,
  type Deleting,
  type Guarded,
  type Mentions,
  nodeOfQuery,
  type Projection,
  type Query,
  query,
  type UnguardedDelete,
  type UnguardedUpdate,
  type Updating,
} from './query.js'
import { isWrite, type StatementNode, type UpdateNode, type WriteNode } from './query-node.js'
import type { Source, TableSource } from './source.js'
import { booleanType } from './sql-type.js'
import { type AnyTable, type ClosedTable, type ColumnsOf, type SourceOf, sourceOf, type Stored } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The sources that new values mention. */
export type MentionsIn<C> = MentionOf<C[keyof C]>
type MentionOf<V> = V extends Expr<unknown, infer S, string> ? S : never
type NullOf<V> = V extends Expr<unknown, string, infer N> ? N : never

/** `unknown` where new values are of columns that the table stores, and of one row each; else the sentence. */
export type RowValues<T extends AnyTable, C> = string extends keyof C
  ? unknown
  : None<Exclude<keyof C, Stored<ColumnsOf<T>>> & string, '', ' is no column that the table stores'> &
      (string extends NullOf<C[keyof C]>
        ? unknown
        : Empty extends NullOf<C[keyof C]>
          ? Problem<'a new value is of one row: an aggregate stands in a query of its own'>
          : unknown)

/** New values of columns: values, or expressions of the old row and of the sources `S` beside it. */
export type Changes<T extends AnyTable, S extends string = SourceOf<T>> = {
  readonly [K in Stored<ColumnsOf<T>>]?: ColumnsOf<T>[K]['_a'] | Expr<ColumnsOf<T>[K]['_a'], S, S>
}

/** `unknown` where what a write gives back is of the table that it writes; else the sentence. */
export type OfWritten<P, S, P2> = [P] extends [Updating<infer T> | Deleting<infer T>]
  ? None<
      Extract<Exclude<Mentions<P2>, SourceOf<T>>, S>,
      '',
      ' is not the table that is written: returning gives rows of that alone'
    >
  : unknown

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The source of a table whose rows are stored. */
export const writtenSource = (t: AnyTable): TableSource => {
  const source: Source = sourceOf(t)
  if (source._tag !== 'TableSource') throw new TypeError('only tables are written to')
  if (source.table.view !== null) throw new TypeError(`"${source.table.name}" is a view: only tables are written to`)
  return source
}

/**
 * Changes rows of a table: `set` says how, and `where` which ones, or `everyRow`: without either it does not run.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add, eq, integer, set, table, text, update, where } from 'relvar'
 *
 * const users = table('users', { name: text, age: integer })
 * pipe(update(users), set({ age: add(users.age, 1) }), where(eq(users.name, 'ed')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const update = <T extends AnyTable>(t: T): Query<Updating<T>, SourceOf<T>, never, never, UnguardedUpdate> =>
  query({
    _tag: 'Update',
    table: writtenSource(t),
    using: [],
    set: [],
    where: null,
    everyRow: false,
    returning: null,
  })

/**
 * Deletes rows of a table: `where` says which ones, or `everyRow`: without either it does not run.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { deleteFrom, eq, table, text, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(deleteFrom(users), where(eq(users.name, 'ed')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const deleteFrom = <T extends AnyTable>(t: T): Query<Deleting<T>, SourceOf<T>, never, never, UnguardedDelete> =>
  query({ _tag: 'Delete', from: writtenSource(t), using: [], where: null, everyRow: false, returning: null })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

type UpdateKind = 'update' | UnguardedUpdate
type DeleteKind = 'delete' | UnguardedDelete

/** The columns that an update changes without being told. */
const touched = (node: UpdateNode, changes: object): object =>
  Object.fromEntries(
    node.table.table.columns
      .filter((c) => c.onUpdate !== null && !Object.hasOwn(changes, c.key) && !node.set.some((a) => a.key === c.key))
      .map((c) => [c.key, c.onUpdate?._tag === 'Client' ? c.onUpdate.make() : c.onUpdate?.value]),
  )

/**
 * The new values of an update; of one column the last stands. All expressions see the old row. What `onUpdate` says of a column
 * is added where the column is not named.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { everyRow, integer, set, table, update } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(update(users), set({ id: 2 }), everyRow)
 *
 * @category combinators
 * @since 0.1.0
 */
export const set =
  <T extends AnyTable, const C extends Changes<T, string>>(changes: C) =>
  <S extends string, O extends string, F extends string, K extends UpdateKind>(
    q: Query<Updating<T>, S, O, F, K> & RowValues<T, C>,
  ): Query<Updating<T>, S, O, F | Exclude<MentionsIn<C>, S>, K> => {
    const node = nodeOfQuery(q)
    if (node._tag !== 'Update') throw new TypeError('set belongs to an update')
    const added = assignments(
      node.table,
      typeof changes === 'object' && changes !== null ? { ...changes, ...touched(node, changes) } : changes,
    )
    const kept = node.set.filter((a) => !added.some((b) => b.key === a.key))
    return query({ ...node, set: [...kept, ...added] })
  }

/**
 * Another table (or a query with a name) that an update or a delete looks at: a row is written where some of its rows satisfy all
 * criteria. A new value that mentions it needs one such row: where several match, the update is `Left(MultipleRows)`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, integer, primaryKey, set, table, text, update, using } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), mail: text })
 * const moves = table('moves', { userId: pipe(integer, primaryKey), mail: text })
 * pipe(update(users), using(moves, eq(moves.userId, users.id)), set({ mail: moves.mail }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const using =
  <T extends ClosedTable, E extends string>(t: T, on: Expr<boolean | null, E, string>) =>
  <P, S extends string, O extends string, F extends string, K extends UpdateKind | DeleteKind>(
    q: Query<P, S, O, F, K> & Fresh<SourceOf<T>, S, F>,
  ): Query<P, S | SourceOf<T>, O, F | Exclude<E, S | SourceOf<T>>, Guarded<K>> => {
    const node = nodeOfQuery(q)
    if (node._tag !== 'Update' && node._tag !== 'Delete') throw new TypeError('using belongs to an update or a delete')
    return query({ ...node, using: [...node.using, { source: sourceOf(t), on: criterion(on, booleanType) }] })
  }

/**
 * The update or delete is about every row of its table. Without this, and without `where`, it does not run.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { deleteFrom, everyRow, integer, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(deleteFrom(users), everyRow)
 *
 * @category combinators
 * @since 0.1.0
 */
export const everyRow = <P, S extends string, O extends string, F extends string, K extends UpdateKind | DeleteKind>(
  q: Query<P, S, O, F, K>,
): Query<P, S, O, F, Guarded<K>> => {
  const node = nodeOfQuery(q)
  if (node._tag !== 'Update' && node._tag !== 'Delete') throw new TypeError('everyRow belongs to an update or a delete')
  return query({ ...node, everyRow: true })
}

/** The node of a write that is no text. */
export const writeNode = (what: string, node: StatementNode): WriteNode => {
  if (!isWrite(node) || node._tag === 'Text') throw new TypeError(`${what} belongs to a write`)
  return node
}

/**
 * What a write gives back of each row that it wrote, as `select` does for a query: of an update the rows as they are now, of a
 * delete as they were. Where the engine has no RETURNING, the rows are found, locked and read in one transaction.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { insertInto, integer, returning, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(insertInto(users)({ id: 1 }), returning({ id: users.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const returning =
  <P2 extends Projection>(p: P2) =>
  <P, S extends string, O extends string, F extends string, K extends Exclude<AnyKind, 'select' | 'set' | 'text'>>(
    q: Query<P, S, O, F, K> & OfWritten<P, S, P2>,
  ): Query<P2, S, O, F | Exclude<Mentions<P2>, S>, K> =>
    query({ ...writeNode('returning', nodeOfQuery(q)), returning: projectionNode(p) })
