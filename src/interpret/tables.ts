/**
 * `Tables`: what a database holds at one moment, as an immutable value.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { type InvalidValue, invalidValue } from '../compile/load-error.js'
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type AnyTable, type RowOf, tableInfo } from '../expr/table.js'
import { accept } from './accept.js'
import { checkUnique } from './constraint.js'
import type { UniqueViolation } from './constraint-error.js'
import { readColumns } from './refined.js'
import type { Row } from './value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Rows by table identity. A table that was never filled is empty. */
export interface Tables {
  readonly rows: ReadonlyMap<string, ReadonlyArray<Row>>
  /** The greatest key that was made or given for a table with automatic keys. */
  readonly keys: ReadonlyMap<string, bigint>
  /** The tables whose foreign keys are kept; empty where no schema was given. */
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

const acceptColumn = (info: TableInfo, column: ColumnInfo, row: object): E.Either<InvalidValue, unknown> => {
  const place = `${info.name}.${column.key}`
  const held: unknown = Object.entries(row).find(([key]) => key === column.key)?.[1]
  return held === undefined
    ? E.left(invalidValue(place, 'the row has no such value'))
    : accept(column.type, column.nullable, place, held)
}

const acceptRow =
  (info: TableInfo) =>
  (row: unknown): E.Either<InvalidValue, Row> =>
    typeof row !== 'object' || row === null
      ? E.left(invalidValue(info.name, 'a row is a record of its columns'))
      : pipe(
          info.columns,
          E.traverseArray((column) =>
            pipe(
              acceptColumn(info, column, row),
              E.map((value) => [column.key, value] as const),
            ),
          ),
          E.map((entries) => Object.freeze(Object.fromEntries(entries))),
        )

/**
 * The tables with these rows in place of the table's own, each whole and checked against its columns. Foreign keys are left
 * alone, so that tables can be filled in any order.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, nullable, primaryKey, table, text } from 'relvar'
 * import { emptyTables, rowsIn, withRows } from 'relvar/memory'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: pipe(text, nullable) })
 * const filled = pipe(emptyTables, withRows(users)([{ id: 1, name: 'ed' }, { id: 2, name: null }]))
 * assert.deepStrictEqual(pipe(filled, E.map(rowsIn(users)), E.map((rows) => rows.length)), E.right(2))
 *
 * @category combinators
 * @since 0.1.0
 */
export const withRows =
  <T extends AnyTable>(t: T) =>
  (rows: ReadonlyArray<RowOf<T>>) =>
  (tables: Tables): E.Either<InvalidValue | UniqueViolation, Tables> => {
    const info = tableInfo(t)
    return pipe(
      rows,
      E.traverseArray(acceptRow(info)),
      E.chainFirstW((accepted) => checkUnique(info, accepted)),
      E.map((accepted) => replaceRows(tables, info, accepted)),
    )
  }

const autoColumn = (info: TableInfo): ColumnInfo | null => info.columns.find((c) => c.autoIncrement) ?? null

const asKey = (value: unknown): bigint =>
  typeof value === 'bigint' ? value : typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : 0n

/** The tables with a table's rows replaced; automatic keys go on after the greatest one seen. */
export const replaceRows = (tables: Tables, info: TableInfo, rows: ReadonlyArray<Row>): Tables => {
  const id = tableIdentity(info)
  const column = autoColumn(info)
  const greatest = (key: bigint, row: Row): bigint => {
    const own = column === null ? 0n : asKey(row[column.key])
    return own > key ? own : key
  }
  const keys =
    column === null ? tables.keys : new Map(tables.keys).set(id, rows.reduce(greatest, tables.keys.get(id) ?? 0n))
  return Object.freeze({ ...tables, keys, rows: new Map(tables.rows).set(id, Object.freeze([...rows])) })
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

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
