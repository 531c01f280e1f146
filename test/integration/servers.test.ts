// Every engine of the run answers, and gives an empty database that can be dropped again.
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import { type Engine, engines, freshDatabase } from '../support/engines.js'
import { mysqlOptions } from '../support/servers/server.js'

const ask = async (engine: Engine, url: string, statement: string): Promise<ReadonlyArray<unknown>> => {
  if (engine.name === 'postgres') {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query({ text: statement, rowMode: 'array' })).rows.flat()
    } finally {
      await client.end()
    }
  }
  const connection = await mysql.createConnection({ ...mysqlOptions(url), rowsAsArray: true })
  try {
    const [rows] = await connection.query(statement)
    // a statement without a result gives a record instead
    return Array.isArray(rows) ? rows.flat() : []
  } finally {
    await connection.end()
  }
}

const servers = engines().filter(({ name }) => name !== 'sqlite')
const countTables: Readonly<Record<string, string>> = {
  postgres: `select count(*)::int from information_schema.tables where table_schema = 'public'`,
  mysql: 'select count(*) from information_schema.tables where table_schema = database()',
  mariadb: 'select count(*) from information_schema.tables where table_schema = database()',
}

test('sqlite is always there', () => {
  expect(engines()[0]).toMatchObject({ name: 'sqlite', url: 'sqlite::memory:' })
})

test('sqlite gets a file of its own, and drop removes it', async () => {
  const fresh = await freshDatabase(engines()[0] as Engine)
  const folder = dirname(fresh.url.slice('sqlite:'.length))
  expect(existsSync(folder)).toBe(true)
  await fresh.drop()
  expect(existsSync(folder)).toBe(false)
})

describe.each(servers.map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  test('select version() names the engine', async () => {
    const [version] = await ask(engine, engine.url, 'select version()')
    expect(String(version)).toContain(engine.version)
    expect(/mariadb/i.test(String(version))).toBe(engine.name === 'mariadb')
  })

  test('takes many connections at once', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, () => ask(engine, engine.url, 'select 1')))
    expect(all.flat().map(Number)).toEqual(Array.from({ length: 50 }, () => 1))
  })

  test('gives empty databases in UTF-8, each test its own', async () => {
    const [one, two] = await Promise.all([freshDatabase(engine), freshDatabase(engine)])
    expect(one.url).not.toBe(two.url)
    await ask(engine, one.url, 'create table only_here (name varchar(20))')
    await ask(engine, one.url, `insert into only_here values ('naïve 😀')`)
    expect(await ask(engine, one.url, 'select name from only_here')).toEqual(['naïve 😀'])
    expect((await ask(engine, two.url, countTables[engine.name] ?? '')).map(Number)).toEqual([0])
    await Promise.all([one.drop(), two.drop()])
    await expect(ask(engine, one.url, 'select 1')).rejects.toThrow()
  })
})
