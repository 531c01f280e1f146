/**
 * `factory(table)`, `seeded(tables)` and `seed(count)`: rows for tests that are no properties; the same ones each time.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { insertInto } from '../expr/insert.js'
import { query } from '../expr/query.js'
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type AnyTable, type ColumnsOf, type InsertOf, type RowOf, sourceOf, tableInfo } from '../expr/table.js'
import { nodeOfQuery } from '../expr/query.js'
import { writeNode } from '../expr/write.js'
import type { Tables } from '../interpret/tables.js'
import type { Row } from '../interpret/value.js'
import { isKept } from './held-rows.js'
import { numbered } from './numbered.js'
import { contents, contentsOf, drawnRow } from './rows.js'
import { type TablesOrSchema, targetIdentity } from './table-order.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Which of the rows that could be made: the same number, the same rows. */
const firstSeed = 1

const sampled = <A>(arbitrary: fc.Arbitrary<A>, seed: number, count: number): ReadonlyArray<A> =>
  fc.sample(arbitrary, { seed, numRuns: count })

/** A factory as one that others take their parents from. */
export interface ParentFactory {
  readonly table: AnyTable
  readonly insert: () => ReaderTaskEither<Database, DbError, unknown>
}

/** Which rows a factory makes, and what makes their parents: by a column that refers to them. */
export interface FactoryOptions<T extends AnyTable> {
  readonly seed?: number
  /** The schema of the table, where it says foreign keys that the table does not. */
  readonly schema?: AnySchema
  readonly parents?: { readonly [K in keyof ColumnsOf<T>]?: ParentFactory }
}

/** Rows of a table, one after the other. */
export interface Factory<T extends AnyTable> {
  /** The next row to insert, with what is said of it. */
  (changes?: Partial<InsertOf<T>>): InsertOf<T>
  readonly table: T
  /** The next rows to insert. */
  readonly list: (count: number, changes?: Partial<InsertOf<T>>) => ReadonlyArray<InsertOf<T>>
  /** Inserts the next row, its parents before it, and gives it as it is then. */
  readonly insert: (changes?: Partial<InsertOf<T>>) => ReaderTaskEither<Database, DbError, RowOf<T>>
}

// -------------------------------------------------------------------------------------
// rows to insert
// -------------------------------------------------------------------------------------

/** How many rows are drawn for one that keeps the checks. */
const tries = 200

/** Makes rows by number: what is left to the database is left out, and a reference that may be null is null. */
const maker = (info: TableInfo, seed: number): ((n: number) => Row) => {
  const drawn = drawnRow(info, {}, 1)
  const left = info.columns.filter((c) => c.autoIncrement || c.generated !== null)
  const references = new Set(info.foreignKeys.flatMap((key) => key.columns))
  const empty = info.columns.filter((c) => c.nullable && references.has(c.key)).map((c) => [c.key, null] as const)
  return (n) => {
    const fixed = { ...Object.fromEntries(empty), ...numbered(info, n) }
    const made = sampled(drawn, seed + n, tries).map(({ values }) => ({ ...values, ...fixed }))
    const row = made.find((values) => isKept(info, values)) ?? made[0]
    return Object.fromEntries(Object.entries(row ?? {}).filter(([key]) => !left.some((c) => c.key === key)))
  }
}

interface Parent {
  readonly key: ForeignKeyInfo
  readonly factory: ParentFactory
}

const parentsOf = (
  info: TableInfo,
  parents: Readonly<Record<string, ParentFactory | undefined>>,
): ReadonlyArray<Parent> =>
  Object.entries(parents).flatMap(([column, factory]): ReadonlyArray<Parent> => {
    if (factory === undefined) return []
    const target = tableInfo(factory.table)
    const key = info.foreignKeys.find((k) => k.columns.includes(column) && targetIdentity(k) === tableIdentity(target))
    if (key === undefined) throw new TypeError(`"${info.name}"."${column}" does not refer to "${target.name}"`)
    return [{ key, factory }]
  })

const isRow = (u: unknown): u is Row => typeof u === 'object' && u !== null

/** The columns that refer to parents, each made by its factory; not where the row says one of them itself. */
const withParents = async (
  db: Database,
  parents: ReadonlyArray<Parent>,
  said: object,
): Promise<E.Either<DbError, Row>> => {
  let columns: Row = {}
  for (const { key, factory } of parents) {
    if (key.columns.some((c) => Object.hasOwn(said, c))) continue
    const made = await factory.insert()(db)()
    if (E.isLeft(made)) return made
    const row = isRow(made.right) ? made.right : {}
    columns = { ...columns, ...Object.fromEntries(key.columns.map((c, i) => [c, row[key.target.columns[i] ?? '']])) }
  }
  return E.right(columns)
}

const inserted = <T extends AnyTable>(t: T, row: Row): ReaderTaskEither<Database, DbError, RowOf<T>> => {
  const insert = insertInto(t)(row as never)
  const returning = { _tag: 'Whole' as const, source: sourceOf(t) }
  const whole = query<T, never, never, never, 'insert'>({ ...writeNode('insert', nodeOfQuery(insert)), returning })
  // What it gives back is the whole row of the table.
  return (db) => db.one<T, never, never, never, 'insert'>(whole) as () => Promise<E.Either<DbError, RowOf<T>>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Makes rows of a table to insert: each time another one, in the same order in each run, and each keeps the table's checks. Keys
 * that the database makes are left to it; a key or a unique column that a row brings is its number; a reference that may be null is
 * null until it is said.
 *
 * `insert` writes the row, and first the parents that the options' factories make.
 *
 * @param t the table
 * @param options `seed`: another number, other rows; `parents`: what makes the rows that a column refers to; `schema`: where foreign
 *   keys are said that close circles
 * @throws TypeError where a column does not refer to the table of the factory that is to make its parents.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, from, integer, primaryKey, references, schema, table, text } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { run } from 'relvar/promise'
 * import { factory } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text, age: integer })
 * const posts = table('posts', {
 *   id: pipe(integer, primaryKey, autoIncrement),
 *   authorId: pipe(integer, references(users.id)),
 *   title: text,
 * })
 * const user = factory(users)
 * assert.strictEqual(user({ name: 'ed' }).name, 'ed')
 * assert.strictEqual(user.list(3).length, 3)
 *
 * const post = factory(posts, { parents: { authorId: user } })
 * const db = memory({ tables: tablesIn(schema({ users, posts })) })
 * const first = await run(post.insert({ title: 'first' })(db))
 * assert.deepStrictEqual((await run(db.one(from(users)))).id, first.authorId)
 *
 * @category constructors
 * @since 0.1.0
 */
export const factory = <T extends AnyTable>(t: T, options: FactoryOptions<T> = {}): Factory<T> => {
  const info =
    options.schema?.infos.find((known) => tableIdentity(known) === tableIdentity(tableInfo(t))) ?? tableInfo(t)
  const row = maker(info, options.seed ?? firstSeed)
  const parents = parentsOf(info, options.parents ?? {})
  let made = 0
  const next = (changes: object): Row => {
    made += 1
    return { ...row(made), ...changes }
  }
  // Each column has a value of its type, as InsertOf says; what the caller says is of those types, too.
  const one = (changes: Partial<InsertOf<T>> = {}): InsertOf<T> => next(changes) as InsertOf<T>
  return Object.freeze(
    Object.assign(one, {
      table: t,
      list: (count: number, changes: Partial<InsertOf<T>> = {}) => Array.from({ length: count }, () => one(changes)),
      insert:
        (changes: Partial<InsertOf<T>> = {}): ReaderTaskEither<Database, DbError, RowOf<T>> =>
        (db) =>
        async () => {
          const columns = await withParents(db, parents, changes)
          return E.isLeft(columns) ? columns : inserted(t, next({ ...columns.right, ...changes }))(db)()
        },
    }),
  )
}

/**
 * Tables filled with rows that keep their keys, checks and foreign keys, the same ones for the same number.
 *
 * @param of the tables to fill, or a schema
 * @param seed which rows: another number, other rows
 * @param count how many rows are drawn of each table, with keys by number; a few at random where left out
 * @example
 * import { integer, primaryKey, table } from 'relvar'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { rowsIn } from 'relvar/memory'
 * import { seeded } from 'relvar/testing'
 *
 * const scores = table('scores', { id: pipe(integer, primaryKey), points: integer })
 * assert.deepStrictEqual(rowsIn(scores)(seeded([scores], 7)), rowsIn(scores)(seeded([scores], 7)))
 * assert.strictEqual(rowsIn(scores)(seeded([scores], 7, 100)).length, 100)
 *
 * @category constructors
 * @since 0.1.0
 */
export const seeded = (of: TablesOrSchema, seed: number = firstSeed, count: number | null = null): Tables => {
  const rows = count === null ? contents(of) : contentsOf(of, {}, { min: count, max: count, numbered })
  const [made] = sampled(rows, seed, 1)
  // One sample was asked for, so there is one.
  return made as Tables
}
