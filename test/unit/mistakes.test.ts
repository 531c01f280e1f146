// What each dialect, and memory, says of a wrong query, write or definition is what test/golden/mistakes.txt says: in words, and
// before anything is sent. A dialect that can say it shows its first statement.
//
// `RELVAR_GOLDEN=write` writes the file anew.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import type { Load } from '../../src/compile/load.js'
import { isDdl } from '../../src/expr/ddl-node.js'
import { type Kind, type Query, statementOf } from '../../src/expr/query.js'
import { isWrite } from '../../src/expr/query-node.js'
import { compile, compileDdl } from '../../src/index.js'
import { apply, interpret, tablesIn } from '../../src/memory.js'
import { definitions, mistaken, mistakes, type Mistakes } from '../golden/mistakes.js'
import { dialects } from '../golden/shown.js'

const file = fileURLToPath(new URL('../golden/mistakes.txt', import.meta.url))

type Failure = { readonly _tag: string; readonly message: string }

const wordsOf = (outcome: E.Either<Failure, string>): string =>
  E.isLeft(outcome) ? `${outcome.left._tag}: ${outcome.left.message}` : outcome.right

const firstOf = (load: E.Either<Failure, Load<unknown>>): E.Either<Failure, string> =>
  E.isLeft(load) ? load : E.right(load.right._tag === 'Done' ? 'nothing' : load.right.statement.sql)

const tables = tablesIn(mistaken)

// These are no queries by their types.
const inMemory = (value: unknown): E.Either<Failure, string> => {
  const query = value as Query<unknown, never, never, never, Kind>
  const node = statementOf(query)
  const outcome =
    node !== null && isWrite(node)
      ? apply(query as Query<unknown, never, never, never, 'insert'>)(tables)
      : interpret(query as Query<unknown, never, never, never, 'select'>)(tables)
  return E.isLeft(outcome) ? outcome : E.right('rows')
}

/** What is said, once where all say one thing. */
const said = (make: () => unknown): ReadonlyArray<string> => {
  let value: unknown
  try {
    value = make()
  } catch (error) {
    if (error instanceof TypeError) return [`TypeError: ${error.message}`]
    throw error
  }
  const by = isDdl(value)
    ? dialects.map((dialect) => [dialect.name, wordsOf(firstOf(compileDdl(dialect)(value)))] as const)
    : [
        ...dialects.map(
          (dialect) =>
            [
              dialect.name,
              wordsOf(firstOf(compile(dialect)(value as Query<unknown, never, never, never, Kind>))),
            ] as const,
        ),
        ['memory', wordsOf(inMemory(value))] as const,
      ]
  const words = [...new Set(by.map(([, of]) => of))]
  return words.map((of) => {
    const names = by.flatMap(([name, own]) => (own === of ? [name] : []))
    return names.length === by.length ? of : `${names.join(', ')}: ${of}`
  })
}

const textOf = (group: string, all: Mistakes): string =>
  Object.entries(all)
    .map(([name, make]) => `# ${group}: ${name}\n${said(make).join('\n')}\n`)
    .join('\n')

const groups = { ...mistakes, definitions }

if (process.env['RELVAR_GOLDEN'] === 'write')
  writeFileSync(
    file,
    Object.entries(groups)
      .map(([name, all]) => textOf(name, all))
      .join('\n'),
  )

const kept = readFileSync(file, 'utf8')

describe('mistakes', () => {
  it.each(Object.entries(groups))('in %s', (name, all) => {
    const start = kept.indexOf(`# ${name}: ${Object.keys(all)[0] ?? ''}\n`)
    const text = textOf(name, all)
    expect(start).toBeGreaterThanOrEqual(0)
    expect(kept.slice(start, start + text.length)).toBe(text)
  })
})
