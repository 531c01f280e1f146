/**
 * DDL as values: what there is to make, to change and to drop in a database. `Db.execute` runs it.
 */
import type { AlterTable } from './alter-table.js'
import { checkName } from './name.js'
import { outputsOf } from './outputs.js'
import { type FlatRow, type FlatRows, nodeOfQuery, type Query } from './query.js'
import type { QueryNode } from './query-node.js'
import type { AnySchema, NamingConvention } from './schema.js'
import type { SequenceInfo } from './sequence.js'
import type { IndexInfo, TableInfo } from './source.js'
import type { AnyTable, InsertOf } from './table.js'
import { tableInfo } from './table.js'
import type { Index } from './constraint.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/ddl')

/** All tables of a schema, its views after them. */
export interface CreateAll {
  readonly _tag: 'CreateAll'
  readonly tables: ReadonlyArray<TableInfo>
  readonly naming: NamingConvention
}

export interface DropAll {
  readonly _tag: 'DropAll'
  readonly tables: ReadonlyArray<TableInfo>
  readonly naming: NamingConvention
}

export interface CreateTable {
  readonly _tag: 'CreateTable'
  readonly table: TableInfo
  readonly naming: NamingConvention
  readonly ifNotExists: boolean
  /** Whether it is of one connection alone, and gone with it. */
  readonly temporary: boolean
}

export interface DropTable {
  readonly _tag: 'DropTable'
  readonly table: TableInfo
  readonly ifExists: boolean
}

/** A table made of the rows of a query. */
export interface CreateTableAs {
  readonly _tag: 'CreateTableAs'
  readonly table: TableInfo
  readonly query: QueryNode
  readonly naming: NamingConvention
  readonly ifNotExists: boolean
  readonly temporary: boolean
}

export interface CreateIndex {
  readonly _tag: 'CreateIndex'
  readonly table: TableInfo
  readonly index: IndexInfo
  readonly naming: NamingConvention
  readonly ifNotExists: boolean
}

export interface DropIndex {
  readonly _tag: 'DropIndex'
  readonly table: TableInfo
  readonly name: string
  readonly ifExists: boolean
}

export interface CreateView {
  readonly _tag: 'CreateView'
  readonly view: TableInfo
  readonly orReplace: boolean
}

export interface DropView {
  readonly _tag: 'DropView'
  readonly view: TableInfo
  readonly ifExists: boolean
}

/** The rows of a materialised view are asked for again. */
export interface RefreshView {
  readonly _tag: 'RefreshView'
  readonly view: TableInfo
}

export interface CreateSequence {
  readonly _tag: 'CreateSequence'
  readonly sequence: SequenceInfo
  readonly ifNotExists: boolean
}

export interface DropSequence {
  readonly _tag: 'DropSequence'
  readonly sequence: SequenceInfo
  readonly ifExists: boolean
}

/** A schema of the database (a database, on MySQL and MariaDB). */
export interface CreateSchema {
  readonly _tag: 'CreateSchema'
  readonly name: string
  readonly ifNotExists: boolean
}

export interface DropSchema {
  readonly _tag: 'DropSchema'
  readonly name: string
  readonly ifExists: boolean
  /** Whether what is in it goes, too; without it a schema that holds something stays. */
  readonly cascade: boolean
}

export type DdlNode =
  | CreateAll
  | DropAll
  | CreateTable
  | DropTable
  | CreateTableAs
  | CreateIndex
  | DropIndex
  | CreateView
  | DropView
  | RefreshView
  | CreateSequence
  | DropSequence
  | CreateSchema
  | DropSchema
  | AlterTable

/** Statements that make, change or drop, as a value; `Db.execute` runs it. */
export type Ddl = DdlNode & { readonly [brand]: true }

/** Whether `u` is DDL that relvar made. */
export const isDdl = (u: unknown): u is Ddl => typeof u === 'object' && u !== null && brand in u

/** A node with the mark that relvar made it. */
export const ddl = (node: DdlNode): Ddl => Object.freeze({ ...node, [brand]: true as const })

/** `ifNotExists`: nothing is done where it is there already. */
export interface IfNotExists {
  readonly ifNotExists?: boolean
}

/** `ifExists`: nothing is done where it is not there. */
export interface IfExists {
  readonly ifExists?: boolean
}

/** How a table is made. `naming`: what its constraints are called that say no name of their own. */
export interface CreateTableOptions extends IfNotExists {
  readonly temporary?: boolean
  readonly naming?: NamingConvention
}

// -------------------------------------------------------------------------------------
// schemas
// -------------------------------------------------------------------------------------

/**
 * Makes the tables of a schema that are not there, parents before children, with their keys and indexes; then its views.
 *
 * @example
 * import { createAll, integer, schema, table } from 'relvar'
 *
 * const blog = schema({ users: table('users', { id: integer }) })
 * createAll(blog)
 *
 * @category constructors
 * @since 0.1.0
 */
export const createAll = (schema: AnySchema): Ddl =>
  ddl({ _tag: 'CreateAll', tables: schema.infos, naming: schema.naming })

/**
 * Drops the views and tables of a schema that are there, children before parents, cycles too.
 *
 * @example
 * import { dropAll, integer, schema, table } from 'relvar'
 *
 * dropAll(schema({ users: table('users', { id: integer }) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropAll = (schema: AnySchema): Ddl => ddl({ _tag: 'DropAll', tables: schema.infos, naming: schema.naming })

/**
 * Makes a schema of the database (a database, on MySQL and MariaDB; SQLite attaches files instead).
 *
 * @example
 * import { createSchema } from 'relvar'
 *
 * createSchema('tenant7', { ifNotExists: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const createSchema = (name: string, options: IfNotExists = {}): Ddl => {
  checkName('schema', name)
  return ddl({ _tag: 'CreateSchema', name, ifNotExists: options.ifNotExists ?? false })
}

/**
 * Drops a schema of the database. `cascade`: with what is in it.
 *
 * @example
 * import { dropSchema } from 'relvar'
 *
 * dropSchema('tenant7', { ifExists: true, cascade: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropSchema = (name: string, options: IfExists & { readonly cascade?: boolean } = {}): Ddl => {
  checkName('schema', name)
  return ddl({
    _tag: 'DropSchema',
    name,
    ifExists: options.ifExists ?? false,
    cascade: options.cascade ?? false,
  })
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

/** What is known of a view. */
const viewInfo = (what: string, t: AnyTable): TableInfo => {
  const info = tableInfo(t)
  if (info.view === null) throw new TypeError(`${what} takes a view, and "${info.name}" is a table`)
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

/** `unknown` where the rows of a query are those of a table. */
type Fills<T extends AnyTable, R> = [R] extends [InsertOf<T>]
  ? unknown
  : { readonly 'the rows are': R; readonly 'the table takes': InsertOf<T> }

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
    q: Query<P, S, O, never, K> & FlatRows<P> & Fills<T, FlatRow<P, O>>,
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

// -------------------------------------------------------------------------------------
// views
// -------------------------------------------------------------------------------------

/**
 * Makes a view. `orReplace`: the view of that name that is there becomes this one.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createView, from, gt, integer, table, view, where } from 'relvar'
 *
 * const scores = table('scores', { id: integer, points: integer })
 * createView(view('best', pipe(from(scores), where(gt(scores.points, 9)))), { orReplace: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const createView = (v: AnyTable, options: { readonly orReplace?: boolean } = {}): Ddl =>
  ddl({ _tag: 'CreateView', view: viewInfo('createView', v), orReplace: options.orReplace ?? false })

/**
 * Drops a view.
 *
 * @example
 * import { dropView, from, integer, table, view } from 'relvar'
 *
 * dropView(view('all_scores', from(table('scores', { points: integer }))), { ifExists: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropView = (v: AnyTable, options: IfExists = {}): Ddl =>
  ddl({ _tag: 'DropView', view: viewInfo('dropView', v), ifExists: options.ifExists ?? false })

/**
 * Asks for the rows of a materialised view again.
 *
 * @example
 * import { from, integer, refreshView, table, view } from 'relvar'
 *
 * refreshView(view('all_scores', from(table('scores', { points: integer })), { materialized: true }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const refreshView = (v: AnyTable): Ddl => ddl({ _tag: 'RefreshView', view: viewInfo('refreshView', v) })

// -------------------------------------------------------------------------------------
// sequences
// -------------------------------------------------------------------------------------

/**
 * Makes a sequence.
 *
 * @example
 * import { createSequence, sequence } from 'relvar'
 *
 * createSequence(sequence('ticket_numbers', { start: 100 }), { ifNotExists: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const createSequence = (s: SequenceInfo, options: IfNotExists = {}): Ddl => {
  checkName('sequence', s.name)
  return ddl({ _tag: 'CreateSequence', sequence: s, ifNotExists: options.ifNotExists ?? false })
}

/**
 * Drops a sequence.
 *
 * @example
 * import { dropSequence, sequence } from 'relvar'
 *
 * dropSequence(sequence('ticket_numbers'), { ifExists: true })
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropSequence = (s: SequenceInfo, options: IfExists = {}): Ddl => {
  checkName('sequence', s.name)
  return ddl({ _tag: 'DropSequence', sequence: s, ifExists: options.ifExists ?? false })
}
