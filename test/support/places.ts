// Where a Database can be: every engine of this run, and memory. Each is empty when it is opened.
import type { Database } from '../../src/effects/database.js'
import { memory } from '../../src/effects/memory.js'
import { mariadb, mysql } from '../../src/effects/mysql.js'
import { postgres } from '../../src/effects/postgres.js'
import { sqlite } from '../../src/effects/sqlite.js'
import { type Engine, engines, freshDatabase } from './engines.js'

export interface OpenPlace {
  readonly db: Database
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

const place = (label: string, name: Place['name'], at: () => Promise<{ db: Database; drop: () => Promise<void> }>) => ({
  name,
  label,
  open: async (): Promise<OpenPlace> => {
    const { db, drop } = await at()
    return {
      db,
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

const inMemory: Place = place('memory', 'memory', () =>
  Promise.resolve({ db: memory({ poolSize: 4 }), drop: () => Promise.resolve() }),
)

/** For `describe.each(places())('… on $label', …)`. */
export const places = (): ReadonlyArray<Place> => [inMemory, ...engines().map(placeOf)]
