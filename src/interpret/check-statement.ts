/**
 * What is wrong with a statement, or with one expression, whatever the rows are.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import { namesProblem } from '../compile/named-rows.js'
import type { ExprNode } from '../expr/node.js'
import type { StatementNode } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import { exprProblem, none, queryProblem } from './check.js'
import { bindingProblem } from './check-bindings.js'
import { boundTo, writeProblem } from './check-write.js'
import { type EvalError, notEvaluable, type Result } from './eval-error.js'

const statementProblem = (statement: StatementNode): EvalError | null => {
  switch (statement._tag) {
    case 'Select':
    case 'SetOperation':
      return namesProblem(statement) ?? queryProblem(none, statement, 'asked')
    case 'Insert':
    case 'Update':
    case 'Delete':
      return namesProblem(statement) ?? writeProblem(statement)
    case 'Text':
      return notEvaluable('raw SQL has no meaning in memory')
    default:
      return absurd(statement)
  }
}

/** The values of named parameters. */
type Bindings = Readonly<Record<string, unknown>>

const asResult = (problem: EvalError | null): Result<null> => (problem === null ? E.right(null) : E.left(problem))

/** Left with the first thing that no engine would take, or that relvar refuses on all of them. */
export const checkStatement = (statement: StatementNode, bindings: Bindings = {}): Result<null> =>
  asResult(statementProblem(statement) ?? bindingProblem(statement, bindings))

/** As `checkStatement`, of an expression about one row of a source. */
export const checkExpr = (source: Source | null, node: ExprNode): Result<null> =>
  asResult(exprProblem(source === null ? none : boundTo([source]), 'refused', node))
