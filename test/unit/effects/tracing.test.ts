// Spans of transactions that do not end as they should: none stays open, and each says what became of it.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { transaction, withMiddleware } from '../../../src/index.js'
import { traced } from '../../../src/opentelemetry.js'
import { recordingTracer } from '../../support/tracer.js'
import { type Fake, fake, fakeDatabase, load, lostError, sqlError, tagOf } from './fake.js'

const tracedOver = (driver: Fake) => {
  const { tracer, spans } = recordingTracer()
  const db = withMiddleware(traced(tracer))(fakeDatabase(driver))
  const outcomes = () =>
    spans
      .filter(({ name }) => name === 'transaction' || name === 'savepoint')
      .map(({ name, ended, attributes }) => [name, attributes['relvar.transaction.outcome'], ended])
  return { db, spans, outcomes }
}

const failing = (text: RegExp, lost: boolean) =>
  fake({ answer: (sent) => (text.test(sent) ? E.left(lost ? lostError(sent) : sqlError(sent)) : undefined) })

const work = (tx: Database) => tx.run(load('a'))

describe('[O05] the span of a transaction', () => {
  it.each([
    ['BEGIN is refused', failing(/^BEGIN/, false), [['transaction', 'rolled back', 1]]],
    ['the connection is lost at BEGIN', failing(/^BEGIN/, true), [['transaction', 'unknown', 1]]],
    ['the connection is lost inside', failing(/^a/, true), [['transaction', 'rolled back', 1]]],
    ['COMMIT is refused', failing(/^COMMIT/, false), [['transaction', 'rolled back', 1]]],
    ['the connection is lost at COMMIT', failing(/^COMMIT/, true), [['transaction', 'unknown', 1]]],
  ])('ends where %s', async (_, driver, expected) => {
    const { db, spans, outcomes } = tracedOver(driver)
    expect(tagOf(await transaction()(work)(db)())).not.toBe('Right')
    expect(outcomes()).toEqual(expected)
    expect(spans.every(({ ended }) => ended === 1)).toBe(true)
  })

  it('ends where a program throws, and where a savepoint is refused', async () => {
    const thrown = tracedOver(fake())
    const throws = () => () => {
      throw new Error('mine')
    }
    expect(tagOf(await transaction()(throws)(thrown.db)())).toBe('Defect')
    expect(thrown.outcomes()).toEqual([['transaction', 'rolled back', 1]])

    const refused = tracedOver(failing(/^SAVEPOINT/, false))
    const nested = (tx: Database) =>
      pipe(
        tx.transaction()(work),
        TE.map(() => 1),
        TE.orElse(() => TE.right(0)),
      )
    expect(tagOf(await transaction()(nested)(refused.db)())).toBe('RolledBack')
    expect(refused.outcomes()).toEqual([
      ['transaction', 'rolled back', 1],
      ['savepoint', 'rolled back', 1],
    ])
  })

  it('is one for each of transactions that run beside each other', async () => {
    const { db, spans, outcomes } = tracedOver(fake())
    await Promise.all([1, 2, 3].map(() => transaction()(work)(db)()))
    expect(outcomes()).toEqual([1, 2, 3].map(() => ['transaction', 'committed', 1]))
    const parents = spans.filter(({ name }) => name === 'A').map(({ parent }) => parent)
    expect(new Set(parents).size).toBe(3)
  })
})
