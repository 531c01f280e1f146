/**
 * `seed(count)`: a database filled with rows to develop with, the same ones for the same number.
 */
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { rowsIn, type Tables } from '../interpret/tables.js'
import { keyOf, type Row } from '../interpret/value.js'
import type { AnyRef } from '../session/ref.js'
import type { AnyUnitOfWork } from '../session/unit-of-work.js'
import * as Uow from '../session/uow.js'
import { seeded } from './factory.js'
import { inOrder, type Placed, targetIdentity } from './table-order.js'

/** Rows that are to be written, under the key that refers to them. */
type Written = Map<string, AnyRef>

const textAt = (identity: string, columns: ReadonlyArray<string>, values: ReadonlyArray<unknown>): string =>
  JSON.stringify([identity, columns, values.map(keyOf)])

/** The keys of the columns whose values the database makes. */
const made = (info: TableInfo): ReadonlyArray<string> => info.columns.flatMap((c) => (c.autoIncrement ? [c.key] : []))

/** The row with Refs in the place of keys that the database is to make. */
const withRefs = (
  row: Row,
  keys: ReadonlyArray<ForeignKeyInfo>,
  made: ReadonlyMap<string, ReadonlyArray<string>>,
  written: Written,
): Row => {
  const refs = keys.flatMap((key) => {
    const values = key.columns.map((c) => row[c])
    const ref = written.get(textAt(targetIdentity(key), key.target.columns, values))
    return ref === undefined
      ? []
      : key.columns
          .filter((_, i) => made.get(targetIdentity(key))?.includes(key.target.columns[i] ?? '') === true)
          .map((c) => [c, ref] as const)
  })
  return { ...row, ...Object.fromEntries(refs) }
}

interface Journal {
  readonly uow: AnyUnitOfWork
  /** What closes circles, after all rows are there. */
  readonly later: ReadonlyArray<(uow: AnyUnitOfWork) => AnyUnitOfWork>
}

// The rows are those of the tables, as `seeded` makes them; no type tells which tables there are.
const untyped = (u: unknown): never => u as never

/** The unit of work with one more row. */
const added = (
  journal: Journal,
  { table, info, late }: Placed,
  row: Row,
  keys: ReadonlyMap<string, ReadonlyArray<string>>,
  written: Written,
  targets: ReadonlyArray<ReadonlyArray<string>>,
): Journal => {
  const own = made(info)
  const closing = new Set(
    info.foreignKeys
      .filter((key) => late.has(key) || targetIdentity(key) === tableIdentity(info))
      .flatMap((key) => key.columns.filter((c) => info.columns.find((column) => column.key === c)?.nullable === true)),
  )
  const omitted = info.columns.flatMap((c) => (c.generated === null ? [] : [c.key])).concat(own)
  const values = Object.fromEntries(
    Object.entries(withRefs(row, info.foreignKeys, keys, written))
      .filter(([key]) => !omitted.includes(key))
      .map(([key, value]) => [key, closing.has(key) ? null : value]),
  )
  const [ref, uow] = Uow.insert(table)(untyped(values))(journal.uow)
  for (const columns of targets)
    written.set(
      textAt(
        tableIdentity(info),
        columns,
        columns.map((c) => row[c]),
      ),
      ref,
    )
  const closes = [...closing].some((c) => row[c] !== null)
  const close = (now: AnyUnitOfWork): AnyUnitOfWork => {
    const whole = withRefs(row, info.foreignKeys, keys, written)
    const patch = Object.fromEntries([...closing].map((c) => [c, whole[c]]))
    return Uow.modify(table)(untyped(ref), untyped(patch))(now)
  }
  return { uow, later: closes ? [...journal.later, close] : journal.later }
}

/** The unit of work that writes all rows. */
const journalOf = (of: AnySchema, placed: ReadonlyArray<Placed>, tables: Tables): AnyUnitOfWork => {
  const keys = new Map(placed.map(({ info }) => [tableIdentity(info), made(info)]))
  const references = placed.flatMap(({ info }) => info.foreignKeys)
  const written: Written = new Map()
  let journal: Journal = { uow: Uow.empty(of), later: [] }
  for (const one of placed) {
    const leads = references.filter((key) => targetIdentity(key) === tableIdentity(one.info))
    const targets = leads.map((key) => key.target.columns)
    for (const row of rowsIn(one.table)(tables)) journal = added(journal, one, untyped(row), keys, written, targets)
  }
  return journal.later.reduce((uow, close) => close(uow), journal.uow)
}

/**
 * Fills the tables of a schema with rows that keep their keys, checks and foreign keys, the same ones for the same number: a program
 * that gives how many rows it wrote, all in one transaction. Keys that the database makes are made by it. What the tables hold
 * stays, so that a second time is `UniqueViolation` where a table brings its own keys.
 *
 * @param count how many rows are drawn of each table; one whose checks or references keep a row out has fewer
 * @param seedNumber which rows: another number, other rows
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, from, integer, primaryKey, references, schema, table, text } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { run } from 'relvar/promise'
 * import { seed } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const posts = table('posts', {
 *   id: pipe(integer, primaryKey, autoIncrement),
 *   authorId: pipe(integer, references(users.id)),
 * })
 * const blog = schema({ users, posts })
 * const db = memory({ tables: tablesIn(blog) })
 * assert.strictEqual(await run(seed(50)(blog)(db)), 100)
 * assert.strictEqual(await run(db.count(from(posts))), 50)
 *
 * @category effects
 * @since 0.1.0
 */
export const seed =
  (count: number, seedNumber = 1) =>
  (of: AnySchema): ReaderTaskEither<Database, DbError, number> => {
    const tables = seeded(of, seedNumber, count)
    const placed = inOrder(of)
    const all = placed.reduce((sum, { table }) => sum + rowsIn(table)(tables).length, 0)
    // Each run has a unit of work of its own: one is written once.
    return pipe(
      RTE.ask<Database, DbError>(),
      RTE.chain(() => Uow.flush(journalOf(of, placed, tables))),
      RTE.map(() => all),
    )
  }
