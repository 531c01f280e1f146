// Every operator over columns of one type after the other, whether it takes them or not: what each dialect makes of it, in which
// words it is refused, and what memory says, is what test/golden/mistyped.txt says in a digest for each type.
//
// TypeScript refuses most of these expressions; what it refuses is refused in words, too (test/unit/compile/untyped-operators).
// `RELVAR_GOLDEN=write` writes the file anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import type { Query } from '../../src/expr/query.js'
import { from, groupBy, orderBy, select } from '../../src/index.js'
import { answerDigest, compiledDigest, digestOf } from '../golden/digest.js'
import { dialects } from '../golden/shown.js'
import { catalogue } from '../integration/operators/catalogue.js'
import type { Entry } from '../integration/operators/entry.js'
import { columns, inserts, type Operands, things } from '../integration/operators/fixture.js'
import { memoryOf } from '../support/in-memory.js'

const file = fileURLToPath(new URL('../golden/mistyped.txt', import.meta.url))
const memory = memoryOf(...inserts)

const types = ['n', 'big', 'x', 'price', 'name', 'flag', 'day', 'at', 'clock', 'uid', 'kind', 'doc', 'bytes'] as const

/** The fixture with one of its columns in the place of all. */
const only = (key: (typeof types)[number]): Operands =>
  Object.fromEntries(Object.keys(columns).map((name) => [name, columns[key]])) as unknown as Operands

type Closed = Query<unknown, never, never, never, 'select'>

/** The query, or the message of the definition that refuses such operands. */
const queryOf = (entry: Entry, key: (typeof types)[number]): Closed | string => {
  try {
    const v = entry.build(only(key))
    const all = entry.kind === 'aggregate' ? pipe(from(things), groupBy(things.id)) : from(things)
    // Expressions of all types: the types of this query say nothing. It is closed.
    return pipe(all as typeof all & { readonly never: never }, orderBy(things.id), select({ v })) as unknown as Closed
  } catch (error) {
    if (error instanceof TypeError) return error.message
    throw error
  }
}

const ofType = (entry: Entry, key: (typeof types)[number]): string => {
  const query = queryOf(entry, key)
  return typeof query === 'string'
    ? digestOf(query)
    : digestOf([...dialects.map((dialect) => compiledDigest(dialect)(query)), answerDigest(memory, query, true)])
}

const lineOf = (entry: Entry): string => `${types.map((key) => ofType(entry, key)).join(' ')}  ${entry.name}`

if (process.env['RELVAR_GOLDEN'] === 'write')
  writeFileSync(file, `${[`${types.join(' ')}`, ...catalogue.map(lineOf)].join('\n')}\n`)

const kept = readFileSync(file, 'utf8').split('\n')

describe('operators over columns of any type', () => {
  it.each(catalogue.map((entry) => [entry.name, entry] as const))('%s', (name, entry) => {
    expect(lineOf(entry)).toBe(kept.find((line) => line.endsWith(`  ${name}`)))
  })
})
