// Numbers: whole and true division, remainders, sums and means are the same on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  abs,
  add,
  avg,
  between,
  bigint,
  caseWhen,
  coalesce,
  count,
  countDistinct,
  div,
  double,
  eq,
  from,
  groupBy,
  gt,
  having,
  inList,
  insertInto,
  intDiv,
  integer,
  literal,
  lt,
  max,
  min,
  mod,
  mul,
  nullable,
  orderBy,
  primaryKey,
  select,
  sub,
  subquery,
  sum,
  table,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const numbers = table('numbers', {
  id: pipe(integer, primaryKey),
  a: pipe(integer, nullable),
  b: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
  y: pipe(double, nullable),
})

const pairs = [
  [7, 2],
  [-7, 2],
  [7, -2],
  [-7, -2],
  [-7, 3],
  [5, -3],
  [15, 10],
  [-15, 5],
  [-15, 10],
  [6, 4],
  [1, 3],
  [0, 5],
  [2147483647, 2],
] as const

describe.each(places())('numbers on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ numbers })
    await world.rows(insertInto(numbers)(pairs.map(([a, b], i) => ({ id: i + 1, a, b, big: BigInt(a), x: a, y: b }))))
    await world.rows(
      insertInto(numbers)([
        { id: 101, a: 5, b: 0, big: 0n, x: 5.5, y: 0 },
        { id: 102, a: null, b: 0, x: null, y: 0 },
        { id: 103, a: 5, b: null, x: 5.5, y: null },
        { id: 104, a: 1, b: 1, big: 9007199254740993n, x: 0.1, y: 0.2 },
        { id: 105, a: 1, b: 1, big: 9223372036854775807n, x: -5.5, y: 2 },
      ]),
    )
  })
  afterAll(() => world.close())

  const small = where(lt(numbers.id, 100))

  it('[dialect 1] [dialect 2] [NUM08] [NUM10] whole division goes towards zero, its remainder has the sign of the left', async () => {
    const rows = await world.rows(
      pipe(
        from(numbers),
        small,
        orderBy(numbers.id),
        select({ q: intDiv(numbers.a, numbers.b), r: mod(numbers.a, numbers.b) }),
      ),
    )
    expect(rows).toEqual(pairs.map(([a, b]) => ({ q: Math.trunc(a / b) + 0, r: (a % b) + 0 })))
    const bigs = await world.rows(
      pipe(from(numbers), small, orderBy(numbers.id), select({ q: intDiv(numbers.big, -2n), r: mod(numbers.big, 3n) })),
    )
    expect(bigs).toEqual(pairs.map(([a]) => ({ q: BigInt(a) / -2n, r: BigInt(a) % 3n })))
  })

  it('[dialect 1] [dialect 2] [DRV01] so with bound operands', async () => {
    for (const [a, b] of pairs) {
      const rows = await world.rows(
        pipe(
          from(numbers),
          where(eq(numbers.id, 1)),
          select({
            q: intDiv(literal(a, integer), b),
            r: mod(literal(a, integer), literal(b, integer)),
            d: div(literal(a, integer), b),
            big: intDiv(literal(BigInt(a), bigint), BigInt(b)),
          }),
        ),
      )
      expect(rows, `${a} and ${b}`).toEqual([
        { q: Math.trunc(a / b) + 0, r: (a % b) + 0, d: a / b + 0, big: BigInt(a) / BigInt(b) },
      ])
    }
  })

  it('[dialect 1] [NUM07] true division gives doubles', async () => {
    const rows = await world.rows(
      pipe(
        from(numbers),
        small,
        orderBy(numbers.id),
        select({ n: div(numbers.a, numbers.b), x: div(numbers.x, numbers.y), big: div(numbers.big, 2n) }),
      ),
    )
    expect(rows).toEqual(pairs.map(([a, b]) => ({ n: a / b + 0, x: a / b + 0, big: a / 2 })))
  })

  it('[dialect 3] [NUM13] division by zero is null, of every kind', async () => {
    const kinds = {
      q: intDiv(numbers.a, numbers.b),
      r: mod(numbers.a, numbers.b),
      d: div(numbers.a, numbers.b),
      x: div(numbers.x, numbers.y),
      whole: intDiv(numbers.x, numbers.y),
      bound: intDiv(numbers.a, 0),
      big: intDiv(numbers.big, 0n),
    }
    const none = { q: null, r: null, d: null, x: null, whole: null, bound: null, big: null }
    expect(
      await world.rows(pipe(from(numbers), where(pipe(numbers.id, inList([101, 102, 103]))), select(kinds))),
    ).toEqual([none, none, none])
  })

  it('whole division and remainder of doubles', async () => {
    const whole = await world.rows(
      pipe(
        from(numbers),
        where(pipe(numbers.id, inList([1, 2, 104, 105]))),
        orderBy(numbers.id),
        select(intDiv(numbers.x, numbers.y)),
      ),
    )
    expect(whole).toEqual([3, -3, 0, -2])
    const rest = pipe(
      from(numbers),
      where(pipe(numbers.id, inList([1, 2, 104, 105]))),
      orderBy(numbers.id),
      select(mod(numbers.x, numbers.y)),
    )
    if (world.engine === 'postgres') expect(tagOf(await world.outcome(rest))).toBe('Unsupported')
    else expect(await world.rows(rest)).toEqual([1, -1, 0.1, -1.5])
  })

  it('[NUM20] arithmetic of integers, of bigints and of doubles', async () => {
    const rows = await world
      .rows(
        pipe(
          from(numbers),
          where(eq(numbers.id, 104)),
          select({
            sum: add(numbers.a, 41),
            difference: sub(numbers.a, numbers.b),
            product: mul(numbers.b, -3),
            half: add(numbers.a, 0.5),
            big: add(numbers.big, 1n),
            twice: mul(numbers.big, 2n),
            x: add(numbers.x, numbers.y),
            abs: abs(sub(numbers.a, 3)),
            bigAbs: abs(mul(numbers.big, -1n)),
            nested: mul(add(numbers.a, 2), sub(10 as never as typeof numbers.a, 4)),
          }),
        ),
      )
      .catch(() => [])
    // `sub(10, 4)` has no expression on its left: untyped, so it is refused
    expect(rows).toEqual([])
    const [row] = await world.rows(
      pipe(
        from(numbers),
        where(eq(numbers.id, 104)),
        select({
          sum: add(numbers.a, 41),
          difference: sub(numbers.a, numbers.b),
          product: mul(numbers.b, -3),
          half: add(numbers.a, 0.5),
          big: add(numbers.big, 1n),
          twice: mul(numbers.big, 2n),
          x: add(numbers.x, numbers.y),
          abs: abs(sub(numbers.a, 3)),
          bigAbs: abs(mul(numbers.big, -1n)),
          nested: mul(add(numbers.a, 2), sub(literal(10, integer), 4)),
        }),
      ),
    )
    expect(row).toEqual({
      sum: 42,
      difference: 0,
      product: -3,
      half: 1.5,
      big: 9007199254740994n,
      twice: 18014398509481986n,
      x: 0.1 + 0.2,
      abs: 2,
      bigAbs: 9007199254740993n,
      nested: 18,
    })
  })

  it('an integer is compared with a fraction as a number', async () => {
    const ids = await world.rows(
      pipe(from(numbers), small, where(pipe(numbers.a, between(-7.5, -6.5))), orderBy(numbers.id), select(numbers.id)),
    )
    expect(ids).toEqual([2, 4, 5])
    expect(
      await world.rows(pipe(from(numbers), where(gt(numbers.a, 6.5)), small, orderBy(numbers.id), select(numbers.id))),
    ).toEqual([1, 3, 7, 13])
  })

  it('numbers of both kinds stand for each other in caseWhen and coalesce', async () => {
    const rows = await world.rows(
      pipe(
        from(numbers),
        where(pipe(numbers.id, inList([101, 102]))),
        orderBy(numbers.id),
        select({
          c: coalesce(numbers.a, 0.5),
          d: coalesce(numbers.a, numbers.y),
          e: caseWhen(eq(numbers.id, 101), numbers.a).otherwise(0.25),
          f: caseWhen(eq(numbers.id, 101), 1).when(eq(numbers.id, 102), 2.5).end,
          g: caseWhen(eq(numbers.id, 101), numbers.a).when(eq(numbers.id, 102), numbers.x).otherwise(null),
        }),
      ),
    )
    expect(rows).toEqual([
      { c: 5, d: 5, e: 5, f: 1, g: 5 },
      { c: 0.5, d: 0, e: 0.25, f: 2.5, g: null },
    ])
  })

  it('[NUM26] [dialect 36] sums, means and counts have the types that they say', async () => {
    const [row] = await world.rows(
      pipe(
        from(numbers),
        where(pipe(numbers.id, inList([1, 2, 7, 8, 102]))),
        select({
          n: count(),
          na: count(numbers.a),
          distinct: countDistinct(numbers.b),
          sum: sum(numbers.a),
          avg: avg(numbers.a),
          big: sum(numbers.big),
          avgBig: avg(numbers.big),
          x: sum(numbers.x),
          avgX: avg(numbers.x),
          least: min(numbers.big),
          most: max(numbers.x),
        }),
      ),
    )
    expect(row).toEqual({
      n: 5,
      na: 4,
      distinct: 4,
      sum: 0,
      avg: 0,
      big: '0',
      avgBig: 0,
      x: 0,
      avgX: 0,
      least: -15n,
      most: 15,
    })
    const [other] = await world.rows(
      pipe(
        from(numbers),
        where(pipe(numbers.id, inList([1, 7]))),
        select({ avg: avg(numbers.a), sum: sum(numbers.a), big: sum(numbers.big), x: avg(numbers.y) }),
      ),
    )
    expect(other).toEqual({ avg: 11, sum: 22, big: '22', x: 6 })
    const [third] = await world.rows(
      pipe(from(numbers), where(pipe(numbers.id, inList([1, 3, 7]))), select({ avg: avg(numbers.b) })),
    )
    expect(third).toEqual({ avg: 10 / 3 })
  })

  it('[dialect 37] of nothing, counts are 0 and the rest is null', async () => {
    const rows = await world.rows(
      pipe(
        from(numbers),
        where(lt(numbers.id, 0)),
        select({
          n: count(),
          m: count(numbers.a),
          d: countDistinct(numbers.a),
          s: sum(numbers.a),
          b: sum(numbers.big),
          a: avg(numbers.a),
          l: min(numbers.x),
        }),
      ),
    )
    expect(rows).toEqual([{ n: 0, m: 0, d: 0, s: null, b: null, a: null, l: null }])
  })

  it('sums are compared with numbers of either sign, and sums of bigints exactly', async () => {
    const groups = pipe(
      from(numbers),
      where(lt(numbers.id, 3)),
      groupBy(numbers.id),
      orderBy(numbers.id),
      select(numbers.id),
    )
    expect(await world.rows(pipe(groups, having(lt(sum(numbers.a), -5))))).toEqual([2])
    expect(await world.rows(pipe(groups, having(eq(sum(numbers.a), -7))))).toEqual([2])
    expect(await world.rows(pipe(groups, having(gt(sum(numbers.big), '-8'))))).toEqual([1, 2])
    expect(await world.rows(pipe(groups, having(gt(sum(numbers.big), '6'))))).toEqual([1])
    expect(await world.rows(pipe(groups, having(eq(sum(numbers.big), '7'))))).toEqual([1])
    expect(await world.rows(pipe(groups, having(pipe(sum(numbers.big), inList(['7', '10'])))))).toEqual([1])
    expect(
      await world.rows(pipe(from(numbers), where(eq(numbers.id, 104)), select(coalesce(sum(numbers.big), '0')))),
    ).toEqual(['9007199254740993'])
    expect(
      await world.rows(pipe(from(numbers), where(eq(numbers.id, 0)), select(coalesce(sum(numbers.big), '0')))),
    ).toEqual(['0'])
    expect(
      await world.rows(pipe(from(numbers), where(eq(numbers.id, 0)), select(coalesce(sum(numbers.a), -1)))),
    ).toEqual([-1])
  })

  it('[NUM02] sums of bigints beyond 64 bits are exact or an error', async () => {
    const query = pipe(from(numbers), where(pipe(numbers.id, inList([104, 105]))), select(sum(numbers.big)))
    if (world.engine === 'sqlite') expect(tagOf(await world.outcome(query))).not.toBe('Right')
    else expect(await world.rows(query)).toEqual(['9232379236109516800'])
  })

  it('sums of sums, and arithmetic with them', async () => {
    const perB = pipe(
      from(numbers),
      small,
      groupBy(numbers.b),
      select({ b: numbers.b, n: count(), s: sum(numbers.a), big: sum(numbers.big) }),
      subquery('per_b'),
    )
    const [row] = await world.rows(
      pipe(
        from(perB),
        select({
          n: sum(perB.n),
          s: sum(perB.s),
          plus: add(sum(perB.n), 1),
          half: div(sum(perB.n), 2),
          mean: avg(perB.n),
        }),
      ),
    )
    const total = pairs.reduce((t, [a]) => t + a, 0)
    expect(row).toEqual({ n: 13, s: total, plus: 14, half: 6.5, mean: 13 / 7 })
  })

  it('[dialect 4] [NUM04] what does not fit is an error, never another number', async () => {
    for (const query of [
      pipe(from(numbers), where(eq(numbers.id, 13)), select({ n: add(numbers.a, 1) })),
      pipe(from(numbers), where(eq(numbers.id, 13)), select({ n: mul(numbers.a, numbers.a) })),
      pipe(from(numbers), where(eq(numbers.id, 105)), select({ n: add(numbers.big, 1n) })),
      pipe(from(numbers), where(eq(numbers.id, 105)), select({ n: mul(numbers.big, 2n) })),
      pipe(from(numbers), where(eq(numbers.id, 104)), select({ n: mul(mul(numbers.x, 1e308), 1e308) })),
    ])
      expect(tagOf(await world.outcome(query))).not.toBe('Right')
  })

  it('zero has no sign', async () => {
    const rows = await world.rows(
      pipe(
        from(numbers),
        where(eq(numbers.id, 12)),
        select({ a: mul(numbers.x, -1), b: intDiv(numbers.x, -5), c: literal(-0, double) }),
      ),
    )
    expect(rows.map((row) => [Object.is(row.a, 0), Object.is(row.b, 0), Object.is(row.c, 0)])).toEqual([
      [true, true, true],
    ])
  })
})
