/**
 * `criterion(table)`: random criteria about the rows of one table.
 */
import * as fc from 'fast-check'

import { type Expr, expr } from '../expr/expr.js'
import * as node from '../expr/node.js'
import { showExpr } from '../expr/show.js'
import { type AnyTable, sourceOf, type SourceOf } from '../expr/table.js'
import { rowContext } from './context.js'
import { expression } from './expression.js'
import { worldOf } from './query.js'
import { showing } from './show.js'

/**
 * Random criteria about a table's rows: true, false or null for each; subqueries ask the tables that are given.
 *
 * @param t the table, under its own name or an alias
 * @param tables what subqueries may ask
 * @example
 * import * as fc from 'fast-check'
 * import { isRight } from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, nullable, table, where } from 'relvar'
 * import { emptyTables, interpret } from 'relvar/memory'
 * import { criterion } from 'relvar/testing'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * const grown = criterion(users, [users])
 * fc.assert(fc.property(grown, (on) => isRight(interpret(pipe(from(users), where(on)))(emptyTables))), { numRuns: 20 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const criterion = <T extends AnyTable>(
  t: T,
  tables: ReadonlyArray<AnyTable>,
): fc.Arbitrary<Expr<boolean | null, SourceOf<T>>> => {
  const context = rowContext(worldOf(tables), [sourceOf(t)], [], 0)
  const made = expression(context, 'boolean', 3) ?? fc.constant(node.logic('and', []))
  // It mentions the table's columns alone, and is of the boolean family.
  return made.map((e) => expr<boolean | null, SourceOf<T>, never>(showing(e, () => showExpr(e))))
}
