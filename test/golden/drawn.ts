/**
 * Random queries and writes, each with rows to run it on: the same ones in every run.
 */
import * as fc from 'fast-check'

import type { AnyClosedQuery } from '../../src/testing/query.js'
import { query } from '../../src/testing/query.js'
import { contents } from '../../src/testing/rows.js'
import { type AnyClosedWrite, write } from '../../src/testing/write.js'
import type { Tables } from '../../src/interpret/tables.js'
import { asked, written } from '../property/world.js'

/** How many are drawn together, under a seed of their own. */
export const drawnAtOnce = 25

const drawn = <A>(make: () => fc.Arbitrary<A>, firstSeed: number): ((chunk: number) => ReadonlyArray<A>) => {
  const known = new Map<number, ReadonlyArray<A>>()
  return (chunk) => {
    const before = known.get(chunk)
    if (before !== undefined) return before
    const made = fc.sample(make(), { seed: firstSeed + chunk, numRuns: drawnAtOnce })
    known.set(chunk, made)
    return made
  }
}

export const drawnQueries: (chunk: number) => ReadonlyArray<readonly [Tables, AnyClosedQuery]> = drawn(
  () => fc.tuple(contents(asked), query(asked)),
  1000,
)

export const drawnWrites: (chunk: number) => ReadonlyArray<readonly [Tables, AnyClosedWrite]> = drawn(
  () => fc.tuple(contents(written), write(written)),
  2000,
)
