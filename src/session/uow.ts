/**
 * The functions of a unit of work. Each takes the value and gives the next one; nothing here talks to a database but
 * `flush` and `commit`.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Schema } from '../expr/schema.js'
import { type AnyTable, type KeyOf, type RowOf, sourceOf, type SourceOf } from '../expr/table.js'
import { catalogOf, type TableEntry } from './catalog.js'
import { type Address, addressOf, fieldsOf, inTable } from './given.js'
import { type Fields, keyIn } from './identity.js'
import type { Intent } from './journal.js'
import type { PlanError } from './plan-error.js'
import { type ChangedRow, makeRef, type NewRow, type Ref, refOf, type RowAddress, type RowPatch } from './ref.js'
import { stateOf, type UnitOfWork, uowOf, withIntent, withRefusal } from './unit-of-work.js'

export { changes } from './changes.js'
export { commit, flush } from './flush.js'
export { plan } from './plan.js'
export { showPlan } from './show-plan.js'
export { attach, get, keyOf, load } from './tracking.js'

type Tables = Readonly<Record<string, AnyTable>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A unit of work in which nothing was read and nothing is to be written.
 *
 * @param schema all tables that it may write, with the foreign keys between them
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, schema, table, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * assert.deepStrictEqual(Uow.changes(Uow.empty(schema({ users }))), { new: [], dirty: [], deleted: [] })
 *
 * @category constructors
 * @since 0.1.0
 */
export const empty = <T extends Tables>(schema: Schema<T>): UnitOfWork<T> =>
  uowOf({ catalog: catalogOf(schema), base: null, keys: null, journal: null, refs: 0 })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Adds a new row. It gives a Ref, which stands for the row's key wherever a foreign key is written, and the next unit
 * of work: fp-ts's `State`.
 *
 * What cannot be right (a column that is not there, a Ref in a column that is no foreign key to its table) is an error
 * of the plan. Adding is done in constant time.
 *
 * @param into a table of the schema
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, references, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const posts = table('posts', {
 *   id: pipe(integer, primaryKey, autoIncrement),
 *   authorId: pipe(integer, references(users.id)),
 * })
 * const [wendy, one] = Uow.insert(users)({ name: 'wendy' })(Uow.empty(schema({ users, posts })))
 * const [, two] = Uow.insert(posts)({ authorId: wendy })(one)
 * assert.strictEqual(Uow.changes(two).new.length, 2)
 *
 * @category combinators
 * @since 0.1.0
 */
export const insert =
  <T extends AnyTable>(into: T) =>
  (row: NewRow<T>) =>
  <D extends Tables>(uow: UnitOfWork<D>): [Ref<SourceOf<T>, KeyOf<T>>, UnitOfWork<D>] => {
    const state = stateOf(uow)
    const refs = state.refs + 1
    const given = inTable(state, into, (table) => E.map((values: Fields) => ({ table, values }))(fieldsOf(table, row)))
    const label = `${sourceOf(into).name}#${refs}`
    if (E.isLeft(given)) return [refOf(makeRef('', label, null)), uowOf(withRefusal({ ...state, refs }, given.left))]
    const { table, values } = given.right
    const id = keyIn(table, values)?.id ?? null
    const ref = makeRef(table.id, label, id)
    return [refOf(ref), uowOf(withIntent({ ...state, refs }, { _tag: 'Insert', table, row: id ?? ref, ref, values }))]
  }

const toRow = <D extends Tables>(
  uow: UnitOfWork<D>,
  t: AnyTable,
  at: unknown,
  intent: (table: TableEntry, address: Address) => E.Either<PlanError, Intent>,
): UnitOfWork<D> => {
  const state = stateOf(uow)
  const made = inTable(state, t, (table) =>
    E.chain((address: Address) => intent(table, address))(addressOf(state, table, at)),
  )
  return uowOf(E.isLeft(made) ? withRefusal(state, made.left) : withIntent(state, made.right))
}

/**
 * Changes a row: by a patch, for which its key (or Ref) is enough, or by a function of the row as it is, which must
 * have been loaded (or be new, with all its values given). Only columns whose value changes are written.
 *
 * The function is asked when the row is needed, at the latest by the plan; it is given the row with all earlier
 * changes. The key is not changed: remove the row and insert another.
 *
 * @param t a table of the schema
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { integer, primaryKey, schema, table, Uow } from 'relvar'
 *
 * const counters = table('counters', { id: pipe(integer, primaryKey), n: integer })
 * const uow = pipe(
 *   Uow.empty(schema({ counters })),
 *   Uow.attach(counters)({ id: 1, n: 5 }),
 *   Uow.modify(counters)({ id: 1 }, (row) => ({ ...row, n: row.n + 1 })),
 *   Uow.modify(counters)({ id: 2 }, { n: 0 }),
 * )
 * assert.deepStrictEqual(Uow.get(counters)({ id: 1 })(uow), O.some({ id: 1, n: 6 }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const modify =
  <T extends AnyTable>(t: T) =>
  (at: RowAddress<T>, change: RowPatch<T> | ((row: RowOf<T>) => ChangedRow<T>)) =>
  <D extends Tables>(uow: UnitOfWork<D>): UnitOfWork<D> =>
    toRow(uow, t, at, (table, address) =>
      typeof change === 'function'
        ? // Only rows of `t` reach it: snapshots that were given as such, with changes of their columns.
          E.right({ _tag: 'Modify', table, ...address, change: change as (row: Fields) => unknown })
        : E.map((patch: Fields): Intent => ({ _tag: 'Modify', table, ...address, change: patch }))(
            fieldsOf(table, change),
          ),
    )

/**
 * Removes a row. Of a row that was added here and not flushed nothing is left; a row that is gone from the database
 * when the flush comes to it ends the flush with `StaleRow`.
 *
 * @param from a table of the schema
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, schema, table, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const uow = pipe(Uow.empty(schema({ users })), Uow.remove(users)({ id: 3 }))
 * assert.deepStrictEqual(Uow.changes(uow).deleted.map((change) => change.key), [{ id: 3 }])
 *
 * @category combinators
 * @since 0.1.0
 */
export const remove =
  <T extends AnyTable>(from: T) =>
  (at: RowAddress<T>) =>
  <D extends Tables>(uow: UnitOfWork<D>): UnitOfWork<D> =>
    toRow(uow, from, at, (table, address) => E.right({ _tag: 'Remove', table, ...address }))
