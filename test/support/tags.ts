// The kinds of expression nodes: a new one does not compile here until it is named.
import type { ExprTag } from '../../src/expr/node.js'

const all: Readonly<Record<ExprTag, true>> = {
  Column: true,
  Param: true,
  Compare: true,
  Logic: true,
  Not: true,
  IsNull: true,
  Like: true,
  Between: true,
  InList: true,
  InQuery: true,
  InRows: true,
  Quantified: true,
  Arithmetic: true,
  Concat: true,
  Call: true,
  Case: true,
  Coalesce: true,
  Aggregate: true,
  Window: true,
  Raw: true,
  Custom: true,
  Exists: true,
  Scalar: true,
}

export const exprTags: ReadonlyArray<string> = Object.keys(all).sort()
