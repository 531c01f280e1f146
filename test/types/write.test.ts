// A write takes the columns of its table with their types, and only what a write can have follows it.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  alias,
  any,
  type Changes,
  coalesce,
  concat,
  count,
  everyRow,
  deleteFrom,
  distinct,
  eq,
  exists,
  from,
  groupBy,
  include,
  innerJoin,
  insertInto,
  integer,
  isNull,
  leftJoin,
  limit,
  lower,
  many,
  max,
  nullable,
  offset,
  orderBy,
  param,
  type Query,
  returning,
  type RowOfQuery,
  scalar,
  select,
  set,
  subquery,
  text,
  union,
  update,
  type Updating,
  using,
  where,
} from '../../src/index.js'
import { addresses, all, type Post, posts, postsOf, type User, users } from '../types/blog.js'

describe('insertInto', () => {
  test('takes one row or many; what is nullable, defaulted or generated may be left out', () => {
    insertInto(users)({ name: 'ed' })
    insertInto(users)([])
    insertInto(users)([{ name: 'ed' }, { id: 3, name: 'wendy', fullname: null, age: 27, managerId: 1 }])
    insertInto(posts)({ title: 'x', authorId: 1, score: 0.5, live: true })
    expectTypeOf(insertInto(users)({ name: 'ed' })).toExtend<Query<unknown, 'users', never, never, 'insert'>>()
  })

  test('leaves nothing else out', () => {
    // @ts-expect-error: Property 'name' is missing in type '{}' but required
    insertInto(users)({})
    // @ts-expect-error: Property 'email' is missing
    insertInto(addresses)({ userId: 1 })
    // @ts-expect-error: is missing the following properties from type
    insertInto(posts)({ views: null })
    // @ts-expect-error: Property 'name' is missing
    insertInto(users)([{ name: 'ed' }, { age: 3 }])
    // @ts-expect-error: with 'exactOptionalPropertyTypes: true'
    insertInto(users)({ name: 'ed', fullname: undefined })
  })

  test('takes values of the columns', () => {
    // @ts-expect-error: Type 'number' is not assignable to type 'string | Expr<string, never, never>'
    insertInto(users)({ name: 3 })
    // @ts-expect-error: Type 'null' is not assignable to type 'string | Expr<string, never, never>'
    insertInto(users)({ name: null })
    // @ts-expect-error: Type 'null' is not assignable to type 'number | Expr<number, never, never> | undefined'
    insertInto(users)({ name: 'ed', age: null })
    // @ts-expect-error: Type 'number' is not assignable to type 'bigint | Expr<bigint | null, never, never> | null
    insertInto(posts)({ title: 'x', authorId: 1, score: 0.5, live: true, views: 3 })
    // @ts-expect-error: Type 'number' is not assignable to type 'boolean | Expr<boolean, never, never>'
    insertInto(posts)({ title: 'x', authorId: 1, score: 0.5, live: 1 })
  })

  test('takes columns of the table', () => {
    // @ts-expect-error: 'nope' does not exist in type 'InsertRow<
    insertInto(users)({ name: 'ed', nope: 1 })
    // @ts-expect-error: Did you mean to write 'name'?
    insertInto(users)([{ name: 'ed' }, { nam: 'wendy' }])
  })

  test('takes parameters, which mention nothing', () => {
    insertInto(users)({ name: param('name', text), fullname: param('fullname', pipe(text, nullable)) })
    insertInto(users)({ name: 'ed', fullname: param('fullname', text) })
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    insertInto(users)({ name: lower(users.name) })
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    insertInto(users)({ name: param('name', integer) })
    // @ts-expect-error: Type 'string | null' is not assignable to type 'string'
    insertInto(users)({ name: param('name', pipe(text, nullable)) })
  })
})

describe('set', () => {
  test('knows the columns inside pipe, wherever it stands', () => {
    const birthday = pipe(update(users), set({ age: add(users.age, 1) }), where(eq(users.name, 'ed')))
    expectTypeOf(birthday).toEqualTypeOf<Query<Updating<typeof users>, 'users', never, never, 'update'>>()
    all(birthday)
    all(pipe(update(users), where(eq(users.name, 'ed')), set({ age: 3 }), set({ fullname: null })))
    all(pipe(update(users), set({ name: concat(users.name, '!'), fullname: users.name, managerId: null }), everyRow))
  })

  test('takes columns of the table', () => {
    // @ts-expect-error: 'nope' does not exist in type 'Changes<
    pipe(update(users), set({ nope: 1 }))
    // @ts-expect-error: 'nope' does not exist in type 'Changes<
    pipe(update(users), set({ age: add(users.age, 1), nope: 1 }), where(eq(users.name, 'ed')))
    // @ts-expect-error: 'nope' does not exist in type 'Changes<
    pipe(update(users), where(eq(users.name, 'ed')), set({ nope: 1 }))
    // @ts-expect-error: 'title' does not exist in type 'Changes<
    pipe(update(users), set({ age: 3 }), set({ title: 'x' }))
  })

  test('takes values of the columns', () => {
    // @ts-expect-error: Type 'string' is not assignable to type 'number | Expr<number, string, string>'
    pipe(update(users), set({ age: 'x' }))
    // @ts-expect-error: Type 'null' is not assignable to type 'number | Expr<number, string, string>'
    pipe(update(users), set({ age: null }))
    // @ts-expect-error: Type 'undefined' is not assignable to type 'number | Expr<number, string, string>'
    pipe(update(users), set({ age: undefined }))
    // @ts-expect-error: Type 'Expr<string, "users", "users">' is not assignable to type 'number | Expr<
    pipe(update(users), set({ age: users.name }))
    // @ts-expect-error: Type 'Expr<number | null, "users", "users">' is not assignable to type 'number | Expr<
    pipe(update(users), set({ age: users.managerId }))
    // @ts-expect-error: a new value is of one row: an aggregate stands in a query of its own
    pipe(update(users), set({ age: max(users.age) }))
  })

  test('takes expressions of the old row, which mention no other table', () => {
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(update(users), set({ age: posts.id }), everyRow))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(update(users), set({ age: count(posts.id) }), everyRow))
    const posted = scalar(pipe(postsOf, select(count())))
    all(pipe(update(users), set({ age: coalesce(posted, 0) }), everyRow))
    // @ts-expect-error: Type 'number | null' is not assignable to type 'number'
    pipe(update(users), set({ age: posted }))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(update(posts), set({ authorId: coalesce(posted, 0) }), everyRow))
  })

  test('takes changes that were made apart', () => {
    const changes: Changes<typeof users> = { age: 3, name: lower(users.name) }
    all(pipe(update(users), set(changes), everyRow))
  })

  test('belongs to an update', () => {
    // @ts-expect-error: is missing the following properties from type 'Updating<AnyTable>': _table, _nothing
    pipe(from(users), set({ name: 'x' }))
    // @ts-expect-error: Property '_table' is missing in type 'Deleting<
    pipe(deleteFrom(users), set({ name: 'x' }))
  })
})

describe('where of a write', () => {
  test('says which rows, and may ask by subqueries', () => {
    all(pipe(update(users), set({ age: 1 }), where(any(postsOf)), where(isNull(users.fullname))))
    all(pipe(deleteFrom(users), where(exists(postsOf))))
    const q = pipe(deleteFrom(users), where(eq(users.id, 1)))
    expectTypeOf<RowOfQuery<typeof q>>().toEqualTypeOf<never>()
  })

  test('mentions the table of the write alone', () => {
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(deleteFrom(users), where(eq(posts.id, 1))))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(update(users), set({ age: 1 }), where(eq(posts.authorId, users.id))))
    // @ts-expect-error: "users" is mentioned but never joined
    all(pipe(deleteFrom(pipe(users, alias('u'))), where(eq(users.id, 1))))
  })

  test('does not belong to an insert', () => {
    // @ts-expect-error: Type '"insert"' is not assignable to type '"
    pipe(insertInto(users)({ name: 'ed' }), where(eq(users.id, 1)))
  })
})

describe('returning', () => {
  test('gives rows as select does', () => {
    const inserted = pipe(insertInto(users)({ name: 'ed' }), returning({ id: users.id, all: users }))
    expectTypeOf(all(inserted)).toEqualTypeOf<ReadonlyArray<{ readonly id: number; readonly all: User }>>()
    const updated = pipe(update(users), set({ age: 1 }), where(eq(users.id, 1)), returning(users))
    expectTypeOf(all(updated)).toEqualTypeOf<ReadonlyArray<User>>()
    const deleted = pipe(deleteFrom(posts), returning(posts), where(eq(posts.id, 1)))
    expectTypeOf(all(deleted)).toEqualTypeOf<ReadonlyArray<Post>>()
    expectTypeOf(all(pipe(deleteFrom(posts), returning(posts.views), everyRow))).toEqualTypeOf<
      ReadonlyArray<bigint | null>
    >()
  })

  test('mentions the table of the write alone, and belongs to a write', () => {
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(deleteFrom(users), returning({ id: posts.id })))
    // @ts-expect-error: Type '"select"' is not assignable to type '"
    pipe(from(users), returning({ id: users.id }))
  })
})

describe('using', () => {
  const moved = using(posts, eq(posts.authorId, users.id))

  test('says which rows, and its columns stand in new values and criteria', () => {
    const update1 = pipe(update(users), moved, set({ name: posts.title }), where(eq(posts.live, true)))
    expectTypeOf(update1).toEqualTypeOf<Query<Updating<typeof users>, 'users' | 'posts', never, never, 'update'>>()
    all(update1)
    all(pipe(update(users), moved, set({ age: add(users.age, posts.authorId) }), returning(users)))
    all(pipe(deleteFrom(users), moved))
    all(pipe(deleteFrom(users), moved, using(addresses, eq(addresses.userId, posts.authorId)), returning(users.id)))
    const latest = pipe(
      from(posts),
      groupBy(posts.authorId),
      select({ by: posts.authorId, n: count() }),
      subquery('latest'),
    )
    all(pipe(update(users), using(latest, eq(latest.by, users.id)), set({ age: latest.n })))
  })

  test('names a source once, and none that is mentioned before', () => {
    // @ts-expect-error: "posts" is already in this query: give one of the two an alias
    pipe(update(users), moved, moved)
    // @ts-expect-error: "users" is already in this query: give one of the two an alias
    pipe(deleteFrom(users), using(users, eq(users.id, 1)))
    // @ts-expect-error: "posts" is already mentioned here, so it means an outer row
    pipe(deleteFrom(users), using(addresses, eq(addresses.userId, posts.id)), moved)
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(update(users), using(addresses, eq(addresses.userId, posts.id)), set({ age: 1 })))
  })

  test('takes values of the column from its columns', () => {
    // @ts-expect-error: Type 'Expr<string, "posts", "posts">' is not assignable to type 'number | Expr<
    pipe(update(users), moved, set({ age: posts.title }))
    // @ts-expect-error: a new value is of one row: an aggregate stands in a query of its own
    pipe(update(users), moved, set({ managerId: max(posts.authorId) }))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(update(users), set({ name: posts.title }), everyRow))
  })

  test('gives nothing back of its rows', () => {
    // @ts-expect-error: "posts" is not the table that is written: returning gives rows of that alone
    pipe(update(users), moved, set({ age: 1 }), returning({ id: users.id, title: posts.title }))
    // @ts-expect-error: "posts" is not the table that is written: returning gives rows of that alone
    pipe(deleteFrom(users), moved, returning(posts))
  })

  test('belongs to an update or a delete', () => {
    // @ts-expect-error: Type '"select"' is not assignable to type '
    pipe(from(users), moved)
    // @ts-expect-error: Type '"insert"' is not assignable to type '
    pipe(insertInto(users)({ name: 'ed' }), moved)
  })
})

describe('which rows', () => {
  test('are said by where, using or everyRow, or the write does not run', () => {
    // @ts-expect-error: an update without where(…) or everyRow
    all(pipe(update(users), set({ age: 1 })))
    // @ts-expect-error: a delete without where(…) or everyRow
    all(deleteFrom(users))
    // @ts-expect-error: a delete without where(…) or everyRow
    all(pipe(deleteFrom(users), returning(users)))
    all(pipe(update(users), set({ age: 1 }), everyRow))
    all(everyRow(deleteFrom(users)))
    all(pipe(deleteFrom(users), everyRow, returning(users)))
    // @ts-expect-error: Type '"select"' is not assignable to type '
    everyRow(from(users))
  })
})

describe('a write', () => {
  test('has no clause of a SELECT', () => {
    // @ts-expect-error: Type '"an update without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(update(users), orderBy(users.id))
    // @ts-expect-error: Type '"an update without where(…) or everyRow"' is not assignable to type '"select" | "set"'
    pipe(update(users), limit(1))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select" | "set"'
    pipe(deleteFrom(users), offset(1))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(deleteFrom(users), orderBy(users.id))
    // @ts-expect-error: Type '"an update without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(update(users), select({ id: users.id }))
    // @ts-expect-error: Type '"insert"' is not assignable to type '"select"'
    pipe(insertInto(users)({ name: 'ed' }), select(users))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(deleteFrom(users), innerJoin(posts, eq(posts.authorId, users.id)))
    // @ts-expect-error: Type '"an update without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(update(users), leftJoin(posts, eq(posts.authorId, users.id)))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(deleteFrom(users), include({ posts: many(postsOf) }))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(deleteFrom(users), groupBy(users.id))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select"'
    pipe(deleteFrom(users), distinct)
  })

  test('stands in no other query', () => {
    const gone = pipe(deleteFrom(users), returning(users))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select" | "set"'
    exists(gone)
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select" | "set" | "text"'
    pipe(gone, subquery('gone'))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select" | "set"'
    pipe(from(users), union(gone))
    // @ts-expect-error: Type '"delete"' is not assignable to type '"select" | "set"'
    many(pipe(deleteFrom(users), where(eq(posts.id, 1))))
    // @ts-expect-error: Type '"a delete without where(…) or everyRow"' is not assignable to type '"select" | "set"'
    scalar(pipe(deleteFrom(users), returning(users.id)))
  })
})
