// A relation is an open query: `given` closes or renames what it leaves free, and questions about it are EXISTS.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import { freeIn } from '../../../src/expr/children.js'
import { nodeOf } from '../../../src/expr/expr.js'
import { statementOf } from '../../../src/expr/query.js'
import type { QueryNode, StatementNode } from '../../../src/expr/query-node.js'
import { rewriteQuery } from '../../../src/expr/rewrite.js'
import { showStatement } from '../../../src/expr/show.js'
import {
  alias,
  and,
  any,
  type AnyQuery,
  distinct,
  eq,
  exists,
  from,
  given,
  groupBy,
  gt,
  has,
  include,
  integer,
  like,
  limit,
  lt,
  many,
  none,
  nullable,
  offset,
  one,
  optional,
  orderBy,
  primaryKey,
  select,
  table,
  text,
  varchar,
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

describe('given', () => {
  const shown = (q: AnyQuery) => showStatement(statement(q))

  it('a row closes the variable, wherever it is mentioned', () => {
    const row = { id: 7, name: 'ann', nick: null }
    const q = pipe(
      postsOf,
      select({ t: posts.title, n: users.name, all: users }),
      orderBy(users.id),
      where(exists(pipe(from(u), where(eq(u.id, users.id))))),
      given(users, row),
    )
    expect(freeIn(read(q)).size).toBe(0)
    expect(shown(q)).toContain('eq(posts.userId, 7)')
    expect(shown(q)).toContain('{ id: 7, name: "ann", nick: null }')
    expect(shown(q)).toContain('orderBy(asc(7))')
    expect(shown(q)).toContain('eq(u.id, 7)')
  })

  it('an alias renames it, and what is bound inside is renamed first', () => {
    expect(shown(pipe(postsOf, given(users, u)))).toBe(shown(pipe(from(posts), where(eq(posts.userId, u.id)))))
    const inside = pipe(from(posts), where(exists(pipe(from(u), where(and(eq(u.id, users.id), gt(u.id, posts.id)))))))
    expect(shown(pipe(inside, given(users, u)))).toContain('eq(u_1.id, u.id)')
    expect([...freeIn(read(pipe(inside, given(users, u))))]).toEqual(['u'])
  })

  it('changes what was said before it, not what is bound, and leaves the query alone', () => {
    const before = shown(postsOf)
    pipe(postsOf, given(users, u))
    expect(shown(postsOf)).toBe(before)
    const later = pipe(postsOf, given(users, u), where(eq(posts.id, users.id)))
    expect([...freeIn(read(later))].toSorted()).toEqual(['u', 'users'])
    const bound = pipe(from(posts), where(exists(pipe(from(users), where(lt(users.id, posts.id))))))
    const s = {
      name: 'users',
      column: () => nodeOf(u.id),
      source: null,
      mentions: new Set<string>(),
      param: null,
    } as unknown as Parameters<typeof rewriteQuery>[0]
    expect(rewriteQuery(s, read(bound))).toBe(read(bound))
  })
})

describe('relations', () => {
  it('any, has and none are EXISTS of the relation with one criterion more', () => {
    const shown = (q: AnyQuery) => showStatement(statement(q))
    const asked = (on: ReturnType<typeof any>) => shown(pipe(from(users), where(on as never)))
    expect(asked(any(postsOf))).toBe(asked(exists(postsOf) as never))
    expect(asked(has(postsOf, eq(posts.id, 1)))).toBe(asked(exists(pipe(postsOf, where(eq(posts.id, 1)))) as never))
    expect(asked(none(postsOf, pipe(posts.title, like('x'))))).toContain('not(exists(')
  })

  it('a criterion is about the rows that the relation gives: after a limit they are a source, groups are asked by having', () => {
    const asked = (relation: typeof postsOf) => any(relation, eq(posts.id, 1))
    for (const relation of [pipe(postsOf, limit(1)), pipe(postsOf, offset(1))])
      expect(asked(relation)).toMatchObject({
        _tag: 'Exists',
        query: { from: { _tag: 'DerivedSource' }, where: { left: { of: { _tag: 'DerivedSource' } } } },
      })
    expect(asked(pipe(postsOf, distinct))).toMatchObject({ query: { distinct: true, from: { _tag: 'TableSource' } } })
    expect(asked(pipe(postsOf, groupBy(posts.id)))).toMatchObject({ query: { having: { op: 'eq' } } })
  })

  it('a later include of one key replaces the one before', () => {
    const q = pipe(from(users), include({ a: many(postsOf), b: one(postsOf) }), include({ a: optional(postsOf) }))
    expect(statement(q)).toMatchObject({
      includes: [
        { key: 'b', relation: { cardinality: 'one' } },
        { key: 'a', relation: { cardinality: 'optional' } },
      ],
    })
  })
})
