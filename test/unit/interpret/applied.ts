// What a test says of writes in memory: done, or refused and why.
import * as E from 'fp-ts/lib/Either.js'
import type { AnyTable, ClosedQuery, Query } from 'relvar'
import { type Applied, apply, type Clock, rowsIn, type Tables, withRows } from 'relvar/memory'

export const done = <A>(result: E.Either<{ readonly _tag: string; readonly message: string }, A>): A => {
  if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message}`)
  return result.right
}

/** A write that was done, and what it says of itself. */
export const run = <P, S extends string, O extends string, F extends string, K extends 'insert' | 'update' | 'delete'>(
  tables: Tables,
  w: Query<P, S, O, F, K> & ClosedQuery<F>,
  clock: Clock = {},
): Applied<unknown> => done(apply(w, {}, clock)(tables))

/** Why a write was not done. */
export const refused = <
  P,
  S extends string,
  O extends string,
  F extends string,
  K extends 'insert' | 'update' | 'delete',
>(
  tables: Tables,
  w: Query<P, S, O, F, K> & ClosedQuery<F>,
): unknown => {
  const result = apply(w)(tables)
  return E.isLeft(result) ? result.left : 'not refused'
}

/** The tables with these rows in one of them. */
export const filled =
  (t: AnyTable, rows: ReadonlyArray<object>) =>
  (tables: Tables): Tables =>
    done(withRows(t)(rows as ReadonlyArray<never>)(tables)) // the rows of a test are what they are

/** The rows of a table, as records. */
export const held = (tables: Tables, t: AnyTable): ReadonlyArray<unknown> => rowsIn(t)(tables)
