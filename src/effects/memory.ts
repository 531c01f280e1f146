/**
 * A Database in memory: the reference meaning of queries and writes behind the same functions as any other.
 */
import type { Dialect } from '../compile/dialect.js'
import { sqliteDialect } from '../compile/dialect/sqlite.js'
import { emptyTables, type Tables } from '../interpret/tables.js'
import type { Database } from './database.js'
import { makeDatabase } from './database-make.js'
import { memoryDriver } from './driver/memory.js'
import { withSequences } from './driver/memory-places.js'
import type { Store } from './driver/memory-store.js'
import { checkOptions, type Forms } from './options.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a Database in memory begins with. */
export interface MemoryOptions {
  /** What it holds; nothing where it is left out. */
  readonly tables?: Tables
  /** What `currentTimestamp` and `currentDate` say; the machine's clock where it is left out. */
  readonly clock?: () => Date
  /** How many transactions may be open at a time; 16 where it is left out. */
  readonly poolSize?: number
  readonly acquireTimeoutMs?: number
}

/** A Database whose tables can be looked at. */
export interface MemoryDatabase extends Database {
  /** What is committed at this moment, as a value. */
  readonly tables: () => Tables
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const forms: Forms = { poolSize: 'count', acquireTimeoutMs: 'duration' }

/** What stands in a schema, or counts, that nobody made: it is there with the tables that somebody gave. */
const withPlaces = (tables: Tables): Tables => {
  const homes = [
    ...tables.infos.map((info) => info.schema),
    ...[...tables.rows.keys()]
      .map((id): unknown => JSON.parse(id))
      .map((place) => (Array.isArray(place) ? place[0] : null)),
  ]
  const schemas = homes.filter((home): home is string => typeof home === 'string')
  return withSequences(
    Object.freeze({ ...tables, schemas: new Set([...(tables.schemas ?? []), ...schemas]) }),
    tables.infos,
  )
}

/**
 * A Database in memory: queries are evaluated, not compiled, and need no server. Its transactions are snapshots that cost nothing;
 * where two of them change one row, the second to commit is `Serialization`. Constraints are kept, with the same errors.
 *
 * A statement of a table that was neither made (`createAll`) nor filled is `Left(Sql)`, as on a server.
 *
 * Text of SQL has no meaning here: `Left(Compile)`. What asks for SQL (`toSql`, say) is given SQLite's.
 *
 * @param options what it holds, and what time it is
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, createAll, Db, from, insertInto, integer, primaryKey, schema, table, text } from 'relvar'
 * import { memory } from 'relvar/memory'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const db = memory()
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)({ name: 'ed' }))(db)()
 * assert.deepStrictEqual(await Db.all(from(users))(db)(), E.right([{ id: 1, name: 'ed' }]))
 *
 * @category constructors
 * @since 0.1.0
 */
export const memory = (options: MemoryOptions = {}): MemoryDatabase => {
  const { poolSize, acquireTimeoutMs } = options
  checkOptions('memory', forms, {
    ...(poolSize === undefined ? {} : { poolSize }),
    ...(acquireTimeoutMs === undefined ? {} : { acquireTimeoutMs }),
  })
  const store: Store = { tables: withPlaces(options.tables ?? emptyTables) }
  const dialect: Dialect = Object.freeze({ ...sqliteDialect(), evaluates: true })
  const database = makeDatabase({
    dialect,
    load: memoryDriver(dialect, store, options.clock ?? (() => new Date())),
    poolSize: poolSize ?? 16,
    acquireTimeoutMs: acquireTimeoutMs ?? 30_000,
  })
  return Object.freeze({ ...database, tables: () => store.tables })
}
