/**
 * DDL as values: the tables of a schema, to make and to drop.
 */
import type { AnySchema } from './schema.js'
import type { TableInfo } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/ddl')

/** Statements that make or drop tables, as a value; `Db.execute` runs it. */
export interface Ddl {
  readonly [brand]: true
  readonly _tag: 'CreateAll' | 'DropAll'
  readonly tables: ReadonlyArray<TableInfo>
}

/** Whether `u` is DDL that relvar made. */
export const isDdl = (u: unknown): u is Ddl => typeof u === 'object' && u !== null && brand in u

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const ddl = (tag: Ddl['_tag'], schema: AnySchema): Ddl =>
  Object.freeze<Ddl>({ [brand]: true, _tag: tag, tables: schema.infos })

/**
 * Makes the tables of a schema that are not there, parents before children, with their keys and indexes.
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
export const createAll = (schema: AnySchema): Ddl => ddl('CreateAll', schema)

/**
 * Drops the tables of a schema that are there, children before parents, cycles too.
 *
 * @category constructors
 * @since 0.1.0
 */
export const dropAll = (schema: AnySchema): Ddl => ddl('DropAll', schema)
