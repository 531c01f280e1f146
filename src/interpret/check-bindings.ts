/**
 * Lists where one value stands: a list belongs into IN alone, so it is refused elsewhere, as an engine refuses it where it is bound.
 */
import { type InvalidValue, invalidValue } from '../compile/load-error.js'
import { visitExpr, visitStatement } from '../expr/children.js'
import type { ExprNode, ParamNode } from '../expr/node.js'
import type { StatementNode } from '../expr/query-node.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Visitor } from '../expr/visitor.js'

/** Whether an array is one value of the type, and no list of them. */
export const isOneValue = (type: SqlType<unknown>, value: unknown): boolean =>
  type.refinement === null ? type._tag === 'Json' || type._tag === 'Array' : type.refinement.codec.is(value)

const listProblem = (param: ParamNode, bindings: Readonly<Record<string, unknown>>): InvalidValue | null => {
  const { kind } = param
  if (kind._tag === 'Ref') return null
  const value = kind._tag === 'Value' ? kind.value : bindings[kind.name]
  return Array.isArray(value) && !isOneValue(param.type, value)
    ? invalidValue(kind._tag === 'Value' ? 'a value' : `parameter "${kind.name}"`, 'a list where one value stands')
    : null
}

/** The first value of a statement, those of its includes among them, that is a list where one value stands. */
export const bindingProblem = (
  statement: StatementNode,
  bindings: Readonly<Record<string, unknown>>,
): InvalidValue | null => {
  let problem: InvalidValue | null = null
  const visitor: Visitor = {
    expr: (node: ExprNode) => {
      if (node.params === 0) return
      if (node._tag === 'Param') problem ??= listProblem(node, bindings)
      else if (node._tag === 'InList') visitor.expr(node.operand)
      else if (node._tag === 'InRows') node.operands.forEach(visitor.expr)
      else visitExpr(node, visitor)
    },
    query: (query) => visit(query),
  }
  const visit = (of: StatementNode): void => {
    visitStatement(of, visitor)
    if (of._tag === 'Select') for (const { relation } of of.includes) visit(relation.query)
  }
  visit(statement)
  return problem
}
