/**
 * `npm run bench:tpch`: the 22 queries of TPC-H, each relvar value beside the hand-written SQL, sent by the driver alone, on every
 * engine at hand (the tests' servers are started for it; RELVAR_TEST_ENGINES says which). Fails where one of the four slowest
 * queries of an engine takes more than 1.2 of the time by hand; bench/RESULTS.md records the figures.
 */
import Sqlite from 'better-sqlite3'
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import mysql2 from 'mysql2/promise'
import pg from 'pg'

import type { Query } from '../src/expr/query.js'
import { createAll, type Database } from '../src/index.js'
import { mariadb, mysql } from '../src/mysql.js'
import { postgres } from '../src/postgres.js'
import { sqlite } from '../src/sqlite.js'
import { freshDatabase } from '../test/support/fresh-database.js'
import type { Engine } from '../test/support/servers/engine.js'
import { mysqlOptions } from '../test/support/servers/server.js'
import { start } from '../test/support/servers/start.js'
import { hundredth, tpchData } from '../test/tpch/data.js'
import { fill } from '../test/tpch/fill.js'
import { allQueries, queryNames } from '../test/tpch/queries/all.js'
import { allByHand } from '../test/tpch/sql/all.js'
import { wordsOf } from '../test/tpch/sql/words.js'
import { tpch } from '../test/tpch/tables.js'
import { measure } from './harness.js'

const rounds = 12

/** The part of the time by hand that the slowest queries may take. */
const budget = 1.2

// -------------------------------------------------------------------------------------
// contenders
// -------------------------------------------------------------------------------------

const must = async <A>(effect: TaskEither<{ readonly message: string }, A>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

/** The driver alone: rows as arrays, nothing decoded. */
interface Hand {
  readonly ask: (sql: string) => unknown
  readonly close: () => unknown
}

const byPg = async (url: string): Promise<Hand> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return { ask: (text) => client.query({ text, rowMode: 'array' }), close: () => client.end() }
}

const byMysql2 = async (url: string): Promise<Hand> => {
  const connection = await mysql2.createConnection(mysqlOptions(url))
  return { ask: (sql) => connection.query({ sql, rowsAsArray: true }), close: () => connection.end() }
}

const bySqlite = (url: string): Hand => {
  const file = new Sqlite(url.replace('sqlite:', ''))
  const prepared = new Map<string, Sqlite.Statement>()
  const statement = (sql: string): Sqlite.Statement => {
    const found = prepared.get(sql) ?? file.prepare(sql)
    prepared.set(sql, found)
    return found
  }
  const ask = (sql: string): unknown => {
    const one = statement(sql)
    return one.reader ? one.raw().all() : one.run()
  }
  return { ask, close: () => file.close() }
}

interface Opened {
  readonly db: Database
  readonly hand: Hand
}

const opened = async ({ name }: Engine, url: string): Promise<Opened> => {
  switch (name) {
    case 'sqlite':
      return { db: sqlite(url), hand: bySqlite(url) }
    case 'postgres':
      return { db: postgres(url), hand: await byPg(url) }
    case 'mysql':
      return { db: mysql(url), hand: await byMysql2(url) }
    case 'mariadb':
      return { db: mariadb(url), hand: await byMysql2(url) }
  }
}

// -------------------------------------------------------------------------------------
// jobs
// -------------------------------------------------------------------------------------

const data = tpchData(hundredth)

const filled = async (engine: Engine, url: string): Promise<void> => {
  const { db, hand } = await opened(engine, url)
  await must(db.execute(createAll(tpch)))
  await fill(data, (insert) => must(db.execute(insert)))
  for (const { name } of tpch.infos) await hand.ask(wordsOf[engine.name].analyze(name))
  await hand.close()
  await must(db.close())
}

/** All queries on one engine; the names of those among the slowest that are over the budget. */
const onEngine = async (engine: Engine): Promise<ReadonlyArray<string>> => {
  const fresh = await freshDatabase(engine)
  await filled(engine, fresh.url)
  // SQLite reads what ANALYZE found when a connection is opened.
  const { db, hand } = await opened(engine, fresh.url)
  const words = wordsOf[engine.name]
  console.log(`\n${engine.label}\n         by hand     relvar   ratio`)
  const all: Array<{ readonly name: string; readonly micros: number; readonly ratio: number }> = []
  for (const name of queryNames) {
    const sql = allByHand[name].sql(words)
    // One of the queries, whatever its rows are.
    const query: Query<unknown, never, string, never> = allQueries[name]
    const [byHand, relvar] = await measure(
      [
        { name: 'by hand', times: 1, run: () => hand.ask(sql) },
        { name: 'relvar', times: 1, run: () => must(db.all(query)) },
      ],
      rounds,
    )
    if (byHand === undefined || relvar === undefined) continue
    all.push({ name, micros: byHand.micros, ratio: relvar.ratio })
    const ms = [byHand, relvar].map(({ micros }) => `${(micros / 1000).toFixed(1).padStart(8)} ms`).join('')
    console.log(`  ${name}${ms}${relvar.ratio.toFixed(2).padStart(8)}`)
  }
  await hand.close()
  await must(db.close())
  await fresh.drop()
  return all
    .toSorted((a, b) => b.micros - a.micros)
    .slice(0, 4)
    .filter(({ ratio }) => ratio > budget)
    .map(({ name, ratio }) => `${engine.label}: ${name} takes ${ratio.toFixed(2)} of the time by hand`)
}

const { report, close } = await start()
const over: Array<string> = []
try {
  for (const engine of report.ran) over.push(...(await onEngine(engine)))
} finally {
  await close()
}
for (const { name, why } of report.absent) console.log(`\n${name} was not there: ${why}`)
for (const line of over) console.error(line)
if (over.length > 0) process.exitCode = 1
