// What random faults and cuts at each byte run on: one database, a table of keys, and a network of its own for each run.
import * as E from 'fp-ts/lib/Either.js'

import type { Database } from '../../src/effects/database.js'
import { pause } from '../../src/effects/deadline.js'
import type { DbError } from '../../src/effects/error.js'
import { ask, define, must, open, tagOf } from '../integration/effects/raw.js'
import { freshDatabase } from '../support/fresh-database.js'
import { sessions, soon } from '../support/process-list.js'
import { makeProxy, type Proxy } from '../support/proxy.js'
import type { Engine } from '../support/servers/engine.js'

export interface FaultWorld {
  readonly engine: Engine
  readonly url: string
  readonly watcher: Database
  /** A key that no other run has. */
  readonly nextKey: () => number
  readonly has: (key: number) => Promise<boolean>
  readonly close: () => Promise<void>
}

/** What a scenario ended with, and the key that it may have written. */
export interface Outcome {
  readonly outcome: E.Either<DbError, unknown>
  readonly key: number | null
}

/** What runs while something fails. The deadline of `db` is that of the whole. */
export interface Scenario {
  readonly name: string
  readonly run: (world: FaultWorld, db: Database) => Promise<Outcome>
}

export interface Run {
  readonly what: string
  readonly world: FaultWorld
  readonly scenario: Scenario
  /** Options of the Database. */
  readonly options: string
  readonly deadlineMs: number
  /** Begins the fault; ends it when it is called back. */
  readonly fault: (proxy: Proxy, db: Database, abort: AbortController) => Promise<() => void> | (() => void)
  /** Tags that this fault may lead to. */
  readonly tags: ReadonlySet<string>
}

/** How long the next effect may take: a second, and what a busy machine needs to make a connection, in milliseconds. */
const nextMs = 3_000

/** How much later than its deadline an effect may end, in milliseconds. */
const graceMs = 1_000

export const openFaultWorld = async (engine: Engine): Promise<FaultWorld> => {
  const fresh = await freshDatabase(engine)
  const watcher = open(engine, fresh.url, 'poolSize=2')
  await define(watcher, 'create table faults (id integer primary key)')
  await define(watcher, 'create table many (id integer primary key)')
  await must(watcher, `insert into many values ${Array.from({ length: 60 }, (_, i) => `(${i})`).join(', ')}`)
  let key = 0
  return {
    engine,
    url: fresh.url,
    watcher,
    nextKey: () => (key += 1),
    has: async (id) => (await must(watcher, 'select id from faults where id = ?', [BigInt(id)])).rows.length === 1,
    close: async () => {
      await watcher.close()()
      await fresh.drop()
    },
  }
}

/** What is wrong with how it ended, against what is in the table. */
const wrongOutcome = async (world: FaultWorld, { outcome, key }: Outcome): Promise<string | null> => {
  if (key === null) return null
  const there = await world.has(key)
  if (E.isRight(outcome)) return there ? null : `${tagOf(outcome)}, and key ${key} is not there: acknowledged and lost`
  const { left } = outcome
  const open =
    left._tag === 'CommitUnknown' || ('sent' in left && left.sent === 'maybe') || left._tag === 'QueryTimeout'
  return there && !open ? `${left._tag}, and key ${key} is there` : null
}

const because = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'message' in cause ? ` (${String(cause.message)})` : ''

/** One fault: what was wrong with what became of it; and its tag. */
export const ran = async (one: Run): Promise<{ readonly tag: string; readonly wrong: ReadonlyArray<string> }> => {
  const { world, scenario, deadlineMs } = one
  const proxy = await makeProxy(world.url)
  const db = open(world.engine, proxy.url(world.url), one.options)
  const abort = new AbortController()
  const wrong: Array<string> = []
  const say = (text: string): void => void wrong.push(`${world.engine.label}: ${scenario.name}, ${one.what}: ${text}`)
  const over = await one.fault(proxy, db, abort)
  const since = performance.now()
  const ended = await scenario.run(world, db.having({ timeoutMs: deadlineMs, signal: abort.signal }))
  const ms = performance.now() - since
  over()
  const tag = tagOf(ended.outcome)
  if (ms > deadlineMs + graceMs) say(`${tag} after ${Math.round(ms)} ms, with a deadline of ${deadlineMs}`)
  if (!one.tags.has(tag)) say(`${tag}: ${E.isLeft(ended.outcome) ? ended.outcome.left.message : ''}`)
  // the network is as it was: whatever it still held is cut, which connections that lie idle are told
  await proxy.heal()
  proxy.cutAll('reset')
  await soon(() => db.status().opening === 0, graceMs)
  // (sockets are told in a later turn than timers are)
  for (let turn = 0; turn < 4; turn += 1) await pause(5)
  const again = performance.now()
  const next = await ask(db, 'select 1')
  if (E.isLeft(next)) say(`the next effect is ${next.left._tag}: ${next.left.message}${because(next.left.cause)}`)
  else if (performance.now() - again > nextMs) say('the next effect took too long')
  const { busy, waiting } = db.status()
  if (busy + waiting > 0) say(`${busy} busy and ${waiting} waiting after the end`)
  const unlike = await wrongOutcome(world, ended)
  if (unlike !== null) say(unlike)
  await db.close(1_000)()
  await proxy.close()
  return { tag, wrong }
}

/** Sessions that are left two seconds after all runs have ended. */
export const leaked = async ({ engine, watcher }: FaultWorld): Promise<ReadonlyArray<string>> => {
  // (the watcher has two connections)
  const left = async (): Promise<number> => (await sessions(watcher)).length - 1
  return (await soon(async () => (await left()) <= 0)) ? [] : [`${engine.label}: ${await left()} sessions are left`]
}
