/**
 * DDL of tables and their indexes as values. `Db.execute` runs it.
 */
import type { Index } from './constraint.js'
import { type Ddl, ddl, type IfExists, type IfNotExists } from './ddl-node.js'
import type { Fits } from './insert.js'
import { checkName } from './name.js'
import { outputsOf } from './outputs.js'
import { type FlatRow, type FlatRows, nodeOfQuery, type Query } from './query.js'
import type { NamingConvention } from './schema.js'
import type { TableInfo } from './source.js'
import { type AnyTable, tableInfo } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How a table is made. `naming`: what its constraints are called that say no name of their own. */
export interface CreateTableOptions extends IfNotExists {
  readonly temporary?: boolean
  readonly naming?: NamingConvention
}

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

/** What is known of a table whose rows are stored. */
const storedInfo = (what: string, t: AnyTable): TableInfo => {
  const info = tableInfo(t)
  if (info.view !== null) throw new TypeError(`${what} takes a table, and "${info.name}" is a view`)
  return info
}

/**
 * Makes a table with its constraints and indexes.
 *
 * @example
 * import { createTable, integer, table } from 'relvar'
 *
 * createTable(table('users', { id: integer }), { ifNotExists: true, temporary: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTable = (t: AnyTable, options: CreateTableOptions = {}): Ddl =>
  ddl({
    _tag: 'CreateTable',
    table: storedInfo('createTable', t),
    naming: options.naming ?? {},
    ifNotExists: options.ifNotExists ?? false,
    temporary: options.temporary ?? false,
  })

/**
 * Drops a table.
 *
 * @example
 * import { dropTable, integer, table } from 'relvar'
 *
 * dropTable(table('users', { id: integer }), { ifExists: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropTable = (t: AnyTable, options: IfExists = {}): Ddl =>
  ddl({ _tag: 'DropTable', table: storedInfo('dropTable', t), ifExists: options.ifExists ?? false })

/**
 * Makes a table of the rows of a query, whose outputs are named as the table's columns.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createTableAs, from, gt, integer, select, table, where } from 'relvar'
 *
 * const scores = table('scores', { id: integer, points: integer })
 * const best = table('best', { id: integer })
 * pipe(from(scores), where(gt(scores.points, 9)), select({ id: scores.id }), createTableAs(best))
 *
 * @category constructors
 * @since 0.1.0
 */
export const createTableAs =
  <T extends AnyTable>(t: T, options: CreateTableOptions = {}) =>
  <P, S extends string, O extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, never, K> & FlatRows<P> & Fits<T, FlatRow<P, O>>,
  ): Ddl => {
    const node = nodeOfQuery(q)
    if (node._tag !== 'Select' && node._tag !== 'SetOperation') throw new TypeError('createTableAs takes a query')
    const info = storedInfo('createTableAs', t)
    const keys = outputsOf(node).map((o) => o.key)
    if (keys.length !== info.columns.length || info.columns.some((c) => !keys.includes(c.key)))
      throw new TypeError(`createTableAs: the outputs of the query are named as the columns of "${info.name}"`)
    return ddl({
      _tag: 'CreateTableAs',
      table: info,
      query: node,
      naming: options.naming ?? {},
      ifNotExists: options.ifNotExists ?? false,
      temporary: options.temporary ?? false,
    })
  }

// -------------------------------------------------------------------------------------
// indexes
// -------------------------------------------------------------------------------------

/**
 * Makes an index of a table.
 *
 * @example
 * import { createIndex, desc, indexOn, integer, table } from 'relvar'
 *
 * const scores = table('scores', { id: integer, points: integer })
 * createIndex(scores, indexOn([desc(scores.points)], { name: 'by_points' }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const createIndex = (
  t: AnyTable,
  index: Index,
  options: IfNotExists & { readonly naming?: NamingConvention } = {},
): Ddl => {
  const info = storedInfo('createIndex', t)
  if (index.of !== null && (index.of.table !== info.name || index.of.schema !== info.schema))
    throw new TypeError(`an index of "${info.name}" includes columns of "${index.of.table}"`)
  return ddl({
    _tag: 'CreateIndex',
    table: info,
    index: index.info,
    naming: options.naming ?? {},
    ifNotExists: options.ifNotExists ?? false,
  })
}

/**
 * Drops an index of a table by its name.
 *
 * @example
 * import { dropIndex, integer, table } from 'relvar'
 *
 * dropIndex(table('scores', { points: integer }), 'by_points')
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropIndex = (t: AnyTable, name: string, options: IfExists = {}): Ddl => {
  checkName('index', name)
  return ddl({ _tag: 'DropIndex', table: storedInfo('dropIndex', t), name, ifExists: options.ifExists ?? false })
}
