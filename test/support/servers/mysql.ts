// Throwaway MySQL and MariaDB servers, from the machine's programs or else from Docker.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { container, dockerRuns } from './docker.js'
import type { Keeper } from './keeper.js'
import { find, freePort, keep, run, untilItAnswers } from './programs.js'
import { firstOf, type Found, type Server, type ServerName, versionOf } from './server.js'

type Name = Exclude<ServerName, 'postgres'>

// MySQL and MariaDB alike: durable as long as the machine runs, and nothing but what the tests use
export const settings = [
  '--max-connections=300',
  '--skip-log-bin',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-flush-method=nosync',
  '--innodb-buffer-pool-size=128M',
  '--character-set-server=utf8mb4',
]

const firstStatements = [
  "create user if not exists relvar@'%' identified by 'pw'",
  "grant all on *.* to relvar@'%' with grant option",
  'create database if not exists relvar',
]

const start = async (
  keeper: Keeper,
  name: Name,
  program: ReadonlyArray<string>,
  base: string,
  options: ReadonlyArray<string>,
): Promise<Server> => {
  const [file = '', ...before] = program
  const port = await freePort()
  const first = join(base, 'first.sql')
  writeFileSync(first, firstStatements.map((statement) => `${statement};\n`).join(''), { mode: 0o644 })
  // nothing in it is worth an orderly shutdown
  const running = keep(
    keeper,
    'SIGKILL',
    file,
    [
      ...before,
      '--no-defaults',
      `--datadir=${join(base, 'data')}`,
      `--socket=${join(base, 's')}`,
      `--pid-file=${join(base, 'pid')}`,
      `--port=${port}`,
      '--bind-address=127.0.0.1',
      `--init-file=${first}`,
      ...settings,
      ...options,
    ],
    base,
  )
  const url = `${name}://relvar:pw@127.0.0.1:${port}/relvar`
  await untilItAnswers(() => versionOf(name, url), running)
  return { name, url, from: file }
}

const homebrew = (formula: string): ReadonlyArray<string> =>
  ['/opt/homebrew/opt', '/usr/local/opt'].map((base) => join(base, formula, 'bin'))

const saysMariaDB = async (file: string): Promise<boolean> => /mariadb/i.test((await run(file, ['--version'])).text)

// MariaDB ------------------------------------------------------------------------------------------------------------

const machineMariadb = async (keeper: Keeper, options: ReadonlyArray<string>): Promise<Server> => {
  const file = find('mariadbd', homebrew('mariadb'))[0]
  const install = [
    ...find('mariadb-install-db', homebrew('mariadb')),
    ...find('mysql_install_db', homebrew('mariadb')),
  ][0]
  if (file === undefined || install === undefined) throw new Error('no mariadbd among the programs of this machine')
  const base = keeper.directory('mariadb')
  const made = await run(
    install,
    ['--no-defaults', `--datadir=${join(base, 'data')}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    { asServer: true, cwd: base },
  )
  if (!made.ok) throw new Error(`${install} failed: ${made.text}`)
  return start(keeper, 'mariadb', [file], base, options)
}

/** `options`: of the server, besides those that all have. */
export const mariadb = async (keeper: Keeper, options: ReadonlyArray<string> = []): Promise<Found> =>
  firstOf([
    () => machineMariadb(keeper, options),
    ...((await dockerRuns()) ? [() => container(keeper, 'mariadb', 'mariadb:11.8', [...settings, ...options])] : []),
  ])

// MySQL --------------------------------------------------------------------------------------------------------------

interface Mysqld {
  readonly program: ReadonlyArray<string>
  readonly options: ReadonlyArray<string>
}

// MYSQL_BOX: a folder with an unpacked MySQL and a program `run` that runs it with its own libraries
const boxed = (box: string): Mysqld => ({
  program: [join(box, 'run'), 'usr/sbin/mysqld'],
  options: [
    `--lc-messages-dir=${join(box, 'usr/share/mysql')}`,
    `--plugin-dir=${join(box, 'usr/lib/mysql/plugin')}`,
    `--character-sets-dir=${join(box, 'usr/share/mysql/charsets')}`,
  ],
})

const machineMysqlds = async (): Promise<ReadonlyArray<Mysqld>> => {
  const box = process.env['MYSQL_BOX']
  const files = find('mysqld', [...homebrew('mysql'), ...homebrew('mysql@8.4')])
  // Debian's mysqld is a link to mariadbd
  const others = await Promise.all(files.map(saysMariaDB))
  return [
    ...(box !== undefined && existsSync(join(box, 'run')) ? [boxed(box)] : []),
    ...files.filter((_, i) => others[i] === false).map((file) => ({ program: [file], options: [] })),
  ]
}

const machineMysql = async (
  keeper: Keeper,
  { program, options }: Mysqld,
  more: ReadonlyArray<string>,
): Promise<Server> => {
  const [file = '', ...before] = program
  const base = keeper.directory('mysql')
  const made = await run(
    file,
    [...before, '--no-defaults', '--initialize-insecure', `--datadir=${join(base, 'data')}`, ...options],
    { asServer: true, cwd: base },
  )
  if (!made.ok) throw new Error(`${file} --initialize-insecure failed: ${made.text}`)
  return start(keeper, 'mysql', program, base, [...options, '--mysqlx=OFF', '--secure-file-priv=NULL', ...more])
}

/** `options`: of the server, besides those that all have. */
export const mysql = async (keeper: Keeper, options: ReadonlyArray<string> = []): Promise<Found> => {
  const found = await machineMysqlds()
  const ways = [
    ...found.map((mysqld) => () => machineMysql(keeper, mysqld, options)),
    ...((await dockerRuns()) ? [() => container(keeper, 'mysql', 'mysql:8.4', [...settings, ...options])] : []),
  ]
  return ways.length === 0
    ? { servers: [], problems: ['no mysqld that is not MariaDB among the programs of this machine'] }
    : firstOf(ways)
}
