// Queries of one shape are compiled once, and each run binds its own values, each in its own place.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import { makeCache } from '../../../src/compile/cache.js'
import { statementOf } from '../../../src/expr/query.js'
import { factsOf } from '../../../src/expr/query-facts.js'
import {
  add,
  alias,
  and,
  type AnyQuery,
  autoIncrement,
  between,
  coalesce,
  compile,
  concat,
  count,
  deleteFrom,
  desc,
  type Dialect,
  eq,
  everyRow,
  exists,
  from,
  groupBy,
  gt,
  having,
  include,
  inList,
  innerJoin,
  inQuery,
  insertInto,
  integer,
  isNotDistinctFrom,
  like,
  limit,
  literal,
  many,
  mariadbDialect,
  mul,
  mysqlDialect,
  nullable,
  offset,
  or,
  orderBy,
  param,
  postgresDialect,
  prepare,
  primaryKey,
  returning,
  scalar,
  select,
  set,
  sqliteDialect,
  startsWith,
  subquery,
  table,
  text,
  union,
  update,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text, age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, title: text })
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))

const dialects: ReadonlyArray<readonly [string, () => Dialect]> = [
  ['postgres', postgresDialect],
  ['mysql', mysqlDialect],
  ['mariadb', mariadbDialect],
  ['sqlite', sqliteDialect],
]

const first = (dialect: Dialect, query: AnyQuery) => {
  const load = compile(dialect)(query as never)
  if (E.isLeft(load)) throw new Error(`${load.left._tag}: ${load.left.message}`)
  if (load.right._tag === 'Done') throw new Error('nothing is sent')
  return load.right.statement
}
const parameters = (dialect: Dialect, query: AnyQuery): ReadonlyArray<string> =>
  first(dialect, query).parameters.map((wire) => String(wire))

describe.each(dialects)('the cache of %s', (_, make) => {
  it('1,000 queries built with other values are one compilation', () => {
    const dialect = make()
    const texts = new Set<string>()
    for (let i = 0; i < 1_000; i++) {
      const q = pipe(
        from(users),
        innerJoin(posts, and(eq(posts.userId, users.id), gt(posts.id, i))),
        where(or(eq(users.name, `n${i}`), pipe(users.name, like(`%${i}`)), pipe(users.age, between(i, i + 1)))),
        groupBy(users.id),
        having(gt(count(), i)),
        select({ name: users.name, plus: add(coalesce(users.age, i), 1) }),
        orderBy(desc(users.name)),
        limit(i),
        offset(i * 2),
      )
      const statement = first(dialect, q)
      texts.add(statement.sql)
      const given = statement.parameters.map(String)
      expect(given).toContain(`n${i}`)
      expect(given).toContain(`%${i}`)
      expect(given.at(-1)).toBe(String(i * 2))
    }
    expect(dialect.cache.compilations()).toBe(1)
    expect(texts.size).toBe(1)
  })

  it('so with includes, queries inside, set operations and writes', () => {
    const dialect = make()
    const builders: ReadonlyArray<(i: number) => AnyQuery> = [
      (i) =>
        pipe(
          from(users),
          where(eq(users.id, i)),
          include({
            posts: many(
              pipe(
                postsOf,
                where(gt(posts.id, i)),
                include({
                  again: many(pipe(from(users), where(and(eq(users.id, posts.userId), eq(users.name, `x${i}`))))),
                }),
              ),
            ),
          }),
        ),
      (i) => pipe(from(users), where(exists(pipe(postsOf, where(eq(posts.title, `t${i}`)))))),
      (i) =>
        pipe(
          from(users),
          where(pipe(users.id, inQuery(pipe(from(posts), where(gt(posts.id, i)), select(posts.userId))))),
        ),
      (i) =>
        pipe(
          from(users),
          select({ n: scalar(pipe(postsOf, where(gt(posts.id, i)), select(count()))), i: literal(i, integer) }),
        ),
      (i) => pipe(from(users), where(eq(users.id, i)), union(pipe(from(users), where(eq(users.id, i + 1)))), limit(i)),
      (i) => {
        const d = pipe(from(posts), where(gt(posts.id, i)), limit(i), subquery('d'))
        return pipe(from(d), where(eq(d.title, `x${i}`)))
      },
      (i) => pipe(update(users), set({ name: `n${i}`, age: add(users.age, i) }), where(eq(users.id, i))),
      (i) => pipe(deleteFrom(users), where(eq(users.id, i))),
      (i) => insertInto(users)([{ name: `n${i}`, age: i }, { name: `m${i}` }]),
    ]
    for (const [n, build] of builders.entries()) {
      for (let i = 0; i < 50; i++) first(dialect, build(i))
      expect(dialect.cache.compilations(), String(build)).toBe(n + 1)
    }
  })

  it('lists of 1 to 1,024 values are few texts, and of more one or a few', () => {
    const dialect = make()
    for (let n = 1; n <= 1_024; n++)
      first(dialect, pipe(from(users), where(pipe(users.id, inList(Array.from({ length: n }, (__, i) => i))))))
    expect(dialect.cache.compilations()).toBeLessThanOrEqual(11)
    const list = pipe(from(users), where(pipe(users.id, inList([3, 4, 5]))))
    const wires = parameters(dialect, list)
    expect(wires).toEqual(dialect.name === 'postgres' ? ['{"3","4","5"}'] : ['3', '4', '5', '5'])
  })

  it('null and values share a text where null may stand', () => {
    const dialect = make()
    first(dialect, pipe(update(users), set({ age: 5 }), everyRow))
    first(dialect, pipe(update(users), set({ age: null }), everyRow))
    first(dialect, insertInto(users)({ name: 'x' }))
    first(dialect, insertInto(users)({ name: 'x', age: 7 }))
    expect(dialect.cache.compilations()).toBe(2)
  })

  it('a node used twice and two nodes in its place bind each their own, whichever came first', () => {
    const twice = (x: number) => {
      const p = eq(users.age, x)
      return pipe(from(users), where(or(p, and(gt(users.id, 0), p), p)))
    }
    const apart = (x: number, y: number, z: number) =>
      pipe(from(users), where(or(eq(users.age, x), and(gt(users.id, 0), eq(users.age, y)), eq(users.age, z))))
    const forward = make()
    expect(parameters(forward, twice(5))).toEqual(['5', '0', '5', '5'])
    expect(parameters(forward, apart(6, 7, 8))).toEqual(['6', '0', '7', '8'])
    expect(parameters(forward, twice(9))).toEqual(['9', '0', '9', '9'])
    expect(forward.cache.compilations()).toBe(1)
    const backward = make()
    expect(parameters(backward, apart(6, 7, 8))).toEqual(['6', '0', '7', '8'])
    expect(parameters(backward, twice(5))).toEqual(['5', '0', '5', '5'])
    expect(backward.cache.compilations()).toBe(1)
  })

  it('so for a query used twice, a parameter used as value and limit, and a derived table joined twice', () => {
    const dialect = make()
    const inner = (x: string) => pipe(postsOf, where(eq(posts.title, x)))
    const both = (a: string, b: string) => pipe(from(users), where(and(exists(inner(a)), exists(inner(b)))))
    const shared = (a: string) => {
      const q = inner(a)
      return pipe(from(users), where(and(exists(q), exists(q))))
    }
    expect(parameters(dialect, shared('x'))).toEqual(['x', 'x'])
    expect(parameters(dialect, both('y', 'z'))).toEqual(['y', 'z'])
    const n = literal(2, integer)
    expect(parameters(dialect, pipe(from(users), where(eq(users.id, n)), limit(n), offset(n)))).toEqual(['2', '2', '2'])
    expect(
      parameters(
        dialect,
        pipe(from(users), where(eq(users.id, 3)), limit(literal(4, integer)), offset(literal(5, integer))),
      ),
    ).toEqual(['3', '4', '5'])
    const joined = (x: number) => {
      const d = pipe(from(posts), where(gt(posts.id, x)), subquery('d'))
      const e = pipe(d, alias('e'))
      return pipe(from(d), innerJoin(e, and(eq(e.id, d.id), gt(e.id, x + 1))))
    }
    expect(parameters(dialect, joined(10)).toSorted()).toEqual(['10', '10', '11'])
    expect(parameters(dialect, joined(20)).toSorted()).toEqual(['20', '20', '21'])
    const row = { name: literal('same', text), age: add(literal(1, integer), 1) }
    expect(parameters(dialect, insertInto(users)([row, row])).filter((x) => x === 'same')).toHaveLength(2)
    expect(
      parameters(
        dialect,
        insertInto(users)([
          { name: literal('a', text), age: add(literal(1, integer), 3) },
          { name: literal('b', text), age: add(literal(2, integer), 4) },
        ]),
      ),
    ).toEqual(['a', '1', '3', 'b', '2', '4'])
  })

  it('which outputs repeat a group decides about the text, the values do not', () => {
    const dialect = make()
    const q = (a: number, b: number, c: number) =>
      pipe(from(users), groupBy(add(users.age, a)), select({ x: add(users.age, b), y: mul(add(users.age, c), 2) }))
    expect(E.isRight(compile(dialect)(q(1, 1, 1)))).toBe(true)
    expect(compile(dialect)(q(1, 2, 1))).toMatchObject({ left: { _tag: 'Ungrouped' } })
    expect(compile(dialect)(q(1, 1, 2))).toMatchObject({ left: { _tag: 'Ungrouped' } })
    expect(E.isRight(compile(dialect)(q(2, 2, 2)))).toBe(true)
    expect(compile(dialect)(q(3, 2, 2))).toMatchObject({ left: { _tag: 'Ungrouped' } })
    expect(dialect.cache.compilations()).toBe(4)
  })

  it('a prepared statement is compiled once, and each run binds what it is given', () => {
    const dialect = make()
    const byName = prepare(dialect)(
      pipe(
        from(users),
        where(
          or(
            eq(users.name, param('name', text)),
            eq(users.name, param('name', text)),
            eq(users.age, param('age', integer)),
          ),
        ),
      ),
    )
    for (let i = 0; i < 100; i++) {
      const load = byName({ name: `n${i}`, age: i })
      expect(E.isRight(load) && load.right._tag === 'Step' && load.right.statement.parameters.map(String)).toEqual([
        `n${i}`,
        `n${i}`,
        String(i),
      ])
    }
    expect(dialect.cache.compilations()).toBe(1)
    for (const values of [
      {},
      { name: 'x' },
      { name: 'x', age: undefined },
      { name: 'x', age: null },
      { name: 'x', age: '5' },
      Object.create({ name: 'x', age: 5 }) as object,
    ])
      expect(byName(values as Record<string, unknown>)).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })

  it('what differs in the tables is not one: a key, an automatic column, a type, a name in the database', () => {
    const dialect = make()
    const tables = [
      table('t', { id: integer, n: integer }),
      table('t', { id: pipe(integer, primaryKey), n: integer }),
      table('t', { id: pipe(integer, primaryKey, autoIncrement), n: integer }),
      table('t', { id: pipe(integer, primaryKey), n: pipe(integer, nullable) }),
    ]
    const texts = tables.map((t) => {
      const load = compile(dialect)(pipe(from(t), groupBy(t.id), select({ id: t.id, n: t.n })))
      return E.isLeft(load) ? load.left._tag : 'Right'
    })
    expect(texts).toEqual(['Ungrouped', 'Right', 'Right', 'Right'])
    expect(dialect.cache.compilations()).toBe(4)
    const insert = tables.map((t) => {
      const load = compile(dialect)(pipe(insertInto(t)({ n: 1 } as never), returning({ n: t.n })))
      return E.isLeft(load) ? load.left._tag : 'Right'
    })
    expect(insert[2]).toBe('Right')
    expect(insert[0]).toBe(dialect.name === 'mysql' ? 'Unsupported' : 'Right')
  })

  it('is bounded, and forgets what was not asked for longest', () => {
    const dialect = make()
    const small = makeCache(10)
    const q = (i: number) => statementOf(pipe(from(pipe(users, alias(`u${i}`))), limit(1))) ?? never()
    const keep = q(0)
    for (let i = 0; i < 100; i++) {
      small.get(q(i), () => i)
      expect(small.get(keep, () => -1)).toBe(0)
    }
    expect(small.size()).toBe(10)
    expect(small.compilations()).toBe(100)
    expect(dialect.cache.size()).toBe(0)
  })
})

const never = (): never => {
  throw new Error('no query')
}

it('two queries whose shapes collide each get their own text', () => {
  const seen = new Map<number, number>()
  const query = (i: number) => {
    const u = pipe(users, alias(`alias ${i}`))
    return pipe(from(u), where(eq(u.id, 1)), select({ [`output ${i}`]: u.id }))
  }
  const shapeOf = (q: AnyQuery): number => factsOf(statementOf(q) ?? never()).shape
  let pair: readonly [number, number] | null = null
  for (let i = 0; pair === null && i < 400_000; i++) {
    const shape = shapeOf(query(i))
    const before = seen.get(shape)
    if (before !== undefined) pair = [before, i]
    seen.set(shape, i)
  }
  if (pair === null) throw new Error('no collision among 400,000 shapes: take more')
  const [a, b] = [query(pair[0]), query(pair[1])]
  expect(shapeOf(a)).toBe(shapeOf(b))
  const dialect = sqliteDialect()
  for (const [q, i] of [
    [a, pair[0]],
    [b, pair[1]],
    [a, pair[0]],
    [b, pair[1]],
  ] as const) {
    const load = compile(dialect)(q as never)
    const rows =
      E.isRight(load) && load.right._tag === 'Step'
        ? load.right.next({ rows: [[7]], affected: 0, insertId: null })
        : null
    expect(rows).toMatchObject({ right: { value: { rows: [{ [`output ${i}`]: 7 }] } } })
  }
  expect(dialect.cache.compilations()).toBe(4)
})

it('clauses said in another order are one shape', () => {
  const dialect = sqliteDialect()
  first(dialect, pipe(from(users), where(eq(users.id, 1)), limit(1), orderBy(users.id), select(users.name)))
  first(dialect, pipe(from(users), select(users.name), orderBy(users.id), where(eq(users.id, 2)), limit(3)))
  expect(dialect.cache.compilations()).toBe(1)
})

it.each(dialects)('no value ever stands in the text of %s', (_, make) => {
  const dialect = make()
  const word = 'q7XvK2nonce'
  const number = 918273645
  const everywhere = pipe(
    from(users),
    innerJoin(posts, and(eq(posts.title, word), gt(posts.id, number))),
    where(
      or(
        eq(users.name, word),
        pipe(users.name, like(`${word}%`)),
        pipe(users.name, startsWith(word)),
        pipe(users.name, inList([word, word])),
        pipe(users.name, inList(Array.from({ length: 1500 }, () => word))),
        pipe(users.age, between(number, number)),
        isNotDistinctFrom(users.age, number),
        eq(concat(users.name, word), word),
        exists(pipe(postsOf, where(eq(posts.title, word)), limit(number))),
      ),
    ),
    groupBy(add(users.age, number)),
    having(gt(count(), number)),
    select({ [word.toLowerCase()]: add(users.age, number), n: literal(word, text) }),
    orderBy(desc(add(users.age, number))),
    limit(number),
    offset(number),
  )
  const queries: ReadonlyArray<AnyQuery> = [
    everywhere,
    pipe(
      from(users),
      select({ [word]: users.id }),
      union(pipe(from(users), where(eq(users.id, number)), select({ [word]: users.id }))),
      orderBy((row) => [row[word] as never]),
      limit(number),
    ),
    pipe(from(pipe(users, alias(word))), limit(1)),
    pipe(insertInto(users)([{ name: word, age: number }]), returning({ [word]: users.name })),
    pipe(update(users), set({ name: word, age: number }), where(eq(users.id, number))),
    pipe(deleteFrom(users), where(eq(users.name, word))),
  ]
  for (const query of queries) {
    const load = compile(dialect)(query as never)
    if (E.isLeft(load)) {
      expect(load.left._tag).toBe('Unsupported')
      continue
    }
    const sql = load.right._tag === 'Step' ? load.right.statement.sql : ''
    expect(sql).not.toContain(word)
    expect(sql).not.toContain(String(number))
  }
})
