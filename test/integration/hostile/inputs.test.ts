// Every hostile input and some mutations of them, by every way into relvar: kept as it was or refused, and nothing else happens.
import { describe, expect, it } from 'vitest'
import { inputs, isLarge } from '../../hostile/inputs.js'
import { anyWays, fill, runHostile } from '../../hostile/run.js'
import { inMemory, places } from '../../support/places.js'
import { openWorldAt } from '../../support/run-load.js'

const seed = Number(process.env['RELVAR_TEST_SEED'] ?? 7)
const times = Number(process.env['RELVAR_TEST_TIMES'] ?? 1)

describe.each(places().map((place) => [place.label, place] as const))('%s', (_, place) => {
  it('[bar 15] keeps or refuses every hostile input and its mutations, whichever way they go', {
    timeout: 3_600_000,
  }, async () => {
    const memory = await openWorldAt(inMemory)
    const engine = await openWorldAt(place)
    try {
      await fill(memory)
      await fill(engine)
      const report = await runHostile(engine, memory, { seed, mutations: 2_000 * times, waysEach: 2 })
      expect(report.violations.map(({ input, way, value, what }) => `${input} by ${way}: ${what} (${value})`)).toEqual(
        [],
      )
      expect(report.inputs).toBe(inputs.filter((input) => !isLarge(input)).length)
      expect(anyWays.filter((way) => !report.ways.has(way.name)).map((way) => way.name)).toEqual([])
    } finally {
      await engine.close()
      await memory.close()
    }
  })
})
