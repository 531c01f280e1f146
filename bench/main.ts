/**
 * `npm run bench`: three jobs on SQLite in memory, relvar beside the shortest hand-written better-sqlite3 code that gives equal
 * values (1.00), kysely and drizzle. It prints ratios; bench/RESULTS.md records them.
 */
import { strict as assert } from 'node:assert'

import Sqlite from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import { eq as equals } from 'drizzle-orm'
import { integer as int, real, sqliteTable, text as textColumn } from 'drizzle-orm/sqlite-core'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { Kysely, SqliteDialect } from 'kysely'

import { everyRow, createAll, Db, deleteFrom, eq, from, insertInto, where } from '../src/index.js'
import { sqlite } from '../src/sqlite.js'
import { type Item, items, makeItems, warehouse } from './data.js'
import { type Contender, measure } from './harness.js'

const rows = makeItems(1000)
const ddl =
  'CREATE TABLE items (id INTEGER PRIMARY KEY, name TEXT NOT NULL, note TEXT NOT NULL, size INTEGER NOT NULL, price REAL NOT NULL, active INTEGER NOT NULL, parent INTEGER, colour TEXT, weight REAL NOT NULL, stock INTEGER NOT NULL) STRICT'

// -------------------------------------------------------------------------------------
// contenders
// -------------------------------------------------------------------------------------

const raw = new Sqlite(':memory:')
raw.exec(ddl)
const rawInsert = raw.prepare<Array<string | number | bigint | null>>(
  'INSERT INTO items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
)
// Rows of the raw driver have no type; the statement above says what is in them.
type RawItem = readonly [number, string, string, number, number, number, number | null, string | null, number, number]
const mapped = (r: RawItem): Item => ({
  id: r[0],
  name: r[1],
  note: r[2],
  size: r[3],
  price: r[4],
  active: r[5] === 1,
  parent: r[6],
  colour: r[7],
  weight: r[8],
  stock: r[9],
})
const rawInsertAll = raw.transaction((list: ReadonlyArray<Item>) => {
  for (const i of list)
    rawInsert.run(
      BigInt(i.id),
      i.name,
      i.note,
      BigInt(i.size),
      i.price,
      i.active ? 1n : 0n,
      i.parent === null ? null : BigInt(i.parent),
      i.colour,
      i.weight,
      BigInt(i.stock),
    )
})
const rawById = raw.prepare<[number], RawItem>('SELECT * FROM items WHERE id = ?').raw()
const rawAll = raw.prepare<[], RawItem>('SELECT * FROM items').raw()

const db = sqlite('sqlite::memory:')
const must = async <A>(effect: TaskEither<{ readonly message: string }, A>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

const kyselyFile = new Sqlite(':memory:')
kyselyFile.exec(ddl)
interface KyselyItem extends Omit<Item, 'active'> {
  readonly active: number
}
const kysely = new Kysely<{ items: KyselyItem }>({ dialect: new SqliteDialect({ database: kyselyFile }) })
const toKysely = (i: Item): KyselyItem => ({ ...i, active: i.active ? 1 : 0 })
const fromKysely = (i: KyselyItem): Item => ({ ...i, active: i.active === 1 })

const drizzleFile = new Sqlite(':memory:')
drizzleFile.exec(ddl)
const drizzleItems = sqliteTable('items', {
  id: int().primaryKey(),
  name: textColumn().notNull(),
  note: textColumn().notNull(),
  size: int().notNull(),
  price: real().notNull(),
  active: int({ mode: 'boolean' }).notNull(),
  parent: int(),
  colour: textColumn(),
  weight: real().notNull(),
  stock: int().notNull(),
})
const drizzled = drizzle(drizzleFile)

// -------------------------------------------------------------------------------------
// jobs
// -------------------------------------------------------------------------------------

const absent: RawItem = [0, '', '', 0, 0, 0, null, null, 0, 0]
let at = 0
const nextId = (): number => (at++ % 1000) + 1

const pointSelect: ReadonlyArray<Contender> = [
  { name: 'better-sqlite3', times: 500, run: () => mapped(rawById.get(nextId()) ?? absent) },
  { name: 'relvar', times: 500, run: () => must(db.one(pipe(from(items), where(eq(items.id, nextId()))))) },
  {
    name: 'kysely',
    times: 500,
    run: async () =>
      fromKysely(await kysely.selectFrom('items').selectAll().where('id', '=', nextId()).executeTakeFirstOrThrow()),
  },
  {
    name: 'drizzle',
    times: 500,
    run: () => drizzled.select().from(drizzleItems).where(equals(drizzleItems.id, nextId())).get(),
  },
]

const thousandRows: ReadonlyArray<Contender> = [
  { name: 'better-sqlite3', times: 5, run: () => rawAll.all().map(mapped) },
  { name: 'relvar', times: 5, run: () => must(db.all(from(items))) },
  {
    name: 'kysely',
    times: 5,
    run: async () => (await kysely.selectFrom('items').selectAll().execute()).map(fromKysely),
  },
  { name: 'drizzle', times: 5, run: () => drizzled.select().from(drizzleItems).all() },
]

const insertThousand: ReadonlyArray<Contender> = [
  { name: 'better-sqlite3', times: 1, before: () => raw.exec('DELETE FROM items'), run: () => rawInsertAll(rows) },
  {
    name: 'relvar',
    times: 1,
    before: () => must(Db.execute(everyRow(deleteFrom(items)))(db)),
    run: () => must(db.execute(insertInto(items)(rows))),
  },
  {
    name: 'kysely',
    times: 1,
    before: () => kyselyFile.exec('DELETE FROM items'),
    run: () => kysely.insertInto('items').values(rows.map(toKysely)).execute(),
  },
  {
    name: 'drizzle',
    times: 1,
    before: () => drizzleFile.exec('DELETE FROM items'),
    run: () =>
      drizzled
        .insert(drizzleItems)
        .values([...rows])
        .run(),
  },
]

const report = async (job: string, contenders: ReadonlyArray<Contender>, rounds: number): Promise<void> => {
  console.log(`\n${job}`)
  for (const { name, micros, ratio } of await measure(contenders, rounds))
    console.log(`  ${name.padEnd(16)}${micros.toFixed(1).padStart(10)} µs  ${ratio.toFixed(2).padStart(6)}`)
}

await must(Db.execute(createAll(warehouse))(db))
await report('insert 1,000 rows of 10 columns', insertThousand, 60)

for (const contender of insertThousand) {
  await contender.before?.()
  await contender.run()
}
for (const contender of [...thousandRows, ...pointSelect]) {
  at = 0
  const got = await contender.run()
  assert.deepEqual(got, Array.isArray(got) ? rows : rows[0], `${contender.name} gives other values`)
}
await report('1,000 rows of 10 columns', thousandRows, 60)
await report('one row by its key', pointSelect, 60)
await must(db.close())
