// One query on one engine, beside what it means.
import type { Database } from '../../../src/index.js'
import { nodeOfQuery } from '../../../src/expr/query.js'
import { interpret, type Tables } from '../../../src/memory.js'
import { type AnyClosedQuery, show } from '../../../src/testing.js'
import type { Engine } from '../servers/engine.js'
import { sameBag, sameRows } from './rows.js'
import { compared, type Mine, type Verdict } from './verdict.js'

/** A query and what it means over some tables. */
export interface AskedQuery {
  readonly query: AnyClosedQuery
  readonly mine: Mine<ReadonlyArray<unknown>>
}

export const asksOf = (query: AnyClosedQuery, tables: Tables): AskedQuery => ({
  query,
  mine: interpret(query)(tables),
})

/** Whether the rows come in an order: generated queries have a total one or none. */
const isOrdered = (query: AnyClosedQuery): boolean => {
  const node = nodeOfQuery(query)
  return (node._tag === 'Select' || node._tag === 'SetOperation') && node.orderBy.length > 0
}

/** Asks an engine that holds the rows. */
export const checkQuery = async (engine: Engine, db: Database, { query, mine }: AskedQuery): Promise<Verdict> =>
  compared(engine, () => show(query), mine, await db.all(query)(), isOrdered(query) ? sameRows : sameBag)
