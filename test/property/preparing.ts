// An engine with tables that is asked whether it takes a statement, and runs none.
import mysql from 'mysql2/promise'
import pg from 'pg'
import { type AnyTable, createAll, type Database, Db, schema } from 'relvar'
import { mariadb, mysql as mysqlAt } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { sqlite } from 'relvar/sqlite'
import { loadBetterSqlite } from '../../src/effects/driver/sqlite-better.js'
import type { Library } from '../../src/effects/driver/sqlite-library.js'
import { loadWasmSqlite } from '../../src/effects/driver/sqlite-wasm.js'
import { type Engine, freshDatabase } from '../support/engines.js'
import { mysqlOptions } from '../support/servers/server.js'

export interface Preparing {
  /** What the engine has against the statement; null where it takes it. */
  readonly problem: (sql: string) => Promise<string | null>
  readonly close: () => Promise<void>
}

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = {
  sqlite,
  postgres,
  mysql: mysqlAt,
  mariadb,
}

const said = async (prepare: () => Promise<unknown>): Promise<string | null> => {
  try {
    await prepare()
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

const onPostgres = async (url: string): Promise<Preparing> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return {
    problem: async (sql) => {
      const problem = await said(() => client.query(`PREPARE asked AS ${sql}`))
      if (problem === null) await client.query('DEALLOCATE asked')
      return problem
    },
    close: () => client.end(),
  }
}

const onMysql = async (url: string): Promise<Preparing> => {
  const connection = await mysql.createConnection(mysqlOptions(url))
  return {
    problem: (sql) => said(async () => (await connection.prepare(sql)).close()),
    close: () => connection.end(),
  }
}

const library = (): Promise<Library> => loadBetterSqlite().catch(() => loadWasmSqlite())

const onSqlite = async (url: string): Promise<Preparing> => {
  const handle = (await library()).open(url.slice('sqlite:'.length), { readOnly: false })
  return {
    problem: (sql) => said(() => Promise.resolve().then(() => handle.prepare(sql).finish())),
    close: () => Promise.resolve(handle.close()),
  }
}

const asking: Readonly<Record<Engine['name'], (url: string) => Promise<Preparing>>> = {
  postgres: onPostgres,
  mysql: onMysql,
  mariadb: onMysql,
  sqlite: onSqlite,
}

/** An empty database with these tables. */
export const openPreparing = async (engine: Engine, tables: ReadonlyArray<AnyTable>): Promise<Preparing> => {
  const fresh = await freshDatabase(engine)
  const db = opened[engine.name](fresh.url)
  const made = await Db.execute(createAll(schema(Object.fromEntries(tables.map((t, i) => [`t${i}`, t])))))(db)()
  await db.close()()
  if (made._tag === 'Left') throw new Error(made.left.message)
  const asked = await asking[engine.name](fresh.url)
  return {
    problem: asked.problem,
    close: async () => {
      await asked.close()
      await fresh.drop()
    },
  }
}
