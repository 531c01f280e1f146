// Queries of one shape share one compilation, whatever their values are; what differs in shape does not.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  add,
  and,
  autoIncrement,
  compile,
  desc,
  type Dialect,
  eq,
  exists,
  from,
  groupBy,
  gt,
  include,
  inList,
  innerJoin,
  insertInto,
  integer,
  type Kind,
  limit,
  many,
  mariadbDialect,
  mysqlDialect,
  offset,
  orderBy,
  postgresDialect,
  primaryKey,
  type Query,
  references,
  select,
  sqliteDialect,
  table,
  update,
  set,
  text,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text, age: integer })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  title: text,
  authorId: pipe(integer, references(users.id)),
})
const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))

const dialects: ReadonlyArray<() => Dialect> = [postgresDialect, mysqlDialect, mariadbDialect, sqliteDialect]

/** Any query that runs. */
type Closed = Query<unknown, never, string, never, Kind>

/** The text and the parameters of the first statement. */
const first = (dialect: Dialect, query: Closed) => {
  const load = compile(dialect)(query)
  if (E.isLeft(load) || load.right._tag !== 'Step') throw new Error(JSON.stringify(load))
  return load.right.statement
}

describe.each(dialects.map((make) => [make().name, make] as const))('the cache of %s', (_, make) => {
  it('compiles a query built 1,000 times with other values once', () => {
    const dialect = make()
    const built = (n: number) =>
      pipe(
        from(users),
        innerJoin(posts, eq(posts.authorId, users.id)),
        where(and(eq(users.name, `user ${n}`), gt(users.age, n))),
        where(exists(pipe(postsOf, where(eq(posts.title, String(n)))))),
        select({ id: users.id, older: add(users.age, n) }),
        orderBy(desc(users.id)),
        limit(n),
        offset(n * 2),
        include({ posts: many(pipe(postsOf, where(gt(posts.id, n)))) }),
      )
    for (let n = 0; n < 1000; n++) expect(E.isRight(compile(dialect)(built(n)))).toBe(true)
    expect(dialect.cache.compilations()).toBe(1)
    expect(first(dialect, built(3)).sql).toBe(first(dialect, built(77)).sql)
  })

  it('compiles a write built 1,000 times with other values once', () => {
    const dialect = make()
    for (let n = 0; n < 1000; n++) {
      compile(dialect)(insertInto(users)({ name: `user ${n}`, age: n }))
      compile(dialect)(pipe(update(users), set({ age: add(users.age, n) }), where(eq(users.id, n))))
    }
    expect(dialect.cache.compilations()).toBe(2)
  })

  it('tells apart what differs in a name, an operator, a type or an output', () => {
    const dialect = make()
    const queries: ReadonlyArray<Closed> = [
      pipe(from(users), where(eq(users.id, 1))),
      pipe(from(users), where(gt(users.id, 1))),
      pipe(from(users), where(eq(users.age, 1))),
      pipe(from(users), where(eq(users.name, '1'))),
      pipe(from(users), where(eq(users.id, 1)), select({ id: users.id })),
      pipe(from(users), where(eq(users.id, 1)), select({ key: users.id })),
      pipe(from(users), where(eq(users.id, 1)), orderBy(users.id)),
      pipe(from(users), where(eq(users.id, 1)), orderBy(desc(users.id))),
    ]
    for (const query of queries) compile(dialect)(query)
    expect(dialect.cache.compilations()).toBe(queries.length)
  })

  it('binds each place by itself where one node stands in two places', () => {
    const dialect = make()
    const shared = eq(users.age, 5)
    const twice = first(dialect, pipe(from(users), where(and(shared, shared))))
    const different = first(dialect, pipe(from(users), where(and(eq(users.age, 6), eq(users.age, 7)))))
    expect(different.sql).toBe(twice.sql)
    expect(dialect.cache.compilations()).toBe(1)
    expect(twice.parameters.map(Number)).toEqual([5, 5])
    expect(different.parameters.map(Number)).toEqual([6, 7])
  })

  it('knows an output that a group repeats by its value', () => {
    const dialect = make()
    const grouped = (selected: number, by: number) =>
      pipe(from(users), groupBy(add(users.age, by)), select({ older: add(users.age, selected) }))
    expect(first(dialect, grouped(1, 1)).sql).toContain('GROUP BY 1')
    // The group is another expression now, so the output is not grouped.
    expect(compile(dialect)(grouped(1, 2))).toMatchObject({ left: { _tag: 'Ungrouped' } })
  })

  it('shares a list’s text up to the next power of two, or at any length', () => {
    const dialect = make()
    const listed = (n: number) =>
      first(dialect, pipe(from(users), where(pipe(users.id, inList(Array.from({ length: n }, (__, i) => i)))))).sql
    expect(listed(5)).toBe(listed(8))
    if (dialect.features.arrays) expect(listed(5)).toBe(listed(5000))
    else expect(listed(5)).not.toBe(listed(9))
    expect(listed(5000)).toBe(listed(5001))
  })

  it('forgets what was not asked for longest', () => {
    const dialect = { ...make(), cache: make().cache }
    for (let n = 0; n < 1500; n++) compile(dialect)(pipe(from(users), select({ [`n${n}`]: users.id })))
    expect(dialect.cache.size()).toBeLessThanOrEqual(1000)
  })
})
