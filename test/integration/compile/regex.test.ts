// Regular expressions: the common subset means one thing on every engine and in memory, and the rest is refused.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  type Expr,
  from,
  insertInto,
  integer,
  not,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  regexMatches,
  select,
  table,
  text,
  where,
} from '../../../src/index.js'
import { emptyTables, interpret } from '../../../src/memory.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const words = table('words', { id: pipe(integer, primaryKey), word: pipe(text, nullable) })

const fixture: ReadonlyArray<string | null> = [
  'abcdefg',
  'ab/cdefg',
  'ab%cdefg',
  'ab_cdefg',
  'abcde/fg',
  'abcde%fg',
  'ab#cdefg',
  'ab9cdefg',
  'abcde#fg',
  'abcd9fg',
  null,
  'Ab\ncd\n',
  '🐍é٣',
  '',
  'a.b*c+d?e^f$g(h)i[j]k{l}m|n\\o-p&q&&r',
  '\t x',
]

const to10 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
const ids = (...all: ReadonlyArray<number>): ReadonlyArray<number> => all
const there = [...to10, 12, 13, 14, 15, 16]

/** Each pattern with the rows that it matches: 1 to 10 are those of the list of behaviours. */
const matching: ReadonlyArray<readonly [string, string, ReadonlyArray<number>]> = [
  ['[LIK22]', 'a.cde', ids(1, 5, 6, 9)],
  ['[LIK22]', 'b.cde', ids(2, 3, 4, 7, 8)],
  ['[LIK22]', 'abc', ids(1, 5, 6, 9, 10)],
  ['[LIK22]', '^abc', ids(1, 5, 6, 9, 10)],
  ['[LIK22]', '9cde', ids(8)],
  ['[LIK22]', '^a', [...to10, 15]],
  ['[LIK22]', '(b|c)', [...to10, 12, 15]],
  ['[LIK22]', '^(b|c)', []],
  ['', '', there],
  ['', '()', there],
  ['', 'zz|', there],
  ['', '^$', ids(14)],
  ['', 'b.c', ids(2, 3, 4, 7, 8, 12, 15)],
  ['', 'd$', []],
  ['', 'd.$', ids(12)],
  ['', '^.{3}$', ids(13, 16)],
  ['', '^[^a-zA-Z]*$', ids(13, 14)],
  ['', '\\d', ids(8, 10)],
  ['', '^\\D+$', ids(1, 2, 3, 4, 5, 6, 7, 9, 12, 13, 15, 16)],
  ['', '^\\w+$', ids(1, 4, 8, 10)],
  ['', 'b\\Wc', ids(2, 3, 7, 12, 15)],
  ['', '\\s', ids(12, 16)],
  ['', '^\\s\\S*\\s\\S$', ids(16)],
  ['', '\\t', ids(16)],
  ['', '\\n$', ids(12)],
  ['', '[\\n]c', ids(12)],
  ['', 'a\\.b\\*c\\+d\\?e\\^f\\$g\\(h\\)i\\[j\\]k\\{l\\}m\\|n\\\\o-p', ids(15)],
  ['', '[.*+?^$()\\[\\]{}|\\\\&-]{2}', ids(15)],
  ['', '[a&&b]&', ids(15)],
  ['', '[%-]', ids(3, 6, 15)],
  ['', '[^\\w/%#\\n]c', ids(15)],
  ['', '🐍', ids(13)],
  ['', '^[🐍🐢].', ids(13)],
  ['', '^(?:ab[/%])?cd', ids(2, 3)],
  ['', '^(?:ab[/%])+cd', ids(2, 3)],
  ['', 'b{0}c{1}d{1,}e{0,3}f', ids(1, 2, 3, 4, 7, 8)],
  ['', '^a+?b*?(cd)??', [...to10, 15]],
  ['', 'x y|/', ids(2, 5)],
  ['', "'", []],
]

const folding: ReadonlyArray<readonly [string, string, ReadonlyArray<number>]> = [
  ['[LIK25]', 'ABC', ids(1, 5, 6, 9, 10)],
  ['[LIK25]', '^aB.C', ids(2, 3, 4, 7, 8, 12)],
  ['[LIK25]', '^[A-C]+\\nC', ids(12)],
]

/** What engines read differently, and what is no pattern at all. */
const refusedPatterns = [
  '(',
  ')',
  '(a',
  'a)',
  '[',
  '[a',
  '[]',
  '[]a]',
  '[^]',
  'a**',
  '*a',
  '+',
  '?',
  '^*',
  'a|*',
  '(*a)',
  'a{2,1}',
  'a{256}',
  'a{',
  'a}',
  ']',
  '{2}',
  '{',
  '\\',
  'a\\',
  '\\b',
  '\\A',
  '\\1',
  '\\p{L}',
  '\\x41',
  '(?i)a',
  '(?=a)',
  '(?<n>a)',
  '(?<!a)',
  '[[:alpha:]]',
  '[a-\\d]',
  '[z-a]',
  '[\\D]',
  '***=a',
  'a++',
  '[a',
  '\\',
  'a{,2}',
]

const asked = (on: Expr<boolean | null, 'words', 'words'>) =>
  pipe(from(words), where(on), orderBy(words.id), select(words.id))

const rows = fixture.map((word, i) => ({ id: i + 1, word }))

describe('regular expressions in memory', () => {
  it.each(refusedPatterns)('%s is refused, also where no row is', (pattern) => {
    expect(tagOf(interpret(asked(regexMatches(pattern)(words.word)))(emptyTables))).toBe('InvalidValue')
  })
})

describe.each(places())('regular expressions on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ words })
    await world.rows(insertInto(words)(rows))
  })
  afterAll(() => world.close())

  it.each(matching)('[dialect 91] %s %s', async (_, pattern, found) => {
    expect(await world.rows(asked(regexMatches(pattern)(words.word)))).toEqual(found)
  })

  it.each(folding)('%s %s without case', async (_, pattern, found) => {
    expect(await world.rows(asked(regexMatches(pattern, 'i')(words.word)))).toEqual(found)
  })

  it('[LIK23] not: a null matches neither way', async () => {
    expect(await world.rows(asked(not(regexMatches('b.cde')(words.word))))).toEqual([
      1, 5, 6, 9, 10, 12, 13, 14, 15, 16,
    ])
    expect(await world.rows(pipe(from(words), orderBy(words.id), select(regexMatches('^ab')(words.word))))).toEqual([
      ...to10.map(() => true),
      null,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('[dialect 91] what engines read differently is refused before it is sent', async () => {
    world.sent()
    for (const pattern of refusedPatterns) {
      const outcome = await world.outcome(asked(regexMatches(pattern)(words.word)))
      expect(tagOf(outcome), pattern).toBe('InvalidValue')
    }
    expect(world.sent()).toEqual([])
  })

  it('a parameter may be the pattern; an expression, another flag or another type may not', async () => {
    const find = prepare(world.db.dialect)(asked(pipe(words.word, regexMatches(param('pattern', text)))))
    const answer = async (pattern: unknown) => {
      const load = find({ pattern })
      return E.isLeft(load) ? load : world.load(load.right)
    }
    expect(must(await answer('^abc')).rows).toEqual([1, 5, 6, 9, 10])
    expect(must(await answer('9cde')).rows).toEqual([8])
    expect(tagOf(await answer('('))).toBe('InvalidValue')
    expect(tagOf(await answer(undefined))).toBe('InvalidValue')
    // Untyped callers.
    const wrong = [
      regexMatches(words.word as unknown as string)(words.word),
      regexMatches('a', 'g' as unknown as 'i')(words.word),
      regexMatches('a')(words.id as unknown as Expr<string, 'words'>),
      regexMatches(1 as unknown as string)(words.word),
      regexMatches(null as unknown as string)(words.word),
    ]
    const tags = await Promise.all(wrong.map(async (on) => tagOf(await world.outcome(asked(on)))))
    expect(tags).toEqual(['IllFormed', 'IllFormed', 'IllFormed', 'InvalidValue', 'InvalidValue'])
  })
})
