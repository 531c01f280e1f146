/**
 * Running an INSERT: rows by their columns, in chunks that the engine takes, then their keys and what was asked for, in the order
 * of the rows.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { Assignment, InsertNode } from '../expr/query-node.js'
import type { Answer } from './answer.js'
import { bind, type Bindings } from './bind.js'
import { bad } from './decode.js'
import type { CompileError } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { insertTemplate, type InsertTemplate } from './insert.js'
import { done, type Load, step } from './load.js'
import { corruptReply, decodeFailure, type LoadError } from './load-error.js'
import { keyWires } from './outer-keys.js'
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

/** Rows that name the same columns in the same order go together, as many as the engine has parameters for. */
export const chunksOf = (dialect: Dialect, insert: InsertNode): ReadonlyArray<Chunk> => {
  const groups = new Map<string, Array<number>>()
  insert.rows.forEach((row, i) => {
    const id = columnsOf(row)
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [i])
    else group.push(i)
  })
  return [...groups.values()].flatMap((positions) => {
    const width = insert.rows[positions[0] ?? 0]?.length ?? 0
    const size = width === 0 ? 1 : Math.max(1, Math.min(mostRows, Math.floor(dialect.features.maxParameters / width)))
    if (positions.length <= size && groups.size === 1) return [{ node: insert, positions }]
    const chunks: Array<Chunk> = []
    for (let at = 0; at < positions.length; at += size) {
      const part = positions.slice(at, at + size)
      // A position was taken from the rows themselves.
      chunks.push({ node: { ...insert, rows: part.map((i) => insert.rows[i] ?? []) }, positions: part })
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

/** The parameters of the statement that reads the rows again. */
const againParameters = (
  dialect: Dialect,
  template: InsertTemplate,
  chunk: Chunk,
  parameters: ReadonlyArray<Wire>,
  reply: Reply,
): ReadonlyArray<Wire> => {
  if (template.again === null) return []
  if (template.again._tag === 'ByFirstKey') {
    const first = reply.insertId ?? 0n
    return [first, first, BigInt(chunk.positions.length - 1), first]
  }
  const { keyColumns } = template.again
  const width = chunk.node.rows[0]?.length ?? 0
  const keys = chunk.node.rows.map((row, i) =>
    keyColumns.map((key) => parameters[i * width + row.findIndex((a) => a.key === key)] ?? null),
  )
  return keyWires(dialect, keyColumns.length, keys)
}

const chunkLoad = (
  dialect: Dialect,
  chunk: Chunk,
  bindings: Bindings,
  atomic: boolean,
  next: (written: Written) => Either<LoadError, Load<Answer<unknown>>>,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const compiled = dialect.cache.get(chunk.node, () => insertTemplate(dialect, chunk.node))
  if (isLeft(compiled)) return compiled
  const template = compiled.right
  const parameters = bind(template.slots, paramsOf(chunk.node), bindings, [])
  if (isLeft(parameters)) return parameters
  const count = chunk.positions.length
  const finish = (raw: ReadonlyArray<RawRow>, affected: number): Either<LoadError, Load<Answer<unknown>>> => {
    const written = readWritten(template, raw, affected, count)
    return isLeft(written) ? written : next(written.right)
  }
  const returns = template.again === null && (template.read !== null || template.generated !== null)
  return right(
    step(
      statement(template, template.text, parameters.right, returns),
      (reply) => {
        if (template.again === null) return finish(reply.rows, reply.affected)
        const again = againParameters(dialect, template, chunk, parameters.right, reply)
        return right(
          step(statement(template, template.again.text, again, true), (read) => finish(read.rows, reply.affected)),
        )
      },
      atomic || template.again !== null,
    ),
  )
}

// -------------------------------------------------------------------------------------
// all chunks
// -------------------------------------------------------------------------------------

/** The Load of an INSERT: nothing is sent for no rows, and more than one statement makes one transaction. */
export const insertLoad = (
  dialect: Dialect,
  insert: InsertNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const chunks = chunksOf(dialect, insert)
  if (chunks.length === 1 && chunks[0] !== undefined)
    return chunkLoad(dialect, chunks[0], bindings, false, (written) => right(done(written)))
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
  const rows: Array<unknown> = Array.from({ length: insert.returning === null ? 0 : insert.rows.length })
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
