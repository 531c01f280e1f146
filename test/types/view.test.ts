// A view has the columns of its query, a sequence counts for numbers, and changes of a table are made by what makes them.
import { pipe } from 'fp-ts/lib/function.js'
import { expectTypeOf, test } from 'vitest'

import {
  alias,
  alterTable,
  columnsOf,
  concat,
  createTableAs,
  eq,
  everyRow,
  type Expr,
  from,
  include,
  insertFrom,
  insertInto,
  integer,
  leftJoin,
  many,
  nextValue,
  nullable,
  type RowOf,
  select,
  sequence,
  serverDefault,
  set,
  subquery,
  table,
  text,
  update,
  using,
  view,
  where,
} from '../../src/index.js'

const users = table('users', { id: integer, name: pipe(text, nullable) })
const posts = table('posts', { id: integer, userId: integer })
const s = sequence('numbers')

test('the columns of a view are the outputs of its query, nulls of absent rows among them', () => {
  const all = view(
    'all',
    pipe(from(users), leftJoin(posts, eq(posts.userId, users.id)), select({ who: users.name, post: posts.id })),
  )
  expectTypeOf<RowOf<typeof all>>().toEqualTypeOf<{ readonly who: string | null; readonly post: number | null }>()
  // @ts-expect-error: Property 'id' does not exist
  void all.id
  pipe(from(all), where(eq(all.post, 3)))
})

test('a view, a derived table and rows of values are read and never written', () => {
  const all = view('all', from(users))
  const some = pipe(from(users), subquery('some'))
  insertInto(users)({ id: 1 })
  // @ts-expect-error: Type 'number' is not assignable to type
  insertInto(all)({ id: 1 })
  // @ts-expect-error: Type 'number' is not assignable to type
  insertInto(pipe(all, alias('other')))({ id: 1 })
  // @ts-expect-error: Type 'number' is not assignable to type
  insertInto(some)({ id: 1 })
  // @ts-expect-error: "id" is no column that the table stores
  pipe(update(all), set({ id: 1 }), everyRow)
  // @ts-expect-error: "id" is no column that the table stores
  pipe(update(some), set({ id: 1 }), everyRow)
  // @ts-expect-error: the table takes
  pipe(from(users), insertFrom(all))
  pipe(update(users), using(all, eq(all.id, users.id)), set({ id: all.id }))
})

test('a view is a query that mentions nothing outside of it, of flat rows', () => {
  const open = pipe(from(posts), where(eq(posts.userId, users.id)))
  // @ts-expect-error
  view('v', open)
  const deep = pipe(from(users), include({ posts: many(open) }))
  // @ts-expect-error
  view('v', deep)
})

test('the next value of a sequence is a bigint, or what the column asks for', () => {
  expectTypeOf(nextValue(s)).toEqualTypeOf<Expr<bigint>>()
  expectTypeOf(nextValue(s, integer)).toEqualTypeOf<Expr<number>>()
  table('t', { id: pipe(integer, serverDefault(nextValue(s, integer))) })
  // @ts-expect-error: the default is no value of the column
  table('t', { id: pipe(integer, serverDefault(nextValue(s))) })
  // @ts-expect-error: is not assignable
  nextValue(s, text)
  insertInto(posts)({ id: nextValue(s, integer), userId: 1 })
})

test('a change is one that relvar made, and there is at least one', () => {
  // @ts-expect-error: Expected at least 1 arguments
  alterTable(users)()
  // @ts-expect-error: is not assignable
  alterTable(users)(concat('a', 'b'))
  expectTypeOf(columnsOf(users)[0]?.name).toEqualTypeOf<string | undefined>()
})

test('a table made of a query has the columns that the query gives', () => {
  const best = table('best', { id: integer })
  pipe(from(posts), select({ id: posts.id }), createTableAs(best))
  // @ts-expect-error
  pipe(from(users), select({ id: users.name }), createTableAs(best))
})
