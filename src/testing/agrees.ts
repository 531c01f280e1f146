/**
 * `agrees(query, databases)`: a property that a user's own query means on every database what it means in memory.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'

import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { insertInto } from '../expr/insert.js'
import { type ClosedQuery, type Decode, nodeOfQuery, type Query } from '../expr/query.js'
import type { SelectNode, StatementNode } from '../expr/query-node.js'
import { showStatement, showValue } from '../expr/show.js'
import type { Source } from '../expr/source.js'
import type { AnyTable } from '../expr/table.js'
import { deleteFrom, everyRow } from '../expr/write.js'
import { interpret } from '../interpret/interpret.js'
import { rowsIn, type Tables } from '../interpret/tables.js'
import { keyOf } from '../interpret/value.js'
import { contents } from './rows.js'
import { sandbox } from './sandbox.js'

const must = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const outcome = await effect()
  // A property is refuted by what it throws.
  if (E.isLeft(outcome)) throw new Error(`${outcome.left._tag}: ${outcome.left.message}`)
  return outcome.right
}

const fill = async (db: Database, tables: ReadonlyArray<AnyTable>, of: Tables): Promise<void> => {
  for (const t of [...tables].reverse()) await must(db.execute(everyRow(deleteFrom(t))))
  for (const t of tables) {
    // Rows that were read from the tables can be written to them.
    const rows = rowsIn(t)(of) as ReadonlyArray<never>
    if (rows.length > 0) await must(db.execute(insertInto(t)(rows)))
  }
}

const isOrderedBy = (node: SelectNode, source: Source): boolean =>
  source._tag === 'TableSource' &&
  source.table.primaryKey.length > 0 &&
  source.table.primaryKey.every((key) =>
    node.orderBy.some(({ expr: e }) => e._tag === 'Column' && e.of.name === source.name && e.key === key),
  )

/** Whether a query's order leaves no two rows side by side in either order: it names the keys of all of its tables. */
const isTotal = (node: StatementNode): boolean =>
  node._tag === 'Select' && [node.from, ...node.joins.map((join) => join.source)].every((s) => isOrderedBy(node, s))

const bag = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> => rows.map(keyOf).sort()

/**
 * A property for `fc.assert`: whatever rows the tables hold, each database answers the query as memory does; in its order, where
 * that names the keys of all tables (a limit without such an order is nobody's promise). Tables are filled in a transaction that
 * is rolled back: they are there before, and the query asks no others.
 *
 * @param tables the tables that the query asks, each after those that it refers to
 * @param query the query
 * @param databases the databases by name
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
  tables: ReadonlyArray<AnyTable>,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
  databases: Readonly<Record<string, Database>>,
): fc.IAsyncProperty<[Tables]> => {
  const node = nodeOfQuery(query)
  const inOrder = isTotal(node)
  const asked = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> => (inOrder ? rows.map(keyOf) : bag(rows))
  return fc.asyncProperty(contents(tables), async (of) => {
    const meant = interpret<P, S, O, F, K>(query)(of)
    if (E.isLeft(meant)) throw new Error(`${meant.left._tag}: ${meant.left.message}`)
    for (const [name, db] of Object.entries(databases)) {
      const answered = await must(
        sandbox(db)((tx): (() => Promise<E.Either<DbError, ReadonlyArray<Decode<P, O>>>>) => async () => {
          await fill(tx, tables, of)
          return tx.all<P, S, O, F, K>(query)()
        }),
      )
      if (asked(meant.right).join('\n') !== asked(answered).join('\n'))
        throw new Error(
          `${name} and memory disagree about ${showStatement(node)}\n  memory ${showValue(meant.right)}\n  ${name} ${showValue(answered)}`,
        )
    }
  })
}
