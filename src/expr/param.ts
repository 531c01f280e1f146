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

declare const ListT: unique symbol

/** A place for a list of values that comes with each run. */
export interface ListParam<out A> {
  readonly [ListT]: A
}

/**
 * A place for a list that comes with each run, for `inList` and `notInList`: one prepared statement takes lists of any length,
 * the empty one too.
 *
 * @param name how the list is called when the prepared statement runs
 * @param type the column specification whose values it takes
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, inList, integer, listParam, prepare, sqliteDialect, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const some = pipe(from(users), where(pipe(users.id, inList(listParam('ids', integer)))))
 * prepare(sqliteDialect())(some)({ ids: [1, 2] })
 *
 * @category constructors
 * @since 0.1.0
 */
export const listParam = <A>(name: string, type: ColumnSpec<A>): ListParam<NonNullable<A>> =>
  // The place is a parameter like any other: what is bound there is a list, as where it stands asks for.
  hole(name, type.type, false) as unknown as ListParam<NonNullable<A>>
