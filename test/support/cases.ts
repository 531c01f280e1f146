// Queries with the rows that they give, asked of every engine and of memory.
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

import type { AnyTable, ClosedQuery, Query } from '../../src/index.js'
import { emptyTables, interpret, type Tables, withRows } from '../../src/memory.js'
import type { World } from './run-load.js'

/** One query and its rows, in their order. */
export interface RowsCase {
  readonly title: string
  readonly ask: (w: World) => Promise<ReadonlyArray<unknown>>
  readonly mean: (tables: Tables) => ReadonlyArray<unknown>
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
  mean: (tables) => {
    const found = interpret(query)(tables)
    if (E.isLeft(found)) throw new Error(`${found.left._tag}: ${found.left.message}`)
    return found.right
  },
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

/** Asks an engine, and compares. */
export const asked = async (w: World, one: RowsCase): Promise<void> => {
  expect(await one.ask(w)).toEqual(one.rows)
}

/** Asks the interpreter, and compares. */
export const meant = (tables: Tables, one: RowsCase): void => {
  expect(one.mean(tables)).toEqual(one.rows)
}
