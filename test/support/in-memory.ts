// The interpreter beside an engine: what both say of the same rows.
import * as E from 'fp-ts/lib/Either.js'
import { expect } from 'vitest'

import type { AnyQuery, ClosedQuery, Decode, Nothing, Query } from '../../src/expr/query.js'
import { apply, emptyTables, interpret, type Tables } from '../../src/memory.js'
import type { World } from './run-load.js'

/** Tables in memory with what these inserts write. */
export const memoryOf = (...inserts: ReadonlyArray<AnyQuery>): Tables =>
  inserts.reduce((tables: Tables, insert) => {
    // An insert mentions its own table alone, so it is closed.
    const applied = apply(insert as unknown as Query<Nothing, never, never, never, 'insert'>)(tables)
    if (E.isLeft(applied)) throw new Error(`${applied.left._tag}: ${applied.left.message}`)
    return applied.right.tables
  }, emptyTables)

/** The rows of a query in memory. */
export const remembered = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  memory: Tables,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
): ReadonlyArray<Decode<P, O>> => {
  const rows = interpret(query)(memory)
  if (E.isLeft(rows)) throw new Error(`${rows.left._tag}: ${rows.left.message}`)
  return rows.right
}

/** The rows that the place gives, which are those that the interpreter gives. */
export const both = async <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  world: Pick<World, 'rows'>,
  memory: Tables,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
): Promise<ReadonlyArray<Decode<P, O>>> => {
  const rows = await world.rows(query)
  expect(remembered(memory, query), 'in memory').toEqual(rows)
  return rows
}
