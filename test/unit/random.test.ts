// Random queries and writes become what test/golden/random.txt says: a line for each, with a digest of its statements in each
// dialect and of its answer in memory.
//
// The golden statements next to it say what a person can read; these say that nothing else changes unseen, over all nodes that
// the generators know. A digest is no proof of a right answer: that is what the engines are for (test/property). It makes a
// change of the compiler or the interpreter show the queries that it touches, and that is why mutation testing may count what
// these tests catch.
//
// `RELVAR_GOLDEN=write` writes the file anew. When you meant to change text or meaning, look at what the failing test prints
// (it shows such queries as code) before you keep the new file; when you changed a generator or its tables, all lines change.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

import { nodeOfQuery } from '../../src/expr/query.js'
import { schema } from '../../src/index.js'
import { tablesIn } from '../../src/interpret/tables.js'
import { show } from '../../src/testing.js'
import { answerDigest, appliedDigest, compiledDigest } from '../golden/digest.js'
import { drawnAtOnce, drawnQueries, drawnWrites } from '../golden/drawn.js'
import { dialects } from '../golden/shown.js'
import { moves, owners, pets, stock, visits, written } from '../property/world.js'

const file = fileURLToPath(new URL('../golden/random.txt', import.meta.url))
const writes = process.env['RELVAR_GOLDEN'] === 'write'
const queryChunks = 40
const writeChunks = 16

interface Line {
  readonly digests: ReadonlyArray<string>
  readonly shown: () => string
}

const columns = [...dialects.map(({ name }) => name), 'memory']

const queriesOf = (chunk: number): ReadonlyArray<Line> =>
  drawnQueries(chunk).map(([tables, q]) => {
    const node = nodeOfQuery(q)
    const isOrdered = (node._tag === 'Select' || node._tag === 'SetOperation') && node.orderBy.length > 0
    return {
      digests: [...dialects.map((dialect) => compiledDigest(dialect)(q)), answerDigest(tables, q, isOrdered)],
      shown: () => show(q),
    }
  })

const all = tablesIn(schema({ owners, pets, visits, stock, moves }))

const writesOf = (chunk: number): ReadonlyArray<Line> =>
  drawnWrites(chunk).map(([tables, w]) => ({
    digests: [
      ...dialects.map((dialect) => compiledDigest(dialect)(w)),
      appliedDigest({ ...tables, infos: all.infos }, w, written),
    ],
    shown: () => show(w),
  }))

const chunks = [
  ...Array.from({ length: queryChunks }, (_, i) => ({ name: `queries ${i}`, lines: () => queriesOf(i) })),
  ...Array.from({ length: writeChunks }, (_, i) => ({ name: `writes ${i}`, lines: () => writesOf(i) })),
]

const textOf = (lines: ReadonlyArray<Line>): ReadonlyArray<string> => lines.map(({ digests }) => digests.join(' '))

if (writes)
  writeFileSync(
    file,
    `${[columns.join(' '), ...chunks.flatMap(({ name, lines }) => [`# ${name}`, ...textOf(lines())])].join('\n')}\n`,
  )

const kept = readFileSync(file, 'utf8').trimEnd().split('\n')

const keptOf = (name: string): ReadonlyArray<string> => {
  const start = kept.indexOf(`# ${name}`) + 1
  return start === 0 ? [] : kept.slice(start, start + drawnAtOnce)
}

/** The queries that changed, each as code with the columns that differ. */
const changes = (lines: ReadonlyArray<Line>, before: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.flatMap(({ digests, shown }, i) => {
    const old = before[i]?.split(' ') ?? []
    const differ = columns.filter((_, at) => digests[at] !== old[at])
    return differ.length === 0 ? [] : [`${differ.join(', ')}: ${shown()}`]
  })

describe('random statements', () => {
  it.each(chunks)('$name are what the file says', ({ name, lines }) => {
    expect(changes(lines(), keptOf(name)).slice(0, 5)).toEqual([])
  })
})
