/**
 * What comes back of an INSERT: what its user asked for and the keys that the database made, in the order of the rows.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import type { InsertNode } from '../expr/query-node.js'
import type { ColumnInfo } from '../expr/source.js'
import { illFormed, type CompileError } from './compile-error.js'
import type { Context } from './context.js'
import { bad, type Decode, decoderOf } from './decode.js'
import { corruptReply, decodeFailure, type LoadError } from './load-error.js'
import { returningPlan } from './plan.js'
import { needsBigints } from './read.js'
import { type ReadRows, readerOf } from './rows.js'
import type { Sql } from './sql.js'
import type { RawRow } from './statement.js'
import { returnedSql, targetScope } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The output that is the key the engine made, and in which order it makes them. */
export interface GeneratedKey {
  readonly at: number
  readonly column: ColumnInfo
  readonly decode: Decode
  /** Null where the engine may begin again from the other end. */
  readonly order: 'up' | 'down' | null
}

/** How the outputs are read. */
export interface Reading {
  /** Reads what the caller asked to have returned. */
  readonly read: ReadRows | null
  readonly generated: GeneratedKey | null
  readonly bigints: boolean
}

/** Rows and generated keys in the order of the rows inserted. */
export interface Written {
  readonly rows: ReadonlyArray<unknown>
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>
  readonly affected: number
}

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

/** The column whose values the engine makes where a row names only these. */
export const generatedColumn = (insert: InsertNode, given: ReadonlyArray<string>): ColumnInfo | null =>
  insert.into.table.columns.find((c) => c.autoIncrement && !given.includes(c.key)) ?? null

/** Columns whose values are the database's alone. */
export const refusedColumn = (insert: InsertNode, given: ReadonlyArray<string>): CompileError | null => {
  const { table } = insert.into
  const wrong = table.columns.find(
    (c) => (c.generated !== null || c.identity?.always === true) && given.includes(c.key),
  )
  if (wrong === undefined) return null
  const why = wrong.generated === null ? 'the database makes all of its keys' : 'the database computes it'
  return illFormed(`${table.name}.${wrong.key} takes no value: ${why}`)
}

/** The outputs: what was asked for, then the key. */
export const answeredSql = (context: Context, insert: InsertNode, generated: ColumnInfo | null): ReadonlyArray<Sql> => {
  const asked = returnedSql(context, targetScope(context, insert.into), insert)
  const { quote } = context.dialect
  return generated === null ? asked : [...asked, [`${quote(insert.into.table.name)}.${quote(generated.name)}`]]
}

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

const orderOf = ({ identity }: ColumnInfo): GeneratedKey['order'] =>
  identity?.cycle === true ? null : Number(identity?.increment ?? 1) < 0 ? 'down' : 'up'

/** How `outputs` outputs are read, the key of which is the last. */
export const readingOf = (insert: InsertNode, generated: ColumnInfo | null, outputs: number): Reading => {
  const planned = returningPlan(insert)
  return {
    read: planned === null ? null : readerOf(planned.plan),
    generated:
      generated === null
        ? null
        : { at: outputs - 1, column: generated, decode: decoderOf(generated.type), order: orderOf(generated) },
    bigints: (planned !== null && needsBigints(planned.plan)) || generated?.type._tag === 'BigInt',
  }
}

/** Engines may give returned rows in any order, but they make keys in the order of the rows. */
const inKeyOrder = (generated: GeneratedKey | null, rows: ReadonlyArray<RawRow>): ReadonlyArray<RawRow> => {
  if (generated === null || generated.order === null || rows.length < 2) return rows
  const sign = generated.order === 'up' ? 1 : -1
  const keyed = rows.map((row) => ({ row, key: BigInt(String(row[generated.at])) }))
  const compared = (a: { readonly key: bigint }, b: { readonly key: bigint }): number => (a.key < b.key ? -sign : sign)
  // They mostly are in order already.
  if (keyed.every((one, i) => i === 0 || compared(keyed[i - 1] ?? one, one) < 0)) return rows
  return keyed.sort(compared).map(({ row }) => row)
}

/** Reads the answer to `count` inserted rows. */
export const readWritten = (
  { read, generated }: Reading,
  text: string,
  raw: ReadonlyArray<RawRow>,
  affected: number,
  count: number,
): Either<LoadError, Written> => {
  if (read === null && generated === null) return right({ rows: [], keys: [], affected })
  if (raw.length !== count) return left(corruptReply(`${count} rows were inserted, ${raw.length} came back`, text))
  const ordered = inKeyOrder(generated, raw)
  const rows = read === null ? right([]) : read(ordered, text)
  if (isLeft(rows)) return rows
  if (generated === null) return right({ rows: rows.right, keys: [], affected })
  const { key } = generated.column
  const keys: Array<Readonly<Record<string, unknown>>> = []
  for (const [i, row] of ordered.entries()) {
    const value = generated.decode(row[generated.at])
    if (value === bad)
      return left(decodeFailure(key, i, 'the key that the database made is not what the schema says', text))
    keys.push({ [key]: value })
  }
  return right({ rows: rows.right, keys, affected })
}
