// pgbouncer in transaction mode before a PostgreSQL, where the machine has one.
//
// PGBOUNCER_BOX   a folder with an unpacked pgbouncer and a program `run` that runs it with its own libraries
import { execFileSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Keeper } from './keeper.js'
import { find, freePort, launch, untilItAnswers } from './programs.js'
import { versionOf } from './server.js'

// 1.18 falls over a request to cancel that comes twice
const oldest = 1.19

const isNewEnough = ([file = '', ...before]: ReadonlyArray<string>): boolean => {
  try {
    const version = /PgBouncer (\d+\.\d+)/i.exec(
      execFileSync(file, [...before, '--version'], { encoding: 'utf8' }),
    )?.[1]
    return Number(version) >= oldest
  } catch {
    return false
  }
}

const program = (): ReadonlyArray<string> | null => {
  const box = process.env['PGBOUNCER_BOX']
  const boxed = box !== undefined && existsSync(join(box, 'run')) ? [[join(box, 'run'), 'usr/sbin/pgbouncer']] : []
  return [...boxed, ...find('pgbouncer').map((file) => [file])].find(isNewEnough) ?? null
}

/** Whether there is one that is new enough. */
export const hasPooler = (): boolean => program() !== null

/** Starts it with so many server connections; the same database through it. */
export const startPooler = async (keeper: Keeper, url: string, connections: number): Promise<string> => {
  const [file = '', ...before] = program() ?? []
  const base = keeper.directory('pgbouncer')
  const server = new URL(url)
  const port = await freePort()
  const own = (name: string, text: string): string => {
    const path = join(base, name)
    writeFileSync(path, text, { mode: 0o644 })
    return path
  }
  const users = own('users.txt', `"${server.username}" "${server.password}"\n`)
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'trust',
    auth_file: users,
    pool_mode: 'transaction',
    default_pool_size: connections,
    max_client_conn: 200,
    // each transaction on the next server connection: what is left behind is found by somebody else
    server_round_robin: 1,
  }
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`)
  const database = `* = host=${server.hostname} port=${server.port}`
  const config = own('pgbouncer.ini', `[databases]\n${database}\n[pgbouncer]\n${lines.join('\n')}\n`)
  const running = launch(file, [...before, config], base)
  if (running.child.pid !== undefined) keeper.process(running.child.pid, 'SIGINT')
  const through = new URL(url)
  through.hostname = '127.0.0.1'
  through.port = String(port)
  await untilItAnswers(() => versionOf('postgres', through.href), running, 15_000)
  return through.href
}
