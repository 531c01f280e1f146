// Windows: every engine gives what the interpreter gives, or refuses before anything is sent.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  asc,
  avg,
  boolOr,
  count,
  countDistinct,
  cumeDist,
  currentRow,
  denseRank,
  desc,
  distinct,
  double,
  eq,
  filter,
  firstValue,
  following,
  from,
  groupBy,
  groupsBetween,
  gt,
  having,
  include,
  insertInto,
  integer,
  lag,
  lastValue,
  lead,
  limit,
  lt,
  many,
  max,
  min,
  nthValue,
  ntile,
  nullable,
  nullsFirst,
  orderBy,
  over,
  param,
  percentRank,
  preceding,
  primaryKey,
  rangeBetween,
  rank,
  rowNumber,
  rowsBetween,
  select,
  stringAgg,
  subquery,
  sum,
  table,
  text,
  unboundedFollowing,
  unboundedPreceding,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const numbers = table('numbers', { a: pipe(integer, primaryKey), b: integer })
const sales = table('sales', {
  id: pipe(integer, primaryKey),
  town: text,
  amount: pipe(integer, nullable),
  share: double,
})

const upTo = (n: number): ReadonlyArray<{ a: number; b: number }> =>
  Array.from({ length: n }, (_, i) => ({ a: i + 1, b: 5 * (i + 1) }))

const filled = [
  insertInto(numbers)(upTo(49)),
  insertInto(sales)([
    { id: 1, town: 'Ulm', amount: 10, share: 0.5 },
    { id: 2, town: 'Ulm', amount: 20, share: 1.5 },
    { id: 3, town: 'Ulm', amount: null, share: 2.75 },
    { id: 4, town: 'Jena', amount: 20, share: 4 },
    { id: 5, town: 'Jena', amount: 5, share: 6 },
  ]),
]

describe.each(places())('windows on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ numbers, sales })
    for (const insert of filled) await world.outcome(insert)
  })
  afterAll(() => world.close())

  const grouped = place.name === 'postgres' || place.name === 'sqlite' || place.name === 'memory'

  it('[SEL22] an aggregate over the rows so far', async () => {
    const first = pipe(from(numbers), where(lt(numbers.a, 20)), orderBy(numbers.a))
    const found = await world.rows(pipe(first, select(pipe(max(numbers.b), over({ orderBy: [desc(numbers.a)] })))))
    expect(found).toEqual(Array.from({ length: 19 }, () => 95))
  })

  it('[SEL23] a range of integers and of doubles', async () => {
    const near = over({ orderBy: [numbers.a], frame: rangeBetween(preceding(3), following(10)) })
    const sums = await world.rows(pipe(from(numbers), select(pipe(count(), near)), orderBy(numbers.a), limit(5)))
    expect(sums).toEqual([11, 12, 13, 14, 14])
    const close = over({ orderBy: [sales.share], frame: rangeBetween(preceding(1.25), following(1.25)) })
    const found = await world.rows(
      pipe(from(sales), select({ n: pipe(count(), close), last: pipe(lastValue(sales.id), close) }), orderBy(sales.id)),
    )
    expect(found).toEqual([
      { n: 2, last: 2 },
      { n: 3, last: 3 },
      { n: 3, last: 4 },
      { n: 2, last: 4 },
      { n: 1, last: 5 },
    ])
  })

  it('[SEL25] the numbers of a frame are those of each query, however often it was compiled', async () => {
    const between = (a: number, b: number) =>
      pipe(
        from(numbers),
        select(pipe(max(numbers.b), over({ orderBy: [numbers.a], frame: rowsBetween(following(a), following(b)) }))),
        orderBy(numbers.a),
      )
    const step = (from: number, n: number): ReadonlyArray<number> => Array.from({ length: n }, (_, i) => from + 5 * i)
    const same = <A>(value: A, n: number): ReadonlyArray<A> => Array.from({ length: n }, () => value)
    for (let i = 0; i < 3; i++) {
      expect(await world.rows(between(5, 20))).toEqual([...step(105, 29), ...same(245, 15), ...same(null, 5)])
      expect(await world.rows(between(20, 30))).toEqual([...step(155, 19), ...same(245, 10), ...same(null, 20)])
    }
  })

  it('rowNumber, rank, denseRank, percentRank, cumeDist and ntile', async () => {
    const byAmount = over({ orderBy: [desc(sales.amount)] })
    const found = await world.rows(
      pipe(
        from(sales),
        orderBy(sales.id),
        select({
          nth: pipe(rowNumber(), over({ partitionBy: [sales.town], orderBy: [desc(sales.id)] })),
          rank: pipe(rank(), byAmount),
          dense: pipe(denseRank(), byAmount),
          percent: pipe(percentRank(), byAmount),
          part: pipe(cumeDist(), byAmount),
          half: pipe(ntile(2), over({ orderBy: [sales.id] })),
        }),
      ),
    )
    expect(found).toEqual([
      { nth: 3, rank: 3, dense: 2, percent: 0.5, part: 0.6, half: 1 },
      { nth: 2, rank: 1, dense: 1, percent: 0, part: 0.4, half: 1 },
      { nth: 1, rank: 5, dense: 4, percent: 1, part: 1, half: 1 },
      { nth: 2, rank: 1, dense: 1, percent: 0, part: 0.4, half: 2 },
      { nth: 1, rank: 4, dense: 3, percent: 0.75, part: 0.8, half: 2 },
    ])
  })

  it('lag and lead with what stands where there is no row, firstValue, lastValue and nthValue', async () => {
    const inTown = { partitionBy: [sales.town], orderBy: [sales.id] }
    const all = over({ ...inTown, frame: rowsBetween(unboundedPreceding, unboundedFollowing) })
    const found = await world.rows(
      pipe(
        from(sales),
        orderBy(sales.id),
        select({
          before: pipe(lag(sales.amount), over(inTown)),
          orZero: pipe(lag(sales.amount, 1, 0), over(inTown)),
          after: pipe(lead(sales.amount, 2, sales.id), over(inTown)),
          first: pipe(firstValue(sales.amount), over(inTown)),
          last: pipe(lastValue(sales.id), all),
          second: pipe(nthValue(sales.id, 2), over(inTown)),
        }),
      ),
    )
    expect(found).toEqual([
      { before: null, orZero: 0, after: null, first: 10, last: 3, second: null },
      { before: 10, orZero: 10, after: 2, first: 10, last: 3, second: 2 },
      { before: 20, orZero: 20, after: 3, first: 10, last: 3, second: 2 },
      { before: null, orZero: 0, after: 4, first: 20, last: 5, second: null },
      { before: 20, orZero: 20, after: 5, first: 20, last: 5, second: 5 },
    ])
  })

  it('[ORD12] nulls stand in a window where its order puts them', async () => {
    const nth = (order: ReturnType<typeof asc<typeof sales.amount>>) =>
      pipe(rowNumber(), over({ orderBy: [order, asc(sales.id)] }))
    const found = await world.rows(
      pipe(
        from(sales),
        orderBy(sales.id),
        select({
          asc: nth(asc(sales.amount)),
          desc: nth(desc(sales.amount)),
          ascFirst: nth(nullsFirst(asc(sales.amount))),
          descFirst: nth(nullsFirst(desc(sales.amount))),
        }),
      ),
    )
    expect(found.map((row) => Object.values(row))).toEqual([
      [2, 3, 3, 4],
      [3, 1, 4, 2],
      [5, 5, 1, 1],
      [4, 2, 5, 3],
      [1, 4, 2, 5],
    ])
  })

  it('a filter, criteria, the mean and a moving sum over one window that has a name', async () => {
    const lastTwo = over({ orderBy: [sales.id], frame: rowsBetween(preceding(1), currentRow) })
    const found = await world.rows(
      pipe(
        from(sales),
        orderBy(sales.id),
        select({
          sum: pipe(sum(sales.amount), lastTwo),
          mean: pipe(avg(sales.share), lastTwo),
          ulm: pipe(count(), filter(eq(sales.town, 'Ulm')), lastTwo),
          large: pipe(boolOr(gt(sales.amount, 15)), lastTwo),
          before: pipe(sum(sales.id), over({ orderBy: [sales.id], frame: rowsBetween(preceding(2), preceding(1)) })),
        }),
      ),
    )
    expect(found).toEqual([
      { sum: 10, mean: 0.5, ulm: 1, large: false, before: null },
      { sum: 30, mean: 1, ulm: 2, large: true, before: 1 },
      { sum: 20, mean: 2.125, ulm: 2, large: true, before: 3 },
      { sum: 20, mean: 3.375, ulm: 1, large: true, before: 5 },
      { sum: 25, mean: 5, ulm: 0, large: true, before: 7 },
    ])
  })

  it('over groups, in an order, under distinct, and in a derived table that filters by it', async () => {
    const perTown = pipe(
      from(sales),
      groupBy(sales.town),
      having(gt(count(), 1)),
      orderBy(desc(pipe(rank(), over({ orderBy: [sum(sales.amount), sales.town] })))),
    )
    expect(
      await world.rows(
        pipe(
          perTown,
          select({
            town: sales.town,
            n: count(),
            all: pipe(sum(count()), over({})),
            top: pipe(max(sum(sales.amount)), over({})),
          }),
        ),
      ),
    ).toEqual([
      { town: 'Ulm', n: 3, all: 5, top: 30 },
      { town: 'Jena', n: 2, all: 5, top: 30 },
    ])
    const perTownOf = over({ partitionBy: [sales.town] })
    const n = pipe(count(), perTownOf)
    expect(await world.rows(pipe(from(sales), select({ n }), distinct, orderBy(n)))).toEqual([{ n: 2 }, { n: 3 }])
    const numbered = pipe(
      from(sales),
      select({ id: sales.id, nth: pipe(rowNumber(), over({ partitionBy: [sales.town], orderBy: [desc(sales.id)] })) }),
      subquery('numbered'),
    )
    expect(
      await world.rows(pipe(from(numbered), where(eq(numbered.nth, 1)), select(numbered.id), orderBy(numbered.id))),
    ).toEqual([3, 5])
  })

  it('over all rows as one group, and over no rows', async () => {
    expect(await world.rows(pipe(from(sales), select(pipe(sum(count()), over({})))))).toEqual([5])
    expect(await world.rows(pipe(from(sales), where(gt(sales.id, 99)), select(pipe(count(), over({})))))).toEqual([])
  })

  it('a relation is numbered once for each outer row', async () => {
    const larger = sales
    const nth = pipe(rowNumber(), over({ orderBy: [desc(larger.id)] }))
    const q = pipe(
      from(numbers),
      where(lt(numbers.a, 4)),
      orderBy(numbers.a),
      select({ a: numbers.a }),
      include({
        sales: many(
          pipe(
            from(larger),
            where(gt(larger.id, add(numbers.a, 1))),
            select({ id: larger.id, nth }),
            orderBy(larger.id),
          ),
        ),
      }),
    )
    expect(await world.rows(q)).toEqual([
      {
        a: 1,
        sales: [
          { id: 3, nth: 3 },
          { id: 4, nth: 2 },
          { id: 5, nth: 1 },
        ],
      },
      {
        a: 2,
        sales: [
          { id: 4, nth: 2 },
          { id: 5, nth: 1 },
        ],
      },
      { a: 3, sales: [{ id: 5, nth: 1 }] },
    ])
  })

  it('groups of rows that are ordered alike, where the engine counts them', async () => {
    const q = pipe(
      from(sales),
      orderBy(sales.id),
      select(pipe(count(), over({ orderBy: [sales.town], frame: groupsBetween(preceding(1), currentRow) }))),
    )
    if (grouped) expect(await world.rows(q)).toEqual([5, 5, 5, 2, 2])
    else expect(tagOf(await world.outcome(q))).toBe('Unsupported')
  })

  it('what has no meaning, or none here, is refused before it is sent', async () => {
    const nth = pipe(rowNumber(), over({ orderBy: [sales.id] }))
    // What the types refuse is refused in words, too.
    const untyped = over as unknown as (w: object) => (of: unknown) => typeof nth
    const wrong = [
      pipe(from(sales), where(eq(nth, 1))),
      pipe(from(sales), groupBy(sales.town), having(gt(pipe(count(), over({})), 1)), select(sales.town)),
      pipe(from(sales), groupBy(nth), select(count())),
      pipe(from(sales), select(sum(nth))),
      pipe(from(sales), select(pipe(sum(nth), over({})))),
      pipe(from(sales), select(untyped({})(rowNumber()))),
      pipe(from(sales), select(untyped({ orderBy: [sales.id], frame: rowsBetween(currentRow, currentRow) })(rank()))),
      pipe(from(sales), select(untyped({ frame: { unit: 'rows', start: following(1), end: preceding(1) } })(count()))),
      pipe(from(sales), select(pipe(countDistinct(sales.town), over({})))),
      pipe(from(sales), select(pipe(sales.town, stringAgg(',', [sales.id]), over({})))),
      pipe(
        from(sales),
        select(pipe(count(), over({ orderBy: [sales.town], frame: rangeBetween(preceding(1), currentRow) }))),
      ),
      pipe(from(sales), select(pipe(count(), over({ frame: rangeBetween(preceding(1), currentRow) })))),
      pipe(from(sales), select(pipe(min(sales.id), over({ frame: groupsBetween(currentRow, currentRow) })))),
    ]
    for (const q of wrong) expect(tagOf(await world.outcome(q))).toBe('IllFormed')
    const unlikely = [
      pipe(from(sales), select(pipe(lag(sales.id, -1), over({ orderBy: [sales.id] })))),
      pipe(from(sales), select(pipe(ntile(0), over({ orderBy: [sales.id] })))),
      pipe(from(sales), select(pipe(nthValue(sales.id, 0), over({ orderBy: [sales.id] })))),
      pipe(from(sales), select(untyped({})(3))),
    ]
    for (const q of unlikely) expect(tagOf(await world.outcome(q))).toBe('InvalidValue')
    const backwards = pipe(
      from(sales),
      select(pipe(count(), over({ orderBy: [sales.id], frame: rowsBetween(preceding(-1), currentRow) }))),
    )
    expect(['InvalidValue', 'IllFormed']).toContain(tagOf(await world.outcome(backwards)))
    const named = pipe(
      from(sales),
      select(
        pipe(count(), over({ orderBy: [sales.id], frame: rowsBetween(preceding(param('n', integer)), currentRow) })),
      ),
    )
    expect(tagOf(await world.outcome(named))).toBe(place.name === 'mariadb' ? 'Unsupported' : 'InvalidValue')
  })
})
