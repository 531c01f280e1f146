// Where a bank can be, and how its connections die there: the server ends them, the network does, or whoever asked gives up.
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'

import { done, step } from '../../src/compile/load.js'
import { noTables } from '../../src/compile/statement.js'
import type { Database } from '../../src/index.js'
import { memory } from '../../src/memory.js'
import { mariadb, mysql } from '../../src/mysql.js'
import { postgres } from '../../src/postgres.js'
import { sqlite } from '../../src/sqlite.js'
import { freshDatabase } from '../support/fresh-database.js'
import { makeProxy, type Proxy } from '../support/proxy.js'
import type { Engine } from '../support/servers/engine.js'
import type { Way } from './accounts.js'
import type { Branch } from './bank.js'

// -- model ------------------------------------------------------------------------------------------------------------

export interface OpenBranch extends Branch {
  /** How often each way of killing was used. */
  readonly kinds: ReadonlyMap<string, number>
  readonly close: () => Promise<void>
}

/** One way of killing, and whether there was something to kill. */
interface Killing {
  readonly name: string
  readonly share: number
  readonly run: (draw: () => number) => Promise<boolean> | boolean
}

/** Fewer than there are workers: they wait for each other's connections too. */
const poolSize = 16

const all: ReadonlyArray<Way> = ['write', 'lock', 'serializable']
const withoutLocks: ReadonlyArray<Way> = ['write', 'serializable']

// -- constructors -----------------------------------------------------------------------------------------------------

/** Databases for one attempt each, some of which are aborted. */
const abortable = (db: Database) => {
  const running = new Set<AbortController>()
  return {
    attempt: (): Database => {
      const abort = new AbortController()
      running.add(abort)
      // (an attempt that is over hears nothing of it)
      if (running.size > 2_000) running.clear()
      return db.having({ signal: abort.signal })
    },
    killing: {
      name: 'abort',
      share: 1,
      run: (draw: () => number): boolean => {
        const last = [...running].slice(-40)
        const one = last[Math.floor(draw() * last.length)]
        if (one === undefined) return false
        running.delete(one)
        one.abort()
        return true
      },
    } satisfies Killing,
  }
}

/** Chooses among ways of killing by their shares, and counts. */
const killer = (ways: ReadonlyArray<Killing>) => {
  const kinds = new Map<string, number>()
  const sum = ways.reduce((total, { share }) => total + share, 0)
  const kill = async (draw: () => number): Promise<boolean> => {
    let at = draw() * sum
    const way = ways.find(({ share }) => (at -= share) < 0) ?? ways[0]
    if (way === undefined || !(await way.run(draw))) return false
    kinds.set(way.name, (kinds.get(way.name) ?? 0) + 1)
    return true
  }
  return { kill, kinds }
}

/** Numbers that the server answers; none where it does not answer. */
const asked = async (db: Database, sql: string): Promise<ReadonlyArray<string>> => {
  const outcome = await db.run(
    step({ sql, parameters: [], text: 'once', returnsRows: true, bigints: false, tables: noTables }, ({ rows }) =>
      E.right(done(rows.map((row) => String(row[0])))),
    ),
  )()
  return E.isRight(outcome) ? outcome.right : []
}

/** The server ends one of the sessions of this database. */
const endedByServer = (engine: Engine, direct: Database): Killing => ({
  name: 'ended by the server',
  share: 4,
  run: async (draw) => {
    if (engine.name === 'postgres') {
      const sql =
        "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name = 'bank' ORDER BY random() LIMIT 1"
      return (await asked(direct, sql)).length > 0
    }
    const ids = await asked(
      direct,
      'SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id() ORDER BY id',
    )
    const id = ids[1 + Math.floor(draw() * (ids.length - 1))]
    return id !== undefined && (await asked(direct, `KILL ${Number(id)}`)).length === 0
  },
})

const cutByNetwork = (proxy: Proxy): ReadonlyArray<Killing> => [
  {
    name: 'cut on the way up',
    share: 2,
    run: (draw) => {
      proxy.strike({ direction: 'up', after: Math.floor(draw() * 2_000), how: 'reset' })
      return true
    },
  },
  {
    name: 'cut on the way down',
    share: 2,
    run: (draw) => {
      proxy.strike({ direction: 'down', after: Math.floor(draw() * 2_000), how: 'reset' })
      return true
    },
  },
  {
    name: 'COMMIT cut',
    share: 3,
    run: (draw) => {
      proxy.strike({ direction: 'up', after: Math.floor(draw() * 13), how: 'reset', from: 'COMMIT' })
      return true
    },
  },
]

/** SIGKILL for the server, which whoever keeps it starts again. */
const serverKilled = (engine: Engine, direct: Database): Killing => ({
  name: 'SIGKILL of the server',
  share: 0.15,
  run: async () => {
    const [found = ''] = await asked(
      direct,
      engine.name === 'postgres' ? 'SELECT pg_backend_pid()' : 'SELECT @@pid_file',
    )
    try {
      // one process of PostgreSQL that dies so takes all sessions with it, and the server recovers
      const pid = Number(engine.name === 'postgres' ? found : readFileSync(found, 'utf8').trim())
      // (0 would be this process and all of its group)
      if (!(pid > 1)) return false
      process.kill(pid, 'SIGKILL')
      return true
    } catch {
      return false
    }
  },
})

/**
 * A connection of its own, whose COMMIT may lose its answer: on a network that many share, it would be another one's answer.
 */
const unanswered = (db: Database, proxy: Proxy) => {
  let armed = false
  const alone = db.having({
    middleware: (next) => (statement) => {
      if (armed && statement.sql === 'COMMIT') {
        armed = false
        proxy.strike({ direction: 'down', after: 0, how: 'reset' })
      }
      return next(statement)
    },
  })
  const killing: Killing = {
    name: 'answer to COMMIT cut',
    share: 2,
    run: () => {
      const before = armed
      armed = true
      return !before
    },
  }
  return { alone, killing }
}

const opened: Readonly<Record<Exclude<Engine['name'], 'sqlite'>, (url: string, poolSize: number) => Database>> = {
  postgres: (url, size) => postgres(`${url}?poolSize=${size}&acquireTimeoutMs=60000&applicationName=bank`),
  mysql: (url, size) => mysql(`${url}?poolSize=${size}&acquireTimeoutMs=60000`),
  mariadb: (url, size) => mariadb(`${url}?poolSize=${size}&acquireTimeoutMs=60000`),
}

const onServer = async (
  engine: Engine & { readonly name: Exclude<Engine['name'], 'sqlite'> },
  serverKills: boolean,
): Promise<OpenBranch> => {
  const fresh = await freshDatabase(engine)
  const [proxy, lonely] = [await makeProxy(fresh.url), await makeProxy(fresh.url)]
  const db = opened[engine.name](proxy.url(fresh.url), poolSize)
  const one = opened[engine.name](lonely.url(fresh.url), 1)
  const direct = opened[engine.name](fresh.url, 2)
  const many = abortable(db)
  const { alone, killing } = unanswered(one, lonely)
  let attempts = 0
  const { kill, kinds } = killer([
    endedByServer(engine, direct),
    ...cutByNetwork(proxy),
    killing,
    many.killing,
    ...(serverKills ? [serverKilled(engine, direct)] : []),
  ])
  return {
    attempt: () => {
      attempts += 1
      return attempts % 30 === 0 ? alone : many.attempt()
    },
    direct,
    kill,
    kinds,
    ways: all,
    close: async () => {
      await Promise.all([db, one, direct].map((each) => each.close()()))
      await Promise.all([proxy, lonely].map((each) => each.close()))
      await fresh.drop()
    },
  }
}

const here = async (db: Database, ways: ReadonlyArray<Way>, drop: () => Promise<void>): Promise<OpenBranch> => {
  const { attempt, killing } = abortable(db)
  const { kill, kinds } = killer([killing])
  return {
    attempt,
    direct: db,
    kill,
    kinds,
    ways,
    close: async () => {
      await db.close()()
      await drop()
    },
  }
}

/** A bank on an engine, or in memory. `serverKills`: the server is one that is started again. */
export const openBranch = async (engine: Engine | 'memory', serverKills = false): Promise<OpenBranch> => {
  if (engine === 'memory') return here(memory({ poolSize }), withoutLocks, () => Promise.resolve())
  const { name } = engine
  if (name !== 'sqlite') return onServer({ ...engine, name }, serverKills)
  const { url, drop } = await freshDatabase(engine)
  return here(sqlite(`${url}?poolSize=8&acquireTimeoutMs=60000`), withoutLocks, drop)
}
