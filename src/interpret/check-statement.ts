/**
 * What is wrong with a statement, or with one expression, whatever the rows are.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import { projected } from '../compile/grouping.js'
import { namesProblem } from '../compile/named-rows.js'
import { assignmentProblem } from '../compile/types.js'
import type { ExprNode } from '../expr/node.js'
import { assignmentRows } from '../expr/insert-rows.js'
import type { Assignment, DeleteNode, ProjectionNode, StatementNode, UpdateNode } from '../expr/query-node.js'
import type { Source, TableSource } from '../expr/source.js'
import { type Bound, criterionIn, exprProblem, first, none, projectionProblem, queryProblem } from './check.js'
import { type EvalError, notEvaluable, type Result } from './eval-error.js'

const boundTo = (source: Source): Bound => new Map([[source.name, source]])

/** Each column once, each with an expression of its type. */
const assignmentsProblem = (bound: Bound, into: TableSource, row: ReadonlyArray<Assignment>): EvalError | null => {
  const { name, columns } = into.table
  const keys = row.map((a) => a.key)
  const twice = keys.find((key, i) => keys.indexOf(key) !== i)
  if (twice !== undefined) return illFormed(`"${name}"."${twice}" is given twice`)
  return first(row, ({ key, value }) => {
    const column = columns.find((c) => c.key === key)
    if (column === undefined) return illFormed(`table "${name}" has no column "${key}"`)
    return exprProblem(bound, 'refused', value) ?? assignmentProblem(`${name}.${key}`, column.type, value.type)
  })
}

/** What a write gives back is about one row, so no aggregate stands in it. */
const returningProblem = (table: Source, returning: ProjectionNode | null): EvalError | null =>
  returning === null
    ? null
    : (projectionProblem(boundTo(table), returning) ??
      first(projected(returning), (e) => exprProblem(boundTo(table), 'refused', e)))

const statementProblem = (statement: StatementNode): EvalError | null => {
  switch (statement._tag) {
    case 'Select':
    case 'SetOperation':
      return namesProblem(statement) ?? queryProblem(none, statement, 'asked')
    case 'Insert':
      if (statement.source._tag === 'Query' || statement.conflict !== null) return notEvaluable('such an insert')
      return (
        first(assignmentRows(statement), (row) => assignmentsProblem(none, statement.into, row)) ??
        returningProblem(statement.into, statement.returning)
      )
    case 'Update': {
      const bound = boundTo(statement.table)
      return (
        unguarded(statement) ??
        assignmentsProblem(bound, statement.table, statement.set) ??
        criterionIn(bound, 'refused', 'where', statement.where) ??
        returningProblem(statement.table, statement.returning)
      )
    }
    case 'Delete':
      return (
        unguarded(statement) ??
        criterionIn(boundTo(statement.from), 'refused', 'where', statement.where) ??
        returningProblem(statement.from, statement.returning)
      )
    case 'Text':
      return notEvaluable('raw SQL has no meaning in memory')
    default:
      return absurd(statement)
  }
}

/** An update or a delete says which rows it is about. */
const unguarded = (write: UpdateNode | DeleteNode): EvalError | null =>
  write.where === null && write.using.length === 0 && !write.everyRow
    ? illFormed(`${write._tag === 'Update' ? 'an update' : 'a delete'} says where(…), or everyRow`)
    : write.using.length > 0
      ? notEvaluable('a write by rows of another table')
      : null

const asResult = (problem: EvalError | null): Result<null> => (problem === null ? E.right(null) : E.left(problem))

/** Left with the first thing that no engine would take, or that relvar refuses on all of them. */
export const checkStatement = (statement: StatementNode): Result<null> => asResult(statementProblem(statement))

/** As `checkStatement`, of an expression about one row of a source. */
export const checkExpr = (source: Source | null, node: ExprNode): Result<null> =>
  asResult(exprProblem(source === null ? none : boundTo(source), 'refused', node))
