/**
 * Running a statement of the user's own text: its rows are read by position.
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
import { decodeFailure, type LoadError } from './load-error.js'
import { printFor } from './print.js'
import { textSql } from './raw.js'
import { needsBigints, nested } from './read.js'
import { readerOf, type ReadRows, type RowPlan } from './rows.js'
import type { Slot } from './sql.js'
import type { RawRow, TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'

/** A statement of text compiled. `read` is null where it gives no rows. */
export interface TextTemplate {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  readonly read: ReadRows | null
  readonly bigints: boolean
  readonly tables: TableSet
}

const planOf = (columns: ReadonlyArray<DerivedColumn>): RowPlan => ({
  _tag: 'Record',
  fields: columns.map(({ key, type, nullable }, at) => ({
    key,
    plan: { _tag: 'Leaf', at, type, nullable, absent: null, place: key },
  })),
  absent: null,
})

/** Rows of another width than the columns say would be read wrongly, not refused. */
const checkingWidth =
  (width: number, read: ReadRows): ReadRows =>
  (rows: ReadonlyArray<RawRow>, statement) => {
    const found = rows[0]?.length ?? width
    return found === width
      ? read(rows, statement)
      : left(decodeFailure('columns', 0, `the statement gives ${found} columns, and ${width} were named`, statement))
  }

/** Compiles a statement of text for a dialect. */
export const textTemplate = (dialect: Dialect, node: TextNode): Either<CompileError, TextTemplate> => {
  // One value may stand in several places, each of them a parameter of its own. `withOwnParams` changes nothing else.
  const own = withOwnParams(node) as TextNode
  const context = makeContext(dialect, nested, paramsOf(own), null)
  const written = textSql(context, own)
  const [error] = context.errors
  if (error !== undefined) return left(error)
  const plan = node.columns === null ? null : planOf(node.columns)
  return map(({ text, slots }: { readonly text: string; readonly slots: ReadonlyArray<Slot> }) => ({
    text,
    slots,
    read: plan === null || node.columns === null ? null : checkingWidth(node.columns.length, readerOf(plan)),
    bigints: plan !== null && needsBigints(plan),
    tables: tableSetOf(node),
  }))(printFor(dialect, written))
}

/** The Load of a statement of text. Nobody knows how many such texts there will be, so no driver keeps them prepared. */
export const textLoad = (
  dialect: Dialect,
  node: TextNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  if (node.texts.every((text) => text.trim() === '')) return left(illFormed('sql.text: there is no text'))
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
  } as const
  return right(
    step(statement, ({ rows, affected }) => {
      const made = read === null ? right([]) : read(rows, text)
      return isLeft(made) ? made : right(done({ rows: made.right, affected, keys: [] }))
    }),
  )
}
