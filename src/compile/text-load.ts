/**
 * Running a statement of the user's own text: its rows are read by position, or by the names of their columns.
 */
import { type Either, isLeft, left, map, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { TextNode } from '../expr/query-node.js'
import { withOwnParams } from '../expr/rewrite.js'
import type { DerivedColumn } from '../expr/source.js'
import type { Answer } from './answer.js'
import { bind, type Bindings } from './bind.js'
import { type CompileError, illFormed } from './compile-error.js'
import { makeContext } from './context.js'
import type { Dialect } from './dialect.js'
import { done, type Load, step } from './load.js'
import { type DecodeFailure, decodeFailure, type LoadError } from './load-error.js'
import { printFor } from './print.js'
import { textSql } from './raw.js'
import { needsBigints, nested } from './read.js'
import { readerOf, type ReadRows, type RowPlan } from './rows.js'
import { secretsOf } from './secret-places.js'
import type { Slot } from './sql.js'
import type { Reply, TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'

/** A statement of text compiled. `read` is null where it gives no rows. */
export interface TextTemplate {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  readonly read: ReadReply | null
  readonly bigints: boolean
  readonly tables: TableSet
}

/** Reads the rows of a reply. */
type ReadReply = (reply: Reply, statement: string) => Either<DecodeFailure, ReadonlyArray<unknown>>

/** The plan of rows whose columns stand at these places. */
const planOf = (columns: ReadonlyArray<DerivedColumn>, places: ReadonlyArray<number>): RowPlan => ({
  _tag: 'Record',
  fields: columns.map(({ key, type, nullable }, i) => ({
    key,
    plan: { _tag: 'Leaf', at: places[i] ?? i, type, nullable, absent: null, place: key },
  })),
  absent: null,
})

/** Rows of another width than the columns say would be read wrongly, not refused. */
const byPlace = (columns: ReadonlyArray<DerivedColumn>): ReadReply => {
  const read = readerOf(planOf(columns, []))
  const width = columns.length
  return ({ rows }, statement) => {
    const found = rows[0]?.length ?? width
    return found === width
      ? read(rows, statement)
      : left(decodeFailure('columns', 0, `the statement gives ${found} columns, and ${width} were named`, statement))
  }
}

/** The places of the outputs among the columns of a reply, or what is wrong with one. */
const placesOf = (outputs: ReadonlyArray<string>, names: ReadonlyArray<string>): Either<string, Places> => {
  const places: Array<number> = []
  for (const output of outputs) {
    const at = names.indexOf(output)
    if (at < 0) return left(`the statement gives no column "${output}", but ${names.map((n) => `"${n}"`).join(', ')}`)
    if (names.includes(output, at + 1))
      return left(`the statement gives "${output}" twice: name one of the two otherwise`)
    places.push(at)
  }
  return right(places)
}

type Places = ReadonlyArray<number>

/** Columns are found by name when the first reply tells the names; a statement gives the same ones each time, most often. */
const byName = (columns: ReadonlyArray<DerivedColumn>, outputs: ReadonlyArray<string>): ReadReply => {
  let known: { readonly names: string; readonly read: ReadRows } | null = null
  return ({ rows, names }, statement) => {
    if (names === undefined)
      return rows.length === 0 ? right([]) : left(decodeFailure('columns', 0, 'the driver tells no names', statement))
    const told = JSON.stringify(names)
    if (known?.names !== told) {
      const places = placesOf(outputs, names)
      if (isLeft(places)) return left(decodeFailure('columns', 0, places.left, statement))
      known = { names: told, read: readerOf(planOf(columns, places.right)) }
    }
    return known.read(rows, statement)
  }
}

const readOf = ({ columns, outputs }: TextNode): ReadReply | null =>
  columns === null ? null : outputs === null ? byPlace(columns) : byName(columns, outputs)

/** Compiles a statement of text for a dialect. */
export const textTemplate = (dialect: Dialect, node: TextNode): Either<CompileError, TextTemplate> => {
  // One value may stand in several places, each of them a parameter of its own. `withOwnParams` changes nothing else.
  const own = withOwnParams(node) as TextNode
  const context = makeContext(dialect, nested, paramsOf(own), null)
  const written = textSql(context, own)
  const [error] = context.errors
  if (error !== undefined) return left(error)
  return map(({ text, slots }: { readonly text: string; readonly slots: ReadonlyArray<Slot> }) => ({
    text,
    slots,
    read: readOf(node),
    bigints: node.columns !== null && needsBigints(planOf(node.columns, [])),
    tables: tableSetOf(node),
  }))(printFor(dialect, written))
}

/** The Load of a statement of text. Nobody knows how many such texts there will be, so no driver keeps them prepared. */
export const textLoad = (
  dialect: Dialect,
  node: TextNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  if (node.text.trim() === '') return left(illFormed('sql.text: there is no text'))
  const template = dialect.cache.get(node, () => textTemplate(dialect, node))
  if (isLeft(template)) return template
  const { text, slots, read, bigints, tables } = template.right
  const parameters = bind(slots, paramsOf(node), bindings, [])
  if (isLeft(parameters)) return parameters
  const statement = {
    sql: text,
    parameters: parameters.right,
    text: 'once',
    returnsRows: read !== null,
    bigints,
    tables,
    ...secretsOf(node, slots),
  } as const
  return right(
    step(statement, (reply) => {
      const made = read === null ? right([]) : read(reply, text)
      return isLeft(made) ? made : right(done({ rows: made.right, affected: reply.affected, keys: [] }))
    }),
  )
}
