/**
 * Computed attributes: expressions of a table's own columns that are read like columns and never written.
 */
import type { ColumnSpec } from './column.js'
import type { Expr, ValueOf } from './expr.js'
import { nodeOf } from './expr.js'
import { canBeNull } from './outputs.js'
import type { ComputedColumn } from './source.js'
import {
  type AnyTable,
  type ColumnsOf,
  type Computed,
  type FreeIn,
  sourceOf,
  type SourceOf,
  type Table,
  tableOf,
} from './table.js'

/** The table `T` with the attributes `X`. */
export type WithComputed<T extends AnyTable, X> = Table<
  SourceOf<T>,
  Omit<ColumnsOf<T>, keyof X> & { readonly [K in keyof X]: ColumnSpec<ValueOf<X[K]>, true, false, Computed> },
  FreeIn<T>
>

/**
 * The table with more to read of each row: attributes that are computed of its columns, to select, filter, group and order by.
 * They are part of a whole row and no part of an insert, an update or a change; under an alias they are computed of the alias.
 *
 * @param t a table, or an alias of one
 * @param attributes expressions that mention that table alone; a subquery may ask other tables about a row
 * @throws TypeError where `t` is a query with a name, or where an attribute has the name of a column.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { computed, concat, from, integer, like, orderBy, table, text, where } from 'relvar'
 *
 * const people = table('people', { id: integer, first: text, last: text })
 * const users = computed(people, { fullname: concat(people.first, ' ', people.last) })
 * pipe(from(users), where(pipe(users.fullname, like('Ed %'))), orderBy(users.fullname))
 *
 * @category constructors
 * @since 0.1.0
 */
export const computed = <T extends AnyTable, X extends Readonly<Record<string, Expr<unknown, SourceOf<T>, string>>>>(
  t: T,
  attributes: X,
): WithComputed<T, X> => {
  const source = sourceOf(t)
  if (source._tag !== 'TableSource')
    throw new TypeError(`"${source.name}" is a query with a name: select what is computed there`)
  const taken = new Set([...source.table.columns, ...source.computed].map((c) => c.key))
  const made = Object.entries(attributes).map(([key, e]): ComputedColumn => {
    if (taken.has(key)) throw new TypeError(`table "${source.table.name}" has a column "${key}" already`)
    const expr = nodeOf(e)
    return Object.freeze({ key, expr, type: expr.type, nullable: canBeNull(expr, new Set()) })
  })
  // The columns of the made table are those of `t` and the attributes, as the type says.
  return tableOf<WithComputed<T, X>>(Object.freeze({ ...source, computed: [...source.computed, ...made] }))
}
