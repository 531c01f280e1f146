/**
 * One row of an upsert on MySQL and MariaDB, which tells what became of it: the row is read again where it was written, and a row
 * that met another one by a key that the conflict is not about is written as the engine itself would not do it.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import { column, compare, type ExprNode, value } from '../expr/node.js'
import type { Answer } from './answer.js'
import { bind, type Bindings } from './bind.js'
import { type CompileError, unsupported } from './compile-error.js'
import { bad, decoderOf } from './decode.js'
import type { Dialect } from './dialect.js'
import { type Load, step } from './load.js'
import { corruptReply, decodeFailure, type LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { secretsOf } from './secret-places.js'
import type { Statement } from './statement.js'
import { givenOf, upsertTemplate } from './upsert.js'
import { signals } from './upsert-duplicate.js'
import {
  askedBack,
  asUpdate,
  chained,
  changedBy,
  hasSame,
  insertedBy,
  type Loaded,
  locked,
  meant,
  type Next,
  nothingWritten,
  own,
  type PlainInsert,
  rowsLoad,
  type RowUpsert,
  withOwnValues,
} from './upsert-find.js'
import { madeColumn, meetsOthers, metKey, standsForExcluded, type UpsertNode } from './upsert-key.js'
import { writeLoad } from './write-load.js'

// -------------------------------------------------------------------------------------
// after the statement
// -------------------------------------------------------------------------------------

/** The row as it was read. */
interface ReadRow {
  readonly row?: unknown
  readonly key?: unknown
}

/**
 * Reads a written row again. `isOwn`: the engine wrote it, and did not find it to be just so already; such a row is read without a
 * lock, which may be taken by another index than that of the write, and two transactions would wait for each other.
 */
const readBack = (row: RowUpsert, where: ExprNode | null, isOwn: boolean): Loaded => {
  const { node, made } = row
  const fields = askedBack(row)
  if (fields.length === 0 || where === null) return row.next({ rows: [], keys: [], affected: 1 })
  const load = rowsLoad(row, (isOwn ? own : locked)(node, where, fields))
  if (isLeft(load)) return load
  return chained(load.right, (rows) => {
    if (rows.length !== 1) return left(corruptReply(`one row was written, ${rows.length} came back`, ''))
    // The fields are those that were asked for.
    const read = rows[0] as ReadRow
    return row.next({
      rows: node.returning === null ? [] : [read.row],
      keys: made === null ? [] : [{ [made.key]: read.key }],
      affected: 1,
    })
  })
}

/** The key that the engine made is told with the statement. */
const inserted = (row: RowUpsert, insertId: bigint | null): Loaded => {
  const { node, made, next } = row
  if (made === null) return readBack(row, insertedBy(row), true)
  const key = decoderOf(made.type)(insertId)
  if (key === bad)
    return left(decodeFailure(made.key, 0, 'the key that the database made is not what the schema says', ''))
  if (node.returning === null) return next({ rows: [], keys: [{ [made.key]: key }], affected: 1 })
  const there = column(node.into, made.key, made.name, made.type, made.nullable)
  return readBack(row, compare('eq', there, value(key, made.type)), true)
}

/**
 * The engine met another row than the one that is meant, and left it alone. That one is changed if it is there; else the row
 * cannot be inserted, and the engine says by which key.
 */
const byOther = (row: RowUpsert): Loaded => {
  const { dialect, node, bindings, met, plain, next } = row
  const where = met === null ? null : hasSame(node, met.columns)
  const asInsert = (): Loaded => {
    const load = plain(node)
    return isLeft(load) ? load : chained(load.right, ({ rows, keys, affected }) => next({ rows, keys, affected }))
  }
  if (where === null) return asInsert()
  const there = rowsLoad(row, locked(node, where, meant(row)))
  if (isLeft(there)) return there
  return chained(there.right, (rows) => {
    if (rows.length === 0) return asInsert()
    if (node.conflict.action._tag === 'Nothing') return next(nothingWritten)
    const load = writeLoad(dialect, asUpdate(row, where), bindings)
    if (isLeft(load)) return load
    return chained(load.right, ({ affected }) =>
      affected === 0 ? next(nothingWritten) : readBack(row, changedBy(row), false),
    )
  })
}

// -------------------------------------------------------------------------------------
// the statement
// -------------------------------------------------------------------------------------

/** What cannot be said of a row before it is sent, or null. */
const rowProblem = (row: RowUpsert, others: boolean): CompileError | LoadError | null => {
  const { dialect, node, bindings, met, made, plain } = row
  const isUpdate = node.conflict.action._tag === 'Update'
  const name = `"${node.into.table.name}"`
  const where = met === null ? null : hasSame(node, met.columns)
  if (others && where === null)
    return unsupported(
      dialect.name,
      `look for a row of ${name} by one of its keys alone where the values of that key are expressions`,
      'give plain values',
    )
  const fields = askedBack(row)
  if (fields.length > 0 && made === null && insertedBy(row) === null)
    return unsupported(
      dialect.name,
      `return inserted rows of ${name}`,
      'the table needs a primary key whose values the rows or the database give',
    )
  if (fields.length > 0 && isUpdate && changedBy(row) === null)
    return unsupported(
      dialect.name,
      `return rows of ${name} whose key it changes, or looks for by expressions`,
      'give the key plain values, and do not set it',
    )
  const asked = [insertedBy(row), isUpdate ? changedBy(row) : null].filter((w) => w !== null)
  const checks = [
    ...(fields.length === 0 ? [] : asked.flatMap((w) => [own, locked].map((f) => rowsLoad(row, f(node, w, fields))))),
    ...(others && where !== null ? [rowsLoad(row, locked(node, where, meant(row)))] : []),
    ...(others && where !== null && isUpdate ? [writeLoad(dialect, asUpdate(row, where), bindings)] : []),
    ...(others ? [plain(node)] : []),
  ]
  const wrong = checks.find(isLeft)
  return wrong === undefined ? null : wrong.left
}

/** The Load of one row, and of what follows. `atomic`: whether more follows than this row. */
export const rowLoad = (
  dialect: Dialect,
  given: UpsertNode,
  bindings: Bindings,
  atomic: boolean,
  plain: PlainInsert,
  next: Next,
): Loaded => {
  const node = standsForExcluded(dialect, given) ? withOwnValues(given) : given
  if (node === null)
    return left(
      unsupported(
        dialect.name,
        'ask a query about excluded where the values of the row are expressions',
        'give plain values',
      ),
    )
  const compiled = dialect.cache.get(node, () => upsertTemplate(dialect, node, 'row'))
  if (isLeft(compiled)) return compiled
  const { text, slots, tables, named } = compiled.right
  const names = named ? namesProblem(node) : null
  if (names !== null) return left(names)
  const parameters = bind(slots, paramsOf(node), bindings, [])
  if (isLeft(parameters)) return parameters
  const met = metKey(node)
  const row: RowUpsert = { dialect, node, bindings, met, made: madeColumn(node.into.table, givenOf(node)), plain, next }
  const others = meetsOthers(node, met, givenOf(node))
  const problem = rowProblem(row, others)
  if (problem !== null) return left(problem)
  const sent: Statement = {
    sql: text,
    parameters: parameters.right,
    text: 'compiled',
    returnsRows: false,
    bigints: false,
    tables,
    ...secretsOf(node, slots),
  }
  return right(
    step(
      sent,
      ({ insertId, affected }) => {
        // All that can follow was compiled and bound before.
        const after = (): Loaded => {
          switch (BigInt.asUintN(64, insertId ?? 0n)) {
            case signals.kept:
              return next(nothingWritten)
            case signals.changed:
              // A row counts twice where it differs from what it was.
              return readBack(row, changedBy(row), affected === 2)
            case signals.other:
              return byOther(row)
            default:
              return inserted(row, insertId)
          }
        }
        return after() as Either<LoadError, Load<Answer<unknown>>>
      },
      atomic || others || askedBack(row).length > 0,
    ),
  )
}
