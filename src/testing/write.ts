/**
 * `write(tables)`: random inserts, updates and deletes.
 */
import * as fc from 'fast-check'

import { query as queryOf, type Query } from '../expr/query.js'
import type { WriteNode } from '../expr/query-node.js'
import type { AnyTable } from '../expr/table.js'
import { code } from './code.js'
import { someOf } from './context.js'
import { worldOf } from './query.js'
import { showing } from './show.js'
import { insertOf } from './write-insert.js'
import { deleteOf, updateOf } from './write-update.js'

/** A write of which only the node is known: it can be run, and what it gives back is unknown. */
export type AnyClosedWrite = Query<unknown, never, never, never, 'insert' | 'update' | 'delete'>

/**
 * Random writes to the tables, well-typed and closed: inserts of rows and of queries, some of which say what becomes of rows that
 * are there; updates and deletes, some of which look at other tables. Updates leave keys and references alone; inserts may meet a
 * key that is there, and deletes a row that others refer to.
 *
 * @param tables the tables to write to
 * @example
 * import * as fc from 'fast-check'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, nullable, primaryKey, table } from 'relvar'
 * import { apply, emptyTables } from 'relvar/memory'
 * import { write } from 'relvar/testing'
 *
 * const scores = table('scores', { id: pipe(integer, primaryKey, autoIncrement), points: pipe(integer, nullable) })
 * fc.assert(fc.property(write([scores]), (w) => apply(w)(emptyTables)._tag !== undefined), { numRuns: 20 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const write = (tables: ReadonlyArray<AnyTable>): fc.Arbitrary<AnyClosedWrite> => {
  const world = worldOf(tables)
  return fc
    .constantFrom(...world.tables)
    .chain(
      (source) =>
        someOf<WriteNode>([
          insertOf(world, source),
          insertOf(world, source),
          deleteOf(world, source),
          updateOf(world, source),
        ]) ?? insertOf(world, source),
    )
    .map((w) => queryOf<unknown, never, never, never, 'insert' | 'update' | 'delete'>(w))
    .map((w) => showing(w, () => code(w)))
}
