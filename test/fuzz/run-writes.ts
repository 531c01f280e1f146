// The writes of a batch, on all engines side by side: one after the other, each over what those before it have left.
import type * as fc from 'fast-check'

import { nodeOfQuery } from '../../src/expr/query.js'
import type { Tables } from '../../src/memory.js'
import type { AnyClosedWrite } from '../../src/testing.js'
import { featuresOf } from '../support/differential/features.js'
import { fill } from '../support/differential/fill.js'
import type { Verdict } from '../support/differential/verdict.js'
import { type AskedWrite, checkWrite, isInStep, keptBy, writesTo } from '../support/differential/writes.js'
import type { Batch } from './batch.js'
import { drawnAt } from './draw.js'
import { persisting, surviving } from './crash.js'
import type { Wrong } from './found.js'
import type { Place } from './place.js'
import type { Standing } from './run-queries.js'
import { counted } from './tally.js'

interface Case {
  readonly at: number
  readonly statement: fc.Value<AnyClosedWrite>
  readonly asked: AskedWrite
  readonly features: ReadonlySet<string>
}

/** So many writes, one after the other, begin with the same rows. */
const perRows = 6

/** Runs writes, and gives those that went wrong. */
export const runWrites = async (
  { seed, worker, batch, tally, stopped }: Standing,
  places: ReadonlyArray<Place>,
  { kept, written }: Batch,
  count: number,
): Promise<ReadonlyArray<Wrong<AnyClosedWrite>>> => {
  const wrong: Array<Wrong<AnyClosedWrite>> = []
  /** Writes from the first rows on, each over the tables that the interpreter has after the one before. */
  const casesFrom = (from: number): ReadonlyArray<Case> => {
    let now: Tables = keptBy(kept, drawnAt(written.contents, seed, worker, batch, 4, from).value)
    return Array.from({ length: Math.min(perRows, count - from) }, (_, i): Case => {
      const statement = drawnAt(written.write, seed, worker, batch, 5, from + i)
      const asked = writesTo(statement.value, now)
      now = asked.after
      return { at: from + i, statement, asked, features: featuresOf(nodeOfQuery(statement.value)) }
    })
  }
  const filled = (place: Place, with_: Tables) => (): Promise<void> => fill(place.db(), written.tables, with_)
  const check = (place: Place, asked: AskedWrite) => (): Promise<Verdict> =>
    checkWrite(place.engine, place.db(), written.tables, asked)
  const noted = (place: Place, one: Case, verdict: Verdict): void => {
    counted(tally, place.engine.label, 'writes', verdict, one.features)
    if (verdict.verdict === 'wrong')
      wrong.push({
        place,
        at: `seed ${seed}, worker ${worker}, batch ${batch}, write ${one.at}`,
        tables: written.tables,
        rows: one.asked.before,
        of: written.write,
        statement: one.statement,
        verdict,
        again: async (w, smaller, most) => {
          await persisting(place, filled(place, smaller))
          return surviving(place, filled(place, smaller), check(place, writesTo(w, smaller)), most)
        },
      })
  }
  const through =
    (cases: ReadonlyArray<Case>) =>
    async (place: Place): Promise<void> => {
      let inStep = false
      for (const one of cases) {
        const prepared = filled(place, one.asked.before)
        if (!inStep) await persisting(place, prepared)
        const verdict = await surviving(place, prepared, check(place, one.asked))
        noted(place, one, verdict)
        inStep = isInStep(verdict)
      }
    }
  for (let from = 0; from < count && !stopped(); from += perRows)
    await Promise.all(places.map(through(casesFrom(from))))
  return wrong
}
