// What has been run so far: how runs ended, why there was no answer, and which features were answered, engine by engine.
import type { Outcome, Verdict } from '../support/differential/verdict.js'

export type Kind = 'queries' | 'writes'

/** Counts by words. */
export type Counts = Map<string, number>

/** Of one kind of statement on one engine. */
interface Ended {
  readonly outcomes: Map<Outcome, number>
  /** What the engine cannot say, or refused. */
  readonly whys: Counts
}

export interface OnEngine {
  readonly queries: Ended
  readonly writes: Ended
  /** How many statements with the feature were answered as the interpreter answers. */
  readonly features: Counts
}

export interface Tally {
  readonly engines: Map<string, OnEngine>
  /** What queries gave in memory: no row, all that there are of a table without a criterion, and so on. */
  readonly sizes: Counts
}

// -- constructors -----------------------------------------------------------------------------------------------------

const ended = (): Ended => ({ outcomes: new Map(), whys: new Map() })

export const emptyTally = (): Tally => ({ engines: new Map(), sizes: new Map() })

const onEngine = (tally: Tally, engine: string): OnEngine => {
  const known = tally.engines.get(engine) ?? { queries: ended(), writes: ended(), features: new Map() }
  tally.engines.set(engine, known)
  return known
}

// -- combinators (a tally is one worker's own, and grows) ---------------------------------------------------------------

const add = <K>(to: Map<K, number>, key: K, count = 1): void => void to.set(key, (to.get(key) ?? 0) + count)

/** One more statement that has run. */
export const counted = (
  tally: Tally,
  engine: string,
  kind: Kind,
  { verdict, why }: Verdict,
  features: ReadonlySet<string>,
): void => {
  const own = onEngine(tally, engine)
  add(own[kind].outcomes, verdict)
  if (verdict === 'unsupported' || verdict === 'refused') add(own[kind].whys, `${verdict}: ${why}`)
  if (verdict === 'same' || verdict === 'errors') for (const feature of features) add(own.features, feature)
}

/** One more answer in memory. */
export const sized = (tally: Tally, rows: number | null): void =>
  add(tally.sizes, rows === null ? 'an error' : rows === 0 ? 'no rows' : 'rows')

/** The sum of tallies. */
export const summed = (tallies: ReadonlyArray<Tally>): Tally => {
  const sum = emptyTally()
  for (const tally of tallies) {
    for (const [size, count] of tally.sizes) add(sum.sizes, size, count)
    for (const [engine, own] of tally.engines) {
      const all = onEngine(sum, engine)
      for (const [feature, count] of own.features) add(all.features, feature, count)
      for (const kind of ['queries', 'writes'] as const) {
        for (const [outcome, count] of own[kind].outcomes) add(all[kind].outcomes, outcome, count)
        for (const [why, count] of own[kind].whys) add(all[kind].whys, why, count)
      }
    }
  }
  return sum
}

// -- destructors ------------------------------------------------------------------------------------------------------

export const total = (counts: ReadonlyMap<unknown, number>): number =>
  [...counts.values()].reduce((sum, count) => sum + count, 0)

/** How many statements of a kind have run on the engine that is behind. */
export const run = (tally: Tally, kind: Kind): number =>
  tally.engines.size === 0 ? 0 : Math.min(...[...tally.engines.values()].map((own) => total(own[kind].outcomes)))
