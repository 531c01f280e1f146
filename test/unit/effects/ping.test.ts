// `ping` tells that nobody is there; what a person has to mend stays an error.
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import type { ConnectionFailure, DbError } from '../../../src/effects/error.js'
import { dbError } from '../../../src/effects/error-make.js'
import { fake, fakeDatabase, sqlError } from './fake.js'

const failed = (phase: ConnectionFailure['phase']): DbError =>
  dbError('Connection', { message: phase, statement: null, cause: null, phase, sent: 'no' })

const pinged = (error: DbError | null) =>
  fakeDatabase(fake(error === null ? {} : { connect: () => Promise.resolve(error) })).ping()

describe('ping', () => {
  it('[ERR05] is true where a statement goes there and back, in a transaction too', async () => {
    const driver = fake()
    const db = fakeDatabase(driver)
    expect(await db.ping()).toEqual(E.right(true))
    expect(await db.transaction()((tx) => tx.ping)()).toEqual(E.right(true))
    expect(driver.sent).toEqual(['1 SELECT 1', '1 BEGIN', '1 SELECT 1', '1 COMMIT'])
  })

  it.each([
    failed('connect'),
    failed('statement'),
    failed('closed'),
    dbError('Unavailable', { message: 'full', statement: null, cause: null, reason: 'full' }),
  ])('[ERR05] is false where nobody is there, or has room', async (error) => {
    expect(await pinged(error)).toEqual(E.right(false))
  })

  it.each([failed('auth'), failed('driver'), failed('session'), sqlError('SELECT 1')])(
    'is the error where a person has to mend something',
    async (error) => {
      expect(await pinged(error)).toEqual(E.left(error))
    },
  )
})
