/**
 * Writing a unit of work: its plan, statement by statement, in one transaction.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import type { Answer } from '../compile/answer.js'
import { noBindings } from '../compile/bind.js'
import { loadOf } from '../compile/compile.js'
import { tableIdentity } from '../expr/schema.js'
import type { AnyTable } from '../expr/table.js'
import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { dbError, fromCompileError, fromPlanError } from '../effects/error-make.js'
import type { Catalog, TableEntry } from './catalog.js'
import { type Fields, fieldOf, keyIn } from './identity.js'
import type { Entry, Journal } from './journal.js'
import { type FlushPlan, type FlushStep, type KeyFlow, plan } from './plan.js'
import { refNode, type RefNode } from './ref.js'
import { type ReadyRow, readyRows, type StepWrite, stepWrites } from './step-writes.js'
import { stateOf, type UnitOfWork, uowOf } from './unit-of-work.js'
import { afterFlush, type Flushed, nothingFlushed, type Touched } from './written.js'

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const plural = (n: number, name: string): string => `${n} row${n === 1 ? '' : 's'} of "${name}"`

/** What the count of rows says against a write: null where it is as it must be. */
const miscount = ({ kind, table }: FlushStep, { rows }: StepWrite, { affected }: Answer<unknown>): DbError | null => {
  if (affected === rows.length) return null
  return kind === 'insert'
    ? dbError('Corrupt', {
        message: `${plural(rows.length, table.name)} were inserted, but the database counted ${affected}`,
        statement: '',
        cause: null,
      })
    : dbError('StaleRow', {
        message: `${plural(rows.length, table.name)} were to be ${kind === 'update' ? 'changed' : 'deleted'}, ${affected} were there: another transaction has removed the rest since they were read. Load them again`,
        statement: null,
        cause: null,
        table: table.name,
      })
}

const write = async (db: Database, step: FlushStep, one: StepWrite): Promise<E.Either<DbError, Answer<unknown>>> => {
  const load = loadOf(db.dialect, one.statement, noBindings)
  if (E.isLeft(load)) return E.left(fromCompileError(load.left))
  const answer = await db.run(load.right)()
  if (E.isLeft(answer)) return answer
  const wrong = miscount(step, one, answer.right)
  return wrong === null ? answer : E.left(wrong)
}

/** Inserted rows with what the database made of them. */
const withMade = (rows: ReadonlyArray<ReadyRow>, answer: Answer<unknown>): ReadonlyArray<Fields> => {
  const { keys } = answer
  // What an insert of a flush returns is a record of columns.
  const returned = answer.rows as ReadonlyArray<Fields>
  return rows.map(({ values }, i) => ({ ...values, ...keys[i], ...returned[i] }))
}

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

const entryOf = (catalog: Catalog, step: FlushStep): E.Either<DbError, TableEntry> => {
  const table = catalog.get(tableIdentity(step.table))
  return table === undefined
    ? E.left(
        fromPlanError({ _tag: 'UnknownTable', code: 'RV720', message: `the schema has no table "${step.table.name}"` }),
      )
    : E.right(table)
}

/** What the statements of an update wrote besides what the plan says, by row. */
const touchedBy = (table: TableEntry, step: FlushStep, rows: ReadonlyArray<ReadyRow>): Touched =>
  new Map(
    rows.flatMap(({ key, values }) => {
      const more = Object.entries(values).filter(([column]) => !step.columns.includes(column))
      const id = more.length === 0 ? null : keyIn(table, key)
      return id === null ? [] : [[id.id, Object.fromEntries(more)]]
    }),
  )

/** Runs all steps; gives the rows that were inserted, and what updates touched. */
const runSteps =
  (catalog: Catalog, { steps }: FlushPlan) =>
  (db: Database) =>
  async (): Promise<E.Either<DbError, Flushed>> => {
    const touched = new Map<string, Fields>()
    const inserted = new Map<RefNode, Fields>()
    const done: Array<ReadonlyArray<Fields>> = []
    const made = ({ from }: KeyFlow): unknown => fieldOf(done[from.step]?.[from.row] ?? {}, from.column)
    for (const step of steps) {
      const table = entryOf(catalog, step)
      if (E.isLeft(table)) return table
      let rows: ReadonlyArray<Fields> = []
      for (const one of stepWrites(db.dialect, table.right, step, readyRows(table.right, step, made))) {
        const answer = await write(db, step, one)
        if (E.isLeft(answer)) return answer
        if (step.kind === 'insert') rows = [...rows, ...withMade(one.rows, answer.right)]
        if (step.kind === 'update')
          touchedBy(table.right, step, one.rows).forEach((values, id) => touched.set(id, values))
      }
      done.push(rows)
      for (const [i, { ref }] of step.rows.entries()) if (ref !== null) inserted.set(refNode(ref), rows[i] ?? {})
    }
    return E.right({ inserted, touched })
  }

// -------------------------------------------------------------------------------------
// intents that were written
// -------------------------------------------------------------------------------------

// What was written, or is being written, is not written again, whatever value it stands in; after a rollback it is.
const written = new WeakSet<Entry>()

const entriesOf = (journal: Journal): ReadonlyArray<Entry> => {
  const entries: Array<Entry> = []
  for (let at = journal; at !== null; at = at.before) entries.push(at)
  return entries
}

const mark = (entries: ReadonlyArray<Entry>, stays: boolean): void => {
  for (const entry of entries) {
    if (stays) written.add(entry)
    else written.delete(entry)
  }
}

const alreadyFlushed = (entries: ReadonlyArray<Entry>): DbError | null => {
  const again = entries.some((entry) => written.has(entry))
  return again
    ? dbError('AlreadyFlushed', {
        message:
          'this unit of work, or a part of it, is written already: go on with the value that the flush gave. Nothing was sent',
        statement: null,
        cause: null,
      })
    : null
}

// -------------------------------------------------------------------------------------
// effects
// -------------------------------------------------------------------------------------

/**
 * Writes what is to be written and gives the next unit of work, in which nothing is pending: its rows are as the
 * database has them, its Refs have keys.
 *
 * All is written in one transaction, or in a savepoint where one is open. Nothing is sent where nothing is to be
 * written. On a Left nothing was written and the value that was flushed is as good as before: change it, or flush it
 * again. Lefts: `Plan` before a statement is sent, `StaleRow` where a row to change or delete is gone, `AlreadyFlushed`
 * where an intent of this value is written already (by a commit, or in this transaction), and what any write can end
 * with.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { autoIncrement, createAll, Db, integer, primaryKey, schema, table, text, Uow } from 'relvar'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { run } from 'relvar/promise'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const all = schema({ users })
 * const db = sqlite('sqlite::memory:')
 * await run(Db.execute(createAll(all))(db))
 * const [ed, uow] = Uow.insert(users)({ name: 'ed' })(Uow.empty(all))
 * const next = await run(Uow.flush(uow)(db))
 * assert.deepStrictEqual(Uow.keyOf(ed)(next), O.some({ id: 1 }))
 * assert.deepStrictEqual(Uow.get(users)({ id: 1 })(next), O.some({ id: 1, name: 'ed' }))
 * await run(db.close())
 *
 * @category effects
 * @since 0.1.0
 */
export const flush =
  <D extends Readonly<Record<string, AnyTable>>>(
    uow: UnitOfWork<D>,
  ): ReaderTaskEither<Database, DbError, UnitOfWork<D>> =>
  (db) =>
  async () => {
    const state = stateOf(uow)
    const entries = entriesOf(state.journal)
    const again = alreadyFlushed(entries)
    if (again !== null) return E.left(again)
    const planned = plan(db.dialect)(uow)
    if (E.isLeft(planned)) return E.left(fromPlanError(planned.left))
    if (planned.right.steps.length === 0) return E.right(uowOf(afterFlush(state, nothingFlushed)))
    mark(entries, true)
    const flushed = await db.transaction()(runSteps(state.catalog, planned.right))()
    if (E.isLeft(flushed)) mark(entries, false)
    else db.decided((stays) => mark(entries, stays))
    return E.isLeft(flushed) ? flushed : E.right(uowOf(afterFlush(state, flushed.right)))
  }

/**
 * Flushes in a transaction of its own, so that at a Right all is written for good. Inside another transaction, which
 * alone decides that, it is `TransactionClosed`: flush there.
 *
 * @example
 * import * as O from 'fp-ts/lib/Option.js'
 * import { autoIncrement, createAll, integer, primaryKey, schema, table, text, Uow } from 'relvar'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { memory } from 'relvar/memory'
 * import { run } from 'relvar/promise'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const all = schema({ users })
 * const db = memory()
 * await run(db.execute(createAll(all)))
 * const [ed, uow] = Uow.insert(users)({ name: 'ed' })(Uow.empty(all))
 * const next = await run(Uow.commit(uow)(db))
 * assert.deepStrictEqual(Uow.keyOf(ed)(next), O.some({ id: 1 }))
 *
 * @category effects
 * @since 0.1.0
 */
export const commit =
  <D extends Readonly<Record<string, AnyTable>>>(
    uow: UnitOfWork<D>,
  ): ReaderTaskEither<Database, DbError, UnitOfWork<D>> =>
  (db) =>
    db.depth === 0
      ? flush(uow)(db)
      : () =>
          Promise.resolve(
            E.left(
              dbError('TransactionClosed', {
                message:
                  'a commit inside a transaction: the transaction around commits or rolls back, so flush instead; nothing was sent',
                statement: null,
                cause: null,
              }),
            ),
          )
