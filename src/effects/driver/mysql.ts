/**
 * MySQL and MariaDB by mysql2: how their sessions are opened, set up and their settings read back. They are two dialects;
 * a server that is not the one of the dialect is refused.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ConnectionOptions, createConnection, Connection as MysqlConnection } from 'mysql2'

import type { Dialect } from '../../compile/dialect.js'
import type { Reply, Statement } from '../../compile/statement.js'
import { control } from '../../compile/statement.js'
import { numberOf } from '../classify/context.js'
import { classifyMysql } from '../classify/mysql.js'
import { after, pause } from '../deadline.js'
import type { Begin, Connection, Driver, Isolation, LoadDriver } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { missingDriver, whyNot } from './missing.js'
import type { MysqlConnect, Typed } from './mysql-session.js'
import { makeMysqlSession } from './mysql-session.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Flavour {
  readonly server: string
  readonly collation: string
  readonly sqlMode: string
  readonly recursion: string
}

// NO_BACKSLASH_ESCAPES, ANSI_QUOTES and PIPES_AS_CONCAT are absent: they change what text means. Without
// NO_AUTO_VALUE_ON_ZERO an inserted 0 becomes another key; without ERROR_FOR_DIVISION_BY_ZERO a division by zero is null, as
// relvar means it. MariaDB's ONLY_FULL_GROUP_BY does not know that a key determines its row, so it stays off there.
const strict =
  'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'

const flavours: { readonly [name: string]: Flavour } = {
  mysql: {
    server: 'MySQL',
    collation: 'utf8mb4_0900_bin',
    sqlMode: `${strict},ONLY_FULL_GROUP_BY,TIME_TRUNCATE_FRACTIONAL`,
    recursion: 'cte_max_recursion_depth = 4294967295',
  },
  mariadb: {
    server: 'MariaDB',
    collation: 'utf8mb4_nopad_bin',
    sqlMode: strict,
    // MariaDB stops a recursion at this depth without an error
    recursion: 'max_recursive_iterations = 4294967295',
  },
}

const settings = ({ collation, sqlMode, recursion }: Flavour): string =>
  [
    `SET NAMES utf8mb4 COLLATE ${collation}`,
    `SESSION time_zone = '+00:00'`,
    `SESSION sql_mode = '${sqlMode}'`,
    'SESSION autocommit = 1',
    'SESSION foreign_key_checks = 1',
    'SESSION sql_safe_updates = 0',
    'SESSION group_concat_max_len = 4294967295',
    `SESSION ${recursion}`,
  ].join(', ')

const leveled = (isolation: Isolation | null): ReadonlyArray<string> =>
  isolation === null ? [] : [`SET SESSION TRANSACTION ISOLATION LEVEL ${isolation.toUpperCase()}`]

const readBack =
  'SELECT @@session.time_zone, @@session.character_set_client, @@session.character_set_results, @@session.collation_connection, @@session.sql_mode, @@session.autocommit'

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
  ...(options.ssl === undefined ? {} : { ssl: { ...options.ssl } }),
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

/** For how long it is tried to stop a statement, in milliseconds. */
const killMs = 10_000

/** Ends the statement of a thread over a connection of its own; never fails. */
const killOver =
  (create: typeof createConnection, options: MysqlConnect) =>
  async (threadId: number): Promise<void> => {
    // a server that is too busy to be connected to at once must not go on with the statement for that: nobody waits for long
    const deadline = after(killMs)
    while (performance.now() < deadline) {
      const client = create({ ...clientOptions(options), connectTimeout: killMs })
      client.on('error', () => undefined)
      const failed = await new Promise<unknown>((resolve) => {
        client.query(`KILL QUERY ${threadId}`, (error: unknown) => resolve(error))
      })
      client.destroy()
      // 1094: there is no such session any more
      if (failed === null || failed === undefined || numberOf(failed, 'errno') === 1094) return
      await pause(100)
    }
  }

const mismatch = (flavour: Flavour, version: string): DbError =>
  dbError('Connection', {
    message: `the dialect is ${flavour.server}'s, but the server says ${version}: use ${flavour.server === 'MySQL' ? 'mariadb' : 'mysql'}(…)`,
    statement: null,
    cause: null,
    phase: 'session',
    sent: 'no',
  })

const notSet = (wanted: string, found: string): DbError =>
  dbError('Connection', {
    message: `the session could not be set up: it is ${found}, not ${wanted}`,
    statement: null,
    cause: null,
    phase: 'session',
    sent: 'no',
  })

const sorted = (modes: string): string => modes.split(',').sort().join(',')

/** Sets a session up and reads back what must not differ. */
const setUp = async (
  connection: Pick<Connection, 'send'>,
  flavour: Flavour,
  isolation: Isolation | null,
  deadline: number,
): Promise<DbError | null> => {
  const send = (statement: Statement): Promise<E.Either<DbError, Reply>> =>
    Promise.resolve(connection.send(statement, { signal: null, deadline }))
  const version = await send(control('SELECT VERSION()'))
  if (E.isLeft(version)) return version.left
  const named = String(version.right.rows[0]?.[0])
  if (/mariadb/i.test(named) !== (flavour.server === 'MariaDB')) return mismatch(flavour, named)
  for (const text of [settings(flavour), ...leveled(isolation)]) {
    const set = await send(control(text))
    if (E.isLeft(set)) return set.left
  }
  const read = await send(control(readBack))
  if (E.isLeft(read)) return read.left
  const [zone, client, results, collation, mode, autocommit] = read.right.rows[0] ?? []
  const wanted = ['+00:00', 'utf8mb4', 'utf8mb4', flavour.collation, sorted(flavour.sqlMode), '1'].join(' ')
  const found = [zone, client, results, collation, sorted(String(mode)), autocommit].join(' ')
  return found === wanted ? null : notSet(wanted, found)
}

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
    kill: killOver(create, options),
    setUp: (send, until) => setUp({ send }, flavour, options.isolation, until),
  })
  const failed = await setUp(connection, flavour, options.isolation, deadline)
  if (failed === null) return E.right(connection)
  await connection.close()
  return E.left(failed)
}

/** The isolation is set for the next transaction only, so nothing has to be undone. */
const begin = ({ isolation, readOnly }: Begin): ReadonlyArray<string> => [
  ...(isolation === null ? [] : [`SET TRANSACTION ISOLATION LEVEL ${isolation.toUpperCase()}`]),
  readOnly ? 'START TRANSACTION READ ONLY' : 'START TRANSACTION',
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
