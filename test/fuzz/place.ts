// An engine with a database of a worker's own, which is made anew where the server has ended meanwhile.
import { setTimeout as sleep } from 'node:timers/promises'

import { type AnySchema, createAll, type Database, type Ddl, dropAll } from '../../src/index.js'
import { mariadb, mysql } from '../../src/mysql.js'
import { postgres } from '../../src/postgres.js'
import { sqlite } from '../../src/sqlite.js'
import { done } from '../support/differential/fill.js'
import { type FreshDatabase, freshDatabase } from '../support/fresh-database.js'
import type { Engine } from '../support/servers/engine.js'

// -- model ------------------------------------------------------------------------------------------------------------

export interface Place {
  readonly engine: Engine
  /** The database as it is now. */
  readonly db: () => Database
  /** Makes the tables of a schema, here and wherever the place is opened anew. */
  readonly create: (schema: AnySchema) => Promise<void>
  readonly drop: (schema: AnySchema) => Promise<void>
  /** A new database with the same tables, as soon as the server answers. */
  readonly reopen: () => Promise<void>
  readonly close: () => Promise<void>
}

// -- destructors ------------------------------------------------------------------------------------------------------

/** Whether words, or what was thrown, say that the server went away or cannot be reached. */
export const isGone = (said: unknown): boolean =>
  /\b(Connection|Unavailable|PoolTimeout)\b(?!\.)/.test(said instanceof Error ? said.message : String(said))

// -- constructors -----------------------------------------------------------------------------------------------------

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

/** How long a statement may take: the tables are small. */
const timeoutMs = 30_000

/** How long a server may take to start again. */
const restartMs = 90_000

export const openPlace = async (engine: Engine): Promise<Place> => {
  const schemas = new Set<AnySchema>()
  const open = (fresh: FreshDatabase) => ({ fresh, db: opened[engine.name](fresh.url).having({ timeoutMs }) })
  let now = open(await freshDatabase(engine))
  const anew = async (): Promise<void> => {
    await now.db.close()()
    const next = open(await freshDatabase(engine))
    for (const schema of schemas) await done(next.db.execute(createAll(schema)))
    now = next
  }
  const reopen = async (): Promise<void> => {
    for (const end = Date.now() + restartMs; ; await sleep(200)) {
      try {
        return await anew()
      } catch (error) {
        if (Date.now() > end) throw error
      }
    }
  }
  const run = async (ddl: Ddl): Promise<void> => {
    try {
      await done(now.db.execute(ddl))
    } catch (error) {
      if (!isGone(error)) throw error
      await reopen()
    }
  }
  return {
    engine,
    db: () => now.db,
    create: (schema) => {
      schemas.add(schema)
      return run(createAll(schema))
    },
    drop: (schema) => {
      schemas.delete(schema)
      return run(dropAll(schema))
    },
    reopen,
    close: async () => {
      await now.db.close()()
      await now.fresh.drop()
    },
  }
}
