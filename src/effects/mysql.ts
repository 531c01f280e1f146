/**
 * Databases on MySQL, 8.0.31 or later, and on MariaDB, 10.11 or later, through mysql2. They are two dialects.
 */
import type { Dialect } from '../compile/dialect.js'
import { mariadbDialect } from '../compile/dialect/mariadb.js'
import { mysqlDialect } from '../compile/dialect/mysql.js'
import type { Database } from './database.js'
import { makeDatabase } from './database-make.js'
import { mysqlDriver } from './driver/mysql.js'
import { checkOptions, type Forms, fromServerUrl, type ServerOptions, serverForms } from './options.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How to connect to MySQL or MariaDB, and what the pool holds. */
export interface MysqlOptions extends ServerOptions {
  /** The path of a Unix socket, instead of host and port. */
  readonly socketPath?: string
}

const forms: Forms = { ...serverForms, socketPath: 'text' }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const make = (
  maker: string,
  schemes: ReadonlyArray<string>,
  dialect: Dialect,
  source: string | MysqlOptions,
): Database => {
  // checkOptions looks at every field before it is used
  const options = (typeof source === 'string' ? fromServerUrl(maker, schemes, forms, source) : source) as MysqlOptions
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
    preparedStatements: options.preparedStatements ?? 256,
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
export const mysql = (source: string | MysqlOptions): Database => make('mysql', ['mysql'], mysqlDialect(), source)

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
export const mariadb = (source: string | MysqlOptions): Database =>
  make('mariadb', ['mariadb', 'mysql'], mariadbDialect(), source)
