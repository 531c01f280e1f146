// Every kind of expression says the same wherever it stands: selected, filtered by, ordered by, grouped by, joined on, assigned.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  everyRow,
  abs,
  add,
  alias,
  and,
  asc,
  between,
  bigint,
  boolean,
  caseWhen,
  charLength,
  coalesce,
  concat,
  containsText,
  count,
  date,
  desc,
  distinct,
  div,
  double,
  endsWith,
  eq,
  exists,
  type Expr,
  from,
  groupBy,
  gt,
  gte,
  having,
  ilike,
  innerJoin,
  inList,
  inQuery,
  insertInto,
  intDiv,
  integer,
  isDistinctFrom,
  isNotDistinctFrom,
  isNotNull,
  isNull,
  leftJoin,
  like,
  literal,
  lower,
  lt,
  lte,
  max,
  mod,
  mul,
  ne,
  not,
  notInList,
  nullable,
  nullsFirst,
  or,
  orderBy,
  primaryKey,
  scalar,
  select,
  set,
  startsWith,
  sub,
  subquery,
  sum,
  table,
  text,
  timestamptz,
  unionAll,
  update,
  upper,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const t = table('t', {
  id: pipe(integer, primaryKey),
  i: pipe(integer, nullable),
  b: pipe(bigint, nullable),
  d: pipe(double, nullable),
  s: pipe(text, nullable),
  f: pipe(boolean, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
})
const o = table('o', { id: pipe(integer, primaryKey), ti: integer, v: pipe(integer, nullable) })
const sink = table('sink', {
  id: pipe(integer, primaryKey),
  Integer: pipe(integer, nullable),
  BigInt: pipe(bigint, nullable),
  Double: pipe(double, nullable),
  Text: pipe(text, nullable),
  Boolean: pipe(boolean, nullable),
  Date: pipe(date, nullable),
  TimestampTz: pipe(timestamptz, nullable),
})
const rows = [
  {
    id: 1,
    i: 7,
    b: 9007199254740993n,
    d: 0.5,
    s: 'Ann',
    f: true,
    day: '2012-10-15',
    at: '2012-10-15T12:57:18.000396Z',
  },
  { id: 2, i: -7, b: -2n, d: -2.25, s: "b%_!'", f: false, day: '1999-12-31', at: '1999-12-31T23:59:59.999999Z' },
  { id: 3, i: null, b: null, d: null, s: null, f: null, day: null, at: null },
]
const related = pipe(from(o), where(eq(o.ti, t.id)))

type Kind = Exclude<keyof typeof sink & string, 'id'>

/** A column of the other table of each type. */
const columnOf: Readonly<Record<string, string>> = {
  Integer: 'i',
  BigInt: 'b',
  Double: 'd',
  Text: 's',
  Boolean: 'f',
  Date: 'day',
  TimestampTz: 'at',
}
type E = Expr<string | number | bigint | boolean | null, 't', 't'>
type Case = readonly [name: string, kind: Kind, e: E, values: readonly [unknown, unknown, unknown]]

// the value of each expression for the three rows, said by hand
const cases: ReadonlyArray<Case> = [
  ['a column', 'Integer', t.i, [7, -7, null]],
  [
    'a bound value',
    'Text',
    literal('it\'s \\ "x" 🐍', text),
    ['it\'s \\ "x" 🐍', 'it\'s \\ "x" 🐍', 'it\'s \\ "x" 🐍'],
  ],
  [
    'a bound instant',
    'TimestampTz',
    literal('2000-01-01T00:00:00.000001Z', timestamptz),
    ['2000-01-01T00:00:00.000001Z', '2000-01-01T00:00:00.000001Z', '2000-01-01T00:00:00.000001Z'],
  ],
  ['a bound null', 'Double', literal(null, pipe(double, nullable)), [null, null, null]],
  ['eq', 'Boolean', eq(t.i, 7), [true, false, null]],
  ['ne', 'Boolean', ne(t.b, -2n), [true, false, null]],
  ['lt', 'Boolean', lt(t.d, 0.5), [false, true, null]],
  ['lte', 'Boolean', lte(t.day, '1999-12-31'), [false, true, null]],
  ['gt', 'Boolean', gt(t.at, '1999-12-31T23:59:59.999999Z'), [true, false, null]],
  ['gte', 'Boolean', gte(t.at, '1999-12-31T23:59:59.999999Z'), [true, true, null]],
  ['eq of booleans', 'Boolean', eq(t.f, true), [true, false, null]],
  ['isNotDistinctFrom', 'Boolean', isNotDistinctFrom(t.s, 'Ann'), [true, false, false]],
  ['isNotDistinctFrom null', 'Boolean', isNotDistinctFrom(t.i, null), [false, false, true]],
  ['isDistinctFrom', 'Boolean', isDistinctFrom(t.b, -2n), [true, false, true]],
  ['isDistinctFrom a column', 'Boolean', isDistinctFrom(t.i, t.i), [false, false, false]],
  ['and', 'Boolean', and(gt(t.i, 0), t.f), [true, false, null]],
  ['or', 'Boolean', or(lt(t.i, 0), t.f, isNull(t.s)), [true, true, true]],
  ['and of nothing', 'Boolean', and(), [true, true, true]],
  ['or of nothing', 'Boolean', or(), [false, false, false]],
  ['not', 'Boolean', not(or(eq(t.i, 7), and())), [false, false, false]],
  ['not of null', 'Boolean', not(t.f), [false, true, null]],
  ['isNull', 'Boolean', isNull(add(t.i, 1)), [false, false, true]],
  ['isNotNull', 'Boolean', isNotNull(t.day), [true, true, false]],
  ['like', 'Boolean', pipe(t.s, like('A%')), [true, false, null]],
  ['like an expression', 'Boolean', pipe(t.s, like(concat(t.s, '%'))), [true, true, null]],
  ['ilike', 'Boolean', pipe(t.s, ilike('aN_')), [true, false, null]],
  ['startsWith', 'Boolean', pipe(t.s, startsWith('b%_')), [false, true, null]],
  ['endsWith', 'Boolean', pipe(t.s, endsWith("!'")), [false, true, null]],
  ['containsText', 'Boolean', pipe(t.s, containsText('%_!')), [false, true, null]],
  ['between', 'Boolean', pipe(t.i, between(-7, 0)), [false, true, null]],
  [
    'between instants',
    'Boolean',
    pipe(t.at, between('2000-01-01T00:00:00Z', '2020-01-01T00:00:00+14:00')),
    [true, false, null],
  ],
  ['inList', 'Boolean', pipe(t.i, inList([1, 7, 9])), [true, false, null]],
  ['inList of text', 'Boolean', pipe(t.s, inList(['ann', 'Ann ', "b%_!'"])), [false, true, null]],
  ['inList of nothing', 'Boolean', pipe(t.i, inList<number>([])), [false, false, false]],
  ['notInList', 'Boolean', pipe(t.b, notInList([9007199254740992n])), [true, true, null]],
  ['notInList of nothing', 'Boolean', pipe(t.b, notInList<bigint>([])), [true, true, true]],
  ['inQuery', 'Boolean', pipe(t.id, inQuery(pipe(from(o), select(o.ti)))), [true, true, false]],
  ['add', 'Integer', add(t.i, 3), [10, -4, null]],
  ['sub', 'BigInt', sub(t.b, 1n), [9007199254740992n, -3n, null]],
  ['mul', 'Double', mul(t.d, 2), [1, -4.5, null]],
  ['mul by a fraction', 'Double', mul(t.i, 0.5), [3.5, -3.5, null]],
  ['div', 'Double', div(t.i, 2), [3.5, -3.5, null]],
  ['div by zero', 'Double', div(t.d, sub(t.d, t.d)), [null, null, null]],
  ['intDiv', 'Integer', intDiv(t.i, 2), [3, -3, null]],
  ['intDiv by zero', 'Integer', intDiv(t.i, sub(t.i, t.i)), [null, null, null]],
  ['mod', 'BigInt', mod(t.b, 5n), [3n, -2n, null]],
  ['abs', 'Integer', abs(t.i), [7, 7, null]],
  ['concat', 'Text', concat('<', t.s, '>'), ['<Ann>', "<b%_!'>", null]],
  ['lower', 'Text', lower(t.s), ['ann', "b%_!'", null]],
  ['upper', 'Text', upper(t.s), ['ANN', "B%_!'", null]],
  ['charLength', 'Integer', charLength(concat(t.s, '🐍')), [4, 6, null]],
  ['caseWhen', 'Text', caseWhen(gt(t.i, 0), 'plus').when(lt(t.i, 0), t.s).otherwise('none'), ['plus', "b%_!'", 'none']],
  ['caseWhen without otherwise', 'Integer', caseWhen(t.f, t.i).end, [7, null, null]],
  [
    'caseWhen of booleans',
    'Boolean',
    caseWhen(isNull(t.i), true).when(t.f, false).otherwise(null),
    [false, null, true],
  ],
  ['coalesce', 'Integer', coalesce(t.i, -1), [7, -7, -1]],
  ['coalesce of days', 'Date', coalesce(t.day, '0001-01-01'), ['2012-10-15', '1999-12-31', '0001-01-01']],
  ['exists', 'Boolean', exists(related), [true, true, false]],
  ['a query as a value', 'Integer', scalar(pipe(related, select(max(o.v)))), [20, null, null]],
  ['a count as a value', 'Integer', scalar(pipe(related, select(count()))), [2, 1, 0]],
  [
    'all at once',
    'Boolean',
    and(
      or(gt(add(t.i, 1), 7), isNull(t.s)),
      not(pipe(coalesce(lower(t.s), 'x'), like('y%'))),
      isNotNull(caseWhen(t.f, 1).otherwise(2)),
    ),
    [true, false, true],
  ],
]

const inOrder = (values: ReadonlyArray<unknown>, direction: 1 | -1, nulls: 'first' | 'last'): ReadonlyArray<number> => {
  const plain = (v: unknown): number | bigint | string => (typeof v === 'boolean' ? Number(v) : (v as number))
  return [1, 2, 3].sort((x, y) => {
    const [a, b] = [values[x - 1], values[y - 1]]
    if (a === null || b === null) return a === b ? x - y : (a === null) === (nulls === 'first') ? -1 : 1
    return (plain(a) < plain(b) ? -1 : plain(a) > plain(b) ? 1 : 0) * direction || x - y
  })
}

describe.each(places())('nodes on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ t, o, sink })
    await world.rows(insertInto(t)(rows))
    await world.rows(
      insertInto(o)([
        { id: 1, ti: 1, v: 10 },
        { id: 2, ti: 1, v: 20 },
        { id: 3, ti: 2, v: null },
      ]),
    )
    await world.rows(insertInto(sink)(rows.map(({ id }) => ({ id }))))
  })
  afterAll(() => world.close())

  describe.each(cases)('%s', (_, kind, e, values) => {
    const byId = pipe(from(t), orderBy(t.id))
    const bool = kind === 'Boolean' ? (e as Expr<boolean | null, 't', 't'>) : isNotNull(e)
    const truth = kind === 'Boolean' ? values : values.map((v) => v !== null)
    const idsOf = (on: ReadonlyArray<unknown>) => rows.map((row) => row.id).filter((_id, i) => on[i] === true)

    it('selected, alone, in a record, distinct, in a derived table and in a union', async () => {
      expect(await world.rows(pipe(byId, select(e)))).toEqual(values)
      expect(await world.rows(pipe(byId, select({ a: { e }, id: t.id })))).toEqual(
        values.map((v, i) => ({ a: { e: v }, id: i + 1 })),
      )
      const once = await world.rows(pipe(from(t), select({ e }), distinct, orderBy(e)))
      expect(once.map((row) => row.e)).toEqual([...new Set(inOrder(values, 1, 'last').map((id) => values[id - 1]))])
      const derived = pipe(from(t), select({ id: t.id, e }), subquery('derived'))
      expect(await world.rows(pipe(from(derived), orderBy(derived.id), select(derived.e)))).toEqual(values)
      const both = await world.rows(
        pipe(
          from(t),
          select({ id: t.id, e }),
          unionAll(pipe(from(t), where(eq(t.id, 1)), select({ e, id: add(t.id, 10) }))),
          orderBy((row) => [row.id]),
        ),
      )
      expect(both).toEqual([...values.map((v, i) => ({ id: i + 1, e: v })), { id: 11, e: values[0] }])
    })

    it('filtered by, joined on, and asked of groups', async () => {
      expect(await world.rows(pipe(byId, where(bool), select(t.id)))).toEqual(idsOf(truth))
      expect(await world.rows(pipe(byId, where(not(bool)), select(t.id)))).toEqual(idsOf(truth.map((v) => v === false)))
      const other = pipe(o, alias('other'))
      expect(await world.rows(pipe(byId, innerJoin(other, and(eq(other.id, t.id), bool)), select(t.id)))).toEqual(
        idsOf(truth),
      )
      expect(await world.rows(pipe(byId, leftJoin(other, and(bool, eq(other.id, t.id))), select(other.id)))).toEqual(
        truth.map((v, i) => (v === true ? i + 1 : null)),
      )
      expect(await world.rows(pipe(byId, groupBy(t.id), having(bool), select({ n: count(), e })))).toEqual(
        idsOf(truth).map((id) => ({ n: 1, e: values[id - 1] })),
      )
    })

    it('ordered by, with nulls on either side, and grouped by', async () => {
      const ordered = (order: Parameters<typeof orderBy>[0]) =>
        world.rows(pipe(from(t), orderBy(order as typeof t.id, t.id), select(t.id)))
      expect(await ordered(asc(e))).toEqual(inOrder(values, 1, 'last'))
      expect(await ordered(desc(e))).toEqual(inOrder(values, -1, 'last'))
      expect(await ordered(nullsFirst(desc(e)))).toEqual(inOrder(values, -1, 'first'))
      const groups = inOrder(values, 1, 'last').map((id) => values[id - 1])
      const counted = [...new Set(groups)].map((v) => ({
        e: v,
        n: groups.filter((g) => g === v).length,
        ids: rows.filter((_r, i) => values[i] === v).reduce((n, row) => n + row.id, 0),
      }))
      expect(
        await world.rows(pipe(from(t), groupBy(e), orderBy(e), select({ e, n: count(), ids: sum(t.id) }))),
      ).toEqual(counted)
    })

    it('assigned', async () => {
      // a row of another table, so that the expression is a query of the row that it is about
      const value = scalar(pipe(from(t), where(eq(t.id, sink.id)), select(e)))
      await world.rows(pipe(update(sink), set({ [kind]: value } as never), everyRow))
      expect(await world.rows(pipe(from(sink), orderBy(sink.id), select(sink[kind as 'Text'])))).toEqual(values)
      await world.rows(pipe(update(t), set({ [columnOf[String(kind)] ?? '']: e }), where(eq(t.id, 99))))
    })
  })
})
