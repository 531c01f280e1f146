// Patterns: LIKE and its kin take each value for what it is, on every engine, in memory, and in each clause.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  asc,
  caseWhen,
  collate,
  concat,
  containsText,
  count,
  endsWith,
  eq,
  type Expr,
  from,
  groupBy,
  gt,
  having,
  ilike,
  indexOf,
  innerJoin,
  insertInto,
  integer,
  like,
  literal,
  lower,
  max,
  not,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  type Query,
  regexMatches,
  replace,
  select,
  set,
  startsWith,
  substring,
  table,
  text,
  trim,
  update,
  where,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const words = table('words', {
  id: pipe(integer, primaryKey),
  word: pipe(text, nullable),
  part: pipe(text, nullable),
})

/** 1 to 11 are those of the list of behaviours. */
const fixture: ReadonlyArray<readonly [string | null, string | null]> = [
  ['abcdefg', 'ab'],
  ['ab/cdefg', 'ab/'],
  ['ab%cdefg', 'ab%c'],
  ['ab_cdefg', '_'],
  ['abcde/fg', '%'],
  ['abcde%fg', 'e%fg'],
  ['ab#cdefg', 'ab#c'],
  ['ab9cdefg', 'ab_c'],
  ['abcde#fg', 'e#fg'],
  ['abcd9fg', ''],
  [null, 'a'],
  ['ab!cdefg', 'b!c'],
  ['x\\y', '\\'],
  ['i % t', '% t'],
  ['a%b/_c', 'a%b/_c'],
  ['ABC', null],
  ['ébc', 'É'],
]
const rows = fixture.map(([word, part], i) => ({ id: i + 1, word, part }))
const to10 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]

type On = Expr<boolean | null, 'words', 'words'>
const asked = (on: On) => pipe(from(words), where(on), orderBy(words.id), select(words.id))

/** Which rows a criterion keeps. */
const kept: ReadonlyArray<readonly [string, On, ReadonlyArray<number>]> = [
  ['[C14] [P03] [LIK01] like, wildcards active', pipe(words.word, like('ab%c%')), [...to10, 12]],
  ['[C14] like minds case', pipe(words.word, like('A%')), [16]],
  ['[C15] [LIK23] not like leaves nulls out', not(pipe(words.word, like('a%'))), [13, 14, 16, 17]],
  ['[C16] [P02] [LIK19] ilike', pipe(words.word, ilike('AB!%%')), [3]],
  ['[C16] [LIK19] ilike of small letters', pipe(words.word, ilike('abc%')), [1, 5, 6, 9, 10, 16]],
  ['[LIK02] startsWith takes % as it is', pipe(words.word, startsWith('ab%c')), [3]],
  ['[LIK04] startsWith takes # as it is', pipe(words.word, startsWith('ab#c')), [7]],
  [
    '[LIK05] startsWith an expression, whose wildcards mean themselves',
    pipe(words.word, startsWith(concat('ab', '%c'))),
    [3],
  ],
  [
    '[LIK05] like an expression, whose wildcards are active',
    pipe(words.word, like(concat('ab%c', '%'))),
    [...to10, 12],
  ],
  ['[LIK05] startsWith a column', pipe(words.word, startsWith(words.part)), [1, 2, 3, 7, 10, 15]],
  ['[LIK05] endsWith a column', pipe(words.word, endsWith(words.part)), [6, 9, 10, 14, 15]],
  [
    '[LIK05] containsText of a column',
    pipe(words.word, containsText(words.part)),
    [1, 2, 3, 4, 6, 7, 9, 10, 12, 13, 14, 15],
  ],
  ['[LIK07] endsWith takes % as it is', pipe(words.word, endsWith('e%fg')), [6]],
  ['[LIK08] endsWith takes # as it is', pipe(words.word, endsWith('e#fg')), [9]],
  ['[LIK10] containsText takes % as it is', pipe(words.word, containsText('b%cde')), [3]],
  ['[LIK11] containsText takes # as it is', pipe(words.word, containsText('b#cd')), [7]],
  ['[LIK11] containsText takes _ as it is', pipe(words.word, containsText('b_cd')), [4]],
  ['[LIK13] the escape character means itself', pipe(words.word, containsText('b!c')), [12]],
  ['[LIK14] a backslash means itself', pipe(words.word, containsText('\\')), [13]],
  ['[LIK14] so it does in a pattern', pipe(words.word, like('x\\y')), [13]],
  ['[LIK16] % and _ in one value', pipe(words.word, startsWith('a%b/_c')), [15]],
  ['[LIK17] escaping is what is meant unasked', pipe(words.word, containsText('%')), [3, 6, 14, 15]],
  ['[LIK26] a percent sign beside blanks', pipe(words.word, containsText('i % t')), [14]],
  ['the empty text stands in all', pipe(words.word, containsText('')), [...to10, 12, 13, 14, 15, 16, 17]],
  ['a null part is no answer', not(pipe(words.word, containsText(words.part))), [5, 8, 17]],
]

const filled = pipe(emptyTables, withRows(words)(rows))

describe.each(places())('patterns on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ words })
    await world.rows(insertInto(words)(rows))
  })
  afterAll(() => world.close())

  it.each(kept)('[dialect 19] %s', async (_, on, ids) => {
    expect(await world.rows(asked(on))).toEqual(ids)
  })

  it('[LIK20] [dialect 23] beyond ASCII ilike folds as the engine does', async () => {
    // PostgreSQL folds by the locale of the database, or by a collation that says one.
    const word = place.name === 'postgres' ? pipe(words.word, collate('en-x-icu')) : words.word
    expect(await world.rows(asked(pipe(word, ilike('É%'))))).toEqual(place.name === 'sqlite' ? [] : [17])
  })

  it('a parameter may be looked for: it means itself, too', async () => {
    const find = prepare(world.db.dialect)(asked(pipe(words.word, containsText(param('part', text)))))
    const answer = async (part: unknown) => {
      const load = find({ part })
      return E.isLeft(load) ? load : world.load(load.right)
    }
    expect(must(await answer('b%c')).rows).toEqual([3])
    expect(must(await answer('b_c')).rows).toEqual([4])
    expect(must(await answer('b!c')).rows).toEqual([12])
    expect(tagOf(await answer(null))).toBe('InvalidValue')
    for (const wrong of [undefined, null, 1, {}, [], Number.NaN])
      for (const looked of [startsWith, endsWith, containsText, like, ilike])
        expect(tagOf(await world.outcome(asked(pipe(words.word, looked(wrong as unknown as string)))))).toBe(
          'InvalidValue',
        )
  })

  const operators: ReadonlyArray<readonly [string, Expr<string | number | boolean | null, 'words', 'words'>]> = [
    ['like', pipe(words.word, like('ab%'))],
    ['ilike', pipe(words.word, ilike('AB%'))],
    ['startsWith', pipe(words.word, startsWith(words.part))],
    ['containsText', pipe(words.word, containsText('b'))],
    ['regexMatches', pipe(words.word, regexMatches('^ab.c', 'i'))],
    ['concat', concat(words.word, '-', words.part)],
    ['lower', lower(words.word)],
    ['trim', trim(words.word)],
    ['substring', pipe(words.word, substring(1, 2))],
    ['indexOf', pipe(words.word, indexOf('c'))],
    ['replace', pipe(words.word, replace('b', 'B'))],
  ]

  it.each(operators)('[C66] [C27] %s means the same in select, where, on, order, group and having', async (_, e) => {
    const other = pipe(words, alias('other'))
    const own = pipe(from(words), select({ id: words.id, e }), orderBy(words.id))
    const expected = pipe(filled, E.chainW(interpret(own)))
    if (E.isLeft(expected)) throw new Error(expected.left.message)
    expect(await world.rows(own)).toEqual(expected.right)
    const [first] = expected.right.filter((row) => row.e !== null).map((row) => row.e)
    // One value of the expression itself, as it is bound.
    const wanted = typeof first === 'string' ? literal(first, text) : literal(Number(first), integer)
    const same = (
      typeof first === 'boolean' ? e : eq(e as Expr<string, 'words', 'words'>, wanted as Expr<string>)
    ) as On
    const agree = async <P, S extends string, O extends string>(query: Query<P, S, O, never>): Promise<void> => {
      const known = pipe(filled, E.chainW(interpret(query)))
      if (E.isLeft(known)) throw new Error(known.left.message)
      expect(await world.rows(query)).toEqual(known.right)
    }
    await agree(pipe(from(words), where(same), orderBy(words.id), select({ id: words.id, n: words.id })))
    await agree(
      pipe(
        from(other),
        innerJoin(words, same),
        where(eq(other.id, 1)),
        orderBy(words.id),
        select({ id: words.id, n: other.id }),
      ),
    )
    await agree(pipe(from(words), orderBy(asc(e), words.id), select({ id: words.id, n: words.id })))
    await agree(pipe(from(words), groupBy(e), orderBy(asc(e)), select({ id: max(words.id), n: count() })))
    await agree(
      pipe(from(words), groupBy(words.id), having(same), orderBy(words.id), select({ id: words.id, n: count() })),
    )
    await agree(pipe(from(words), orderBy(words.id), select({ id: words.id, n: caseWhen(same, 1).otherwise(0) })))
  })

  it('[C66] in the values of a write they mean the same', async () => {
    const copy = table('copy', { id: pipe(integer, primaryKey), word: pipe(text, nullable) })
    await world.create({ copy })
    const put = [
      { id: 1, word: concat('a', '%', 'b') },
      { id: 2, word: pipe(literal('a%b', text), replace('%', '!')) },
      { id: 3, word: pipe(literal('wendy', text), substring(1, 3)) },
    ]
    await world.rows(insertInto(copy)(put))
    await world.rows(
      pipe(update(copy), set({ word: concat(trim(copy.word), '.') }), where(gt(indexOf('b')(copy.word), 0))),
    )
    expect(await world.rows(pipe(from(copy), orderBy(copy.id), select(copy.word)))).toEqual(['a%b.', 'a!b.', 'end'])
    await world.drop({ copy })
  })
})

describe.each(engines())('the text of patterns on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ words })
  })
  afterAll(() => world.close())

  it('[LIK16] a value is bound escaped, the escape character with it', async () => {
    world.sent()
    await world.rows(asked(pipe(words.word, startsWith('a%b/_c'))))
    const [statement] = world.sent()
    expect(statement?.parameters).toEqual(['a!%b/!_c%'])
    expect(statement?.sql).toContain("ESCAPE '!'")
  })
})
