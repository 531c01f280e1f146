/**
 * The functions of a unit of work. Each takes the value and gives the next one; nothing here talks to a database but `flush`
 * and `commit`.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'

import { type AnySchema, type Schema, tableIdentity } from '../expr/schema.js'
import { type AnyTable, type KeyOf, type RowOf, sourceOf, type SourceOf } from '../expr/table.js'
import { catalogOf, type TableEntry } from './catalog.js'
import { type Fields, fieldOf, keyIn } from './identity.js'
import { append, type Intent, type RowId } from './journal.js'
import { type PlanError, planError } from './plan-error.js'
import {
  type ChangedRow,
  isRef,
  makeRef,
  type NewRow,
  type Ref,
  refNode,
  type RefNode,
  refOf,
  type RowAddress,
  type RowPatch,
} from './ref.js'
import { learn, recall } from './snapshots.js'
import { rowOfRef, type State, stateOf, type UnitOfWork, uowOf } from './unit-of-work.js'
import { keyOfRef, rowNow } from './view.js'

export { changes } from './changes.js'
export { commit, flush } from './flush.js'
export { plan } from './plan.js'
export { showPlan } from './show-plan.js'

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

const unknownTable = (name: string): PlanError =>
  planError('UnknownTable', { message: `"${name}" is not a table of the unit of work's schema`, table: name })

/** What the schema knows of a table; a table that only has the name of one of its tables is another. */
const entryOf = (state: State, t: AnyTable): E.Either<PlanError, TableEntry> => {
  const source = sourceOf(t)
  if (source._tag !== 'TableSource') return E.left(unknownTable(source.name))
  const entry = state.catalog.get(tableIdentity(source.table))
  return entry === undefined || entry.info.shape !== source.table.shape ? E.left(unknownTable(source.table.name)) : E.right(entry)
}

/** The values of a record, copied; Left where one of them is no column. */
const fieldsOf = (table: TableEntry, record: object): E.Either<PlanError, Fields> => {
  const fields: Fields = { ...record }
  const column = Object.keys(fields).find((key) => !table.columns.has(key))
  return column === undefined
    ? E.right(Object.freeze(fields))
    : E.left(
        planError('UnknownColumn', {
          message: `"${table.info.name}" has no column "${column}"`,
          table: table.info.name,
          column,
        }),
      )
}

const noted = <T extends Tables>(state: State, intent: Intent): UnitOfWork<T> =>
  uowOf({ ...state, journal: append(state.journal, intent) })

const refused = <T extends Tables>(state: State, error: PlanError): UnitOfWork<T> => noted(state, { _tag: 'Refused', error })

/**
 * Adds a new row. It gives a Ref, which stands for the row's key wherever a foreign key is written, and the next unit of work:
 * fp-ts's `State`.
 *
 * What cannot be right (a column that is not there, a Ref in a column that is no foreign key to its table) is an error of the
 * plan. Adding is done in constant time.
 *
 * @param into a table of the schema
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, references, schema, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const posts = table('posts', { id: pipe(integer, primaryKey, autoIncrement), authorId: pipe(integer, references(users.id)) })
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
    const label = (name: string): string => `${name}#${refs}`
    const entry = entryOf(state, into)
    const values = E.isLeft(entry) ? entry : fieldsOf(entry.right, row)
    if (E.isLeft(entry) || E.isLeft(values)) {
      const ref = makeRef('', label(sourceOf(into).name), null)
      const error = E.isLeft(entry) ? entry.left : E.isLeft(values) ? values.left : unknownTable('')
      return [refOf(ref), refused({ ...state, refs }, error)]
    }
    const table = entry.right
    const id = keyIn(table, values.right)?.id ?? null
    const ref = makeRef(table.id, label(table.info.name), id)
    const intent = { _tag: 'Insert', table, row: id ?? ref, ref, values: values.right } as const
    return [refOf(ref), noted({ ...state, refs }, intent)]
  }
