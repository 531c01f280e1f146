// The queries of a batch, on all engines side by side.
import type * as fc from 'fast-check'

import { nodeOfQuery } from '../../src/expr/query.js'
import type { Tables } from '../../src/memory.js'
import type { AnyClosedQuery } from '../../src/testing.js'
import { featuresOf } from '../support/differential/features.js'
import { fill } from '../support/differential/fill.js'
import { type AskedQuery, asksOf, checkQuery } from '../support/differential/queries.js'
import type { Verdict } from '../support/differential/verdict.js'
import type { Batch } from './batch.js'
import { drawnAt } from './draw.js'
import { persisting, surviving } from './crash.js'
import type { Wrong } from './found.js'
import type { Place } from './place.js'
import { counted, sized, type Tally } from './tally.js'

/** Where a worker stands. */
export interface Standing {
  readonly seed: number
  readonly worker: number
  readonly batch: number
  readonly tally: Tally
  readonly stopped: () => boolean
}

interface Case {
  readonly at: number
  readonly statement: fc.Value<AnyClosedQuery>
  readonly asked: AskedQuery
  readonly features: ReadonlySet<string>
}

/** So many queries over the same rows. */
const perRows = 50

/** So many queries are drawn, and each engine goes through them at its own pace. */
const perChunk = 10

/** Runs queries, and gives those that went wrong. */
export const runQueries = async (
  { seed, worker, batch, tally, stopped }: Standing,
  places: ReadonlyArray<Place>,
  { asked }: Batch,
  count: number,
): Promise<ReadonlyArray<Wrong<AnyClosedQuery>>> => {
  const wrong: Array<Wrong<AnyClosedQuery>> = []
  for (let from = 0; from < count && !stopped(); from += perRows) {
    const rows = drawnAt(asked.contents, seed, worker, batch, 2, from).value
    const filled = (place: Place, with_: Tables) => (): Promise<void> => fill(place.db(), asked.tables, with_)
    await Promise.all(places.map((place) => persisting(place, filled(place, rows))))
    const caseAt = (at: number): Case => {
      const statement = drawnAt(asked.query, seed, worker, batch, 3, at)
      const meant = asksOf(statement.value, rows)
      sized(tally, meant.mine._tag === 'Left' ? null : meant.mine.right.length)
      return { at, statement, asked: meant, features: featuresOf(nodeOfQuery(statement.value)) }
    }
    const through =
      (cases: ReadonlyArray<Case>) =>
      async (place: Place): Promise<void> => {
        for (const one of cases) {
          const check = (asks: AskedQuery) => (): Promise<Verdict> => checkQuery(place.engine, place.db(), asks)
          const verdict = await surviving(place, filled(place, rows), check(one.asked))
          counted(tally, place.engine.label, 'queries', verdict, one.features)
          if (verdict.verdict === 'wrong')
            wrong.push({
              place,
              at: `seed ${seed}, worker ${worker}, batch ${batch}, query ${one.at}`,
              tables: asked.tables,
              rows,
              of: asked.query,
              statement: one.statement,
              verdict,
              again: async (q, smaller, most) => {
                await persisting(place, filled(place, smaller))
                return surviving(place, filled(place, smaller), check(asksOf(q, smaller)), most)
              },
            })
        }
      }
    for (let at = from; at < Math.min(count, from + perRows) && !stopped(); at += perChunk) {
      const size = Math.min(perChunk, count - at)
      const cases = Array.from({ length: size }, (_, i) => caseAt(at + i))
      await Promise.all(places.map(through(cases)))
    }
  }
  return wrong
}
