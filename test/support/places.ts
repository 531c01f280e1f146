// Where a Database can be: every engine of this run, and memory. Each is empty when it is opened.
import type { Database } from '../../src/effects/database.js'
import { memory } from '../../src/effects/memory.js'
import { mariadb, mysql } from '../../src/effects/mysql.js'
import { postgres } from '../../src/effects/postgres.js'
import { sqlite } from '../../src/effects/sqlite.js'
import type { Tables } from '../../src/interpret/tables.js'
import { type Engine, engines, freshDatabase } from './engines.js'

export interface OpenPlace {
  readonly db: Database
  /** What a database in memory holds. */
  readonly tables?: () => Tables
  /** Closes the Database and leaves nothing of it. */
  readonly close: () => Promise<void>
}

export interface Place {
  readonly name: Engine['name'] | 'memory'
  /** For test titles. */
  readonly label: string
  readonly open: () => Promise<OpenPlace>
}

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

interface Made {
  readonly db: Database
  readonly drop: () => Promise<void>
  readonly tables?: () => Tables
}

const place = (label: string, name: Place['name'], at: () => Promise<Made>) => ({
  name,
  label,
  open: async (): Promise<OpenPlace> => {
    const { db, drop, tables } = await at()
    return {
      db,
      ...(tables === undefined ? {} : { tables }),
      close: async () => {
        await db.close()()
        await drop()
      },
    }
  },
})

/** An engine with an empty database. */
export const placeOf = (engine: Engine): Place =>
  place(engine.label, engine.name, async () => {
    const { url, drop } = await freshDatabase(engine)
    return { db: opened[engine.name](url), drop }
  })

/** An empty database in memory. */
export const inMemory: Place = place('memory', 'memory', () => {
  const db = memory({ poolSize: 4 })
  return Promise.resolve({ db, tables: db.tables, drop: () => Promise.resolve() })
})

/** For `describe.each(places())('… on $label', …)`. */
export const places = (): ReadonlyArray<Place> => [inMemory, ...engines().map(placeOf)]
