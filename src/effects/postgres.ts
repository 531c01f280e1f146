/**
 * Databases on PostgreSQL, 15 or later, through pg.
 */
import { postgresDialect } from '../compile/dialect/postgres.js'
import type { Database } from './database.js'
import { makeDatabase } from './database-make.js'
import { postgresDriver } from './driver/postgres.js'
import { mostResultBytes } from './driver/sizes.js'
import { checkOptions, type Forms, type ServerOptions, serverForms } from './options.js'
import { fromServerUrl } from './url.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How to connect to PostgreSQL, and what its pool holds. */
export interface PostgresOptions extends ServerOptions {
  /** What pg_stat_activity calls the sessions: relvar. */
  readonly applicationName?: string
  /** How long a transaction may lie idle before the server ends it, in milliseconds: 60,000. */
  readonly idleInTransactionMs?: number
  /**
   * `transaction`: between here and the server stands pgbouncer, or its like, in transaction mode. Nothing is prepared by name and
   * nothing is set for a session; what the server's sessions have by themselves is read back. None.
   */
  readonly pooler?: 'transaction'
}

const forms: Forms = {
  ...serverForms,
  applicationName: 'text',
  idleInTransactionMs: 'duration',
  pooler: ['transaction'],
}

const schemes = { names: ['postgres', 'postgresql'], driver: 'pg' }

/** The option that would reach into a session which a pooler may have lent to somebody else; null where none does. */
const endsInPooler = ({ pooler, reset, isolation }: PostgresOptions): string | null =>
  pooler === undefined ? null : reset === 'full' ? 'reset' : isolation === undefined ? null : 'isolation'

/** libpq's words for TLS, which hosted databases put into their URLs. */
const sslOf = (mode: unknown): boolean | { readonly rejectUnauthorized: boolean } => {
  if (mode === 'disable') return false
  if (mode === 'require') return { rejectUnauthorized: false }
  if (mode === 'verify-ca' || mode === 'verify-full') return true
  throw new TypeError('postgres: sslmode must be disable, require, verify-ca or verify-full')
}

const fromUrl = (url: string): PostgresOptions => {
  const { sslmode, ...options } = fromServerUrl('postgres', schemes, forms, url, ['sslmode'])
  // checkOptions looks at every field before it is used
  return (sslmode === undefined ? options : { ...options, ssl: sslOf(sslmode) }) as PostgresOptions
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A Database on PostgreSQL. It opens no connection and loads no driver: the first effect does.
 *
 * Effects can end with `Connection` where pg is not installed or the server can't be reached, `Unavailable` where it is full.
 * Throws a TypeError where an option is unknown or can't be right.
 *
 * @param source `postgres://user:password@host:port/database?poolSize=5`, or the options as a record; what is left out is
 *   taken from PGHOST and the like, as pg does
 *
 * @example
 * import { postgres } from 'relvar/postgres'
 *
 * const db = postgres('postgres://ed:secret@localhost:5432/blog?poolSize=5')
 * assert.deepStrictEqual(db.status().open, 0)
 *
 * @category constructors
 * @since 0.1.0
 */
export const postgres = (source: string | PostgresOptions): Database => {
  const options = typeof source === 'string' ? fromUrl(source) : source
  checkOptions('postgres', forms, options)
  const beyond = endsInPooler(options)
  if (beyond !== null)
    throw new TypeError(`postgres: option "${beyond}" would reach other clients of the pooler: leave it out`)
  const dialect = postgresDialect()
  const driver = postgresDriver(dialect, {
    host: options.host ?? process.env['PGHOST'] ?? 'localhost',
    port: options.port ?? Number(process.env['PGPORT'] ?? 5432),
    user: options.user,
    password: options.password,
    database: options.database,
    ssl: options.ssl ?? false,
    applicationName: options.applicationName ?? 'relvar',
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    statementTimeoutMs: options.statementTimeoutMs ?? 60_000,
    lockTimeoutMs: options.lockTimeoutMs ?? null,
    idleInTransactionMs: options.idleInTransactionMs ?? 60_000,
    pooler: options.pooler ?? null,
    preparedStatements: options.preparedStatements ?? 256,
    maxResultBytes: options.maxResultBytes ?? mostResultBytes,
    hideParameters: options.hideParameters ?? true,
    isolation: options.isolation ?? null,
  })
  return makeDatabase({
    dialect,
    load: driver,
    poolSize: options.poolSize ?? 10,
    acquireTimeoutMs: options.acquireTimeoutMs ?? 30_000,
    policy: options,
    hooks: options,
    place: {
      namespace: options.database ?? process.env['PGDATABASE'] ?? null,
      address: options.host ?? process.env['PGHOST'] ?? 'localhost',
      port: options.port ?? Number(process.env['PGPORT'] ?? 5432),
    },
  })
}
