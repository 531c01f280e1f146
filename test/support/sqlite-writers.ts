// One of several programs that write to one SQLite file, four transfers at a time, each connection in a worker thread. It says each
// transfer that was acknowledged, and at its end what went wrong and for how long its event loop stood still.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import * as E from 'fp-ts/lib/Either.js'

import { done, type Load, step } from '../../src/compile/load.js'
import { noTables, type Reply, type Wire } from '../../src/compile/statement.js'
import { pause } from '../../src/effects/deadline.js'
import type { DbError } from '../../src/effects/error.js'
import { sqlite } from '../../src/effects/sqlite.js'

/** What a program says, a line each. */
export type Said =
  | { readonly _tag: 'Ready' }
  | { readonly _tag: 'Applied'; readonly key: string }
  | { readonly _tag: 'Failed'; readonly error: DbError['_tag'] }
  | { readonly _tag: 'Over'; readonly delayMs: { readonly p99: number; readonly most: number } }

export const accounts = 20

const load = (sql: string, parameters: ReadonlyArray<Wire>): Load<Reply> =>
  step({ sql, parameters, text: 'compiled', returnsRows: true, bigints: false, tables: noTables }, (reply) =>
    E.right(done(reply)),
  )

const say = (said: Said): void => void process.stdout.write(`${JSON.stringify(said)}\n`)

/** Writes until its input ends. */
const write = async (file: string, name: string): Promise<void> => {
  const db = sqlite({ file, run: 'worker', poolSize: 4, busyTimeoutMs: 10_000 })
  // the threads are there before the clock begins
  await Promise.all(Array.from({ length: 4 }, () => db.run(load('select 1', []))()))
  let over = false
  process.stdin.on('end', () => {
    over = true
  })
  process.stdin.resume()
  say({ _tag: 'Ready' })
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()

  const transfer = (key: string, from: number, to: number, amount: number) =>
    db.transaction()((tx) => async (): Promise<E.Either<DbError, Reply>> => {
      const balance = await tx.run(load('select balance from accounts where id = ?', [BigInt(from)]))()
      if (E.isLeft(balance)) return balance
      for (const [sql, ...parameters] of [
        ['insert into ledger values (?)', key],
        ['update accounts set balance = balance - ? where id = ?', BigInt(amount), BigInt(from)],
        ['update accounts set balance = balance + ? where id = ?', BigInt(amount), BigInt(to)],
      ] as const) {
        const outcome = await tx.run(load(sql, parameters))()
        if (E.isLeft(outcome)) return outcome
      }
      return balance
    })()

  const worker = async (w: number): Promise<void> => {
    for (let n = 0; !over; n += 1) {
      const key = `${name}-${w}-${n}`
      const from = Math.floor(Math.random() * accounts)
      const outcome = await transfer(key, from, (from + 1 + (n % (accounts - 1))) % accounts, 1 + (n % 7))
      say(E.isRight(outcome) ? { _tag: 'Applied', key } : { _tag: 'Failed', error: outcome.left._tag })
      await pause(5)
    }
  }
  await Promise.all([0, 1, 2, 3].map(worker))
  delay.disable()
  const ms = (nanoseconds: number): number => Math.round(nanoseconds / 1e5) / 10
  say({ _tag: 'Over', delayMs: { p99: ms(delay.percentile(99)), most: ms(delay.max) } })
  await db.close()()
}

const [file, name] = process.argv.slice(2)
if (file !== undefined && name !== undefined) await write(file, name)
