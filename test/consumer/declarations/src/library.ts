// Exports tables and queries built by pipe, with no type written down: all of them are inferred and emitted.
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  compile,
  eq,
  from,
  innerJoin,
  integer,
  leftJoin,
  nullable,
  orderBy,
  postgres,
  primaryKey,
  references,
  schema,
  select,
  table,
  text,
  where,
} from 'relvar'

export const users = table('users', { id: pipe(integer, primaryKey), name: text })
export const posts = table('posts', {
  id: pipe(integer, primaryKey),
  title: pipe(text, nullable),
  authorId: pipe(integer, references(users.id)),
})
export const blog = schema({ users, posts })

export const named = (name: string) => pipe(from(users), where(eq(users.name, name)), select({ id: users.id }))
export const withAuthors = pipe(
  from(posts),
  innerJoin(users, eq(posts.authorId, users.id)),
  orderBy(asc(posts.id)),
  select({ title: posts.title, author: users.name }),
)
export const withPosts = pipe(
  from(users),
  leftJoin(posts, eq(posts.authorId, users.id)),
  select({ name: users.name, post: posts.id }),
)
export const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))

const load = compile(postgres)(named('ed'))
export const compiles = isRight(load)
