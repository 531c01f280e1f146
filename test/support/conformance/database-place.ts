// The conformance data in a database of its own on an engine.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  type AnyTable,
  createAll,
  type Database,
  deleteFrom,
  everyRow,
  insertInto,
  type Middleware,
  set,
  Uow,
  update,
} from 'relvar'
import { memory } from 'relvar/memory'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { inTransaction, run } from 'relvar/promise'
import { sqlite } from 'relvar/sqlite'

import { done, step } from '../../../src/compile/load.js'
import { noTables } from '../../../src/compile/statement.js'
import { type Engine, freshDatabase } from '../engines.js'
import { rowsOf } from './data.js'
import { tablesOfData } from './memory-place.js'
import { loadedRows } from './samples.js'
import { autoKeyOf, nodes, tablesByName, tutorial, withChildren } from './tables.js'
import type { Counts, Place, World } from './world.js'

const open: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

const worldOf = (db: Database): World => ({
  all: db.all,
  text: db.all,
  first: db.first,
  one: db.one,
  oneOrNone: db.oneOrNone,
  scalar: db.scalar,
  count: db.count,
  write: db.execute,
  flush: (uow) => Uow.flush(uow)(db),
  transaction: (program) => db.transaction()((tx) => program(worldOf(tx))),
})

type Named = ReadonlyArray<readonly [string, AnyTable]>

const fill = async (db: Database, tables: Named): Promise<void> => {
  for (const [name, t] of tables) await run(db.execute(insertInto(t)(loadedRows(name))))
}

const empty = async (db: Database, tables: Named): Promise<void> => {
  // InnoDB looks at foreign keys row by row: it would not delete a parent before its children of the same table.
  if (tables.some(([, t]) => t === nodes))
    await run(db.execute(pipe(update(nodes), set({ parent_id: null }), everyRow)))
  for (const [, t] of [...tables].reverse()) await run(db.execute(everyRow(deleteFrom(t))))
}

const restartText = (db: Database, table: string, key: string, next: number): string => {
  const { name, quote } = db.dialect
  switch (name) {
    case 'postgres':
      return `alter table ${quote(table)} alter column ${quote(key)} restart with ${next}`
    case 'mysql':
    case 'mariadb':
      return `alter table ${quote(table)} auto_increment = ${next}`
    case 'sqlite':
      return `update sqlite_sequence set seq = ${next - 1} where name = '${table}'`
  }
}

/** Keys go on after the greatest one of the data, on every engine: what rows with keys of their own do to that differs. */
const restartKeys = async (db: Database, tables: Iterable<string>): Promise<void> => {
  for (const table of tables) {
    const key = autoKeyOf(table)
    if (key === null) continue
    const next = Math.max(0, ...rowsOf(table).map((row) => Number(row[key]))) + 1
    const sql = restartText(db, table, key, next)
    const statement = {
      sql,
      parameters: [],
      text: 'once',
      returnsRows: false,
      bigints: false,
      tables: noTables,
    } as const
    await run(db.run(step(statement, () => E.right(done(null)))))
  }
}

/** A Database in memory that holds the data. */
export const memoryDatabasePlace = (): Place => {
  let db = memory({ tables: tablesOfData() })
  return {
    get world() {
      return worldOf(db)
    },
    sent: null,
    restore: async () => {
      await run(db.close())
      db = memory({ tables: tablesOfData() })
    },
    close: () => run(db.close()),
  }
}

/** Creates the tables in an empty database and loads them. */
export const databasePlace = async (engine: Engine): Promise<Place> => {
  const fresh = await freshDatabase(engine)
  const plain = open[engine.name](fresh.url)
  await run(plain.execute(createAll(tutorial)))
  await inTransaction(plain)((tx) => fill(tx, [...tablesByName]))
  await restartKeys(plain, tablesByName.keys())

  let counts: Record<string, number> = {}
  const written = new Set<string>()
  const watch: Middleware = (next) => (statement) => {
    const verb = statement.sql.split(' ', 1)[0]?.toLowerCase() ?? ''
    counts[verb] = (counts[verb] ?? 0) + 1
    for (const { name } of statement.tables.writes) written.add(name)
    return next(statement)
  }

  return {
    world: worldOf(plain.having({ middleware: watch })),
    sent: (): Counts => {
      const since = counts
      counts = {}
      return since
    },
    restore: async () => {
      if (written.size === 0) return
      const changed = withChildren(written)
      await inTransaction(plain)(async (tx) => {
        await empty(tx, changed)
        await fill(tx, changed)
      })
      await restartKeys(plain, written)
      written.clear()
    },
    close: async () => {
      await run(plain.close())
      await fresh.drop()
    },
  }
}
