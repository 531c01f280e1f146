// What asks for a transaction gets one, and a program that met a conflict is run again from its beginning.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import type { DbError } from '../../../src/effects/error.js'
import { dbError } from '../../../src/effects/error-make.js'
import { retrying, transaction } from '../../../src/effects/transaction.js'
import { type FakeOptions, fake, fakeDatabase, load, loads, lostError, type Outcome, sqlError, tagOf } from './fake.js'

const setUp = (options: FakeOptions = {}) => {
  const driver = fake(options)
  return { driver, sent: driver.sent, db: fakeDatabase(driver, { poolSize: 1, acquireTimeoutMs: 200 }) }
}

const fails = (...texts: ReadonlyArray<string>): FakeOptions => ({
  answer: (text): Outcome | undefined => (texts.includes(text) ? E.left(sqlError(text)) : undefined),
})

const run = (text: string) => (db: Database) => db.run(load(text))

describe('an atomic Load', () => {
  it('runs in a transaction of its own, and in none of its own inside one', async () => {
    const { db, sent } = setUp()
    expect(tagOf(await db.run(loads(['a', 'b'], true))())).toBe('Right')
    expect(sent).toEqual(['1 BEGIN', '1 a', '1 b', '1 COMMIT'])
    sent.length = 0
    await transaction()((tx: Database) => tx.run(loads(['a', 'b'], true)))(db)()
    expect(sent).toEqual(['1 BEGIN', '1 a', '1 b', '1 COMMIT'])
    sent.length = 0
    await db.run(loads(['a', 'b'], false))()
    expect(sent).toEqual(['1 a', '1 b'])
  })

  it('rolls back at a Left', async () => {
    const { db, sent } = setUp(fails('b'))
    expect(tagOf(await db.run(loads(['a', 'b', 'c'], true))())).toBe('Sql')
    expect(sent).toEqual(['1 BEGIN', '1 a', '1 b', '1 ROLLBACK'])
  })
})

describe('retrying', () => {
  const conflict = dbError('Serialization', { message: 's', statement: null, cause: null })
  const failing = (times: number, error: DbError) => {
    let left = times
    return (): TE.TaskEither<DbError, string> => async () => {
      left -= 1
      return left >= 0 ? E.left(error) : E.right('done')
    }
  }
  const policy = { times: 3, delayMs: () => 1 }

  it('runs again after a conflict, so often as it may', async () => {
    const { db } = setUp()
    expect(await retrying(policy)(failing(3, conflict))(db)()).toEqual(E.right('done'))
    expect(tagOf(await retrying(policy)(failing(4, conflict))(db)())).toBe('Serialization')
  })

  it('does not run again after CommitUnknown, after what may have been sent, or inside a transaction', async () => {
    const { db } = setUp()
    const unknown = dbError('CommitUnknown', { message: 'u', statement: null, cause: null, transaction: null })
    expect(tagOf(await retrying(policy)(failing(1, unknown))(db)())).toBe('CommitUnknown')
    expect(tagOf(await retrying(policy)(failing(1, lostError()))(db)())).toBe('Connection')
    expect(tagOf(await transaction()(retrying(policy)(failing(1, conflict)))(db)())).toBe('Serialization')
  })

  it('begins the transaction again each time', async () => {
    let first = true
    const { db, sent } = setUp({
      answer: (text): Outcome | undefined => {
        if (text !== 'COMMIT' || !first) return undefined
        first = false
        return E.left(conflict)
      },
    })
    expect(tagOf(await pipe(run('a'), transaction(), retrying(policy))(db)())).toBe('Right')
    expect(sent).toEqual(['1 BEGIN', '1 a', '1 COMMIT', '1 ROLLBACK', '1 BEGIN', '1 a', '1 COMMIT'])
    await pause(1)
  })
})
