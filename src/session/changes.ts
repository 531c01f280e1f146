/**
 * What a unit of work will do, row by row, as data.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableName } from '../compile/statement.js'
import { type Fields, fieldOf } from './identity.js'
import { touched } from './journal.js'
import { netOf } from './net.js'
import { type Givens, type Operation, operationsOf } from './operations.js'
import { type AnyRef, refOf } from './ref.js'
import type { Given } from './resolve.js'
import { type AnyUnitOfWork, stateOf } from './unit-of-work.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row to insert. A foreign key that is not known yet is the Ref of the row that it will lead to. */
export interface NewChange {
  readonly table: TableName
  readonly ref: AnyRef
  readonly values: Fields
}

/** A column of a changed row. `before` is undefined where the row was not loaded. */
export interface ColumnChange {
  readonly column: string
  readonly before: unknown
  readonly after: unknown
}

/** A known row with the columns that change. */
export interface DirtyChange {
  readonly table: TableName
  readonly key: Fields
  readonly columns: ReadonlyArray<ColumnChange>
}

/** A row to delete, as it was loaded; null where it was not. */
export interface DeletedChange {
  readonly table: TableName
  readonly key: Fields
  readonly row: Fields | null
}

/** What a unit of work will write. */
export interface UowChanges {
  readonly new: ReadonlyArray<NewChange>
  readonly dirty: ReadonlyArray<DirtyChange>
  readonly deleted: ReadonlyArray<DeletedChange>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const valueOf = (given: Given): unknown => (given._tag === 'Known' ? given.value : refOf<string, unknown>(given.by))

const values = (givens: Givens): Fields =>
  Object.fromEntries([...givens].map(([column, given]) => [column, valueOf(given)]))

const nameOf = ({ table }: Operation): TableName => ({ schema: table.info.schema, name: table.info.name })

const columns = ({ set, before }: Operation): ReadonlyArray<ColumnChange> =>
  [...set].map(([column, given]) => ({
    column,
    before: before === null ? undefined : fieldOf(before, column),
    after: valueOf(given),
  }))

/**
 * The rows to insert, to change and to delete, in the order in which they were named first. A change that changes
 * nothing is not among them, nor is a row whose intents contradict each other: the plan says what is wrong with it.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const uow = pipe(
 *   Uow.empty(schema({ users })),
 *   Uow.attach(users)({ id: 1, name: 'ed' }),
 *   Uow.modify(users)({ id: 1 }, { name: 'edward' }),
 * )
 * const [dirty] = Uow.changes(uow).dirty
 * assert.deepStrictEqual(dirty?.key, { id: 1 })
 * assert.deepStrictEqual(dirty.columns, [{ column: 'name', before: 'ed', after: 'edward' }])
 *
 * @category destructors
 * @since 0.1.0
 */
export const changes = (uow: AnyUnitOfWork): UowChanges => {
  const state = stateOf(uow)
  const all = touched(state.journal).flatMap(([row, touch]): ReadonlyArray<Operation> => {
    const net = netOf(state, row, touch)
    const made = E.isLeft(net) ? net : operationsOf(state, touch.intent.table, net.right)
    return E.isLeft(made) ? [] : made.right
  })
  return {
    new: all.flatMap((operation) =>
      operation.ref === null
        ? []
        : [{ table: nameOf(operation), ref: refOf<string, unknown>(operation.ref), values: values(operation.set) }],
    ),
    dirty: all.flatMap((operation) =>
      operation.kind === 'update'
        ? [{ table: nameOf(operation), key: values(operation.key), columns: columns(operation) }]
        : [],
    ),
    deleted: all.flatMap((operation) =>
      operation.kind === 'delete'
        ? [{ table: nameOf(operation), key: values(operation.key), row: operation.before }]
        : [],
    ),
  }
}
