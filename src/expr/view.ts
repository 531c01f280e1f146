/**
 * Views: queries with a name in the database, read like tables.
 */
import { checkName } from './name.js'
import { freeIn } from './children.js'
import { isFlat, outputsOf } from './outputs.js'
import { type Derived, type FlatRow, type FlatRows, nodeOfQuery, type Query } from './query.js'
import { hashText, mix } from './shape.js'
import { type ColumnInfo, plainColumn, type TableInfo } from './source.js'
import { tableOf } from './table.js'

/** The columns of a view are the outputs of its query. */
type View<N extends string, P, O extends string> = Derived<N, FlatRow<P, O>, never>

const infoOf = (
  schema: string | null,
  name: string,
  q: Query<unknown, never, string, never, 'select' | 'set'>,
  materialized: boolean,
): TableInfo => {
  checkName('view', name)
  if (schema !== null) checkName('schema', schema)
  const query = nodeOfQuery(q)
  if ((query._tag !== 'Select' && query._tag !== 'SetOperation') || freeIn(query).size > 0)
    throw new TypeError(`view "${name}": a view is a query that stands for itself`)
  if (!isFlat(query)) throw new TypeError(`view "${name}": a query with a name has flat rows with named columns`)
  const columns = outputsOf(query).map((o): ColumnInfo => {
    checkName(`view "${name}", column`, o.key)
    return {
      ...plainColumn,
      key: o.key,
      name: o.key,
      type: o.type,
      nullable: o.nullable,
      generated: null,
    }
  })
  return Object.freeze({
    name,
    schema,
    columns,
    primaryKey: [],
    primaryKeyName: null,
    foreignKeys: [],
    uniques: [],
    checks: [],
    indexes: [],
    comment: null,
    view: { query, materialized },
    shape: columns.reduce((h, c) => mix(mix(h, hashText(c.key)), hashText(c.type.id)), hashText(name)),
  })
}

/** Where a view stands, and whether its rows are kept. */
export interface ViewOptions {
  readonly schema?: string
  /** Its rows are kept until `refreshView` asks for them again (PostgreSQL). */
  readonly materialized?: boolean
}

/**
 * A view: a query with a name in the database, which is read like a table and never written to. `createView` makes it, and
 * `createAll` where it stands in a schema.
 *
 * @param name its name in the database
 * @param query a query of flat rows that mentions nothing outside of it
 * @throws TypeError where the name is none that an engine takes, or the query is open.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, select, table, text, view, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text, state: text })
 * const active = view('active', pipe(from(users), where(eq(users.state, 'active')), select({ id: users.id, name: users.name })))
 * pipe(from(active), where(eq(active.name, 'ed')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const view = <N extends string, P, S extends string, O extends string, K extends 'select' | 'set'>(
  name: N,
  query: Query<P, S, O, never, K> & FlatRows<P>,
  options: ViewOptions = {},
): View<N, P, O> => {
  const table = infoOf(options.schema ?? null, name, query, options.materialized ?? false)
  // The columns are the outputs of the query, whose types `FlatRow` computes.
  return tableOf<View<N, P, O>>(Object.freeze({ _tag: 'TableSource', name, table, computed: [] }))
}
