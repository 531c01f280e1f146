/**
 * Writes, and the tables that they write to.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  and,
  caseWhen,
  concat,
  count,
  createAll,
  deleteFrom,
  dropAll,
  eq,
  everyRow,
  exists,
  gt,
  inList,
  insertInto,
  isNull,
  not,
  returning,
  scalar,
  select,
  set,
  update,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, type Markers, statements } from '../statement.js'
import { blog, posts, postsOf, users, words } from '../tables.js'

const user = (v: Markers) => ({ name: v.text(), active: true })

export const inserts: ReadonlyArray<GoldenStatement> = statements('insert', {
  'one row': (v) => insertInto(users)({ ...user(v), fullname: v.text(), age: v.integer() }),
  'a row that leaves out what may be null': (v) => insertInto(users)(user(v)),
  'several rows': (v) => insertInto(users)([user(v), user(v), user(v)]),
  'a key that is given': (v) => insertInto(words)({ id: v.integer(), word: v.text() }),
  'every type': (v) =>
    insertInto(posts)({
      authorId: v.integer(),
      title: v.text(),
      stars: v.integer(),
      views: v.bigint(),
      score: v.double(),
      day: v.date(),
      at: v.instant(),
    }),
  null: (v) => insertInto(users)({ ...user(v), age: null }),
  returning: (v) => pipe(insertInto(users)(user(v)), returning(users)),
  'returning an expression': (v) =>
    pipe(insertInto(users)(user(v)), returning({ id: users.id, card: concat(users.name, v.text()) })),
})

export const updates: ReadonlyArray<GoldenStatement> = statements('update', {
  'of all rows': (v) => pipe(update(users), set({ age: v.integer() }), everyRow),
  where: (v) => pipe(update(users), set({ name: v.text() }), where(eq(users.id, v.integer()))),
  'by the old value': (v) => pipe(update(users), set({ age: add(users.age, v.integer()) }), everyRow),
  'of several columns': (v) =>
    pipe(
      update(users),
      set({ fullname: users.name, name: concat(users.name, v.text()) }),
      where(eq(users.id, v.integer())),
    ),
  'to null': (v) => pipe(update(users), set({ fullname: null }), where(eq(users.name, v.text()))),
  'by a choice': (v) =>
    pipe(update(users), set({ age: caseWhen(isNull(users.age), v.integer()).otherwise(users.age) }), everyRow),
  'by a subquery': () => pipe(update(users), set({ age: scalar(pipe(postsOf, select(count()))) }), everyRow),
  'where exists': (v) =>
    pipe(update(users), set({ active: false }), where(exists(postsOf)), where(gt(users.age, v.integer()))),
})

export const deletes: ReadonlyArray<GoldenStatement> = statements('delete', {
  'all rows': () => everyRow(deleteFrom(words)),
  where: (v) => pipe(deleteFrom(users), where(and(eq(users.name, v.text()), gt(users.age, v.integer())))),
  'of a list': (v) => pipe(deleteFrom(users), where(pipe(users.id, inList([v.integer(), v.integer()])))),
  'where not exists': () => pipe(deleteFrom(users), where(not(exists(postsOf)))),
  returning: (v) => pipe(deleteFrom(users), where(eq(users.id, v.integer())), returning(users)),
})

export const ddl: ReadonlyArray<GoldenStatement> = statements('tables', {
  createAll: () => createAll(blog),
  dropAll: () => dropAll(blog),
})
