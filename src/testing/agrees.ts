/**
 * `agrees(query, databases)`: a property that a user's own query means on every database what it means in memory.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'

import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { type ClosedQuery, type Decode, nodeOfQuery, type Query } from '../expr/query.js'
import { showStatement, showValue } from '../expr/show.js'
import { interpret } from '../interpret/interpret.js'
import type { Tables } from '../interpret/tables.js'
import { code } from './code.js'
import { fill, must } from './fill.js'
import { contents } from './rows.js'
import { sandbox } from './sandbox.js'
import type { TablesOrSchema } from './table-order.js'
import { sameTrees } from './tree.js'

/** What the properties of a user's own queries take besides. */
export interface PropertyOptions {
  /** Rows to ask, where those of `contents` will not do: of tables with a codec that needs an arbitrary of its own. */
  readonly contents?: fc.Arbitrary<Tables>
}

/**
 * A property for `fc.assert`: whatever rows the tables hold, each database answers the query as memory does; in its order, where
 * that names the keys of all tables (a limit without such an order is nobody's promise). Tables are filled in a transaction that
 * is rolled back: they are there before, and the query asks no others. What refutes it is an error whose message ends in the `code`
 * of the query over the rows.
 *
 * @param of the tables that the query asks, or their schema
 * @param query the query
 * @param databases the databases by name
 * @param options `contents`: the rows to ask
 * @example
 * import * as fc from 'fast-check'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, from, gt, integer, nullable, primaryKey, schema, table, where } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 * import { agrees } from 'relvar/testing'
 *
 * const scores = table('scores', { id: pipe(integer, primaryKey), points: pipe(integer, nullable) })
 * const db = sqlite('sqlite::memory:')
 * await db.execute(createAll(schema({ scores })))()
 * const good = pipe(from(scores), where(gt(scores.points, 1)))
 * await fc.assert(agrees([scores], good, { sqlite: db }), { numRuns: 10 })
 * await db.close()()
 *
 * @category constructors
 * @since 0.1.0
 */
export const agrees = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  of: TablesOrSchema,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
  databases: Readonly<Record<string, Database>>,
  options: PropertyOptions = {},
): fc.IAsyncProperty<[Tables]> => {
  const node = nodeOfQuery(query)
  return fc.asyncProperty(options.contents ?? contents(of), async (tables) => {
    const meant = interpret<P, S, O, F, K>(query)(tables)
    if (E.isLeft(meant)) throw new Error(`${meant.left._tag}: ${meant.left.message}`)
    for (const [name, db] of Object.entries(databases)) {
      const answered = await must<DbError, ReadonlyArray<Decode<P, O>>>(
        sandbox(db)((tx) => async () => {
          await fill(tx, of, tables)
          return tx.all<P, S, O, F, K>(query)()
        }),
      )
      if (!sameTrees(node, meant.right, answered))
        throw new Error(
          `${name} and memory disagree about ${showStatement(node)}\n  memory ${showValue(meant.right)}\n  ${name} ${showValue(answered)}\n\n${code(query, { tables })}`,
        )
    }
  })
}
