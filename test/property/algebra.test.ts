// What a criterion keeps, and what it leaves out.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { count, eq, from, isNull, not, select, where } from 'relvar'
import { interpret } from 'relvar/memory'
import { expect, test } from 'vitest'
import { data, expectBag, expectRows, kept, onUsers, rowsOf, runs } from './laws.js'
import { users } from './world.js'

// -- where ------------------------------------------------------------------------------------------------------------

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
