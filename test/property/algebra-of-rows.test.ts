// Queries that mean the same have the same rows: the laws of joins, sets, aggregates, subqueries and names.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  and,
  count,
  crossJoin,
  desc,
  distinct,
  eq,
  except,
  exists,
  from,
  given,
  groupBy,
  include,
  inList,
  innerJoin,
  inQuery,
  intersect,
  isNotNull,
  leftJoin,
  many,
  max,
  none,
  not,
  notInList,
  or,
  orderBy,
  present,
  select,
  subquery,
  sum,
  union,
  unionAll,
  where,
} from 'relvar'
import { evaluate, interpret, rowsIn } from 'relvar/memory'
import { criterion } from 'relvar/testing'
import { expect, test } from 'vitest'
import { byId, data, expectBag, expectRows, kept, onUsers, type OnUsers, rowsOf, runs } from './laws.js'
import { asked, posts, users } from './world.js'

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
