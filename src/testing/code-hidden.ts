/**
 * Queries whose sources have names that no user's name meets, by the functions that make them.
 */
import type { ColumnNode, ExprNode } from '../expr/node.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import { rewriteExpr } from '../expr/rewrite.js'
import type { DerivedSource } from '../expr/source.js'
import { counting } from '../relations/count-of.js'
import { full, fulls, type Printing, whole } from './code-context.js'
import { alike, call, list, type Spelling } from './code-spelling.js'

const hiddenOf = (query: QueryNode): { readonly select: SelectNode; readonly source: DerivedSource } | null =>
  query._tag === 'Select' && query.from._tag === 'DerivedSource' && query.from.name.startsWith('\0')
    ? { select: query, source: query.from }
    : null

/** The operands of what is compared with outputs: `inQueryRows`. */
const comparedWith = (where: ExprNode | null): ReadonlyArray<ExprNode> =>
  where?._tag === 'Logic' ? where.operands.flatMap((e) => (e._tag === 'Compare' ? [e.left] : [])) : []

/** What stands for a column of the hidden source: the output that it is. */
const outputOf = ({ query }: DerivedSource, key: string): ExprNode | null => {
  const select = query._tag === 'Select' ? query.select : null
  const field = select?._tag === 'Record' ? select.fields.find((f) => f.key === key) : undefined
  return field?.projection._tag === 'One' ? field.projection.expr : null
}

/** A criterion about the rows of a relation, said of its own columns: `any`. */
const unhidden = (source: DerivedSource, on: ExprNode): ExprNode =>
  rewriteExpr(
    {
      name: source.name,
      column: (c: ColumnNode) => outputOf(source, c.key) ?? c,
      source: null,
      mentions: new Set(),
      param: null,
    },
    on,
  )

/** The ways in which EXISTS is said whose rows have a hidden name; none elsewhere. */
export const existsSpellings = (on: Printing, query: QueryNode): ReadonlyArray<Spelling> => {
  const hidden = hiddenOf(query)
  if (hidden === null) return []
  const { select, source } = hidden
  const inRows = call(on, 'inQueryRows', list(fulls(on, comparedWith(select.where))), whole(on, source.query))
  if (select.where === null || source.query._tag !== 'Select') return [inRows]
  const asked = full(on, unhidden(source, select.where))
  // Of rows that are told apart by their outputs, these are what there is; of others, the columns that are asked for.
  const relations = [{ ...source.query, select: null }, source.query]
  return [inRows, ...relations.map((relation) => call(on, 'any', whole(on, relation), asked))]
}

/** The query whose rows are counted as they are; null where it is none. */
export const countedIn = (query: SelectNode): QueryNode | null =>
  query.from._tag === 'DerivedSource' && query.from.columns.length === 0 && alike(counting(query.from.query), query)
    ? query.from.query
    : null
