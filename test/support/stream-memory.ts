// A program of its own, started with --expose-gc: fills a table, reads it as a stream, and prints how much memory that took at its
// most, beyond what there was before: once over ten thousand rows, once over all. Arguments: engine, URL, rows.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { Database } from '../../src/effects/database.js'
import type { DbError } from '../../src/effects/error.js'
import { memory } from '../../src/effects/memory.js'
import { mariadb, mysql } from '../../src/effects/mysql.js'
import { postgres } from '../../src/effects/postgres.js'
import { sqlite } from '../../src/effects/sqlite.js'
import {
  add,
  createAll,
  from,
  insertFrom,
  insertInto,
  integer,
  lt,
  primaryKey,
  schema,
  select,
  table,
  text,
  where,
} from '../../src/index.js'

const rows = table('rows', { id: pipe(integer, primaryKey), name: text, note: text })

const makers: Readonly<Record<string, (url: string) => Database>> = {
  sqlite,
  postgres,
  mysql,
  mariadb,
  memory: () => memory(),
}

const must = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome)) throw new Error(`${outcome.left._tag}: ${outcome.left.message}`)
  return outcome.right
}

const first = 1_000

/** Rows that are made of those that are there already. */
const fill = async (db: Database, count: number): Promise<void> => {
  await must(db.execute(createAll(schema({ rows }))))
  const some = Array.from({ length: first }, (_, id) => ({
    id,
    name: `name ${id}`,
    note: `a note of some length, ${id}`,
  }))
  await must(db.execute(insertInto(rows)(some)))
  for (let there = first; there < count; there += Math.min(there, count - there)) {
    const more = pipe(
      from(rows),
      where(lt(rows.id, Math.min(there, count - there))),
      select({ id: add(rows.id, there), name: rows.name, note: rows.note }),
    )
    await must(db.execute(insertFrom(rows)(more)))
  }
}

const collect = (): number => {
  if (globalThis.gc === undefined) throw new Error('start it with --expose-gc')
  globalThis.gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** How many bytes are in use at most while so many rows are read, beyond those of before. */
const peak = async (db: Database, count: number): Promise<number> => {
  // in the middle of a batch, where most of it is here
  const every = Math.floor(count / 40) + 7
  const before = collect()
  let most = before
  let n = 0
  for await (const row of db.stream(pipe(from(rows), where(lt(rows.id, count))))) {
    if (E.isLeft(row)) throw new Error(row.left.message)
    n += 1
    if (n % every === 0) most = Math.max(most, collect())
  }
  if (n !== count) throw new Error(`${n} rows of ${count}`)
  return most - before
}

const [engine = '', url = '', all = ''] = process.argv.slice(2)
const db = makers[engine]?.(url)
if (db === undefined) throw new Error(`no engine ${engine}`)
await fill(db, Number(all))
// what is made once (statements, buffers) is no matter of the number of rows
await peak(db, 10_000)
const few = await peak(db, 10_000)
const since = performance.now()
const many = await peak(db, Number(all))
const mib = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 10) / 10
console.log(
  JSON.stringify({
    engine,
    rows: Number(all),
    few: mib(few),
    many: mib(many),
    seconds: Math.round((performance.now() - since) / 100) / 10,
  }),
)
await db.close()()
