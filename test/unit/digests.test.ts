// Every operator in every place, the statements of docs/features.md and TPC-H's queries become what test/golden/digests.txt says:
// a line for each, with a digest of its statements in each dialect; of operators and TPC-H also of the answer in memory, where rows
// are few. What the answers mean is tested on the engines; this says which statements a change touches, and costs no engine.
//
// `RELVAR_GOLDEN=write` writes the file anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

import type { AnyClosedQuery } from '../../src/testing/query.js'
import { isDdl } from '../../src/expr/ddl-node.js'
import type { Kind, Query } from '../../src/expr/query.js'
import { answerDigest, compiledDigest, digestOf, valuesOf } from '../golden/digest.js'
import { dialects, shown } from '../golden/shown.js'
import { type GoldenStatement, marked } from '../golden/statement.js'
import { memoryOf } from '../support/in-memory.js'
import { catalogue } from '../integration/operators/catalogue.js'
import type { Entry } from '../integration/operators/entry.js'
import { inserts } from '../integration/operators/fixture.js'
import * as place from '../integration/operators/place.js'
import * as clauses from '../support/features/clauses.js'
import * as functions from '../support/features/functions.js'
import { allQueries, queryNames } from '../tpch/queries/all.js'

const file = fileURLToPath(new URL('../golden/digests.txt', import.meta.url))

type Closed = Query<unknown, never, never, never, Kind>

interface Line {
  readonly name: string
  readonly digests: () => ReadonlyArray<string>
}

const memory = memoryOf(...inserts)

// -- operators --------------------------------------------------------------------------------------------------------

// The catalogue is one list of expressions of all types, so the types of its statements say nothing: they are closed.
const readsOf = (entry: Entry): ReadonlyArray<readonly [string, ReadonlyArray<Closed>]> =>
  (
    [
      ['select', place.inSelect(entry)],
      ['where', place.inWhere(entry)],
      ['order by', place.inOrderBy(entry)],
      ['group by', place.inGroupBy(entry)],
      ['derived', place.inDerived(entry)],
    ] as const
  ).map(([name, asked]) => [name, asked.map(({ query }) => query as Closed)])

const writesOf = (entry: Entry): ReadonlyArray<readonly [string, ReadonlyArray<Closed>]> =>
  (
    [
      ['set', place.inSet(entry)],
      ['values', place.inValues(entry)],
    ] as const
  ).map(([name, written]) => [name, (written?.statements ?? []).map((statement) => statement as Closed)])

const compiled = (all: ReadonlyArray<Closed>): ReadonlyArray<string> =>
  dialects.map((dialect) => digestOf(all.map(compiledDigest(dialect))))

const ofEntry = (entry: Entry): ReadonlyArray<Line> => [
  ...readsOf(entry).map(([at, all]) => ({
    name: `${entry.name}, ${at}`,
    digests: () => [
      ...compiled(all),
      // Whatever stands in a group by comes in any order.
      digestOf(all.map((q) => answerDigest(memory, q as AnyClosedQuery, at !== 'group by'))),
    ],
  })),
  ...writesOf(entry).map(([at, all]) => ({ name: `${entry.name}, ${at}`, digests: () => compiled(all) })),
]

// -- others -----------------------------------------------------------------------------------------------------------

const ofStatement = (statement: GoldenStatement): Line => ({
  name: statement.name,
  digests: () => {
    const value = statement.value(marked().markers)
    return isDdl(value)
      ? dialects.map((dialect) => digestOf(shown(dialect)(statement).statements.map(valuesOf)))
      : // As above.
        compiled([value as Closed])
  },
})

const groups: ReadonlyArray<{ readonly name: string; readonly lines: ReadonlyArray<Line> }> = [
  ...catalogue.map((entry) => ({ name: entry.name, lines: ofEntry(entry) })),
  ...Object.entries({ ...functions, ...clauses }).map(([name, statements]) => ({
    name: `features: ${name}`,
    lines: statements.map(ofStatement),
  })),
  ...queryNames.map((name) => ({
    name: `tpch: ${name}`,
    // The list of all of them has one type, of queries that are closed.
    lines: [{ name: `tpch ${name}`, digests: () => compiled([allQueries[name] as Closed]) }],
  })),
]

const textOf = ({ name, digests }: Line): string => `${digests().join(' ')}  ${name.replaceAll('\n', ' ')}`

if (process.env['RELVAR_GOLDEN'] === 'write')
  writeFileSync(file, `${groups.flatMap(({ lines }) => lines.map(textOf)).join('\n')}\n`)

const kept = new Set(readFileSync(file, 'utf8').split('\n'))

describe('digests', () => {
  it.each(groups)('$name', ({ lines }) => {
    expect(lines.map(textOf).filter((line) => !kept.has(line))).toEqual([])
  })

  it('are of what there is, and of nothing else', () => {
    expect(kept.size - 1).toBe(new Set(groups.flatMap(({ lines }) => lines.map(({ name }) => name))).size)
  })
})
