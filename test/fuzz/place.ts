// An engine with an empty database of a worker's own.
import type { Database } from '../../src/index.js'
import { mariadb, mysql } from '../../src/mysql.js'
import { postgres } from '../../src/postgres.js'
import { sqlite } from '../../src/sqlite.js'
import { freshDatabase } from '../support/fresh-database.js'
import type { Engine } from '../support/servers/engine.js'

export interface Place {
  readonly engine: Engine
  readonly db: Database
  readonly close: () => Promise<void>
}

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

/** How long a statement may take: the tables are small. */
const timeoutMs = 30_000

export const openPlace = async (engine: Engine): Promise<Place> => {
  const fresh = await freshDatabase(engine)
  const db = opened[engine.name](fresh.url)
  return {
    engine,
    db: db.having({ timeoutMs }),
    close: async () => {
      await db.close()()
      await fresh.drop()
    },
  }
}
