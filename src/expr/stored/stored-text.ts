/**
 * Whole statements of trusted text as JSON: stored and read only where "trusted" says so.
 */
import * as t from 'io-ts'

import type { ExprNode } from '../node.js'
import type { TextNode } from '../query-node.js'
import { query as queryOf } from '../query.js'
import type { Source, TableSource } from '../source.js'
import type { SqlType } from '../sql-type.js'
import { made, type Stored } from './stored-node.js'

/** What a statement of text is made of. */
export interface TextParts {
  readonly expr: Stored<ExprNode>
  readonly source: Stored<Source>
  readonly type: Stored<SqlType<unknown>>
  readonly trusted: boolean
  readonly refuse: (why: string) => void
}

const isTableSource = (source: Source): source is TableSource => source._tag === 'TableSource'

/** A name for each value, and an output for each column. */
const isWhole = ({ names, operands, columns, outputs }: Omit<TextNode, '_tag'>): boolean =>
  names.length === operands.length && (outputs === null || outputs.length === columns?.length)

/** Statements of text, over expressions and sources. */
export const textForm = ({ expr, source, type, trusted, refuse }: TextParts): Stored<TextNode> => {
  const tables = t.readonlyArray(t.refinement(source, isTableSource, 'table')) as unknown as Stored<
    ReadonlyArray<TableSource>
  >
  const columns = t.readonlyArray(t.type({ key: t.string, type, nullable: t.boolean }))
  return made(
    'Text',
    t.type({
      text: t.string,
      names: t.readonlyArray(t.string),
      operands: t.readonlyArray(expr),
      columns: t.union([columns, t.null]),
      outputs: t.union([t.readonlyArray(t.string), t.null]),
      reads: tables,
      writes: tables,
    }),
    // A statement that was read is one like any other, brand and all.
    (f) => (trusted && isWhole(f) ? (queryOf({ _tag: 'Text', ...f }) as unknown as TextNode) : null),
    () => {
      if (!trusted) refuse('text of SQL is stored only where "trusted" says that whoever can change it may')
    },
  )
}
