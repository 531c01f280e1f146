// Hostile values through the column that they are for: each comes back as it was, or is refused, as its expectation says.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AnyWorld } from '../../hostile/attempt.js'
import { one } from '../../hostile/batch.js'
import { shown } from '../../hostile/equal.js'
import { type ColumnName, expected, inputs, isHuge, valueOf } from '../../hostile/inputs.js'
import { fill } from '../../hostile/run.js'
import { inMemory, places } from '../../support/places.js'
import { openWorldAt } from '../../support/run-load.js'

const columns = [...new Set(inputs.flatMap(({ column }) => (column === undefined ? [] : [column])))]

describe.each(places().map((place) => [place.label, place] as const))('%s', (label, place) => {
  let engine: AnyWorld
  let memory: AnyWorld
  beforeAll(async () => {
    engine = await openWorldAt(place)
    memory = await openWorldAt(inMemory)
    await fill(engine)
    await fill(memory)
  })
  afterAll(async () => {
    await engine.close()
    await memory.close()
  })

  it.each(columns)(
    `${label} keeps or refuses every hostile %s, as memory does`,
    { timeout: 120_000 },
    async (column: ColumnName) => {
      const given = inputs.filter((input) => input.column === column && !isHuge(input))
      expect(given.length).toBeGreaterThan(0)
      for (const input of given) {
        const value = valueOf(input)
        const outcome = await one({ column, value }, engine, memory)
        const wanted = expected(input, place.name)
        const came = outcome._tag === 'Refused' ? `${outcome._tag} by ${outcome.by}` : outcome._tag
        // What only some engines keep, others refuse in words of their own.
        const fine =
          wanted === 'equal' ? /^Kept$/ : wanted === 'refused' ? /^Refused by InvalidValue$/ : /^(Kept|Refused by \w+)$/
        expect(came, `${input.id}: ${shown(value)}: ${JSON.stringify(outcome)}`).toMatch(fine)
      }
    },
  )
})
