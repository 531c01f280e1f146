/**
 * The tables of the golden statements: a blog.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  autoIncrement,
  bigint,
  boolean,
  date,
  double,
  eq,
  foreignKey,
  from,
  innerJoin,
  integer,
  named,
  nullable,
  primaryKey,
  references,
  schema,
  table,
  text,
  timestamptz,
  unique,
  varchar,
  where,
} from '../../src/index.js'

export const users = table(
  'users',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    name: pipe(varchar(50), unique),
    fullname: pipe(text, nullable),
    age: pipe(integer, nullable),
    active: boolean,
    bossId: pipe(integer, nullable, named('boss')),
  },
  (t) => [foreignKey(t.bossId, t.id)],
)

export const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  authorId: pipe(integer, references(users.id, { onDelete: 'cascade' }), named('author_id')),
  title: text,
  stars: pipe(integer, nullable),
  views: bigint,
  score: pipe(double, nullable),
  day: date,
  at: timestamptz,
})

export const words = table('words', { id: pipe(integer, primaryKey), word: pipe(varchar(20), unique) })

/** The link of a many-to-many relation. */
export const postWords = table('post_words', {
  postId: pipe(integer, primaryKey, references(posts.id)),
  wordId: pipe(integer, primaryKey, references(words.id)),
})

export const blog = schema({ users, posts, words, postWords })

export const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
export const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)))
export const wordsOf = pipe(
  from(words),
  innerJoin(postWords, eq(postWords.wordId, words.id)),
  where(eq(postWords.postId, posts.id)),
)
