/**
 * Rows of values as a source: what is known already, to join with what is in tables.
 */
import { refusedValue } from './expr.js'
import { value } from './node.js'
import type { ParamNode } from './node.js'
import type { DerivedColumn, ValuesSource } from './source.js'
import { checkName } from './name.js'
import { type Specs, type Table, tableOf } from './table.js'

/** A row of these columns. */
export type ValuesRow<C extends Specs> = { readonly [K in keyof C]: C[K]['_a'] }

const rowOf = (columns: ReadonlyArray<DerivedColumn>, row: unknown): ReadonlyArray<ParamNode> => {
  const held = new Map<string, unknown>(typeof row === 'object' && row !== null ? Object.entries(row) : [])
  return columns.map(({ key, type, nullable }) => value(held.get(key) ?? missing(held, key), type, nullable))
}

/** Null is a value; what is not there refuses itself. */
const missing = (held: ReadonlyMap<string, unknown>, key: string): unknown =>
  held.get(key) === null ? null : refusedValue

/**
 * Rows of values under a name, as a table: joined, selected from, none of them or as many as a statement has parameters for. Each
 * value is bound and checked against its column, as in an insert.
 *
 * @param name the name of the source
 * @param columns the columns by key; of a specification its type counts, and whether it may be null
 * @param rows records of all columns
 * @throws TypeError where there is no column.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, innerJoin, integer, select, table, text, values } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const scores = values('scores', { id: integer, points: integer }, [{ id: 1, points: 7 }, { id: 2, points: 3 }])
 * pipe(from(users), innerJoin(scores, eq(scores.id, users.id)), select({ name: users.name, points: scores.points }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const values = <N extends string, C extends Specs>(
  name: N,
  columns: C,
  rows: ReadonlyArray<ValuesRow<C>>,
): Table<N, C> => {
  checkName('values', name)
  const outputs = Object.entries(columns).map(
    ([key, { type, nullable }]): DerivedColumn => Object.freeze({ key, type, nullable }),
  )
  if (outputs.length === 0) throw new TypeError(`values "${name}" has no columns`)
  // What an untyped caller gives instead of rows is one row whose values refuse themselves.
  const listed: ReadonlyArray<unknown> = Array.isArray(rows) ? rows : [rows]
  const source: ValuesSource = Object.freeze({
    _tag: 'ValuesSource',
    name,
    columns: outputs,
    rows: listed.map((row) => rowOf(outputs, row)),
  })
  return tableOf(source)
}
