// Queries with the rows that they give, asked of every engine and in memory.
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

import type { AnyTable, ClosedQuery, Query } from '../../src/index.js'
import { emptyTables, type Tables, withRows } from '../../src/memory.js'
import type { World } from './run-load.js'

/** One query and its rows, in their order. */
export interface RowsCase {
  readonly title: string
  readonly ask: (w: Pick<World, 'rows'>) => Promise<ReadonlyArray<unknown>>
  readonly rows: ReadonlyArray<unknown>
}

/** A query whose order tells all of its rows apart. */
export const gives = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  title: string,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
  rows: ReadonlyArray<unknown>,
): RowsCase => ({
  title,
  rows,
  ask: (w) => w.rows(query),
})

/** Rows of tables, to fill an engine and memory alike. */
export interface Filling {
  readonly table: AnyTable
  readonly rows: ReadonlyArray<object>
}

/** The tables in memory. */
export const tablesOf = (filled: ReadonlyArray<Filling>): Tables =>
  filled.reduce<Tables>((tables, { table, rows }) => {
    // The rows are those that the engines take for the same tables.
    const next = withRows(table)(rows as ReadonlyArray<never>)(tables)
    if (E.isLeft(next)) throw new Error(next.left.message)
    return next.right
  }, emptyTables)

/** Asks a place, and compares. */
export const asked = async (w: Pick<World, 'rows'>, one: RowsCase): Promise<void> => {
  expect(await one.ask(w)).toEqual(one.rows)
}
