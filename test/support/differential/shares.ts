// How many runs ended how, and whether an engine says as much as it should.
import type { Engine } from '../servers/engine.js'
import { type Cause, causes } from './unsaid.js'
import type { Verdict } from './verdict.js'

/** Why runs ended without an answer, and how many of them each time. */
export const unanswered = (verdicts: ReadonlyArray<Verdict>): string => {
  const counts = new Map<string, number>()
  for (const { verdict, why } of verdicts)
    if (verdict !== 'same' && verdict !== 'errors')
      counts.set(`${verdict} ${why}`, (counts.get(`${verdict} ${why}`) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([why, count]) => `${count} × ${why}`)
    .join('\n')
}

/** The causes of an engine. */
export const causesOf = (engine: Engine): ReadonlyArray<Cause> => causes.filter((c) => c.engine.test(engine.name))

/** What an engine is said not to say, that no cause names. */
export const unnamed = (engine: Engine, whys: ReadonlyArray<string>): ReadonlyArray<string> =>
  whys.filter((why) => !causesOf(engine).some((c) => c.said.test(why)))

/** The causes that were met more often than they may be, in words. */
export const tooOften = (engine: Engine, whys: ReadonlyMap<string, number>, runs: number): ReadonlyArray<string> =>
  causesOf(engine).flatMap(({ said, most }) => {
    const count = [...whys].reduce((sum, [why, n]) => (said.test(why) ? sum + n : sum), 0)
    // Of a few runs, three are no share.
    return count > Math.max(3, most * runs) ? [`${count} of ${runs}, more than ${most * 100} %: ${said.source}`] : []
  })
