// What a server says about its own sessions: who is there, what runs, and an end to it.
import type { Database } from '../../src/effects/database.js'
import { pause } from '../../src/effects/deadline.js'
import { must } from '../integration/effects/raw.js'

const isPostgres = ({ dialect }: Database): boolean => dialect.name === 'postgres'

const numbers = async (db: Database, text: string): Promise<ReadonlyArray<number>> =>
  (await must(db, text, [], { text: 'once' })).rows.map(([value]) => Number(value))

/** The sessions in this Database's database, but for the one that asks. */
export const sessions = (db: Database): Promise<ReadonlyArray<number>> =>
  numbers(
    db,
    isPostgres(db)
      ? `select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`
      : 'select id from information_schema.processlist where db = database() and id <> connection_id()',
  )

/** The sessions that were connected from these ports of loopback. */
export const sessionsFrom = async (db: Database, ports: ReadonlyArray<number>): Promise<ReadonlyArray<number>> =>
  ports.length === 0
    ? []
    : numbers(
        db,
        isPostgres(db)
          ? `select pid from pg_stat_activity where client_port in (${ports.join(', ')})`
          : `select id from information_schema.processlist where substring_index(host, ':', -1) in (${ports.map((port) => `'${port}'`).join(', ')})`,
      )

/** How many sessions run a statement with this word in it. */
export const running = async (db: Database, word: string): Promise<number> =>
  (
    await numbers(
      db,
      isPostgres(db)
        ? `select pid from pg_stat_activity where state = 'active' and pid <> pg_backend_pid() and query like '%${word}%'`
        : `select id from information_schema.processlist where id <> connection_id() and info like '%${word}%'`,
    )
  ).length

/** The session of a Database of one connection. */
export const sessionOf = async (db: Database): Promise<number> =>
  (await numbers(db, isPostgres(db) ? 'select pg_backend_pid()' : 'select connection_id()'))[0] ?? -1

/** Ends sessions; those that are gone already are no matter. */
export const kill = async (db: Database, ids: ReadonlyArray<number>): Promise<void> => {
  for (const id of ids) {
    const text = isPostgres(db) ? `select pg_terminate_backend(${id})` : `kill ${id}`
    await must(db, text, [], { text: 'once' }).catch(() => undefined)
  }
}

/** Asks again until it is so; false where it is not after so many milliseconds. */
export const soon = async (is: () => Promise<boolean> | boolean, ms = 2_000): Promise<boolean> => {
  const until = performance.now() + ms
  for (;;) {
    if (await is()) return true
    if (performance.now() > until) return false
    await pause(20)
  }
}
