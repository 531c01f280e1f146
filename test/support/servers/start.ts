// Starts the engines that are wanted, all at once.
//
// RELVAR_TEST_ENGINES   what can be had (default) | all: a missing engine fails the run | a list such as postgres,sqlite
// RELVAR_TEST_POSTGRES_URL, RELVAR_TEST_MARIADB_URL, RELVAR_TEST_MYSQL_URL   a server to use; none is then started
import { type Keeper, keeper } from './keeper.js'
import { mariadb, mysql } from './mysql.js'
import { postgres } from './postgres.js'
import { type Engine, sqlite } from './engine.js'
import { type Found, type Server, type ServerName, versionOf } from './server.js'

export interface Absent {
  readonly name: ServerName
  readonly why: string
}

export interface EngineReport {
  readonly ran: ReadonlyArray<Engine>
  readonly absent: ReadonlyArray<Absent>
  readonly notes: ReadonlyArray<string>
}

const starters: Readonly<Record<ServerName, (keeper: Keeper) => Promise<Found>>> = { postgres, mariadb, mysql }
const names: ReadonlyArray<ServerName> = ['postgres', 'mariadb', 'mysql']

interface Choice {
  readonly wanted: ReadonlyArray<ServerName>
  /** Whether one that is wanted and not there fails the run. */
  readonly strict: boolean
}

const choice = (text: string): Choice => {
  if (text === '') return { wanted: names, strict: false }
  if (text === 'all') return { wanted: names, strict: true }
  const list = text.split(',').map((name) => name.trim())
  const unknown = list.filter((name) => name !== 'sqlite' && !names.some((known) => known === name))
  if (unknown.length > 0) {
    throw new Error(`RELVAR_TEST_ENGINES names ${unknown.join(', ')}; there are sqlite, ${names.join(', ')} and all`)
  }
  return { wanted: names.filter((name) => list.includes(name)), strict: true }
}

const obtain = async (kept: Keeper, name: ServerName): Promise<Found> => {
  const variable = `RELVAR_TEST_${name.toUpperCase()}_URL`
  const url = process.env[variable]
  return url === undefined || url === ''
    ? starters[name](kept)
    : { servers: [{ name, url, from: variable }], problems: [] }
}

const engineOf = async ({ name, url, from }: Server): Promise<Engine> => {
  const version = await versionOf(name, url)
  const [major = '', minor = ''] = version.split('.')
  // PostgreSQL counts releases in the first number, the others in the first two
  return { name, label: name === 'postgres' ? `${name} ${major}` : `${name} ${major}.${minor}`, url, version, from }
}

const distinctLabels = (engines: ReadonlyArray<Engine>): ReadonlyArray<Engine> =>
  engines.filter((engine, i) => engines.findIndex((other) => other.label === engine.label) === i)

const gather = async (kept: Keeper, { wanted, strict }: Choice): Promise<EngineReport> => {
  const found = await Promise.all(wanted.map((name) => obtain(kept, name)))
  const absent = wanted.flatMap((name, i) =>
    found[i]?.servers.length === 0 ? [{ name, why: found[i].problems.join('; ') }] : [],
  )
  if (strict && absent.length > 0) {
    throw new Error(`Engines that should run do not:\n${absent.map(({ name, why }) => `  ${name}: ${why}`).join('\n')}`)
  }
  const engines = await Promise.all(found.flatMap(({ servers }) => servers).map(engineOf))
  const notes = found.flatMap(({ servers, problems }) => (servers.length === 0 ? [] : problems))
  return { ran: [sqlite, ...distinctLabels(engines)], absent, notes }
}

/** Engines that run until they are closed. */
export interface Started {
  readonly report: EngineReport
  readonly close: () => Promise<void>
}

/** Starts what RELVAR_TEST_ENGINES asks for; `revives`: servers that end by themselves are started again. */
export const start = async (how: { readonly revives?: boolean } = {}): Promise<Started> => {
  const kept = keeper(how)
  try {
    const report = await gather(kept, choice(process.env['RELVAR_TEST_ENGINES'] ?? ''))
    return { report, close: kept.close }
  } catch (error) {
    await kept.close()
    throw error
  }
}
