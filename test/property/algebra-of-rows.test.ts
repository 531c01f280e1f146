// Queries that mean the same have the same rows: the laws of joins, subqueries and relations.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  crossJoin,
  desc,
  eq,
  exists,
  from,
  given,
  include,
  inList,
  innerJoin,
  inQuery,
  isNotNull,
  leftJoin,
  many,
  none,
  not,
  notInList,
  orderBy,
  present,
  select,
  where,
} from 'relvar'
import { evaluate, interpret, rowsIn } from 'relvar/memory'
import { criterion } from 'relvar/testing'
import { expect, test } from 'vitest'
import { byId, data, expectBag, expectRows, kept, onUsers, rowsOf, runs } from './laws.js'
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

// -- relations --------------------------------------------------------------------------------------------------------

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
