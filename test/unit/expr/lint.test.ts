// What the linter finds, and what it lets pass.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  alias,
  and,
  coalesce,
  count,
  crossJoin,
  eq,
  exists,
  from,
  include,
  innerJoin,
  inQuery,
  integer,
  isNotNull,
  isNull,
  leftJoin,
  limit,
  lint,
  many,
  not,
  nullable,
  offset,
  orderBy,
  primaryKey,
  scalar,
  select,
  subquery,
  table,
  text,
  type AnyQuery,
  union,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, bossId: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), authorId: integer, title: pipe(text, nullable) })
const tags = table('tags', { id: pipe(integer, primaryKey), postId: integer })
const u = pipe(users, alias('u'))
const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
const written = eq(posts.authorId, users.id)

const tagsOf = (query: AnyQuery): ReadonlyArray<string> => lint(query).map((f) => f._tag)

describe('the linter [A21, G07]', () => {
  it('finds sources that no criterion connects', () => {
    expect(lint(pipe(from(users), crossJoin(posts)))).toEqual([
      {
        _tag: 'CartesianProduct',
        place: '',
        sources: ['users', 'posts'],
        message: 'no criterion connects "users" with "posts": each row of one stands beside each of the other',
      },
    ])
    expect(tagsOf(pipe(from(users), innerJoin(posts, eq(posts.title, 'x'))))).toEqual(['CartesianProduct'])
    expect(tagsOf(pipe(from(users), crossJoin(posts), crossJoin(tags), where(and(written, eq(tags.id, 1)))))).toEqual([
      'CartesianProduct',
    ])
  })

  it('lets pass what is connected in where, over a third source, or by a subquery, and what has one row', () => {
    expect(tagsOf(pipe(from(users), crossJoin(posts), where(written)))).toEqual([])
    expect(
      tagsOf(pipe(from(users), crossJoin(tags), innerJoin(posts, and(written, eq(tags.postId, posts.id))))),
    ).toEqual([])
    const linked = pipe(from(tags), where(and(eq(tags.postId, posts.id), eq(tags.id, users.id))))
    expect(tagsOf(pipe(from(users), crossJoin(posts), where(exists(linked))))).toEqual([])
    const total = pipe(from(posts), select({ n: count() }), subquery('total'))
    expect(tagsOf(pipe(from(users), crossJoin(total)))).toEqual([])
  })

  it('finds a limit without an order, at its place', () => {
    expect(tagsOf(pipe(from(users), limit(3)))).toEqual(['LimitWithoutOrder'])
    expect(tagsOf(pipe(from(users), offset(3)))).toEqual(['LimitWithoutOrder'])
    expect(tagsOf(pipe(from(users), limit(3), orderBy(users.id)))).toEqual([])
    expect(tagsOf(pipe(from(users), select(count()), limit(3)))).toEqual([])
    expect(tagsOf(pipe(from(users), where(exists(pipe(postsOf, limit(1))))))).toEqual([])
    expect(lint(from(pipe(from(users), limit(3), subquery('some')))).map((f) => [f._tag, f.place])).toEqual([
      ['LimitWithoutOrder', 'subquery'],
    ])
    const some = pipe(from(users), include({ posts: many(pipe(postsOf, limit(2))) }))
    expect(lint(some).map((f) => [f._tag, f.place])).toEqual([['LimitWithoutOrder', 'include "posts"']])
  })

  it('finds an order that says nothing', () => {
    expect(tagsOf(from(pipe(from(users), orderBy(users.id), subquery('all'))))).toEqual(['IgnoredOrder'])
    expect(tagsOf(from(pipe(from(users), orderBy(users.id), limit(1), subquery('all'))))).toEqual([])
    expect(
      tagsOf(
        pipe(
          from(users),
          orderBy(users.id),
          select({ id: users.id }),
          union(pipe(from(posts), select({ id: posts.id }))),
        ),
      ),
    ).toEqual(['IgnoredOrder'])
  })

  it('finds a source that hides an outer one, and an exists that mentions no outer row', () => {
    const inner = pipe(from(users), where(eq(users.name, 'x')))
    expect(tagsOf(pipe(from(users), where(exists(inner))))).toEqual(['UncorrelatedExists', 'ShadowedSource'])
    expect(tagsOf(pipe(from(users), where(exists(pipe(from(u), where(eq(u.bossId, users.id)))))))).toEqual([])
    const most = scalar(pipe(from(users), select(count())))
    expect(tagsOf(pipe(from(users), select({ most })))).toEqual(['ShadowedSource'])
  })

  it('[SEL04] finds a left join that a filter makes an inner one', () => {
    const joined = pipe(from(users), leftJoin(posts, written))
    expect(tagsOf(pipe(joined, where(eq(posts.title, 'x'))))).toEqual(['FilteredLeftJoin'])
    expect(tagsOf(pipe(joined, where(isNotNull(posts.id))))).toEqual(['FilteredLeftJoin'])
    expect(tagsOf(pipe(joined, where(not(eq(posts.title, 'x')))))).toEqual(['FilteredLeftJoin'])
    expect(tagsOf(pipe(joined, where(isNull(posts.id))))).toEqual([])
    expect(tagsOf(pipe(joined, where(eq(coalesce(posts.title, ''), 'x'))))).toEqual([])
    expect(tagsOf(pipe(joined, where(eq(users.name, 'x'))))).toEqual([])
  })

  it('[C19, INX12] finds `not in` of a query that may give null', () => {
    const bosses = pipe(from(users), select(users.bossId))
    expect(tagsOf(pipe(from(posts), where(not(pipe(posts.authorId, inQuery(bosses))))))).toEqual(['NotInNull'])
    expect(tagsOf(pipe(from(posts), where(pipe(posts.authorId, inQuery(bosses)))))).toEqual([])
    const all = pipe(from(users), select(users.id))
    expect(tagsOf(pipe(from(posts), where(not(pipe(posts.authorId, inQuery(all))))))).toEqual([])
  })
})
