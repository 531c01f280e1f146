// Runs cases on every engine of the run and in memory, one test each.
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

import { engines } from '../engines.js'
import { type Case, compared, saysOf, tagOf } from './case.js'
import { databasePlace, memoryDatabasePlace } from './database-place.js'
import { memoryPlace } from './memory-place.js'
import type { Place } from './world.js'

const places: ReadonlyArray<readonly [string, () => Promise<Place>]> = [
  ...engines().map((engine) => [engine.label, () => databasePlace(engine)] as const),
  ['memory', () => Promise.resolve(memoryPlace())],
  ['memory as a Database', () => Promise.resolve(memoryDatabasePlace())],
]

const check = async (place: Place, of: Case, label: string): Promise<void> => {
  place.sent?.()
  const outcome = await of.ask(place.world)()
  const refusal = of.refusals[label.split(' ')[0] ?? '']
  if (refusal !== undefined) return expect(E.isLeft(outcome) ? tagOf(outcome.left) : 'Right').toBe(refusal)
  if (E.isLeft(outcome)) throw new Error(`${outcome.left._tag}: ${outcome.left.message}`, { cause: outcome.left })
  const [expected, actual] = compared(of, outcome.right)
  expect(actual).toStrictEqual(expected)
  if (of.counts === null || place.sent === null) return
  const sent = place.sent()
  expect(Object.fromEntries(Object.keys(of.counts).map((verb) => [verb, sent[verb] ?? 0]))).toEqual(of.counts)
}

/** One test a case and place. `restore`: whether each case finds the tables as the data has them. */
export const runCases = (cases: ReadonlyArray<Case>, restore: boolean): void => {
  describe.each(places)('%s', (label, open) => {
    let place: Place
    beforeAll(async () => {
      place = await open()
    })
    afterAll(async () => {
      await place.close()
    })
    if (restore) beforeEach(() => place.restore())
    for (const of of cases) test(`[${of.id}] ${label}: ${saysOf(of)}`, () => check(place, of, label))
  })
}
