/**
 * Running an INSERT: its parts one after the other, in one transaction where there are several, and what came back in the order of
 * the rows.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import type { InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { Answer } from './answer.js'
import { type Bindings, noBindings } from './bind.js'
import { type CompileError, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { chunksOf, groupsOf } from './insert-chunks.js'
import type { Written } from './insert-answer.js'
import type { Part } from './insert-part.js'
import { partOfChunk, partsOfValues } from './insert-parts.js'
import { insertedFromLoad, isReadFirst, notesOfQuery, problemOf } from './insert-query.js'
import { done, type Load } from './load.js'
import type { LoadError } from './load-error.js'
import { tableReads } from './table-set.js'
import type { Loaded } from './upsert-find.js'
import { type FromQuery, readFirst } from './upsert-from.js'
import { isUpsert } from './upsert-key.js'
import { notesOfUpsert, upsertLoad } from './upsert-load.js'

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** The parts of an insert, all of them compiled and bound, so that a bad value in the last stops the first. */
const partsOf = (
  dialect: Dialect,
  insert: InsertNode,
  bindings: Bindings,
): Either<CompileError | LoadError, ReadonlyArray<Part>> => {
  if (insert.source._tag === 'Values') return partsOfValues(dialect, insert, null, bindings)
  const parts: Array<Part> = []
  for (const group of groupsOf(insert)) {
    if (group.node.source._tag === 'Values') {
      const some = partsOfValues(dialect, group.node, group.positions, bindings)
      if (isLeft(some)) return some
      parts.push(...some.right)
      continue
    }
    for (const chunk of chunksOf(dialect, group)) {
      const part = partOfChunk(dialect, chunk, bindings)
      if (isLeft(part)) return part
      parts.push(part.right)
    }
  }
  return right(parts)
}

// -------------------------------------------------------------------------------------
// loads
// -------------------------------------------------------------------------------------

/** The rows of a query, read first and then inserted as rows. */
const insertedAsRows = (dialect: Dialect, insert: InsertNode, source: FromQuery, bindings: Bindings): Loaded => {
  const problem = problemOf(insert, source)
  if (problem !== null) return left(problem)
  return readFirst(dialect, source, bindings, (rows) =>
    insertLoad(dialect, { ...insert, source: { _tag: 'Rows', rows } }, bindings),
  )
}

/** The Load of an INSERT: nothing is sent for no rows, and more than one statement makes one transaction. */
export const insertLoad = (
  dialect: Dialect,
  given: InsertNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  if (isUpsert(given))
    return upsertLoad(dialect, given, bindings, (row) => insertLoad(dialect, { ...row, conflict: null }, bindings))
  const { source } = given
  if (source._tag === 'Query')
    return isReadFirst(dialect, given)
      ? insertedAsRows(dialect, given, source, bindings)
      : insertedFromLoad(dialect, given, bindings)
  const parts = partsOf(dialect, given, bindings)
  if (isLeft(parts)) return parts
  const [first] = parts.right
  if (first !== undefined && parts.right.length === 1)
    return right(first.load(false, (written) => right(done(written))))
  // The rows of a later statement would see those of an earlier one, which rows of one statement do not.
  if (first !== undefined && tableReads(given).has(tableIdentity(given.into.table)))
    return left(
      unsupported(
        dialect.name,
        `insert so many rows that ask "${given.into.table.name}"`,
        'read the values first, then insert them',
      ),
    )
  return runParts(given, parts.right)
}

/** What is said in other words in an insert, and why. */
export const notesOfInsert = (dialect: Dialect, node: InsertNode): ReadonlyArray<string> => {
  if (isUpsert(node)) return notesOfUpsert(dialect, node)
  if (node.source._tag === 'Query') return notesOfQuery(dialect, node)
  const parts = partsOf(dialect, node, noBindings)
  return isLeft(parts) ? [] : [...new Set(parts.right.flatMap(({ notes }) => notes))]
}

/** What the parts have answered, the last of them first. */
type Answered = { readonly part: Part; readonly written: Written; readonly before: Answered } | null

/** Rows and keys at the places of the rows inserted. A Load may run more than once, so that each run makes lists of its own. */
const inPlace = (count: number, returning: boolean, answered: Answered): Answer<unknown> => {
  const rows: Array<unknown> = Array.from({ length: returning ? count : 0 })
  const keys: Array<Readonly<Record<string, unknown>>> = []
  let affected = 0
  for (let one = answered; one !== null; one = one.before) {
    const { part, written } = one
    written.rows.forEach((row, i) => (rows[part.placeOf(i)] = row))
    written.keys.forEach((key, i) => (keys[part.placeOf(i)] = key))
    affected += written.affected
  }
  return { rows, keys: keys.filter((k) => k !== undefined), affected }
}

const runParts = (
  insert: InsertNode,
  parts: ReadonlyArray<Part>,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const count = parts.reduce((n, part) => n + part.count, 0)
  const go = (at: number, before: Answered): Either<LoadError, Load<Answer<unknown>>> => {
    const part = parts[at]
    return part === undefined
      ? right(done(inPlace(count, insert.returning !== null, before)))
      : right(part.load(true, (written) => go(at + 1, { part, written, before })))
  }
  return go(0, null)
}
