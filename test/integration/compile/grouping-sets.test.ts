// Several groupings at once: native, or one query for each grouping; the rows are the interpreter's.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  asc,
  count,
  cube,
  desc,
  distinct,
  eq,
  exists,
  from,
  groupBy,
  grouping,
  groupingSets,
  gt,
  having,
  include,
  innerJoin,
  insertInto,
  integer,
  isNull,
  limit,
  lt,
  many,
  nullable,
  nullsFirst,
  offset,
  orderBy,
  over,
  primaryKey,
  rollup,
  scalar,
  select,
  subquery,
  sum,
  table,
  text,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const lands = table('lands', { id: pipe(integer, primaryKey), name: text })
const sales = table('sales', {
  id: pipe(integer, primaryKey),
  landId: integer,
  town: pipe(text, nullable),
  amount: integer,
})

const filled = [
  insertInto(lands)([
    { id: 1, name: 'Hessen' },
    { id: 2, name: 'Bayern' },
  ]),
  insertInto(sales)([
    { id: 1, landId: 1, town: 'Kassel', amount: 5 },
    { id: 2, landId: 1, town: null, amount: 7 },
    { id: 3, landId: 1, town: 'Kassel', amount: 1 },
    { id: 4, landId: 2, town: 'Hof', amount: 20 },
  ]),
]

describe.each(places())('several groupings on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ lands, sales })
    for (const insert of filled) expect(tagOf(await world.outcome(insert))).toBe('Right')
  })
  afterAll(() => world.close())

  const total = sum(sales.amount)
  const values = (rows: ReadonlyArray<object>): ReadonlyArray<ReadonlyArray<unknown>> =>
    rows.map((r) => Object.values(r))

  it('[SEL31] rollup: totals of totals, and a null of the data is told from one that stands for all', async () => {
    const found = await world.rows(
      pipe(
        from(sales),
        rollup(sales.landId, sales.town),
        select({ land: sales.landId, town: sales.town, all: grouping(sales.town), n: count(), total }),
        orderBy(sales.landId, grouping(sales.town), nullsFirst(asc(sales.town))),
      ),
    )
    expect(values(found)).toEqual([
      [1, null, 0, 1, 7],
      [1, 'Kassel', 0, 2, 6],
      [1, null, 1, 3, 13],
      [2, 'Hof', 0, 1, 20],
      [2, null, 1, 1, 20],
      [null, null, 1, 4, 33],
    ])
  })

  it('cube and groupingSets, with having, distinct, limit and offset over the whole', async () => {
    const bySize = pipe(
      from(sales),
      cube(sales.landId, sales.town),
      having(gt(total, 6)),
      select({ land: sales.landId, town: sales.town, total }),
      orderBy(desc(total), sales.landId, sales.town),
    )
    expect(values(await world.rows(bySize))).toEqual([
      [null, null, 33],
      [2, 'Hof', 20],
      [2, null, 20],
      [null, 'Hof', 20],
      [1, null, 13],
      [1, null, 7],
      [null, null, 7],
    ])
    expect(values(await world.rows(pipe(bySize, limit(2), offset(1))))).toEqual([
      [2, 'Hof', 20],
      [2, null, 20],
    ])
    const either = pipe(
      from(sales),
      groupingSets([sales.landId], [sales.town], []),
      select({ n: count() }),
      distinct,
      orderBy(desc(count())),
    )
    expect(values(await world.rows(either))).toEqual([[4], [3], [2], [1]])
  })

  it('beside groupBy each grouping has its expressions, and a key in all frees its table', async () => {
    const found = await world.rows(
      pipe(
        from(sales),
        innerJoin(lands, eq(lands.id, sales.landId)),
        groupBy(lands.id),
        rollup(sales.town),
        where(lt(sales.id, 4)),
        select({ name: lands.name, town: sales.town, total }),
        orderBy(grouping(sales.town), total),
      ),
    )
    expect(values(found)).toEqual([
      ['Hessen', 'Kassel', 6],
      ['Hessen', null, 7],
      ['Hessen', null, 13],
    ])
    const partly = pipe(from(lands), rollup(lands.id), select({ name: lands.name }))
    expect(tagOf(await world.outcome(partly))).toBe('Ungrouped')
    expect(tagOf(await world.outcome(pipe(from(lands), rollup(lands.id), select(lands))))).toBe('Ungrouped')
  })

  it('expressions with values in them, windows over the groups, and queries about them', async () => {
    const nextLand = add(sales.landId, 1)
    const found = await world.rows(
      pipe(
        from(sales),
        rollup(nextLand),
        select({
          land: nextLand,
          twice: add(nextLand, 1),
          share: pipe(sum(total), over({ partitionBy: [grouping(nextLand)] })),
          n: count(),
        }),
        orderBy(nextLand),
      ),
    )
    expect(values(found)).toEqual([
      [2, 3, 33, 3],
      [3, 4, 33, 1],
      [null, null, 33, 4],
    ])
    const about = await world.rows(
      pipe(
        from(sales),
        rollup(sales.landId),
        select({
          land: sales.landId,
          there: exists(pipe(from(lands), where(eq(lands.id, sales.landId)))),
          name: scalar(pipe(from(lands), where(eq(lands.id, sales.landId)), select(lands.name))),
        }),
        orderBy(sales.landId),
      ),
    )
    expect(values(about)).toEqual([
      [1, true, 'Hessen'],
      [2, true, 'Bayern'],
      [null, false, null],
    ])
  })

  it('of no rows the group of all rows is there alone', async () => {
    const none = where(lt(sales.id, 0))
    expect(
      await world.rows(
        pipe(from(sales), none, rollup(sales.landId), select({ land: sales.landId, n: count(), total })),
      ),
    ).toEqual([{ land: null, n: 0, total: null }])
    expect(
      await world.rows(pipe(from(sales), none, groupingSets([sales.landId], [sales.town]), select({ n: count() }))),
    ).toEqual([])
  })

  it('as a derived table, where what is left out is null', async () => {
    const totals = pipe(from(sales), rollup(sales.landId), select({ land: sales.landId, total }), subquery('totals'))
    expect(await world.rows(pipe(from(totals), where(isNull(totals.land)), select(totals.total)))).toEqual([33])
  })

  it('what is not grouped, and what an include would ask of it, is refused', async () => {
    const wrong = [
      pipe(from(sales), rollup(sales.landId), select(grouping(sales.town))),
      pipe(from(sales), groupBy(sales.landId), select(grouping(sales.town))),
    ]
    for (const q of wrong) expect(tagOf(await world.outcome(q))).toBe('IllFormed')
    const related = pipe(
      from(lands),
      include({
        sales: many(pipe(from(sales), where(eq(sales.landId, lands.id)), rollup(sales.town), select({ n: count() }))),
      }),
    )
    // In memory a relation is asked once for each outer row.
    expect(tagOf(await world.outcome(related))).toBe(place.name === 'memory' ? 'Right' : 'Unsupported')
  })
})
