// A query is one value whatever the order of its clauses, and substitution changes nothing that it does not mean.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import { freeIn, hasAggregate, hasQuery, paramsOf } from '../../../src/expr/children.js'
import { nodeOf } from '../../../src/expr/expr.js'
import { canBeNull, outputsOf } from '../../../src/expr/outputs.js'
import { statementOf } from '../../../src/expr/query.js'
import { factsOf } from '../../../src/expr/query-facts.js'
import type { QueryNode, StatementNode } from '../../../src/expr/query-node.js'
import { withOwnParams } from '../../../src/expr/rewrite.js'
import { sameExpr, sameShape } from '../../../src/expr/same.js'
import { showStatement } from '../../../src/expr/show.js'
import {
  add,
  alias,
  and,
  type AnyQuery,
  coalesce,
  compile,
  concat,
  count,
  desc,
  distinct,
  eq,
  exists,
  from,
  groupBy,
  gt,
  having,
  include,
  inList,
  innerJoin,
  insertInto,
  integer,
  isNull,
  leftJoin,
  limit,
  literal,
  lower,
  many,
  nullable,
  nullsFirst,
  offset,
  one,
  optional,
  orderBy,
  param,
  present,
  primaryKey,
  scalar,
  select,
  set,
  sqliteDialect,
  subquery,
  sum,
  table,
  tablesOf,
  text,
  union,
  update,
  varchar,
  when,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, nick: pipe(varchar(5), nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, title: pipe(text, nullable) })
const u = pipe(users, alias('u'))
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))

const statement = (q: AnyQuery): StatementNode => {
  const node = statementOf(q)
  if (node === null) throw new Error('no query')
  return node
}
const read = (q: AnyQuery): QueryNode => statement(q) as QueryNode
const sqlOf = (q: AnyQuery): string => {
  const load = compile(sqliteDialect())(q as never)
  return load._tag === 'Right' && load.right._tag === 'Step' ? load.right.statement.sql : JSON.stringify(load)
}

describe('clauses', () => {
  const clauses = [
    where(gt(users.id, 1)),
    orderBy(desc(users.id)),
    limit(2),
    offset(3),
    select({ id: users.id, n: count() }),
    groupBy(users.id),
    having(gt(count(), 1)),
    distinct,
  ] as unknown as ReadonlyArray<(q: unknown) => AnyQuery>

  it('of different kinds commute', () => {
    const all = (order: ReadonlyArray<number>): AnyQuery =>
      order.reduce<AnyQuery>((q, i) => clauses[i]?.(q) ?? q, from(users))
    const forward = all([0, 1, 2, 3, 4, 5, 6, 7])
    for (const order of [
      [7, 6, 5, 4, 3, 2, 1, 0],
      [3, 1, 4, 7, 5, 2, 6, 0],
      [4, 5, 6, 7, 0, 1, 2, 3],
    ]) {
      expect(showStatement(statement(all(order)))).toBe(showStatement(statement(forward)))
      expect(factsOf(statement(all(order))).shape).toBe(factsOf(statement(forward)).shape)
      expect(sqlOf(all(order))).toBe(sqlOf(forward))
    }
  })

  it('of one kind append, join by AND, or replace', () => {
    const q = pipe(
      from(users),
      where(eq(users.id, 1)),
      where(eq(users.id, 2)),
      orderBy(users.id),
      orderBy(users.name),
      limit(1),
      limit(9),
      offset(1),
      offset(2),
      select(users.id),
      select(users.name),
    )
    expect(showStatement(statement(q))).toBe(
      'pipe(from(users), where(and(eq(users.id, 1), eq(users.id, 2))), select(users.name), orderBy(asc(users.id), asc(users.name)), limit(9), offset(2))',
    )
  })

  it('`when` leaves a query as it is, or not', () => {
    const q = from(users)
    expect(pipe(q, when(false, where(eq(users.id, 1))))).toBe(q)
    expect(showStatement(statement(pipe(q, when(true, where(eq(users.id, 1))))))).toContain('where')
  })

  it('no step changes the query before it', () => {
    const q = pipe(from(users), where(eq(users.id, 1)))
    const before = showStatement(statement(q))
    pipe(q, where(eq(users.id, 2)), limit(1), orderBy(users.id), include({ posts: many(postsOf) }))
    pipe(q, union(q), limit(5))
    expect(showStatement(statement(q))).toBe(before)
  })
})

describe('outputs', () => {
  it('know their types and which of them can be null', () => {
    const q = pipe(
      from(users),
      leftJoin(posts, eq(posts.userId, users.id)),
      select({
        id: users.id,
        post: posts.id,
        nick: coalesce(users.nick, 'a long one'),
        n: add(posts.id, 1),
        f: lower(users.name),
        is: isNull(posts.id),
      }),
    )
    expect(outputsOf(read(q)).map((o) => [o.key, o.type.id, o.nullable])).toEqual([
      ['id', 'Integer', false],
      ['post', 'Integer', true],
      ['nick', 'Text', false],
      ['n', 'Integer', true],
      ['f', 'Text', false],
      ['is', 'Boolean', false],
    ])
    expect(outputsOf(read(pipe(q, present(posts)))).map((o) => o.nullable)).toEqual([
      false,
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('of a union hold both sides', () => {
    const q = pipe(from(users), select({ x: users.nick }), union(pipe(from(posts), select({ x: posts.title }))))
    expect(outputsOf(read(q))).toMatchObject([{ key: 'x', type: { id: 'Text' }, nullable: true }])
  })

  it('canBeNull is never false where there may be a null', () => {
    const absent = new Set(['posts'])
    const maybe = (e: Parameters<typeof nodeOf>[0]) => canBeNull(nodeOf(e), absent)
    expect(
      [
        posts.id,
        add(users.id, posts.id),
        concat(users.name, posts.title),
        scalar(pipe(from(users), select(users.id))),
        sum(users.id),
      ].map(maybe),
    ).toEqual([true, true, true, true, true])
    expect(
      [
        users.id,
        isNull(posts.id),
        count(),
        exists(postsOf),
        coalesce(posts.id, 1),
        and(),
        pipe(users.id, inList([1])),
      ].map(maybe),
    ).toEqual([false, false, false, false, false, false, false])
  })
})

describe('walks', () => {
  it('find what is free, lexically', () => {
    expect([...freeIn(read(postsOf))]).toEqual(['users'])
    expect([...freeIn(read(pipe(from(users), where(exists(postsOf)))))]).toEqual([])
    expect([...freeIn(read(pipe(from(posts), select({ posts, users }))))]).toEqual(['users'])
    expect([
      ...freeIn(
        read(pipe(from(posts), where(exists(pipe(from(u), where(and(eq(u.id, users.id), eq(u.id, posts.id)))))))),
      ),
    ]).toEqual(['users'])
    const nested = pipe(
      from(posts),
      include({ by: one(pipe(from(u), where(and(eq(u.id, posts.userId), eq(u.id, users.id))))) }),
    )
    expect([...freeIn(read(nested))]).toEqual(['users'])
  })

  it('find aggregates and queries, not those inside', () => {
    expect(hasAggregate(nodeOf(add(count(), 1)))).toBe(true)
    expect(hasAggregate(nodeOf(scalar(pipe(from(users), select(count())))))).toBe(false)
    expect(hasQuery(nodeOf(add(count(), 1)))).toBe(false)
    expect(hasQuery(nodeOf(and(eq(users.id, 1), exists(postsOf))))).toBe(true)
  })

  it('list parameters in one order, as often as they stand', () => {
    const p = literal(7, integer)
    const q = pipe(
      from(users),
      select({ p, q: p }),
      where(and(eq(users.id, p), gt(users.id, param('x', integer)))),
      limit(9),
    )
    expect(paramsOf(statement(q)).map((n) => (n.kind._tag === 'Value' ? n.kind.value : n.kind._tag))).toEqual([
      7,
      7,
      7,
      'Hole',
      9,
    ])
    expect(factsOf(statement(q)).params).toBe(5)
    const own = withOwnParams(statement(q))
    expect(new Set(paramsOf(own)).size).toBe(5)
    expect(factsOf(own).shape).toBe(factsOf(statement(q)).shape)
    expect(sameShape(own, statement(q))).toBe(true)
    const write = pipe(update(users), set({ name: literal('x', text) }), where(eq(users.name, literal('x', text))))
    expect(showStatement(withOwnParams(statement(write)))).toBe(showStatement(statement(write)))
  })

  it('the tables of a statement are those of its queries inside, too', () => {
    const names = (q: AnyQuery) => {
      const { reads, writes } = tablesOf(q)
      return [reads.map((t) => t.name).toSorted(), writes.map((t) => t.name)]
    }
    expect(names(pipe(from(users), where(exists(postsOf))))).toEqual([['posts', 'users'], []])
    expect(names(pipe(from(users), include({ posts: many(postsOf) })))).toEqual([['posts', 'users'], []])
    expect(names(pipe(from(pipe(from(users), subquery('d'))), limit(1)))).toEqual([['users'], []])
    expect(names(pipe(from(u), union(from(u))))).toEqual([['users'], []])
    expect(
      names(
        pipe(
          update(users),
          set({ name: scalar(pipe(from(posts), select(coalesce(posts.title, 'x')), limit(1))) as never }),
        ),
      ),
    ).toEqual([['posts'], ['users']])
    expect(names(insertInto(users)({ id: 1, name: 'x' }))).toEqual([[], ['users']])
  })
})

describe('equality', () => {
  it('of shape leaves values out, of expressions does not', () => {
    const q = (x: number) => pipe(from(users), where(eq(users.id, x)), limit(x))
    expect(sameShape(statement(q(1)), statement(q(2)))).toBe(true)
    expect(sameExpr(nodeOf(eq(users.id, 1)), nodeOf(eq(users.id, 1)))).toBe(true)
    expect(sameExpr(nodeOf(eq(users.id, 1)), nodeOf(eq(users.id, 2)))).toBe(false)
    expect(sameExpr(nodeOf(eq(users.id, param('a', integer))), nodeOf(eq(users.id, param('a', integer))))).toBe(true)
    expect(sameExpr(nodeOf(eq(users.id, param('a', integer))), nodeOf(eq(users.id, param('b', integer))))).toBe(false)
    expect(sameExpr(nodeOf(users.id), nodeOf(u.id))).toBe(false)
    expect(
      sameExpr(nodeOf(exists(postsOf)), nodeOf(exists(pipe(from(posts), where(eq(posts.userId, users.id)))))),
    ).toBe(true)
  })

  it('of shape sees everything else', () => {
    const base = pipe(from(users), where(eq(users.id, 1)))
    const others: ReadonlyArray<AnyQuery> = [
      from(users),
      pipe(from(u), where(eq(u.id, 1))),
      pipe(from(users), where(gt(users.id, 1))),
      pipe(from(users), where(eq(users.name, '1'))),
      pipe(base, limit(1)),
      pipe(base, offset(1)),
      pipe(base, distinct),
      pipe(base, orderBy(users.id)),
      pipe(base, orderBy(desc(users.id))),
      pipe(base, orderBy(nullsFirst(users.id))),
      pipe(base, select(users.id)),
      pipe(base, select({ id: users.id })),
      pipe(base, select({ ID: users.id })),
      pipe(base, groupBy(users.id)),
      pipe(base, include({ posts: many(postsOf) })),
      pipe(base, include({ posts: optional(postsOf) })),
      pipe(base, include({ p: many(postsOf) })),
      pipe(base, innerJoin(posts, eq(posts.userId, users.id))),
      pipe(base, leftJoin(posts, eq(posts.userId, users.id))),
      pipe(base, leftJoin(posts, eq(posts.userId, users.id)), present(posts)),
      pipe(base, union(base)),
    ]
    const shapes = [base, ...others].map((q) => factsOf(statement(q)).shape)
    expect(new Set(shapes).size).toBe(shapes.length)
    for (const q of others) expect(sameShape(statement(base), statement(q))).toBe(false)
  })
})
