/**
 * `apply`: what a write does to tables in memory. It does all of it or nothing, as a statement does.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import { type ClosedQuery, type Decode, type Query, statementOf } from '../expr/query.js'
import { assignmentRows } from '../expr/insert-rows.js'
import { type InsertNode, isWrite, type ProjectionNode, type WriteNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { TableInfo, TableSource } from '../expr/source.js'
import { checkStatement } from './check-statement.js'
import { checkUnique } from './constraint.js'
import type { ConstraintError } from './constraint-error.js'
import { type EvalError, notEvaluable } from './eval-error.js'
import { checkReferences, withActions } from './foreign-key.js'
import { projected } from './projection.js'
import { readProjection } from './refined.js'
import { allParams, type Bindings, type Clock, runOf } from './run.js'
import { bind, type Run } from './scope.js'
import { replaceRows, rowsOfInfo, type Tables } from './tables.js'
import type { Row } from './value.js'
import { type Written, deleted, inserted, updated } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a write did: the tables afterwards, what `returning` asked for, and how many rows matched. */
export interface Applied<out A> {
  readonly tables: Tables
  readonly rows: ReadonlyArray<A>
  readonly affected: number
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The changed tables whose keys must be looked at: those that the schema names, and the one that was written. */
const changedInfos = (before: Tables, after: Tables, written: TableInfo): ReadonlyArray<TableInfo> => [
  written,
  ...after.infos.filter((info) => before.rows.get(tableIdentity(info)) !== after.rows.get(tableIdentity(info))),
]

/** The tables with a write's rows, once every constraint has agreed. */
const settled = (before: Tables, info: TableInfo, written: Written): E.Either<ConstraintError, Tables> => {
  const after = withActions(replaceRows(before, info, written.rows), info, written.changes)
  return pipe(
    changedInfos(before, after, info),
    E.traverseArray((changed) => checkUnique(changed, rowsOfInfo(after, changed))),
    E.chainW(() => checkReferences(before, after)),
    E.map(() => after),
  )
}

const same = (row: unknown): unknown => row

const returned = (
  run: Run,
  source: TableSource,
  returning: ProjectionNode | null,
  rows: ReadonlyArray<Row>,
): E.Either<EvalError, ReadonlyArray<unknown>> =>
  returning === null
    ? E.right([])
    : pipe(
        rows,
        E.traverseArray((row) => projected({ run, scope: bind(source.name, row, null), group: null }, returning)),
        E.map((made) => made.map(readProjection(returning) ?? same)),
      )

const writtenBy = (run: Run, write: WriteNode): E.Either<EvalError | ConstraintError, Written> => {
  switch (write._tag) {
    case 'Insert':
      return inserted(run, write)
    case 'Update':
      return updated(run, write)
    case 'Delete':
      return deleted(run, write)
    default:
      return absurd(write)
  }
}

const targetOf = (write: WriteNode): TableSource => {
  switch (write._tag) {
    case 'Insert':
      return write.into
    case 'Update':
      return write.table
    case 'Delete':
      return write.from
    default:
      return absurd(write)
  }
}

/** Rows that are held as values as the assignments that they stand for, each parameter once. */
const inAssignments = (insert: InsertNode): InsertNode =>
  insert.source._tag === 'Values' ? { ...insert, source: { _tag: 'Rows', rows: assignmentRows(insert) } } : insert

/**
 * What a write does: a new value, and what it gives back. Left where a value does not fit its column or a constraint would be
 * broken; the tables that were there are as they were.
 *
 * @param q an insert, update or delete
 * @param bindings values of its named parameters
 * @param clock what time it is, for `currentTimestamp` and `currentDate`
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, insertInto, integer, primaryKey, returning, table, text } from 'relvar'
 * import { apply, emptyTables } from 'relvar/memory'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const done = apply(pipe(insertInto(users)([{ name: 'ed' }, { name: 'wendy' }]), returning(users)))(emptyTables)
 * assert.deepStrictEqual(pipe(done, E.map(({ rows }) => rows)), E.right([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))
 *
 * @category destructors
 * @since 0.1.0
 */
export const apply =
  <P, S extends string, O extends string, F extends string, K extends 'insert' | 'update' | 'delete'>(
    q: Query<P, S, O, F, K> & ClosedQuery<F>,
    bindings: Bindings = {},
    clock: Clock = {},
  ) =>
  (tables: Tables): E.Either<EvalError | ConstraintError, Applied<Decode<P, O>>> => {
    const node = statementOf(q)
    const write = node?._tag === 'Insert' ? inAssignments(node) : node
    if (write?._tag === 'Text') return E.left(notEvaluable('raw SQL has no meaning in memory'))
    if (write === null || !isWrite(write)) return E.left(illFormed('apply takes a write; a query is for interpret'))
    const source = targetOf(write)
    return pipe(
      checkStatement(write),
      E.chain(() => runOf(allParams(write), bindings, tables, clock)),
      E.chainW((run) =>
        pipe(
          writtenBy(run, write),
          E.chainW((written) =>
            pipe(
              settled(tables, source.table, written),
              E.chainW((after) =>
                pipe(
                  returned({ ...run, tables: after }, source, write.returning, written.given),
                  // The rows are made by the projection that P and O describe.
                  E.map((rows) => ({
                    tables: after,
                    rows: rows as ReadonlyArray<Decode<P, O>>,
                    affected: written.given.length,
                  })),
                ),
              ),
            ),
          ),
        ),
      ),
    )
  }
