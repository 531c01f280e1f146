// Users, their bosses and their posts, and what a query says about them.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type ClosedQuery, eq, integer, nullable, primaryKey, type Query, table, text } from 'relvar'
import { emptyTables, interpret, type Tables, withRows } from 'relvar/memory'

export const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  age: pipe(integer, nullable),
  bossId: pipe(integer, nullable),
})
export const posts = table('posts', { id: pipe(integer, primaryKey), authorId: integer, title: text })

export const tables: Tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, name: 'ed', age: 30, bossId: 2 },
    { id: 2, name: 'wendy', age: null, bossId: null },
    { id: 3, name: 'mary', age: 30, bossId: 2 },
  ]),
  E.chain(
    withRows(posts)([
      { id: 10, authorId: 1, title: 'b' },
      { id: 11, authorId: 1, title: 'a' },
      { id: 12, authorId: 9, title: 'c' },
    ]),
  ),
  E.getOrElse((error): Tables => {
    throw new Error(error.message)
  }),
)

export const ask = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  q: Query<P, S, O, F, K> & ClosedQuery<F>,
): unknown => {
  const rows = interpret(q)(tables)
  return E.isRight(rows) ? rows.right : rows.left._tag
}

/** The posts of a user. */
export const author = eq(posts.authorId, users.id)
