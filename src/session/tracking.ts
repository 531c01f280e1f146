/**
 * What a unit of work knows: rows as they were read, rows as they will be, and the keys of new rows.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'

import type { AnyTable, RowOf } from '../expr/table.js'
import { type Address, addressOf, inTable, snapshotOf } from './given.js'
import type { Fields } from './identity.js'
import type { PlanError } from './plan-error.js'
import { type Ref, refNode, type RowAddress } from './ref.js'
import { learn } from './snapshots.js'
import { stateOf, type UnitOfWork, uowOf, withRefusal } from './unit-of-work.js'
import { keyOfRef, rowNow } from './view.js'

type Tables = Readonly<Record<string, AnyTable>>

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Keeps rows as they were read: what changes of them is told from these snapshots. A newer snapshot takes the place of
 * an older one of the same key; changes that are not flushed yet stay, on top of it.
 *
 * @param t a table of the schema, whose whole rows these are
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { integer, primaryKey, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const wendy = { id: 2, name: 'wendy' }
 * const uow = pipe(Uow.empty(schema({ users })), Uow.load(users)([{ id: 1, name: 'ed' }, wendy]))
 * assert.deepStrictEqual(Uow.get(users)({ id: 2 })(uow), O.some(wendy))
 *
 * @category combinators
 * @since 0.1.0
 */
export const load =
  <T extends AnyTable>(t: T) =>
  (rows: ReadonlyArray<RowOf<T>>) =>
  <D extends Tables>(uow: UnitOfWork<D>): UnitOfWork<D> => {
    const state = stateOf(uow)
    const segment = inTable(state, t, (table): E.Either<PlanError, ReadonlyMap<string, Fields>> => {
      const map = new Map<string, Fields>()
      for (const row of Array.isArray(rows) ? rows : [rows]) {
        const snapshot = snapshotOf(table, row)
        if (E.isLeft(snapshot)) return snapshot
        map.set(snapshot.right[0], snapshot.right[1])
      }
      return E.right(map)
    })
    return E.isLeft(segment)
      ? uowOf(withRefusal(state, segment.left))
      : uowOf({ ...state, base: learn<string, Fields | null>(state.base, segment.right) })
  }

/**
 * Keeps one row as it was read, from wherever it comes: `load` of a single row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const uow = pipe(
 *   Uow.empty(schema({ users })),
 *   Uow.attach(users)({ id: 1, name: 'ed' }),
 *   Uow.modify(users)({ id: 1 }, { name: 'ed' }),
 * )
 * assert.deepStrictEqual(Uow.changes(uow).dirty, [])
 *
 * @category combinators
 * @since 0.1.0
 */
export const attach =
  <T extends AnyTable>(t: T) =>
  (row: RowOf<T>): (<D extends Tables>(uow: UnitOfWork<D>) => UnitOfWork<D>) =>
    load(t)([row])

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * The row as it will be after the flush: the snapshot with all changes, or the new row. `none` where it was never
 * loaded, is removed, or where a value of it will only be made by the flush. The same row value each time, as long as
 * nothing changes it.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { integer, primaryKey, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const [, uow] = Uow.insert(users)({ id: 7, name: 'ed' })(Uow.empty(schema({ users })))
 * assert.deepStrictEqual(Uow.get(users)({ id: 7 })(uow), O.some({ id: 7, name: 'ed' }))
 * assert.deepStrictEqual(Uow.get(users)({ id: 8 })(uow), O.none)
 *
 * @category destructors
 * @since 0.1.0
 */
export const get =
  <T extends AnyTable>(t: T) =>
  (at: RowAddress<T>) =>
  <D extends Tables>(uow: UnitOfWork<D>): O.Option<RowOf<T>> => {
    const state = stateOf(uow)
    const found = inTable(state, t, (table) =>
      E.map(({ row }: Address) => rowNow(state, table, row))(addressOf(state, table, at)),
    )
    // A row that is kept under a table's identity is a whole row of that table.
    return E.isLeft(found) || found.right === null ? O.none : O.some(found.right as RowOf<T>)
  }

/**
 * The key of the row that a Ref stands for: `none` until it is known, which is at the flush where the database makes
 * it.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { autoIncrement, integer, primaryKey, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const [ed, one] = Uow.insert(users)({ name: 'ed' })(Uow.empty(schema({ users })))
 * const [wendy, two] = Uow.insert(users)({ id: 2, name: 'wendy' })(one)
 * assert.deepStrictEqual([Uow.keyOf(ed)(two), Uow.keyOf(wendy)(two)], [O.none, O.some({ id: 2 })])
 *
 * @category destructors
 * @since 0.1.0
 */
export const keyOf =
  <S extends string, Key>(ref: Ref<S, Key>) =>
  <D extends Tables>(uow: UnitOfWork<D>): O.Option<Key> => {
    const state = stateOf(uow)
    const node = refNode(ref)
    const table = state.catalog.get(node.table)
    const key = table === undefined ? null : keyOfRef(state, table, node)
    // `insert` gave the Ref the key type of the table whose key this is.
    return key === null ? O.none : O.some(key.fields as Key)
  }
