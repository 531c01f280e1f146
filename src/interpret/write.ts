/**
 * The rows that an insert, update or delete leaves in its table, before any constraint between rows is asked.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { tableIdentity } from '../expr/schema.js'
import { assignmentRows } from '../expr/insert-rows.js'
import type { Assignment, DeleteNode, InsertNode, UpdateNode } from '../expr/query-node.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { plainOf } from '../expr/sql-type.js'
import { accept } from './accept.js'
import { type ConstraintError, notNullViolation } from './constraint-error.js'
import type { EvalError } from './eval-error.js'
import { holds, valueOf } from './expression.js'
import type { Change } from './foreign-key.js'
import { bind, type Here, type Run } from './scope.js'
import { rowsOfInfo } from './tables.js'
import type { Row } from './value.js'

type Refusal = EvalError | ConstraintError

/** A table after a write: all of its rows, those that the write gives back, and what became of those it met. */
export interface Written {
  readonly rows: ReadonlyArray<Row>
  readonly given: ReadonlyArray<Row>
  readonly changes: ReadonlyArray<Change>
}

/** The value that an expression gives a column, in the column's own form. */
const assigned = (
  here: Here,
  info: TableInfo,
  column: ColumnInfo,
  assignment: Assignment,
): E.Either<Refusal, unknown> =>
  pipe(
    valueOf(here, assignment.value),
    E.chainW(
      (value): E.Either<Refusal, unknown> =>
        value === null && !column.nullable
          ? E.left(notNullViolation(info.name, column.key))
          : // What stands over the type has had its say where the value came in.
            accept(plainOf(column.type), column.nullable, `${info.name}.${column.key}`, value),
    ),
  )

// -------------------------------------------------------------------------------------
// insert
// -------------------------------------------------------------------------------------

/** What a column takes that the row leaves out; `insertInto` has filled in the defaults. */
const leftOut = (info: TableInfo, column: ColumnInfo, nextKey: bigint): E.Either<Refusal, unknown> => {
  if (column.autoIncrement)
    return accept(
      plainOf(column.type),
      false,
      `${info.name}.${column.key}`,
      column.type._tag === 'BigInt' ? nextKey : Number(nextKey),
    )
  return column.nullable ? E.right(null) : E.left(notNullViolation(info.name, column.key))
}

const newRow = (run: Run, info: TableInfo, row: ReadonlyArray<Assignment>, nextKey: bigint): E.Either<Refusal, Row> => {
  return pipe(
    info.columns,
    E.traverseArray((column) => {
      const assignment = row.find((a) => a.key === column.key)
      return pipe(
        assignment === undefined
          ? leftOut(info, column, nextKey)
          : assigned({ run, scope: null, group: null }, info, column, assignment),
        E.map((value) => [column.key, value] as const),
      )
    }),
    E.map((entries): Row => Object.freeze(Object.fromEntries(entries))),
  )
}

const keyAfter = (info: TableInfo, row: Row, key: bigint): bigint => {
  const column = info.columns.find((c) => c.autoIncrement)
  const own = column === undefined ? null : row[column.key]
  const given = typeof own === 'bigint' ? own : typeof own === 'number' && Number.isInteger(own) ? BigInt(own) : key
  return given > key ? given : key
}

export const inserted = (run: Run, write: InsertNode): E.Either<Refusal, Written> => {
  const info = write.into.table
  const given: Array<Row> = []
  let key = run.tables.keys.get(tableIdentity(info)) ?? 0n
  for (const row of assignmentRows(write)) {
    const made = newRow(run, info, row, key + 1n)
    if (E.isLeft(made)) return made
    key = keyAfter(info, made.right, key)
    given.push(made.right)
  }
  return E.right({ rows: [...rowsOfInfo(run.tables, info), ...given], given, changes: [] })
}

// -------------------------------------------------------------------------------------
// update and delete
// -------------------------------------------------------------------------------------

/** Each row of the table with whether the write is about it. */
const matched = (
  run: Run,
  name: string,
  info: TableInfo,
  where: UpdateNode['where'],
): E.Either<EvalError, ReadonlyArray<{ readonly here: Here; readonly row: Row; readonly met: boolean }>> =>
  pipe(
    rowsOfInfo(run.tables, info),
    E.traverseArray((row) => {
      const here: Here = { run, scope: bind(name, row, null), group: null }
      return pipe(
        holds(here, where),
        E.map((met) => ({ here, row, met })),
      )
    }),
  )

/** The row with its new values; each expression sees the old ones. */
const changedRow = (here: Here, info: TableInfo, row: Row, set: ReadonlyArray<Assignment>): E.Either<Refusal, Row> =>
  pipe(
    info.columns,
    E.traverseArray((column) => {
      const assignment = set.find((a) => a.key === column.key)
      return pipe(
        assignment === undefined ? E.right(row[column.key]) : assigned(here, info, column, assignment),
        E.map((value) => [column.key, value] as const),
      )
    }),
    E.map((entries): Row => Object.freeze(Object.fromEntries(entries))),
  )

export const updated = (run: Run, write: UpdateNode): E.Either<Refusal, Written> => {
  const info = write.table.table
  return pipe(
    matched(run, write.table.name, info, write.where),
    E.chainW(
      E.traverseArray(({ here, row, met }) =>
        met
          ? pipe(
              changedRow(here, info, row, write.set),
              E.map((after): Change => ({ before: row, after })),
            )
          : E.right({ before: row, after: row }),
      ),
    ),
    E.map((all) => {
      const changes = all.filter(({ before, after }) => before !== after)
      const rows = all.flatMap(({ after }) => (after === null ? [] : [after]))
      return { rows, changes, given: changes.flatMap(({ after }) => (after === null ? [] : [after])) }
    }),
  )
}

export const deleted = (run: Run, write: DeleteNode): E.Either<Refusal, Written> =>
  pipe(
    matched(run, write.from.name, write.from.table, write.where),
    E.map((all) => {
      const gone = all.filter(({ met }) => met).map(({ row }) => row)
      return {
        rows: all.filter(({ met }) => !met).map(({ row }) => row),
        given: gone,
        changes: gone.map((before) => ({ before, after: null })),
      }
    }),
  )
