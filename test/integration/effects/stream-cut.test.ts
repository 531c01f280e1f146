// A stream that is cut off on its way never passes for a whole one: its last element says what happened.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import { from, integer, orderBy, primaryKey, table, text } from '../../../src/index.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { define, must, open, tagOf, ask } from './raw.js'
import { sessionOf } from './with-options.js'

const servers = engines().filter(({ name }) => name !== 'sqlite')

// rows so wide that they are not all on their way when the first of them are read
const wide = table('wide', { id: pipe(integer, primaryKey), body: text })
const count = 400

describe.each(servers.map((engine) => [engine.label, engine] as const))('a stream on %s', (_, engine) => {
  let fresh: FreshDatabase
  let watcher: Database
  const postgres = engine.name === 'postgres'
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    watcher = open(engine, fresh.url, 'poolSize=1')
    await define(watcher, `create table wide (id integer primary key, body ${postgres ? 'text' : 'longtext'})`)
    await define(
      watcher,
      `insert into wide with recursive s (n) as (select 1 union all select n + 1 from s where n < ${count}) select n, repeat('x', 60000) from s`,
    )
  })
  afterAll(async () => {
    await watcher.close()()
    await fresh.drop()
  })

  /** Reads to the end, with something done after some rows. */
  const read = async (db: Database, batch: number, after: () => Promise<unknown>) => {
    const came: Array<string> = []
    for await (const one of db.stream(pipe(from(wide), orderBy(wide.id)), { batch })) {
      came.push(tagOf(one))
      if (came.length !== 20) continue
      await after()
      await pause(100)
    }
    return { rows: came.filter((tag) => tag === 'Right').length, last: came.at(-1) }
  }

  it.each([7, 150])('whose session is killed ends with a Left, %d rows at a time', async (batch) => {
    const db = open(engine, fresh.url, 'poolSize=1')
    const id = String((await must(db, sessionOf(engine) ?? '')).rows[0]?.[0])
    const kill = postgres ? `select pg_terminate_backend(${id})` : `kill ${id}`
    const { rows, last } = await read(db, batch, () => must(watcher, kill, [], { text: 'once' }))
    expect(last).toBe('Connection')
    expect(rows).toBeLessThan(count)
    expect(E.isRight(await ask(db, 'select 1'))).toBe(true)
    await db.close()()
  })

  it.each([7, 150])('whose statement is cancelled is whole or ends with a Left, %d rows at a time', async (batch) => {
    const db = open(engine, fresh.url, 'poolSize=1')
    const id = String((await must(db, sessionOf(engine) ?? '')).rows[0]?.[0])
    // (PostgreSQL has nothing to cancel between two fetches)
    const cancel = postgres ? `select pg_cancel_backend(${id})` : `kill query ${id}`
    const { rows, last } = await read(db, batch, () => must(watcher, cancel, [], { text: 'once' }))
    expect([rows === count, last]).toEqual(postgres ? [true, 'Right'] : [false, 'Cancelled'])
    expect(E.isRight(await ask(db, 'select 1'))).toBe(true)
    await db.close()()
  })
})
