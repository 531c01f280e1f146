/**
 * The parts of an INSERT: statements that are compiled and bound, each with the rows that it writes.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { InsertNode } from '../expr/query-node.js'
import { bind, type Bindings } from './bind.js'
import type { CompileError } from './compile-error.js'
import type { Dialect } from './dialect.js'
import type { Chunk } from './insert-chunks.js'
import { boundArrays, sizeOf } from './insert-bind.js'
import { insertTemplate, type InsertTemplate, readAgainNote } from './insert.js'
import { type BoundValues, fromFirst, type Part, partOf } from './insert-part.js'
import { type ValuesTemplate, valuesTemplate, type Way } from './insert-values.js'
import type { LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { keyWires } from './outer-keys.js'
import { secretsAfter, secretsOf } from './secret-places.js'
import type { Reply, Wire } from './statement.js'

type Parts = Either<CompileError | LoadError, ReadonlyArray<Part>>

// -------------------------------------------------------------------------------------
// of assignments
// -------------------------------------------------------------------------------------

const compiledOf = (dialect: Dialect, node: InsertNode): Either<CompileError, InsertTemplate> => {
  const compiled = dialect.cache.get(node, () => insertTemplate(dialect, node))
  if (isLeft(compiled)) return compiled
  const problem = compiled.right.named ? namesProblem(node) : null
  return problem === null ? compiled : left(problem)
}

/** The part of a chunk whose rows have expressions among their values. */
export const partOfChunk = (
  dialect: Dialect,
  { node, positions }: Chunk,
  bindings: Bindings,
): Either<CompileError | LoadError, Part> => {
  const compiled = compiledOf(dialect, node)
  if (isLeft(compiled)) return compiled
  const template = compiled.right
  const { again } = template
  const params = paramsOf(node)
  const parameters = bind(template.slots, params, bindings, [])
  if (isLeft(parameters)) return parameters
  // What reads the rows again has values of its own: a bad one is refused before the rows are written.
  const asked = bind(again?.slots ?? [], params, bindings, [])
  if (isLeft(asked)) return asked
  const given = again?.given?.map((places) => places.map((place) => parameters.right[place] ?? null)) ?? null
  const keys = (reply: Reply): ReadonlyArray<Wire> =>
    given === null ? fromFirst(reply, positions.length) : keyWires(dialect, given[0]?.length ?? 0, given)
  return right(
    partOf({
      template,
      text: template.text,
      bound: { parameters: parameters.right, ...secretsOf(node, template.slots) },
      count: positions.length,
      placeOf: (row) => positions[row] ?? row,
      again:
        again === null
          ? null
          : {
              text: again.text,
              parameters: (reply) => bind(again.slots, params, bindings, keys(reply)),
              secrets: secretsOf(node, again.slots),
            },
      tellsKey: again !== null && again.given === null && template.read === null && positions.length === 1,
      notes: template.notes,
    }),
  )
}

// -------------------------------------------------------------------------------------
// of plain values
// -------------------------------------------------------------------------------------

/** The rows that one array holds, and that one run of a statement takes; the characters of all arrays together. */
const mostInArrays = 10_000
const mostCharacters = 2 ** 25

/** The bytes of one VALUES: servers refuse a statement of more than 16 MB. */
const mostBytes = 2 ** 22

/** How many rows one VALUES has: few lengths, so that few texts serve inserts of any size. */
const lengths = [1000, 768, 512, 384, 256, 192, 128, 96, 64, 48]

const lengthFor = (rows: number): number => (rows < 48 ? rows : (lengths.find((n) => n <= rows) ?? rows))

interface Span {
  readonly way: Way
  readonly from: number
  readonly rows: number
  readonly bound: BoundValues
  readonly keys: ReadonlyArray<ReadonlyArray<Wire>> | null
}

type Columns = ReadonlyArray<ReadonlyArray<Wire>>

const inSets = (columns: Columns, count: number, more: ReadonlyArray<Wire>): ReadonlyArray<Span> => {
  const all = [...columns, ...more.map((wire) => Array.from({ length: count }, () => wire))]
  const spans: Array<Span> = []
  for (let from = 0; from < count; from += mostInArrays) {
    const rows = Math.min(mostInArrays, count - from)
    const some = rows === count ? all : all.map((column) => column.slice(from, from + rows))
    spans.push({ way: 'sets', from, rows, bound: { parameters: [], sets: { count: rows, columns: some } }, keys: null })
  }
  return spans
}

/** How many rows from this one on a statement takes: as many as one of few lengths, but no more bytes than a server does. */
const rowsFrom = (columns: Columns, from: number, most: number): number => {
  let rows = 0
  for (let bytes = 0; rows < most; rows += 1) {
    for (const column of columns) bytes += sizeOf(column[from + rows] ?? null)
    if (bytes > mostBytes && rows > 0) break
  }
  return lengthFor(rows)
}

const inRows = (
  { mostRows, again }: ValuesTemplate,
  columns: Columns,
  count: number,
  more: ReadonlyArray<Wire>,
): ReadonlyArray<Span> => {
  const keys = again?.keys ?? null
  const spans: Array<Span> = []
  for (let from = 0; from < count; ) {
    const rows = rowsFrom(columns, from, Math.min(mostRows, count - from))
    const parameters: Array<Wire> = []
    for (let at = from; at < from + rows; at++) for (const column of columns) parameters.push(column[at] ?? null)
    for (const wire of more) parameters.push(wire)
    const first = from
    const keysOf = (at: number): ReadonlyArray<Wire> => (keys ?? []).map((key) => columns[key]?.[first + at] ?? null)
    spans.push({
      way: 'rows',
      from,
      rows,
      bound: { parameters, inColumns: true },
      keys: keys === null ? null : Array.from({ length: rows }, (_, at) => keysOf(at)),
    })
    from += rows
  }
  return spans
}

/** The statements of all rows, whose values are bound; `more` are the values after those of the rows. */
const spansOf = (
  template: ValuesTemplate,
  rows: ReadonlyArray<ReadonlyArray<unknown>>,
  more: ReadonlyArray<Wire>,
): Either<LoadError, ReadonlyArray<Span>> => {
  const { codes } = template
  if (template.many === 'arrays' && rows.length > 1) {
    const spans: Array<Span> = []
    for (let from = 0; from < rows.length; from += mostInArrays) {
      const to = Math.min(from + mostInArrays, rows.length)
      const bound = boundArrays(codes, rows, { from, to, most: mostCharacters })
      if (isLeft(bound)) return bound
      for (const { lists, ...span } of bound.right)
        spans.push({ ...span, way: 'arrays', bound: { parameters: [...lists, ...more] }, keys: null })
    }
    return right(spans)
  }
  const bound = template.bindRows(rows)
  if (isLeft(bound)) return bound
  return right(
    template.many === 'sets' && rows.length > 1
      ? inSets(bound.right, rows.length, more)
      : inRows(template, bound.right, rows.length, more),
  )
}

/** The parts of rows of plain values that name the same columns; null: `positions` are those of the rows. */
export const partsOfValues = (
  dialect: Dialect,
  node: InsertNode,
  positions: ReadonlyArray<number> | null,
  bindings: Bindings,
): Parts => {
  const { source } = node
  if (source._tag !== 'Values') return right([])
  const compiled = dialect.cache.get(node, () => valuesTemplate(dialect, node, source.columns))
  if (isLeft(compiled)) return compiled
  const template = compiled.right
  const params = paramsOf(node)
  const { again } = template
  const asked = bind(again?.slots ?? [], params, bindings, [])
  if (isLeft(asked)) return asked
  const first = template.textOf('rows', 1)
  if (isLeft(first)) return first
  const more = bind(first.right.slots, params, bindings, [])
  if (isLeft(more)) return more
  const spans = spansOf(template, source.rows, more.right)
  if (isLeft(spans)) return spans
  const own = secretsOf(node, first.right.slots)
  const types = source.columns.map(({ type }) => type)
  const parts: Array<Part> = []
  for (const { way, from, rows, bound, keys } of spans.right) {
    const text = template.textOf(way === 'sets' ? 'rows' : way, way === 'sets' ? 1 : rows)
    if (isLeft(text)) return text
    const one = rows === 1 && again !== null && !again.asked
    const ofKeys = (reply: Reply): ReadonlyArray<Wire> =>
      keys === null ? fromFirst(reply, rows) : keyWires(dialect, keys[0]?.length ?? 0, keys)
    parts.push(
      partOf({
        template,
        text: text.right.text,
        bound: { ...bound, ...secretsAfter(own, types, way === 'rows' ? rows : 1) },
        count: rows,
        placeOf: (row) => positions?.[from + row] ?? from + row,
        again:
          again === null || one
            ? null
            : {
                text: again.text,
                parameters: (reply) => bind(again.slots, params, bindings, ofKeys(reply)),
                secrets: secretsOf(node, again.slots),
              },
        tellsKey: one,
        notes: again === null || one ? [] : [readAgainNote],
      }),
    )
  }
  return right(parts)
}
