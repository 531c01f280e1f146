/**
 * Databases on SQLite, 3.40 or later: inside this process, or in worker threads or child processes of it.
 */
import { sqliteDialect } from '../compile/dialect/sqlite.js'
import type { Database } from './database.js'
import { makeDatabase } from './database-make.js'
import { type SqliteRun, sqliteDriver, sqliteRuns } from './driver/sqlite.js'
import { type SqliteLibrary, sqliteLibraries } from './driver/sqlite-libraries.js'
import { checkOptions, type CommonOptions, commonForms, type Forms } from './options.js'
import { fromQuery, wrongScheme } from './url.js'

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
  /** Whether each new connection looks through the whole file first, so that a damaged one is `Corrupt` before it is read: false. */
  readonly quickCheck?: boolean
  /** How long a statement waits for the lock of another connection, in milliseconds: 5,000. */
  readonly busyTimeoutMs?: number
  /**
   * Where each connection runs: `here`, in this thread, which is the fastest and which a long query stops; in a `worker` thread
   * of its own; or in a `process` of its own, where a running statement can be stopped. Default: `here`.
   */
  readonly run?: SqliteRun
  /**
   * How long one statement may take in a worker or a process, in milliseconds: 60,000. A process is stopped then; in a worker the
   * statement is left behind, and its connection with it. Here nothing could stop it, so there is no such option.
   */
  readonly statementTimeoutMs?: number
}

const forms: Forms = {
  ...commonForms,
  file: 'text',
  library: sqliteLibraries,
  readOnly: 'flag',
  quickCheck: 'flag',
  busyTimeoutMs: 'duration',
  run: sqliteRuns,
  statementTimeoutMs: 'duration',
}

const fromUrl = (url: string): SqliteOptions => {
  const shape = /^sqlite(?:\+(node:sqlite|[a-z0-9-]+))?:(?!\/\/)([^?]+)(?:\?(.*))?$/
  const [, library, file, query = ''] = shape.exec(url) ?? []
  if (file === undefined) {
    const problem = wrongScheme('sqlite', { names: ['sqlite'], driver: 'better-sqlite3' }, url)
    throw new TypeError(`sqlite: ${problem ?? 'the URL must look like sqlite:path/of/the.db or sqlite::memory:'}`)
  }
  // checkOptions looks at every field before it is used
  return { file, ...(library === undefined ? {} : { library }), ...fromQuery('sqlite', forms, query) } as SqliteOptions
}

/** The option that would end the one connection of a database in memory, and all that it holds with it; null where none does. */
const endsMemory = ({ file, maxAgeMs, idleTimeoutMs, reset, run, pool }: SqliteOptions): string | null => {
  if (file !== ':memory:') return null
  if (pool === 'none') return 'pool'
  // where a statement takes too long its connection ends there
  if (run !== undefined && run !== 'here') return 'run'
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
  const { run = 'here' } = options
  if (run === 'here' && options.statementTimeoutMs !== undefined)
    throw new TypeError(
      `sqlite: option "statementTimeoutMs" needs run: 'worker' or 'process': nothing stops a statement that runs here`,
    )
  const dialect = sqliteDialect()
  const driver = sqliteDriver(
    dialect,
    {
      file,
      readOnly: options.readOnly ?? false,
      quickCheck: options.quickCheck ?? false,
      busyTimeoutMs: options.busyTimeoutMs ?? 5_000,
      statementTimeoutMs: options.statementTimeoutMs ?? 60_000,
      preparedStatements: options.preparedStatements ?? 256,
      hideParameters: options.hideParameters ?? true,
    },
    library === undefined ? sqliteLibraries : [library],
    run,
  )
  return makeDatabase({
    dialect,
    load: driver,
    poolSize: file === ':memory:' ? 1 : (options.poolSize ?? 4),
    acquireTimeoutMs: options.acquireTimeoutMs ?? 30_000,
    policy: options,
    hooks: options,
    place: { namespace: file, address: null, port: null },
  })
}
