// What is under way when something fails: a connection is made, a query, a cursor, a write, a transaction, a request to stop.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { done, type Load, step } from '../../src/compile/load.js'
import type { Reply } from '../../src/compile/statement.js'
import type { Database } from '../../src/effects/database.js'
import type { DbError } from '../../src/effects/error.js'
import { Db, from, integer, orderBy, primaryKey, table } from '../../src/index.js'
import { statement } from '../integration/effects/raw.js'
import type { Outcome, Scenario } from './world.js'

const many = table('many', { id: pipe(integer, primaryKey) })

const load = (db: Database, text: string, key: number | null = null): Load<Reply> =>
  step(statement(db, text, key === null ? [] : [BigInt(key)]), (reply) => E.right(done(reply)))

const insert = 'insert into faults values (?)'

const ended = async (key: number | null, effect: () => Promise<E.Either<DbError, unknown>>): Promise<Outcome> => ({
  outcome: await effect(),
  key,
})

const connecting: Scenario = {
  name: 'connect',
  run: (_, db) =>
    ended(null, async () => {
      const held = await db.acquire()
      if (E.isRight(held)) await held.right.release()
      return held
    }),
}

const asking: Scenario = { name: 'query', run: (_, db) => ended(null, db.run(load(db, 'select id from many'))) }

const streaming: Scenario = {
  name: 'cursor',
  run: (_, db) =>
    ended(null, async () => {
      let last: E.Either<DbError, unknown> = E.right(null)
      for await (const one of Db.stream(pipe(from(many), orderBy(many.id)), { batch: 20 })(db)) last = one
      return last
    }),
}

const writing: Scenario = {
  name: 'write',
  run: (world, db) => {
    const key = world.nextKey()
    return ended(key, db.run(load(db, insert, key)))
  },
}

/** BEGIN, a write, a read, a nested one, COMMIT. */
export const committing: Scenario = {
  name: 'transaction',
  run: (world, db) => {
    const key = world.nextKey()
    return ended(
      key,
      db.transaction()((tx) => async () => {
        const written = await tx.run(load(tx, insert, key))()
        if (E.isLeft(written)) return written
        const nested = await tx.transaction()((inner) => inner.run(load(inner, 'select id from many')))()
        return E.isLeft(nested) ? nested : tx.run(load(tx, 'select 1'))()
      }),
    )
  },
}

const stopping: Scenario = {
  name: 'cancel',
  run: (_, db) => {
    const own = new AbortController()
    const timer = setTimeout(() => own.abort(), 60)
    const sleep = db.dialect.name === 'postgres' ? 'select pg_sleep(5)' : 'select sleep(5)'
    return ended(null, async () => {
      const outcome = await db.having({ signal: own.signal }).run(load(db, sleep))()
      clearTimeout(timer)
      return outcome
    })
  },
}

export const scenarios: ReadonlyArray<Scenario> = [connecting, asking, streaming, writing, committing, stopping]
