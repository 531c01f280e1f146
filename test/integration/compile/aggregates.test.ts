// Aggregates with filters, distinct values, orders and lists: every engine gives what the interpreter gives.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  arrayAgg,
  asc,
  avg,
  bigint,
  boolAnd,
  boolOr,
  boolean,
  count,
  countDistinct,
  desc,
  distinct,
  distinctValues,
  double,
  eq,
  filter,
  from,
  groupBy,
  gt,
  having,
  insertInto,
  integer,
  isNotNull,
  jsonAgg,
  jsonObject,
  leftJoin,
  lt,
  max,
  min,
  nullable,
  nullsFirst,
  numeric,
  orderBy,
  primaryKey,
  select,
  stddevPop,
  stddevSamp,
  stringAgg,
  sum,
  table,
  text,
  timestamptz,
  varPop,
  varSamp,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const towns = table('towns', { id: pipe(integer, primaryKey), name: text })
const shops = table('shops', {
  id: pipe(integer, primaryKey),
  townId: integer,
  name: pipe(text, nullable),
  size: pipe(integer, nullable),
  open: boolean,
  visits: bigint,
  rent: numeric(8, 2),
  share: double,
  since: timestamptz,
})

const since = '2012-10-15T12:57:18.000396Z'
const filled = [
  insertInto(towns)([
    { id: 1, name: 'Ulm' },
    { id: 2, name: 'Jena' },
    { id: 3, name: 'Bonn' },
  ]),
  insertInto(shops)([
    { id: 1, townId: 1, name: 'b', size: 10, open: true, visits: 9007199254740993n, rent: '10.50', share: 0.5, since },
    { id: 2, townId: 1, name: 'a,b', size: null, open: false, visits: 1n, rent: '0.05', share: 1.5, since },
    { id: 3, townId: 1, name: null, size: 10, open: true, visits: 2n, rent: '3.00', share: 2.5, since },
    { id: 4, townId: 2, name: "o'é😀", size: 4, open: true, visits: 3n, rent: '1.25', share: 4, since },
    { id: 5, townId: 2, name: 'b', size: 7, open: true, visits: 3n, rent: '1.25', share: 6, since },
  ]),
]

describe.each(places())('aggregates on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ towns, shops })
    for (const insert of filled) expect(tagOf(await world.outcome(insert))).toBe('Right')
  })
  afterAll(() => world.close())

  const perTown = pipe(from(shops), groupBy(shops.townId), orderBy(shops.townId))
  const isOpen = eq(shops.open, true)

  it('[SEL28] [dialect 40] a filter lets some of the rows in', async () => {
    const found = await world.rows(
      pipe(
        perTown,
        select({
          all: count(),
          open: pipe(count(), filter(isOpen)),
          named: pipe(count(shops.name), filter(isOpen)),
          size: pipe(sum(shops.size), filter(gt(shops.size, 5))),
          none: pipe(max(shops.size), filter(gt(shops.size, 50))),
          twice: pipe(count(), filter(isOpen), filter(isNotNull(shops.name))),
          names: pipe(shops.name, stringAgg('|', [shops.id]), filter(isOpen)),
        }),
      ),
    )
    expect(found).toEqual([
      { all: 3, open: 2, named: 1, size: 20, none: null, twice: 1, names: 'b' },
      { all: 2, open: 2, named: 2, size: 7, none: null, twice: 2, names: "o'é😀|b" },
    ])
  })

  it('[SEL29] [dialect 39] text of all values, in an order, with any separator', async () => {
    const of = (separator: string) => pipe(shops.name, stringAgg(separator, [desc(shops.id)]))
    const found = await world.rows(
      pipe(
        perTown,
        select({
          comma: of(', '),
          none: of(''),
          odd: of("'%s\\"),
          long: stringAgg(shops.name, ' und 😀 ', [shops.id]),
        }),
      ),
    )
    expect(found).toEqual([
      { comma: 'a,b, b', none: 'a,bb', odd: "a,b'%s\\b", long: 'b und 😀 a,b' },
      { comma: "b, o'é😀", none: "bo'é😀", odd: "b'%s\\o'é😀", long: "o'é😀 und 😀 b" },
    ])
    expect(await world.rows(pipe(from(shops), where(lt(shops.id, 0)), select(of(','))))).toEqual([null])
    const distinctNames = distinctValues(stringAgg(shops.name, '; ', [desc(shops.name)]))
    expect(await world.rows(pipe(from(shops), select(distinctNames)))).toEqual(["o'é😀; b; a,b"])
  })

  it('[dialect 39] long text is not cut', async () => {
    const found = await world.rows(
      pipe(from(shops), select(pipe(shops.name, stringAgg('x'.repeat(40_000), [shops.id]), filter(lt(shops.id, 3))))),
    )
    expect(found[0]?.length).toBe(40_004)
    const many = 'y'.repeat(1_500_000)
    const longer = await world.rows(pipe(from(shops), select(stringAgg(shops.name, many, [shops.id]))))
    expect(longer[0]?.length).toBe(3 * many.length + 10)
  })

  it('[ORD12] nulls stand in the order of an aggregate where it puts them', async () => {
    const ids = (order: ReturnType<typeof asc<typeof shops.size>>) => jsonAgg(shops.id, [order, asc(shops.id)])
    const found = await world.rows(
      pipe(
        from(shops),
        select({
          asc: ids(asc(shops.size)),
          desc: ids(desc(shops.size)),
          ascFirst: ids(nullsFirst(asc(shops.size))),
          descFirst: ids(nullsFirst(desc(shops.size))),
        }),
      ),
    )
    expect(found).toEqual([
      { asc: [4, 5, 1, 3, 2], desc: [1, 3, 5, 4, 2], ascFirst: [2, 4, 5, 1, 3], descFirst: [2, 1, 3, 5, 4] },
    ])
  })

  it('[dialect 38] a JSON array of the values, which decode as they do outside; of none it is empty', async () => {
    const found = await world.rows(
      pipe(
        from(towns),
        leftJoin(shops, eq(shops.townId, towns.id)),
        groupBy(towns.id),
        orderBy(towns.id),
        select({
          names: jsonAgg(shops.name, [shops.id]),
          visits: jsonAgg(shops.visits, [shops.id]),
          rents: jsonAgg(shops.rent, [shops.id]),
          open: jsonAgg(shops.open, [shops.id]),
          shares: jsonAgg(shops.share, [shops.id]),
          since: pipe(shops.since, jsonAgg([shops.id]), filter(eq(shops.id, 1))),
        }),
      ),
    )
    expect(found).toEqual([
      {
        names: ['b', 'a,b'],
        visits: [9007199254740993n, 1n, 2n],
        rents: ['10.50', '0.05', '3.00'],
        open: [true, false, true],
        shares: [0.5, 1.5, 2.5],
        since: [since],
      },
      {
        names: ["o'é😀", 'b'],
        visits: [3n, 3n],
        rents: ['1.25', '1.25'],
        open: [true, true],
        shares: [4, 6],
        since: [],
      },
      { names: [], visits: [], rents: [], open: [], shares: [], since: [] },
    ])
    const cards = jsonAgg(jsonObject({ id: shops.id, visits: shops.visits }), [desc(shops.id)])
    expect(await world.rows(pipe(perTown, select(cards)))).toEqual([
      [
        { id: 3, visits: 2n },
        { id: 2, visits: 1n },
        { id: 1, visits: 9007199254740993n },
      ],
      [
        { id: 5, visits: 3n },
        { id: 4, visits: 3n },
      ],
    ])
  })

  it('arrays, where the engine has them', async () => {
    const q = pipe(perTown, select(arrayAgg(shops.name, [desc(shops.id)])))
    if (place.name === 'postgres' || place.name === 'memory')
      expect(await world.rows(q)).toEqual([
        ['a,b', 'b'],
        ['b', "o'é😀"],
      ])
    else expect(tagOf(await world.outcome(q))).toBe('Unsupported')
  })

  it('[C37] [C38] [dialect 36] [dialect 37] counts, sums, means and extremes, of distinct values and of none', async () => {
    const said = {
      rows: count(),
      sizes: count(shops.size),
      different: countDistinct(shops.size),
      sum: sum(shops.size),
      once: distinctValues(sum(shops.size)),
      mean: avg(shops.size),
      meanOnce: distinctValues(avg(shops.size)),
      least: min(shops.name),
      most: max(shops.size),
      visits: sum(shops.visits),
      rent: sum(shops.rent),
      open: boolAnd(shops.open),
      large: boolOr(gt(shops.size, 5)),
    }
    expect(await world.rows(pipe(from(shops), select(said)))).toEqual([
      {
        rows: 5,
        sizes: 4,
        different: 3,
        sum: 31,
        once: 21,
        mean: 7.75,
        meanOnce: 7,
        least: 'a,b',
        most: 10,
        visits: '9007199254741002',
        rent: '16.05',
        open: false,
        large: true,
      },
    ])
    expect(await world.rows(pipe(from(shops), where(lt(shops.id, 0)), select(said)))).toEqual([
      {
        rows: 0,
        sizes: 0,
        different: 0,
        sum: null,
        once: null,
        mean: null,
        meanOnce: null,
        least: null,
        most: null,
        visits: null,
        rent: null,
        open: null,
        large: null,
      },
    ])
  })

  it('deviations, to the digits that an engine has', async () => {
    const q = pipe(
      perTown,
      select({
        pop: stddevPop(shops.share),
        samp: stddevSamp(shops.share),
        varPop: varPop(shops.size),
        varSamp: pipe(varSamp(shops.share), filter(lt(shops.id, 2))),
      }),
    )
    const wanted = [
      { pop: Math.sqrt(2 / 3), samp: 1, varPop: 0, varSamp: null },
      { pop: 1, samp: Math.SQRT2, varPop: 2.25, varSamp: null },
    ]
    const near = (row: object): object =>
      Object.fromEntries(Object.entries(row).map(([k, v]) => [k, typeof v === 'number' ? Number(v.toFixed(12)) : v]))
    if (place.name === 'sqlite') expect(tagOf(await world.outcome(q))).toBe('Unsupported')
    else expect((await world.rows(q)).map(near)).toEqual(wanted.map(near))
  })

  it('what has no meaning is refused before it is sent', async () => {
    const wrong = [
      pipe(from(shops), select(distinctValues(stringAgg(shops.name, ',', [shops.id])))),
      pipe(from(shops), select(distinctValues(stddevPop(shops.share)))),
      pipe(from(shops), select(distinctValues(jsonAgg(shops.id, [shops.id])))),
      pipe(from(shops), select(stringAgg(shops.rent, ',', [shops.id]))),
      pipe(from(shops), select(sum(sum(shops.size)))),
      pipe(from(shops), select(pipe(count(), filter(gt(count(), 1))))),
      pipe(from(shops), where(gt(count(), 1))),
    ]
    for (const q of wrong) expect(tagOf(await world.outcome(q))).toBe('IllFormed')
    const untyped = stringAgg as unknown as (of: unknown, separator: unknown, by?: unknown) => ReturnType<typeof count>
    for (const q of [
      pipe(from(shops), select(untyped(shops.name, 7, [shops.id]))),
      pipe(from(shops), select(untyped(shops.name, undefined, [shops.id]))),
      pipe(from(shops), select(untyped(shops.name, ',', []))),
      pipe(
        from(shops),
        select((filter as unknown as (on: unknown) => (of: unknown) => typeof shops.id)(undefined)(count())),
      ),
      pipe(from(shops), select((distinctValues as unknown as (of: unknown) => typeof shops.id)(3))),
    ])
      expect(['InvalidValue', 'IllFormed']).toContain(tagOf(await world.outcome(q)))
  })

  it('[C30] [C31] [C35] [C36] orders, groups and what is asked of them share one expression', async () => {
    const sizes = sum(shops.size)
    const louder = add(shops.townId, 10)
    expect(
      await world.rows(
        pipe(
          from(shops),
          groupBy(louder),
          having(gt(sizes, 10)),
          orderBy(desc(sizes), asc(louder)),
          select({ town: louder, sizes }),
        ),
      ),
    ).toEqual([
      { town: 11, sizes: 20 },
      { town: 12, sizes: 11 },
    ])
    const ungrouped = pipe(from(shops), groupBy(shops.townId), select({ town: shops.townId, name: shops.name }))
    expect(tagOf(await world.outcome(ungrouped))).toBe('Ungrouped')
    expect(
      await world.rows(pipe(from(shops), select({ town: shops.townId }), distinct, orderBy(desc(shops.townId)))),
    ).toEqual([{ town: 2 }, { town: 1 }])
  })
})
