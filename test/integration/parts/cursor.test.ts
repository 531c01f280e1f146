// Pages by a cursor partition the rows exactly, forwards and backwards, whatever the order, on every engine and in memory.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  after,
  type AnyOrder,
  asc,
  before,
  count,
  countOf,
  type Cursor,
  cursorOf,
  Db,
  decodeCursor,
  desc,
  distinct,
  encodeCursor,
  eq,
  exists,
  from,
  groupBy,
  gt,
  include,
  innerJoin,
  inQuery,
  insertInto,
  integer,
  leftJoin,
  limit,
  many,
  nullable,
  nullsFirst,
  nullsLast,
  orderBy,
  primaryKey,
  type Query,
  type RowOf,
  select,
  table,
  timestamptz,
  varchar,
  where,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: pipe(varchar(20), nullable),
  age: integer,
  at: pipe(timestamptz, nullable),
})
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: pipe(integer, nullable),
  stars: pipe(integer, nullable),
})

const userRows: ReadonlyArray<RowOf<typeof users>> = Array.from({ length: 17 }, (_, i) => ({
  id: i + 1,
  name: i % 5 === 0 ? null : (['ed', 'Ed', 'é', ''][i % 4] ?? null),
  age: i % 3,
  at: i % 4 === 0 ? null : `2012-10-${10 + (i % 6)}T12:57:18.000396Z`,
}))
const postRows: ReadonlyArray<RowOf<typeof posts>> = Array.from({ length: 20 }, (_, i) => ({
  id: i + 1,
  userId: i % 7 === 0 ? null : (i % 4) + 1,
  stars: i % 3 === 0 ? null : i % 5,
}))

const tables = pipe(emptyTables, withRows(users)(userRows), E.chain(withRows(posts)(postRows)))

type UserQuery = Query<typeof users, 'users', '(empty group)', never>

const orders: ReadonlyArray<readonly [string, ReadonlyArray<AnyOrder>]> = [
  ['id', [users.id]],
  ['id down', [desc(users.id)]],
  ['age, id down', [users.age, desc(users.id)]],
  ['age down, name, id', [desc(users.age), users.name, users.id]],
  ['name with nulls first, id', [nullsFirst(asc(users.name)), users.id]],
  [
    'name down with nulls last, at down with nulls first, id',
    [nullsLast(desc(users.name)), nullsFirst(desc(users.at)), users.id],
  ],
  ['at, age down, id', [users.at, desc(users.age), users.id]],
]

const right = <A>(e: E.Either<unknown, A>): A => {
  if (E.isLeft(e)) throw new Error(JSON.stringify(e.left))
  return e.right
}

describe.each(places())('cursors on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, posts })
    await world.rows(insertInto(users)(userRows))
    await world.rows(insertInto(posts)(postRows))
  })
  afterAll(() => world.close())

  const inMemory = (q: UserQuery): ReadonlyArray<RowOf<typeof users>> => right(pipe(tables, E.chainW(interpret(q))))

  it.each(orders)(
    'pages by %s are all rows, forwards and backwards',
    async (_, by) => {
      const ordered = by.reduce<UserQuery>((q, order) => pipe(q, orderBy(order)) as UserQuery, from(users))
      const all = inMemory(ordered)
      expect(await world.rows(ordered)).toEqual(all)
      for (const size of [1, 3, 17]) {
        const page = pipe(ordered, limit(size))
        const placeOf = (row: RowOf<typeof users>): Cursor =>
          right(decodeCursor(page)(encodeCursor(right(cursorOf(page)(row)))))
        const forwards: Array<RowOf<typeof users>> = []
        for (let q: UserQuery = page; ; ) {
          const rows = await world.rows(q)
          expect(rows).toEqual(inMemory(q))
          forwards.push(...rows)
          const last = rows[rows.length - 1]
          if (last === undefined) break
          q = pipe(page, after(placeOf(last)))
        }
        expect(forwards).toEqual(all)
        const backwards: Array<RowOf<typeof users>> = []
        for (let first = all[all.length - 1]; first !== undefined; ) {
          const q: UserQuery = pipe(page, before(placeOf(first)))
          const rows = await world.rows(q)
          expect(rows).toEqual(inMemory(q))
          backwards.unshift(...rows)
          first = rows[0]
        }
        expect(backwards).toEqual(all.slice(0, -1))
      }
    },
    120_000,
  )

  it('a place without a limit, before the order is said, and with others', async () => {
    const byId = pipe(from(users), orderBy(users.id))
    const place = right(cursorOf(byId)(userRows[4] as RowOf<typeof users>))
    expect((await world.rows(pipe(byId, after(place)))).map((u) => u.id)).toEqual([
      6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
    ])
    expect((await world.rows(pipe(byId, before(place)))).map((u) => u.id)).toEqual([1, 2, 3, 4])
    expect((await world.rows(pipe(from(users), after(place), limit(1), orderBy(users.id)))).map((u) => u.id)).toEqual([
      6,
    ])
    expect((await world.rows(pipe(byId, after(place), where(gt(users.age, 1)), limit(2)))).map((u) => u.id)).toEqual([
      6, 9,
    ])
    expect(right(await world.db.first(pipe(byId, before(place)))())).toMatchObject({ value: { id: 1 } })
    expect(right(await world.db.count(pipe(byId, before(place), limit(3)))())).toBe(3)
    expect(right(await Db.all(countOf(pipe(byId, after(place))))(world.db)())).toEqual([12])
    expect(right(await world.db.exists(pipe(byId, before(place)))())).toBe(true)
  })

  it('places in queries inside others, of joins, of groups and of distinct rows', async () => {
    const byId = pipe(from(users), orderBy(users.id))
    const place = right(cursorOf(byId)(userRows[4] as RowOf<typeof users>))
    const near = pipe(byId, before(place), limit(2), select(users.id))
    expect(
      await world.rows(pipe(from(users), where(pipe(users.id, inQuery(near))), orderBy(users.id), select(users.id))),
    ).toEqual([3, 4])
    expect(await world.rows(pipe(from(posts), where(exists(near)), select(count())))).toEqual([20])
    const joined = pipe(
      from(posts),
      leftJoin(users, eq(users.id, posts.userId)),
      select({ id: posts.id, name: users.name }),
      orderBy(nullsFirst(asc(users.name)), posts.id),
      limit(7),
    )
    const pages: Array<unknown> = []
    for (let q = joined; ; ) {
      const rows = await world.rows(q)
      expect(E.right(rows)).toEqual(pipe(tables, E.chainW(interpret(q))))
      pages.push(...rows)
      const last = rows[rows.length - 1]
      if (last === undefined) break
      q = pipe(joined, after(right(cursorOf(joined)(last))))
    }
    expect(pages.length).toBe(20)
    const groups = pipe(
      from(posts),
      groupBy(posts.userId),
      orderBy(desc(count()), posts.userId),
      select({ user: posts.userId, n: count() }),
    )
    const all = await world.rows(groups)
    for (const [i, row] of all.entries()) {
      const cursor = right(cursorOf(groups)(row))
      expect(await world.rows(pipe(groups, after(cursor)))).toEqual(all.slice(i + 1))
      expect(await world.rows(pipe(groups, before(cursor), limit(2)))).toEqual(all.slice(Math.max(0, i - 2), i))
      expect(pipe(tables, E.chainW(interpret(pipe(groups, before(cursor), limit(2)))))).toEqual(
        E.right(all.slice(Math.max(0, i - 2), i)),
      )
    }
    const sums = pipe(
      from(users),
      select({ id: users.id, sum: add(users.age, users.id) }),
      orderBy(desc(add(users.age, users.id)), users.id),
    )
    const allSums = await world.rows(sums)
    for (const [i, row] of allSums.entries())
      expect(await world.rows(pipe(sums, after(right(cursorOf(sums)(row)))))).toEqual(allSums.slice(i + 1))
    const ages = pipe(from(users), select({ age: users.age }), distinct, orderBy(desc(users.age)))
    expect(await world.rows(pipe(ages, before(right(cursorOf(ages)({ age: 0 }))), limit(1)))).toEqual([{ age: 1 }])
  })

  it('places inside relations', async () => {
    const ofUser = pipe(from(posts), where(eq(posts.userId, users.id)), orderBy(desc(posts.id)))
    const place = right(cursorOf(ofUser)({ id: 12, userId: null, stars: null }))
    for (const inner of [
      pipe(ofUser, after(place), limit(2)),
      pipe(ofUser, before(place), limit(1)),
      pipe(ofUser, before(place)),
    ]) {
      const asked = pipe(
        from(users),
        orderBy(users.id),
        limit(4),
        select({ id: users.id }),
        include({ posts: many(inner) }),
      )
      expect(E.right(await world.rows(asked))).toEqual(pipe(tables, E.chainW(interpret(asked))))
    }
  })

  it('a place in an order that does not tell rows apart is refused', async () => {
    const cursor = { order: 0, values: ['ed'] }
    const two = { order: 0, values: [1, 1] }
    const joined = pipe(from(posts), innerJoin(users, eq(users.age, posts.userId)), orderBy(posts.id))
    for (const q of [
      pipe(from(users), after(cursor)),
      pipe(from(users), orderBy(users.name), after(cursor)),
      pipe(from(users), orderBy(users.id), after(two)),
      pipe(joined, after({ order: 0, values: [1] })),
      pipe(from(users), orderBy(users.id), after(null as never)),
    ]) {
      expect(tagOf(await world.outcome(q))).toBe('IllFormed')
      expect(tagOf(pipe(tables, E.chainW(interpret(q as UserQuery))))).toBe('IllFormed')
    }
    const both = pipe(joined, orderBy(users.id), after(two))
    expect(tagOf(await world.outcome(both))).toBe('Right')
  })

  it('a hostile cursor is refused before any SQL is sent', async () => {
    const byName = pipe(from(users), orderBy(users.age, users.id))
    const good = encodeCursor(right(cursorOf(byName)(userRows[0] as RowOf<typeof users>)))
    for (const text of [
      '',
      'x',
      '%%%',
      good.slice(1),
      `${good}!!`,
      btoa('[1]'),
      btoa('{}'),
      btoa('[0,1,2]'),
      'é',
      null,
    ])
      expect(tagOf(decodeCursor(byName)(text as string))).toBe('IllFormed')
    const other = pipe(from(users), orderBy(desc(users.age), users.id))
    expect(tagOf(decodeCursor(other)(good))).toBe('IllFormed')
    const mine = right(decodeCursor(byName)(good))
    for (const values of [
      ['1', 1],
      [null, 1],
      [1, undefined],
      [{ a: 1 }, 1],
      [1.5, 1],
      [Number.NaN, 1],
    ]) {
      const text = encodeCursor({ ...mine, values })
      expect(tagOf(decodeCursor(byName)(text))).toBe('IllFormed')
      world.sent()
      expect(tagOf(await world.outcome(pipe(byName, after({ ...mine, values }))))).toBe('InvalidValue')
      expect(world.sent()).toEqual([])
    }
    const partial = pipe(from(users), orderBy(users.age, users.id), select({ id: users.id }))
    expect(tagOf(cursorOf(partial)({ id: 1 }))).toBe('IllFormed')
    expect(tagOf(cursorOf(byName)(null as never))).toBe('Right')
  })
})

describe.each(engines())('the text of cursors on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users })
  })
  afterAll(() => world.close())

  it('an index of the first column serves a page', async () => {
    const byAge = pipe(from(users), orderBy(users.age, users.id), limit(2))
    const at = right(cursorOf(byAge)(userRows[4] as RowOf<typeof users>))
    world.sent()
    must(await world.outcome(pipe(byAge, after(at))))
    // The bound that an index can begin with stands apart from the rest.
    expect(world.sent()[0]?.sql).toMatch(/WHERE \(\(t\d+.[`"]age[`"] >= /)
  })
})
