/**
 * Puts the rows of TPC-H where queries can ask them.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { insertInto } from '../../src/index.js'
import type { Query } from '../../src/expr/query.js'
import { type Tables, tablesIn } from '../../src/interpret/tables.js'
import { withRows } from '../../src/interpret/with-rows.js'
import type { Data } from './data.js'
import { customer, lineItem, nation, orders, part, partSupplier, region, supplier, tpch } from './tables.js'

type Insert = Query<unknown, never, never, never, 'insert'>

/** The inserts of all rows, those that others refer to first; a few thousand rows each, so that none is too large for a server. */
const inserts = (data: Data): ReadonlyArray<Insert> => {
  const parts = <A>(rows: ReadonlyArray<A>, insert: (rows: ReadonlyArray<A>) => unknown): ReadonlyArray<Insert> =>
    Array.from(
      { length: Math.ceil(rows.length / 4_000) },
      // An insert gives no rows, so what it inserts into is no part of its use.
      (_, i) => insert(rows.slice(i * 4_000, (i + 1) * 4_000)) as Insert,
    )
  return [
    ...parts(data.region, insertInto(region)),
    ...parts(data.nation, insertInto(nation)),
    ...parts(data.supplier, insertInto(supplier)),
    ...parts(data.part, insertInto(part)),
    ...parts(data.partSupplier, insertInto(partSupplier)),
    ...parts(data.customer, insertInto(customer)),
    ...parts(data.orders, insertInto(orders)),
    ...parts(data.lineItem, insertInto(lineItem)),
  ]
}

export const fill = async (data: Data, execute: (insert: Insert) => Promise<unknown>): Promise<void> => {
  for (const insert of inserts(data)) await execute(insert)
}

/** The same rows in memory. */
export const inMemory = (data: Data): Tables => {
  const filled = pipe(
    tablesIn(tpch),
    withRows(region)(data.region),
    E.chain(withRows(nation)(data.nation)),
    E.chain(withRows(supplier)(data.supplier)),
    E.chain(withRows(part)(data.part)),
    E.chain(withRows(partSupplier)(data.partSupplier)),
    E.chain(withRows(customer)(data.customer)),
    E.chain(withRows(orders)(data.orders)),
    E.chain(withRows(lineItem)(data.lineItem)),
  )
  if (E.isLeft(filled)) throw new Error(filled.left.message)
  return filled.right
}
