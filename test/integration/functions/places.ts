// Where a query can be asked: every engine of this run, and memory.
import * as E from 'fp-ts/lib/Either.js'

import type { AnyTable, Decode, Kind, Query, RowOf } from '../../../src/index.js'
import type { ClosedQuery } from '../../../src/expr/query.js'
import { insertInto } from '../../../src/index.js'
import type { AnyClosedQuery } from '../../../src/testing.js'
import { places as everywhere } from '../../support/places.js'
import { openWorldAt } from '../../support/run-load.js'

export interface Place {
  readonly name: string
  readonly outcome: (
    query: AnyClosedQuery,
  ) => Promise<E.Either<{ readonly _tag: string; readonly message: string }, ReadonlyArray<unknown>>>
  /** The rows; what fails is thrown. */
  readonly rows: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<ReadonlyArray<Decode<P, O>>>
  readonly close: () => Promise<void>
}

/** A table and its rows. */
export interface Filled {
  readonly table: AnyTable
  readonly rows: ReadonlyArray<unknown>
}

export const filled = <T extends AnyTable>(table: T, rows: ReadonlyArray<RowOf<T>>): Filled => ({ table, rows })

const must = <A>(outcome: E.Either<{ readonly _tag: string; readonly message: string }, A>): A => {
  if (E.isRight(outcome)) return outcome.right
  const { left } = outcome
  throw new Error(`${left._tag}: ${left.message}${'statement' in left ? `\n${String(left.statement)}` : ''}`)
}

const place = (name: string, outcome: Place['outcome'], close: Place['close']): Place => ({
  name,
  outcome,
  // The rows are made by the projection of the query, as its types say.
  rows: async (query) => must(await outcome(query as unknown as AnyClosedQuery)) as never,
  close,
})

/** The places of this run by name; each is opened with tables of its own. */
export const places: ReadonlyArray<{
  readonly label: string
  readonly open: (tables: ReadonlyArray<Filled>) => Promise<Place>
}> = everywhere().map((one) => ({
  label: one.label,
  open: async (tables: ReadonlyArray<Filled>): Promise<Place> => {
    const world = await openWorldAt(one)
    await world.create(Object.fromEntries(tables.map(({ table }, i) => [`t${i}`, table])))
    for (const { table, rows } of tables)
      if (rows.length > 0) await world.rows(insertInto(table)(rows as ReadonlyArray<never>))
    return place(
      one.name,
      async (query) => {
        const answer = await world.outcome(query)
        return E.isLeft(answer) ? answer : E.right(answer.right.rows)
      },
      world.close,
    )
  },
}))
