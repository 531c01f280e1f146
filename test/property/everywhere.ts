// Laws are asked of memory and of every engine.
import fc from 'fast-check'
import { createAll, type Database, Db, schema } from 'relvar'
import { rowsIn } from 'relvar/memory'
import { contents } from 'relvar/testing'
import { afterAll, beforeAll, describe, test } from 'vitest'
import { type OpenPlace, places } from '../support/places.js'
import { askEngine, askMemory, fill, type Law } from './law.js'
import { seed, times } from './laws.js'
import { asked, notes, posts, things, users } from './world.js'

const hour = 3_600_000

/** Rows of each table, several of them. */
const full = contents(asked).filter((tables) => asked.every((t) => rowsIn(t)(tables).length > 1))

/** One test a law and place. */
export const holdEverywhere = (laws: ReadonlyArray<Law>): void => {
  const fillings = fc.sample(full, { seed, numRuns: 3 })
  // They cost nothing in memory: more of them, empty tables among them.
  const remembered = fc.sample(contents(asked), { seed, numRuns: 20 })
  const told = laws.map((law) => [law.title, law] as const)

  describe.each(places().map((place) => [place.label, place] as const))('on %s', (_, place) => {
    let open: OpenPlace
    let db: Database

    beforeAll(async () => {
      if (place.name === 'memory') return
      open = await place.open()
      db = open.db
      const made = await Db.execute(createAll(schema({ users, posts, notes, things })))(db)()
      if (made._tag === 'Left') throw new Error(made.left.message)
    })
    afterAll(() => (place.name === 'memory' ? undefined : open.close()))

    if (place.name === 'memory')
      test.each(told)('%s', { timeout: hour }, async (__, { property }) => {
        for (const [i, tables] of remembered.entries())
          await fc.assert(property(askMemory(tables), tables), { seed: seed + i, numRuns: 10 * times })
      })
    else
      test.each(told)('%s', { timeout: hour }, async (__, { property }) => {
        for (const [i, tables] of fillings.entries()) {
          await fill(db, tables)
          await fc.assert(property(askEngine(db, tables), tables), { seed: seed + i, numRuns: 10 * times })
        }
      })
  })
}
