// Limits, slices, pages, ties and the first row of each kind: the rows that are left, on every engine and in memory.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  type AnyQuery,
  asc,
  coalesce,
  count,
  countOf,
  desc,
  distinct,
  distinctOn,
  eq,
  exists,
  from,
  groupBy,
  gt,
  inQuery,
  insertInto,
  integer,
  limit,
  limitWithTies,
  literal,
  max,
  nullable,
  nullsFirst,
  offset,
  orderBy,
  page,
  param,
  prepare,
  primaryKey,
  scalar,
  select,
  slice,
  subquery,
  sub,
  table,
  union,
  varchar,
  where,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

/** The table of the behaviours LIM. */
const t5 = table('t5', { id: pipe(integer, primaryKey), x: integer, y: integer })
const rows5 = [
  { id: 1, x: 1, y: 2 },
  { id: 2, x: 2, y: 3 },
  { id: 3, x: 3, y: 4 },
  { id: 4, x: 4, y: 5 },
  { id: 5, x: 4, y: 6 },
]
const notes = table('notes', {
  id: pipe(integer, primaryKey),
  kind: pipe(varchar(10), nullable),
  stars: pipe(integer, nullable),
})
const noteRows = [
  { id: 1, kind: 'a', stars: 3 },
  { id: 2, kind: 'a', stars: null },
  { id: 3, kind: 'b', stars: 1 },
  { id: 4, kind: null, stars: 2 },
  { id: 5, kind: null, stars: 2 },
  { id: 6, kind: 'b', stars: 5 },
]

const inOrder = pipe(from(t5), orderBy(t5.id))
const ids = <R extends { readonly id: number }>(rows: ReadonlyArray<R>): ReadonlyArray<number> => rows.map((r) => r.id)

const tables = pipe(emptyTables, withRows(t5)(rows5), E.chain(withRows(notes)(noteRows)))
const remembered = (q: AnyQuery): ReadonlyArray<unknown> => {
  const answer = pipe(tables, E.chainW(interpret(q as never)))
  if (E.isLeft(answer)) throw new Error(`${answer.left._tag}: ${JSON.stringify(answer.left)}`)
  return answer.right
}

describe.each(places())('limits on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ t5, notes })
    await world.rows(insertInto(t5)(rows5))
    await world.rows(insertInto(notes)(noteRows))
  })
  afterAll(() => world.close())

  const isFamily = place.name === 'mysql' || place.name === 'mariadb'

  /** The rows of the engine, which are those in memory. */
  const same = async (q: AnyQuery): Promise<ReadonlyArray<unknown>> => {
    const theirs = must(await world.outcome(q)).rows
    expect(theirs).toEqual(remembered(q))
    return theirs
  }

  it('[LIM01, C33] a limit gives the first rows', async () => {
    expect(ids(await world.rows(pipe(inOrder, limit(2))))).toEqual([1, 2])
    expect(ids(await world.rows(pipe(inOrder, limit(3))))).toEqual([1, 2, 3])
    await same(pipe(inOrder, limit(3)))
  })

  it('[LIM02, dialect 57] an offset without a limit gives all rows after it', async () => {
    expect(ids(await world.rows(pipe(inOrder, offset(2))))).toEqual([3, 4, 5])
    await same(pipe(inOrder, offset(2)))
  })

  it('[LIM04] an offset of none gives all rows', async () => {
    expect(ids(await world.rows(pipe(inOrder, offset(0))))).toEqual([1, 2, 3, 4, 5])
    await same(pipe(inOrder, offset(0)))
  })

  it('[LIM05, dialect 32] limit and offset by name, run twice with other values', async () => {
    const part = prepare(world.db.dialect)(
      pipe(inOrder, limit(param('most', integer)), offset(param('skipped', integer))),
    )
    const run = async (bindings: Record<string, unknown>): Promise<ReadonlyArray<number>> => {
      const load = part(bindings)
      if (E.isLeft(load)) throw new Error(load.left.message)
      return ids(must(await world.load(load.right)).rows)
    }
    expect(await run({ most: 2, skipped: 1 })).toEqual([2, 3])
    expect(await run({ most: 3, skipped: 0 })).toEqual([1, 2, 3])
  })

  it('[LIM07] a computed limit beside a plain offset, and the reverse', async () => {
    const computed = [
      pipe(inOrder, limit(add(literal(1, integer), 1)), offset(2)),
      pipe(inOrder, limit(2), offset(add(literal(1, integer), 1))),
      pipe(inOrder, limit(coalesce(scalar(pipe(from(t5), where(gt(t5.x, 3)), select(count()))), 0))),
    ]
    for (const [i, q] of computed.entries()) {
      const outcome = await world.outcome(q)
      if (isFamily) expect(tagOf(outcome)).toBe('Unsupported')
      else
        expect(ids(must(outcome).rows as typeof rows5)).toEqual(
          [
            [3, 4],
            [3, 4],
            [1, 2],
          ][i],
        )
      expect(ids(remembered(q) as typeof rows5)).toEqual(
        [
          [3, 4],
          [3, 4],
          [1, 2],
        ][i],
      )
    }
  })

  it('[LIM07] a computed limit below zero is an error, and one that may be null or mentions rows is refused', async () => {
    const below = await world.outcome(pipe(inOrder, limit(sub(literal(1, integer), 3))))
    expect(tagOf(below)).toBe(isFamily ? 'Unsupported' : 'Sql')
    const free = limit(t5.x as never)
    expect(tagOf(await world.outcome(free(inOrder)))).toBe('IllFormed')
    const empty = limit(scalar(pipe(from(t5), select(max(t5.x)))) as never)
    expect(tagOf(await world.outcome(empty(inOrder)))).toBe('IllFormed')
  })

  it('limit and offset together', async () => {
    expect(ids(await world.rows(pipe(inOrder, limit(2), offset(1))))).toEqual([2, 3])
    await same(pipe(inOrder, limit(2), offset(1)))
  })

  it('[LIM13] a limit of none gives nothing', async () => {
    expect(await same(pipe(inOrder, limit(0)))).toEqual([])
    expect(await same(pipe(inOrder, limitWithTies(0)))).toEqual([])
    expect(await same(pipe(inOrder, limitWithTies(0), offset(1)))).toEqual([])
  })

  it.each([-1, Number.NaN, 1.5, Number.POSITIVE_INFINITY, 2 ** 53, '2', null, undefined, {}])(
    '[LIM14, C33] a limit or offset of %s is refused before any SQL is sent',
    async (n) => {
      world.sent()
      const wrong = n as number
      for (const q of [
        pipe(inOrder, limit(wrong)),
        pipe(inOrder, offset(wrong)),
        pipe(inOrder, limitWithTies(wrong)),
        pipe(inOrder, limit(1), offset(wrong)),
      ]) {
        expect(tagOf(await world.outcome(q))).toBe('InvalidValue')
        expect(tagOf(pipe(tables, E.chainW(interpret(q))))).toBe('InvalidValue')
      }
      expect(world.sent()).toEqual([])
    },
  )

  it('[LIM10] a limit with ties lets in what is alike with the last row', async () => {
    const most = pipe(from(t5), orderBy(desc(t5.x)), limitWithTies(1))
    expect(new Set(ids(await world.rows(most)))).toEqual(new Set([4, 5]))
    expect(new Set(ids(remembered(most) as typeof rows5))).toEqual(new Set([4, 5]))
  })

  it('[LIM11] a limit with ties after an offset', async () => {
    const q = pipe(from(t5), orderBy(t5.x), limitWithTies(2), offset(2))
    const theirs = ids(await world.rows(q))
    expect(theirs[0]).toBe(3)
    expect(new Set(theirs)).toEqual(new Set([3, 4, 5]))
    expect(new Set(ids(remembered(q) as typeof rows5))).toEqual(new Set([3, 4, 5]))
  })

  it('ties where nulls are alike, in a query inside another, of groups and of distinct rows', async () => {
    const nulls = pipe(from(notes), orderBy(nullsFirst(asc(notes.kind))), limitWithTies(1))
    expect(new Set(ids(await world.rows(nulls)))).toEqual(new Set([4, 5]))
    const inner = pipe(from(notes), orderBy(desc(notes.stars)), limitWithTies(3), select(notes.id))
    expect(ids(await world.rows(pipe(from(notes), where(pipe(notes.id, inQuery(inner))), orderBy(notes.id))))).toEqual([
      1, 4, 5, 6,
    ])
    await same(pipe(from(notes), where(pipe(notes.id, inQuery(inner))), orderBy(notes.id)))
    const groups = pipe(
      from(notes),
      groupBy(notes.kind),
      orderBy(desc(count()), notes.kind),
      limitWithTies(2),
      select({ kind: notes.kind, n: count() }),
    )
    expect(await same(groups)).toEqual([
      { kind: 'a', n: 2 },
      { kind: 'b', n: 2 },
    ])
    const kinds = pipe(from(notes), select({ kind: notes.kind }), distinct, orderBy(notes.kind), limitWithTies(2))
    expect(await same(kinds)).toEqual([{ kind: 'a' }, { kind: 'b' }])
    expect(await same(pipe(kinds, offset(1)))).toEqual([{ kind: 'b' }, { kind: null }])
  })

  it('a limit with ties without an order is refused', async () => {
    const q = pipe(from(t5), limitWithTies(1))
    expect(tagOf(await world.outcome(q))).toBe('IllFormed')
    expect(tagOf(pipe(tables, E.chainW(interpret(q))))).toBe('IllFormed')
    // A plain limit takes the ties back.
    expect(ids(await world.rows(pipe(from(t5), orderBy(desc(t5.x), t5.id), limitWithTies(9), limit(1))))).toEqual([4])
  })

  it('[LIM16, dialect 45] a scalar subquery with a limit on both sides of a union', async () => {
    const one = scalar(pipe(from(t5), orderBy(t5.id), limit(1), select(t5.id)))
    const q = pipe(
      from(t5),
      where(eq(t5.id, 1)),
      select({ n: one }),
      union(pipe(from(t5), where(eq(t5.id, 2)), select({ n: one }))),
    )
    expect(await same(q)).toEqual([{ n: 1 }])
  })

  it('[LIM17, C34] distinct rows with a limit and an offset', async () => {
    const xs = pipe(from(t5), select({ x: t5.x }), distinct, orderBy(t5.x))
    expect(await same(pipe(xs, limit(2), offset(1)))).toEqual([{ x: 2 }, { x: 3 }])
    expect(await same(pipe(xs, limit(9), offset(2)))).toEqual([{ x: 3 }, { x: 4 }])
  })

  it('[dialect 55] a limit inside the subquery of IN', async () => {
    const few = pipe(from(t5), orderBy(desc(t5.id)), limit(2), select(t5.id))
    expect(await same(pipe(inOrder, where(pipe(t5.id, inQuery(few)))))).toEqual(rows5.slice(3))
  })

  it('[C32] a slice is a limit after an offset', async () => {
    expect(ids(await world.rows(pipe(inOrder, slice(1, 3))))).toEqual([2, 3])
    await same(pipe(inOrder, slice(1, 3)))
    expect(tagOf(await world.outcome(pipe(inOrder, slice(3, 1))))).toBe('InvalidValue')
  })

  it('[C33] pages', async () => {
    const pages = [1, 2, 3, 4].map((n) => pipe(inOrder, page({ page: n, size: 2 })))
    const all = [[1, 2], [3, 4], [5], []]
    for (const [i, q] of pages.entries()) {
      expect(ids(await world.rows(q))).toEqual(all[i])
      await same(q)
    }
    for (const wrong of [
      { page: 0, size: 2 },
      { page: 1, size: -1 },
      { page: 1.5, size: 3 },
    ])
      expect(tagOf(await world.outcome(pipe(inOrder, page(wrong))))).toBe('InvalidValue')
  })

  it('[q94] where after a limit filters before it; a name filters afterwards', async () => {
    expect(await same(pipe(inOrder, limit(2), where(gt(t5.x, 2))))).toEqual(rows5.slice(2, 4))
    const first = pipe(inOrder, limit(3), subquery('first'))
    expect(await same(pipe(from(first), where(gt(first.x, 2))))).toEqual([rows5[2]])
  })

  it('[C34, dialect 43] the first row of each kind, in the order of the query', async () => {
    const best = pipe(from(notes), distinctOn(notes.kind), orderBy(notes.kind, desc(notes.stars), notes.id))
    expect(ids((await same(best)) as typeof noteRows)).toEqual([1, 6, 4])
    expect(ids((await same(pipe(best, limit(1), offset(1)))) as typeof noteRows)).toEqual([6])
    const two = pipe(
      from(notes),
      distinctOn(notes.stars, notes.kind),
      orderBy(desc(notes.kind), notes.stars, desc(notes.id)),
      select({ id: notes.id }),
    )
    expect(ids((await same(two)) as typeof noteRows)).toEqual([3, 6, 1, 2, 5])
  })

  it('[dialect 43] the first of each kind inside other queries, with computed kinds and of groups', async () => {
    const best = pipe(
      from(notes),
      distinctOn(notes.kind),
      orderBy(notes.kind, notes.id),
      select({ id: notes.id, kind: notes.kind }),
      subquery('best'),
    )
    expect(await same(pipe(from(best), where(gt(best.id, 1)), orderBy(best.id)))).toEqual([
      { id: 3, kind: 'b' },
      { id: 4, kind: null },
    ])
    const computed = pipe(
      from(t5),
      distinctOn(add(t5.x, 1)),
      orderBy(desc(add(t5.x, 1)), desc(t5.id)),
      select({ id: t5.id, more: add(t5.x, 1) }),
    )
    expect(await same(computed)).toEqual([
      { id: 5, more: 5 },
      { id: 3, more: 4 },
      { id: 2, more: 3 },
      { id: 1, more: 2 },
    ])
    const groups = pipe(
      from(t5),
      groupBy(t5.x),
      distinctOn(count()),
      orderBy(count(), desc(t5.x)),
      select({ x: t5.x, n: count() }),
    )
    expect(await same(groups)).toEqual([
      { x: 3, n: 1 },
      { x: 4, n: 2 },
    ])
    const kinds = pipe(from(notes), distinctOn(notes.kind), orderBy(notes.kind, notes.id))
    expect(await same(countOf(kinds))).toEqual([3])
    expect(await same(pipe(from(t5), where(exists(pipe(kinds, offset(2)))), select(count())))).toEqual([5])
    expect(await same(pipe(from(t5), where(exists(pipe(kinds, offset(3)))), select(count())))).toEqual([0])
  })

  it('[dialect 43] the first of each kind is refused where the order does not say which it is', async () => {
    for (const q of [
      pipe(from(notes), distinctOn(notes.kind)),
      pipe(from(notes), distinctOn(notes.kind), orderBy(notes.id)),
      pipe(from(notes), distinctOn(notes.kind, notes.stars), orderBy(notes.kind, notes.id)),
      pipe(from(notes), select({ kind: notes.kind }), distinct, distinctOn(notes.kind), orderBy(notes.kind)),
    ]) {
      expect(tagOf(await world.outcome(q))).toBe('IllFormed')
      expect(tagOf(pipe(tables, E.chainW(interpret(q))))).toBe('IllFormed')
    }
  })
})
