// Functions of text: each gives what is written here, on every engine and in memory, wherever the expression stands.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  type AnyExpr,
  byteLength,
  charLength,
  collate,
  concatWs,
  eq,
  type Expr,
  from,
  indexOf,
  innerJoin,
  insertInto,
  integer,
  literal,
  lpad,
  ltrim,
  nullable,
  orderBy,
  primaryKey,
  repeat,
  replace,
  reverse,
  rpad,
  rtrim,
  select,
  substring,
  table,
  takeLeft,
  takeRight,
  text,
  trim,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const words = table('words', {
  id: pipe(integer, primaryKey),
  word: pipe(text, nullable),
  short: pipe(varchar(20), nullable),
  n: pipe(integer, nullable),
})

const rows = [
  { id: 1, word: 'wendy', short: 'en', n: 2 },
  { id: 2, word: '🐍é  ', short: 'é', n: -1 },
  { id: 3, word: null, short: 'a', n: 1 },
  { id: 4, word: 'x', short: null, n: null },
  { id: 5, word: '', short: '', n: 1_000_000 },
  { id: 6, word: ' \t%_!\\\'"', short: '%', n: 0 },
]

/** What an expression gives for the rows, in their order. */
const expected: ReadonlyArray<readonly [string, Expr<unknown, 'words', string>, ReadonlyArray<unknown>]> = [
  ['[STR09] charLength', charLength(words.word), [5, 4, null, 1, 0, 8]],
  ['[STR09] byteLength', byteLength(words.word), [5, 8, null, 1, 0, 8]],
  ['trim', trim(words.word), ['wendy', '🐍é', null, 'x', '', '\t%_!\\\'"']],
  ['ltrim', ltrim(words.word), ['wendy', '🐍é  ', null, 'x', '', '\t%_!\\\'"']],
  ['rtrim', rtrim(words.word), ['wendy', '🐍é', null, 'x', '', ' \t%_!\\\'"']],
  ['[dialect 24] substring(1, 2)', pipe(words.word, substring(1, 2)), ['en', 'é ', null, '', '', '\t%']],
  ['[dialect 24] substring(1)', pipe(words.word, substring(1)), ['endy', 'é  ', null, '', '', '\t%_!\\\'"']],
  ['[dialect 24] substring(-2, 3)', pipe(words.word, substring(-2, 3)), ['wen', '🐍é ', null, 'x', '', ' \t%']],
  ['[dialect 24] substring(0, -1)', pipe(words.word, substring(0, -1)), ['', '', null, '', '', '']],
  ['[dialect 24] substring(2147483647)', pipe(words.word, substring(2147483647)), ['', '', null, '', '', '']],
  [
    '[dialect 24] substring(1, 2147483647)',
    pipe(words.word, substring(1, 2147483647)),
    ['endy', 'é  ', null, '', '', '\t%_!\\\'"'],
  ],
  [
    '[dialect 24] substring by rows',
    pipe(words.word, substring(words.n)),
    ['ndy', '🐍é  ', null, null, '', ' \t%_!\\\'"'],
  ],
  [
    '[dialect 24] substring by rows, twice',
    pipe(words.word, substring(charLength(words.short), words.n)),
    ['nd', '', null, null, '', ''],
  ],
  ['indexOf a value', pipe(words.word, indexOf('e')), [1, -1, null, -1, -1, -1]],
  ['indexOf a value beyond an emoji', pipe(words.word, indexOf('é')), [-1, 1, null, -1, -1, -1]],
  ['indexOf nothing', pipe(words.word, indexOf('')), [0, 0, null, 0, 0, 0]],
  ['indexOf minds case', pipe(words.word, indexOf('E')), [-1, -1, null, -1, -1, -1]],
  ['indexOf an expression', pipe(words.word, indexOf(words.short)), [1, 1, null, null, 0, 2]],
  ['replace', pipe(words.word, replace('e', '<>')), ['w<>ndy', '🐍é  ', null, 'x', '', ' \t%_!\\\'"']],
  ['replace minds case', pipe(words.word, replace('W', 'v')), ['wendy', '🐍é  ', null, 'x', '', ' \t%_!\\\'"']],
  ['replace nothing', pipe(words.word, replace('', 'v')), ['wendy', '🐍é  ', null, 'x', '', ' \t%_!\\\'"']],
  ['replace by rows', pipe(words.word, replace(words.short, '')), ['wdy', '🐍  ', null, null, '', ' \t_!\\\'"']],
  ['takeLeft', pipe(words.word, takeLeft(2)), ['we', '🐍é', null, 'x', '', ' \t']],
  ['takeLeft of less than none', pipe(words.word, takeLeft(-1)), ['', '', null, '', '', '']],
  ['takeLeft by rows', pipe(words.word, takeLeft(words.n)), ['we', '', null, null, '', '']],
  ['takeRight', pipe(words.word, takeRight(3)), ['ndy', 'é  ', null, 'x', '', '\\\'"']],
  ['takeRight of none', pipe(words.word, takeRight(0)), ['', '', null, '', '', '']],
  ['takeRight by rows', pipe(words.word, takeRight(words.n)), ['dy', '', null, null, '', '']],
  ['lpad', pipe(words.short, lpad(4, 'ab')), ['aben', 'abaé', 'abaa', null, 'abab', 'aba%']],
  ['lpad cuts', pipe(words.word, lpad(2)), ['we', '🐍é', null, ' x', '  ', ' \t']],
  ['rpad', pipe(words.short, rpad(4, '🐍b')), ['en🐍b', 'é🐍b🐍', 'a🐍b🐍', null, '🐍b🐍b', '%🐍b🐍']],
  ['rpad to less than nothing', pipe(words.word, rpad(-3)), ['', '', null, '', '', '']],
  ['repeat', pipe(words.short, repeat(2)), ['enen', 'éé', 'aa', null, '', '%%']],
  ['repeat not at all', pipe(words.short, repeat(-2)), ['', '', '', null, '', '']],
  [
    'concatWs leaves nulls out',
    concatWs('-', words.word, words.short, 'z'),
    ['wendy-en-z', '🐍é  -é-z', 'a-z', 'x-z', '--z', ' \t%_!\\\'"-%-z'],
  ],
  [
    'concatWs of nulls',
    concatWs(', ', words.word, words.word),
    ['wendy, wendy', '🐍é  , 🐍é  ', '', 'x, x', ', ', ' \t%_!\\\'", \t%_!\\\'"'.replace(', \t', ',  \t')],
  ],
  ['concatWs with a separator of rows', concatWs(words.short, 'a', 'b'), ['aenb', 'aéb', 'aab', null, 'ab', 'a%b']],
  [
    'functions in functions',
    trim(pipe(words.word, takeRight(3), lpad(5), replace(' ', ''))),
    ['ndy', 'é', null, 'x', '', '\\\'"'],
  ],
]

describe.each(places())('functions of text on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ words })
    await world.rows(insertInto(words)(rows))
  })
  afterAll(() => world.close())

  const values = async (e: AnyExpr): Promise<ReadonlyArray<unknown>> => {
    // Whatever the type of the expression is, its source is `words`.
    const query = pipe(from(words), orderBy(words.id), select({ e: e as Expr<unknown, 'words'> }))
    return (await world.rows(query)).map((row) => row.e)
  }

  it.each(expected)('%s', async (_, e, all) => {
    expect(await values(e)).toEqual(all)
  })

  it('reverse, where there is one', async () => {
    const reversed = pipe(from(words), orderBy(words.id), select(reverse(words.word)))
    if (place.name === 'sqlite') expect(tagOf(await world.outcome(reversed))).toBe('Unsupported')
    else expect(await world.rows(reversed)).toEqual(['ydnew', '  é🐍', null, 'x', '', '"\'\\!_%\t '])
  })

  it('a text does not grow beyond what every engine holds', async () => {
    for (const e of [
      pipe(words.short, repeat(10_001)),
      pipe(words.short, lpad(10_001)),
      pipe(words.short, rpad(2 ** 31)),
      pipe(words.short, rpad(3, '')),
    ])
      expect(tagOf(await world.outcome(pipe(from(words), select({ e }))))).toBe('InvalidValue')
    expect(
      await world.rows(
        pipe(from(words), where(eq(words.id, 1)), select(charLength(pipe(words.short, repeat(10_000))))),
      ),
    ).toEqual([20_000])
    // Untyped callers may give what is no number, or an expression.
    for (const wrong of ['2', 1.5, null, {}, words.n]) {
      const e = pipe(words.short, repeat(wrong as unknown as number))
      expect(['InvalidValue', 'IllFormed']).toContain(tagOf(await world.outcome(pipe(from(words), select({ e })))))
    }
  })

  it('[C66] in a join and an order they mean the same', async () => {
    const other = pipe(words, alias('other'))
    const query = pipe(
      from(words),
      innerJoin(other, eq(pipe(words.word, takeLeft(1)), pipe(other.word, substring(0, 1)))),
      orderBy(charLength(trim(words.word)), indexOf('e')(words.word)),
      select({ a: words.id, b: other.id }),
    )
    expect(await world.rows(query)).toEqual([
      { a: 5, b: 5 },
      { a: 4, b: 4 },
      { a: 2, b: 2 },
      { a: 1, b: 1 },
      { a: 6, b: 6 },
    ])
  })
})

describe.each(engines())('collations on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ words })
    await world.rows(insertInto(words)(rows))
  })
  afterAll(() => world.close())

  it('collate takes those of the engine', async () => {
    const folding = {
      postgres: 'en-x-icu',
      mysql: 'utf8mb4_0900_ai_ci',
      mariadb: 'utf8mb4_general_ci',
      sqlite: 'NOCASE',
    }[engine.name]
    const one = (a: string, b: string, name: string) =>
      world.rows(
        pipe(from(words), where(eq(words.id, 1)), select(eq(pipe(literal(a, text), collate(name)), literal(b, text)))),
      )
    // Those of PostgreSQL order, and take no two texts for one.
    expect(await one('a', 'A', folding)).toEqual([engine.name !== 'postgres'])
    const binary = { postgres: 'C', mysql: 'utf8mb4_0900_bin', mariadb: 'utf8mb4_nopad_bin', sqlite: 'BINARY' }
    expect(await one('a', 'A', binary[engine.name])).toEqual([false])
    expect(tagOf(await world.outcome(pipe(from(words), orderBy(collate('no_such')(words.word)))))).toBe('Sql')
    for (const name of ['a b', '"', 'x"; --', '', '1a']) expect(() => collate(name), name).toThrow(TypeError)
  })
})
