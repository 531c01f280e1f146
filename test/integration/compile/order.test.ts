// Orders with nulls where they were asked for, limits, offsets and distinct rows: the same on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  and,
  asc,
  boolean,
  caseWhen,
  coalesce,
  compile,
  concat,
  count,
  desc,
  distinct,
  eq,
  exists,
  from,
  given,
  groupBy,
  gt,
  inList,
  inQuery,
  insertInto,
  integer,
  isNull,
  leftJoin,
  limit,
  literal,
  lower,
  lt,
  lte,
  mul,
  notInList,
  nullable,
  nullsFirst,
  nullsLast,
  offset,
  or,
  orderBy,
  param,
  prepare,
  primaryKey,
  scalar,
  select,
  subquery,
  sum,
  table,
  text,
  union,
  where,
} from '../../../src/index.js'
import { showValue } from '../../../src/compile/encode.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const things = table('things', {
  id: pipe(integer, primaryKey),
  x: pipe(integer, nullable),
  y: integer,
  name: pipe(text, nullable),
  flag: pipe(boolean, nullable),
})
const five = table('five', { id: pipe(integer, primaryKey), x: integer, y: integer })

describe.each(places())('order on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ things, five })
    await world.rows(
      insertInto(things)([
        { id: 1, x: null, y: 1, name: null, flag: null },
        { id: 2, x: 2, y: 1, name: 'b', flag: true },
        { id: 3, x: 1, y: 2, name: 'a', flag: false },
        { id: 4, x: null, y: 2, name: 'B', flag: true },
        { id: 5, x: 2, y: 3, name: 'c', flag: null },
      ]),
    )
    await world.rows(
      insertInto(five)(
        [
          [1, 1, 2],
          [2, 2, 3],
          [3, 3, 4],
          [4, 4, 5],
          [5, 4, 6],
        ].map(([id = 0, x = 0, y = 0]) => ({ id, x, y })),
      ),
    )
  })
  afterAll(() => world.close())

  const ordered = (...orders: Parameters<typeof orderBy>) =>
    // the second order makes the rows' order total
    world
      .outcome(
        pipe(
          from(things),
          orderBy(...(orders as unknown as ReadonlyArray<typeof things.id>)),
          orderBy(things.id),
          select(things.id),
        ),
      )
      .then((o) => must(o).rows)

  it('[dialect 25] [ORD06] [ORD08] [ORD09] [ORD11] nulls come last unless asked, in both directions', async () => {
    expect(await ordered(asc(things.x))).toEqual([3, 2, 5, 1, 4])
    expect(await ordered(desc(things.x))).toEqual([2, 5, 3, 1, 4])
    expect(await ordered(things.x)).toEqual([3, 2, 5, 1, 4])
    expect(await ordered(nullsLast(asc(things.x)))).toEqual([3, 2, 5, 1, 4])
    expect(await ordered(nullsLast(desc(things.x)))).toEqual([2, 5, 3, 1, 4])
    expect(await ordered(nullsFirst(asc(things.x)))).toEqual([1, 4, 3, 2, 5])
    expect(await ordered(nullsFirst(desc(things.x)))).toEqual([1, 4, 2, 5, 3])
    expect(await ordered(nullsFirst(things.x))).toEqual([1, 4, 3, 2, 5])
  })

  it('[dialect 25] of columns that are never null, of booleans, of text and of expressions', async () => {
    expect(await ordered(desc(things.y))).toEqual([5, 3, 4, 1, 2])
    expect(await ordered(nullsFirst(desc(things.y)))).toEqual([5, 3, 4, 1, 2])
    expect(await ordered(asc(things.flag))).toEqual([3, 2, 4, 1, 5])
    expect(await ordered(nullsFirst(desc(things.flag)))).toEqual([1, 5, 2, 4, 3])
    expect(await ordered(desc(things.name))).toEqual([5, 2, 3, 4, 1])
    expect(await ordered(lower(things.name))).toEqual([3, 2, 4, 5, 1])
    expect(await ordered(nullsFirst(desc(mul(things.x, -1))))).toEqual([1, 4, 3, 2, 5])
    expect(await ordered(isNull(things.x), desc(things.y))).toEqual([5, 3, 2, 4, 1])
    expect(await ordered(caseWhen(eq(things.x, 2), 1).otherwise(0), asc(things.y))).toEqual([1, 3, 4, 2, 5])
    expect(await ordered(scalar(pipe(from(five), where(eq(five.id, things.id)), select(mul(five.x, -1)))))).toEqual([
      4, 5, 3, 2, 1,
    ])
  })

  it('a constant orders nothing, and is never taken for a position', async () => {
    for (const constant of [
      and(),
      or(),
      literal(1, integer),
      literal(2, integer),
      literal('x', text),
      literal(null, pipe(integer, nullable)),
      pipe(things.id, inList<number>([])),
      concat(),
    ])
      expect(await ordered(constant, desc(things.y))).toEqual([5, 3, 4, 1, 2])
  })

  it('[ORD02] [ORD03] [ORD05] expressions that are outputs, too, with and without values in them', async () => {
    const lx = add(five.x, five.y)
    expect(await world.rows(pipe(from(five), select({ lx }), orderBy(desc(lx)), limit(3)))).toEqual([
      { lx: 10 },
      { lx: 9 },
      { lx: 7 },
    ])
    const plus = add(things.x, 5)
    expect(
      await world.rows(pipe(from(things), select({ id: things.id, plus }), orderBy(desc(plus), things.id))),
    ).toEqual([
      { id: 2, plus: 7 },
      { id: 5, plus: 7 },
      { id: 3, plus: 6 },
      { id: 1, plus: null },
      { id: 4, plus: null },
    ])
    expect(
      await world.rows(
        pipe(
          from(things),
          select({ id: things.id, plus: add(things.x, 5) }),
          orderBy(nullsFirst(desc(add(things.x, 5))), things.id),
          limit(3),
        ),
      ),
    ).toEqual([
      { id: 1, plus: null },
      { id: 4, plus: null },
      { id: 2, plus: 7 },
    ])
    expect(
      await world.rows(
        pipe(from(things), select({ plus: add(things.y, 5) }), orderBy(desc(add(add(things.y, 5), 1))), limit(1)),
      ),
    ).toEqual([{ plus: 8 }])
  })

  it('[ORD12] of absent rows of a left join', async () => {
    const rows = await world.rows(
      pipe(
        from(things),
        leftJoin(five, and(eq(five.id, things.id), gt(five.id, 3))),
        orderBy(nullsFirst(asc(five.x)), desc(things.id)),
        select({ id: things.id, x: five.x }),
      ),
    )
    expect(rows).toEqual([
      { id: 3, x: null },
      { id: 2, x: null },
      { id: 1, x: null },
      { id: 5, x: 4 },
      { id: 4, x: 4 },
    ])
  })

  it('[LIM01] [LIM02] [LIM04] [LIM13] [dialect 57] limit and offset, 0 and beyond the end', async () => {
    const ids = (q: ReturnType<typeof base>) => world.rows(pipe(q, select(five.id)))
    const base = () => pipe(from(five), orderBy(five.id))
    expect(await ids(pipe(base(), limit(2)))).toEqual([1, 2])
    expect(await ids(pipe(base(), limit(3)))).toEqual([1, 2, 3])
    expect(await ids(pipe(base(), offset(2)))).toEqual([3, 4, 5])
    expect(await ids(pipe(base(), offset(0)))).toEqual([1, 2, 3, 4, 5])
    expect(await ids(pipe(base(), limit(0)))).toEqual([])
    expect(await ids(pipe(base(), limit(0), offset(3)))).toEqual([])
    expect(await ids(pipe(base(), limit(2), offset(1)))).toEqual([2, 3])
    expect(await ids(pipe(base(), limit(100), offset(4)))).toEqual([5])
    expect(await ids(pipe(base(), offset(100)))).toEqual([])
    expect(await ids(pipe(base(), limit(Number.MAX_SAFE_INTEGER), offset(Number.MAX_SAFE_INTEGER)))).toEqual([])
    expect(await ids(pipe(base(), limit(1), limit(4), offset(9), offset(3)))).toEqual([4, 5])
  })

  it('[LIM14] [dialect 32] what is no number of rows is refused before it is sent', async () => {
    world.sent()
    for (const n of [
      -1,
      1.5,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      2 ** 60,
      '2',
      null,
      undefined,
      2n,
      {},
      [],
      Symbol('x'),
    ]) {
      const query = pipe(from(five), orderBy(five.id))
      expect(tagOf(await world.outcome(pipe(query, limit(n as number)))), showValue(n)).toBe('InvalidValue')
      expect(tagOf(await world.outcome(pipe(query, offset(n as number)))), showValue(n)).toBe('InvalidValue')
    }
    expect(tagOf(await world.outcome(pipe(from(five), limit(add(five.x, 1) as never))))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
  })

  it('[LIM05] [LIM08] limit and offset by parameters, run again with others', async () => {
    const page = prepare(world.db.dialect)(
      pipe(
        from(five),
        orderBy(five.id),
        limit(param('size', integer)),
        offset(param('from', integer)),
        select(five.id),
      ),
    )
    const outcome = async (values: Readonly<Record<string, unknown>>) => {
      const load = page(values)
      return load._tag === 'Left' ? load : world.load(load.right)
    }
    const run = async (values: Readonly<Record<string, unknown>>) => must(await outcome(values)).rows
    expect(await run({ size: 2, from: 1 })).toEqual([2, 3])
    expect(await run({ size: 3, from: 0 })).toEqual([1, 2, 3])
    expect(await run({ size: 0, from: 0 })).toEqual([])
    expect(tagOf(await outcome({ size: -1, from: 0 }))).toBe('InvalidValue')
    expect(tagOf(await outcome({ size: null, from: 0 }))).toBe('InvalidValue')
    expect(tagOf(await outcome({ from: 0 }))).toBe('InvalidValue')
  })

  it('[dialect 55] [LIM16] limit in the query of IN, in a value, in EXISTS, and in both sides of a union', async () => {
    const last = pipe(from(five), orderBy(desc(five.id)), limit(2), select(five.id))
    expect(
      await world.rows(
        pipe(from(things), where(pipe(things.id, inQuery(last))), orderBy(things.id), select(things.id)),
      ),
    ).toEqual([4, 5])
    expect(
      await world.rows(
        pipe(
          from(things),
          where(pipe(things.id, inQuery(pipe(last, offset(1))))),
          orderBy(things.id),
          select(things.id),
        ),
      ),
    ).toEqual([3, 4])
    const least = scalar(pipe(from(five), orderBy(five.id), limit(1), select(five.id)))
    const one = pipe(from(things), where(eq(things.id, 1)), select({ n: least }))
    expect(await world.rows(pipe(one, union(one)))).toEqual([{ n: 1 }])
    expect(
      await world.rows(pipe(from(things), where(eq(things.id, 1)), select(exists(pipe(from(five), limit(0)))))),
    ).toEqual([false])
    expect(
      await world.rows(
        pipe(from(things), where(eq(things.id, 1)), select(exists(pipe(from(five), limit(1), offset(4))))),
      ),
    ).toEqual([true])
    expect(
      await world.rows(pipe(from(things), where(eq(things.id, 1)), select(exists(pipe(from(five), offset(5)))))),
    ).toEqual([false])
    expect(
      await world.rows(
        pipe(
          from(things),
          where(eq(things.id, 1)),
          select(exists(pipe(from(five), orderBy(add(five.x, 1)), offset(5), limit(1)))),
        ),
      ),
    ).toEqual([false])
  })

  it('[dialect 55] a correlated query of IN with a limit', async () => {
    const greatest = pipe(from(five), where(lte(five.id, things.id)), orderBy(desc(five.id)), limit(1), select(five.id))
    const query = pipe(from(things), where(pipe(things.y, inQuery(greatest))), orderBy(things.id), select(things.id))
    if (world.engine === 'mariadb') expect(tagOf(await world.outcome(query))).toBe('Unsupported')
    else expect(await world.rows(query)).toEqual([1])
  })

  it('[LIM17] distinct rows, ordered and limited', async () => {
    const xs = pipe(from(things), select(things.x), distinct)
    expect(await world.rows(pipe(xs, orderBy(things.x)))).toEqual([1, 2, null])
    expect(await world.rows(pipe(xs, orderBy(nullsFirst(desc(things.x)))))).toEqual([null, 2, 1])
    expect(await world.rows(pipe(xs, orderBy(desc(things.x)), limit(1), offset(1)))).toEqual([1])
    expect(
      await world.rows(pipe(from(things), select({ y: things.y }), distinct, orderBy(desc(things.y)), limit(2))),
    ).toEqual([{ y: 3 }, { y: 2 }])
  })

  it('[dialect 44] [LIM17] distinct expressions ordered with nulls where they were asked for', async () => {
    const plus = add(things.x, 1)
    expect(await world.rows(pipe(from(things), select({ plus }), distinct, orderBy(asc(plus))))).toEqual([
      { plus: 2 },
      { plus: 3 },
      { plus: null },
    ])
    expect(
      await world.rows(
        pipe(
          from(things),
          select({ plus, y: things.y }),
          distinct,
          orderBy(nullsFirst(desc(plus)), desc(things.y)),
          limit(3),
          offset(1),
        ),
      ),
    ).toEqual([
      { plus: null, y: 1 },
      { plus: 3, y: 3 },
      { plus: 3, y: 1 },
    ])
    const low = lower(things.name)
    expect(await world.rows(pipe(from(things), select(low), distinct, orderBy(low)))).toEqual(['a', 'b', 'c', null])
    const named = pipe(from(things), select({ low }), distinct, orderBy(desc(low)), limit(2), subquery('named'))
    expect(await world.rows(pipe(from(named), select(named.low), orderBy(named.low)))).toEqual(['b', 'c'])
    expect(
      await world.rows(
        pipe(
          from(things),
          where(pipe(lower(things.name), inQuery(pipe(from(things), select(low), distinct, orderBy(desc(low)))))),
          select(count()),
        ),
      ),
    ).toEqual([4])
  })

  it('[dialect 44] [ORD14] an order that is no output of distinct rows is refused', async () => {
    for (const query of [
      pipe(from(things), select(things.x), distinct, orderBy(things.y)),
      pipe(from(things), select(add(things.x, 1)), distinct, orderBy(add(things.x, 2))),
      pipe(from(things), select(things.x), distinct, orderBy(add(things.x, 0))),
    ])
      expect(tagOf(await world.outcome(query))).toBe('IllFormed')
    // the same shape but for the value, which decides
    expect(await world.rows(pipe(from(things), select(add(things.x, 2)), distinct, orderBy(add(things.x, 2))))).toEqual(
      [3, 4, null],
    )
  })

  it('distinct rows of a whole table, and of nested records', async () => {
    expect(await world.rows(pipe(from(things), distinct, orderBy(things.id), limit(1)))).toEqual([
      { id: 1, x: null, y: 1, name: null, flag: null },
    ])
    expect(
      await world.rows(
        pipe(
          from(things),
          select({ a: { x: things.x }, b: { c: { y: things.y } } }),
          distinct,
          orderBy(things.y, things.x),
        ),
      ),
    ).toEqual([
      { a: { x: 2 }, b: { c: { y: 1 } } },
      { a: { x: null }, b: { c: { y: 1 } } },
      { a: { x: 1 }, b: { c: { y: 2 } } },
      { a: { x: null }, b: { c: { y: 2 } } },
      { a: { x: 2 }, b: { c: { y: 3 } } },
    ])
  })

  it('groups ordered by expressions, aggregates and with nulls', async () => {
    const groups = pipe(from(things), groupBy(things.x), select({ x: things.x, n: count(), y: sum(things.y) }))
    expect(await world.rows(pipe(groups, orderBy(nullsFirst(asc(things.x)))))).toEqual([
      { x: null, n: 2, y: 3 },
      { x: 1, n: 1, y: 2 },
      { x: 2, n: 2, y: 4 },
    ])
    expect(await world.rows(pipe(groups, orderBy(desc(count()), desc(sum(things.y)))))).toEqual([
      { x: 2, n: 2, y: 4 },
      { x: null, n: 2, y: 3 },
      { x: 1, n: 1, y: 2 },
    ])
    const plus = add(things.x, 5)
    expect(
      await world.rows(pipe(from(things), groupBy(plus), select({ plus, n: count() }), orderBy(desc(plus)))),
    ).toEqual([
      { plus: 7, n: 2 },
      { plus: 6, n: 1 },
      { plus: null, n: 2 },
    ])
    expect(
      await world.rows(
        pipe(from(things), groupBy(lower(things.name)), select(lower(things.name)), orderBy(lower(things.name))),
      ),
    ).toEqual(['a', 'b', 'c', null])
    expect(
      await world.rows(
        pipe(from(things), groupBy(coalesce(things.x, 9)), select(count()), orderBy(desc(coalesce(things.x, 9)))),
      ),
    ).toEqual([2, 2, 1])
  })

  it('[dialect 56] an order in a derived table chooses, an order outside sorts', async () => {
    const last = pipe(from(five), orderBy(desc(five.id)), limit(2), subquery('last'))
    expect(await world.rows(pipe(from(last), orderBy(last.id), select(last.id)))).toEqual([4, 5])
    expect(await world.rows(pipe(from(last), where(lt(last.id, 5)), select(last.y)))).toEqual([5])
  })

  it('clauses commute: where after limit filters before it', async () => {
    const a = pipe(from(five), limit(2), orderBy(five.id), select(five.id), where(gt(five.id, 2)))
    const b = pipe(from(five), where(gt(five.id, 2)), select(five.id), orderBy(five.id), limit(2))
    expect(await world.rows(a)).toEqual([3, 4])
    const sql = (q: typeof a) => {
      const load = compile(world.db.dialect)(q)
      return load._tag === 'Right' && load.right._tag === 'Step' ? load.right.statement.sql : load
    }
    expect(sql(a)).toEqual(sql(b))
  })

  it('[INX01] [INX03] [INX04] [INX06] [INX07] empty lists', async () => {
    const none: ReadonlyArray<number> = []
    const ids = (...on: ReadonlyArray<Parameters<typeof where>[0]>) =>
      world
        .outcome(
          pipe(
            from(things),
            ...([where(and(...(on as ReadonlyArray<never>)))] as const),
            orderBy(things.id),
            select(things.id),
          ),
        )
        .then((o) => must(o).rows)
    expect(await ids(pipe(things.x, inList(none)))).toEqual([])
    expect(await ids(pipe(things.x, notInList(none)))).toEqual([1, 2, 3, 4, 5])
    expect(await ids(pipe(things.x, inList(none)), pipe(things.y, inList(none)))).toEqual([])
    expect(await ids(pipe(things.x, inList([1, 2])), pipe(things.id, notInList(none)))).toEqual([2, 3, 5])
    expect(await ids(eq(pipe(things.x, inList(none)), true))).toEqual([])
    expect(await ids(eq(pipe(things.x, inList(none)), false))).toEqual([1, 2, 3, 4, 5])
    expect(await ids(isNull(pipe(things.x, inList(none))))).toEqual([])
    expect(await ids(isNull(pipe(things.x, inList([1, 2]))))).toEqual([1, 4])
    expect(
      await world.rows(
        pipe(
          from(things),
          where(eq(things.id, 1)),
          select(caseWhen(pipe(things.x, inList(none)), true).otherwise(false)),
        ),
      ),
    ).toEqual([false])
    expect(await ids(pipe(things.x, notInList([2])))).toEqual([3])
  })

  it('a query given a row is closed, and ordered as it was', async () => {
    const before = pipe(from(five), where(lt(five.id, things.id)), orderBy(desc(five.id)), select(five.id))
    expect(await world.rows(pipe(before, given(things, { id: 4, x: null, y: 1, name: null, flag: null })))).toEqual([
      3, 2, 1,
    ])
  })
})
