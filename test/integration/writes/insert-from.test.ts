// Inserts of the rows of a query: into other tables and into the one that is asked, with what the query leaves out.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  autoIncrement,
  count,
  cte,
  defaultTo,
  deleteFrom,
  desc,
  eq,
  everyRow,
  exists,
  from,
  generated,
  generatedAs,
  groupBy,
  gt,
  inList,
  innerJoin,
  insertFrom,
  insertInto,
  integer,
  limit,
  literal,
  max,
  mul,
  not,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  returning,
  scalar,
  select,
  table,
  text,
  unionAll,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const defaults = table('includes_defaults', {
  id: pipe(integer, primaryKey),
  data: varchar(50),
  x: pipe(integer, defaultTo(5)),
  y: pipe(
    integer,
    defaultTo(() => 4),
  ),
})
const source = table('sourced', { id: pipe(integer, primaryKey), data: varchar(50), n: pipe(integer, nullable) })
const auto = table('autoinc', {
  id: pipe(integer, primaryKey, autoIncrement),
  data: varchar(50),
  n: pipe(integer, nullable),
})
const prices = table('prices', { id: pipe(integer, primaryKey), low: numeric(8, 1) })
const exact = table('exact', { id: pipe(integer, primaryKey), price: numeric(12, 3), note: pipe(text, nullable) })
const areas = table('areas', { side: pipe(integer, primaryKey), area: pipe(integer, generated) }, (a) => [
  generatedAs(a.area, mul(a.side, a.side)),
])
const all = { defaults, source, auto, prices, exact, areas }

describe.each(places())('inserts of a query on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create(all)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    for (const one of Object.values(all)) await world.rows(everyRow(deleteFrom(one as typeof prices)))
    await world.rows(
      insertInto(source)([
        { id: 1, data: 'a', n: 10 },
        { id: 2, data: 'b' },
        { id: 3, data: 'c', n: 30 },
      ]),
    )
    world.sent()
  })

  const sourced = () => world.rows(pipe(from(source), orderBy(source.id), select({ id: source.id, data: source.data })))
  const inAuto = () => world.rows(pipe(from(auto), orderBy(auto.data), select({ data: auto.data, n: auto.n })))

  it('[DML06] from the table itself, with defaults', async () => {
    await world.rows(insertInto(defaults)([1, 2, 3].map((id) => ({ id, data: `data${id}` }))))
    const { rows, keys, affected } = await world.answer(
      pipe(
        from(defaults),
        where(pipe(defaults.data, inList(['data2', 'data3']))),
        select({ id: add(defaults.id, 5), data: defaults.data }),
        insertFrom(defaults),
      ),
    )
    expect({ rows, keys, affected }).toEqual({ rows: [], keys: [], affected: 2 })
    const kept = await world.rows(pipe(from(defaults), orderBy(defaults.data, defaults.id)))
    expect(kept.map(({ id, data, x, y }) => [id, data, x, y])).toEqual([
      [1, 'data1', 5, 4],
      [2, 'data2', 5, 4],
      [7, 'data2', 5, 4],
      [3, 'data3', 5, 4],
      [8, 'data3', 5, 4],
    ])
  })

  it('[DML06] into a table that makes its keys, and of no rows', async () => {
    const named = (data: string) =>
      pipe(from(source), where(eq(source.data, data)), select({ data: source.data }), insertFrom(auto))
    expect((await world.answer(named('b'))).affected).toBe(1)
    expect((await world.answer(named('nobody'))).affected).toBe(0)
    expect(await inAuto()).toEqual([{ data: 'b', n: null }])
  })

  it('rows that are made of the table that they go to are those that were there before', async () => {
    const more = pipe(
      from(source),
      select({ id: add(source.id, 100), data: source.data, n: source.n }),
      insertFrom(source),
    )
    expect((await world.answer(more)).affected).toBe(3)
    const t = pipe(source, alias('t'))
    const asked = pipe(
      from(source),
      where(not(exists(pipe(from(t), where(gt(t.id, 200)))))),
      select({ id: add(source.id, 1000), data: source.data, n: scalar(pipe(from(t), select(max(t.id)))) }),
      insertFrom(source),
    )
    expect((await world.answer(asked)).affected).toBe(6)
    expect((await sourced()).map(({ id }) => id)).toEqual([1, 2, 3, 101, 102, 103, 1001, 1002, 1003, 1101, 1102, 1103])
    expect(await world.rows(pipe(from(source), where(gt(source.id, 1000)), select(source.n)))).toEqual(
      Array.from({ length: 6 }, () => 103),
    )
  })

  it('of joins, groups, limits, set operations and named rows', async () => {
    const t = pipe(source, alias('t'))
    await world.rows(
      pipe(
        from(source),
        innerJoin(t, gt(t.id, source.id)),
        groupBy(source.data),
        select({ data: source.data, n: count() }),
        insertFrom(auto),
      ),
    )
    expect(await inAuto()).toEqual([
      { data: 'a', n: 2 },
      { data: 'b', n: 1 },
    ])
    await world.rows(everyRow(deleteFrom(auto)))
    await world.rows(
      pipe(from(source), orderBy(desc(source.id)), limit(2), select({ data: source.data }), insertFrom(auto)),
    )
    expect((await inAuto()).map(({ data }) => data)).toEqual(['b', 'c'])
    await world.rows(everyRow(deleteFrom(auto)))
    const one = pipe(from(source), where(eq(source.id, 1)), select({ data: source.data, n: source.n }))
    await world.rows(pipe(one, unionAll(one), insertFrom(auto)))
    expect(await inAuto()).toEqual([
      { data: 'a', n: 10 },
      { data: 'a', n: 10 },
    ])
    await world.rows(everyRow(deleteFrom(auto)))
    const big = pipe(from(source), where(gt(source.n, 5)), cte('big'))
    const b = pipe(big, alias('b'))
    await world.rows(
      pipe(
        from(big),
        innerJoin(b, eq(b.id, big.id)),
        select({ data: b.data, n: literal(7, integer) }),
        insertFrom(auto),
      ),
    )
    expect(await inAuto()).toEqual([
      { data: 'a', n: 7 },
      { data: 'c', n: 7 },
    ])
  })

  it('keys are made in the order of the query', async () => {
    await world.rows(
      pipe(from(source), orderBy(desc(source.data)), select({ data: source.data, n: source.n }), insertFrom(auto)),
    )
    expect(await world.rows(pipe(from(auto), orderBy(auto.id), select(auto.data)))).toEqual(['c', 'b', 'a'])
  })

  it('a whole row, and numbers of another scale', async () => {
    await world.rows(
      pipe(
        from(source),
        where(eq(source.id, 3)),
        select({ id: add(source.id, 1), data: source.data, n: source.n }),
        insertFrom(source),
      ),
    )
    await world.rows(
      insertInto(prices)([
        { id: 1, low: '12.5' },
        { id: 2, low: '-0.1' },
      ]),
    )
    await world.rows(pipe(from(prices), select({ id: prices.id, price: prices.low }), insertFrom(exact)))
    expect(await world.rows(pipe(from(exact), orderBy(exact.id)))).toEqual([
      { id: 1, price: '12.500', note: null },
      { id: 2, price: '-0.100', note: null },
    ])
    expect((await sourced()).at(-1)).toEqual({ id: 4, data: 'c' })
  })

  it('[J12, dialect 59] returning gives the rows that were inserted, also where the engine has no RETURNING', async () => {
    const back = await world.outcome(
      pipe(
        from(source),
        select({ data: source.data, n: source.n }),
        insertFrom(auto),
        returning({ data: auto.data, n: auto.n, twice: mul(auto.n, 2) }),
      ),
    )
    const { rows, affected, keys } = must(back)
    // Rows that were read first have their keys one by one; what the engine read by itself has none.
    const made = await world.rows(pipe(from(auto), orderBy(auto.id), select({ id: auto.id })))
    if (place.name === 'mysql') expect(keys).toEqual(made)
    expect(affected).toBe(3)
    expect(
      [...(rows as ReadonlyArray<{ readonly data: string }>)].toSorted((a, b) => (a.data < b.data ? -1 : 1)),
    ).toEqual([
      { data: 'a', n: 10, twice: 20 },
      { data: 'b', n: null, twice: null },
      { data: 'c', n: 30, twice: 60 },
    ])
    const own = await world.rows(
      pipe(
        from(source),
        where(eq(source.id, 1)),
        select({ id: add(source.id, 50), data: source.data }),
        insertFrom(source),
        returning(source),
      ),
    )
    expect(own).toEqual([{ id: 51, data: 'a', n: null }])
    const none = pipe(from(source), where(eq(source.id, 99)), select({ data: source.data }), insertFrom(auto))
    expect(await world.answer(pipe(none, returning(auto)))).toMatchObject({ rows: [], affected: 0 })
  })

  it('what cannot be is refused', async () => {
    const sides = pipe(from(source), select({ side: source.id, area: source.id }))
    expect(tagOf(await world.outcome(insertFrom(areas)(sides as never) as never))).toBe('IllFormed')
    const wrong = pipe(from(source), select({ id: source.id, data: source.id }))
    expect(tagOf(await world.outcome(insertFrom(source)(wrong as never) as never))).toBe('IllFormed')
    const other = pipe(from(source), select({ id: source.id, nothing: source.data }))
    expect(tagOf(await world.outcome(insertFrom(source)(other as never) as never))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
    const twice = pipe(from(source), select({ id: source.id, data: source.data }), insertFrom(source))
    expect(tagOf(await world.outcome(twice))).toBe('UniqueViolation')
    expect(await sourced()).toHaveLength(3)
  })
})
