// What the tests of relvar/testing share.
import { type AnyTable, type Database } from 'relvar'
import { run } from 'relvar/promise'
import { query } from '../../../src/expr/query.js'
import { noClauses } from '../../../src/expr/query-node.js'
import { sourceOf } from '../../../src/expr/table.js'

/** All rows of a table of which no type tells the columns. */
export const allRows = (db: Database, t: AnyTable): Promise<ReadonlyArray<unknown>> =>
  run(db.all(query<unknown, never, never, never, 'select'>({ ...noClauses, from: sourceOf(t) })))
