/**
 * PostgreSQL by pg: how its sessions are opened, set up and their settings read back.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Client, ClientConfig } from 'pg'

import type { Dialect } from '../../compile/dialect.js'
import { control, noTables, type Statement } from '../../compile/statement.js'
import { classifyPostgres } from '../classify/postgres.js'
import { after } from '../deadline.js'
import type { Begin, Connection, Driver, LoadDriver } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { missingDriver, whyNot } from './missing.js'
import type { PostgresConnect, SetUp } from './postgres-session.js'
import { makePostgresSession } from './postgres-session.js'

/** What every session is set to; the last statement reads back what must not differ. */
const settings = (options: PostgresConnect): string =>
  [
    "set session time zone 'UTC'",
    'set standard_conforming_strings = on',
    "set client_encoding = 'UTF8'",
    "set datestyle = 'ISO, YMD'",
    "set intervalstyle = 'iso_8601'",
    "set bytea_output = 'hex'",
    'set extra_float_digits = 1',
    `set idle_in_transaction_session_timeout = ${options.idleInTransactionMs}`,
    ...(options.isolation === null ? [] : [`set default_transaction_isolation = '${options.isolation}'`]),
    `select current_setting('TimeZone') || ' ' || current_setting('standard_conforming_strings') || ' ' || current_setting('client_encoding')`,
  ].join('; ')

const settled = 'UTC on UTF8'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const clientConfig = (options: PostgresConnect): ClientConfig => ({
  host: options.host,
  port: options.port,
  user: options.user,
  password: options.password,
  database: options.database,
  ssl: options.ssl,
  application_name: options.applicationName,
  connectionTimeoutMillis: options.connectTimeoutMs,
  keepAlive: true,
})

const setUpWith =
  (options: PostgresConnect): SetUp =>
  async (send, deadline) => {
    const ready = await send(control(settings(options)), { signal: null, deadline })
    const found = E.isRight(ready) ? ready.right.rows[0]?.[0] : null
    if (found === settled) return null
    return dbError('Connection', {
      message: `the session could not be set up: time zone, standard_conforming_strings and encoding are ${String(found)}, not ${settled}`,
      statement: null,
      cause: E.isLeft(ready) ? ready.left : null,
      phase: 'session',
      sent: 'no',
    })
  }

const connect = async (PgClient: typeof Client, options: PostgresConnect): Promise<E.Either<DbError, Connection>> => {
  const client = new PgClient(clientConfig(options))
  // a Client that nobody listens to ends the process when its server goes away
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    // pg leaves the socket of a refused login open
    void client.end().catch(() => undefined)
    return E.left(
      classifyPostgres(error, {
        statement: null,
        phase: 'connect',
        sent: 'no',
        hideParameters: options.hideParameters,
      }),
    )
  }
  const setUp = setUpWith(options)
  const connection = makePostgresSession(client, options, setUp)
  const wrong = await setUp(connection.send, after(options.connectTimeoutMs))
  if (wrong === null) return E.right(connection)
  await connection.close()
  return E.left(wrong)
}

/** BEGIN with what was asked for; the words are PostgreSQL's. */
const begin = ({ isolation, readOnly, deferrable }: Begin): ReadonlyArray<string> => [
  [
    'BEGIN',
    isolation === null ? '' : ` ISOLATION LEVEL ${isolation.toUpperCase()}`,
    readOnly ? ' READ ONLY' : '',
    deferrable ? ' DEFERRABLE' : '',
  ].join(''),
]

const setLocal = (name: string, value: string): Statement => ({
  sql: 'SELECT set_config($1, $2, true)',
  parameters: [name, value],
  text: 'compiled',
  returnsRows: true,
  bigints: false,
  tables: noTables,
})

/** Values go as parameters: a role is a setting, too. */
const local = ({ settings = {}, role = null }: Begin): ReadonlyArray<Statement> => [
  ...Object.entries(settings).map(([name, value]) => setLocal(name, value)),
  ...(role === null ? [] : [setLocal('role', role)]),
]

const numbered: Statement = {
  sql: 'SELECT pg_current_xact_id_if_assigned()',
  parameters: [],
  text: 'compiled',
  returnsRows: true,
  bigints: false,
  tables: noTables,
}

/** The driver over pg, loaded by the first effect. */
export const postgresDriver =
  (dialect: Dialect, options: PostgresConnect): LoadDriver =>
  async () => {
    try {
      const { default: pg } = await import('pg')
      const driver: Driver = {
        name: 'pg',
        notice: null,
        dialect,
        maxConnections: null,
        isolation: options.isolation ?? 'read committed',
        connect: () => connect(pg.Client, options),
        begin,
        local,
        numbered,
        afterwards: () => [],
      }
      return E.right(driver)
    } catch (error) {
      return missingDriver(`${whyNot('pg', error)}: PostgreSQL needs it (npm install pg)`, error)
    }
  }
