/**
 * Running an upsert: its rows in their order, in as few statements as tell what became of each. More than one make one
 * transaction.
 */
import { type Either, isLeft, left, map as mapRight, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { paramsOf } from '../expr/children.js'
import { assignmentRows } from '../expr/insert-rows.js'
import type { Answer } from './answer.js'
import { bind, type Bindings, noBindings } from './bind.js'
import { type CompileError, unsupported } from './compile-error.js'
import { bad } from './decode.js'
import type { Dialect } from './dialect.js'
import { done, type Load, map, step } from './load.js'
import { problemOf as problemOfQuery } from './insert-query.js'
import { corruptReply, decodeFailure, type LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { secretsOf } from './secret-places.js'
import { noTables, type RawRow, type Reply, type Statement, type Wire } from './statement.js'
import { givenOf, rowsOf, upsertTemplate, type UpsertTemplate } from './upsert.js'
import { signals, type Tells } from './upsert-duplicate.js'
import type { Loaded, Next, PlainInsert, Written } from './upsert-find.js'
import { type FromQuery, isTakenAtOnce, readFirst, readsFirst } from './upsert-from.js'
import { asksItself, meetsOthers, metKey, type UpsertNode, upsertProblem } from './upsert-key.js'
import { type Piece, piecesOf } from './upsert-pieces.js'
import { rowLoad } from './upsert-row.js'

// -------------------------------------------------------------------------------------
// one statement
// -------------------------------------------------------------------------------------

const readWritten = (template: UpsertTemplate, raw: ReadonlyArray<RawRow>): Either<LoadError, Written> => {
  const { made, text } = template
  const rows = template.read === null ? right([]) : template.read(raw, text)
  if (isLeft(rows)) return rows
  if (made === null) return right({ rows: rows.right, keys: [], affected: raw.length })
  const keys = raw.map((row) => made.decode(row[made.at]))
  const wrong = keys.indexOf(bad)
  return wrong >= 0
    ? left(decodeFailure(made.column.key, wrong, 'the key that the database made is not what the schema says', text))
    : right({ rows: rows.right, keys: keys.map((key) => ({ [made.column.key]: key })), affected: raw.length })
}

/** How many of the rows were written. */
const affectedBy = (tells: Tells, count: number, reply: Reply): number => {
  switch (tells) {
    case 'all':
      return count
    case 'count': {
      // A key that a row gave may come back where nothing was counted, also one below zero.
      const told = BigInt.asUintN(64, reply.insertId ?? 0n) - signals.start
      return told < 0n || told >> 1n > BigInt(count) ? count : count - Number(told >> 1n)
    }
    default:
      return reply.affected
  }
}

/** Sets what the statement counts with; nothing else of the session is touched. */
export const countFromHere: Statement = Object.freeze({
  sql: `SELECT LAST_INSERT_ID(${signals.start})`,
  parameters: [],
  text: 'compiled',
  returnsRows: true,
  bigints: true,
  tables: noTables,
})

/**
 * Of several keys PostgreSQL waits for a row that comes at the same time by the one that is meant alone. By another key it is a
 * UniqueViolation, although the row that is there by now has the key that is meant, too.
 */
const retriesOf = (dialect: Dialect, node: UpsertNode): number =>
  dialect.name === 'postgres' && meetsOthers(node, metKey(node), givenOf(node)) ? 3 : 0

const statementLoad = (
  dialect: Dialect,
  template: UpsertTemplate,
  { node, tells }: Piece,
  parameters: ReadonlyArray<Wire>,
  atomic: boolean,
  next: Next,
): Load<Answer<unknown>> => {
  const { text, bigints, tables, returnsRows } = template
  const count = rowsOf(node).length
  const sent: Statement = {
    sql: text,
    parameters,
    text: 'compiled',
    returnsRows,
    bigints,
    tables,
    ...secretsOf(node, template.slots),
  }
  const finish = (reply: Reply): Either<LoadError, Load<Answer<unknown>>> => {
    if (!returnsRows) return next({ rows: [], keys: [], affected: affectedBy(tells, count, reply) })
    if (node.source._tag !== 'Query' && reply.rows.length > count)
      return left(corruptReply(`${count} rows were given, ${reply.rows.length} came back`, text))
    const written = readWritten(template, reply.rows)
    return isLeft(written) ? written : next(written.right)
  }
  return tells === 'count'
    ? step(countFromHere, () => right(step(sent, finish)), atomic)
    : step(sent, finish, atomic, retriesOf(dialect, node))
}

const pieceLoad = (
  dialect: Dialect,
  piece: Piece,
  bindings: Bindings,
  atomic: boolean,
  plain: PlainInsert,
  next: Next,
): Loaded => {
  const { node, tells } = piece
  if (tells === 'row') return rowLoad(dialect, node, bindings, atomic, plain, next)
  const { target } = node.conflict
  const make = (): Either<CompileError, UpsertTemplate> => upsertTemplate(dialect, node, tells)
  // The words of an index that holds some rows alone have its values in them: such a text is of these values alone.
  const isKept = target?._tag !== 'Columns' || target.where === null
  const compiled = isKept ? dialect.cache.get(node, make) : make()
  if (isLeft(compiled)) return compiled
  const names = compiled.right.named ? namesProblem(node) : null
  if (names !== null) return left(names)
  const parameters = bind(compiled.right.slots, paramsOf(node), bindings, [])
  return isLeft(parameters)
    ? parameters
    : right(statementLoad(dialect, compiled.right, piece, parameters.right, atomic, next))
}

// -------------------------------------------------------------------------------------
// all rows
// -------------------------------------------------------------------------------------

const noAnswer: Answer<unknown> = Object.freeze({ rows: [], keys: [], affected: 0 })

/** The columns that rows name, once for each kind of row. */
const kindsOf = (upsert: UpsertNode): ReadonlyArray<ReadonlyArray<string>> => {
  if (upsert.source._tag === 'Query') return [givenOf(upsert)]
  const kinds = new Map(rowsOf(upsert).map((row) => [row.map((a) => a.key).join('\0'), row.map((a) => a.key)]))
  if (kinds.size > 0) return [...kinds.values()]
  const given = upsert.into.table.columns.filter((c) => c.generated === null && c.identity === null)
  return [given.map((c) => c.key)]
}

const problemOf = (dialect: Dialect, upsert: UpsertNode): CompileError | null => {
  for (const columns of kindsOf(upsert)) {
    const problem = upsertProblem(dialect, upsert, columns)
    if (problem !== null) return problem
  }
  return (upsert.source._tag === 'Query' || rowsOf(upsert).length > 1) && asksItself(upsert)
    ? unsupported(
        dialect.name,
        `upsert rows that ask "${upsert.into.table.name}"`,
        'read the values first, then insert them',
      )
    : null
}

const withAssignments = (given: UpsertNode): UpsertNode =>
  given.source._tag === 'Query' ? given : { ...given, source: { _tag: 'Rows', rows: assignmentRows(given) } }

/** The Load of an insert of a query's rows. */
const queryLoad = (
  dialect: Dialect,
  upsert: UpsertNode,
  source: FromQuery,
  bindings: Bindings,
  insert: PlainInsert,
): Loaded => {
  if (!isTakenAtOnce(dialect, upsert, source))
    return pipe(
      readFirst(dialect, source, bindings, (rows) =>
        upsertLoad(dialect, { ...upsert, source: { _tag: 'Rows', rows } }, bindings, insert),
      ),
      // Which key went to which of them is told on no engine.
      mapRight(map((answer: Answer<unknown>) => ({ ...answer, keys: [] }))),
    )
  const wrong = problemOfQuery(upsert, source)
  if (wrong !== null) return left(wrong)
  const piece: Piece = { node: upsert, tells: 'native' }
  return pieceLoad(dialect, piece, bindings, false, insert, (written) => right(done(written)))
}

/** What the pieces have answered, the last of them first. */
type Answered = { readonly written: Written; readonly before: Answered } | null

const joined = (answered: Answered): Answer<unknown> => {
  const all: Array<Written> = []
  for (let one = answered; one !== null; one = one.before) all.push(one.written)
  all.reverse()
  return {
    rows: all.flatMap(({ rows }) => rows),
    keys: all.flatMap(({ keys }) => keys),
    affected: all.reduce((n, { affected }) => n + affected, 0),
  }
}

/** The Load of an insert that says what becomes of rows that are there already; `insert`: how a plain one is run. */
export const upsertLoad = (dialect: Dialect, given: UpsertNode, bindings: Bindings, insert: PlainInsert): Loaded => {
  const upsert = withAssignments(given)
  const problem = problemOf(dialect, upsert)
  if (problem !== null) return left(problem)
  if (upsert.source._tag === 'Query') return queryLoad(dialect, upsert, upsert.source, bindings, insert)
  const pieces = piecesOf(dialect, upsert, bindings)
  const several = pieces.length > 1
  // All is compiled and bound before the first statement is sent, so that a bad value in the last row stops all.
  if (several)
    for (const piece of pieces) {
      const checked = pieceLoad(dialect, piece, bindings, true, insert, () => right(done(noAnswer)))
      if (isLeft(checked)) return checked
    }
  // A Load may run more than once, so that what the pieces answer goes from one to the next.
  const go = (at: number, answered: Answered): Loaded => {
    const piece = pieces[at]
    if (piece === undefined) return right(done(joined(answered)))
    return pieceLoad(
      dialect,
      piece,
      bindings,
      several,
      insert,
      // The other pieces were compiled and bound before.
      (written) => go(at + 1, { written, before: answered }) as Either<LoadError, Load<Answer<unknown>>>,
    )
  }
  return go(0, null)
}

/** What is said in other words in an upsert, and why. */
export const notesOfUpsert = (dialect: Dialect, given: UpsertNode): ReadonlyArray<string> => {
  const upsert = withAssignments(given)
  if (upsert.source._tag === 'Query' && !isTakenAtOnce(dialect, upsert, upsert.source)) return [readsFirst]
  const pieces: ReadonlyArray<Piece> =
    upsert.source._tag === 'Query' ? [{ node: upsert, tells: 'native' }] : piecesOf(dialect, upsert, noBindings)
  const compiled = pieces.map(({ node, tells }) => upsertTemplate(dialect, node, tells))
  return [...new Set(compiled.flatMap((one) => (isLeft(one) ? [] : one.right.notes)))]
}
