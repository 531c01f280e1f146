// Set operations: which rows, in which order, with operands that have an order, a limit or a set operation of their own.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  desc,
  distinct,
  eq,
  except,
  exceptAll,
  from,
  inQuery,
  insertInto,
  integer,
  intersect,
  intersectAll,
  isNotNull,
  limit,
  nullable,
  nullsFirst,
  offset,
  orderBy,
  primaryKey,
  select,
  subquery,
  table,
  text,
  union,
  unionAll,
  upper,
  where,
} from '../../../src/index.js'
import { asked, type Filling, gives, type RowsCase } from '../../support/cases.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const points = table('points', { id: pipe(integer, primaryKey), x: integer, y: integer })
const pairs = table('pairs', { id: pipe(integer, primaryKey), of: text, a: text, b: text })
const bag = table('bag', { id: pipe(integer, primaryKey), side: text, v: pipe(integer, nullable) })

const filled: ReadonlyArray<Filling> = [
  { table: points, rows: [1, 2, 3, 4].map((id) => ({ id, x: id, y: id + 1 })) },
  {
    table: pairs,
    rows: [
      ['t1', 'aaa', 'aaa'],
      ['t1', 'bbb', 'bbb'],
      ['t1', 'ccc', 'ccc'],
      ['t2', 'aaa', 'bbb'],
      ['t2', 'bbb', 'ccc'],
      ['t2', 'ccc', 'aaa'],
      ['t3', 'aaa', 'ccc'],
      ['t3', 'bbb', 'aaa'],
      ['t3', 'ccc', 'bbb'],
    ].map(([of, a, b], i) => ({ id: i + 1, of, a, b })),
  },
  {
    table: bag,
    rows: [
      ['l', 1],
      ['l', 1],
      ['l', 1],
      ['l', 2],
      ['l', null],
      ['l', null],
      ['r', 1],
      ['r', 1],
      ['r', 3],
      ['r', null],
    ].map(([side, v], id) => ({ id, side, v })),
  },
]

const point = (id: number) =>
  pipe(from(points), where(eq(points.id, id)), select({ id: points.id, x: points.x, y: points.y }))
const pairsOf = (of: string) => pipe(from(pairs), where(eq(pairs.of, of)), select({ a: pairs.a, b: pairs.b }))
const letters = pipe(from(pairs), where(eq(pairs.of, 't1')), select({ a: pairs.a }))
const onlyC = pipe(letters, where(eq(pairs.a, 'ccc')))
const side = (name: string) => pipe(from(bag), where(eq(bag.side, name)), select({ v: bag.v }))
const first = (n: number) => pipe(from(points), orderBy(desc(points.id)), limit(n), select({ id: points.id }))

const cases: ReadonlyArray<RowsCase> = [
  gives(
    '[SEL08, C52] the union of two rows, in order',
    pipe(
      point(3),
      union(point(2)),
      orderBy((row) => [row.id]),
    ),
    [
      { id: 2, x: 2, y: 3 },
      { id: 3, x: 3, y: 4 },
    ],
  ),
  gives(
    '[C53] unionAll counts a row as often as it comes',
    pipe(
      point(2),
      unionAll(point(2)),
      orderBy((row) => [row.id]),
    ),
    [
      { id: 2, x: 2, y: 3 },
      { id: 2, x: 2, y: 3 },
    ],
  ),
  gives(
    '[SEL10, dialect 53] members with an order and a limit of their own',
    pipe(
      first(1),
      unionAll(pipe(from(points), orderBy(points.id), limit(1), select({ id: points.id }))),
      orderBy((row) => [row.id]),
    ),
    [{ id: 1 }, { id: 4 }],
  ),
  gives(
    '[SEL11] members that are distinct, and a limit of the whole',
    pipe(
      from(pairs),
      select({ a: pairs.a }),
      distinct,
      unionAll(pipe(from(pairs), select({ a: pairs.b }), distinct)),
      orderBy((row) => [row.a]),
      limit(3),
      offset(1),
    ),
    [{ a: 'aaa' }, { a: 'bbb' }, { a: 'bbb' }],
  ),
  gives('[SEL13] except nested on the right keeps its grouping', pipe(letters, except(pipe(letters, except(onlyC)))), [
    { a: 'ccc' },
  ]),
  gives('[SEL13] except nested on the left is another thing', pipe(letters, except(letters), except(onlyC)), []),
  gives(
    '[SEL14] the intersection of unions',
    pipe(
      pairsOf('t1'),
      union(pairsOf('t3')),
      intersect(pipe(pairsOf('t2'), union(pairsOf('t3')))),
      orderBy((row) => [row.a]),
    ),
    [
      { a: 'aaa', b: 'ccc' },
      { a: 'bbb', b: 'aaa' },
      { a: 'ccc', b: 'bbb' },
    ],
  ),
  gives(
    '[dialect 52] operations are done in the order of the pipe, where engines would intersect first',
    pipe(
      letters,
      union(pipe(pairsOf('t2'), select({ a: pairs.b }))),
      intersect(onlyC),
      orderBy((row) => [row.a]),
    ),
    [{ a: 'ccc' }],
  ),
  gives(
    '[dialect 51] intersectAll: as often as on the side that has it less often, nulls too',
    pipe(
      side('l'),
      intersectAll(side('r')),
      orderBy((row) => [row.v]),
    ),
    [{ v: 1 }, { v: 1 }, { v: null }],
  ),
  gives(
    '[dialect 51] exceptAll: as many times more often',
    pipe(
      side('l'),
      exceptAll(side('r')),
      orderBy((row) => [nullsFirst(desc(row.v))]),
    ),
    [{ v: null }, { v: 2 }, { v: 1 }],
  ),
  gives(
    '[dialect 51] the other way round, with a limit and inside a subquery',
    (() => {
      const rest = pipe(
        side('r'),
        exceptAll(pipe(side('l'), where(isNotNull(bag.v)))),
        orderBy((row) => [row.v]),
        limit(2),
        subquery('rest'),
      )
      return pipe(from(rest), orderBy(rest.v))
    })(),
    [{ v: 3 }, { v: null }],
  ),
  gives(
    '[dialect 51] ALL of two outputs, nested on both sides',
    pipe(
      pairsOf('t1'),
      unionAll(pairsOf('t1')),
      exceptAll(pipe(pairsOf('t1'), intersectAll(pipe(pairsOf('t1'), unionAll(pairsOf('t2')))))),
      orderBy((row) => [row.a, row.b]),
    ),
    ['aaa', 'bbb', 'ccc'].map((v) => ({ a: v, b: v })),
  ),
  gives(
    '[dialect 54] an expression over the outputs, by a name',
    (() => {
      const all = pipe(letters, union(pipe(from(pairs), select({ a: upper(pairs.b) }))), subquery('all'))
      return pipe(from(all), orderBy(upper(all.a), all.a), limit(2), select(all.a))
    })(),
    ['AAA', 'aaa'],
  ),
  gives(
    '[dialect 55] a limit inside IN',
    pipe(from(points), where(pipe(points.id, inQuery(first(2)))), orderBy(points.id), select(points.id)),
    [3, 4],
  ),
  gives(
    '[dialect 56] the order of a derived table counts with its limit',
    (() => {
      const top = pipe(first(3), subquery('top'))
      return pipe(from(top), orderBy(top.id))
    })(),
    [{ id: 2 }, { id: 3 }, { id: 4 }],
  ),
  gives(
    '[dialect 57] an offset without a limit',
    pipe(
      letters,
      union(letters),
      orderBy((row) => [row.a]),
      offset(2),
    ),
    [{ a: 'ccc' }],
  ),
  gives(
    '[dialect 58] every derived table has a name',
    (() => {
      const both = pipe(letters, unionAll(letters), subquery('both'))
      const again = pipe(both, alias('again'))
      return pipe(from(again), orderBy(again.a), limit(1))
    })(),
    [{ a: 'aaa' }],
  ),
]

describe.each(places())('$label', (place) => {
  let w: World<Place['name']>

  beforeAll(async () => {
    w = await openWorldAt(place)
    await w.create({ points, pairs, bag })
    for (const { table: t, rows } of filled)
      await w.answer(insertInto(t as typeof points)(rows as ReadonlyArray<never>))
  })
  afterAll(() => w.close())

  it.each(cases.map((one) => [one.title, one] as const))('%s', (_title, one) => asked(w, one))

  it('[dialect 44] distinct rows are ordered by their outputs alone', async () => {
    const hidden = pipe(from(points), select({ x: points.x }), distinct, orderBy(points.y))
    expect(tagOf(await w.outcome(hidden))).toBe('IllFormed')
    expect(
      await w.rows(pipe(from(points), select({ x: points.x }), distinct, orderBy(desc(points.x)), limit(1))),
    ).toEqual([{ x: 4 }])
  })
})
