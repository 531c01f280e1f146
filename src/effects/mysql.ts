/**
 * Databases on MySQL, 8.0.31 or later, and on MariaDB, 10.11 or later, through mysql2. They are two dialects.
 */
import type { Dialect } from '../compile/dialect.js'
import { mariadbDialect } from '../compile/dialect/mariadb.js'
import { mysqlDialect } from '../compile/dialect/mysql.js'
import type { Database } from './database.js'
import { makeDatabase } from './database-make.js'
import { mysqlDriver } from './driver/mysql.js'
import { mostResultBytes } from './driver/sizes.js'
import { checkOptions, type Forms, type ServerOptions, serverForms } from './options.js'
import { fromServerUrl, type Schemes } from './url.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How to connect to MySQL or MariaDB, and what the pool holds. */
export interface MysqlOptions extends ServerOptions {
  /** The path of a Unix socket, instead of host and port. */
  readonly socketPath?: string
}

/** How to connect to MariaDB, and what the pool holds. */
export interface MariadbOptions extends MysqlOptions {
  /** How long a transaction may lie idle before the server ends it, in milliseconds, which are rounded up to seconds: 60,000. */
  readonly idleInTransactionMs?: number
}

const mysqlForms: Forms = { ...serverForms, socketPath: 'text' }

const mariadbForms: Forms = { ...mysqlForms, idleInTransactionMs: 'duration' }

/** What the two differ in. */
interface Family {
  readonly maker: string
  readonly schemes: Schemes
  readonly forms: Forms
  readonly dialect: Dialect
  readonly idleInTransactionMs: number | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const make = (family: Family, source: string | MariadbOptions): Database => {
  const { maker, schemes, forms, dialect } = family
  // checkOptions looks at every field before it is used
  const options = (typeof source === 'string' ? fromServerUrl(maker, schemes, forms, source) : source) as MariadbOptions
  checkOptions(maker, forms, options)
  const { ssl } = options
  const driver = mysqlDriver(dialect, {
    host: options.host ?? 'localhost',
    port: options.port ?? 3306,
    socketPath: options.socketPath,
    user: options.user,
    password: options.password,
    database: options.database,
    ssl: ssl === true ? {} : ssl === false ? undefined : ssl,
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    statementTimeoutMs: options.statementTimeoutMs ?? 60_000,
    lockTimeoutMs: options.lockTimeoutMs ?? null,
    idleInTransactionMs: options.idleInTransactionMs ?? family.idleInTransactionMs,
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
      namespace: options.database ?? null,
      address: options.socketPath ?? options.host ?? 'localhost',
      port: options.socketPath === undefined ? (options.port ?? 3306) : null,
    },
  })
}

/**
 * A Database on MySQL. It opens no connection and loads no driver: the first effect does. A MariaDB server is refused.
 *
 * Effects can end with `Connection` where mysql2 is not installed or the server can't be reached, `Unavailable` where it is
 * full. Throws a TypeError where an option is unknown or can't be right.
 *
 * @param source `mysql://user:password@host:port/database?poolSize=5`, or the options as a record
 *
 * @example
 * import { mysql } from 'relvar/mysql'
 *
 * const db = mysql('mysql://ed:secret@localhost:3306/blog')
 * assert.deepStrictEqual(db.status().open, 0)
 *
 * @category constructors
 * @since 0.1.0
 */
export const mysql = (source: string | MysqlOptions): Database =>
  make(
    {
      maker: 'mysql',
      schemes: { names: ['mysql'], driver: 'mysql2' },
      forms: mysqlForms,
      dialect: mysqlDialect(),
      idleInTransactionMs: null,
    },
    source,
  )

/**
 * A Database on MariaDB. It opens no connection and loads no driver: the first effect does. A MySQL server is refused.
 *
 * Effects can end with `Connection` where mysql2 is not installed or the server can't be reached, `Unavailable` where it is
 * full. Throws a TypeError where an option is unknown or can't be right.
 *
 * @param source `mariadb://user:password@host:port/database?poolSize=5`, or the options as a record
 *
 * @example
 * import { mariadb } from 'relvar/mysql'
 *
 * const db = mariadb({ host: 'localhost', user: 'ed', database: 'blog' })
 * assert.deepStrictEqual(db.status().open, 0)
 *
 * @category constructors
 * @since 0.1.0
 */
export const mariadb = (source: string | MariadbOptions): Database =>
  make(
    {
      maker: 'mariadb',
      schemes: { names: ['mariadb', 'mysql'], driver: 'mysql2' },
      forms: mariadbForms,
      dialect: mariadbDialect(),
      idleInTransactionMs: 60_000,
    },
    source,
  )
