/**
 * DDL of schemas, views and sequences as values. `Db.execute` runs it.
 */
import { type Ddl, ddl, type IfExists, type IfNotExists } from './ddl-node.js'
import { checkName } from './name.js'
import type { AnySchema } from './schema.js'
import type { SequenceInfo } from './sequence.js'
import type { TableInfo } from './source.js'
import { type AnyTable, tableInfo } from './table.js'

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
// views
// -------------------------------------------------------------------------------------

/** What is known of a view. */
const viewInfo = (what: string, t: AnyTable): TableInfo => {
  const info = tableInfo(t)
  if (info.view === null) throw new TypeError(`${what} takes a view, and "${info.name}" is a table`)
  return info
}

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
