/**
 * MySQL and MariaDB by mysql2: how their sessions are opened and ended.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ConnectionOptions, createConnection, Connection as MysqlConnection } from 'mysql2'

import type { Dialect } from '../../compile/dialect.js'
import { classifyMysql } from '../classify/mysql.js'
import { after } from '../deadline.js'
import type { Begin, Connection, Driver, LoadDriver } from '../driver.js'
import type { DbError } from '../error.js'
import { missingDriver, whyNot } from './missing.js'
import { killOver } from './mysql-kill.js'
import type { MysqlConnect, Typed } from './mysql-session.js'
import { makeMysqlSession } from './mysql-session.js'
import { type Flavour, flavours, limitOff, limitOn, setUp } from './mysql-setup.js'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const clientOptions = (options: MysqlConnect): ConnectionOptions => ({
  host: options.host,
  port: options.port,
  ...(options.socketPath === undefined ? {} : { socketPath: options.socketPath }),
  ...(options.user === undefined ? {} : { user: options.user }),
  ...(options.password === undefined ? {} : { password: options.password }),
  ...(options.database === undefined ? {} : { database: options.database }),
  // mysql2 checks whose certificate it is only where it is told to
  ...(options.ssl === undefined
    ? {}
    : { ssl: { verifyIdentity: options.ssl['rejectUnauthorized'] !== false, ...options.ssl } }),
  connectTimeout: options.connectTimeoutMs,
  charset: 'utf8mb4',
  timezone: 'Z',
  rowsAsArray: true,
  supportBigNumbers: true,
  dateStrings: true,
  jsonStrings: true,
  maxPreparedStatements: options.preparedStatements,
  // affected rows are those that matched (FOUND_ROWS is mysql2's default); the server may ask for no local file
  flags: ['FOUND_ROWS', '-LOCAL_FILES'],
})

const opened = (client: MysqlConnection): Promise<void> =>
  new Promise((resolve, reject) => {
    client.connect((error) => (error === null ? resolve() : reject(error)))
  })

const connect = async (
  create: typeof createConnection,
  typed: Typed,
  flavour: Flavour,
  options: MysqlConnect,
): Promise<E.Either<DbError, Connection>> => {
  const deadline = after(options.connectTimeoutMs)
  const client = create(clientOptions(options))
  client.on('error', () => undefined)
  try {
    await opened(client)
  } catch (error) {
    client.destroy()
    const context = { statement: null, phase: 'connect', sent: 'no', hideParameters: options.hideParameters } as const
    return E.left(classifyMysql(flavour.server)(error, context))
  }
  const connection = makeMysqlSession(client, flavour.server, typed, options, {
    kill: killOver((connectMs) => create({ ...clientOptions(options), connectTimeout: connectMs })),
    setUp: (send, until) => setUp({ send }, flavour, options, until),
    limitOff: limitOff(flavour),
    limitOn: limitOn(flavour, options),
  })
  const failed = await setUp(connection, flavour, options, deadline)
  if (failed === null) return E.right(connection)
  await connection.close()
  return E.left(failed)
}

/** The isolation is set for the next transaction only, so nothing has to be undone. */
const begin = ({ isolation, readOnly, prepare = null }: Begin): ReadonlyArray<string> => [
  ...(isolation === null ? [] : [`SET TRANSACTION ISOLATION LEVEL ${isolation.toUpperCase()}`]),
  ...(prepare === null
    ? [readOnly ? 'START TRANSACTION READ ONLY' : 'START TRANSACTION']
    : // (its name was looked at: it needs no quoting)
      [...(readOnly ? ['SET TRANSACTION READ ONLY'] : []), `XA START '${prepare}'`]),
]

/** The driver over mysql2 for one of the two dialects, loaded by the first effect. */
export const mysqlDriver =
  (dialect: Dialect, options: MysqlConnect): LoadDriver =>
  async () => {
    const flavour = flavours[dialect.name]
    if (flavour === undefined) return missingDriver(`mysql2 can't speak to ${dialect.name}`, null)
    try {
      const { default: mysql } = await import('mysql2')
      // declared by mysql2 3.24 under the same names; an older one has none
      const typed = (mysql as { readonly TypedParameter?: Typed }).TypedParameter
      if (typed === undefined) return missingDriver('mysql2 is too old: relvar needs 3.24 or later', null)
      const driver: Driver = {
        name: 'mysql2',
        notice: null,
        dialect,
        maxConnections: null,
        isolation: options.isolation ?? 'repeatable read',
        connect: () => connect(mysql.createConnection, typed, flavour, options),
        begin,
        afterwards: () => [],
      }
      return E.right(driver)
    } catch (error) {
      return missingDriver(`${whyNot('mysql2', error)}: ${flavour.server} needs it (npm install mysql2)`, error)
    }
  }
