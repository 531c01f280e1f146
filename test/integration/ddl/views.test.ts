// Views are made of queries with their values written into them, and read like tables, in memory too.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  type AnyTable,
  asc,
  boolean,
  concat,
  count,
  createAll,
  createView,
  date,
  desc,
  dropAll,
  distinct,
  dropView,
  eq,
  from,
  gt,
  groupBy,
  inList,
  inQuery,
  innerJoin,
  isNull,
  insertInto,
  integer,
  limit,
  literal,
  lt,
  max,
  named,
  numeric,
  nullable,
  orderBy,
  over,
  primaryKey,
  references,
  refreshView,
  scalar,
  schema,
  select,
  subquery,
  sum,
  table,
  tablesOf,
  text,
  timestamptz,
  union,
  unionAll,
  values,
  varchar,
  view,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { told } from './asked.js'

type World = WorldAt<Place['name']>

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: pipe(varchar(40), named('user name')),
  state: varchar(10),
  points: pipe(numeric(10, 2), nullable),
})
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: pipe(integer, references(users.id)),
  title: text,
})

const people = [
  { id: 1, name: "O'Hara", state: 'active', points: '10.50' },
  { id: 2, name: 'back\\slash', state: 'active', points: null },
  { id: 3, name: 'wendy', state: 'gone', points: '3.00' },
] as const
const written = [
  { id: 1, userId: 1, title: 'one' },
  { id: 2, userId: 1, title: 'two' },
  { id: 3, userId: 3, title: 'three' },
] as const

const active = view(
  'active',
  pipe(
    from(users),
    where(eq(users.state, 'active')),
    select({ 'the id': users.id, who: concat(users.name, " it's \\ % ? $1 :x"), points: users.points }),
  ),
)

describe.each(places())('views on $label', (engine) => {
  let world: World
  const base = schema({ users, posts })
  beforeAll(async () => {
    world = await openWorldAt(engine)
  })
  const fill = async (): Promise<void> => {
    must(await world.ddl(createAll(base)))
    await world.rows(insertInto(users)(people))
    await world.rows(insertInto(posts)(written))
  }
  const views: Array<AnyTable> = []
  const make = async (v: AnyTable): Promise<void> => {
    must(await world.ddl(createView(v)))
    views.unshift(v)
  }
  afterEach(async () => {
    for (const v of views.splice(0)) must(await world.ddl(dropView(v, { ifExists: true })))
    must(await world.ddl(dropAll(base)))
  })
  afterAll(() => world.close())

  it('[DDL22] literals are written into it, outputs become column names, and it is read like a table', async () => {
    await fill()
    await make(active)
    const question = pipe(from(active), orderBy(desc(active['the id'])))
    const rows = [
      { 'the id': 2, who: "back\\slash it's \\ % ? $1 :x", points: null },
      { 'the id': 1, who: "O'Hara it's \\ % ? $1 :x", points: '10.50' },
    ]
    expect(await world.rows(question)).toEqual(rows)
    if (engine.name === 'memory') return
    const quote = engine.name === 'mysql' || engine.name === 'mariadb' ? '`' : '"'
    const byHand = `SELECT ${quote}the id${quote} FROM ${quote}active${quote} ORDER BY 1`
    expect(await told(world, byHand)).toEqual([['1'], ['2']])
  })

  it('[DDL22] a view is joined, aliased, grouped and filtered by values', async () => {
    await fill()
    await make(active)
    const a = pipe(active, alias('a'))
    const question = pipe(
      from(posts),
      innerJoin(a, eq(a['the id'], posts.userId)),
      where(gt(a.points, '1.00')),
      groupBy(a['the id'], a.who),
      select({ id: a['the id'], who: a.who, n: count() }),
    )
    const rows = [{ id: 1, who: "O'Hara it's \\ % ? $1 :x", n: 2 }]
    expect(await world.rows(question)).toEqual(rows)
  })

  it('[DDL22] values of many types, sets, derived tables, limits and lists stand in a view', async () => {
    const things = table('things', {
      id: pipe(integer, primaryKey),
      flag: boolean,
      day: date,
      at: timestamptz,
      price: numeric(8, 2),
    })
    const rows = [
      { id: 1, flag: true, day: '2024-02-29', at: '2024-02-29T12:00:00.123456Z', price: '9.99' },
      { id: 2, flag: false, day: '2020-01-01', at: '1999-12-31T23:59:59Z', price: '-0.01' },
    ] as const
    must(await world.ddl(createAll(schema({ things }))))
    await world.rows(insertInto(things)(rows))
    const cheap = pipe(from(things), where(lt(things.price, '0.00')), select({ id: things.id, day: things.day }))
    const late = pipe(
      from(things),
      where(gt(things.at, '2020-01-01T00:00:00Z')),
      where(eq(things.flag, true)),
      where(eq(things.day, '2024-02-29')),
      where(pipe(things.id, inList([1, 2, -3]))),
      select({ id: things.id, day: things.day }),
    )
    const all = pipe(
      cheap,
      unionAll(late),
      orderBy((o) => [asc(o.id)]),
      limit(7),
      subquery('both'),
    )
    const some = view(
      'some',
      pipe(
        from(all),
        where(gt(all.id, -1)),
        select({ id: all.id, day: all.day, n: sum(all.id) }),
        groupBy(all.id, all.day),
      ),
    )
    await make(some)
    const question = pipe(from(some), orderBy(asc(some.id)), select({ id: some.id, day: some.day }))
    const found = [
      { id: 1, day: '2024-02-29' },
      { id: 2, day: '2020-01-01' },
    ]
    expect(await world.rows(question)).toEqual(found)
    must(await world.ddl(dropView(some)))
    must(await world.ddl(dropAll(schema({ things }))))
  })

  it('[DDL23] create or replace: three rows, then two', async () => {
    await fill()
    const all = view('some', pipe(from(users), select({ id: users.id })))
    const two = view('some', pipe(from(users), where(eq(users.state, 'active')), select({ id: users.id })))
    must(await world.ddl(createView(all, { orReplace: true })))
    views.push(all)
    expect(await world.rows(from(all))).toHaveLength(3)
    expect(tagOf(await world.ddl(createView(two)))).not.toBe('Right')
    expect(await world.rows(from(all))).toHaveLength(3)
    must(await world.ddl(createView(two, { orReplace: true })))
    expect(await world.rows(from(two))).toHaveLength(2)
  })

  it('createAll makes views after the tables and views that they read, and dropAll drops them first', async () => {
    const least = view('least', pipe(from(active), where(eq(active['the id'], 1)), select({ id: active['the id'] })))
    const all = schema({ least, active, posts, users })
    must(await world.ddl(createAll(all)))
    must(await world.ddl(createAll(all)))
    await world.rows(insertInto(users)(people))
    expect(await world.rows(from(least))).toEqual([{ id: 1 }])
    expect(tablesOf(from(least)).reads.map((t) => t.name)).toEqual(['least', 'active', 'users'])
    must(await world.ddl(dropAll(all)))
    must(await world.ddl(dropAll(all)))
    expect(tagOf(await world.outcome(from(least)))).not.toBe('Right')
  })

  it('[DDL23] a view of rows that stand in no table is another one once it is replaced, for statements that are prepared too', async () => {
    const rows = (n: number) => view('rows_v', pipe(from(values('r', { n: integer }, [{ n }, { n: n + 1 }]))))
    must(await world.ddl(createView(rows(1))))
    views.push(rows(1))
    const now = rows(1)
    const all = pipe(from(now), orderBy(asc(now.n)))
    for (const n of [1, 3, 5]) {
      must(await world.ddl(createView(rows(n), { orReplace: true })))
      expect(await world.rows(all)).toEqual([{ n }, { n: n + 1 }])
    }
  })

  it('what a view cannot be asked again is refused where it is made: on mysql what it would lose of its own words', async () => {
    await fill()
    const lost = engine.name === 'mysql' ? 'Unsupported' : 'Right'
    const byQuery = scalar(pipe(from(posts), select(max(posts.id))))
    const asking = view('asking', pipe(from(users), select({ top: byQuery }), distinct, orderBy(byQuery), limit(1)))
    const ids = pipe(from(users), select(users.id))
    const flags = pipe(from(users), select(eq(users.id, 1)))
    const twice = view(
      'twice',
      pipe(from(users), where(inQuery(flags)(inQuery(ids)(users.id))), select({ id: users.id })),
    )
    const one = pipe(from(users), select({ n: over({})(count()) }))
    const windows = view('windows', pipe(one, union(pipe(one, union(one)))))
    for (const v of [asking, twice, windows]) {
      expect([v, tagOf(await world.ddl(createView(v)))]).toEqual([v, lost])
      if (lost === 'Right') {
        views.unshift(v)
        expect(tagOf(await world.outcome(from(v)))).toBe('Right')
      }
    }
  })

  it('a view that is grouped by what has no column is asked like any other', async () => {
    await fill()
    const none = pipe(from(users), groupBy(isNull(literal('', text))), select({ n: count() }))
    const grouped = view('grouped', none)
    await make(grouped)
    expect(await world.rows(from(grouped))).toEqual([{ n: 3 }])
  })

  it('a view is not written to', () => {
    expect(() => insertInto(active)({})).toThrow('only tables are written to')
  })

  it('[DDL22] a materialised view keeps its rows until it is refreshed, on postgres and in memory alone', async () => {
    await fill()
    const kept = view('kept', pipe(from(users), select({ id: users.id })), { materialized: true })
    if (engine.name !== 'postgres' && engine.name !== 'memory') {
      for (const one of [createView(kept), dropView(kept), refreshView(kept), createAll(schema({ kept }))])
        expect(tagOf(await world.ddl(one))).toBe('Unsupported')
      return
    }
    await make(kept)
    if (engine.name === 'postgres')
      expect(await told(world, "SELECT relkind FROM pg_class WHERE relname = 'kept'")).toEqual([['m']])
    await world.rows(insertInto(users)({ id: 9, name: 'new', state: 'x' }))
    expect(await world.rows(from(kept))).toHaveLength(3)
    must(await world.ddl(refreshView(kept)))
    expect(await world.rows(from(kept))).toHaveLength(4)
    must(await world.ddl(createView(kept, { orReplace: true })))
    expect(await world.rows(from(kept))).toHaveLength(4)
    must(await world.ddl(createAll(schema({ users, kept }))))
  })

  it('refreshing a view that keeps no rows is refused, and so is a view whose query has a hole', async () => {
    expect(tagOf(await world.ddl(refreshView(active)))).toBe('IllFormed')
  })

  it('dropView fails where there is none, but with ifExists', async () => {
    expect(tagOf(await world.ddl(dropView(active)))).not.toBe('Right')
    must(await world.ddl(dropView(active, { ifExists: true })))
  })
})
