// Text is compared by its characters on every engine: case, accents and trailing spaces count, whoever stands on which side.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  and,
  asc,
  type Expr,
  between,
  charLength,
  concat,
  containsText,
  count,
  countDistinct,
  desc,
  distinct,
  endsWith,
  eq,
  from,
  groupBy,
  gt,
  ilike,
  inList,
  innerJoin,
  inQuery,
  insertInto,
  integer,
  isDistinctFrom,
  isNotDistinctFrom,
  like,
  literal,
  lower,
  max,
  min,
  ne,
  not,
  notInList,
  nullable,
  or,
  orderBy,
  primaryKey,
  select,
  startsWith,
  table,
  text,
  union,
  upper,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const words = table('words', {
  id: pipe(integer, primaryKey),
  word: pipe(text, nullable),
  short: pipe(varchar(20), nullable),
})
const other = pipe(words, alias('other'))
type On = Expr<boolean | null, 'words', 'words'>

// 1..11 are the LIKE fixture, the rest differ in nothing but case, accents and spaces
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
  'z',
  'Z',
  'z ',
  'ź',
  '',
  ' ',
  'x!y',
  'x\\y',
  'x\'y"z',
  '🐍x',
  '🐢x',
]

describe.each(places())('text on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ words })
    await world.rows(insertInto(words)(fixture.map((word, i) => ({ id: i + 1, word, short: word }))))
  })
  afterAll(() => world.close())

  const ids = async (on: On): Promise<ReadonlyArray<number>> =>
    world.rows(pipe(from(words), where(on), orderBy(words.id), select(words.id)))
  const like11 = async (on: On): Promise<ReadonlyArray<number>> => (await ids(on)).filter((id) => id <= 11)
  const all = fixture.flatMap((word, i) => (word === null ? [] : [i + 1]))

  it('[dialect 15] [dialect 16] [CMP03] equality sees case, accents and trailing spaces', async () => {
    for (const [i, word] of fixture.entries()) {
      if (word === null) continue
      expect(await ids(eq(words.word, word)), word).toEqual([i + 1])
      expect(await ids(eq(words.short, word)), word).toEqual([i + 1])
      expect(await ids(isNotDistinctFrom(words.word, word)), word).toEqual([i + 1])
      expect(await ids(pipe(words.word, inList([word, 'nothing']))), word).toEqual([i + 1])
      expect(await ids(pipe(words.word, between(word, word))), word).toEqual([i + 1])
      expect((await ids(ne(words.word, word))).length, word).toBe(all.length - 1)
      expect((await ids(pipe(words.short, notInList([word])))).length, word).toBe(all.length - 1)
      expect((await ids(isDistinctFrom(words.word, word))).length, word).toBe(all.length)
    }
  })

  it('[dialect 15] [dialect 16] so between two parameters, between two columns, and between a column and an expression', async () => {
    const same = (a: string, b: string) =>
      world.rows(pipe(from(words), where(eq(words.id, 1)), select(eq(literal(a, text), literal(b, varchar(20))))))
    expect(await same('a', 'a')).toEqual([true])
    expect(await same('a', 'A')).toEqual([false])
    expect(await same('a', 'a ')).toEqual([false])
    expect(await same('e', 'é')).toEqual([false])
    expect(await same('🐍', '🐢')).toEqual([false])
    expect(
      await world.rows(
        pipe(from(words), where(eq(words.id, 1)), select(eq(lower(literal('A', text)), literal('a', text)))),
      ),
    ).toEqual([true])
    expect(
      await world.rows(
        pipe(from(words), where(eq(words.id, 1)), select(pipe(literal('a', text), inList(['A', 'a '])))),
      ),
    ).toEqual([false])
    const pairs = await world.rows(
      pipe(
        from(words),
        innerJoin(other, eq(words.word, other.short)),
        select({ a: words.id, b: other.id }),
        orderBy(words.id),
      ),
    )
    expect(pairs).toEqual(all.map((id) => ({ a: id, b: id })))
    expect(await ids(eq(words.word, concat('Z', '')))).toEqual([13])
    expect(await ids(eq(concat(words.word, '!'), 'z !'))).toEqual([14])
    expect(await ids(eq(concat(words.word, words.short), 'zz'))).toEqual([12])
    expect(await ids(eq(lower(words.word), 'z'))).toEqual([12, 13])
    expect(
      await ids(pipe(words.word, inQuery(pipe(from(other), where(eq(other.id, 12)), select(other.word))))),
    ).toEqual([12])
  })

  it('[dialect 17] groups, distinct rows and unions keep them apart', async () => {
    const z = pipe(words.id, inList([12, 13, 14, 15]))
    expect(await world.rows(pipe(from(words), where(z), groupBy(words.word), select({ n: count() })))).toEqual([
      { n: 1 },
      { n: 1 },
      { n: 1 },
      { n: 1 },
    ])
    expect(await world.rows(pipe(from(words), where(z), select(words.word), distinct))).toHaveLength(4)
    expect(await world.rows(pipe(from(words), where(z), select(countDistinct(words.word))))).toEqual([4])
    const of = (id: number) => pipe(from(words), where(eq(words.id, id)), select({ word: words.word }))
    expect(await world.rows(pipe(of(12), union(of(13)), union(of(14)), union(of(15))))).toHaveLength(4)
  })

  it('[dialect 21] [STR03] the empty text is not null', async () => {
    expect(await ids(eq(words.word, ''))).toEqual([16])
    expect(
      await world.rows(
        pipe(from(words), where(eq(words.id, 16)), select({ word: words.word, n: charLength(words.word) })),
      ),
    ).toEqual([{ word: '', n: 0 }])
  })

  it('[dialect 22] [STR09] charLength counts characters', async () => {
    expect(
      await world.rows(
        pipe(
          from(words),
          where(pipe(words.id, inList([1, 14, 15, 21]))),
          orderBy(words.id),
          select(charLength(words.word)),
        ),
      ),
    ).toEqual([7, 2, 1, 2])
    expect(
      await world.rows(pipe(from(words), where(eq(words.id, 1)), select(charLength(literal('🐍é', text))))),
    ).toEqual([2])
  })

  it('[dialect 23] [STR10] A to Z have two cases', async () => {
    const [row] = await world.rows(
      pipe(
        from(words),
        where(eq(words.id, 13)),
        select({ low: lower(words.word), up: upper(words.word), both: upper(lower(literal('aZ9', text))) }),
      ),
    )
    expect(row).toEqual({ low: 'z', up: 'Z', both: 'AZ9' })
  })

  it('[LIK01] [LIK05] like takes % and _ for wildcards, of a value or an expression', async () => {
    expect(await like11(pipe(words.word, like('ab%c%')))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await like11(pipe(words.word, like(concat('ab', '%c%'))))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await like11(pipe(words.word, like('ab_cdefg')))).toEqual([2, 3, 4, 7, 8])
    expect(await ids(pipe(words.word, like(words.word)))).not.toContain(11)
  })

  it('[LIK02] [LIK07] [LIK10] [LIK17] startsWith, endsWith and containsText take them as they are', async () => {
    expect(await ids(pipe(words.word, startsWith('ab%c')))).toEqual([3])
    expect(await ids(pipe(words.word, startsWith('ab#c')))).toEqual([7])
    expect(await ids(pipe(words.word, endsWith('e%fg')))).toEqual([6])
    expect(await ids(pipe(words.word, endsWith('e#fg')))).toEqual([9])
    expect(await ids(pipe(words.word, containsText('b%cd')))).toEqual([3])
    expect(await ids(pipe(words.word, containsText('b_cd')))).toEqual([4])
    expect(await ids(pipe(words.word, containsText('')))).toEqual(all)
  })

  it('[LIK13] [LIK14] [dialect 20] the escape character, backslashes and quotes mean themselves in a value', async () => {
    expect(await ids(pipe(words.word, containsText('!')))).toEqual([18])
    expect(await ids(pipe(words.word, startsWith('x!')))).toEqual([18])
    expect(await ids(pipe(words.word, containsText('\\')))).toEqual([19])
    expect(await ids(pipe(words.word, like('x\\y')))).toEqual([19])
    expect(await ids(pipe(words.word, like('x!!y')))).toEqual([18])
    expect(await ids(pipe(words.word, like('x!\\y')))).toEqual([19])
    expect(await ids(pipe(words.word, like('x!y')))).toEqual([])
    expect(await ids(pipe(words.word, containsText('\'y"')))).toEqual([20])
    expect(await like11(pipe(words.word, like('ab!%c%')))).toEqual([3])
    expect(await like11(pipe(words.word, like('ab!_c%')))).toEqual([4])
  })

  it('a pattern that ends in the escape character is refused, since engines disagree about it', async () => {
    for (const pattern of ['!', 'ab!', 'ab!!!', '%!'])
      expect(tagOf(await world.outcome(pipe(from(words), where(pipe(words.word, like(pattern)))))), pattern).toBe(
        'InvalidValue',
      )
    expect(await ids(pipe(words.word, like('x!!')))).toEqual([])
  })

  it('[dialect 19] like minds case, ilike does not', async () => {
    expect(await ids(pipe(words.word, like('Z%')))).toEqual([13])
    expect(await ids(pipe(words.word, ilike('Z%')))).toEqual([12, 13, 14])
    expect(await like11(pipe(words.word, ilike('AB!%%')))).toEqual([3])
    expect(await ids(pipe(words.word, like('_x')))).toEqual([21, 22])
    expect(await ids(pipe(words.word, like('🐍%')))).toEqual([21])
    expect(await ids(pipe(words.word, ilike('🐍X')))).toEqual([21])
    expect(await ids(pipe(words.word, like('z')))).toEqual([12])
    expect(await ids(pipe(words.word, like('z ')))).toEqual([14])
  })

  it('[LIK23] not like leaves nulls out', async () => {
    expect(await like11(not(pipe(words.word, like('ab%c%'))))).toEqual([])
    expect(await like11(not(pipe(words.word, like('%9%'))))).toEqual([1, 2, 3, 4, 5, 6, 7, 9])
  })

  it('[dialect 12] [dialect 13] [STR07] concat joins; with a null it is null; of nothing it is empty', async () => {
    const [row] = await world.rows(
      pipe(
        from(words),
        where(eq(words.id, 12)),
        select({
          two: concat(words.word, words.short),
          five: concat('a', 'b', words.word, 'c', 'd'),
          none: concat(),
          one: concat(words.word),
          length: charLength(concat()),
        }),
      ),
    )
    expect(row).toEqual({ two: 'zz', five: 'abzcd', none: '', one: 'z', length: 0 })
    expect(await world.rows(pipe(from(words), where(eq(words.id, 11)), select(concat('a', words.word))))).toEqual([
      null,
    ])
    expect(
      await world.rows(
        pipe(from(words), where(eq(words.id, 11)), select(concat('a', literal(null, pipe(text, nullable))))),
      ),
    ).toEqual([null])
  })

  it('[CMP05] [CMP06] order, least and greatest text by code point, where the database has a binary order', async () => {
    const some = pipe(words.word, inList(['', ' ', 'Z', 'z', 'z ', 'ź', '🐍x', '🐢x']))
    const expected = ['', ' ', 'Z', 'z', 'z ', 'ź', '🐍x', '🐢x'].sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    )
    expect(await world.rows(pipe(from(words), where(some), orderBy(asc(words.word)), select(words.word)))).toEqual(
      expected,
    )
    expect(await world.rows(pipe(from(words), where(some), orderBy(desc(words.short)), select(words.short)))).toEqual(
      expected.toReversed(),
    )
    expect(
      await world.rows(pipe(from(words), where(some), select({ low: min(words.word), high: max(words.short) }))),
    ).toEqual([{ low: '', high: expected.at(-1) }])
    expect(await ids(and(gt(words.word, 'B'), some))).not.toContain(16)
  })

  it('a value longer than the column is looked for and not found', async () => {
    expect(await ids(eq(words.short, 'x'.repeat(30)))).toEqual([])
    expect(await ids(or(eq(words.short, 'x'.repeat(30)), pipe(words.short, inList(['y'.repeat(30), 'z']))))).toEqual([
      12,
    ])
  })
})
