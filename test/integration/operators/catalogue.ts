// Every operator and every function of relvar, each with what it gives for the rows of the fixture. Who adds one, adds it here:
// a unit test says which node or name no entry has.
import type { Entry } from './entry.js'
import { aggregates, queries } from './groups.js'
import { arithmetic, bits, casts, mathematics } from './numbers.js'
import { arrays, documents, more, texts, times, windows } from './others.js'
import { choice, comparison, logic, patterns } from './predicates.js'

export const catalogue: ReadonlyArray<Entry> = [
  ...comparison,
  ...logic,
  ...choice,
  ...patterns,
  ...arithmetic,
  ...mathematics,
  ...bits,
  ...casts,
  ...aggregates,
  ...queries,
  ...texts,
  ...times,
  ...documents,
  ...arrays,
  ...windows,
  ...more,
]

/** Functions that no entry has, and why. */
export const withoutEntry: Readonly<Record<string, string>> = {
  random: 'gives another number each time',
  currentDate: 'gives another day each day',
  currentTimestamp: 'gives another instant each time',
  matches: 'needs a full-text index on some engines',
  nextValue: 'gives another number each time',
  collate: 'has names that differ from engine to engine',
}
