// What the tests of faults stand on: an empty database, the way to it through a network that fails, and somebody who watches.
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { type Engine, engines, freshDatabase } from '../../support/engines.js'
import { kill, running, sessions, soon } from '../../support/process-list.js'
import { makeProxy, type Proxy } from '../../support/proxy.js'
import { ask, open, type Outcome, tagOf } from '../effects/raw.js'

/** Every server of this run, for `describe.each`. */
export const servers = engines()
  .filter(({ name }) => name !== 'sqlite')
  .map((engine) => [engine.label, engine] as const)

/** The name of a server, as the catalogue has it. */
export const serverOf = ({ name }: Engine): 'postgres' | 'mysql' | 'mariadb' => {
  if (name === 'sqlite') throw new Error('SQLite is no server')
  return name
}

export interface Ground {
  readonly engine: Engine
  readonly postgres: boolean
  /** The address of the database itself, past the network. */
  readonly url: string
  /** A Database past the network, of one connection. */
  readonly watcher: Database
  readonly proxy: Proxy
  /** A Database through the network. It is closed with the ground. */
  readonly through: (options?: string) => Database
  /** A query that takes so many seconds and is found in the process list by its word. */
  readonly sleep: (seconds: number, word: string) => string
  readonly running: (word: string) => Promise<number>
  readonly kill: (ids: ReadonlyArray<number>) => Promise<void>
  readonly sessions: () => Promise<ReadonlyArray<number>>
  /** After a fault: the next effect works, within a second, and once the Database is closed the server has no session of it. */
  readonly recovered: (db: Database) => Promise<void>
  readonly close: () => Promise<void>
}

export const openGround = async (engine: Engine): Promise<Ground> => {
  const fresh = await freshDatabase(engine)
  const proxy = await makeProxy(fresh.url)
  const watcher = open(engine, fresh.url, 'poolSize=1')
  const postgres = engine.name === 'postgres'
  const made: Array<Database> = []
  return {
    engine,
    postgres,
    url: fresh.url,
    watcher,
    proxy,
    through: (options = '') => {
      const db = open(engine, proxy.url(fresh.url), options)
      made.push(db)
      return db
    },
    sleep: (seconds, word) => `select ${postgres ? 'pg_sleep' : 'sleep'}(${seconds}) as ${word}`,
    running: (word) => running(watcher, word),
    kill: (ids) => kill(watcher, ids),
    sessions: () => sessions(watcher),
    recovered: async (db) => {
      await proxy.heal()
      const next = await timed(() => ask(db, 'select 1'))
      expect(next.tag).toBe('Right')
      // (a second, and what a busy machine needs to make a connection)
      expect(next.ms).toBeLessThan(3_000)
      // (where a connection is made clean after each effect, that takes a moment)
      expect(await soon(() => db.status().busy === 0)).toBe(true)
      expect(db.status()).toMatchObject({ busy: 0, waiting: 0, opening: 0 })
      await db.close()()
      expect(await soon(async () => (await sessions(watcher)).length === 0)).toBe(true)
    },
    close: async () => {
      await Promise.all(made.map((db) => db.close(1)()))
      await proxy.close()
      await watcher.close()()
      await fresh.drop()
    },
  }
}

export interface Timed<A> {
  readonly outcome: A
  readonly tag: string
  readonly ms: number
}

/** Runs an effect and says how long it took. */
export const timed = async <A extends E.Either<unknown, unknown>>(effect: () => Promise<A>): Promise<Timed<A>> => {
  const since = performance.now()
  const outcome = await effect()
  return { outcome, tag: tagOf(outcome), ms: performance.now() - since }
}

/** What a Left holds. */
export const leftOf = (outcome: Outcome | E.Either<unknown, unknown>): unknown =>
  E.isLeft(outcome) ? outcome.left : null
