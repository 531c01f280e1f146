// Queries inside queries: values, EXISTS, IN, derived tables and set operations, with and without outer rows.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  any,
  asc,
  coalesce,
  concat,
  count,
  crossJoin,
  desc,
  distinct,
  double,
  eq,
  except,
  exists,
  from,
  groupBy,
  gt,
  gte,
  has,
  having,
  inList,
  innerJoin,
  inQuery,
  insertInto,
  integer,
  intersect,
  isNotNull,
  isNull,
  leftJoin,
  limit,
  literal,
  lt,
  max,
  none,
  not,
  nullable,
  nullsFirst,
  offset,
  or,
  orderBy,
  present,
  primaryKey,
  scalar,
  select,
  subquery,
  table,
  text,
  union,
  unionAll,
  varchar,
  where,
  type Expr,
  type Query,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: varchar(20), boss: pipe(integer, nullable) })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: integer,
  title: pipe(text, nullable),
  stars: pipe(integer, nullable),
})
/** No column is never null, and one has the name that the compiler's own marker likes. */
const notes = table('notes', { userId: pipe(integer, nullable), m: pipe(text, nullable), M2: pipe(text, nullable) })
const floats = table('floats', { x: double, short: varchar(3) })
const boss = pipe(users, alias('boss'))

const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))

/** A query whose one output has a name: `inQuery` and `scalar` take it, though their types ask for a bare expression. */
const oneNumber = (q: unknown): Query<Expr<number>, never, never, 'users'> =>
  q as Query<Expr<number>, never, never, 'users'>

/** A union that the types refuse. */
const joined = (a: unknown, b: unknown): unknown => (union as (right: unknown) => (left: unknown) => unknown)(b)(a)

describe.each(places())('nested on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, posts, notes, floats })
    await world.rows(
      insertInto(users)([
        { id: 1, name: 'ann', boss: null },
        { id: 2, name: 'bob', boss: 1 },
        { id: 3, name: 'cid', boss: 1 },
        { id: 4, name: 'dee', boss: 2 },
      ]),
    )
    await world.rows(
      insertInto(posts)([
        { id: 1, userId: 1, title: 'a', stars: 3 },
        { id: 2, userId: 1, title: 'b', stars: null },
        { id: 3, userId: 2, title: null, stars: 5 },
      ]),
    )
    await world.rows(
      insertInto(notes)([
        { userId: 1, m: 'first', M2: null },
        { userId: null, m: null, M2: null },
      ]),
    )
    await world.rows(
      insertInto(floats)([
        { x: 1.5, short: 'ab' },
        { x: 2, short: 'bob' },
      ]),
    )
  })
  afterAll(() => world.close())

  const userIds = pipe(from(users), orderBy(users.id), select(users.id))

  it('[CMP15] exists with match and without, of an outer row and of none', async () => {
    expect(await world.rows(pipe(userIds, where(exists(postsOf))))).toEqual([1, 2])
    expect(await world.rows(pipe(userIds, where(not(exists(postsOf)))))).toEqual([3, 4])
    expect(await world.rows(pipe(userIds, where(exists(pipe(from(posts), where(gt(posts.id, 9)))))))).toEqual([])
    expect(await world.rows(pipe(userIds, where(exists(from(posts)))))).toEqual([1, 2, 3, 4])
    expect(await world.rows(pipe(from(users), orderBy(users.id), select({ has: exists(postsOf) })))).toEqual([
      { has: true },
      { has: true },
      { has: false },
      { has: false },
    ])
  })

  it('exists of an aggregate is true: it gives its row', async () => {
    expect(await world.rows(pipe(userIds, where(exists(pipe(postsOf, select(count()))))))).toEqual([1, 2, 3, 4])
    expect(await world.rows(pipe(userIds, where(exists(pipe(postsOf, select(add(count(), 1)))))))).toEqual([1, 2, 3, 4])
    expect(
      await world.rows(
        pipe(userIds, where(exists(pipe(postsOf, select({ n: literal(1, integer) }), having(gt(count(), 1)))))),
      ),
    ).toEqual([1])
    expect(
      await world.rows(pipe(userIds, where(exists(pipe(postsOf, groupBy(posts.userId), select({ n: count() })))))),
    ).toEqual([1, 2])
    expect(
      await world.rows(
        pipe(userIds, where(exists(pipe(postsOf, select({ a: { n: posts.id }, all: posts }), distinct)))),
      ),
    ).toEqual([1, 2])
    expect(await world.rows(pipe(userIds, where(exists(pipe(postsOf, orderBy(add(posts.id, 1)), offset(1))))))).toEqual(
      [1],
    )
  })

  it('any, has and none ask about the rows of a relation', async () => {
    expect(await world.rows(pipe(userIds, where(any(postsOf))))).toEqual([1, 2])
    expect(await world.rows(pipe(userIds, where(any(postsOf, gt(posts.stars, 4)))))).toEqual([2])
    expect(await world.rows(pipe(userIds, where(none(postsOf, eq(posts.title, 'a')))))).toEqual([2, 3, 4])
    const bossOf = pipe(from(boss), where(eq(boss.id, users.boss)))
    expect(await world.rows(pipe(userIds, where(has(bossOf, eq(boss.name, 'ann')))))).toEqual([2, 3])
    expect(await world.rows(pipe(userIds, where(none(bossOf))))).toEqual([1])
    expect(
      await world.rows(
        pipe(userIds, where(has(bossOf, has(pipe(from(posts), where(eq(posts.userId, boss.id))), eq(posts.stars, 5))))),
      ),
    ).toEqual([4])
  })

  it('[dialect 10] [INX12] [INX18] in a query, also with nulls in it', async () => {
    expect(
      await world.rows(pipe(userIds, where(pipe(users.id, inQuery(pipe(from(posts), select(posts.userId))))))),
    ).toEqual([1, 2])
    expect(
      await world.rows(pipe(userIds, where(not(pipe(users.id, inQuery(pipe(from(posts), select(posts.userId)))))))),
    ).toEqual([3, 4])
    expect(
      await world.rows(pipe(userIds, where(not(pipe(users.id, inQuery(pipe(from(users), select(users.boss)))))))),
    ).toEqual([])
    expect(
      await world.rows(
        pipe(
          userIds,
          where(not(pipe(users.id, inQuery(pipe(from(users), where(isNotNull(users.boss)), select(users.boss)))))),
        ),
      ),
    ).toEqual([3, 4])
    expect(
      await world.rows(
        pipe(userIds, where(isNull(pipe(users.boss, inQuery(pipe(from(posts), select(posts.userId))))))),
      ),
      'a null is in nothing',
    ).toEqual([1])
    expect(
      await world.rows(
        pipe(
          userIds,
          where(pipe(users.boss, inQuery(pipe(from(posts), where(gt(posts.id, 9)), select(posts.userId))))),
        ),
      ),
    ).toEqual([])
    const b = pipe(posts, alias('b'))
    expect(
      await world.rows(
        pipe(
          userIds,
          where(
            pipe(
              users.id,
              inQuery(
                oneNumber(pipe(from(b), where(and(eq(b.userId, users.id), gt(b.stars, 3))), select({ u: b.userId }))),
              ),
            ),
          ),
        ),
      ),
    ).toEqual([2])
    expect(
      await world.rows(
        pipe(
          userIds,
          where(
            pipe(
              users.id,
              inQuery(
                oneNumber(
                  pipe(
                    from(posts),
                    select({ n: posts.userId }),
                    union(pipe(from(users), where(eq(users.id, 4)), select({ n: users.id }))),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ).toEqual([1, 2, 4])
  })

  it('a query as a value: null where there is no row', async () => {
    const stars = scalar(pipe(postsOf, orderBy(desc(posts.id)), limit(1), select(posts.stars)))
    expect(await world.rows(pipe(from(users), orderBy(users.id), select({ id: users.id, stars })))).toEqual([
      { id: 1, stars: null },
      { id: 2, stars: 5 },
      { id: 3, stars: null },
      { id: 4, stars: null },
    ])
    expect(await world.rows(pipe(userIds, where(eq(scalar(pipe(postsOf, select(count()))), 2))))).toEqual([1])
    expect(
      await world.rows(
        pipe(userIds, where(gt(coalesce(scalar(oneNumber(pipe(postsOf, select({ s: max(posts.stars) })))), 0), 3))),
      ),
    ).toEqual([2])
    expect(
      await world.rows(
        pipe(from(users), orderBy(asc(scalar(pipe(postsOf, select(max(posts.stars))))), users.id), select(users.id)),
      ),
    ).toEqual([1, 2, 3, 4])
    expect(
      await world.rows(
        pipe(
          from(users),
          orderBy(scalar(pipe(from(boss), where(eq(boss.id, users.boss)), select(boss.name))), users.id),
          select(users.id),
        ),
      ),
    ).toEqual([2, 3, 4, 1])
    expect(
      await world.rows(
        pipe(
          from(users),
          where(eq(users.id, 1)),
          select(scalar(pipe(from(posts), where(eq(posts.id, 1)), select(posts.title)))),
        ),
      ),
    ).toEqual(['a'])
  })

  it('[dialect 45] two rows where a value stands are an error, also of a union and under a limit of two', async () => {
    const two = pipe(from(posts), select(posts.id))
    for (const inner of [two, pipe(two, limit(2)), pipe(postsOf, select(posts.stars))])
      expect(tagOf(await world.outcome(pipe(from(users), where(eq(users.id, 1)), select(scalar(inner)))))).toBe(
        'MultipleRows',
      )
    expect(tagOf(await world.outcome(pipe(from(users), where(eq(scalar(two), 1)))))).toBe('MultipleRows')
    expect(
      tagOf(
        await world.outcome(
          pipe(
            from(users),
            where(eq(users.id, 1)),
            select(scalar(pipe(from(posts), groupBy(posts.userId), select(count())))),
          ),
        ),
      ),
    ).toBe('MultipleRows')
    expect(
      await world.rows(
        pipe(from(users), where(eq(users.id, 1)), select(scalar(pipe(two, orderBy(desc(posts.id)), limit(1))))),
      ),
    ).toEqual([3])
    expect(
      await world.rows(pipe(from(users), where(eq(users.id, 2)), select(scalar(pipe(postsOf, select(posts.stars)))))),
    ).toEqual([5])
  })

  it('[dialect 58] derived tables: filtered after a limit, joined, under an alias, inside each other', async () => {
    const first = pipe(from(users), orderBy(users.id), limit(3), subquery('first'))
    expect(await world.rows(pipe(from(first), where(gt(first.id, 1)), orderBy(first.id)))).toEqual([
      { id: 2, name: 'bob', boss: 1 },
      { id: 3, name: 'cid', boss: 1 },
    ])
    const again = pipe(first, alias('again'))
    expect(
      await world.rows(
        pipe(
          from(first),
          innerJoin(again, eq(again.boss, first.id)),
          orderBy(again.id),
          select({ boss: first.name, name: again.name }),
        ),
      ),
    ).toEqual([
      { boss: 'ann', name: 'bob' },
      { boss: 'ann', name: 'cid' },
    ])
    const second = pipe(
      from(first),
      where(gt(first.id, 1)),
      select({ n: add(first.id, 10), name: concat(first.name, '!') }),
      subquery('second'),
    )
    expect(await world.rows(pipe(from(second), where(eq(second.name, 'bob!')), select(second.n)))).toEqual([12])
    expect(
      await world.rows(pipe(userIds, where(exists(pipe(from(second), where(eq(second.n, add(users.id, 10)))))))),
    ).toEqual([2, 3])
  })

  it('[SEL02] a left join leaves a whole row absent, by its first column that is never null', async () => {
    const q = pipe(
      from(users),
      leftJoin(posts, and(eq(posts.userId, users.id), gt(posts.stars, 3))),
      orderBy(users.id),
      select({ id: users.id, post: posts }),
    )
    expect(await world.rows(q)).toEqual([
      { id: 1, post: null },
      { id: 2, post: { id: 3, userId: 2, title: null, stars: 5 } },
      { id: 3, post: null },
      { id: 4, post: null },
    ])
    expect(await world.rows(pipe(q, present(posts)))).toEqual([
      { id: 2, post: { id: 3, userId: 2, title: null, stars: 5 } },
    ])
  })

  it('a row of nulls is no absent row: a hidden marker tells them apart', async () => {
    const q = pipe(
      from(users),
      leftJoin(notes, or(eq(notes.userId, users.id), and(eq(users.id, 2), isNull(notes.userId)))),
      orderBy(users.id),
      select({ id: users.id, note: notes }),
    )
    expect(await world.rows(q)).toEqual([
      { id: 1, note: { userId: 1, m: 'first', M2: null } },
      { id: 2, note: { userId: null, m: null, M2: null } },
      { id: 3, note: null },
      { id: 4, note: null },
    ])
    expect(await world.rows(pipe(q, present(notes)))).toHaveLength(2)
    expect(await world.rows(pipe(q, distinct, orderBy(users.id)))).toHaveLength(4)
    const derived = pipe(from(posts), select({ title: posts.title, stars: posts.stars }), subquery('derived'))
    const d = pipe(
      from(users),
      leftJoin(derived, and(eq(users.id, 1), isNull(derived.stars))),
      orderBy(users.id),
      limit(2),
      select({ id: users.id, derived }),
    )
    expect(await world.rows(d)).toEqual([
      { id: 1, derived: { title: 'b', stars: null } },
      { id: 2, derived: null },
    ])
    expect(await world.rows(pipe(d, present(derived)))).toEqual([{ id: 1, derived: { title: 'b', stars: null } }])
  })

  it('a table without a marker is no derived table: the SQL is flat', async () => {
    world.sent()
    await world.rows(pipe(from(notes), present(notes)))
    await world.rows(pipe(from(users), innerJoin(notes, eq(notes.userId, users.id))))
    expect(
      world
        .sent()
        .map((s) => s.sql)
        .filter((s) => /\(\s*SELECT/.test(s)),
    ).toEqual([])
  })

  it('columns of an absent row are null, and what is made of them', async () => {
    const q = pipe(
      from(users),
      leftJoin(boss, eq(boss.id, users.boss)),
      orderBy(users.id),
      select({
        name: users.name,
        boss: boss.name,
        loud: concat(boss.name, '!'),
        or: coalesce(boss.name, 'nobody at all, really'),
        same: eq(boss.id, 1),
      }),
    )
    expect((await world.rows(q)).slice(0, 2)).toEqual([
      { name: 'ann', boss: null, loud: null, or: 'nobody at all, really', same: null },
      { name: 'bob', boss: 'ann', loud: 'ann!', or: 'ann', same: true },
    ])
  })

  it('[SEL02] a cross join, and joins after a left join', async () => {
    expect(await world.rows(pipe(from(users), crossJoin(posts), select(count())))).toEqual([12])
    const q = pipe(
      from(users),
      leftJoin(posts, eq(posts.userId, users.id)),
      innerJoin(boss, eq(boss.id, users.boss)),
      orderBy(users.id),
      select({ id: users.id, post: posts.id, boss: boss.id }),
    )
    expect(await world.rows(q)).toEqual([
      { id: 2, post: 3, boss: 1 },
      { id: 3, post: null, boss: 1 },
      { id: 4, post: null, boss: 2 },
    ])
    expect(await world.rows(pipe(from(users), leftJoin(posts, and()), crossJoin(boss), select(count())))).toEqual([48])
    expect(await world.rows(pipe(from(users), leftJoin(posts, or()), select(count(posts.id))))).toEqual([0])
  })

  // set operations -------------------------------------------------------------------------------------------------

  const u = (...ids: ReadonlyArray<number>) =>
    pipe(from(users), where(pipe(users.id, inList(ids))), select({ id: users.id, name: users.name }))
  const idsOf = async (q: Parameters<World['outcome']>[0]) =>
    (await world.outcome(q)) as { right: { rows: ReadonlyArray<{ id: number }> } }
  const ids = async (q: Parameters<World['outcome']>[0]) =>
    (await idsOf(q)).right.rows.map((row) => row.id).sort((a, b) => a - b)

  it('[SEL08] [dialect 51] union, unionAll, intersect and except', async () => {
    expect(await ids(pipe(u(1, 2), union(u(2, 3))))).toEqual([1, 2, 3])
    expect(await ids(pipe(u(1, 2), unionAll(u(2, 3))))).toEqual([1, 2, 2, 3])
    expect(await ids(pipe(u(1, 2), intersect(u(2, 3))))).toEqual([2])
    expect(await ids(pipe(u(1, 2), except(u(2, 3))))).toEqual([1])
  })

  it('[SEL13] [SEL14] [dialect 52] they nest as they were written, whatever binds tighter', async () => {
    expect(await ids(pipe(u(1, 2, 3), except(pipe(u(1, 2, 3), except(u(3))))))).toEqual([3])
    expect(await ids(pipe(u(1, 2, 3), except(u(1, 2, 3)), except(u(3))))).toEqual([])
    expect(await ids(pipe(u(1), union(u(2)), intersect(u(2))))).toEqual([2])
    expect(await ids(pipe(u(1), union(pipe(u(2), intersect(u(2))))))).toEqual([1, 2])
    expect(await ids(pipe(u(1), union(u(2, 3)), intersect(pipe(u(2), union(u(4))))))).toEqual([2])
    expect(await ids(pipe(u(1), unionAll(u(1)), union(u(1))))).toEqual([1])
    expect(await ids(pipe(u(1), union(u(1)), unionAll(u(1))))).toEqual([1, 1])
    expect(await ids(pipe(u(1), unionAll(pipe(u(1), unionAll(u(1))))))).toEqual([1, 1, 1])
    expect(await ids(pipe(u(1, 2, 3), except(u(1)), union(u(1)), except(u(2)), intersect(u(1, 3))))).toEqual([1, 3])
  })

  it('[SEL10] [SEL11] [dialect 53] sides have orders and limits of their own', async () => {
    const top = pipe(from(users), orderBy(desc(users.id)), limit(1), select({ id: users.id, name: users.name }))
    const low = pipe(from(users), orderBy(users.id), limit(1), select({ id: users.id, name: users.name }))
    expect(await ids(pipe(top, union(low)))).toEqual([1, 4])
    expect(await ids(pipe(low, unionAll(top), unionAll(pipe(low, offset(1)))))).toEqual([1, 2, 4])
    expect(
      await ids(
        pipe(
          u(1, 2, 3),
          union(u(4)),
          orderBy((row) => [desc(row.id)]),
          limit(2),
          union(low),
        ),
      ),
    ).toEqual([1, 3, 4])
    expect(
      await ids(
        pipe(
          u(1, 2),
          except(
            pipe(
              u(1, 2),
              union(u(3)),
              orderBy((row) => [row.id]),
              limit(1),
            ),
          ),
        ),
      ),
    ).toEqual([2])
    expect(await ids(pipe(from(users), select({ id: users.boss, name: users.name }), union(u(4))))).toHaveLength(5)
    expect(
      await ids(
        pipe(pipe(from(users), select({ id: coalesce(users.boss, 0), name: users.name }), distinct), unionAll(u(4))),
      ),
    ).toEqual([0, 1, 1, 2, 4])
  })

  it('[dialect 54] an order of outputs, with nulls where they were asked for', async () => {
    const q = pipe(
      from(users),
      select({ id: users.id, boss: users.boss }),
      union(pipe(from(posts), select({ id: posts.id, boss: posts.stars }))),
    )
    expect(
      await world.rows(
        pipe(
          q,
          orderBy((row) => [asc(row.boss), desc(row.id)]),
        ),
      ),
    ).toEqual([
      { id: 3, boss: 1 },
      { id: 2, boss: 1 },
      { id: 4, boss: 2 },
      { id: 1, boss: 3 },
      { id: 3, boss: 5 },
      { id: 2, boss: null },
      { id: 1, boss: null },
    ])
    expect(
      await world.rows(
        pipe(
          q,
          orderBy((row) => [nullsFirst(desc(row.boss)), row.id]),
          limit(3),
          offset(1),
        ),
      ),
    ).toEqual([
      { id: 2, boss: null },
      { id: 3, boss: 5 },
      { id: 1, boss: 3 },
    ])
    expect(
      await world.rows(
        pipe(
          u(1, 2),
          union(u(3)),
          orderBy((row) => [desc(row.id)]),
          limit(2),
        ),
      ),
    ).toEqual([
      { id: 3, name: 'cid' },
      { id: 2, name: 'bob' },
    ])
    expect(await world.rows(pipe(u(1, 2), union(u(3)), offset(3)))).toEqual([])
  })

  it('outputs are matched by name, whatever their order', async () => {
    const swapped = pipe(from(users), where(eq(users.id, 2)), select({ name: users.name, id: users.id }))
    expect(
      await world.rows(
        pipe(
          u(1),
          union(swapped),
          orderBy((row) => [row.id]),
        ),
      ),
    ).toEqual([
      { id: 1, name: 'ann' },
      { id: 2, name: 'bob' },
    ])
    const grouped = pipe(
      from(posts),
      groupBy(posts.userId),
      select({ name: max(coalesce(posts.title, 'none')), id: posts.userId }),
      orderBy(posts.userId),
      limit(1),
    )
    expect(
      await world.rows(
        pipe(
          u(4),
          union(grouped),
          orderBy((row) => [row.id]),
        ),
      ),
    ).toEqual([
      { id: 1, name: 'b' },
      { id: 4, name: 'dee' },
    ])
    const plus = add(users.id, 100)
    const expressed = pipe(
      from(users),
      groupBy(plus),
      select({ name: max(users.name), id: plus }),
      orderBy(desc(plus)),
      limit(2),
    )
    expect(await ids(pipe(u(1), union(expressed)))).toEqual([1, 103, 104])
    expect(
      await world.rows(
        pipe(
          from(users),
          where(eq(users.id, 1)),
          union(pipe(from(users), where(eq(users.id, 2)))),
          orderBy((row) => [row.id]),
        ),
      ),
    ).toEqual([
      { id: 1, name: 'ann', boss: null },
      { id: 2, name: 'bob', boss: 1 },
    ])
  })

  it('sides of other types of one kind give what holds both', async () => {
    const q = pipe(
      from(users),
      where(lt(users.id, 2)),
      select({ n: users.id, s: users.name }),
      union(pipe(from(floats), select({ n: floats.x, s: floats.short }))),
      orderBy((row) => [row.n]),
    )
    expect(await world.rows(q)).toEqual([
      { n: 1, s: 'ann' },
      { n: 1.5, s: 'ab' },
      { n: 2, s: 'bob' },
    ])
    const long = pipe(
      from(floats),
      select({ s: floats.short }),
      union(pipe(from(posts), select({ s: coalesce(posts.title, 'a long text, longer than three') }))),
      orderBy((row) => [row.s]),
    )
    expect(await world.rows(long)).toEqual([
      { s: 'a' },
      { s: 'a long text, longer than three' },
      { s: 'ab' },
      { s: 'b' },
      { s: 'bob' },
    ])
    const counts = pipe(
      from(users),
      select({ n: count() }),
      unionAll(pipe(from(users), where(eq(users.id, 1)), select({ n: users.id }))),
      orderBy((row) => [row.n]),
    )
    expect(await world.rows(counts)).toEqual([{ n: 1 }, { n: 4 }])
  })

  it('a set operation inside: as a derived table, in EXISTS, as a value, with an outer row', async () => {
    const both = pipe(u(1), union(u(2)), subquery('both'))
    expect(await world.rows(pipe(from(both), innerJoin(posts, eq(posts.userId, both.id)), select(count())))).toEqual([
      3,
    ])
    const related = pipe(
      from(posts),
      where(eq(posts.userId, users.id)),
      select({ n: posts.id }),
      union(pipe(from(boss), where(eq(boss.boss, users.id)), select({ n: boss.id }))),
    )
    expect(await world.rows(pipe(userIds, where(exists(related))))).toEqual([1, 2])
    expect(
      await world.rows(
        pipe(
          userIds,
          where(
            eq(
              scalar(
                oneNumber(
                  pipe(
                    postsOf,
                    select({ n: posts.id }),
                    intersect(pipe(from(posts), where(gt(posts.id, 2)), select({ n: posts.id }))),
                  ),
                ),
              ),
              3,
            ),
          ),
        ),
      ),
    ).toEqual([2])
    expect(
      await world.rows(
        pipe(
          userIds,
          where(
            pipe(
              users.id,
              inQuery(
                oneNumber(
                  pipe(
                    postsOf,
                    select({ n: posts.userId }),
                    except(pipe(from(users), where(eq(users.id, 2)), select({ n: users.id }))),
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
    ).toEqual([1])
    const limited = pipe(
      postsOf,
      orderBy(desc(posts.id)),
      limit(1),
      select({ n: posts.id }),
      union(pipe(postsOf, orderBy(posts.id), limit(1), offset(1), select({ n: posts.id }))),
    )
    expect(await world.rows(pipe(userIds, where(exists(limited))))).toEqual([1, 2])
    const nested = pipe(
      postsOf,
      select({ n: posts.id }),
      union(
        pipe(
          postsOf,
          select({ n: posts.userId }),
          except(pipe(from(boss), where(gte(boss.id, users.id)), select({ n: boss.id }))),
        ),
      ),
    )
    expect(await world.rows(pipe(userIds, where(exists(nested))))).toEqual([1, 2])
  })

  it('refuses sides that do not fit', async () => {
    for (const q of [
      joined(u(1), pipe(from(users), select({ id: users.id }))),
      joined(u(1), pipe(from(users), select({ id: users.id, other: users.name }))),
      joined(u(1), pipe(from(users), select({ id: users.name, name: users.id }))),
      pipe(
        u(1),
        union(u(2)),
        orderBy((row) => [(row as never as { nothing: typeof row.id }).nothing]),
      ),
    ])
      expect(tagOf(await world.outcome(q as never))).toBe('IllFormed')
  })
})
