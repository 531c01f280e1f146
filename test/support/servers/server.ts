// What a starter gives: the servers that run, and in words what could not be had.
import mysql from 'mysql2/promise'
import pg from 'pg'

export type ServerName = 'postgres' | 'mariadb' | 'mysql'

export interface Server {
  readonly name: ServerName
  readonly url: string
  /** Where it comes from, for the report. */
  readonly from: string
}

export interface Found {
  readonly servers: ReadonlyArray<Server>
  /** Why a server, or a second one, is not there: one sentence each. */
  readonly problems: ReadonlyArray<string>
}

/** The first of several ways that starts a server; the problems of those before it are kept. */
export const firstOf = async (ways: ReadonlyArray<() => Promise<Server>>): Promise<Found> => {
  const problems: Array<string> = []
  for (const way of ways) {
    try {
      return { servers: [await way()], problems }
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  return { servers: [], problems }
}

/** What `select version()` says; rejects while the server does not answer. */
export const versionOf = async (name: ServerName, url: string): Promise<string> =>
  name === 'postgres' ? postgresVersion(url) : mysqlVersion(url)

const postgresVersion = async (url: string): Promise<string> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    const result = await client.query<{ server_version: string }>('show server_version')
    return result.rows[0]?.server_version ?? 'unknown'
  } finally {
    await client.end()
  }
}

const mysqlVersion = async (url: string): Promise<string> => {
  const connection = await mysql.createConnection(mysqlOptions(url))
  try {
    const [rows] = await connection.query<Array<mysql.RowDataPacket>>('select version() as version')
    return String(rows[0]?.['version'])
  } finally {
    await connection.end()
  }
}

/** mysql2 reads only mysql:// addresses; these are the same under mariadb://. */
export const mysqlOptions = (url: string): mysql.ConnectionOptions => {
  const { hostname, port, username, password, pathname } = new URL(url)
  const database = decodeURIComponent(pathname.slice(1))
  return {
    host: hostname,
    port: port === '' ? 3306 : Number(port),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    connectTimeout: 5_000,
    ...(database === '' ? {} : { database }),
  }
}
