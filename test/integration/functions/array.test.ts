// Functions of arrays: PostgreSQL's and memory's agree, elsewhere each is refused with what to use instead.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  array,
  arrayAppend,
  arrayConcat,
  arrayContainedBy,
  arrayContains,
  arrayLength,
  arrayOverlaps,
  arrayPosition,
  asDate,
  elementAt,
  eq,
  eqAnyElement,
  type Expr,
  from,
  groupBy,
  having,
  gt,
  count,
  insertInto,
  integer,
  json,
  literal,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  select,
  table,
  text,
  timestamptz,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { openWorld, tagOf } from '../../support/run-load.js'
import { filled, type Place, places } from './places.js'

const lists = table('lists', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  numbers: pipe(array(integer), nullable),
  words: array(pipe(text, nullable)),
  grid: array(array(text)),
  prices: array(numeric(6, 2)),
  days: array(pipe(timestamptz, asDate)),
})

const at = new Date('2012-10-15T12:57:18.123Z')

const rows = [
  {
    id: 1,
    n: 3,
    numbers: [1, 2, 3],
    words: ['a', null, 'O\'Hara "🐍" \\ {x,y}'],
    grid: [
      ['a', 'b"'],
      ['{', '🐍'],
    ],
    prices: ['1.50' as const, '-0.05' as const],
    days: [at],
  },
  { id: 2, n: null, numbers: [], words: [], grid: [], prices: [], days: [] },
  { id: 3, n: 7, numbers: null, words: [null], grid: [['']], prices: ['0.00' as const], days: [] },
  {
    id: 4,
    n: 2,
    numbers: [2, 2, -2147483648],
    words: ['NULL', '', 'a'],
    grid: [['x']],
    prices: ['1.50' as const],
    days: [at, at],
  },
]

const own = places.filter(({ label }) => label === 'memory' || label.startsWith('postgres'))
const byId = orderBy(lists.id)

describe.each(own)('functions of arrays on $label', ({ open }) => {
  let place: Place
  beforeAll(async () => {
    place = await open([filled(lists, rows)])
  })
  afterAll(() => place.close())

  const asked = async <A>(e: Expr<A, 'lists', 'lists'>): Promise<ReadonlyArray<unknown>> =>
    place.rows(pipe(from(lists), byId, select(e)))

  it('[ARR01] [ARR02] arrays come back whole: quotes, emoji, nulls, nested and empty ones', async () => {
    expect(await place.rows(pipe(from(lists), byId))).toEqual(rows)
  })

  it('[ARR01] arrayLength and elementAt', async () => {
    expect(await asked(arrayLength(lists.numbers))).toEqual([3, 0, null, 3])
    expect(await asked(arrayLength(lists.grid))).toEqual([2, 0, 1, 1])
    expect(await asked(elementAt(lists.numbers, 0))).toEqual([1, null, null, 2])
    expect(await asked(elementAt(lists.numbers, 2))).toEqual([3, null, null, -2147483648])
    expect(await asked(elementAt(lists.numbers, lists.n))).toEqual([null, null, null, -2147483648])
    for (const beyond of [-1, -2, 3, 2147483647, -2147483648])
      expect(await asked(elementAt(lists.numbers, beyond)), String(beyond)).toEqual([null, null, null, null])
    expect(await asked(elementAt(lists.words, 2))).toEqual(['O\'Hara "🐍" \\ {x,y}', null, null, 'a'])
    expect(await asked(elementAt(lists.prices, 1))).toEqual(['-0.05', null, null, null])
    expect(await asked(elementAt(lists.days, 0))).toEqual([at, null, null, at])
  })

  it('[ARR02] arrayContains, arrayContainedBy and arrayOverlaps; nulls are equal to nothing', async () => {
    expect(await asked(arrayContains(lists.numbers, [2, 2]))).toEqual([true, false, null, true])
    expect(await asked(arrayContains(lists.numbers, []))).toEqual([true, true, null, true])
    const hasA = pipe(lists.words, arrayContains(['a']))
    expect(await asked(hasA)).toEqual([true, false, false, true])
    expect(await asked(arrayContains(lists.words, ['a', null]))).toEqual([false, false, false, false])
    expect(await asked(arrayContains(lists.words, ['NULL']))).toEqual([false, false, false, true])
    expect(await asked(arrayContains(lists.grid, [['🐍'], ['a']]))).toEqual([true, false, false, false])
    expect(await asked(arrayContains(lists.prices, ['1.5' as const]))).toEqual([true, false, false, true])
    expect(await asked(arrayContains(lists.days, [at]))).toEqual([true, false, false, true])
    expect(await asked(arrayContainedBy(lists.numbers, [1, 2, 3, 4]))).toEqual([true, true, null, false])
    expect(await asked(arrayContainedBy(lists.words, ['a', null]))).toEqual([false, true, false, false])
    expect(await asked(arrayOverlaps(lists.numbers, [3, 9]))).toEqual([true, false, null, false])
    expect(await asked(arrayOverlaps(lists.words, [null, 'b']))).toEqual([false, false, false, false])
    expect(await asked(arrayOverlaps(lists.words, lists.words))).toEqual([true, false, false, true])
  })

  it('arrayConcat and arrayAppend; null of null', async () => {
    expect(await asked(arrayConcat(lists.numbers, [9]))).toEqual([[1, 2, 3, 9], [9], null, [2, 2, -2147483648, 9]])
    expect(await asked(arrayConcat(lists.words, lists.words))).toEqual(rows.map((r) => [...r.words, ...r.words]))
    expect(await asked(arrayConcat(lists.grid, lists.grid))).toEqual(rows.map((r) => [...r.grid, ...r.grid]))
    expect(await asked(arrayAppend(lists.numbers, lists.n))).toEqual([[1, 2, 3, 3], null, null, [2, 2, -2147483648, 2]])
    expect(await asked(arrayAppend(lists.words, 'it\'s "'))).toEqual(rows.map((r) => [...r.words, 'it\'s "']))
    expect(await asked(arrayAppend(lists.days, at))).toEqual(rows.map((r) => [...r.days, at]))
    expect(await asked(arrayLength(arrayConcat(lists.numbers, lists.numbers)))).toEqual([6, 0, null, 6])
  })

  it('arrayPosition and eqAnyElement', async () => {
    expect(await asked(arrayPosition(lists.numbers, 2))).toEqual([1, null, null, 0])
    expect(await asked(arrayPosition(lists.numbers, lists.n))).toEqual([2, null, null, 0])
    expect(await asked(arrayPosition(lists.words, 'a'))).toEqual([0, null, null, 2])
    expect(await asked(arrayPosition(lists.days, at))).toEqual([0, null, null, 0])
    expect(await asked(eqAnyElement(lists.n, lists.numbers))).toEqual([true, false, null, true])
    expect(await asked(eqAnyElement(lists.n, [3, 2]))).toEqual([true, null, false, true])
    expect(await asked(eqAnyElement(literal('b', text), lists.words))).toEqual([null, false, null, false])
    expect(await asked(eqAnyElement(literal('a', text), lists.words))).toEqual([true, false, null, true])
  })

  it('[C66] [ARR02] in every clause', async () => {
    expect(
      await place.rows(pipe(from(lists), where(arrayContains(lists.numbers, [2])), byId, select(lists.id))),
    ).toEqual([1, 4])
    const size = arrayLength(lists.words)
    expect(
      await place.rows(
        pipe(from(lists), groupBy(size), having(gt(count(), 1)), orderBy(size), select({ size, n: count() })),
      ),
    ).toEqual([{ size: 3, n: 2 }])
  })

  it('what does not fit is refused', async () => {
    const refused = (e: unknown): Promise<string> =>
      asked(e as Expr<number, 'lists', 'lists'>).then(() => 'Right', String)
    expect(await refused(arrayContains(lists.numbers, ['x'] as never))).toContain('InvalidValue')
    expect(await refused(arrayContains(lists.numbers, [null] as never))).toContain('InvalidValue')
    expect(await refused(arrayContains(lists.numbers, lists.words as never))).toContain('IllFormed')
    expect(await refused(arrayLength(lists.id as never))).toContain('IllFormed')
    expect(await refused(elementAt(lists.grid, 0))).toContain('IllFormed')
    expect(await refused(elementAt(lists.numbers, 0.5))).toContain('InvalidValue')
    expect(await refused(arrayAppend(lists.numbers, 'x' as never))).toContain('InvalidValue')
    expect(await refused(eqAnyElement(lists.n, undefined as never))).toContain('InvalidValue')
    expect(await refused(arrayContains(lists.numbers, undefined as never))).toContain('InvalidValue')
    const documents = literal([1], array(json(t.unknown)))
    expect(await refused(arrayContains(documents, documents))).toContain('Unsupported')
  })
})

const plain = table('plain', { id: pipe(integer, primaryKey) })

describe.each(engines().filter(({ name }) => name !== 'postgres'))('functions of arrays on $label', (engine) => {
  it('[ARR01] [ARR02] are refused, and so are arrays', async () => {
    const world = await openWorld(engine)
    try {
      await world.create({ plain })
      await world.rows(insertInto(plain)([{ id: 1 }]))
      const list = literal([1], array(integer))
      for (const e of [
        arrayLength(list),
        elementAt(list, 0),
        arrayContains(list, list),
        arrayContainedBy(list, list),
        arrayOverlaps(list, list),
        arrayConcat(list, list),
        arrayAppend(list, 1),
        arrayPosition(list, 1),
        eqAnyElement(plain.id, list),
      ])
        expect(tagOf(await world.outcome(pipe(from(plain), where(eq(plain.id, 1)), select({ e }))))).toBe('Unsupported')
    } finally {
      await world.close()
    }
  })
})
