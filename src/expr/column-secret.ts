/**
 * Columns whose values are kept secret: what is said about them in messages, logs and texts for people never shows one.
 */
import { type ColumnSpec, spec } from './column.js'
import { secretType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * The values of the column are secret: no error, log, span, `toSqlInline` or shown query has one, also where `hideParameters` is
 * false. So are the values that it is compared with, and what is computed of it. `toSql` and the rows that are read have them.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as E from 'fp-ts/lib/Either.js'
 * import { eq, from, integer, secret, sqliteDialect, table, text, toSqlInline, where } from 'relvar'
 *
 * const users = table('users', { id: integer, token: pipe(text, secret) })
 * const shown = toSqlInline(sqliteDialect())(pipe(from(users), where(eq(users.token, 'f00d'))))
 * assert(E.isRight(shown) && shown.right.endsWith(`WHERE (t0."token" = '<secret>')`))
 *
 * @category combinators
 * @since 0.1.0
 */
export const secret = <A, D extends boolean, K extends boolean, R extends string>(
  c: ColumnSpec<A, D, K, R>,
): ColumnSpec<A, D, K, R> => spec({ ...c, type: secretType(c.type) })
