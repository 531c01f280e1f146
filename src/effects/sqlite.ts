/**
 * Databases on SQLite, 3.40 or later, inside this process.
 */
import { sqliteDialect } from '../compile/dialect/sqlite.js'
import type { Database } from './database.js'
import { makeDatabase } from './database-make.js'
import { type SqliteLibrary, sqliteDriver, sqliteLibraries } from './driver/sqlite.js'
import { checkOptions, type CommonOptions, commonForms, type Forms, fromQuery } from './options.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How to open a SQLite database. */
export interface SqliteOptions extends CommonOptions {
  /** The path of the file, which is made where there is none, or `:memory:`. */
  readonly file: string
  /** Only this library; else better-sqlite3, and where it can't be loaded node:sqlite, then node-sqlite3-wasm. */
  readonly library?: SqliteLibrary
  readonly readOnly?: boolean
  /** How long a statement waits for the lock of another connection, in milliseconds: 5,000. */
  readonly busyTimeoutMs?: number
}

const forms: Forms = {
  ...commonForms,
  file: 'text',
  library: sqliteLibraries,
  readOnly: 'flag',
  busyTimeoutMs: 'duration',
}

const fromUrl = (url: string): SqliteOptions => {
  const [, file, query] = /^sqlite:(?!\/\/)([^?]+)(?:\?(.*))?$/.exec(url) ?? []
  if (file === undefined) throw new TypeError('sqlite: the URL must look like sqlite:path/of/the.db or sqlite::memory:')
  // checkOptions looks at every field before it is used
  return { file, ...fromQuery(forms, query ?? '') } as SqliteOptions
}

/** The option that would end the one connection of a database in memory, and all that it holds with it; null where none does. */
const endsMemory = ({ file, maxAgeMs, idleTimeoutMs, reset }: SqliteOptions): string | null => {
  if (file !== ':memory:') return null
  if (maxAgeMs !== undefined) return 'maxAgeMs'
  return idleTimeoutMs !== undefined ? 'idleTimeoutMs' : reset === 'full' ? 'reset' : null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A Database on SQLite. It opens no file and loads no library: the first effect does.
 *
 * `sqlite::memory:` is one connection: its effects take turns, and `close` ends it with all that it holds. Effects can end
 * with `Connection` where no library can be loaded or the file can't be opened. Throws a TypeError where an option is unknown
 * or can't be right.
 *
 * @param source `sqlite:path/of/the.db?readOnly=true`, `sqlite::memory:`, or the options as a record
 *
 * @example
 * import { sqlite } from 'relvar/sqlite'
 *
 * const db = sqlite('sqlite::memory:')
 * assert.deepStrictEqual(db.status().size, 1)
 *
 * @category constructors
 * @since 0.1.0
 */
export const sqlite = (source: string | SqliteOptions): Database => {
  const options = typeof source === 'string' ? fromUrl(source) : source
  checkOptions('sqlite', forms, options)
  const { file, library } = options
  if (typeof file !== 'string' || file === '') throw new TypeError('sqlite: option "file" must be a path or :memory:')
  const ending = endsMemory(options)
  if (ending !== null)
    throw new TypeError(
      `sqlite: option "${ending}" would end the connection of :memory:, and all that it holds: leave it out`,
    )
  const dialect = sqliteDialect()
  const driver = sqliteDriver(
    dialect,
    {
      file,
      readOnly: options.readOnly ?? false,
      busyTimeoutMs: options.busyTimeoutMs ?? 5_000,
      preparedStatements: options.preparedStatements ?? 256,
      hideParameters: options.hideParameters ?? true,
    },
    library === undefined ? sqliteLibraries : [library],
  )
  return makeDatabase({
    dialect,
    load: driver,
    poolSize: file === ':memory:' ? 1 : (options.poolSize ?? 4),
    acquireTimeoutMs: options.acquireTimeoutMs ?? 30_000,
    policy: options,
    hooks: options,
  })
}
