/**
 * `withRows`: tables filled with rows that are there, in any order of the tables.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { type InvalidValue, invalidValue } from '../compile/load-error.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type AnyTable, type RowOf, tableInfo } from '../expr/table.js'
import { accept } from './accept.js'
import { automaticColumn, keyAfter, lastKey, withKey } from './automatic-key.js'
import { checkUnique } from './constraint.js'
import { paramsOfTable, type Refusal, ruled } from './row-rules.js'
import { runOf } from './run.js'
import { replaceRows, type Tables } from './tables.js'
import type { Row } from './value.js'

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

/** The tables with rows in place of the table's own, and automatic keys that go on after the greatest one seen. */
const filledWith = (tables: Tables, info: TableInfo, rows: ReadonlyArray<Row>): Tables => {
  const column = automaticColumn(info)
  const last = lastKey(tables, info)
  const key = column === null ? last : rows.reduce((before, row) => keyAfter(column, row, before, false), last)
  return withKey(replaceRows(tables, info, rows), info, key)
}

/**
 * The tables with these rows in place of the table's own, each whole and checked against its columns, checks and keys; computed
 * columns are computed anew. Foreign keys are left alone, so that tables can be filled in any order.
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
  (tables: Tables): E.Either<Refusal, Tables> => {
    const info = tableInfo(t)
    return pipe(
      runOf(paramsOfTable(info), {}, tables),
      E.chainW((run) =>
        pipe(
          rows,
          E.traverseArray((row) =>
            pipe(
              acceptRow(info)(row),
              E.chainW((accepted) => ruled(run, info, accepted)),
            ),
          ),
          E.chainFirstW((accepted) => checkUnique(run, info, accepted)),
        ),
      ),
      E.map((accepted) => filledWith(tables, info, accepted)),
    )
  }
