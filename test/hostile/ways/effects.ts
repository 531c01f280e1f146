// Ways of effects: options of databases, of transactions, streams and retries, and what asks for a table by its name.
import * as TE from 'fp-ts/lib/TaskEither.js'

import type { Database } from '../../../src/index.js'
import * as mysql from '../../../src/mysql.js'
import * as postgres from '../../../src/postgres.js'
import * as sqlite from '../../../src/sqlite.js'
import { all } from '../tables.js'
import { type Loose, R, ways, type Way } from './way.js'

const makers = { ...mysql, ...postgres, ...sqlite } as unknown as {
  readonly [K in 'mysql' | 'mariadb' | 'postgres' | 'sqlite']: Loose
}
const { Db } = R
const rows = R.from(all)
const fine = (): unknown => TE.right(1)

/** Options and what is right there. */
const server = {
  host: 'h',
  port: 1,
  user: 'u',
  password: 'p',
  database: 'd',
  ssl: true,
  poolSize: 1,
  acquireTimeoutMs: 1,
  isolation: 'serializable',
}
const file = { file: ':memory:', readOnly: true, busyTimeoutMs: 1, poolSize: 1, library: 'better-sqlite3' }

/** What is made of options that may be right is a Database, which connects to nothing until an effect needs it. */
const options = (name: keyof typeof makers, all: Readonly<Record<string, unknown>>): ReadonlyArray<Way> => [
  ...ways(
    'plain',
    true,
  )({ [name]: [name === 'sqlite' ? 'sqlite::memory:' : `${name}://u:p@h/d`, (x) => makers[name](x)] }),
  ...Object.entries(all).flatMap(([option, good]) =>
    ways(
      'plain',
      true,
    )({
      [`${name}#${option}`]: [
        good,
        (x) => makers[name](name === 'sqlite' ? { file: 'f', [option]: x } : { [option]: x }),
      ],
    }),
  ),
]

/** Gives an effect that the Database runs. */
export interface EffectWay extends Omit<Way, 'kind' | 'make'> {
  readonly make: (input: unknown, db: Database) => unknown
}

const effect = (name: string, good: unknown, make: EffectWay['make'], defines = true): EffectWay => ({
  name,
  good,
  make,
  defines,
})

const run = (f: Loose | undefined, db: Database): unknown => f?.(db)

export const effectWays: ReadonlyArray<EffectWay> = [
  effect('Db.hasTable', 'h_all', (x, db) => run(Db['hasTable']?.(x), db), false),
  effect('Db.stream', { batch: 1 }, (x, db) => run(Db['stream']?.(rows, x), db)),
  effect('Db.stream#2', 1, (x, db) => run(Db['stream']?.(rows, { batch: x }), db)),
  effect('Db.plan', {}, (x, db) => run(Db['plan']?.(rows, x), db)),
  effect('withTimeout', 1000, (x, db) => run(Db['ping'], R.withTimeout(x)(db) as unknown as Database)),
  effect('withLint', {}, (x, db) => run(Db['count']?.(rows), R.withLint(x)(db) as unknown as Database)),
  effect('transaction', {}, (x, db) => run(R.transaction(x)(fine), db)),
  effect('transaction#2', 'serializable', (x, db) => run(R.transaction({ isolation: x })(fine), db)),
  effect('transaction#3', {}, (x, db) => run(R.transaction({ settings: x })(fine), db)),
  effect('commitPrepared', 'none', (x, db) => run(R.commitPrepared(x), db), true),
  effect('rollbackPrepared', 'none', (x, db) => run(R.rollbackPrepared(x), db), true),
  effect('retrying', { times: 1 }, (x, db) => run(R.retrying(x)(fine), db)),
  effect('retrying#2', 1, (x, db) => run(R.retrying({ times: x })(fine), db)),
  effect('tag', 'a', (x, db) =>
    run(Db['count']?.(rows), R.withMiddleware(R.tag({ route: x }))(db) as unknown as Database),
  ),
]

/** Ways of options of databases. */
export const optionWays: ReadonlyArray<Way> = [
  ...options('postgres', server),
  ...options('mysql', server),
  ...options('mariadb', server),
  ...options('sqlite', file),
  ...ways('plain', true)({ databaseFrom: ['sqlite::memory:', (x) => R.databaseFrom(x)] }),
]
