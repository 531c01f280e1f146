// SQLite in a thread or a process that a test has in its hands: it can end it at any moment, as the system might.
import type { Worker } from 'node:worker_threads'
import * as E from 'fp-ts/lib/Either.js'

import { sqliteDialect } from '../../src/compile/dialect/sqlite.js'
import type { Database } from '../../src/effects/database.js'
import { makeDatabase } from '../../src/effects/database-make.js'
import { hostEntry } from '../../src/effects/driver/sqlite-elsewhere.js'
import { sqliteLibraries } from '../../src/effects/driver/sqlite-libraries.js'
import { sqliteDriver } from '../../src/effects/driver/sqlite.js'
import { inProcess } from '../../src/effects/driver/sqlite-process.js'
import { type Channel, connectRemote, type Start } from '../../src/effects/driver/sqlite-remote.js'
import type { Asked } from '../../src/effects/driver/sqlite-wire.js'
import { inWorker, newWorker } from '../../src/effects/driver/sqlite-worker.js'

export interface InHand {
  readonly db: Database
  /** Ends the thread or process that was started last, as by the system. */
  readonly end: () => void
  /** Ends it at the next statement with this text: before it is done, or once it is done and before that is heard. */
  readonly endAt: (sql: string, when: 'before' | 'after') => void
}

/** A Database whose connections run in `run`, one at a time. */
export const inHand = (file: string, run: 'worker' | 'process'): InHand => {
  const entry = hostEntry()
  if (entry === null) throw new Error('no file to start a worker with')
  let end = (): void => undefined
  let at: { readonly sql: string; readonly when: 'before' | 'after' } | null = null
  let last: Worker | null = null
  const through =
    run === 'process'
      ? inProcess(entry)
      : inWorker(entry, (path, options) => {
          last = newWorker(path, options)
          return last
        })

  const start: Start = {
    ...through,
    start: (ears) => {
      let deaf = false
      const channel: Channel = through.start({
        ...ears,
        told: (told) => {
          if (deaf) end()
          else ears.told(told)
        },
      })
      const worker = last
      end = () => void (worker === null ? channel.stop() : worker.terminate())
      const say = (asked: Asked): void => {
        const hit = asked._tag === 'Do' && asked.wanted._tag === 'Send' && asked.wanted.statement.sql === at?.sql
        if (hit && at?.when === 'before') return end()
        deaf = hit
        return channel.say(asked)
      }
      return { ...channel, say }
    },
  }
  const dialect = sqliteDialect()
  const options = {
    file,
    readOnly: false,
    quickCheck: false,
    busyTimeoutMs: 5_000,
    statementTimeoutMs: 60_000,
    preparedStatements: 10,
    hideParameters: true,
  }
  const load = async () => {
    const driver = await sqliteDriver(dialect, options, sqliteLibraries, run)()
    if (E.isLeft(driver)) return driver
    const library = sqliteLibraries.find((name) => name === driver.right.name) ?? 'node-sqlite3-wasm'
    return E.right({ ...driver.right, connect: () => connectRemote(start, library, options) })
  }
  return {
    db: makeDatabase({ dialect, load, poolSize: 1, acquireTimeoutMs: 10_000 }),
    end: () => end(),
    endAt: (sql, when) => {
      at = { sql, when }
    },
  }
}
