// Queries that mean the same have the same rows: the laws of logic and of clauses.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  boolean,
  count,
  desc,
  distinct,
  eq,
  from,
  include,
  isNull,
  limit,
  literal,
  many,
  not,
  nullable,
  offset,
  or,
  orderBy,
  select,
  subquery,
  where,
} from 'relvar'
import { evaluate, interpret } from 'relvar/memory'
import {} from 'relvar/testing'
import { expect, test } from 'vitest'
import { byId, data, expectBag, expectRows, expectSame, kept, onUsers, type OnUsers, rowsOf, runs } from './laws.js'
import { posts, showRows, users } from './world.js'

// -- where ------------------------------------------------------------------------------------------------------------

test('[property 12] where twice is and, in either order; of true it is nothing, of false it is empty', () => {
  fc.assert(
    fc.property(data, onUsers, onUsers, (tables, a, b) => {
      const both = rowsOf(tables, kept(and(a, b)))
      expectRows(rowsOf(tables, pipe(from(users), where(a), where(b), byId)), both)
      expectRows(rowsOf(tables, pipe(from(users), where(b), where(a), byId)), both)
      expectRows(rowsOf(tables, kept(and())), rowsOf(tables, pipe(from(users), byId)))
      expectRows(rowsOf(tables, kept(or())), [])
    }),
    runs,
  )
})

test('[property 13] the laws of three-valued logic', () => {
  fc.assert(
    fc.property(data, onUsers, onUsers, onUsers, (tables, a, b, c) => {
      expectSame(tables, not(and(a, b)), or(not(a), not(b)))
      expectSame(tables, not(or(a, b)), and(not(a), not(b)))
      expectSame(tables, not(not(a)), a)
      expectSame(tables, and(a, b), and(b, a))
      expectSame(tables, or(a, b), or(b, a))
      expectSame(tables, and(a, or(a, b)), a)
      expectSame(tables, or(a, and(a, b)), a)
      expectSame(tables, and(a, or(b, c)), or(and(a, b), and(a, c)))
      expectSame(tables, or(a, and(b, c)), and(or(a, b), or(a, c)))
    }),
    runs,
  )
})

test('[property 13] the excluded middle is not known of null', () => {
  const unknown = literal<boolean | null>(null, pipe(boolean, nullable))
  expect(evaluate(or(unknown, not(unknown)))({})).toEqual(E.right(null))
})

test('[property 14] each row is where the criterion holds, or its negation, or neither is known', () => {
  fc.assert(
    fc.property(data, onUsers, (tables, p) => {
      const parts = [p, not(p), isNull(p)].flatMap((on) => rowsOf(tables, kept(on)))
      expectBag(parts, rowsOf(tables, from(users)))
    }),
    runs,
  )
})

test('[property 15] as many rows are kept as the criterion is true of', () => {
  fc.assert(
    fc.property(data, onUsers, (tables, p) => {
      const truths = rowsOf(tables, pipe(from(users), select(p)))
      expectRows(rowsOf(tables, pipe(from(users), where(p), select(count()))), [
        truths.filter((t) => t === true).length,
      ])
    }),
    runs,
  )
})

test('[property 17] a criterion that is true of a row keeps it', () => {
  fc.assert(
    fc.property(data, onUsers, (tables, p) => {
      const rows = interpret(pipe(from(users), select({ id: users.id, p })))(tables)
      fc.pre(E.isRight(rows))
      const id = E.isRight(rows) ? (rows.right.find((row) => row.p === true)?.id ?? null) : null
      fc.pre(id !== null)
      expect(rowsOf(tables, pipe(from(users), where(p), where(eq(users.id, id ?? 0))))).toHaveLength(1)
    }),
    runs,
  )
})

// -- clauses ----------------------------------------------------------------------------------------------------------

test('[property 18] clauses of different kinds commute, and the last of one kind stands', () => {
  const clauses = (on: OnUsers, n: number, m: number) => {
    const [w, l, o, s] = [where(on), limit(n), offset(m), select({ id: users.id, name: users.name })]
    const included = include({ posts: many(pipe(from(posts), where(eq(posts.authorId, users.id)), orderBy(posts.id))) })
    return [
      pipe(from(users), w, byId, l, o, s, included),
      pipe(from(users), s, o, included, l, byId, w),
      pipe(from(users), l, w, s, byId, included, o),
      pipe(from(users), included, byId, select({ name: users.name }), w, o, limit(0), l, s),
    ] as const
  }
  fc.assert(
    fc.property(data, onUsers, fc.nat(4), fc.nat(3), (tables, on, n, m) => {
      const [first, ...others] = clauses(on, n, m)
      for (const other of others) expectRows(rowsOf(tables, other), rowsOf(tables, first))
    }),
    runs,
  )
})

test('[property 20] limit and offset are a slice of a total order', () => {
  fc.assert(
    fc.property(data, fc.nat(4), fc.nat(4), (tables, n, m) => {
      const ordered = pipe(from(users), orderBy(desc(users.age), users.id))
      const all = rowsOf(tables, ordered)
      expectRows(rowsOf(tables, pipe(ordered, limit(n), offset(m))), all.slice(m, m + n))
      const later = pipe(ordered, limit(n), subquery('first'))
      expectBag(rowsOf(tables, from(later)), all.slice(0, n))
    }),
    runs,
  )
})

test('[property 22] distinct twice is distinct, and each row once', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const ages = pipe(from(users), select({ age: users.age, ok: users.ok }))
      const once = rowsOf(tables, pipe(ages, distinct))
      expectBag(rowsOf(tables, pipe(ages, distinct, distinct)), once)
      expectBag(rowsOf(tables, pipe(from(pipe(ages, distinct, subquery('d'))), distinct)), once)
      expect(new Set(once.map(showRows)).size).toBe(once.length)
    }),
    runs,
  )
})
