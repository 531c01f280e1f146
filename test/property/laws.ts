// What the laws of queries are stated with.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { type ClosedQuery, type Expr, from, orderBy, type Query, where } from 'relvar'
import { interpret, type Tables } from 'relvar/memory'
import { contents, criterion } from 'relvar/testing'
import { expect } from 'vitest'
import { asked, sameBag, sameRows, showRows, users } from './world.js'

/** More runs, and other ones, by the environment. */
export const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
export const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')
export const runs = { seed, numRuns: 200 * times }

export const data = contents(asked)
export const onUsers = criterion(users, asked)
export type OnUsers = Expr<boolean | null, 'users', 'users'>
export const byId = orderBy(users.id)

/** The rows of a query; what has no rows because a number is too large is drawn anew. */
export const rowsOf = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  tables: Tables,
  q: Query<P, S, O, F, K> & ClosedQuery<F>,
): ReadonlyArray<unknown> => {
  const rows = interpret(q)(tables)
  if (E.isRight(rows)) return rows.right
  fc.pre(rows.left._tag !== 'Overflow')
  throw new Error(`${rows.left._tag}: ${rows.left.message}`)
}

export const expectBag = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameBag(a, b)) expect(showRows(a)).toBe(showRows(b))
}
export const expectRows = (a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameRows(a, b)) expect(showRows(a)).toBe(showRows(b))
}

export const kept = (on: OnUsers) => pipe(from(users), where(on), byId)
