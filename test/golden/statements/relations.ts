/**
 * Relations: predicates, a row that closes one, and includes with the statements that follow.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  any,
  asc,
  count,
  desc,
  eq,
  from,
  given,
  groupBy,
  gt,
  has,
  include,
  limit,
  many,
  none,
  one,
  optional,
  orderBy,
  select,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, statements } from '../statement.js'
import { authorOf, posts, postsOf, users, words, wordsOf } from '../tables.js'

export const predicates: ReadonlyArray<GoldenStatement> = statements('relation', {
  any: (v) => pipe(from(users), where(any(postsOf, eq(posts.title, v.text())))),
  'any through a link': (v) => pipe(from(posts), where(any(wordsOf, eq(words.word, v.text())))),
  has: (v) => pipe(from(posts), where(has(authorOf, eq(users.name, v.text())))),
  none: () => pipe(from(users), where(none(postsOf))),
  'given a row': (v) =>
    pipe(
      postsOf,
      given(users, { id: v.integer(), name: 'unasked', fullname: null, age: null, active: true, bossId: null }),
      where(gt(posts.stars, v.integer())),
    ),
})

const ids = pipe(from(users), select({ id: users.id }))

/** The keys of the rows that the includes are asked for. */
export const includes: ReadonlyArray<GoldenStatement> = statements(
  'include',
  {
    many: () => pipe(ids, include({ posts: many(pipe(postsOf, select({ title: posts.title }))) })),
    'many, ordered and limited': (v) =>
      pipe(
        ids,
        include({
          posts: many(pipe(postsOf, orderBy(desc(posts.id)), limit(v.integer()), select({ title: posts.title }))),
        }),
      ),
    'many through a link': () =>
      pipe(
        from(posts),
        select({ id: posts.id }),
        include({ words: many(pipe(wordsOf, orderBy(asc(words.word)), select(words.word))) }),
      ),
    'many, filtered': (v) =>
      pipe(ids, include({ posts: many(pipe(postsOf, where(gt(posts.stars, v.integer())), select(posts.title))) })),
    'an aggregate of each': () => pipe(ids, include({ n: one(pipe(postsOf, select(count()))) })),
    'groups of each': () =>
      pipe(ids, include({ days: many(pipe(postsOf, groupBy(posts.day), select({ day: posts.day, n: count() }))) })),
    optional: () => pipe(ids, include({ post: optional(pipe(postsOf, select({ title: posts.title }))) })),
  },
  [[7_700_901], [7_700_902]],
)
