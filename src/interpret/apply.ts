/**
 * `apply`: what a write does to tables in memory. It does all of it or nothing, as a statement does.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import type { ParamNode } from '../expr/node.js'
import { type ClosedQuery, type Decode, type Query, statementOf } from '../expr/query.js'
import { type InsertNode, isWrite, type ProjectionNode, type WriteNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { TableInfo, TableSource } from '../expr/source.js'
import { targetOfWrite } from '../expr/write-parts.js'
import { withKey } from './automatic-key.js'
import { checkStatement } from './check-statement.js'
import { checkUnique } from './constraint.js'
import type { ConstraintError } from './constraint-error.js'
import { type EvalError, notEvaluable } from './eval-error.js'
import { counted, countersOf } from './counters.js'
import { checkReferences, withActions } from './foreign-key.js'
import { projected } from './projection.js'
import { readProjection } from './refined.js'
import { paramsOfTable, type Refusal } from './row-rules.js'
import { allParams, type Bindings, type Clock, runOf } from './run.js'
import { bind, type Run } from './scope.js'
import { replaceRows, rowsOfInfo, type Tables } from './tables.js'
import type { Row } from './value.js'
import { deleted, inserted, updated } from './write.js'
import type { Written } from './written.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a write did: the tables afterwards, what `returning` asked for, how many rows matched, and the keys that were made. */
export interface Applied<out A> {
  readonly tables: Tables
  readonly rows: ReadonlyArray<A>
  readonly affected: number
  readonly keys: ReadonlyArray<Row>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The changed tables whose keys must be looked at: those that the schema names, and the one that was written. */
const changedInfos = (before: Tables, after: Tables, written: TableInfo): ReadonlyArray<TableInfo> => {
  const own = tableIdentity(written)
  const others = after.infos.filter((info) => {
    const id = tableIdentity(info)
    return id !== own && before.rows.get(id) !== after.rows.get(id)
  })
  return [written, ...others]
}

/** The tables with a write's rows, once every constraint has agreed. */
const settled = (run: Run, before: Tables, info: TableInfo, written: Written): E.Either<Refusal, Tables> =>
  pipe(
    withActions(run, withKey(replaceRows(before, info, written.rows), info, written.key), info, written.changes),
    E.chainFirstW((after) =>
      pipe(
        changedInfos(before, after, info),
        E.traverseArray((changed) => checkUnique(run, changed, rowsOfInfo(after, changed))),
      ),
    ),
    E.chainFirstW((after) => checkReferences(before, after)),
  )

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

/** Whether a row of an insert brings a value for a column. */
const brings = ({ source }: InsertNode, key: string, row: number): boolean => {
  switch (source._tag) {
    case 'Values':
      return source.columns.some((c) => c.key === key)
    case 'Rows':
      return source.rows[row]?.some((a) => a.key === key) ?? false
    case 'Query':
      return source.columns.includes(key)
  }
}

/** The keys that an insert has made, in the order of its rows. After a conflict no row is known by its place. */
const keysMade = (write: WriteNode, given: ReadonlyArray<Row>): ReadonlyArray<Row> => {
  const column = write._tag === 'Insert' ? write.into.table.columns.find((c) => c.autoIncrement) : undefined
  if (write._tag !== 'Insert' || column === undefined) return []
  const key = ({ [column.key]: made }: Row): Row => ({ [column.key]: made })
  if (write.conflict === null) return given.filter((_, i) => !brings(write, column.key, i)).map(key)
  const rows = write.source._tag === 'Query' ? 1 : write.source.rows.length
  const all = Array.from({ length: rows }, (_, i) => i).every((i) => brings(write, column.key, i))
  return all ? [] : given.map(key)
}

const writtenBy = (run: Run, write: WriteNode): E.Either<Refusal, Written> => {
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

/** The values that stand in a write, and in what the tables say of their rows. */
const paramsOfWrite = (write: WriteNode, written: TableInfo, tables: Tables): ReadonlyArray<ParamNode> => [
  ...allParams(write),
  ...[written, ...tables.infos].flatMap(paramsOfTable),
]

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
    const write = statementOf(q)
    if (write?._tag === 'Text') return E.left(notEvaluable('raw SQL has no meaning in memory'))
    if (write === null || !isWrite(write)) return E.left(illFormed('apply takes a write; a query is for interpret'))
    const source = targetOfWrite(write)
    const counters = countersOf(tables)
    return pipe(
      checkStatement(write, bindings),
      E.chain(() => {
        const counting = write._tag === 'Insert' ? counters.next : null
        return runOf(paramsOfWrite(write, source.table, tables), bindings, tables, clock, counting)
      }),
      E.chainW((run) =>
        pipe(
          writtenBy(run, write),
          E.chainW((written) =>
            pipe(
              settled(run, tables, source.table, written),
              E.chainW((after) =>
                pipe(
                  returned({ ...run, tables: after }, source, write.returning, written.given),
                  // The rows are made by the projection that P and O describe.
                  E.map((rows) => ({
                    tables: counted(after, counters),
                    rows: rows as ReadonlyArray<Decode<P, O>>,
                    affected: written.given.length,
                    keys: keysMade(write, written.given),
                  })),
                ),
              ),
            ),
          ),
        ),
      ),
    )
  }
