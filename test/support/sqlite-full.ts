// A disk that is full, or fails, at some write: transactions follow one another until that happens, and what must be in the file
// afterwards is told. It is also a program, so that it can be started with a limit on the size of files.
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'

import { done, type Load, step } from '../../src/compile/load.js'
import { noTables, type Reply, type Wire } from '../../src/compile/statement.js'
import type { Database } from '../../src/effects/database.js'
import type { DbError } from '../../src/effects/error.js'
import { sqlite } from '../../src/effects/sqlite.js'

/** What must be in a file: the number of the last transaction that stays, and how many rows each has left. */
export interface Expected {
  readonly file: string
  readonly last: number
  readonly pads: number
  /** What the transactions that failed ended with. */
  readonly tags: ReadonlyArray<string>
}

const load = (sql: string, parameters: ReadonlyArray<Wire> = []): Load<Reply> =>
  step({ sql, parameters, text: 'once', returnsRows: true, bigints: false, tables: noTables }, (reply) =>
    E.right(done(reply)),
  )

type Outcome = E.Either<DbError, Reply>

/** Sets every account to `n` and adds rows to look at. */
const transaction = (db: Database, n: number, size: number): Promise<Outcome> =>
  db.transaction()((tx) => async (): Promise<Outcome> => {
    const pads = await tx.run(load('insert into pads select ?, zeroblob(?) from accounts', [BigInt(n), BigInt(size)]))()
    return E.isLeft(pads) ? pads : tx.run(load('update accounts set n = ?', [BigInt(n)]))()
  })()

const accounts = 5
const mostFailures = 3
const mostTransactions = 80

/** One file: transactions until three have failed. `pages`: how many more it may have, where that is what makes it full. */
export const untilFull = async (file: string, seed: number, pages: number | null): Promise<Expected> => {
  const db = sqlite({ file, poolSize: 1, preparedStatements: 10 })
  for (const sql of [
    'create table accounts (id integer primary key, n integer not null)',
    'create table pads (n integer not null, body blob not null)',
    `insert into accounts values ${Array.from({ length: accounts }, (_, i) => `(${i}, 0)`).join(', ')}`,
    ...(pages === null ? [] : [`pragma max_page_count = ${3 + pages}`]),
  ])
    await db.run(load(sql))()
  const tags: Array<string> = []
  let last = 0
  let stay = 0
  for (let n = 1; n <= mostTransactions && tags.length < mostFailures; n += 1) {
    const outcome = await transaction(db, n, 200 + ((seed * 997 + n * 131) % 3_000))
    if (E.isLeft(outcome)) tags.push(outcome.left._tag)
    else {
      last = n
      stay += accounts
    }
  }
  await db.close()()
  return { file, last, pads: stay, tags }
}

const [folder, from, to] = process.argv.slice(2)
if (folder !== undefined && from !== undefined && to !== undefined) {
  for (let seed = Number(from); seed < Number(to); seed += 1)
    console.log(JSON.stringify(await untilFull(join(folder, `limit-${seed}.db`), seed, null)))
}
