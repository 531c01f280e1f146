// Queries made while the program runs: filters that depend, columns by name, counts as queries, other schemas; locks; relations with limits.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  and,
  any,
  type AnyQuery,
  asc,
  byKey,
  coalesce,
  column,
  containsRow,
  count,
  countOf,
  Db,
  deleteFrom,
  desc,
  distinct,
  distinctOn,
  eq,
  every,
  exists,
  filters,
  fn,
  forShare,
  forUpdate,
  from,
  given,
  groupBy,
  gt,
  gte,
  has,
  having,
  include,
  innerJoin,
  inQuery,
  inSchema,
  insertInto,
  integer,
  isNull,
  leftJoin,
  limit,
  limitWithTies,
  many,
  ne,
  none,
  not,
  noWait,
  nullable,
  offset,
  one,
  optional,
  or,
  orderBy,
  primaryKey,
  references,
  scalar,
  select,
  set,
  skipLocked,
  subquery,
  table,
  transaction,
  union,
  unionAll,
  update,
  varchar,
  when,
  where,
  whereEq,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: varchar(20), age: pipe(integer, nullable) })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: pipe(integer, nullable, references(users.id)),
  title: varchar(20),
  stars: pipe(integer, nullable),
})
const userRows = [
  { id: 1, name: 'ed', age: 19 },
  { id: 2, name: 'wendy', age: null },
  { id: 3, name: 'mary', age: 30 },
  { id: 4, name: 'fred', age: 30 },
]
const postRows = [
  { id: 1, userId: 1, title: 'a', stars: 5 },
  { id: 2, userId: 1, title: 'b', stars: null },
  { id: 3, userId: 1, title: 'b', stars: 1 },
  { id: 4, userId: 2, title: 'a', stars: 2 },
  { id: 5, userId: 3, title: 'c', stars: 1 },
  { id: 6, userId: 3, title: 'c', stars: 1 },
  { id: 7, userId: null, title: 'd', stars: 9 },
]
const tables = pipe(emptyTables, withRows(users)(userRows), E.chain(withRows(posts)(postRows)))

const byId = pipe(from(users), orderBy(users.id))
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
const author = pipe(from(users), where(eq(users.id, posts.userId)))

describe.each(places())('composition on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, posts })
    await world.rows(insertInto(users)(userRows))
    await world.rows(insertInto(posts)(postRows))
  })
  afterAll(() => world.close())

  /** The rows of the engine, which are those in memory. */
  const same = async (q: AnyQuery): Promise<ReadonlyArray<unknown>> => {
    const theirs = must(await world.outcome(q)).rows
    expect(E.right(theirs)).toEqual(pipe(tables, E.chainW(interpret(q as never))))
    return theirs
  }
  /** The same, or `Unsupported` where a query about outer rows would stand as a derived table. */
  const sameWhereCorrelated = async (q: AnyQuery): Promise<ReadonlyArray<unknown>> => {
    if (place.name !== 'mariadb') return same(q)
    expect(tagOf(await world.outcome(q))).toBe('Unsupported')
    const mine = pipe(tables, E.chainW(interpret(q as never)))
    return E.isRight(mine) ? mine.right : []
  }

  // -- filters -------------------------------------------------------------------------------------------------------

  it('[C08] equal values by name', async () => {
    expect(await same(pipe(byId, whereEq({ name: 'ed' })))).toEqual([userRows[0]])
    expect(await same(pipe(byId, whereEq({ age: 30, name: 'fred' })))).toEqual([userRows[3]])
    expect(await same(pipe(byId, whereEq({})))).toEqual(userRows)
    for (const wrong of [{ name: undefined }, { name: null }, { name: 1 }, { age: Number.NaN }, { name: {} }, null])
      expect(tagOf(await world.outcome(pipe(byId, whereEq(wrong as never) as never)))).toBe('InvalidValue')
    expect(tagOf(await world.outcome(pipe(byId, whereEq({ nothing: true }) as never)))).toBe('IllFormed')
  })

  it('[C09, C10, C11] filters that may be there', async () => {
    const find = (by: { readonly name?: string; readonly age?: number }) =>
      pipe(
        byId,
        filters([by.name !== undefined && eq(users.name, by.name), by.age !== undefined && gte(users.age, by.age)]),
      )
    expect(await same(find({}))).toEqual(userRows)
    expect(await same(find({ age: 20 }))).toEqual(userRows.slice(2))
    expect(await same(find({ age: 20, name: 'mary' }))).toEqual([userRows[2]])
    const kept = pipe(byId, when(true, where(eq(users.name, 'ed'))))
    expect(await same(kept)).toEqual([userRows[0]])
    // The query that was filtered is as it was.
    expect(await same(byId)).toEqual(userRows)
    for (const wrong of [undefined, null, 0, '', {}])
      expect(tagOf(await world.outcome(pipe(byId, filters([wrong as never]) as never)))).toBe('InvalidValue')
  })

  it('[C29, C02, C05, C07] columns by name, to select and to sort by', async () => {
    const sorted = (key: string) =>
      pipe(from(users), orderBy(column(users)(key) ?? users.id, users.id), select({ id: users.id }))
    expect(await same(sorted('name'))).toEqual([1, 4, 3, 2].map((id) => ({ id })))
    expect(await same(sorted('password'))).toEqual([1, 2, 3, 4].map((id) => ({ id })))
    const picked = (keys: ReadonlyArray<string>) =>
      pipe(
        byId,
        select(
          Object.fromEntries(
            keys.flatMap((key) => {
              const c = column(users)(key)
              return c === null ? [] : [[key, c]]
            }),
          ),
        ),
        limit(1),
      )
    expect(await same(picked(['name', 'age']))).toEqual([{ name: 'ed', age: 19 }])
    expect(await same(pipe(byId, select({ a: users.id }), select({ label: users.name }), limit(1)))).toEqual([
      { label: 'ed' },
    ])
    for (const key of ['__proto__', 'constructor', 'toString']) expect(column(users)(key)).toBe(null)
  })

  it('[C01, C03, C04, C06, D09] whole tables beside columns, and two of one table', async () => {
    const other = pipe(users, alias('other'))
    const q = pipe(
      from(users),
      innerJoin(other, and(eq(other.age, users.age), ne(other.id, users.id))),
      orderBy(users.id),
      select({ user: users, other, name: other.name }),
    )
    expect(await same(q)).toEqual([
      { user: userRows[2], other: userRows[3], name: 'fred' },
      { user: userRows[3], other: userRows[2], name: 'mary' },
    ])
  })

  it('[C65] a row by its key', async () => {
    expect(await same(byKey(users)({ id: 3 }))).toEqual([userRows[2]])
    expect(await same(byKey(users)({ id: 9 }))).toEqual([])
    for (const wrong of [{}, { id: undefined }, { id: null }, { id: '3' }, 3, null])
      expect(tagOf(await world.outcome(byKey(users)(wrong as never)))).toBe('InvalidValue')
  })

  it('[C39, C66] the count of any query, as a query', async () => {
    expect(await same(countOf(byId))).toEqual([4])
    expect(await same(countOf(pipe(byId, limit(3), offset(2))))).toEqual([2])
    expect(await same(countOf(pipe(from(users), select({ age: users.age }), distinct)))).toEqual([3])
    expect(await same(countOf(pipe(from(posts), groupBy(posts.title), select({ t: posts.title }))))).toEqual([4])
    expect(await same(countOf(pipe(from(posts), select({ n: count() }))))).toEqual([1])
    expect(
      await same(
        countOf(pipe(from(posts), select({ t: posts.title }), union(pipe(from(users), select({ t: users.name }))))),
      ),
    ).toEqual([8])
    expect(await same(countOf(pipe(byId, include({ posts: many(postsOf) }))))).toEqual([4])
    const counted = coalesce(scalar(countOf(postsOf)), 0)
    expect(
      await same(pipe(byId, where(gt(counted, 1)), orderBy(desc(counted)), select({ id: users.id, n: counted }))),
    ).toEqual([
      { id: 1, n: 3 },
      { id: 3, n: 2 },
    ])
  })

  it('[D01, D02, D03, D04, D05, D07, D08, D10] all, first, one, scalar, values of one column and their number', async () => {
    const { db } = world
    const names = pipe(byId, select(users.name))
    expect(await db.all(names)()).toEqual(E.right(['ed', 'wendy', 'mary', 'fred']))
    expect(await Db.first(names)(db)()).toMatchObject({ right: { value: 'ed' } })
    expect(await Db.one(byKey(users)({ id: 1 }))(db)()).toEqual(E.right(userRows[0]))
    expect(tagOf(await Db.one(byKey(users)({ id: 9 }))(db)())).toBe('NoRows')
    expect(tagOf(await Db.one(byId)(db)())).toBe('MultipleRows')
    expect(tagOf(await Db.oneOrNone(byId)(db)())).toBe('MultipleRows')
    expect(await Db.oneOrNone(byKey(users)({ id: 9 }))(db)()).toMatchObject({ right: { _tag: 'None' } })
    expect(await Db.scalar(countOf(byId))(db)()).toEqual(E.right(4))
    expect(await Db.count(names)(db)()).toEqual(E.right(4))
  })

  // -- schemas -------------------------------------------------------------------------------------------------------

  // -- relations -----------------------------------------------------------------------------------------------------

  it('a limit, an offset, ties and the first of each kind for each outer row', async () => {
    const newest = pipe(postsOf, orderBy(desc(posts.id)))
    const relations = [
      pipe(newest, limit(2)),
      pipe(newest, limit(1), offset(1)),
      pipe(newest, offset(1)),
      pipe(newest, limit(0)),
      pipe(postsOf, orderBy(posts.stars, posts.id), limit(2)),
      pipe(postsOf, distinctOn(posts.title), orderBy(posts.title, desc(posts.id))),
      pipe(postsOf, distinctOn(posts.title), orderBy(desc(posts.title), posts.id), limit(1)),
    ]
    for (const relation of relations) await same(pipe(byId, include({ posts: many(relation) })))
    expect(
      await same(
        pipe(
          byId,
          select({ id: users.id }),
          include({ posts: many(pipe(newest, limit(1), select({ id: posts.id }))) }),
        ),
      ),
    ).toEqual([
      { id: 1, posts: [{ id: 3 }] },
      { id: 2, posts: [{ id: 4 }] },
      { id: 3, posts: [{ id: 6 }] },
      { id: 4, posts: [] },
    ])
    await same(
      pipe(
        byId,
        include({ posts: many(pipe(postsOf, orderBy(posts.title), limitWithTies(1), select({ title: posts.title }))) }),
      ),
    )
    await same(pipe(byId, include({ last: optional(pipe(newest, limit(1))) })))
    const titles = pipe(postsOf, select({ title: posts.title }), distinct, orderBy(posts.title))
    await same(pipe(byId, include({ titles: many(pipe(titles, limit(1), offset(1))) })))
    const groups = pipe(
      postsOf,
      groupBy(posts.title),
      select({ title: posts.title, n: count() }),
      orderBy(desc(count()), posts.title),
    )
    await same(pipe(byId, include({ most: optional(pipe(groups, limit(1))) })))
    await same(pipe(byId, include({ posts: many(pipe(newest, limit(2), include({ author: one(author) }))) })))
  })

  it('a set operation for each outer row, with an order and a limit', async () => {
    const titles = pipe(postsOf, select({ t: posts.title }))
    const starred = pipe(postsOf, where(gt(posts.stars, 1)), select({ t: posts.title }))
    for (const set of [
      pipe(
        titles,
        union(starred),
        orderBy((r) => [r.t]),
      ),
      pipe(
        titles,
        unionAll(starred),
        orderBy((r) => [desc(r.t)]),
        limit(3),
        offset(1),
      ),
      pipe(
        titles,
        union(starred),
        orderBy((r) => [desc(r.t)]),
        limit(1),
      ),
      pipe(
        pipe(titles, limit(1), orderBy(asc(posts.title))),
        unionAll(pipe(starred, union(titles))),
        orderBy((r) => [r.t]),
      ),
    ])
      await same(pipe(byId, select({ id: users.id }), include({ titles: many(set) })))
  })

  it('[C58, C59] any, has, none and every of the rows that a relation gives', async () => {
    const ids = (q: typeof byId) => pipe(q, select(users.id))
    expect(await same(ids(pipe(byId, where(any(postsOf)))))).toEqual([1, 2, 3])
    expect(await same(ids(pipe(byId, where(any(postsOf, eq(posts.title, 'b'))))))).toEqual([1])
    expect(await same(ids(pipe(byId, where(none(postsOf, gt(posts.stars, 1))))))).toEqual([3, 4])
    expect(await same(ids(pipe(byId, where(every(postsOf, gt(posts.stars, 1))))))).toEqual([2, 4])
    expect(await same(ids(pipe(byId, where(every(postsOf, eq(posts.stars, 1))))))).toEqual([3, 4])
    const byUser = pipe(from(posts), where(has(author, eq(users.name, 'ed'))), orderBy(posts.id), select(posts.id))
    expect(await same(byUser)).toEqual([1, 2, 3])
    expect(await same(pipe(from(posts), where(not(has(author))), select(posts.id)))).toEqual([7])
  })

  it('any, none and every after a limit, of kinds, of groups and of set operations', async () => {
    const ids = (q: typeof byId) => pipe(q, select(users.id))
    const first = pipe(postsOf, orderBy(posts.id), limit(1))
    expect(await sameWhereCorrelated(ids(pipe(byId, where(any(first, eq(posts.title, 'a'))))))).toEqual([1, 2])
    expect(await sameWhereCorrelated(ids(pipe(byId, where(any(first, eq(posts.title, 'b'))))))).toEqual([])
    expect(
      await sameWhereCorrelated(
        ids(pipe(byId, where(none(pipe(first, select({ id: posts.id })), gt(posts.stars, 1))))),
      ),
    ).toEqual([3, 4])
    expect(await sameWhereCorrelated(ids(pipe(byId, where(every(first, eq(posts.userId, users.id))))))).toEqual([
      1, 2, 3, 4,
    ])
    const groups = pipe(postsOf, groupBy(posts.title), having(gt(count(), 1)), select({ t: posts.title }))
    expect(await same(ids(pipe(byId, where(any(groups, eq(posts.title, 'b'))))))).toEqual([1])
    const titles = pipe(postsOf, select({ t: posts.title }), distinct)
    expect(await same(ids(pipe(byId, where(any(titles, eq(posts.title, 'c'))))))).toEqual([3])
    const both = pipe(postsOf, select({ t: posts.title }), union(pipe(postsOf, select({ t: posts.title }))))
    expect(await same(ids(pipe(byId, where(any(both)))))).toEqual([1, 2, 3])
  })

  it('[C60, C61, C62, C63, C57] a row of a relation, the row that refers, and the rows of one', async () => {
    const post = postRows[4]
    if (post === undefined) return
    expect(await same(pipe(byId, where(containsRow(postsOf, post)), select(users.id)))).toEqual([3])
    expect(await same(pipe(byId, where(not(containsRow(postsOf, post))), select(users.id)))).toEqual([1, 2, 4])
    expect(tagOf(await world.outcome(pipe(byId, where(containsRow(postsOf, {} as never)))))).toBe('InvalidValue')
    const refers = (id: number) => pipe(from(posts), where(eq(posts.userId, id)), orderBy(posts.id), select(posts.id))
    expect(await same(refers(2))).toEqual([4])
    expect(
      await same(
        pipe(from(posts), where(or(ne(posts.userId, 1), isNull(posts.userId))), orderBy(posts.id), select(posts.id)),
      ),
    ).toEqual([4, 5, 6, 7])
    expect(await same(pipe(from(posts), where(isNull(posts.userId)), select(posts.id)))).toEqual([7])
    expect(
      await same(pipe(postsOf, given(users, { id: 3, name: 'mary', age: 30 }), orderBy(posts.id), select(posts.id))),
    ).toEqual([5, 6])
    expect(
      await same(
        pipe(
          from(posts),
          where(pipe(posts.userId, inQuery(pipe(byId, where(eq(users.name, 'ed')), select(users.id))))),
          orderBy(posts.id),
          select(posts.id),
        ),
      ),
    ).toEqual([1, 2, 3])
  })

  // -- locks ---------------------------------------------------------------------------------------------------------

  it('[dialect 90] locks of some sources, and where they do not belong', async () => {
    const joined = pipe(from(posts), leftJoin(users, eq(users.id, posts.userId)), orderBy(posts.id), select(posts.id))
    const expected = {
      sqlite: 'Unsupported',
      mariadb: 'Unsupported',
      mysql: 'Right',
      postgres: 'Right',
      // A snapshot has nobody to wait for: what two change is told at the commit.
      memory: 'Right',
    }[place.name]
    expect(tagOf(await world.outcome(pipe(joined, forUpdate({ of: [posts] }))))).toBe(expected)
    const whole = { sqlite: 'Unsupported', mariadb: 'Right', mysql: 'Right', postgres: 'Unsupported', memory: 'Right' }[
      place.name
    ]
    expect(tagOf(await world.outcome(pipe(joined, forUpdate())))).toBe(whole)
    const named = pipe(byId, subquery('named'))
    for (const q of [
      pipe(from(users), select({ age: users.age }), distinct, forUpdate()),
      pipe(from(users), groupBy(users.age), select({ n: count() }), forUpdate()),
      pipe(from(users), select({ n: count() }), forUpdate()),
      pipe(byId, limitWithTies(1), forUpdate()),
      pipe(byId, distinctOn(users.id), forUpdate()),
      pipe(byId, where(pipe(users.id, inQuery(pipe(from(posts), forUpdate(), select(posts.id)))))),
      pipe(byId, where(exists(pipe(postsOf, forUpdate())))),
      pipe(byId, include({ posts: many(pipe(postsOf, forUpdate())) })),
      pipe(from(named), forUpdate()),
    ]) {
      expect(tagOf(await world.outcome(q))).toBe('IllFormed')
      expect(tagOf(pipe(tables, E.chainW(interpret(q as typeof byId))))).toBe('IllFormed')
    }
    expect(pipe(tables, E.chainW(interpret(pipe(byId, forUpdate(), skipLocked))))).toEqual(E.right(userRows))
    expect(tagOf(await world.db.count(pipe(byId, forUpdate()))())).toBe('Right')
  })
})

describe.each(engines())('schemas and locks on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users, posts })
    await world.rows(insertInto(users)(userRows))
    await world.rows(insertInto(posts)(postRows))
  })
  afterAll(() => world.close())

  it('every table of a query or a write moves to another schema', async () => {
    const schema =
      engine.name === 'sqlite'
        ? 'main'
        : engine.name === 'postgres'
          ? 'public'
          : String((await world.rows(pipe(byId, limit(1), select(fn('database', varchar(64))()))))[0])
    const q = pipe(
      byId,
      where(exists(pipe(from(posts), where(eq(posts.userId, users.id))))),
      select({ id: users.id, posts: scalar(countOf(postsOf)) }),
      include({ posts: many(pipe(postsOf, orderBy(posts.id), limit(1))) }),
      inSchema(schema),
    )
    expect(await world.rows(q)).toEqual(
      await world.rows(
        pipe(
          byId,
          where(exists(postsOf)),
          select({ id: users.id, posts: scalar(countOf(postsOf)) }),
          include({ posts: many(pipe(postsOf, orderBy(posts.id), limit(1))) }),
        ),
      ),
    )
    const first = pipe(byId, limit(2), subquery('first'))
    expect(
      await world.rows(
        pipe(
          from(first),
          leftJoin(posts, eq(posts.userId, first.id)),
          orderBy(posts.id),
          select(posts.id),
          inSchema(schema),
        ),
      ),
    ).toEqual([1, 2, 3, 4])
    expect(
      (
        await world.answer(
          pipe(
            update(users),
            set({ age: 31 }),
            where(and(eq(users.id, 4), exists(pipe(from(posts), where(eq(posts.userId, users.id)))))),
            inSchema(schema),
          ),
        )
      ).affected,
    ).toBe(0)
    await world.answer(pipe(insertInto(users)([{ id: 50, name: 'zoe' }]), inSchema(schema)))
    expect((await world.answer(pipe(deleteFrom(users), where(eq(users.id, 50)), inSchema(schema)))).affected).toBe(1)
    const gone = await world.outcome(pipe(byId, inSchema('no such tenant')))
    expect(tagOf(gone)).toBe('Sql')
    expect(() => inSchema('')).toThrow(TypeError)
  })

  it('[dialect 90] rows are locked: others skip them, or are told at once; SQLite has no such locks', async () => {
    const mine = pipe(byId, limit(2), forUpdate())
    if (engine.name === 'sqlite') {
      for (const q of [mine, pipe(byId, forShare()), pipe(byId, skipLocked), pipe(byId, noWait)])
        expect(tagOf(await world.outcome(q))).toBe('Unsupported')
      return
    }
    const { db } = world
    const others: Array<unknown> = []
    const done = await transaction({})((inside) =>
      pipe(
        Db.all(mine)(inside),
        TE.chainW((rows) => async () => {
          others.push(rows.map((u) => u.id))
          others.push(await db.all(pipe(byId, forUpdate({ wait: 'skipLocked' }), select(users.id)))())
          others.push(tagOf(await db.all(pipe(byId, noWait))()))
          others.push(await db.all(pipe(byId, where(eq(users.id, 3)), forShare(), noWait, select(users.id)))())
          others.push(await db.all(pipe(byId, select(users.id)))())
          return E.right(null)
        }),
      ),
    )(db)()
    expect(done).toEqual(E.right(null))
    expect(others).toEqual([[1, 2], E.right([3, 4]), 'LockTimeout', E.right([3]), E.right([1, 2, 3, 4])])
  })
})
