/**
 * `npm run bench:insert`: 10,000 rows of 7 columns, relvar beside the fastest statement by hand, sent by the driver alone, on every
 * engine at hand (the tests' servers are started for it; RELVAR_TEST_ENGINES says which). Fails where relvar takes more than 1.15 of
 * the time by hand; bench/RESULTS.md records the figures.
 */
import Sqlite from 'better-sqlite3'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import mysql2 from 'mysql2/promise'
import pg from 'pg'

import {
  boolean,
  createAll,
  type Database,
  date,
  deleteFrom,
  double,
  everyRow,
  from,
  insertInto,
  integer,
  nullable,
  orderBy,
  primaryKey,
  schema,
  table,
  varchar,
} from '../src/index.js'
import { mariadb, mysql } from '../src/mysql.js'
import { postgres } from '../src/postgres.js'
import { sqlite } from '../src/sqlite.js'
import { freshDatabase } from '../test/support/fresh-database.js'
import type { Engine } from '../test/support/servers/engine.js'
import { mysqlOptions } from '../test/support/servers/server.js'
import { start } from '../test/support/servers/start.js'
import { measure } from './harness.js'

const rounds = 20

/** The part of the time by hand that relvar may take. */
const budget = 1.15

const people = table('people', {
  id: pipe(integer, primaryKey),
  name: varchar(60),
  email: varchar(120),
  age: pipe(integer, nullable),
  balance: double,
  active: boolean,
  born: date,
})

interface Person {
  readonly id: number
  readonly name: string
  readonly email: string
  readonly age: number | null
  readonly balance: number
  readonly active: boolean
  readonly born: string
}

const list: ReadonlyArray<Person> = Array.from({ length: 10_000 }, (_, i) => ({
  id: i + 1,
  name: `Person number ${i}`,
  email: `person.${i}@example.org`,
  age: i % 7 === 0 ? null : i % 90,
  balance: i * 1.25,
  active: i % 3 !== 0,
  born: `19${String(50 + (i % 50))}-0${1 + (i % 9)}-1${i % 9}`,
}))

// -------------------------------------------------------------------------------------
// by hand
// -------------------------------------------------------------------------------------

/** The driver alone. */
interface Hand {
  readonly insert: () => unknown
  readonly empty: () => unknown
  readonly close: () => unknown
}

const byPg = async (url: string): Promise<Hand> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const text =
    'INSERT INTO people SELECT * FROM unnest($1::int[], $2::text[], $3::text[], $4::int[], $5::float8[], $6::bool[], $7::date[])'
  return {
    insert: () =>
      client.query({
        name: 'people',
        text,
        values: [
          list.map((p) => p.id),
          list.map((p) => p.name),
          list.map((p) => p.email),
          list.map((p) => p.age),
          list.map((p) => p.balance),
          list.map((p) => p.active),
          list.map((p) => p.born),
        ],
      }),
    empty: () => client.query('TRUNCATE people'),
    close: () => client.end(),
  }
}

const byMysql2 = async (url: string): Promise<Hand> => {
  const connection = await mysql2.createConnection(mysqlOptions(url))
  const text = `INSERT INTO people VALUES ${Array.from({ length: 1000 }, () => '(?,?,?,?,?,?,?)').join(',')}`
  return {
    insert: async () => {
      await connection.beginTransaction()
      for (let at = 0; at < list.length; at += 1000)
        await connection.execute(
          text,
          list.slice(at, at + 1000).flatMap((p) => [p.id, p.name, p.email, p.age, p.balance, p.active, p.born]),
        )
      await connection.commit()
    },
    empty: () => connection.query('TRUNCATE people'),
    close: () => connection.end(),
  }
}

const bySqlite = (file: string): Hand => {
  const database = new Sqlite(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = NORMAL')
  const one = database.prepare('INSERT INTO people VALUES (?,?,?,?,?,?,?)')
  const all = database.transaction(() => {
    for (const p of list) one.run(p.id, p.name, p.email, p.age, p.balance, p.active ? 1 : 0, p.born)
  })
  return { insert: () => all(), empty: () => database.exec('DELETE FROM people'), close: () => database.close() }
}

// -------------------------------------------------------------------------------------
// engines
// -------------------------------------------------------------------------------------

const must = async <A>(effect: TaskEither<{ readonly message: string }, A>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

const relvarOn = (name: Engine['name'], url: string): Database => {
  switch (name) {
    case 'sqlite':
      return sqlite(url)
    case 'postgres':
      return postgres(url)
    case 'mysql':
      return mysql(url)
    case 'mariadb':
      return mariadb(url)
  }
}

const handOn = async (name: Engine['name'], url: string): Promise<Hand> => {
  if (name === 'sqlite') return bySqlite(url.replace('sqlite:', ''))
  return name === 'postgres' ? byPg(url) : byMysql2(url)
}

/** A database with the empty table; `empty` empties it, on SQLite by relvar itself: another connection would take its pages away. */
const opened = async (engine: Engine) => {
  const fresh = await freshDatabase(engine)
  const db = relvarOn(engine.name, fresh.url)
  await must(db.execute(createAll(schema({ people }))))
  const hand = await handOn(engine.name, fresh.url)
  const close = async (): Promise<void> => {
    await must(db.close())
    await hand.close()
    await fresh.drop()
  }
  const empty = engine.name === 'sqlite' ? () => must(db.execute(everyRow(deleteFrom(people)))) : hand.empty
  return { db, hand, empty, close }
}

/** Whether relvar is within its budget on an engine. */
const isWithin = async (engine: Engine): Promise<boolean> => {
  const [mine, theirs] = [await opened(engine), await opened(engine)]
  const insert = (): Promise<unknown> => must(mine.db.execute(insertInto(people)(list)))
  await insert()
  await theirs.hand.insert()
  for (const { db } of [mine, theirs]) {
    const kept = await must(db.all(pipe(from(people), orderBy(people.id))))
    if (JSON.stringify(kept) !== JSON.stringify(list)) throw new Error(`${engine.label}: other rows were inserted`)
  }
  const [byHand, relvar] = await measure(
    [
      { name: 'by hand', times: 1, before: theirs.hand.empty, run: theirs.hand.insert },
      { name: 'relvar', times: 1, before: mine.empty, run: insert },
    ],
    rounds,
  )
  const ratio = relvar?.ratio ?? Number.NaN
  const ms = (micros: number | undefined): string => `${((micros ?? 0) / 1000).toFixed(1)} ms`
  console.log(
    `${engine.label.padEnd(28)} by hand ${ms(byHand?.micros)}  relvar ${ms(relvar?.micros)}  ${ratio.toFixed(2)}`,
  )
  await mine.close()
  await theirs.close()
  return ratio <= budget
}

const { report, close } = await start()
const over: Array<string> = []
try {
  for (const engine of report.ran) if (!(await isWithin(engine))) over.push(engine.label)
} finally {
  await close()
}
for (const { name, why } of report.absent) console.log(`${name} was not there: ${why}`)
for (const label of over) console.error(`${label}: relvar takes more than ${budget} of the time by hand`)
if (over.length > 0) process.exitCode = 1
