// Membership and quantifiers: lists of any length, also none, rows in lists and in queries, any and all with nulls.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  allOf,
  and,
  anyOf,
  type AnyQuery,
  bigint,
  binary,
  boolean,
  caseWhen,
  compareRows,
  count,
  date,
  double,
  eq,
  exists,
  type Expr,
  from,
  groupBy,
  having,
  inList,
  inQuery,
  inQueryRows,
  inRows,
  insertInto,
  integer,
  isNotNull,
  isNull,
  limit,
  listParam,
  literal,
  max,
  not,
  notInList,
  nullable,
  or,
  orderBy,
  param,
  prepare,
  primaryKey,
  type QuantifiedOp,
  select,
  table,
  text,
  timestamptz,
  union,
  unionAll,
  uuid,
  varchar,
  where,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const t5 = table('t5', {
  id: pipe(integer, primaryKey),
  x: integer,
  z: pipe(varchar(9), nullable),
  n: pipe(integer, nullable),
})
const rows5 = [
  { id: 1, x: 1, z: 'a', n: null },
  { id: 2, x: 2, z: 'b', n: 1 },
  { id: 3, x: 3, z: null, n: 2 },
  { id: 4, x: 4, z: 'd', n: 3 },
]
const few = table('few', { id: pipe(integer, primaryKey), v: pipe(integer, nullable), w: pipe(varchar(9), nullable) })
const fewRows = [
  { id: 1, v: 2, w: 'b' },
  { id: 2, v: null, w: 'd' },
  { id: 3, v: 3, w: null },
]
const kinds = table('kinds', {
  id: pipe(integer, primaryKey),
  big: bigint,
  flag: boolean,
  day: date,
  at: timestamptz,
  real: double,
  bytes: binary,
  key: uuid,
  text,
})
const kindRows = [
  {
    id: 1,
    big: 9007199254740993n,
    flag: true,
    day: '2012-02-29',
    at: '2012-10-15T12:57:18.000396Z',
    real: 0.1,
    bytes: Uint8Array.from([0, 255]),
    key: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
    text: 'a "b" \\ ',
  },
  {
    id: 2,
    big: -1n,
    flag: false,
    day: '0001-01-01',
    at: '9999-12-31T23:59:59.999999Z',
    real: 1 / 3,
    bytes: Uint8Array.from([]),
    key: '00000000-0000-0000-0000-000000000000',
    text: '',
  },
]

const tables = pipe(
  emptyTables,
  withRows(t5)(rows5),
  E.chain(withRows(few)(fewRows)),
  E.chain(withRows(kinds)(kindRows)),
)

type Criterion = Expr<boolean | null, 't5', string>

describe.each(places())('membership on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ t5, few, kinds })
    await world.rows(insertInto(t5)(rows5))
    await world.rows(insertInto(few)(fewRows))
    await world.rows(insertInto(kinds)(kindRows))
  })
  afterAll(() => world.close())

  /** The rows of the engine, which are those in memory. */
  const same = async (q: AnyQuery): Promise<ReadonlyArray<unknown>> => {
    const theirs = must(await world.outcome(q)).rows
    expect(E.right(theirs)).toEqual(pipe(tables, E.chainW(interpret(q as never))))
    return theirs
  }
  /** Of each row, whether it is chosen, and what the criterion is of it. */
  const truths = async (on: Criterion): Promise<ReadonlyArray<unknown>> => {
    const found = await same(pipe(from(t5), orderBy(t5.id), select(on)))
    const chosen = await same(pipe(from(t5), where(on), orderBy(t5.id), select(t5.id)))
    expect(chosen).toEqual(rows5.filter((_, i) => found[i] === true).map((row) => row.id))
    return found
  }

  it('[INX01, dialect 9, C17] nothing is in an empty list', async () => {
    expect(await truths(pipe(t5.x, inList([])))).toEqual([false, false, false, false])
    expect(await truths(pipe(t5.n, inList([])))).toEqual([false, false, false, false])
    expect(await truths(pipe(t5.n, notInList([])))).toEqual([true, true, true, true])
  })

  it('[INX03, INX04] two empty lists, and an empty one beside another', async () => {
    expect(await truths(and(pipe(t5.x, inList([])), pipe(t5.id, inList([]))))).toEqual([false, false, false, false])
    expect(await truths(and(pipe(t5.x, inList([2, 3])), pipe(t5.id, notInList([]))))).toEqual([
      false,
      true,
      true,
      false,
    ])
  })

  it('[INX06] null in an empty list is false', async () => {
    const none = literal(null, pipe(integer, nullable))
    const said = caseWhen(pipe(none, inList([])), 'yes').otherwise('no')
    expect(await same(pipe(from(t5), select({ id: t5.id, said }), orderBy(t5.id), limit(1)))).toEqual([
      { id: 1, said: 'no' },
    ])
    const known = caseWhen(not(pipe(none, inList([]))), 'false').otherwise('null')
    expect(await same(pipe(from(t5), select({ known }), orderBy(t5.id), limit(1)))).toEqual([{ known: 'false' }])
  })

  it('[INX07] what an empty list says is true, false or null of', async () => {
    const empty = pipe(t5.z, inList([]))
    expect(await same(pipe(from(t5), where(eq(empty, true)), select(count())))).toEqual([0])
    expect(await same(pipe(from(t5), where(eq(empty, false)), select(count())))).toEqual([4])
    expect(await same(pipe(from(t5), where(isNull(empty)), select(count())))).toEqual([0])
  })

  it('[INX09] a list by name: one prepared statement for 1, 2, 0 and 3 elements', async () => {
    const some = prepare(world.db.dialect)(
      pipe(from(t5), where(pipe(t5.x, inList(listParam('xs', integer)))), orderBy(t5.id), select(t5.id)),
    )
    const others = prepare(world.db.dialect)(
      pipe(from(t5), where(pipe(t5.n, notInList(listParam('xs', integer)))), orderBy(t5.id), select(t5.id)),
    )
    const run = async (of: typeof some, xs: unknown): Promise<unknown> => {
      const load = of({ xs })
      const outcome = E.isLeft(load) ? load : await world.load(load.right)
      return E.isLeft(outcome) ? outcome.left._tag : outcome.right.rows
    }
    world.sent()
    expect(await run(some, [2])).toEqual([2])
    expect(await run(some, [2, 4])).toEqual([2, 4])
    expect(await run(some, [])).toEqual([])
    expect(await run(some, [4, 1, 3])).toEqual([1, 3, 4])
    expect(new Set(world.sent().map((s) => s.sql)).size).toBe(1)
    expect(await run(others, [])).toEqual([1, 2, 3, 4])
    expect(await run(others, [2])).toEqual([2, 4])
    for (const wrong of [2, '2', null, undefined, [null], ['2'], [1.5], { 0: 2, length: 1 }])
      expect(await run(some, wrong)).toBe('InvalidValue')
  })

  it('[INX10] a list by name on both sides of a union, with another list', async () => {
    const xs = listParam('xs', integer)
    const side = (list: typeof xs) => pipe(from(t5), where(pipe(t5.x, inList(list))), select({ id: t5.id }))
    const q = pipe(
      side(xs),
      unionAll(side(listParam('ys', integer))),
      unionAll(side(xs)),
      orderBy((row) => [row.id]),
    )
    const load = prepare(world.db.dialect)(q)({ xs: [1, 2], ys: [4] })
    if (E.isLeft(load)) throw new Error(load.left._tag)
    expect(must(await world.load(load.right)).rows).toEqual([1, 1, 2, 2, 4].map((id) => ({ id })))
  })

  it('[INX09, dialect 82] lists by name of every type', async () => {
    const [first] = kindRows
    const of = [
      [kinds.big, listParam('list', bigint), [first?.big]],
      [kinds.day, listParam('list', date), [first?.day]],
      [kinds.at, listParam('list', timestamptz), [first?.at]],
      [kinds.real, listParam('list', double), [first?.real, 7]],
      [kinds.key, listParam('list', uuid), [first?.key]],
      [kinds.text, listParam('list', text), [first?.text, 'é🐍']],
      [kinds.flag, listParam('list', boolean), [true]],
    ] as const
    for (const [column, list, values] of of) {
      const on = pipe(column as never, inList(list as never)) as Expr<boolean, 'kinds'>
      const q = pipe(from(kinds), where(on), select(kinds.id))
      const load = prepare(world.db.dialect)(q)({ list: values })
      if (E.isLeft(load)) throw new Error(`${load.left._tag} ${load.left.message}`)
      expect(must(await world.load(load.right)).rows).toEqual([1])
    }
  })

  it('[INX12, C19, dialect 10] a list has no nulls, so that NOT IN keeps its rows; of a query with a null it keeps none', async () => {
    for (const list of [[7, null], [null]]) {
      const wrong = list as ReadonlyArray<number>
      expect(tagOf(await world.outcome(pipe(from(t5), where(pipe(t5.x, notInList(wrong))))))).toBe('InvalidValue')
      expect(tagOf(await world.outcome(pipe(from(t5), where(pipe(t5.x, inList(wrong))))))).toBe('InvalidValue')
    }
    const values = pipe(from(few), select(few.v))
    expect(await truths(not(pipe(t5.x, inQuery(values))))).toEqual([null, false, false, null])
    expect(await truths(pipe(t5.x, notInList([7])))).toEqual([true, true, true, true])
  })

  it('[dialect 11] null in an empty query is false', async () => {
    const nothing = pipe(from(few), where(eq(few.id, 9)), select(few.v))
    expect(await truths(pipe(t5.n, inQuery(nothing)))).toEqual([false, false, false, false])
    expect(await truths(not(pipe(t5.n, inQuery(nothing))))).toEqual([true, true, true, true])
  })

  it('[INX13, dialect 49] rows in a list of rows', async () => {
    expect(
      await truths(
        inRows(
          [t5.id, t5.x],
          [
            [2, 2],
            [3, 4],
            [4, 4],
          ],
        ),
      ),
    ).toEqual([false, true, false, true])
    expect(
      await truths(
        inRows(
          [t5.x, t5.z],
          [
            [1, 'a'],
            [3, 'c'],
            [4, 'e'],
          ],
        ),
      ),
    ).toEqual([true, false, null, false])
    expect(
      await truths(
        not(
          inRows(
            [t5.x, t5.z],
            [
              [1, 'a'],
              [3, 'c'],
            ],
          ),
        ),
      ),
    ).toEqual([false, true, null, true])
    expect(await truths(inRows([t5.n], [[1], [2]]))).toEqual([null, true, true, false])
  })

  it('[INX15] rows in an empty list, then in one of some rows, then again', async () => {
    const q = (rows: ReadonlyArray<readonly [number, string]>) => truths(inRows([t5.x, t5.z], rows))
    expect(await q([])).toEqual([false, false, false, false])
    expect(await q([[2, 'b']])).toEqual([false, true, false, false])
    expect(await q([])).toEqual([false, false, false, false])
    const groups = pipe(from(t5), having(not(inRows([max(t5.x), count()], []))), select({ n: count() }))
    expect(await same(groups)).toEqual([{ n: 4 }])
  })

  it('[INX16] a row that is like an array, and is none, is refused', async () => {
    for (const wrong of [{ 0: 2, 1: 2, length: 2 }, [2], [2, 2, 2], 'ab', null, undefined]) {
      const on = inRows([t5.id, t5.x], [[1, 1], wrong as unknown as readonly [number, number]])
      expect(tagOf(await world.outcome(pipe(from(t5), where(on))))).toBe('InvalidValue')
      expect(tagOf(pipe(tables, E.chainW(interpret(pipe(from(t5), where(on))))))).toBe('InvalidValue')
    }
    const list = { 0: [1, 1], length: 1 } as unknown as ReadonlyArray<readonly [number, number]>
    expect(tagOf(await world.outcome(pipe(from(t5), where(inRows([t5.id, t5.x], list)))))).toBe('InvalidValue')
  })

  it('[INX18, C18] in a query of one output; two are refused', async () => {
    const values = pipe(from(few), where(isNotNull(few.v)), select(few.v))
    expect(await truths(pipe(t5.x, inQuery(values)))).toEqual([false, true, true, false])
    const two = pipe(from(few), select({ a: few.id, b: few.v })) as never
    expect(tagOf(await world.outcome(pipe(from(t5), where(pipe(t5.x, inQuery(two))))))).toBe('IllFormed')
  })

  it('[INX19, dialect 82] lists longer than any engine takes parameters', async () => {
    const many = Array.from({ length: 70_000 }, (_, i) => i + 2)
    const found = pipe(from(t5), where(pipe(t5.x, inList(many))), orderBy(t5.id), select(t5.id))
    expect(await world.rows(found)).toEqual([2, 3, 4])
    const rows = many.map((n) => [n, n] as const)
    expect(await world.rows(pipe(from(t5), where(inRows([t5.id, t5.x], rows)), orderBy(t5.id), select(t5.id)))).toEqual(
      [2, 3, 4],
    )
    const named = rows.map(([n]) => [n, 'd'] as const)
    expect(await world.rows(pipe(from(t5), where(inRows([t5.x, t5.z], named)), select(t5.id)))).toEqual([4])
  })

  it('rows of values of every type in long lists', async () => {
    const [first] = kindRows
    if (first === undefined) return
    const others = Array.from({ length: 1100 }, (_, i) => BigInt(i))
    const q = inRows(
      [kinds.big, kinds.day, kinds.at, kinds.real, kinds.key, kinds.text, kinds.flag],
      [first.big, ...others].map(
        (big) => [big, first.day, first.at, first.real, first.key, first.text, first.flag] as const,
      ),
    )
    expect(await same(pipe(from(kinds), where(q), select(kinds.id)))).toEqual([1])
  })

  it('[dialect 49] rows compare by the first place in which they differ, nulls as SQL has it', async () => {
    const a = [t5.x, t5.n] as const
    expect(await truths(compareRows('lt', a, [3, 2]))).toEqual([true, true, false, false])
    expect(await truths(compareRows('lte', a, [3, 2]))).toEqual([true, true, true, false])
    expect(await truths(compareRows('gt', a, [1, 0]))).toEqual([null, true, true, true])
    expect(await truths(compareRows('gte', a, [t5.x, 2]))).toEqual([null, false, true, true])
    expect(await truths(compareRows('eq', a, [2, 1]))).toEqual([false, true, false, false])
    expect(await truths(compareRows('eq', a, [1, 1]))).toEqual([null, false, false, false])
    expect(await truths(compareRows('ne', a, [1, 1]))).toEqual([null, true, true, true])
    for (const wrong of [[1], [1, 2, 3], null]) {
      const on = compareRows('eq', a, wrong as never)
      expect(tagOf(await world.outcome(pipe(from(t5), where(on))))).toBe('InvalidValue')
    }
  })

  it('[dialect 10, dialect 49] rows in a query, never null', async () => {
    const pairs = pipe(from(few), select({ v: few.v, w: few.w }))
    expect(await truths(inQueryRows([t5.x, t5.z], pairs))).toEqual([false, true, false, false])
    expect(await truths(not(inQueryRows([t5.x, t5.z], pairs)))).toEqual([true, false, true, true])
    const united = pipe(pairs, union(pipe(from(few), select({ v: add(few.id, 3), w: few.w }))))
    expect(await truths(inQueryRows([t5.x, t5.z], united))).toEqual([false, true, false, false])
    const narrow = inQueryRows([t5.x, t5.z], pipe(from(few), select({ v: few.v })) as never)
    expect(tagOf(await world.outcome(pipe(from(t5), where(narrow))))).toBe('InvalidValue')
  })

  // -- any and all ---------------------------------------------------------------------------------------------------

  const ops: ReadonlyArray<QuantifiedOp> = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte']

  it.each(ops)('%s with any and with all rows, of some, of none, with nulls', async (op) => {
    const all = pipe(from(few), select(few.v))
    const there = pipe(all, where(isNotNull(few.v)))
    const none = pipe(all, where(eq(few.id, 9)))
    const nulls = pipe(all, where(isNull(few.v)))
    for (const rows of [all, there, none, nulls])
      for (const operand of [t5.x, t5.n]) {
        await truths(pipe(operand, anyOf(op, rows)))
        await truths(pipe(operand, allOf(op, rows)))
        await truths(not(pipe(operand, anyOf(op, rows))))
      }
    expect(await truths(pipe(t5.n, anyOf(op, none)))).toEqual([false, false, false, false])
    expect(await truths(pipe(t5.n, allOf(op, none)))).toEqual([true, true, true, true])
  })

  it('any and all of queries with a limit, about outer rows, of set operations and of text', async () => {
    const first = pipe(from(few), orderBy(few.id), limit(1), select(few.v))
    expect(await truths(pipe(t5.x, anyOf('gt', first)))).toEqual([false, false, true, true])
    const own = pipe(from(few), where(eq(few.v, t5.n)), select(few.v))
    expect(await truths(pipe(t5.x, allOf('gt', own)))).toEqual([true, true, true, true])
    const united = pipe(from(few), select({ v: few.v }), union(pipe(from(few), select({ v: few.id })))) as never
    expect(await truths(pipe(t5.x, anyOf('eq', united)) as Criterion)).toEqual([true, true, true, null])
    expect(await truths(pipe(t5.z, anyOf('lt', pipe(from(few), select(few.w)))))).toEqual([true, true, null, null])
    const grouped = pipe(
      from(t5),
      groupBy(t5.z),
      having(isNotNull(t5.z)),
      orderBy(t5.z),
      select({ z: t5.z, any: pipe(t5.z, anyOf('eq', pipe(from(few), select(few.w)))) }),
    )
    expect(await same(grouped)).toEqual([
      { z: 'a', any: null },
      { z: 'b', any: true },
      { z: 'd', any: true },
    ])
    const counts = pipe(
      from(t5),
      groupBy(t5.z),
      having(pipe(count(), anyOf('eq', pipe(from(few), where(eq(few.id, 1)), select(few.id))))),
      select({ z: t5.z }),
    )
    expect(tagOf(await world.outcome(counts))).toBe(place.name === 'sqlite' ? 'Unsupported' : 'Right')
  })

  it('any and all of what is no query are refused', async () => {
    for (const wrong of [null, undefined, 1, {}, from(few)])
      expect(tagOf(await world.outcome(pipe(from(t5), where(pipe(t5.x, anyOf('eq', wrong as never))))))).not.toBe(
        'Right',
      )
    const word = pipe(t5.x, anyOf('= 1 or 1' as never, pipe(from(few), select(few.v))))
    expect(tagOf(await world.outcome(pipe(from(t5), where(word))))).toBe('InvalidValue')
  })

  it('[C67, C57] queries in queries in IN', async () => {
    const inner = pipe(
      from(few),
      where(pipe(few.v, inQuery(pipe(from(t5), where(eq(t5.z, 'b')), select(t5.x))))),
      select(few.id),
    )
    expect(await same(pipe(from(t5), where(pipe(t5.id, inQuery(inner))), select(t5.id)))).toEqual([1])
    const there = pipe(from(few), where(eq(few.v, t5.x)))
    expect(await truths(or(exists(there), eq(t5.id, 1)))).toEqual([true, true, true, false])
  })

  it('a parameter is no list', async () => {
    const load = prepare(world.db.dialect)(pipe(from(t5), where(eq(t5.x, param('x', integer)))))({ x: [1] })
    expect(tagOf(E.isLeft(load) ? load : await world.load(load.right))).toBe('InvalidValue')
  })
})
