/**
 * Joins, subqueries and set operations.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  alias,
  and,
  avg,
  count,
  crossJoin,
  desc,
  eq,
  except,
  exists,
  from,
  groupBy,
  gt,
  innerJoin,
  inQuery,
  intersect,
  isNull,
  leftJoin,
  limit,
  literal,
  lt,
  max,
  not,
  orderBy,
  present,
  scalar,
  select,
  subquery,
  text,
  union,
  unionAll,
  where,
} from '../../../src/index.js'
import { type GoldenStatement, type Markers, statements } from '../statement.js'
import { posts, postsOf, users, words } from '../tables.js'

const boss = pipe(users, alias('boss'))
const ofUser = eq(posts.authorId, users.id)

export const joins: ReadonlyArray<GoldenStatement> = statements('join', {
  innerJoin: () => pipe(from(users), innerJoin(posts, ofUser), select({ name: users.name, title: posts.title })),
  'innerJoin by more': (v) =>
    pipe(from(users), innerJoin(posts, and(ofUser, gt(posts.stars, v.integer()))), select(posts.title)),
  leftJoin: () => pipe(from(users), leftJoin(posts, ofUser), select({ user: users.name, title: posts.title })),
  'leftJoin, a whole table': () => pipe(from(users), leftJoin(posts, ofUser), select({ user: users, post: posts })),
  'leftJoin, then present': () => pipe(from(users), leftJoin(posts, ofUser), present(posts), select(posts.title)),
  'leftJoin, those without': () =>
    pipe(from(users), leftJoin(posts, ofUser), where(isNull(posts.id)), select(users.name)),
  crossJoin: () => pipe(from(users), crossJoin(words), select({ name: users.name, word: words.word })),
  'with itself': () =>
    pipe(from(users), leftJoin(boss, eq(boss.id, users.bossId)), select({ name: users.name, boss: boss.name })),
  'of three': (v) =>
    pipe(
      from(users),
      innerJoin(posts, ofUser),
      leftJoin(words, eq(words.word, posts.title)),
      where(gt(posts.stars, v.integer())),
      select({ name: users.name, word: words.word }),
    ),
})

export const subqueries: ReadonlyArray<GoldenStatement> = statements('subquery', {
  exists: () => pipe(from(users), where(exists(postsOf)), select(users.name)),
  'not exists': () => pipe(from(users), where(not(exists(postsOf))), select(users.name)),
  'exists by more': (v) =>
    pipe(from(users), where(exists(pipe(postsOf, where(gt(posts.stars, v.integer()))))), select(users.name)),
  inQuery: (v) =>
    pipe(
      from(users),
      where(pipe(users.id, inQuery(pipe(from(posts), where(gt(posts.stars, v.integer())), select(posts.authorId))))),
    ),
  'not inQuery': () =>
    pipe(from(users), where(not(pipe(users.id, inQuery(pipe(from(posts), select(posts.authorId))))))),
  scalar: () => pipe(from(users), select({ name: users.name, n: scalar(pipe(postsOf, select(count()))) })),
  'scalar in where': (v) =>
    pipe(
      from(users),
      where(lt(users.age, scalar(pipe(from(posts), where(gt(posts.stars, v.integer())), select(avg(posts.stars)))))),
    ),
  'scalar in order by': () =>
    pipe(from(users), orderBy(desc(scalar(pipe(postsOf, select(max(posts.stars)))))), select(users.name)),
  'a derived table': (v) => {
    const best = pipe(
      from(posts),
      groupBy(posts.authorId),
      select({ by: posts.authorId, most: max(posts.stars) }),
      subquery('best'),
    )
    return pipe(
      from(users),
      innerJoin(best, eq(best.by, users.id)),
      where(gt(best.most, v.integer())),
      select({ name: users.name, most: best.most }),
    )
  },
  'filtered after a limit': (v) => {
    const latest = pipe(from(posts), orderBy(desc(posts.id)), limit(v.integer()), subquery('latest'))
    return pipe(from(latest), where(gt(latest.stars, v.integer())), select(latest.title))
  },
  'a derived table, outer-joined whole': (v) => {
    const starred = pipe(
      from(posts),
      where(gt(posts.stars, v.integer())),
      select({ by: posts.authorId, stars: posts.stars }),
      subquery('starred'),
    )
    return pipe(from(users), leftJoin(starred, eq(starred.by, users.id)), select({ name: users.name, post: starred }))
  },
})

const names = pipe(from(users), select({ name: users.name }))
const titles = (v: Markers) => pipe(from(posts), where(gt(posts.stars, v.integer())), select({ name: posts.title }))

export const setOperations: ReadonlyArray<GoldenStatement> = statements('set operation', {
  union: (v) => pipe(names, union(titles(v))),
  unionAll: (v) => pipe(names, unionAll(titles(v))),
  intersect: (v) => pipe(names, intersect(titles(v))),
  except: (v) => pipe(names, except(titles(v))),
  'of three': (v) => pipe(names, union(titles(v)), except(titles(v))),
  'on the right': (v) => pipe(names, union(pipe(names, except(titles(v))))),
  'ordered and limited': (v) =>
    pipe(
      names,
      unionAll(titles(v)),
      orderBy((row) => [desc(row.name)]),
      limit(v.integer()),
    ),
  'each side with its own limit': (v) =>
    pipe(
      pipe(names, orderBy(users.id), limit(v.integer())),
      unionAll(pipe(titles(v), orderBy(posts.id), limit(v.integer()))),
    ),
  'with a constant': (v) =>
    pipe(
      from(users),
      select({ name: users.name, kind: literal(v.text(), text) }),
      unionAll(pipe(from(posts), select({ name: posts.title, kind: literal(v.text(), text) }))),
    ),
  'as a derived table': (v) => {
    const people = pipe(names, union(titles(v)), subquery('people'))
    return pipe(from(people), where(gt(people.name, v.text())), select(people.name))
  },
})
