// Each way of hostile input is a way: with input that does no harm, it gives what it is for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { attempt, type AnyWorld, attemptEffect } from '../../hostile/attempt.js'
import { anyWays, fill } from '../../hostile/run.js'
import { effectWays } from '../../hostile/ways/effects.js'
import { valueWays } from '../../hostile/ways/values.js'
import { inMemory } from '../../support/places.js'
import { openWorldAt } from '../../support/run-load.js'

describe('memory', () => {
  let world: AnyWorld
  beforeAll(async () => {
    world = await openWorldAt(inMemory)
    await fill(world)
  })
  afterAll(() => world.close())

  it('takes what is right there, by every way that hostile input goes', async () => {
    const failed: Array<string> = []
    for (const way of [...anyWays, ...Object.values(valueWays).flat()]) {
      const outcome = await attempt(way, way.good, world, world)
      // Some have no meaning in memory, or none where SQLite is spoken.
      const isFar = outcome._tag === 'Refused' && /^(NotEvaluable|Unsupported)$/.test(outcome.by)
      if (outcome._tag !== 'Kept' && !isFar) failed.push(`${way.name}: ${JSON.stringify(outcome).slice(0, 300)}`)
    }
    for (const way of effectWays) {
      const outcome = await attemptEffect(way, way.good, world.db)
      // Memory has no transactions in two phases.
      if (outcome._tag !== 'Kept' && !way.name.endsWith('Prepared'))
        failed.push(`${way.name}: ${JSON.stringify(outcome).slice(0, 300)}`)
    }
    expect(failed).toEqual([])
  })
})
