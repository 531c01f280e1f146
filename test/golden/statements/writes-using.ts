/**
 * Updates and deletes that look at other sources, and what they give back.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  alias,
  concat,
  count,
  cte,
  deleteFrom,
  eq,
  from,
  groupBy,
  gt,
  isNull,
  returning,
  select,
  set,
  subquery,
  sum,
  update,
  using,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { posts, users, words } from '../tables.js'

const boss = pipe(users, alias('boss'))
const report = pipe(users, alias('report'))
const ofPosts = using(posts, eq(posts.authorId, users.id))
const totals = pipe(
  from(posts),
  groupBy(posts.authorId),
  select({ authorId: posts.authorId, stars: sum(posts.stars), n: count() }),
)
const named = pipe(totals, subquery('totals'))
const inFront = pipe(totals, cte('in_front'))

export const updatesUsing: ReadonlyArray<GoldenStatement> = statements('update using', {
  'a table, found by its key': (v) =>
    pipe(update(posts), using(users, eq(users.id, posts.authorId)), set({ title: concat(users.name, v.text()) })),
  'a table of which several rows may match': () => pipe(update(users), ofPosts, set({ fullname: posts.title })),
  'a table that no new value mentions': (v) =>
    pipe(update(users), ofPosts, set({ age: v.integer() }), where(gt(posts.stars, v.integer()))),
  'two tables': (v) =>
    pipe(
      update(posts),
      using(users, eq(users.id, posts.authorId)),
      using(words, eq(words.word, users.name)),
      set({ title: words.word, stars: add(posts.stars, users.age) }),
      where(gt(words.id, v.integer())),
    ),
  'the table itself': () => pipe(update(users), using(boss, eq(boss.id, users.bossId)), set({ fullname: boss.name })),
  'the table itself, which no new value mentions': (v) =>
    pipe(update(users), using(report, eq(report.bossId, users.id)), set({ active: true, age: v.integer() })),
  'a query with a name': () =>
    pipe(update(users), using(named, eq(named.authorId, users.id)), set({ age: named.n as never })),
  'rows in front': (v) =>
    pipe(
      update(users),
      using(inFront, eq(inFront.authorId, users.id)),
      set({ active: false }),
      where(gt(inFront.n, v.integer())),
    ),
})

export const deletesUsing: ReadonlyArray<GoldenStatement> = statements('delete using', {
  'a table': (v) => pipe(deleteFrom(users), ofPosts, where(gt(posts.stars, v.integer()))),
  'the table itself': () =>
    pipe(deleteFrom(users), using(report, eq(report.bossId, users.id)), where(isNull(report.age))),
  'rows in front': () => pipe(deleteFrom(users), using(inFront, eq(inFront.authorId, users.id))),
  'returning beside a table': () => pipe(deleteFrom(users), ofPosts, returning(users)),
})

/** The keys of a row before and after, so that what follows from finding it is shown as well. */
export const updatesReturning: ReadonlyArray<GoldenStatement> = statements(
  'update returning',
  {
    'beside a table': () =>
      pipe(
        update(posts),
        using(users, eq(users.id, posts.authorId)),
        set({ title: users.name }),
        returning({ id: posts.id, title: posts.title }),
      ),
    'where the key changes': (v) =>
      pipe(
        update(words),
        set({ id: add(words.id, v.integer()) }),
        where(gt(words.id, v.integer())),
        returning({ id: words.id, word: words.word }),
      ),
  },
  [[7, 8]],
)

export const deletesReturning: ReadonlyArray<GoldenStatement> = statements(
  'delete returning',
  {
    'by their keys': (v) => pipe(deleteFrom(words), where(gt(words.id, v.integer())), returning({ word: words.word })),
  },
  [['word', 7]],
)
