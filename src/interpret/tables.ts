/**
 * `Tables`: what a database holds at one moment, as an immutable value.
 */
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { SequenceInfo } from '../expr/sequence.js'
import type { TableInfo } from '../expr/source.js'
import { type AnyTable, type RowOf, tableInfo } from '../expr/table.js'
import { readColumns } from './refined.js'
import type { Row } from './value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Rows by table identity. A table that was never filled is empty. */
export interface Tables {
  readonly rows: ReadonlyMap<string, ReadonlyArray<Row>>
  /** The last key of each table with automatic keys: the greatest that was made or given, or where its identity stands. */
  readonly keys: ReadonlyMap<string, bigint>
  /** The last number that each sequence gave, by its schema and name. */
  readonly sequences?: ReadonlyMap<string, bigint>
  /** How each sequence counts that was made; one that was not counts as whoever asks it says. */
  readonly counting?: ReadonlyMap<string, SequenceInfo>
  /** The schemas that were made. */
  readonly schemas?: ReadonlySet<string>
  /** Whether constraints that are deferred are asked later: in a transaction under way. */
  readonly deferring?: boolean
  /** The tables whose foreign keys are kept, and the views; empty where no schema was given. */
  readonly infos: ReadonlyArray<TableInfo>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * No rows at all, and no foreign keys to keep.
 *
 * @example
 * import { integer, table } from 'relvar'
 * import { emptyTables, rowsIn } from 'relvar/memory'
 *
 * const users = table('users', { id: integer })
 * assert.deepStrictEqual(rowsIn(users)(emptyTables), [])
 *
 * @category constructors
 * @since 0.1.0
 */
export const emptyTables: Tables = Object.freeze({ rows: new Map(), keys: new Map(), infos: Object.freeze([]) })

/**
 * The empty tables of a schema: writes keep its foreign keys.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { insertInto, integer, primaryKey, references, schema, table } from 'relvar'
 * import { apply, tablesIn } from 'relvar/memory'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * const blog = tablesIn(schema({ users, posts }))
 * const orphan = apply(insertInto(posts)({ id: 1, authorId: 7 }))(blog)
 * assert.deepStrictEqual(E.isLeft(orphan) && orphan.left._tag, 'ForeignKeyViolation')
 *
 * @category constructors
 * @since 0.1.0
 */
export const tablesIn = (schema: AnySchema): Tables => Object.freeze({ ...emptyTables, infos: schema.infos })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** The tables with a table's rows replaced. */
export const replaceRows = (tables: Tables, info: TableInfo, rows: ReadonlyArray<Row>): Tables =>
  Object.freeze({ ...tables, rows: new Map(tables.rows).set(tableIdentity(info), Object.freeze([...rows])) })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** What the tables know of a table or a view of a name. */
export const infoNamed = ({ infos }: Tables, table: Pick<TableInfo, 'schema' | 'name'>): TableInfo | undefined => {
  const id = tableIdentity(table)
  return infos.find((info) => tableIdentity(info) === id)
}

/** The rows of a table by what is known of it. */
export const rowsOfInfo = (tables: Tables, info: TableInfo): ReadonlyArray<Row> =>
  tables.rows.get(tableIdentity(info)) ?? []

const readAll = (info: TableInfo, tables: Tables): ReadonlyArray<unknown> => {
  const read = readColumns(info.columns)
  const rows = rowsOfInfo(tables, info)
  return read === null ? rows : rows.map(read)
}

/**
 * The rows that a table holds, in no order that anyone promises.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, table } from 'relvar'
 * import { emptyTables, rowsIn, withRows } from 'relvar/memory'
 *
 * const scores = table('scores', { points: integer })
 * const filled = withRows(scores)([{ points: 3 }])(emptyTables)
 * assert.deepStrictEqual(pipe(filled, E.map(rowsIn(scores))), E.right([{ points: 3 }]))
 *
 * @category destructors
 * @since 0.1.0
 */
export const rowsIn =
  <T extends AnyTable>(t: T) =>
  (tables: Tables): ReadonlyArray<RowOf<T>> =>
    // `withRows` and `apply` are the only ways in, and both keep the types of the table's columns.
    readAll(tableInfo(t), tables) as ReadonlyArray<RowOf<T>>
