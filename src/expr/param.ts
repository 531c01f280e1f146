/**
 * Parameters by name: a statement is compiled once, and each run brings its values.
 */
import type { ColumnSpec } from './column.js'
import type { Expr } from './expr.js'
import { expr } from './expr.js'
import { hole, value } from './node.js'

/**
 * A place for a value that comes with each run.
 *
 * @param name how the value is called when the prepared statement runs
 * @param type the column specification whose values it takes
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, param, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(from(users), where(eq(users.id, param('id', integer))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const param = <A>(name: string, type: ColumnSpec<A>): Expr<A> => expr(hole(name, type.type, type.nullable))

/**
 * A value as an expression, bound like any other: for outputs and for where no column tells the type.
 *
 * @example
 * import { integer, literal } from 'relvar'
 *
 * literal(1, integer)
 *
 * @category constructors
 * @since 0.1.0
 */
export const literal = <A>(of: A, type: ColumnSpec<A>): Expr<A> => expr(value(of, type.type, type.nullable))
