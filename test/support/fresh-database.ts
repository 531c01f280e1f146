// Empty databases, each of its own, so that whoever asks for one meets nobody.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import pg from 'pg'

import type { Engine } from './servers/engine.js'
import { mysqlOptions } from './servers/server.js'

export interface FreshDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

/** An empty database of the test's own, so that test files run at the same time without meeting. */
export const freshDatabase = (engine: Engine): Promise<FreshDatabase> => {
  switch (engine.name) {
    case 'sqlite':
      return Promise.resolve(freshFile())
    case 'postgres':
      return freshOn(engine.url, askPostgres, {
        create: (name) => `create database ${name} encoding 'UTF8' template template0`,
        drop: (name) => `drop database if exists ${name} with (force)`,
      })
    case 'mysql':
    case 'mariadb':
      return freshOn(engine.url, askMysql, {
        create: (name) => `create database ${name} character set utf8mb4`,
        drop: (name) => `drop database if exists ${name}`,
      })
  }
}

const freshFile = (): FreshDatabase => {
  const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
  return {
    url: `sqlite:${join(folder, 'test.db')}`,
    drop: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  }
}

const freshOn = async (
  url: string,
  ask: (url: string, statement: string) => Promise<void>,
  statement: { readonly create: (name: string) => string; readonly drop: (name: string) => string },
): Promise<FreshDatabase> => {
  const name = `relvar_${randomBytes(6).toString('hex')}`
  await ask(url, statement.create(name))
  const fresh = new URL(url)
  fresh.pathname = `/${name}`
  return { url: fresh.href, drop: () => ask(url, statement.drop(name)) }
}

const askPostgres = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

const askMysql = async (url: string, statement: string): Promise<void> => {
  const connection = await mysql.createConnection(mysqlOptions(url))
  try {
    await connection.query(statement)
  } finally {
    await connection.end()
  }
}
