// Decimals are numbers to every engine: exact sums, products and comparisons, whatever their scales.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AnyQuery } from '../../../src/expr/query.js'
import {
  everyRow,
  abs,
  add,
  asc,
  avg,
  between,
  bigint,
  caseWhen,
  coalesce,
  desc,
  div,
  eq,
  from,
  groupBy,
  gt,
  inList,
  inQuery,
  innerJoin,
  insertInto,
  intDiv,
  integer,
  isDistinctFrom,
  literal,
  lt,
  max,
  min,
  mod,
  mul,
  ne,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  real,
  select,
  set,
  smallint,
  sub,
  subquery,
  sum,
  table,
  union,
  unionAll,
  unsigned,
  update,
  where,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { openPlace, type Place } from './place.js'

const prices = table('prices', {
  id: pipe(integer, primaryKey),
  price: numeric(8, 2),
  rate: pipe(numeric(6, 3), nullable),
  wide: numeric(25, 2),
  small: smallint,
  count: pipe(integer, unsigned),
  share: real,
})
const long = table('long', {
  id: pipe(integer, primaryKey),
  n: numeric(18, 0),
  kept: numeric(10, 2, { storedAs: 'text' }),
})
const huge = table('huge', { id: pipe(integer, primaryKey), n: pipe(bigint, unsigned) })

const rows = [
  { id: 1, price: '2.90', rate: '0.100', wide: '1.00', small: 32767, count: 4294967295, share: 0.5 },
  { id: 2, price: '-0.05', rate: null, wide: '-1.00', small: -32768, count: 0, share: 16777216 },
  { id: 3, price: '9.50', rate: '9.500', wide: '0.00', small: 1, count: 2, share: -1.25 },
  { id: 4, price: '10.00', rate: '-0.001', wide: '12345678901234567890123.45', small: 0, count: 3, share: 0 },
] as const

const as = (q: unknown): AnyQuery => q as AnyQuery
const named = places().map((one) => [one.name, one] as const)

describe.each(named)('%s', (name, somewhere) => {
  let place: Place
  const hasUnsigned = name !== 'sqlite'

  beforeAll(async () => {
    place = await openPlace(somewhere)
    await place.create(hasUnsigned ? { prices, long, huge } : { prices, long })
    await place.rows(as(insertInto(prices)(rows)))
    await place.rows(as(insertInto(long)([{ id: 1, n: '999999999999999999', kept: '1.50' }])))
  })
  afterAll(() => place.close())

  const one = async (e: unknown, id = 1): Promise<unknown> =>
    (await place.rows(as(pipe(from(prices), where(eq(prices.id, id)), select(e as typeof prices.price)))))[0]

  it(`${name} calculates with every digit [NUM20, NUM11, B42, dialect 30]`, async () => {
    expect(await one(add(prices.price, '37.12'))).toBe('40.02')
    expect(await one(add(prices.price, '0.001'))).toBe('2.901')
    expect(await one(add(prices.price, prices.rate))).toBe('3.000')
    expect(await one(sub(prices.price, prices.rate), 4)).toBe('10.001')
    expect(await one(mul(prices.price, prices.rate))).toBe('0.29000')
    expect(await one(mul(prices.price, prices.price), 2)).toBe('0.0025')
    expect(await one(div(prices.price, prices.rate), 3)).toBe(1)
    expect(await one(div(prices.price, '-0.00'), 3)).toBe(null)
    expect(await one(intDiv(prices.price, '3'), 3)).toBe('3')
    expect(await one(intDiv(prices.price, '-0.3'))).toBe('-9')
    expect(await one(mod(prices.price, '0.7'))).toBe('0.10')
    expect(await one(mod(prices.price, '0.03'), 2)).toBe('-0.02')
    expect(await one(abs(prices.price), 2)).toBe('0.05')
    expect(await one(add(prices.price, prices.rate), 2)).toBe(null)
  })

  it(`${name} adds up a tenth and two tenths [NUM23]`, async () => {
    expect(await one(add(literal('0.1', numeric(2, 1)), '0.2'))).toBe('0.3')
    expect(await one(eq(add(literal('0.1', numeric(2, 1)), '0.2'), '0.3'))).toBe(true)
  })

  it(`${name} sums, averages and finds the least and the greatest, exactly [NUM26, dialect 30]`, async () => {
    const all = { sum: sum(prices.price), most: max(prices.price), least: min(prices.price), mean: avg(prices.price) }
    expect(await place.rows(as(pipe(from(prices), select(all))))).toStrictEqual([
      { sum: '22.35', most: '10.00', least: '-0.05', mean: 5.5875 },
    ])
    const products = pipe(from(prices), select(sum(mul(prices.price, prices.rate))))
    expect(await place.rows(as(products))).toStrictEqual(['90.53000'])
    const none = pipe(from(prices), where(eq(prices.id, 99)), select(sum(prices.price)))
    expect(await place.rows(as(none))).toStrictEqual([null])
  })

  it(`${name} orders and compares decimals as numbers, whatever their digits [dialect 30, NUM19]`, async () => {
    const found = async (condition: unknown): Promise<unknown> =>
      place.rows(as(pipe(from(prices), where(condition as never), select(prices.id), orderBy(asc(prices.id)))))
    expect(await place.rows(as(pipe(from(prices), select(prices.id), orderBy(desc(prices.price)))))).toStrictEqual([
      4, 3, 1, 2,
    ])
    expect(await found(gt(prices.price, '9.5'))).toStrictEqual([4])
    expect(await found(gt(prices.price, '9.4999'))).toStrictEqual([3, 4])
    expect(await found(lt(prices.price, '123456789.1'))).toStrictEqual([1, 2, 3, 4])
    expect(await found(eq(prices.price, prices.rate))).toStrictEqual([3])
    expect(await found(ne(prices.rate, prices.price))).toStrictEqual([1, 4])
    expect(await found(isDistinctFrom(prices.rate, prices.price))).toStrictEqual([1, 2, 4])
    expect(await found(pipe(prices.price, inList(['10', '9.5', '0.0001'])))).toStrictEqual([3, 4])
    expect(await found(pipe(prices.rate, between('-0.001', prices.price)))).toStrictEqual([1, 3, 4])
  })

  it(`${name} puts decimals of two scales in one output [B42]`, async () => {
    expect(await one(coalesce(prices.rate, prices.price), 2)).toBe('-0.050')
    expect(await one(caseWhen(gt(prices.id, 1), prices.price).otherwise(prices.rate), 1)).toBe('0.100')
    expect(await one(caseWhen(gt(prices.id, 1), prices.price).otherwise(prices.rate), 3)).toBe('9.500')
    const both = pipe(
      from(prices),
      select({ n: prices.price }),
      unionAll(pipe(from(prices), where(eq(prices.id, 1)), select({ n: prices.rate }))),
      orderBy((row) => [asc(row.n)]),
    )
    expect(await place.rows(as(both))).toStrictEqual(
      ['-0.050', '0.100', '2.900', '9.500', '10.000'].map((n) => ({ n })),
    )
    const once = pipe(from(prices), select({ n: prices.price }), union(pipe(from(prices), select({ n: prices.rate }))))
    expect(await place.rows(as(once))).toHaveLength(7)
  })

  it(`${name} joins and groups by decimals [B42]`, async () => {
    const other = pipe(from(prices), select({ rate: prices.rate, id: prices.id }), subquery('other'))
    const joined = pipe(from(prices), innerJoin(other, eq(other.rate, prices.price)), select(prices.id))
    expect(await place.rows(as(joined))).toStrictEqual([3])
    const grouped = pipe(
      from(prices),
      groupBy(prices.price),
      select({ p: prices.price, n: sum(prices.small) }),
      orderBy(asc(prices.price)),
    )
    expect(await place.rows(as(grouped))).toStrictEqual([
      { p: '-0.05', n: -32768 },
      { p: '2.90', n: 32767 },
      { p: '9.50', n: 1 },
      { p: '10.00', n: 0 },
    ])
  })

  it(`${name} sets a decimal column from an expression of fewer digits, and of no more [B42, dialect 30]`, async () => {
    await place.rows(as(pipe(update(prices), set({ rate: add(prices.price, '1') as never }), where(eq(prices.id, 1)))))
    expect(await one(prices.rate)).toBe('3.900')
    await place.rows(as(pipe(update(prices), set({ rate: '0.1' }), where(eq(prices.id, 1)))))
    const wrong = await place.run(as(pipe(update(prices), set({ price: prices.rate as never }), everyRow)))
    expect(E.isLeft(wrong) && wrong.left.message).toContain('prices.price is numeric')
  })

  it(`${name} calculates with small and unsigned integers and reals in a wider type [B36, B38, B41]`, async () => {
    expect(await one(add(prices.small, prices.small))).toBe(65534)
    expect(await one(mul(prices.small, 2), 2)).toBe(-65536)
    expect(await one(sub(prices.count, 5), 3)).toBe(-3)
    expect(await one(add(prices.count, prices.count))).toBe(8589934590)
    expect(await one(add(prices.share, prices.share), 2)).toBe(33554432)
    expect(await one(add(prices.share, 1), 2)).toBe(16777217)
    expect(await one(gt(prices.count, -1), 2)).toBe(true)
    const sums = pipe(from(prices), select({ s: sum(prices.share), c: sum(prices.count), a: avg(prices.small) }))
    expect(await place.rows(as(sums))).toStrictEqual([{ s: 16777215.25, c: 4294967300, a: 0 }])
  })

  it(`${name} ${hasUnsigned ? 'keeps and sums unsigned bigints, and' : ''} refuses arithmetic of unsigned bigints [B36, NUM05]`, async () => {
    const made = await place.run(as(pipe(from(huge), select(add(huge.n, 1n)))))
    if (name !== 'memory') expect(E.isLeft(made) && made.left._tag).toBe('Unsupported')
    if (!hasUnsigned) return
    await place.rows(
      as(
        insertInto(huge)([
          { id: 1, n: 18446744073709551615n },
          { id: 2, n: 5n },
        ]),
      ),
    )
    const q = pipe(from(huge), select({ s: sum(huge.n), most: max(huge.n), least: min(huge.n) }))
    expect(await place.rows(as(q))).toStrictEqual([
      { s: '18446744073709551620', most: 18446744073709551615n, least: 5n },
    ])
    const above = pipe(from(huge), where(gt(huge.n, 9223372036854775807n)), select(huge.id))
    expect(await place.rows(as(above))).toStrictEqual([1])
  })

  it(`${name} ${name === 'sqlite' ? 'refuses to compare or calculate' : 'compares and calculates'} what is beyond 18 digits [dialect 30]`, async () => {
    const asked = [
      pipe(from(prices), where(gt(prices.wide, '0')), select(prices.id)),
      pipe(from(prices), select(prices.id), orderBy(asc(prices.wide))),
      pipe(from(prices), select(sum(prices.wide))),
      pipe(from(prices), select(add(prices.wide, '1'))),
      pipe(from(prices), groupBy(prices.wide), select(prices.wide)),
      pipe(from(long), select(max(long.kept))),
      pipe(from(long), select(mul(long.n, long.n))),
      pipe(from(long), where(pipe(long.kept, inQuery(pipe(from(prices), select(prices.price)))))),
    ]
    for (const q of asked) {
      const outcome = await place.run(as(q))
      expect(E.isLeft(outcome) ? outcome.left._tag : 'Right').toBe(name === 'sqlite' ? 'Unsupported' : 'Right')
    }
    expect(await place.rows(as(pipe(from(prices), where(eq(prices.id, 4)), select(prices.wide))))).toStrictEqual([
      '12345678901234567890123.45',
    ])
    if (name === 'sqlite') return
    expect(await place.rows(as(pipe(from(long), select(mul(long.n, long.n)))))).toStrictEqual([
      '999999999999999998000000000000000001',
    ])
    expect(await place.rows(as(pipe(from(prices), select(sum(prices.wide)))))).toStrictEqual([
      '12345678901234567890123.45',
    ])
  })
})
