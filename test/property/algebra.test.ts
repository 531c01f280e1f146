// Queries that mean the same have the same rows: the laws of clauses, logic, joins, sets and aggregates.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  and,
  boolean,
  type ClosedQuery,
  count,
  crossJoin,
  desc,
  distinct,
  eq,
  except,
  exists,
  type Expr,
  from,
  given,
  groupBy,
  include,
  inList,
  innerJoin,
  inQuery,
  intersect,
  isNotNull,
  isNull,
  leftJoin,
  limit,
  literal,
  many,
  max,
  none,
  not,
  notInList,
  nullable,
  offset,
  or,
  orderBy,
  present,
  type Query,
  select,
  subquery,
  sum,
  union,
  unionAll,
  where,
} from 'relvar'
import { evaluate, interpret, rowsIn, type Tables } from 'relvar/memory'
import { contents, criterion } from 'relvar/testing'
import { expect, test } from 'vitest'
import { asked, posts, sameBag, sameRows, showRows, users } from './world.js'

const runs = { seed: 20261121, numRuns: 200 }

const data = contents(asked)
const onUsers = criterion(users, asked)
type OnUsers = Expr<boolean | null, 'users', 'users'>
const byId = orderBy(users.id)

/** The rows of a query; what has no rows because a number is too large is drawn anew. */
const rowsOf = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  tables: Tables,
  q: Query<P, S, O, F, K> & ClosedQuery<F>,
): ReadonlyArray<unknown> => {
  const rows = interpret(q)(tables)
  if (E.isRight(rows)) return rows.right
  fc.pre(rows.left._tag !== 'Overflow')
  throw new Error(`${rows.left._tag}: ${rows.left.message}`)
}

const expectBag = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameBag(a, b)) expect(showRows(a)).toBe(showRows(b))
}
const expectRows = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameRows(a, b)) expect(showRows(a)).toBe(showRows(b))
}

const kept = (on: OnUsers) => pipe(from(users), where(on), byId)

/** Two criteria keep the same rows, and leave the same rows unknown. */
const expectSame = (tables: Tables, a: OnUsers, b: OnUsers): void => {
  const truths = (on: OnUsers) => rowsOf(tables, pipe(from(users), byId, select(on)))
  expectRows(truths(a), truths(b))
}

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

// -- joins ------------------------------------------------------------------------------------------------------------

const author = eq(posts.authorId, users.id)

test('[property 19] a join is a product that is filtered, either way round', () => {
  fc.assert(
    fc.property(data, onUsers, (tables, p) => {
      const row = select({ users, posts })
      const inner = rowsOf(tables, pipe(from(users), innerJoin(posts, and(author, p)), row))
      expectBag(rowsOf(tables, pipe(from(users), crossJoin(posts), where(and(author, p)), row)), inner)
      expectBag(rowsOf(tables, pipe(from(posts), innerJoin(users, and(author, p)), row)), inner)
    }),
    runs,
  )
})

test('[property 19] a left join is the inner join, and the rows that nothing matches beside an absent row', () => {
  fc.assert(
    fc.property(data, onUsers, (tables, p) => {
      const on = and(author, p)
      const row = select({ users, posts })
      const left = pipe(from(users), leftJoin(posts, on), row)
      const inner = rowsOf(tables, pipe(from(users), innerJoin(posts, on), row))
      const alone = rowsOf(tables, pipe(from(users), where(none(pipe(from(posts), where(on))))))
      expectBag(rowsOf(tables, left), [...inner, ...alone.map((u) => ({ users: u, posts: null }))])
      expectBag(rowsOf(tables, pipe(left, present(posts))), inner)
    }),
    runs,
  )
})

// -- sets -------------------------------------------------------------------------------------------------------------

const flat = (on: OnUsers) => pipe(from(users), where(on), select({ age: users.age, name: users.name }))

test('[property 21] union commutes and associates; it is unionAll, each row once', () => {
  fc.assert(
    fc.property(data, onUsers, onUsers, onUsers, (tables, p, q, r) => {
      const [a, b, c] = [flat(p), flat(q), flat(r)]
      expectBag(rowsOf(tables, pipe(a, union(b))), rowsOf(tables, pipe(b, union(a))))
      expectBag(rowsOf(tables, pipe(a, union(b), union(c))), rowsOf(tables, pipe(a, union(pipe(b, union(c))))))
      expectBag(
        rowsOf(tables, pipe(from(pipe(a, unionAll(b), subquery('both'))), distinct)),
        rowsOf(tables, pipe(a, union(b))),
      )
    }),
    runs,
  )
})

test('[property 21] intersect and except divide the rows, each once', () => {
  fc.assert(
    fc.property(data, onUsers, onUsers, (tables, p, q) => {
      const [a, b] = [flat(p), flat(q)]
      const parts = [...rowsOf(tables, pipe(a, intersect(b))), ...rowsOf(tables, pipe(a, except(b)))]
      expectBag(parts, rowsOf(tables, pipe(a, distinct)))
    }),
    runs,
  )
})

test('[property 21] outputs of a set operation are matched by name', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const turned = pipe(from(users), select({ name: users.name, age: users.age }))
      expectBag(rowsOf(tables, pipe(flat(and()), except(turned))), [])
    }),
    runs,
  )
})

// -- aggregates -------------------------------------------------------------------------------------------------------

test('[property 22] the sums of a partition add up to the sum', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const counted = { n: count(), total: sum(users.id) }
      const groups = interpret(pipe(from(users), groupBy(users.age), select(counted)))(tables)
      const whole = interpret(pipe(from(users), select(counted)))(tables)
      if (E.isLeft(groups) || E.isLeft(whole)) throw new Error('these sums are small')
      const [all] = whole.right
      expect(groups.right.reduce((n, g) => n + g.n, 0)).toBe(all?.n)
      expect(groups.right.reduce((n, g) => n + g.total, 0)).toBe(all?.total ?? 0)
    }),
    runs,
  )
})

test('[property 22] of no rows the count is 0 and other aggregates are null', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const empty = pipe(from(users), where(or()), select({ n: count(), s: sum(users.age), m: max(users.name) }))
      expectRows(rowsOf(tables, empty), [{ n: 0, s: null, m: null }])
    }),
    runs,
  )
})

// -- subqueries -------------------------------------------------------------------------------------------------------

test('[property 23] IN a query asks what EXISTS asks, where no null is among the keys', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const ids = pipe(from(posts), where(isNotNull(posts.authorId)), select(posts.authorId))
      expectRows(
        rowsOf(tables, kept(exists(pipe(from(posts), where(author))))),
        rowsOf(tables, kept(pipe(users.id, inQuery(ids)))),
      )
    }),
    runs,
  )
})

test('[property 23] nothing is in an empty list, and all is outside of it, nulls too', () => {
  fc.assert(
    fc.property(data, (tables) => {
      expectRows(rowsOf(tables, kept(pipe(users.age, inList<number>([])))), [])
      expectRows(rowsOf(tables, kept(pipe(users.age, notInList<number>([])))), rowsOf(tables, pipe(from(users), byId)))
    }),
    runs,
  )
})

test('[property 23] nothing is outside of a query that gives a null', () => {
  fc.assert(
    fc.property(data, (tables) => {
      fc.pre(rowsIn(posts)(tables).some((post) => post.authorId === null))
      const ids = pipe(from(posts), select(posts.authorId))
      expectRows(rowsOf(tables, kept(not(pipe(users.id, inQuery(ids))))), [])
    }),
    runs,
  )
})

// -- names ------------------------------------------------------------------------------------------------------------

test('[property 24] another name of a table changes no row', () => {
  const u = pipe(users, alias('u'))
  fc.assert(
    fc.property(data, onUsers, (tables, p) => {
      const named = pipe(from(users), where(p), select({ age: users.age }))
      expectBag(rowsOf(tables, from(pipe(named, subquery('d')))), rowsOf(tables, named))
      const postsOf = pipe(from(posts), where(author))
      const renamed = pipe(from(u), where(exists(pipe(postsOf, given(users, u)))), select(u.id))
      expectBag(rowsOf(tables, renamed), rowsOf(tables, pipe(from(users), where(exists(postsOf)), select(users.id))))
    }),
    runs,
  )
})

test('[property 24] a relation that is given a row asks for that row', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const postsOf = pipe(from(posts), where(author), orderBy(posts.id))
      for (const user of rowsIn(users)(tables)) {
        const theirs = pipe(from(posts), where(eq(posts.authorId, user.id)), orderBy(posts.id))
        expectRows(rowsOf(tables, pipe(postsOf, given(users, user))), rowsOf(tables, theirs))
      }
    }),
    runs,
  )
})

test('[property 36] what an include gives is what the relation gives to each row', () => {
  fc.assert(
    fc.property(data, (tables) => {
      const postsOf = pipe(from(posts), where(author), orderBy(desc(posts.id)))
      const included = interpret(pipe(from(users), include({ posts: many(postsOf) })))(tables)
      if (E.isLeft(included)) throw new Error(included.left.message)
      for (const { posts: own, ...user } of included.right)
        expectRows(own, rowsOf(tables, pipe(postsOf, given(users, user))))
    }),
    runs,
  )
})

// -- one row ----------------------------------------------------------------------------------------------------------

test('[property 25] the value of an expression for a row is what select gives for it', () => {
  fc.assert(
    fc.property(data, criterion(users, asked), (tables, p) => {
      for (const user of rowsIn(users)(tables)) {
        const alone = evaluate(p)(user)
        if (E.isLeft(alone)) {
          expect(['NotEvaluable', 'Overflow']).toContain(alone.left._tag)
          continue
        }
        expectRows(rowsOf(tables, pipe(from(users), where(eq(users.id, user.id)), select(p))), [alone.right])
      }
    }),
    runs,
  )
})
