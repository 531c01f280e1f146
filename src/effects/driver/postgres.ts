/**
 * PostgreSQL by pg: how its sessions are opened, set up and their settings read back.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Client, ClientConfig } from 'pg'

import type { Dialect } from '../../compile/dialect.js'
import { noTables, type Statement } from '../../compile/statement.js'
import { classifyPostgres } from '../classify/postgres.js'
import { after } from '../deadline.js'
import type { Begin, Connection, Driver, LoadDriver } from '../driver.js'
import type { DbError } from '../error.js'
import { missingDriver, whyNot } from './missing.js'
import { makePostgresSession, type PostgresConnect } from './postgres-session.js'
import { beginOf, setUpOf, startupOf } from './postgres-setup.js'

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

/** pg's words for a login; it has no option for what a pooler wants to know of a client. */
interface Inside {
  getStartupConf: () => Readonly<Record<string, unknown>>
}

const introduced = (client: Client, options: PostgresConnect): void => {
  const more = startupOf(options)
  if (Object.keys(more).length === 0) return
  // the method is that of pg 8.23; the tests of a pooler look at what is sent
  const inside = client as unknown as Inside
  const own = inside.getStartupConf.bind(client)
  inside.getStartupConf = () => ({ ...own(), ...more })
}

const connect = async (PgClient: typeof Client, options: PostgresConnect): Promise<E.Either<DbError, Connection>> => {
  const deadline = after(options.connectTimeoutMs)
  const client = new PgClient(clientConfig(options))
  introduced(client, options)
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
  const setUp = setUpOf(options)
  const connection = makePostgresSession(client, options, setUp)
  const wrong = await setUp(connection.send, deadline)
  if (wrong === null) return E.right(connection)
  await connection.close()
  return E.left(wrong)
}

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
        begin: beginOf(options),
        local,
        numbered,
        afterwards: () => [],
      }
      return E.right(driver)
    } catch (error) {
      return missingDriver(`${whyNot('pg', error)}: PostgreSQL needs it (npm install pg)`, error)
    }
  }
