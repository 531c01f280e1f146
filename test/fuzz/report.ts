// What a run prints: how far it is, and in the end how runs ended and what they were made of.
import type { Engine } from '../support/servers/engine.js'
import { everyFeature } from '../support/differential/features.js'
import { tooOften, unnamed } from '../support/differential/shares.js'
import type { Found } from './found.js'
import { type Kind, type OnEngine, run, type Tally, total } from './tally.js'

const kinds: ReadonlyArray<Kind> = ['queries', 'writes']

const count = (n: number): string => n.toLocaleString('en')

/** One line of how far a run is. */
export const progress = (tally: Tally, seconds: number, found: number): string => {
  const parts = kinds.map((kind) => {
    const so = run(tally, kind)
    return `${count(so)} ${kind} (${(so / Math.max(1, seconds)).toFixed(1)}/s)`
  })
  return `${Math.round(seconds)} s: ${parts.join(', ')}, ${found} disagreements`
}

const lines = (rows: ReadonlyArray<ReadonlyArray<string>>): ReadonlyArray<string> => {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  )
}

/** How the statements of a kind ended on each engine. */
const outcomes = (tally: Tally, kind: Kind): ReadonlyArray<string> => {
  const header = [kind, 'run', 'same rows', 'same errors', 'unsupported', 'refused', 'overflow', 'wrong']
  const row = ([engine, own]: readonly [string, OnEngine]): ReadonlyArray<string> => [
    engine,
    count(total(own[kind].outcomes)),
    ...(['same', 'errors', 'unsupported', 'refused', 'overflow', 'wrong'] as const).map((outcome) =>
      count(own[kind].outcomes.get(outcome) ?? 0),
    ),
  ]
  return lines([header, ...[...tally.engines].map(row)])
}

const whys = (tally: Tally, kind: Kind): ReadonlyArray<string> =>
  [...tally.engines].flatMap(([engine, own]) =>
    [...own[kind].whys].sort(([, a], [, b]) => b - a).map(([why, n]) => `  ${engine}, ${kind}: ${count(n)} × ${why}`),
  )

const coverage = (tally: Tally): ReadonlyArray<string> => {
  const engines = [...tally.engines]
  const features = [...new Set([...everyFeature, ...engines.flatMap(([, own]) => [...own.features.keys()])])]
  return lines([
    ['feature', ...engines.map(([engine]) => engine)],
    ...features.map((feature) => [feature, ...engines.map(([, own]) => count(own.features.get(feature) ?? 0))]),
  ])
}

/** Features that no engine has answered. */
const unreached = (tally: Tally): ReadonlyArray<string> =>
  everyFeature.filter((feature) => [...tally.engines.values()].every((own) => !own.features.has(feature)))

/** A run this long meets every feature. */
const longEnough = 5_000

/** What is wrong with a run as a whole, besides what the engines disagree in. */
export const problems = (tally: Tally, engines: ReadonlyArray<Engine>): ReadonlyArray<string> => {
  const missing = run(tally, 'queries') >= longEnough && run(tally, 'writes') > 0 ? unreached(tally) : []
  const shares = engines.flatMap((engine) =>
    kinds.flatMap((kind) => {
      const own = tally.engines.get(engine.label)?.[kind]
      if (own === undefined) return []
      const unsaid = new Map([...own.whys].filter(([why]) => why.startsWith('unsupported')))
      return [
        ...unnamed(engine, [...unsaid.keys()]).map((why) => `no known cause: ${why}`),
        ...tooOften(engine, unsaid, total(own.outcomes)),
      ].map((why) => `${engine.label}, ${kind}: ${why}`)
    }),
  )
  return [...missing.map((feature) => `nothing with ${feature} was answered`), ...shares]
}

/** All counts of a run. */
export const summary = (tally: Tally): string =>
  [
    ...coverage(tally),
    '',
    ...kinds.flatMap((kind) => [...outcomes(tally, kind), '']),
    ...kinds.flatMap((kind) => whys(tally, kind)),
    '',
    `answers of queries in memory: ${[...tally.sizes].map(([size, n]) => `${size} ${count(n)}`).join(', ')}`,
  ].join('\n')

/** A counterexample as it is printed. */
export const shown = ({ engine, at, kind, text }: Found): string => `\n== ${engine}: ${kind} (${at})\n${text}\n`
