/**
 * `Db`: what can be asked of a Database, as effects that are given one later. `Db.all(query)` is `(db) => db.all(query)`.
 */
import type { Option } from 'fp-ts/lib/Option.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import type { Answer } from '../compile/answer.js'
import type { Ddl } from '../expr/ddl-node.js'
import type { AnyExpr } from '../expr/expr.js'
import type { ClosedQuery, Decode, Kind, Query } from '../expr/query.js'
import type { AnyTable } from '../expr/table.js'
import type { Database } from './database.js'
import type { EnginePlan, PlanOptions } from './engine-plan.js'
import type { DbError } from './error.js'

export { stream } from './db-stream.js'

/** An effect that needs a Database. */
type Db<A> = ReaderTaskEither<Database, DbError, A>

/**
 * All rows of a query, or those that a write returns.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as E from 'fp-ts/lib/Either.js'
 * import { createAll, Db, from, insertInto, integer, schema, table, text } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }]))(db)()
 * assert.deepStrictEqual(await Db.all(from(users))(db)(), E.right([{ id: 1, name: 'ed' }]))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const all =
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<ReadonlyArray<Decode<P, O>>> =>
  (db) =>
    db.all(query)

/**
 * The first row, where there is one. No more than one is fetched, unless the query has a limit of its own.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { createAll, Db, from, insertInto, integer, orderBy, schema, table, text } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.first(pipe(from(users), orderBy(users.id)))(db)(), E.right(O.some({ id: 1, name: 'ed' })))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const first =
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<Option<Decode<P, O>>> =>
  (db) =>
    db.first(query)

/**
 * The only row. Left: `NoRows` where there is none, `MultipleRows` where there are more.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, Db, eq, from, insertInto, integer, schema, table, text, where } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.one(pipe(from(users), where(eq(users.id, 2))))(db)(), E.right({ id: 2, name: 'wendy' }))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const one =
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<Decode<P, O>> =>
  (db) =>
    db.one(query)

/**
 * The only row, where there is one. Left: `MultipleRows` where there are more.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as O from 'fp-ts/lib/Option.js'
 * import { createAll, Db, eq, from, insertInto, integer, schema, table, text, where } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.oneOrNone(pipe(from(users), where(eq(users.id, 3))))(db)(), E.right(O.none))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const oneOrNone =
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<Option<Decode<P, O>>> =>
  (db) =>
    db.oneOrNone(query)

/**
 * The value of a query that selects one expression and gives one row. Left: `NoRows`, `MultipleRows`, as with `one`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, Db, from, insertInto, integer, max, schema, select, table, text } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.scalar(pipe(from(users), select(max(users.name))))(db)(), E.right('wendy'))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const scalar =
  <P extends AnyExpr, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<Decode<P, O>> =>
  (db) =>
    db.scalar(query)

/**
 * The number of rows that a query gives, counted by the database.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { createAll, Db, from, insertInto, integer, schema, table, text } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.count(from(users))(db)(), E.right(2))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const count =
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<number> =>
  (db) =>
    db.count(query)

/**
 * The engine's own plan of a query (EXPLAIN), in the engine's own form. `analyze` runs a read to tell what its steps took; on
 * SQLite it is `Left(Compile)`, and so it is of a write. What relvar itself will send is what `explain` tells.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, Db, eq, from, integer, primaryKey, schema, table, where } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * const plan = await Db.plan(pipe(from(users), where(eq(users.id, 1))))(db)()
 * assert(E.isRight(plan))
 * assert.match(JSON.stringify(plan.right.plan), /SEARCH t0 USING INTEGER PRIMARY KEY/)
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const plan =
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
    options: PlanOptions = {},
  ): Db<EnginePlan> =>
  (db) =>
    db.plan(query, options)

/**
 * Whether the database answers: true where a statement goes there and back, false where nobody is there or the connection in use
 * is gone. All else (a login that is refused, a driver that is missing, a pool that stays busy) is a Left as elsewhere.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { Db } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * assert.deepStrictEqual(await Db.ping(db)(), E.right(true))
 * await db.close()()
 * assert.deepStrictEqual(await Db.ping(db)(), E.right(false))
 *
 * @category destructors
 * @since 0.1.0
 */
export const ping: Db<boolean> = (db) => db.ping

/**
 * Whether a query gives a row.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, Db, eq, from, insertInto, integer, schema, table, text, where } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.exists(pipe(from(users), where(eq(users.name, 'fred'))))(db)(), E.right(false))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const exists =
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<boolean> =>
  (db) =>
    db.exists(query)

/**
 * Whether a table or a view is there: by its value, which names its schema where it has one, or by its name.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { createTable, Db, integer, table } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer })
 * const db = sqlite('sqlite::memory:')
 * assert.deepStrictEqual(await Db.hasTable(users)(db)(), E.right(false))
 * await Db.execute(createTable(users))(db)()
 * assert.deepStrictEqual(await Db.hasTable('users')(db)(), E.right(true))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const hasTable =
  (table: AnyTable | string): Db<boolean> =>
  (db) =>
    db.hasTable(table)

/**
 * Runs a write, a query or DDL: the rows that it returns, the number of rows that matched (on every engine), and the keys that
 * the database made, in the order of the rows inserted.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, Db, deleteFrom, eq, insertInto, integer, schema, table, text, where } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * assert.deepStrictEqual(await Db.execute(pipe(deleteFrom(users), where(eq(users.id, 1))))(db)(), E.right({ rows: [], affected: 1, keys: [] }))
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const execute: {
  (ddl: Ddl): Db<Answer<never>>
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Db<Answer<Decode<P, O>>>
} = (value: unknown) => (db: Database) =>
  // `execute` of a Database has the same two signatures, which can't be seen through at once; what it gives is the same
  db.execute(value as Ddl)
