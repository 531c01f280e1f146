// Servers of a test's own, which it may stop, kill and set as it likes. They come back when they have ended, at the same address.
import { readFileSync } from 'node:fs'
import mysqlClient from 'mysql2/promise'
import pg from 'pg'
import type { Engine } from './engine.js'
import { keeper } from './keeper.js'
import { mariadb, mysql } from './mysql.js'
import { postgres } from './postgres.js'
import { mysqlOptions, type ServerName } from './server.js'

export interface OwnServer {
  readonly url: string
  /** Sends a signal to the server itself. */
  readonly signal: (signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL') => void
  /** Learns the process again, after the server came back. */
  readonly look: () => Promise<void>
  readonly close: () => Promise<void>
}

const starters = { postgres, mysql, mariadb }

/** Whether a second server of the kind can be started: not where the tests were given the address of one. */
export const canBeOwned = ({ name, from }: Engine): boolean => name !== 'sqlite' && !from.startsWith('RELVAR_TEST_')

const pidOf = async (name: ServerName, url: string): Promise<number> => {
  if (name === 'postgres') {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const found = await client.query<{ data_directory: string }>('show data_directory')
    await client.end()
    return Number(readFileSync(`${found.rows[0]?.data_directory ?? ''}/postmaster.pid`, 'utf8').split('\n')[0])
  }
  const connection = await mysqlClient.createConnection(mysqlOptions(url))
  const [rows] = await connection.query<Array<mysqlClient.RowDataPacket>>('select @@pid_file as file')
  await connection.end()
  return Number(readFileSync(String(rows[0]?.['file']), 'utf8').trim())
}

/** Starts another server of the same programs as an engine of the run. */
export const ownServer = async ({ name, from }: Engine): Promise<OwnServer> => {
  if (name === 'sqlite') throw new Error('SQLite is no server')
  const kept = keeper({ revives: true })
  const found = await starters[name](kept)
  const server = found.servers.find((one) => one.from === from)
  if (server === undefined) {
    await kept.close()
    throw new Error(`no second server of ${from}: ${found.problems.join('; ')}`)
  }
  let pid = await pidOf(name, server.url)
  return {
    url: server.url,
    signal: (signal) => void process.kill(pid, signal),
    look: async () => {
      pid = await pidOf(name, server.url)
    },
    close: kept.close,
  }
}
