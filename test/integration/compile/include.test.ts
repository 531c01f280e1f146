// Includes: related rows beside each row, one more statement a level, whatever the keys are made of.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  asc,
  bigint,
  boolean,
  count,
  date,
  desc,
  distinct,
  double,
  eq,
  exists,
  from,
  given,
  groupBy,
  gt,
  having,
  include,
  inList,
  innerJoin,
  insertInto,
  integer,
  isNotDistinctFrom,
  isNull,
  json,
  leftJoin,
  limit,
  literal,
  lt,
  many,
  max,
  nullable,
  one,
  optional,
  or,
  orderBy,
  present,
  primaryKey,
  scalar,
  select,
  subquery,
  sum,
  table,
  text,
  timestamptz,
  union,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: varchar(20), bossId: pipe(integer, nullable) })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: integer,
  title: text,
  stars: pipe(integer, nullable),
})
const comments = table('comments', { id: pipe(integer, primaryKey), postId: integer, userId: integer, body: text })
const boss = pipe(users, alias('boss'))
const report = pipe(users, alias('report'))

const keys = table('keys', {
  id: pipe(integer, primaryKey),
  txt: pipe(text, nullable),
  short: pipe(varchar(30), nullable),
  big: pipe(bigint, nullable),
  flag: pipe(boolean, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
  real: pipe(double, nullable),
  doc: pipe(json(t.type({ n: t.number })), nullable),
})
const held = pipe(keys, alias('held'))

const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
const commentsOf = pipe(from(comments), where(eq(comments.postId, posts.id)))
const bossOf = pipe(from(boss), where(eq(boss.id, users.bossId)))
const authorOf = pipe(from(users), where(eq(users.id, posts.userId)))

const texts = [
  'a',
  'A',
  'a ',
  ' a',
  'é',
  'e\u0301',
  "it's",
  '"q"',
  'back\\slash',
  '[1,"2"]',
  '{x}',
  'NULL',
  'null',
  '🐍',
  '',
  '%_!',
  'a,b',
  '\u2028',
]
const bigs = [0n, 9007199254740992n, 9007199254740993n, -9007199254740993n, 9223372036854775807n, -9223372036854775808n]

describe.each(places())('include on $label', (place) => {
  let world: World<Place['name']>
  const isEngine = place.name !== 'memory'
  /** What an engine is asked one level after the other, memory is asked at once. */
  const statements = (n: number): number => (isEngine ? n : 1)
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, posts, comments, keys })
    await world.rows(
      insertInto(users)([
        { id: 1, name: 'ann', bossId: null },
        { id: 2, name: 'bob', bossId: 1 },
        { id: 3, name: 'cid', bossId: 1 },
      ]),
    )
    await world.rows(
      insertInto(posts)([
        { id: 1, userId: 1, title: 'a1', stars: 5 },
        { id: 2, userId: 1, title: 'a2', stars: null },
        { id: 3, userId: 2, title: 'b1', stars: 1 },
      ]),
    )
    await world.rows(
      insertInto(comments)([
        { id: 1, postId: 1, userId: 2, body: 'nice' },
        { id: 2, postId: 1, userId: 1, body: 'thanks' },
        { id: 3, postId: 3, userId: 2, body: 'own' },
      ]),
    )
    await world.rows(
      insertInto(keys)([
        ...texts.map((txt, i) => ({ id: i + 1, txt, short: txt })),
        ...bigs.map((big, i) => ({ id: i + 101, big })),
        { id: 201, flag: true, day: '2012-02-29', at: '2012-10-15T12:57:18.000396Z', real: 0.1, doc: { n: 1 } },
        { id: 202, flag: false, day: '0001-01-01', at: '9999-12-31T23:59:59.999999Z', real: 1 / 3, doc: { n: 2 } },
      ]),
    )
  })
  afterAll(() => world.close())

  const ofUsers = pipe(from(users), orderBy(users.id), select({ id: users.id }))

  it('[G06] many: a list, empty where nothing is related, in the order of the relation', async () => {
    world.sent()
    const rows = await world.rows(
      pipe(ofUsers, include({ posts: many(pipe(postsOf, orderBy(desc(posts.id)), select({ title: posts.title }))) })),
    )
    expect(rows).toEqual([
      { id: 1, posts: [{ title: 'a2' }, { title: 'a1' }] },
      { id: 2, posts: [{ title: 'b1' }] },
      { id: 3, posts: [] },
    ])
    expect(world.sent()).toHaveLength(statements(2))
  })

  it('[G11] [G12] two levels, two relations: one statement each, however many rows there are', async () => {
    world.sent()
    const q = pipe(
      from(users),
      orderBy(users.id),
      include({
        posts: many(
          pipe(postsOf, orderBy(posts.id), include({ comments: many(pipe(commentsOf, orderBy(comments.id))) })),
        ),
        boss: optional(pipe(bossOf, select({ name: boss.name }))),
      }),
    )
    expect(await world.rows(q)).toEqual([
      {
        id: 1,
        name: 'ann',
        bossId: null,
        posts: [
          {
            id: 1,
            userId: 1,
            title: 'a1',
            stars: 5,
            comments: [
              { id: 1, postId: 1, userId: 2, body: 'nice' },
              { id: 2, postId: 1, userId: 1, body: 'thanks' },
            ],
          },
          { id: 2, userId: 1, title: 'a2', stars: null, comments: [] },
        ],
        boss: null,
      },
      {
        id: 2,
        name: 'bob',
        bossId: 1,
        posts: [{ id: 3, userId: 2, title: 'b1', stars: 1, comments: [{ id: 3, postId: 3, userId: 2, body: 'own' }] }],
        boss: { name: 'ann' },
      },
      { id: 3, name: 'cid', bossId: 1, posts: [], boss: { name: 'ann' } },
    ])
    expect(world.sent()).toHaveLength(statements(4))
  })

  it('nothing more is sent where no row came', async () => {
    world.sent()
    expect(
      await world.rows(
        pipe(
          ofUsers,
          where(lt(users.id, 0)),
          include({ posts: many(pipe(postsOf, include({ comments: many(commentsOf) }))) }),
        ),
      ),
    ).toEqual([])
    expect(world.sent()).toHaveLength(1)
    expect(
      await world.rows(
        pipe(
          ofUsers,
          where(eq(users.id, 3)),
          include({ posts: many(pipe(postsOf, include({ comments: many(commentsOf) }))) }),
        ),
      ),
    ).toEqual([{ id: 3, posts: [] }])
    expect(world.sent()).toHaveLength(statements(2))
  })

  it('a grandchild mentions its parent and its grandparent', async () => {
    const own = pipe(
      from(comments),
      where(and(eq(comments.postId, posts.id), eq(comments.userId, users.id))),
      orderBy(comments.id),
      select({ body: comments.body }),
    )
    const q = pipe(
      ofUsers,
      include({ posts: many(pipe(postsOf, orderBy(posts.id), select({ id: posts.id }), include({ own: many(own) }))) }),
    )
    world.sent()
    expect(await world.rows(q)).toEqual([
      {
        id: 1,
        posts: [
          { id: 1, own: [{ body: 'thanks' }] },
          { id: 2, own: [] },
        ],
      },
      { id: 2, posts: [{ id: 3, own: [{ body: 'own' }] }] },
      { id: 3, posts: [] },
    ])
    expect(world.sent()).toHaveLength(statements(3))
    const deep = pipe(
      from(comments),
      where(
        and(
          eq(comments.userId, users.id),
          gt(comments.id, posts.id),
          exists(pipe(from(boss), where(eq(boss.id, users.id)))),
        ),
      ),
      select({ id: comments.id, user: users.name, title: posts.title }),
      orderBy(comments.id),
    )
    expect(
      await world.rows(
        pipe(
          ofUsers,
          include({
            posts: many(pipe(postsOf, orderBy(posts.id), select({ id: posts.id }), include({ deep: many(deep) }))),
          }),
        ),
      ),
    ).toEqual([
      {
        id: 1,
        posts: [
          { id: 1, deep: [{ id: 2, user: 'ann', title: 'a1' }] },
          { id: 2, deep: [] },
        ],
      },
      { id: 2, posts: [{ id: 3, deep: [] }] },
      { id: 3, posts: [] },
    ])
  })

  it('three levels, the last mentioning the first', async () => {
    const q = pipe(
      from(users),
      where(eq(users.id, 1)),
      select({ id: users.id }),
      include({
        posts: many(
          pipe(
            postsOf,
            orderBy(posts.id),
            limitless,
            select({ id: posts.id }),
            include({
              comments: many(
                pipe(
                  commentsOf,
                  orderBy(comments.id),
                  select({ id: comments.id }),
                  include({
                    by: one(
                      pipe(
                        from(boss),
                        where(eq(boss.id, comments.userId)),
                        select({ name: boss.name, ofUser: users.name, ofPost: posts.title }),
                      ),
                    ),
                  }),
                ),
              ),
            }),
          ),
        ),
      }),
    )
    world.sent()
    expect(await world.rows(q)).toEqual([
      {
        id: 1,
        posts: [
          {
            id: 1,
            comments: [
              { id: 1, by: { name: 'bob', ofUser: 'ann', ofPost: 'a1' } },
              { id: 2, by: { name: 'ann', ofUser: 'ann', ofPost: 'a1' } },
            ],
          },
          { id: 2, comments: [] },
        ],
      },
    ])
    expect(world.sent()).toHaveLength(statements(4))
  })

  it('one: its row, NoRows or MultipleRows; optional: null or its row', async () => {
    const authored = pipe(from(posts), orderBy(posts.id), select({ id: posts.id }))
    expect(
      await world.rows(pipe(authored, include({ author: one(pipe(authorOf, select({ name: users.name }))) }))),
    ).toEqual([
      { id: 1, author: { name: 'ann' } },
      { id: 2, author: { name: 'ann' } },
      { id: 3, author: { name: 'bob' } },
    ])
    expect(tagOf(await world.outcome(pipe(ofUsers, include({ post: one(postsOf) }))))).toBe('MultipleRows')
    expect(tagOf(await world.outcome(pipe(ofUsers, where(eq(users.id, 3)), include({ post: one(postsOf) }))))).toBe(
      'NoRows',
    )
    expect(tagOf(await world.outcome(pipe(ofUsers, include({ post: optional(postsOf) }))))).toBe('MultipleRows')
    expect(
      await world.rows(
        pipe(ofUsers, where(gt(users.id, 1)), include({ post: optional(pipe(postsOf, select(posts.title))) })),
      ),
    ).toEqual([
      { id: 2, post: 'b1' },
      { id: 3, post: null },
    ])
    expect(
      await world.rows(
        pipe(ofUsers, where(gt(users.id, 1)), include({ b: one(pipe(bossOf, select({ name: boss.name }))) })),
      ),
    ).toEqual([
      { id: 2, b: { name: 'ann' } },
      { id: 3, b: { name: 'ann' } },
    ])
  })

  it('under an absent outer row many is empty, one and optional are null', async () => {
    const q = pipe(
      from(users),
      leftJoin(posts, and(eq(posts.userId, users.id), eq(posts.stars, 5))),
      orderBy(users.id),
      select({ id: users.id, title: posts.title }),
    )
    expect(
      await world.rows(
        pipe(
          q,
          include({
            comments: many(pipe(commentsOf, orderBy(comments.id), select(comments.body))),
            author: one(pipe(from(boss), where(eq(boss.id, posts.userId)), select(boss.name))),
            first: optional(pipe(commentsOf, where(eq(comments.id, 1)), select(comments.id))),
          }),
        ),
      ),
    ).toEqual([
      { id: 1, title: 'a1', comments: ['nice', 'thanks'], author: 'ann', first: 1 },
      { id: 2, title: null, comments: [], author: null, first: null },
      { id: 3, title: null, comments: [], author: null, first: null },
    ])
    // a relation that a null key would satisfy still has no rows where the outer row is absent
    const bySame = pipe(from(boss), where(isNotDistinctFrom(boss.bossId, posts.stars)), select(boss.id))
    expect(await world.rows(pipe(q, include({ b: many(bySame) })))).toEqual([
      { id: 1, title: 'a1', b: [] },
      { id: 2, title: null, b: [] },
      { id: 3, title: null, b: [] },
    ])
    expect(
      await world.rows(
        pipe(
          q,
          present(posts),
          include({ a: one(pipe(from(boss), where(eq(boss.id, posts.userId)), select(boss.name))) }),
        ),
      ),
    ).toEqual([{ id: 1, title: 'a1', a: 'ann' }])
  })

  it('a whole absent row has no includes', async () => {
    const q = pipe(
      from(users),
      leftJoin(posts, and(eq(posts.userId, users.id), eq(posts.stars, 5))),
      orderBy(users.id),
      select(posts),
      include({ comments: many(pipe(commentsOf, orderBy(comments.id), select(comments.id))) }),
    )
    expect(await world.rows(q)).toEqual([{ id: 1, userId: 1, title: 'a1', stars: 5, comments: [1, 2] }, null, null])
  })

  it('null keys relate to nothing, but by null-safe equality', async () => {
    expect(
      await world.rows(
        pipe(
          ofUsers,
          include({
            b: many(pipe(bossOf, select(boss.id))),
            peers: many(
              pipe(
                from(report),
                where(isNotDistinctFrom(report.bossId, users.bossId)),
                orderBy(report.id),
                select(report.id),
              ),
            ),
          }),
        ),
      ),
    ).toEqual([
      { id: 1, b: [], peers: [1] },
      { id: 2, b: [1], peers: [2, 3] },
      { id: 3, b: [1], peers: [2, 3] },
    ])
    expect(
      await world.rows(
        pipe(
          ofUsers,
          include({
            none: many(
              pipe(
                from(report),
                where(and(isNull(users.bossId), lt(report.id, 3))),
                orderBy(report.id),
                select(report.id),
              ),
            ),
          }),
        ),
      ),
    ).toEqual([
      { id: 1, none: [1, 2] },
      { id: 2, none: [] },
      { id: 3, none: [] },
    ])
  })

  it('duplicate outer rows each have their rows', async () => {
    const q = pipe(
      from(users),
      innerJoin(posts, eq(posts.userId, users.id)),
      where(eq(users.id, 1)),
      orderBy(posts.id),
      select({ post: posts.id }),
      include({
        posts: many(
          pipe(
            from(pipe(posts, alias('p'))),
            where(eq(pipe(posts, alias('p')).userId, users.id)),
            orderBy(pipe(posts, alias('p')).id),
            select(pipe(posts, alias('p')).id),
          ),
        ),
      }),
    )
    expect(await world.rows(q)).toEqual([
      { post: 1, posts: [1, 2] },
      { post: 2, posts: [1, 2] },
    ])
  })

  it('[dialect 15] [dialect 16] keys of text mind case, accents and trailing spaces', async () => {
    const of = (key: 'txt' | 'short') =>
      pipe(
        from(keys),
        where(lt(keys.id, 100)),
        orderBy(keys.id),
        select({ id: keys.id }),
        include({ held: many(pipe(from(held), where(eq(held[key], keys[key])), select(held.id))) }),
      )
    for (const key of ['txt', 'short'] as const)
      expect(await world.rows(of(key))).toEqual(texts.map((_, i) => ({ id: i + 1, held: [i + 1] })))
    const mixed = pipe(
      from(keys),
      where(lt(keys.id, 100)),
      orderBy(keys.id),
      select({ id: keys.id }),
      include({
        held: many(pipe(from(held), where(and(eq(held.short, keys.txt), eq(held.txt, keys.short))), select(held.id))),
      }),
    )
    expect(await world.rows(mixed)).toEqual(texts.map((_, i) => ({ id: i + 1, held: [i + 1] })))
  })

  it('[NUM02] keys of bigint are exact', async () => {
    const q = pipe(
      from(keys),
      where(and(gt(keys.id, 100), lt(keys.id, 200))),
      orderBy(keys.id),
      select({ id: keys.id }),
      include({ held: many(pipe(from(held), where(eq(held.big, keys.big)), select(held.big))) }),
    )
    expect(await world.rows(q)).toEqual(bigs.map((big, i) => ({ id: i + 101, held: [big] })))
  })

  it('keys of booleans, days, instants and doubles, and of all at once', async () => {
    const some = pipe(from(keys), where(gt(keys.id, 200)), orderBy(keys.id), select({ id: keys.id }))
    const by = <K extends 'flag' | 'day' | 'at' | 'real'>(key: K) =>
      many(pipe(from(held), where(eq(held[key] as typeof held.day, keys[key] as typeof keys.day)), select(held.id)))
    expect(
      await world.rows(pipe(some, include({ flag: by('flag'), day: by('day'), at: by('at'), real: by('real') }))),
    ).toEqual([
      { id: 201, flag: [201], day: [201], at: [201], real: [201] },
      { id: 202, flag: [202], day: [202], at: [202], real: [202] },
    ])
    const all = many(
      pipe(
        from(held),
        where(
          and(
            eq(held.flag, keys.flag),
            eq(held.day, keys.day),
            eq(held.at, keys.at),
            eq(held.real, keys.real),
            isNotDistinctFrom(held.txt, keys.txt),
            isNotDistinctFrom(held.big, keys.big),
          ),
        ),
        select(held.id),
      ),
    )
    expect(await world.rows(pipe(some, include({ all })))).toEqual([
      { id: 201, all: [201] },
      { id: 202, all: [202] },
    ])
    const said = many(
      pipe(
        from(users),
        where(eq(users.id, 1)),
        select({
          flag: keys.flag,
          day: keys.day,
          at: keys.at,
          real: keys.real,
          doc: keys.doc,
          txt: keys.txt,
          n: add(keys.id, 1),
        }),
      ),
    )
    expect(await world.rows(pipe(some, where(eq(keys.id, 201)), include({ said })))).toEqual([
      {
        id: 201,
        said: [
          {
            flag: true,
            day: '2012-02-29',
            at: '2012-10-15T12:57:18.000396Z',
            real: 0.1,
            doc: { n: 1 },
            txt: null,
            n: 202,
          },
        ],
      },
    ])
  })

  it('a relation gives the outer row itself', async () => {
    const q = pipe(
      ofUsers,
      where(lt(users.id, 3)),
      include({ posts: many(pipe(postsOf, orderBy(posts.id), select({ id: posts.id, user: users }))) }),
    )
    expect((await world.rows(q))[1]).toEqual({ id: 2, posts: [{ id: 3, user: { id: 2, name: 'bob', bossId: 1 } }] })
  })

  it('an ungrouped aggregate gives its row also where nothing is related', async () => {
    const q = pipe(
      ofUsers,
      include({
        stats: one(
          pipe(
            postsOf,
            select({
              n: count(),
              stars: sum(posts.stars),
              nested: { best: max(posts.stars) },
              plus: add(count(), 1),
              of: users.name,
              fixed: literal('x', text),
            }),
          ),
        ),
      }),
    )
    expect(await world.rows(q)).toEqual([
      { id: 1, stats: { n: 2, stars: 5, nested: { best: 5 }, plus: 3, of: 'ann', fixed: 'x' } },
      { id: 2, stats: { n: 1, stars: 1, nested: { best: 1 }, plus: 2, of: 'bob', fixed: 'x' } },
      { id: 3, stats: { n: 0, stars: null, nested: { best: null }, plus: 1, of: 'cid', fixed: 'x' } },
    ])
    expect(
      await world.rows(pipe(ofUsers, include({ n: one(pipe(postsOf, where(gt(posts.stars, 2)), select(count()))) }))),
    ).toEqual([
      { id: 1, n: 1 },
      { id: 2, n: 0 },
      { id: 3, n: 0 },
    ])
  })

  it('a grouped relation and a distinct one', async () => {
    const perPost = pipe(
      from(posts),
      innerJoin(comments, eq(comments.postId, posts.id)),
      where(eq(posts.userId, users.id)),
      groupBy(posts.id),
      orderBy(posts.id),
      select({ title: posts.title, n: count() }),
    )
    expect(await world.rows(pipe(ofUsers, include({ perPost: many(perPost) })))).toEqual([
      { id: 1, perPost: [{ title: 'a1', n: 2 }] },
      { id: 2, perPost: [{ title: 'b1', n: 1 }] },
      { id: 3, perPost: [] },
    ])
    expect(
      await world.rows(
        pipe(
          ofUsers,
          include({
            g: many(pipe(perPost, having(gt(count(), 1)))),
            who: many(
              pipe(
                from(comments),
                innerJoin(posts, eq(posts.id, comments.postId)),
                where(eq(posts.userId, users.id)),
                select(comments.userId),
                distinct,
                orderBy(desc(comments.userId)),
              ),
            ),
          }),
        ),
      ),
    ).toEqual([
      { id: 1, g: [{ title: 'a1', n: 2 }], who: [2, 1] },
      { id: 2, g: [], who: [2] },
      { id: 3, g: [], who: [] },
    ])
    const plus = add(posts.stars, 1)
    expect(
      await world.rows(
        pipe(
          ofUsers,
          include({
            s: many(pipe(postsOf, groupBy(plus), select({ plus, n: count() }), orderBy(asc(plus)))),
            d: many(pipe(postsOf, select({ plus }), distinct, orderBy(asc(plus)))),
          }),
        ),
      ),
    ).toEqual([
      {
        id: 1,
        s: [
          { plus: 6, n: 1 },
          { plus: null, n: 1 },
        ],
        d: [{ plus: 6 }, { plus: null }],
      },
      { id: 2, s: [{ plus: 2, n: 1 }], d: [{ plus: 2 }] },
      { id: 3, s: [], d: [] },
    ])
  })

  it('a relation over a derived table and a left join', async () => {
    const starred = pipe(from(posts), where(gt(posts.stars, 0)), subquery('starred'))
    const q = pipe(
      ofUsers,
      include({
        starred: many(
          pipe(
            from(starred),
            leftJoin(comments, eq(comments.postId, starred.id)),
            where(eq(starred.userId, users.id)),
            orderBy(starred.id, comments.id),
            select({ title: starred.title, body: comments.body, comment: comments }),
          ),
        ),
      }),
    )
    expect(((await world.rows(q))[1]?.starred ?? [])[0]).toEqual({
      title: 'b1',
      body: 'own',
      comment: { id: 3, postId: 3, userId: 2, body: 'own' },
    })
  })

  it('under distinct and groups the key must be among the outputs', async () => {
    const posts2 = many(pipe(postsOf, select(posts.id), orderBy(posts.id)))
    expect(
      tagOf(await world.outcome(pipe(from(users), select({ name: users.name }), distinct, include({ posts2 })))),
    ).toBe('IllFormed')
    expect(
      tagOf(
        await world.outcome(pipe(from(users), groupBy(users.name), select({ name: users.name }), include({ posts2 }))),
      ),
    ).toBe('IllFormed')
    expect(tagOf(await world.outcome(pipe(from(users), select({ n: count() }), include({ posts2 }))))).toBe('IllFormed')
    expect(
      await world.rows(
        pipe(from(users), select({ id: users.id }), distinct, orderBy(users.id), limit(1), include({ posts2 })),
      ),
    ).toEqual([{ id: 1, posts2: [1, 2] }])
    expect(
      await world.rows(
        pipe(
          from(users),
          groupBy(users.id),
          select({ id: users.id, n: count() }),
          orderBy(users.id),
          limit(1),
          include({ posts2 }),
        ),
      ),
    ).toEqual([{ id: 1, n: 1, posts2: [1, 2] }])
    expect(
      await world.rows(
        pipe(from(users), groupBy(users.id), select({ n: count() }), orderBy(users.id), limit(1), include({ posts2 })),
      ),
    ).toEqual([{ n: 1, posts2: [1, 2] }])
  })

  it('under distinct a hidden output never makes two rows of one', async () => {
    const q = pipe(from(users), leftJoin(posts, eq(posts.userId, users.id)), select({ stars: posts.stars }), distinct)
    const byStars = many(pipe(from(report), where(eq(report.id, posts.stars)), select(report.id)))
    expect(tagOf(await world.outcome(pipe(q, include({ byStars }))))).toBe('IllFormed')
    const byUser = pipe(
      from(users),
      leftJoin(posts, eq(posts.userId, users.id)),
      select({ userId: posts.userId }),
      distinct,
      orderBy(posts.userId),
    )
    expect(
      await world.rows(
        pipe(
          byUser,
          include({ who: optional(pipe(from(report), where(eq(report.id, posts.userId)), select(report.name))) }),
        ),
      ),
    ).toEqual([
      { userId: 1, who: 'ann' },
      { userId: 2, who: 'bob' },
      { userId: null, who: null },
    ])
  })

  it('select keeps includes, an include of one key replaces another, and an include hides an output', async () => {
    const q = pipe(
      from(users),
      include({ x: many(postsOf) }),
      select({ id: users.id }),
      include({ x: many(pipe(postsOf, select(posts.id), orderBy(posts.id))) }),
      where(eq(users.id, 1)),
    )
    expect(await world.rows(q)).toEqual([{ id: 1, x: [1, 2] }])
    expect(
      await world.rows(
        pipe(from(users), where(eq(users.id, 2)), include({ name: optional(pipe(bossOf, select(boss.name))) })),
      ),
    ).toEqual([{ id: 2, name: 'ann', bossId: 1 }])
  })

  it('what cannot be loaded at once is Unsupported, in words', async () => {
    for (const relation of [
      one(pipe(postsOf, select(count()), limit(1))),
      many(pipe(postsOf, select({ n: count() }), limit(1), union(pipe(postsOf, select({ n: count() }))))),
      one(pipe(postsOf, select(count()), having(gt(count(), 1)))),
    ])
      expect(isEngine ? ['Unsupported'] : ['Right', 'NoRows']).toContain(
        tagOf(await world.outcome(pipe(ofUsers, include({ relation })))),
      )
  })

  it('[G09] given: a row closes the relation, and it is still a query', async () => {
    const ann = { id: 1, name: 'ann', bossId: null }
    expect(
      await world.rows(pipe(postsOf, given(users, ann), orderBy(desc(posts.id)), limit(1), select(posts.title))),
    ).toEqual(['a2'])
    expect(
      await world.rows(
        pipe(
          postsOf,
          select({ t: posts.title, by: users.name, boss: users.bossId, user: users }),
          given(users, ann),
          orderBy(posts.id),
          limit(1),
        ),
      ),
    ).toEqual([{ t: 'a1', by: 'ann', boss: null, user: ann }])
    expect(await world.rows(pipe(bossOf, given(users, ann)))).toEqual([])
    expect(
      await world.rows(pipe(from(users), where(exists(pipe(postsOf, given(users, ann)))), select(count()))),
    ).toEqual([3])
    expect(tagOf(await world.outcome(pipe(postsOf, given(users, {} as typeof ann))))).toBe('InvalidValue')
    expect(tagOf(await world.outcome(pipe(postsOf, given(users, { ...ann, id: '1' } as unknown as typeof ann))))).toBe(
      'InvalidValue',
    )
  })

  it('given: another alias of the table renames the variable, and nothing inside captures it', async () => {
    expect(
      await world.rows(
        pipe(from(report), where(exists(pipe(postsOf, given(users, report)))), orderBy(report.id), select(report.id)),
      ),
    ).toEqual([1, 2])
    const inside = pipe(
      from(posts),
      where(and(eq(posts.userId, users.id), exists(pipe(from(report), where(eq(report.bossId, users.id)))))),
    )
    // the relation binds "report" itself, one level down
    expect(
      await world.rows(
        pipe(from(report), where(exists(pipe(inside, given(users, report)))), orderBy(report.id), select(report.id)),
      ),
    ).toEqual([1])
    expect(
      await world.rows(
        pipe(
          from(report),
          orderBy(report.id),
          select({ id: report.id }),
          include({ posts: many(pipe(inside, given(users, report), select(posts.id), orderBy(posts.id))) }),
        ),
      ),
    ).toEqual([
      { id: 1, posts: [1, 2] },
      { id: 2, posts: [] },
      { id: 3, posts: [] },
    ])
    const nested = pipe(
      postsOf,
      include({ comments: many(pipe(commentsOf, where(eq(comments.userId, users.id)), select(comments.id))) }),
      select({ id: posts.id }),
      orderBy(posts.id),
    )
    expect(await world.rows(pipe(nested, given(users, { id: 1, name: 'ann', bossId: null })))).toEqual([
      { id: 1, comments: [2] },
      { id: 2, comments: [] },
    ])
    expect(
      await world.rows(
        pipe(
          from(report),
          where(eq(report.id, 2)),
          select({ id: report.id }),
          include({ posts: many(pipe(nested, given(users, report))) }),
        ),
      ),
    ).toEqual([{ id: 2, posts: [{ id: 3, comments: [3] }] }])
    expect(
      await world.rows(
        pipe(
          from(report),
          where(eq(scalar(pipe(postsOf, given(users, report), select(count()))), 2)),
          select(report.id),
        ),
      ),
    ).toEqual([1])
  })

  it('a self-relation needs an alias, and has it', async () => {
    const reports = pipe(from(report), where(eq(report.bossId, users.id)), orderBy(report.id))
    expect(
      await world.rows(
        pipe(
          ofUsers,
          include({
            reports: many(pipe(reports, select(report.name), where(pipe(report.name, inList(['bob', 'cid']))))),
          }),
        ),
      ),
    ).toEqual([
      { id: 1, reports: ['bob', 'cid'] },
      { id: 2, reports: [] },
      { id: 3, reports: [] },
    ])
  })

  it('a relation of two sources of which one or both may be absent', async () => {
    const q = pipe(
      from(users),
      leftJoin(posts, and(eq(posts.userId, users.id), eq(posts.stars, 5))),
      leftJoin(boss, eq(boss.id, users.bossId)),
      orderBy(users.id),
      select({ id: users.id }),
    )
    const both = one(
      pipe(from(report), where(and(eq(report.id, posts.userId), gt(report.id, boss.id))), select(report.id)),
    )
    expect(await world.rows(pipe(q, include({ both })))).toEqual([
      { id: 1, both: null },
      { id: 2, both: null },
      { id: 3, both: null },
    ])
    const either = many(
      pipe(from(report), where(or(eq(report.id, posts.userId), eq(report.id, boss.id))), select(report.id)),
    )
    expect(await world.rows(pipe(q, include({ either })))).toEqual([
      { id: 1, either: [] },
      { id: 2, either: [] },
      { id: 3, either: [] },
    ])
  })

  it('of a derived table, and of one that may be absent and has no column that is never null', async () => {
    const first = pipe(
      from(users),
      orderBy(users.id),
      limit(2),
      select({ key: users.id, boss: users.bossId }),
      subquery('first'),
    )
    const written = pipe(from(posts), where(eq(posts.userId, first.key)), orderBy(posts.id), select(posts.id))
    expect(await world.rows(pipe(from(first), orderBy(first.key), include({ written: many(written) })))).toEqual([
      { key: 1, boss: null, written: [1, 2] },
      { key: 2, boss: 1, written: [3] },
    ])
    const maybe = pipe(from(users), select({ boss: users.bossId }), where(eq(users.id, 2)), subquery('maybe'))
    const q = pipe(
      from(users),
      leftJoin(maybe, eq(maybe.boss, users.id)),
      orderBy(users.id),
      select({ id: users.id, maybe }),
    )
    const same = many(
      pipe(from(report), where(isNotDistinctFrom(report.bossId, maybe.boss)), orderBy(report.id), select(report.id)),
    )
    expect(await world.rows(pipe(q, include({ same })))).toEqual([
      { id: 1, maybe: { boss: 1 }, same: [2, 3] },
      { id: 2, maybe: null, same: [] },
      { id: 3, maybe: null, same: [] },
    ])
    expect(tagOf(await world.outcome(pipe(q, groupBy(users.id, maybe.boss))))).toBe('Ungrouped')
  })

  it('10,000 outer rows are one list of keys', async () => {
    const big = pipe(
      from(keys),
      leftJoin(held, lt(held.id, 1000)),
      select({ id: keys.id, other: held.id }),
      include({
        me: one(
          pipe(
            from(pipe(keys, alias('me'))),
            where(and(eq(pipe(keys, alias('me')).id, held.id), lt(keys.id, 5000))),
            select(pipe(keys, alias('me')).id),
          ),
        ),
      }),
    )
    world.sent()
    const rows = await world.rows(big)
    expect(rows.length).toBe((texts.length + bigs.length + 2) ** 2)
    expect(rows.every((row) => row.me === row.other)).toBe(true)
    expect(world.sent()).toHaveLength(statements(2))
  })
})

const limitless = <Q>(q: Q): Q => q
