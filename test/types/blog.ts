// The tables and queries that the type tests speak of.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'

import {
  alias,
  autoIncrement,
  bigint,
  boolean,
  type ClosedQuery,
  type Decode,
  defaultTo,
  double,
  eq,
  from,
  integer,
  json,
  type Kind,
  nullable,
  primaryKey,
  type Query,
  references,
  table,
  text,
  varchar,
  where,
} from '../../src/index.js'

export const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: varchar(50),
  fullname: pipe(text, nullable),
  age: pipe(integer, defaultTo(18)),
  managerId: pipe(integer, nullable),
})
export const addresses = table('addresses', {
  id: pipe(integer, primaryKey, autoIncrement),
  email: text,
  userId: pipe(integer, references(users.id)),
})
export const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  title: text,
  authorId: pipe(integer, references(users.id)),
  views: pipe(bigint, nullable),
  score: double,
  live: boolean,
})
export const comments = table('comments', {
  id: pipe(integer, primaryKey, autoIncrement),
  postId: pipe(integer, references(posts.id)),
  body: pipe(text, nullable),
})
export const events = table('events', {
  kind: json(t.union([t.literal('open'), t.literal('close')])),
  payload: json(t.type({ size: t.number })),
})

export const u = pipe(users, alias('u'))
export const r = pipe(users, alias('r'))
export const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
export const commentsOf = pipe(from(comments), where(eq(comments.postId, posts.id)))
export const addressesOf = pipe(from(addresses), where(eq(addresses.userId, users.id)))
export const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)))

export interface User {
  readonly id: number
  readonly name: string
  readonly fullname: string | null
  readonly age: number
  readonly managerId: number | null
}
export interface Address {
  readonly id: number
  readonly email: string
  readonly userId: number
}
export interface Post {
  readonly id: number
  readonly title: string
  readonly authorId: number
  readonly views: bigint | null
  readonly score: number
  readonly live: boolean
}
export interface Comment {
  readonly id: number
  readonly postId: number
  readonly body: string | null
}

/** What `Db.all` takes and gives. */
export declare const all: <P, S extends string, O extends string, F extends string, K extends Kind>(
  q: Query<P, S, O, F, K> & ClosedQuery<F>,
) => ReadonlyArray<Decode<P, O>>
