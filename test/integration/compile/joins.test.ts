// Joins of every kind, also where an engine has them not: right, full, lateral, by foreign key, by relation.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { control } from '../../../src/compile/statement.js'
import { done, step } from '../../../src/compile/load.js'
import {
  alias,
  and,
  any,
  boolean,
  count,
  countDistinct,
  createAll,
  createSchema,
  crossJoin,
  desc,
  eq,
  exists,
  from,
  fullJoin,
  groupBy,
  gt,
  having,
  inQuery,
  innerJoin,
  insertInto,
  integer,
  isNotDistinctFrom,
  isNull,
  joinFk,
  joinRelated,
  lateral,
  leftJoin,
  leftJoinRelated,
  leftLateral,
  limit,
  literal,
  lt,
  max,
  mul,
  nullable,
  offset,
  or,
  orderBy,
  present,
  primaryKey,
  references,
  rightJoin,
  scalar,
  schema,
  select,
  subquery,
  table,
  tableIn,
  text,
  unionAll,
  where,
} from '../../../src/index.js'
import { asked, type Filling, gives, type RowsCase } from '../../support/cases.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

// -- tables -----------------------------------------------------------------------------------------------------------

const a = table('a', { id: pipe(integer, primaryKey) })
const b = table('b', { id: pipe(integer, primaryKey), aId: pipe(integer, references(a.id)) })
const users = table('users', { id: pipe(integer, primaryKey), name: text, boss: pipe(integer, nullable) })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: pipe(integer, nullable),
  editorId: pipe(integer, nullable),
  title: pipe(text, nullable),
})
/** All its columns may be null: whether a row of it is there is told by nothing that it has. */
const notes = table('notes', { userId: pipe(integer, nullable), body: pipe(text, nullable) })
const twice = table('twice', {
  id: pipe(integer, primaryKey),
  first: pipe(integer, references(a.id)),
  second: pipe(integer, references(a.id)),
})

const tables = { a, b, users, posts, notes, twice }
const filled: ReadonlyArray<Filling> = [
  { table: a, rows: [1, 2, 3, 4, 5].map((id) => ({ id })) },
  {
    table: b,
    rows: [
      { id: 1, aId: 1 },
      { id: 2, aId: 1 },
      { id: 4, aId: 2 },
      { id: 5, aId: 3 },
    ],
  },
  {
    table: users,
    rows: [
      { id: 1, name: 'ed', boss: null },
      { id: 2, name: 'wendy', boss: 1 },
      { id: 3, name: 'mary', boss: 1 },
      { id: 4, name: 'fred', boss: 9 },
    ],
  },
  {
    table: posts,
    rows: [
      { id: 1, userId: 1, editorId: 2, title: 'a' },
      { id: 2, userId: 1, editorId: null, title: 'b' },
      { id: 3, userId: 2, editorId: 1, title: null },
      { id: 4, userId: 7, editorId: 7, title: 'd' },
      { id: 5, userId: null, editorId: 3, title: 'b' },
    ],
  },
  {
    table: notes,
    rows: [
      { userId: 1, body: 'x' },
      { userId: null, body: null },
    ],
  },
]

// -- queries ----------------------------------------------------------------------------------------------------------

const boss = pipe(users, alias('boss'))
const p2 = pipe(posts, alias('p2'))
const byUser = eq(posts.userId, users.id)
const postsOf = pipe(from(posts), where(byUser))
const latest = pipe(
  postsOf,
  orderBy(desc(posts.id)),
  limit(1),
  select({ id: posts.id, title: posts.title }),
  subquery('latest'),
)
const ids = { u: users.id, p: posts.id }

const plain: ReadonlyArray<RowsCase> = [
  gives(
    '[SEL01, C41, C43] joined by the one foreign key',
    pipe(from(a), joinFk(b), orderBy(a.id, b.id), select({ a: a.id, b: b.id, of: b.aId })),
    [
      { a: 1, b: 1, of: 1 },
      { a: 1, b: 2, of: 1 },
      { a: 2, b: 4, of: 2 },
      { a: 3, b: 5, of: 3 },
    ],
  ),
  gives(
    '[C43] the foreign key may be that of the query, too',
    pipe(from(b), joinFk(a), orderBy(b.id), select({ a: a.id, b: b.id })),
    [
      { a: 1, b: 1 },
      { a: 1, b: 2 },
      { a: 2, b: 4 },
      { a: 3, b: 5 },
    ],
  ),
  gives('[SEL02] ON true is every pair', pipe(from(a), innerJoin(b, literal(true, boolean)), select(count())), [20]),
  gives('[SEL02] ON false is none', pipe(from(a), innerJoin(b, literal(false, boolean)), select(count())), [0]),
  gives(
    '[SEL02] a left join ON false keeps its rows',
    pipe(from(a), leftJoin(b, literal(false, boolean)), orderBy(a.id), select({ a: a.id, b })),
    [1, 2, 3, 4, 5].map((id) => ({ a: id, b: null })),
  ),
  gives(
    '[SEL04] a left join with a criterion of its right side is an inner one',
    pipe(from(a), leftJoin(b, eq(b.aId, a.id)), where(gt(b.id, 2)), orderBy(b.id), select({ a: a.id, b: b.id })),
    [
      { a: 2, b: 4 },
      { a: 3, b: 5 },
    ],
  ),
  gives(
    'computed columns',
    pipe(
      from(users),
      where(gt(users.id, 2)),
      orderBy(users.id),
      select({ area: mul(users.id, users.id), perimeter: mul(users.id, 4) }),
    ),
    [
      { area: 9, perimeter: 12 },
      { area: 16, perimeter: 16 },
    ],
  ),
  gives(
    '[SEL07] one column under two names',
    pipe(from(users), where(eq(users.id, 1)), select({ name: users.name, label: users.name })),
    [{ name: 'ed', label: 'ed' }],
  ),
  gives(
    '[C42] two tables and a criterion',
    pipe(from(users), crossJoin(posts), where(byUser), orderBy(posts.id), select(ids)),
    [
      { u: 1, p: 1 },
      { u: 1, p: 2 },
      { u: 2, p: 3 },
    ],
  ),
  gives(
    '[C44, C48] joined by a criterion of two parts',
    pipe(from(users), innerJoin(posts, and(byUser, eq(posts.title, 'b'))), select(ids)),
    [{ u: 1, p: 2 }],
  ),
  gives('[C45] joined by a relation', pipe(from(users), joinRelated(postsOf), orderBy(posts.id), select(ids)), [
    { u: 1, p: 1 },
    { u: 1, p: 2 },
    { u: 2, p: 3 },
  ]),
  gives(
    '[C45] joined by a relation, rows without one kept',
    pipe(from(users), leftJoinRelated(postsOf), orderBy(users.id, posts.id), select({ u: users.id, post: posts })),
    [
      { u: 1, post: { id: 1, userId: 1, editorId: 2, title: 'a' } },
      { u: 1, post: { id: 2, userId: 1, editorId: null, title: 'b' } },
      { u: 2, post: { id: 3, userId: 2, editorId: 1, title: null } },
      { u: 3, post: null },
      { u: 4, post: null },
    ],
  ),
  gives(
    '[C47] joined by a relation about an alias',
    pipe(
      from(users),
      joinRelated(pipe(from(p2), where(eq(p2.editorId, users.id)))),
      orderBy(p2.id),
      select({ u: users.id, p: p2.id }),
    ),
    [
      { u: 2, p: 1 },
      { u: 1, p: 3 },
      { u: 3, p: 5 },
    ],
  ),
  gives(
    '[C49, C51] the same table twice, the second where it is there',
    pipe(
      from(users),
      leftJoin(boss, eq(users.boss, boss.id)),
      orderBy(users.id),
      select({ name: users.name, boss: boss.name }),
    ),
    [
      { name: 'ed', boss: null },
      { name: 'wendy', boss: 'ed' },
      { name: 'mary', boss: 'ed' },
      { name: 'fred', boss: null },
    ],
  ),
  gives(
    '[C50] the order of the pipe is that of the joins',
    pipe(from(posts), leftJoin(users, byUser), orderBy(posts.id), select(ids)),
    [
      { u: 1, p: 1 },
      { u: 1, p: 2 },
      { u: 2, p: 3 },
      { u: null, p: 4 },
      { u: null, p: 5 },
    ],
  ),
  (() => {
    const counts = pipe(
      from(posts),
      groupBy(posts.userId),
      select({ of: posts.userId, n: count() }),
      subquery('counts'),
    )
    return gives(
      '[C54, C55] joined with a query that counts',
      pipe(
        from(users),
        leftJoin(counts, eq(counts.of, users.id)),
        orderBy(users.id),
        select({ u: users.id, n: counts.n }),
      ),
      [
        { u: 1, n: 2 },
        { u: 2, n: 1 },
        { u: 3, n: null },
        { u: 4, n: null },
      ],
    )
  })(),
  (() => {
    const named = pipe(from(users), where(gt(users.id, 2)), subquery('named'))
    return gives('[C56] a table from a subquery', pipe(from(named), orderBy(named.id)), [
      { id: 3, name: 'mary', boss: 1 },
      { id: 4, name: 'fred', boss: 9 },
    ])
  })(),
  gives(
    '[C57] EXISTS about the outer row',
    pipe(from(users), where(exists(postsOf)), orderBy(users.id), select(users.id)),
    [1, 2],
  ),
]

const sided: ReadonlyArray<RowsCase> = [
  gives(
    '[dialect 47] a right join',
    pipe(from(users), rightJoin(posts, byUser), orderBy(posts.id), select({ user: users, p: posts.id })),
    [
      { user: { id: 1, name: 'ed', boss: null }, p: 1 },
      { user: { id: 1, name: 'ed', boss: null }, p: 2 },
      { user: { id: 2, name: 'wendy', boss: 1 }, p: 3 },
      { user: null, p: 4 },
      { user: null, p: 5 },
    ],
  ),
  gives(
    '[dialect 46] a full join by an equality',
    pipe(from(users), fullJoin(posts, byUser), orderBy(users.id, posts.id), select({ u: users.id, post: posts })),
    [
      { u: 1, post: { id: 1, userId: 1, editorId: 2, title: 'a' } },
      { u: 1, post: { id: 2, userId: 1, editorId: null, title: 'b' } },
      { u: 2, post: { id: 3, userId: 2, editorId: 1, title: null } },
      { u: 3, post: null },
      { u: 4, post: null },
      { u: null, post: { id: 4, userId: 7, editorId: 7, title: 'd' } },
      { u: null, post: { id: 5, userId: null, editorId: 3, title: 'b' } },
    ],
  ),
  gives(
    '[dialect 46] a full join by any other criterion, which PostgreSQL has not',
    pipe(from(users), fullJoin(posts, lt(posts.userId, users.boss)), orderBy(users.id, posts.id), select(ids)),
    [
      { u: 1, p: null },
      { u: 2, p: null },
      { u: 3, p: null },
      { u: 4, p: 1 },
      { u: 4, p: 2 },
      { u: 4, p: 3 },
      { u: 4, p: 4 },
      { u: null, p: 5 },
    ],
  ),
  gives(
    '[dialect 46] a full join with sources that nothing tells of, and joins before and after it',
    pipe(
      from(users),
      innerJoin(boss, eq(users.boss, boss.id)),
      fullJoin(notes, eq(notes.userId, boss.id)),
      leftJoin(posts, byUser),
      orderBy(users.id, notes.userId, posts.id),
      select({ u: users.id, b: boss.name, note: notes, p: posts.id }),
    ),
    [
      { u: 2, b: 'ed', note: { userId: 1, body: 'x' }, p: 3 },
      { u: 3, b: 'ed', note: { userId: 1, body: 'x' }, p: null },
      { u: null, b: null, note: { userId: null, body: null }, p: null },
    ],
  ),
  gives(
    '[dialect 46] two full joins, groups and a criterion over them',
    pipe(
      from(users),
      fullJoin(posts, byUser),
      fullJoin(p2, eq(p2.editorId, users.id)),
      groupBy(users.id),
      having(gt(count(p2.id), 0)),
      orderBy(users.id),
      select({ id: users.id, name: users.name, posts: countDistinct(posts.id), edits: countDistinct(p2.id) }),
    ),
    [
      { id: 1, name: 'ed', posts: 2, edits: 1 },
      { id: 2, name: 'wendy', posts: 1, edits: 1 },
      { id: 3, name: 'mary', posts: 0, edits: 1 },
      { id: null, name: null, posts: 2, edits: 2 },
    ],
  ),
  gives(
    '[dialect 46] a full join inside a query about an outer row',
    pipe(
      from(a),
      where(pipe(a.id, inQuery(pipe(from(users), fullJoin(posts, eq(posts.editorId, users.id)), select(posts.id))))),
      orderBy(a.id),
      select(a.id),
    ),
    [1, 2, 3, 4, 5],
  ),
  gives(
    '[dialect 46] present takes one side of a full join',
    pipe(from(users), fullJoin(posts, byUser), present(users), orderBy(users.id, posts.id), select(ids)),
    [
      { u: 1, p: 1 },
      { u: 1, p: 2 },
      { u: 2, p: 3 },
      { u: 3, p: null },
      { u: 4, p: null },
    ],
  ),
]

const counted = pipe(postsOf, select({ n: count(), last: max(posts.id) }), subquery('counted'))
const paged = pipe(postsOf, orderBy(posts.title, posts.id), limit(1), offset(1), subquery('paged'))
const bothOf = pipe(
  postsOf,
  select({ id: posts.id }),
  unionAll(pipe(from(p2), where(eq(p2.editorId, users.id)), select({ id: p2.id }))),
  orderBy((row) => [desc(row.id)]),
  limit(2),
  subquery('both'),
)
const titles = pipe(postsOf, groupBy(posts.title), select({ title: posts.title, n: count() }), subquery('titles'))
const related = pipe(
  from(posts),
  innerJoin(p2, isNotDistinctFrom(p2.title, posts.title)),
  where(or(eq(p2.userId, users.boss), and(isNull(users.boss), eq(p2.userId, users.id)))),
  select({ p: posts.id, other: p2.id }),
  subquery('related'),
)

const laterals: ReadonlyArray<RowsCase> = [
  gives(
    '[SEL26, dialect 48] the latest of each',
    pipe(from(users), lateral(latest), orderBy(users.id), select({ u: users.id, latest })),
    [
      { u: 1, latest: { id: 2, title: 'b' } },
      { u: 2, latest: { id: 3, title: null } },
    ],
  ),
  gives(
    '[SEL26, dialect 48] the latest of each where there is one',
    pipe(from(users), leftLateral(latest), orderBy(users.id), select({ u: users.id, latest })),
    [
      { u: 1, latest: { id: 2, title: 'b' } },
      { u: 2, latest: { id: 3, title: null } },
      { u: 3, latest: null },
      { u: 4, latest: null },
    ],
  ),
  gives(
    '[dialect 48] an aggregate gives its row also where nothing matches',
    pipe(from(users), lateral(counted), orderBy(users.id), select({ u: users.id, counted })),
    [
      { u: 1, counted: { n: 2, last: 2 } },
      { u: 2, counted: { n: 1, last: 3 } },
      { u: 3, counted: { n: 0, last: null } },
      { u: 4, counted: { n: 0, last: null } },
    ],
  ),
  gives(
    '[dialect 48] an offset for each',
    pipe(from(users), lateral(paged), orderBy(users.id), select({ u: users.id, p: paged.id })),
    [{ u: 1, p: 2 }],
  ),
  gives(
    '[dialect 48] a set operation for each',
    pipe(from(users), lateral(bothOf), orderBy(users.id, bothOf.id), select({ u: users.id, p: bothOf.id })),
    [
      { u: 1, p: 2 },
      { u: 1, p: 3 },
      { u: 2, p: 1 },
      { u: 2, p: 3 },
      { u: 3, p: 5 },
    ],
  ),
  gives(
    '[dialect 48] groups for each, after a left join that leaves a source absent',
    pipe(
      from(posts),
      leftJoin(boss, eq(boss.id, posts.editorId)),
      crossJoin(users),
      where(and(eq(users.id, 1), lt(posts.id, 4))),
      select({ p: posts.id }),
      orderBy(posts.id),
    ),
    [{ p: 1 }, { p: 2 }, { p: 3 }],
  ),
  gives(
    '[dialect 48] groups for each',
    pipe(from(users), lateral(titles), orderBy(users.id, titles.title), select({ u: users.id, titles })),
    [
      { u: 1, titles: { title: 'a', n: 1 } },
      { u: 1, titles: { title: 'b', n: 1 } },
      { u: 2, titles: { title: null, n: 1 } },
    ],
  ),
  gives(
    '[dialect 48] a query of two tables about two columns, one of them null',
    pipe(
      from(users),
      lateral(related),
      orderBy(users.id, related.p, related.other),
      select({ u: users.id, p: related.p, other: related.other }),
    ),
    [
      { u: 1, p: 1, other: 1 },
      { u: 1, p: 2, other: 2 },
      { u: 1, p: 5, other: 2 },
      { u: 2, p: 1, other: 1 },
      { u: 2, p: 2, other: 2 },
      { u: 2, p: 5, other: 2 },
      { u: 3, p: 1, other: 1 },
      { u: 3, p: 2, other: 2 },
      { u: 3, p: 5, other: 2 },
    ],
  ),
]

const nested: ReadonlyArray<RowsCase> = [
  gives(
    '[dialect 45] a scalar of a query with a named output',
    pipe(from(users), select({ u: users.id, n: scalar(pipe(postsOf, select({ n: count() }))) }), orderBy(users.id)),
    [
      { u: 1, n: 2 },
      { u: 2, n: 1 },
      { u: 3, n: 0 },
      { u: 4, n: 0 },
    ],
  ),
  gives(
    '[C52] IN a set operation of one output',
    pipe(
      from(users),
      where(
        pipe(
          users.id,
          inQuery(
            pipe(from(posts), select({ id: posts.userId }), unionAll(pipe(from(p2), select({ id: p2.editorId })))),
          ),
        ),
      ),
      orderBy(users.id),
      select(users.id),
    ),
    [1, 2, 3],
  ),
]

const cases = [...plain, ...sided, ...laterals, ...nested]

describe.each(places())('$label', (place) => {
  let w: World<Place['name']>

  beforeAll(async () => {
    w = await openWorldAt(place)
    await w.create(tables)
    // The rows are those of the tables, as memory takes them.
    for (const { table: t, rows } of filled) await w.answer(insertInto(t as typeof a)(rows as ReadonlyArray<never>))
  })
  afterAll(() => w.close())

  it.each(cases.map((one) => [one.title, one] as const))('%s', (_title, one) => asked(w, one))

  it('[SEL05] tables of one name in two schemas', async () => {
    const other = `${place.name === 'sqlite' ? 'other' : `other_${Math.random().toString(36).slice(2, 8)}`}`
    const twin = tableIn(other)('users', { id: pipe(integer, primaryKey), x: integer })
    const u2 = pipe(twin, alias('u2'))
    const say = async (sql: string): Promise<void> => {
      must(
        place.name === 'memory'
          ? await w.ddl(createSchema(other))
          : await w.load(step(control(sql), () => E.right(done(null)))),
      )
    }
    await say(
      place.name === 'sqlite'
        ? `ATTACH DATABASE ':memory:' AS other`
        : place.name === 'postgres'
          ? `CREATE SCHEMA ${other}`
          : `CREATE DATABASE ${other}`,
    )
    try {
      must(await w.ddl(createAll(schema({ twin }))))
      await w.answer(insertInto(twin)([{ id: 1, x: 1 }]))
      const joined = pipe(
        from(users),
        innerJoin(u2, eq(u2.id, users.id)),
        where(exists(pipe(from(pipe(twin, alias('inner'))), where(eq(pipe(twin, alias('inner')).x, u2.x))))),
        select({ id: users.id, other: u2.id, x: u2.x }),
      )
      expect(await w.rows(joined)).toEqual([{ id: 1, other: 1, x: 1 }])
    } finally {
      if (place.name !== 'sqlite' && place.name !== 'memory')
        await say(place.name === 'postgres' ? `DROP SCHEMA ${other} CASCADE` : `DROP DATABASE ${other}`)
    }
  })

  it('[dialect 48] what cannot be joined for each row is refused, and no other rows are given', async () => {
    const having0 = pipe(postsOf, select({ n: count() }), having(gt(count(), 0)), subquery('having0'))
    const query = pipe(from(users), lateral(having0), orderBy(users.id), select({ u: users.id, n: having0.n }))
    const native = place.name === 'postgres' || place.name === 'mysql' || place.name === 'memory'
    expect(tagOf(await w.outcome(query))).toBe(native ? 'Right' : 'Unsupported')
  })

  it('[dialect 46] a full join that mentions an outer row is right or refused', async () => {
    const full = pipe(
      from(posts),
      fullJoin(p2, and(lt(posts.id, p2.id), eq(p2.userId, users.id))),
      where(eq(posts.id, 1)),
    )
    const query = pipe(from(users), where(any(full)), orderBy(users.id), select(users.id))
    const outcome = await w.outcome(query)
    if (place.name === 'mariadb') expect(tagOf(outcome)).toBe('Unsupported')
    else expect(must(outcome).rows).toEqual([1, 2, 3, 4])
  })
})

describe('postgres, mysql, mariadb, sqlite, memory: definitions that cannot be right', () => {
  it('[C46] a name as text is no table to join', () => {
    // What the types refuse, from an untyped caller.
    expect(() => pipe(from(users), joinFk('posts' as never))).toThrow(/a table is expected here/)
    expect(() => pipe(from(users), joinRelated('posts' as never))).toThrow(/a query is expected here/)
    expect(() => pipe(from(users), innerJoin('posts' as never, byUser as never))).toThrow(/a table is expected here/)
  })

  it('[C43] none or several foreign keys', () => {
    expect(() => pipe(from(a), joinFk(users))).toThrow(/no foreign key connects/)
    expect(() => pipe(from(a), joinFk(twice))).toThrow(
      /2 foreign keys connect it \(twice\.first to a\.id, twice\.second to a\.id\)/,
    )
  })

  it('[C45] a relation that is more than a table and a criterion', () => {
    expect(() => pipe(from(users), joinRelated(pipe(postsOf, limit(1))))).toThrow(/the relation has a limit/)
  })
})
