/**
 * Running an INSERT: rows by their columns, in chunks that the engine takes, then their keys and what was asked for, in the order
 * of the rows.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import { assignmentRows } from '../expr/insert-rows.js'
import type { Assignment, InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { Answer } from './answer.js'
import { bind, type Bindings } from './bind.js'
import { bad } from './decode.js'
import { type CompileError, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { projected } from './grouping.js'
import { insertTemplate, type InsertTemplate, type ReadAgain, rowsOf } from './insert.js'
import { done, type Load, step } from './load.js'
import { corruptReply, decodeFailure, type LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { keyWires } from './outer-keys.js'
import { tableReads } from './table-set.js'
import type { RawRow, Reply, Statement, Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// chunks
// -------------------------------------------------------------------------------------

interface Chunk {
  readonly node: InsertNode
  /** For each row of the chunk its position among the rows that were given. */
  readonly positions: ReadonlyArray<number>
}

const columnsOf = (row: ReadonlyArray<Assignment>): string => row.map((a) => a.key).join('\0')

/** No statement grows beyond this: longer ones cost the engine more to parse than they save. */
const mostRows = 1000

/** How many rows one statement takes; a row that names no column stands alone. */
const rowsAtOnce = (dialect: Dialect, insert: InsertNode, positions: ReadonlyArray<number>): number => {
  const all = rowsOf(insert)
  const rows = positions.map((i) => all[i] ?? [])
  if (rows[0] === undefined || rows[0].length === 0) return 1
  const paramsIn = (row: ReadonlyArray<Assignment>): number => row.reduce((n, a) => n + a.value.params, 0)
  const widest = rows.reduce((most, row) => Math.max(most, paramsIn(row)), 1)
  const returned = insert.returning === null ? 0 : projected(insert.returning).reduce((n, e) => n + e.params, 0)
  return Math.max(1, Math.min(mostRows, Math.floor((dialect.features.maxParameters - returned) / widest)))
}

/** Rows that name the same columns in the same order go together, as many as the engine has parameters for. */
export const chunksOf = (dialect: Dialect, insert: InsertNode): ReadonlyArray<Chunk> => {
  const groups = new Map<string, Array<number>>()
  const rows = rowsOf(insert)
  rows.forEach((row, i) => {
    const id = columnsOf(row)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [i])
    else group.push(i)
  })
  return [...groups.values()].flatMap((positions) => {
    const size = rowsAtOnce(dialect, insert, positions)
    if (positions.length <= size && groups.size === 1) return [{ node: insert, positions }]
    const chunks: Array<Chunk> = []
    for (let at = 0; at < positions.length; at += size) {
      const part = positions.slice(at, at + size)
      // A position was taken from the rows themselves.
      chunks.push({
        node: { ...insert, source: { _tag: 'Rows', rows: part.map((i) => rows[i] ?? []) } },
        positions: part,
      })
    }
    return chunks
  })
}

// -------------------------------------------------------------------------------------
// one chunk
// -------------------------------------------------------------------------------------

interface Written {
  /** Rows and generated keys in the order of the chunk's rows. */
  readonly rows: ReadonlyArray<unknown>
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>
  readonly affected: number
}

const statement = (
  template: InsertTemplate,
  sql: string,
  parameters: ReadonlyArray<Wire>,
  returnsRows: boolean,
): Statement => ({
  sql,
  parameters,
  text: 'compiled',
  returnsRows,
  bigints: template.bigints,
  tables: template.tables,
})

/** Engines may give returned rows in any order, but they make keys in the order of the rows. */
const inKeyOrder = (template: InsertTemplate, rows: ReadonlyArray<RawRow>): ReadonlyArray<RawRow> => {
  const { generated } = template
  if (generated === null || rows.length < 2) return rows
  const key = (row: RawRow): bigint => BigInt(String(row[generated.at]))
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

const readWritten = (
  template: InsertTemplate,
  raw: ReadonlyArray<RawRow>,
  affected: number,
  count: number,
): Either<LoadError, Written> => {
  if (template.read === null && template.generated === null) return right({ rows: [], keys: [], affected })
  if (raw.length !== count)
    return left(corruptReply(`${count} rows were inserted, ${raw.length} came back`, template.text))
  const ordered = inKeyOrder(template, raw)
  const rows = template.read === null ? right([]) : template.read(ordered, template.text)
  if (isLeft(rows)) return rows
  const { generated } = template
  if (generated === null) return right({ rows: rows.right, keys: [], affected })
  const keys = ordered.map((row) => generated.decode(row[generated.at]))
  const wrong = keys.indexOf(bad)
  return wrong >= 0
    ? left(
        decodeFailure(
          generated.column.key,
          wrong,
          'the key that the database made is not what the schema says',
          template.text,
        ),
      )
    : right({ rows: rows.right, keys: keys.map((key) => ({ [generated.column.key]: key })), affected })
}

/** The keys by which the rows are read again. */
const againKeys = (
  dialect: Dialect,
  again: ReadAgain,
  parameters: ReadonlyArray<Wire>,
  count: number,
  reply: Reply,
): ReadonlyArray<Wire> => {
  if (again.given === null) return [reply.insertId ?? 0n, BigInt(count - 1)]
  const keys = again.given.map((places) => places.map((place) => parameters[place] ?? null))
  return keyWires(dialect, keys[0]?.length ?? 0, keys)
}

type Next = (written: Written) => Either<LoadError, Load<Answer<unknown>>>

/** The step that sends a chunk and goes on with what came back. */
const chunkStep = (
  dialect: Dialect,
  template: InsertTemplate,
  chunk: Chunk,
  bindings: Bindings,
  parameters: ReadonlyArray<Wire>,
  atomic: boolean,
  next: Next,
): Load<Answer<unknown>> => {
  const { again, text } = template
  const count = chunk.positions.length
  const finish = (raw: ReadonlyArray<RawRow>, affected: number): Either<LoadError, Load<Answer<unknown>>> => {
    const written = readWritten(template, raw, affected, count)
    return isLeft(written) ? written : next(written.right)
  }
  if (again === null) {
    const returns = template.read !== null || template.generated !== null
    return step(statement(template, text, parameters, returns), (reply) => finish(reply.rows, reply.affected), atomic)
  }
  const sent = statement(template, text, parameters, false)
  // The engine tells the first key by itself: for one row that is all that is asked.
  if (again.given === null && template.read === null && count === 1)
    return step(sent, (reply) => finish([[reply.insertId]], reply.affected), atomic)
  return step(
    sent,
    (reply) => {
      const keys = againKeys(dialect, again, parameters, count, reply)
      const bound = bind(again.slots, paramsOf(chunk.node), bindings, keys)
      if (isLeft(bound)) return bound
      return right(
        step(statement(template, again.text, bound.right, true), (read) => finish(read.rows, reply.affected)),
      )
    },
    true,
  )
}

const chunkLoad = (
  dialect: Dialect,
  chunk: Chunk,
  bindings: Bindings,
  atomic: boolean,
  next: Next,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const compiled = dialect.cache.get(chunk.node, () => insertTemplate(dialect, chunk.node))
  if (isLeft(compiled)) return compiled
  const problem = compiled.right.named ? namesProblem(chunk.node) : null
  if (problem !== null) return left(problem)
  const parameters = bind(compiled.right.slots, paramsOf(chunk.node), bindings, [])
  // What reads the rows again has values of its own: a bad one is refused before the rows are written.
  const asked = bind(compiled.right.again?.slots ?? [], paramsOf(chunk.node), bindings, [])
  if (isLeft(asked)) return asked
  return isLeft(parameters)
    ? parameters
    : right(chunkStep(dialect, compiled.right, chunk, bindings, parameters.right, atomic, next))
}

// -------------------------------------------------------------------------------------
// all chunks
// -------------------------------------------------------------------------------------

/** The Load of an INSERT: nothing is sent for no rows, and more than one statement makes one transaction. */
export const insertLoad = (
  dialect: Dialect,
  given: InsertNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  if (given.source._tag === 'Query') return left(unsupported(dialect.name, 'insert the rows of a query', 'insert rows'))
  if (given.conflict !== null) return left(unsupported(dialect.name, 'upserts', 'insert rows'))
  const insert: InsertNode = { ...given, source: { _tag: 'Rows', rows: assignmentRows(given) } }
  const chunks = chunksOf(dialect, insert)
  if (chunks.length === 1 && chunks[0] !== undefined)
    return chunkLoad(dialect, chunks[0], bindings, false, (written) => right(done(written)))
  // The rows of a later statement would see those of an earlier one, which rows of one statement do not.
  if (tableReads(insert).has(tableIdentity(insert.into.table)))
    return left(
      unsupported(
        dialect.name,
        `insert so many rows that ask "${insert.into.table.name}"`,
        'read the values first, then insert them',
      ),
    )
  // All chunks are compiled and bound before the first is sent, so that a bad value in the last stops all.
  for (const chunk of chunks) {
    const checked = chunkLoad(dialect, chunk, bindings, true, () => right(done(noAnswer)))
    if (isLeft(checked)) return checked
  }
  return runChunks(dialect, insert, chunks, bindings)
}

const noAnswer: Answer<unknown> = Object.freeze({ rows: [], keys: [], affected: 0 })

const runChunks = (
  dialect: Dialect,
  insert: InsertNode,
  chunks: ReadonlyArray<Chunk>,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const rows: Array<unknown> = Array.from({ length: insert.returning === null ? 0 : rowsOf(insert).length })
  const keys: Array<Readonly<Record<string, unknown>>> = []
  const go = (at: number, affected: number): Either<LoadError, Load<Answer<unknown>>> => {
    const chunk = chunks[at]
    if (chunk === undefined) return right(done({ rows, keys: keys.filter((k) => k !== undefined), affected }))
    const load = chunkLoad(dialect, chunk, bindings, true, (written) => {
      written.rows.forEach((row, i) => (rows[chunk.positions[i] ?? 0] = row))
      written.keys.forEach((key, i) => (keys[chunk.positions[i] ?? 0] = key))
      return go(at + 1, affected + written.affected)
    })
    // Each chunk was compiled and bound before, so only an error of a reply can be left.
    return load as Either<LoadError, Load<Answer<unknown>>>
  }
  return go(0, 0)
}
