// Exports tables and queries built by pipe, with no type written down: all of them are inferred and emitted.
import { isRight } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  autoIncrement,
  bigint,
  coalesce,
  compile,
  count,
  Db,
  desc,
  eq,
  from,
  groupBy,
  include,
  innerJoin,
  insertInto,
  integer,
  leftJoin,
  many,
  max,
  nullable,
  one,
  orderBy,
  postgresDialect,
  primaryKey,
  references,
  returning,
  schema,
  select,
  subquery,
  type Table,
  table,
  text,
  transaction,
  union,
  where,
} from 'relvar'

export const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
export const posts = table('posts', {
  id: pipe(bigint, primaryKey),
  title: pipe(text, nullable),
  authorId: pipe(integer, references(users.id)),
})
export const blog = schema({ users, posts })

const tagColumns = { id: pipe(integer, primaryKey), label: text }
export interface Tags extends Table<'tags', typeof tagColumns> {}
export const tags: Tags = table('tags', tagColumns)
export const labels = pipe(from(tags), orderBy(tags.label))

export const named = (name: string) => pipe(from(users), where(eq(users.name, name)), select({ id: users.id }))
export const withAuthors = pipe(
  from(posts),
  innerJoin(users, eq(posts.authorId, users.id)),
  orderBy(desc(posts.id)),
  select({ title: coalesce(posts.title, ''), author: users.name }),
)
export const withPosts = pipe(
  from(users),
  leftJoin(posts, eq(posts.authorId, users.id)),
  select({ name: users.name, post: posts }),
)
export const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
export const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)))
export const nested = pipe(
  from(users),
  include({ posts: many(pipe(postsOf, include({ author: one(pipe(authorOf, select(users.name))) }))) }),
)
export const latest = pipe(
  from(posts),
  groupBy(posts.authorId),
  select({ author: posts.authorId, last: max(posts.id), n: count() }),
  subquery('latest'),
)
export const other = pipe(users, alias('other'))
export const either = pipe(
  named('ed'),
  union(named('wendy')),
  orderBy((row) => [desc(row.id)]),
)
export const add = (name: string) => pipe(insertInto(users)({ name }), returning(users))
export const program = pipe(Db.all(withPosts), transaction({ isolation: 'serializable' }))

const load = compile(postgresDialect())(named('ed'))
export const compiles = isRight(load)
