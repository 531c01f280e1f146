// The tables of docs/errors.md list every code with its tag, and say of each error what the functions that answer for it say.
import { readdirSync, readFileSync } from 'node:fs'
import { type DbError, type DbErrorTag, isRetryable, transactionAlive } from 'relvar'
import { describe, expect, test } from 'vitest'

import { dbError, errorCodes } from '../../../src/effects/error-make.js'
import { planErrorCodes } from '../../../src/session/plan-error.js'

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')

/** The rows of the tables under a heading, as cells. */
const tableUnder = (heading: string): ReadonlyArray<ReadonlyArray<string>> => {
  const [, section = ''] = read('docs/errors.md').split(`\n## ${heading}\n`)
  return (section.split('\n## ')[0] ?? '')
    .split('\n')
    .filter((line) => /^\| RV\d+/.test(line))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
}

const codesUnder = (heading: string): ReadonlyArray<readonly [string, string]> =>
  tableUnder(heading).map(([code = '', tag = '']) => [tag.replaceAll('`', ''), code])

/** The tags and codes that a source file declares, read from its text: types leave nothing behind to ask. */
const declaredIn = (path: string): ReadonlyArray<readonly [string, string]> =>
  [...read(path).matchAll(/readonly _tag: '(\w+)'\n {2}readonly code: '(RV\d+)'/g)].map(
    ([, tag = '', code = '']) => [tag, code] as const,
  )

describe('docs/errors.md lists exactly the codes that there are', () => {
  test('of DbError', () => {
    expect(codesUnder('DbError')).toEqual(Object.entries(errorCodes))
  })

  test('of CompileError', () => {
    const declared = [...declaredIn('src/compile/compile-error.ts'), ...declaredIn('src/effects/linting.ts')]
    expect(declared.length).toBeGreaterThan(0)
    expect(codesUnder('CompileError')).toEqual(declared)
  })

  test('of PlanError', () => {
    expect(codesUnder('PlanError')).toEqual(Object.entries(planErrorCodes))
  })

  test('no code stands for two tags', () => {
    const all = ['DbError', 'CompileError', 'PlanError'].flatMap(codesUnder)
    expect(new Set(all.map(([, code]) => code)).size).toBe(all.length)
    expect(new Set(all.map(([tag]) => tag)).size).toBe(all.length)
  })
})

/** One error of the tag for each answer that its fields may give. */
const samples = (tag: DbErrorTag): ReadonlyArray<DbError> => {
  const base = { message: '', statement: null, cause: null }
  const phases = ['driver', 'connect', 'auth', 'session', 'statement', 'closed'] as const
  if (tag === 'Connection')
    return phases.flatMap((phase) =>
      (['no', 'maybe'] as const).map((sent) => dbError('Connection', { ...base, phase, sent })),
    )
  if (tag === 'Deadlock')
    return [true, false].map((endsTransaction) => dbError('Deadlock', { ...base, endsTransaction }))
  // The two questions look at the tag alone for all other errors, so the fields that are left out here are not missed.
  return [dbError(tag, base as never)]
}

/** What a cell must begin with: `if` and `unless` stand for an answer that depends on the error's fields. */
const answerOf = (answers: ReadonlyArray<boolean>, yes: string, no: string, some: RegExp): RegExp =>
  answers.every((answer) => answer)
    ? new RegExp(`^${yes}$`)
    : answers.some((answer) => answer)
      ? some
      : new RegExp(`^${no}$`)

describe('docs/errors.md says of each DbError', () => {
  for (const [, tag = '', , , again, transaction] of tableUnder('DbError')) {
    // The first test of this file compares the tags with those that there are.
    const name = tag.replaceAll('`', '') as DbErrorTag
    test(`${name}: whether to try again, and whether the transaction is alive`, () => {
      expect(again).toMatch(answerOf(samples(name).map(isRetryable), 'yes', 'no', /^if /))
      expect(transaction).toMatch(answerOf(samples(name).map(transactionAlive), 'alive', 'gone', /^alive unless /))
    })
  }
})

describe('errors are named rightly elsewhere in the docs', () => {
  test('every code that a page names stands in the table', () => {
    const known = new Set(
      [
        ...['DbError', 'CompileError', 'PlanError'].flatMap(codesUnder),
        ...declaredIn('src/interpret/eval-error.ts'),
      ].map(([, code]) => code),
    )
    const pages = readdirSync(new URL('../../../docs', import.meta.url), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.md'))
    const named = pages.flatMap((file) => [...read(`docs/${file}`).matchAll(/\bRV\d{3}\b/g)].map(([code]) => code))
    expect(named.filter((code) => !known.has(code))).toEqual([])
  })
})
