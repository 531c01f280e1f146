// What is generated is well-typed, holds every kind of node, and mostly gives rows.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { interpret } from 'relvar/memory'
import { type AnyClosedQuery, code, contents, query, show, write } from 'relvar/testing'
import { expect, test } from 'vitest'

import { nodeOfQuery, query as queryOf } from '../../src/expr/query.js'
import { type FeatureKind, featureKinds, featuresOf, wordsOf } from '../support/differential/features.js'
import { asked, written } from './world.js'

const samples = fc.sample(fc.tuple(contents(asked), query(asked)), { numRuns: 600, seed: 20261121 })
const writes = fc.sample(write(written), { numRuns: 200, seed: 20261121 })

/** Features that are too rare for so few samples: one function or aggregate of many. A long run meets them all (`npm run fuzz`). */
const rare: ReadonlyArray<FeatureKind> = ['function', 'aggregate', 'window']

test('[property 38] over 600 samples every node, join, set operation, relation, clause and type appears', () => {
  const found = new Set([...samples.map(([, q]) => q), ...writes].flatMap((q) => [...featuresOf(nodeOfQuery(q))]))
  const expected = featureKinds
    .filter((kind) => !rare.includes(kind))
    .flatMap((kind) => wordsOf(kind).map((word) => `${kind} ${word}`))
  expect(expected.filter((feature) => !found.has(feature))).toEqual([])
})

/** What a query without its criteria and limits gives. */
const unrestricted = (q: AnyClosedQuery): AnyClosedQuery | null => {
  const node = nodeOfQuery(q)
  if (node._tag !== 'Select') return null
  const { where, having, limit, offset, present, keyset } = node
  const isRestricted =
    [where, having, limit, offset, keyset].some((part) => part !== null) || present.length > 0 || node.distinct
  return isRestricted
    ? queryOf<unknown, never, never, never, 'select'>({
        ...node,
        where: null,
        having: null,
        limit: null,
        offset: null,
        keyset: null,
        withTies: false,
        present: [],
        distinct: false,
      })
    : null
}

test('[property 39] at least a fifth of the results has rows, a twentieth all rows, and every query has a meaning', () => {
  const results = samples.map(([tables, q]) => ({ q, result: interpret(q)(tables) }))
  const refused = results.filter(
    ({ result }) => E.isLeft(result) && !['NoRows', 'MultipleRows', 'Overflow'].includes(result.left._tag),
  )
  expect(refused.map(({ q, result }) => [show(q), result])).toEqual([])
  const withRows = results.filter(({ result }) => E.isRight(result) && result.right.length > 0)
  expect(withRows.length / results.length).toBeGreaterThanOrEqual(0.2)
  // Of those that leave out rows by a criterion or a limit, some leave out none.
  const restricted = samples.flatMap(([tables, q]) => {
    const whole = unrestricted(q)
    if (whole === null) return []
    const [some, every] = [interpret(q)(tables), interpret(whole)(tables)]
    return E.isRight(some) && E.isRight(every) ? [{ some: some.right.length, every: every.right.length }] : []
  })
  const allRows = restricted.filter(({ some, every }) => every > 0 && some === every)
  expect(restricted.length).toBeGreaterThan(200)
  expect(allRows.length / restricted.length).toBeGreaterThanOrEqual(0.05)
})

test('a seed gives the same queries each time', () => {
  const drawn = (): ReadonlyArray<string> => fc.sample(query(asked), { numRuns: 20, seed: 7 }).map(show)
  expect(drawn()).toEqual(drawn())
})

test('a counterexample is shown as code that makes it again, and shrinks', () => {
  const outcome = fc.check(
    fc.property(query(asked), (q) => !show(q).includes('exists')),
    { seed: 3, numRuns: 500 },
  )
  const [shrunk] = outcome.counterexample ?? []
  expect(outcome.failed).toBe(true)
  expect(shrunk === undefined ? '' : fc.stringify(shrunk)).toBe(shrunk === undefined ? '-' : code(shrunk))
  expect(shrunk === undefined ? Infinity : show(shrunk).length).toBeLessThan(800)
})
