/**
 * What the database itself does with a column: its default, how it counts or computes the values, its comment and collation.
 */
import { type ColumnSpec, type Identity, spec } from './column.js'
import type { Expr } from './expr.js'
import { checkName } from './name.js'
import { isExprNode, value as valueNode } from './node.js'
import type { NameOf, Problem } from './problem.js'

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * What the database puts where an insert leaves the column out: a value, or an expression that mentions no column.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentTimestamp, integer, serverDefault, table, timestamptz } from 'relvar'
 *
 * const posts = table('posts', { id: integer, made: pipe(timestamptz, serverDefault(currentTimestamp)) })
 * assert.deepStrictEqual(Object.keys(posts), ['id', 'made'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const serverDefault =
  <B extends string | number | bigint | boolean | null | object>(value: B) =>
  <A, K extends boolean, R extends string>(
    c: ColumnSpec<A, boolean, K, R> &
      ([Given<B>] extends [A]
        ? unknown
        : Problem<`the default is no value of the column: ${NameOf<Given<B>>} for ${NameOf<A>}`>),
  ): ColumnSpec<A, true, K, R> =>
    spec({ ...c, serverDefault: isExprNode(value) ? value : valueNode(value, c.type, c.nullable) })

type Given<B> = B extends Expr<infer A, never, never> ? A : B

/**
 * The database counts the values (GENERATED … AS IDENTITY), from `start` in steps of `increment`.
 *
 * @param options `always`: an insert may not bring a value of its own; without it, it may
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { identity, integer, primaryKey, table } from 'relvar'
 *
 * const tickets = table('tickets', { id: pipe(integer, primaryKey, identity({ start: 42 })) })
 * assert.deepStrictEqual(Object.keys(tickets), ['id'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const identity =
  (options: Identity = {}) =>
  <A extends number | bigint, K extends boolean, R extends string>(
    c: ColumnSpec<A, boolean, K, R>,
  ): ColumnSpec<A, true, K, R> =>
    spec({ ...c, autoIncrement: true, identity: Object.freeze({ ...options }) })

/**
 * The database computes the value from other columns of the row: `generatedAs` in the table's third argument says how. It is
 * read, and never written.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { generated, generatedAs, integer, mul, table } from 'relvar'
 *
 * const boxes = table('boxes', { side: integer, area: pipe(integer, generated) }, (t) => [
 *   generatedAs(t.area, mul(t.side, t.side)),
 * ])
 * assert.deepStrictEqual(Object.keys(boxes), ['side', 'area'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const generated = <A, D extends boolean, K extends boolean>(
  c: ColumnSpec<A, D, K, never>,
): ColumnSpec<A, D, K, '(computed)'> => spec({ ...c, generated: true })

/**
 * What there is to say of the column, kept in the database where the engine keeps comments.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { comment, integer, table } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, comment('in metres')) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const comment =
  (text: string) =>
  <A, D extends boolean, K extends boolean, R extends string>(c: ColumnSpec<A, D, K, R>): ColumnSpec<A, D, K, R> =>
    spec({ ...c, comment: text })

/**
 * The collation of a column of text, by its name on the engine at hand. Comparisons of relvar's own stay binary only where the
 * collation is: what it changes is the engine's.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { collation, table, text } from 'relvar'
 *
 * table('users', { name: pipe(text, collation('de-x-icu')) })
 *
 * @category combinators
 * @since 0.1.0
 */
export const collation =
  (name: string) =>
  <A extends string | null, D extends boolean, K extends boolean, R extends string>(
    c: ColumnSpec<A, D, K, R>,
  ): ColumnSpec<A, D, K, R> => {
    checkName('collation', name)
    return spec({ ...c, collation: name })
  }
