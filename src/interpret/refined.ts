/**
 * Codecs that stand over a type (`refine`): inside the interpreter a value is what the column keeps, so that it compares as it does in
 * a database; it becomes the codec's value where a row leaves.
 */
import { isRight } from 'fp-ts/lib/Either.js'

import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { ProjectionNode, QueryNode } from '../expr/query-node.js'
import { columnsOfSource } from '../expr/source.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { nullDocument } from './value.js'

/** From what the column keeps to what its reader gets. */
type Read = (value: unknown) => unknown

interface Typed {
  readonly key: string
  readonly type: SqlType<unknown>
}

/** A document that is null, outside of the interpreter. */
const readDocument: Read = (value) => (value === nullDocument ? null : value)

/** The codec's value; what it does not take stays, which `accept` lets happen to nothing that it took. */
const readOf = (type: SqlType<unknown>): Read | null => {
  const { refinement } = type
  const isDocument = plainOf(type)._tag === 'Json'
  if (refinement === null) return isDocument ? readDocument : null
  const { codec } = refinement
  return (value) => {
    if (value === null) return null
    const plain = readDocument(value)
    const decoded = codec.decode(plain)
    return isRight(decoded) ? decoded.right : plain
  }
}

const withMembers =
  (reads: ReadonlyArray<readonly [string, Read]>): Read =>
  (row) =>
    typeof row !== 'object' || row === null
      ? row
      : Object.fromEntries(
          Object.entries(row).map(([key, value]) => [key, (reads.find(([k]) => k === key)?.[1] ?? same)(value)]),
        )

const same: Read = (value) => value

const readMembers = (members: ReadonlyArray<readonly [string, Read | null]>): Read | null => {
  const reads = members.flatMap(([key, read]) => (read === null ? [] : [[key, read] as const]))
  return reads.length === 0 ? null : withMembers(reads)
}

/** Reads a whole row of these columns; null where it stays as it is. */
export const readColumns = (columns: ReadonlyArray<Typed>): Read | null =>
  readMembers(columns.map((c) => [c.key, readOf(c.type)] as const))

/** Reads what a projection made; null where it stays as it is. */
export const readProjection = (projection: ProjectionNode): Read | null => {
  switch (projection._tag) {
    case 'One':
      return readOf(projection.expr.type)
    case 'Whole':
      return readColumns(columnsOfSource(projection.source))
    case 'Record':
      return readMembers(projection.fields.map((f) => [f.key, readProjection(f.projection)] as const))
  }
}

/** Reads the rows of a query; null where they stay as they are. */
export const readQuery = (query: QueryNode): Read | null => {
  if (query._tag === 'Select') return readProjection(projectionOf(query))
  const outputs = outputsOf(query)
  const [only] = outputs
  return isOne(query) && only !== undefined ? readOf(only.type) : readColumns(outputs)
}

/** Whether the rows are bare values: those of a set operation are what its first operand gives. */
const isOne = (query: QueryNode): boolean =>
  query._tag === 'SetOperation' ? isOne(query.left) : query.select?._tag === 'One'

/** One value that leaves. */
export const readValue = (type: SqlType<unknown>, value: unknown): unknown => (readOf(type) ?? same)(value)
