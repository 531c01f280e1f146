// The tables that a statement mentions, each once.
import { visitExpr, visitStatement } from '../../../src/expr/children.js'
import type { ExprNode } from '../../../src/expr/node.js'
import type { StatementNode } from '../../../src/expr/query-node.js'
import type { Source } from '../../../src/expr/source.js'
import { type AnyTable, tableOf } from '../../../src/expr/table.js'

const sourcesOf = (node: StatementNode): ReadonlyArray<Source> => {
  switch (node._tag) {
    case 'Select':
      return [node.from, ...node.joins.map((join) => join.source)]
    case 'Insert':
      return [node.into]
    case 'Update':
      return [node.table, ...node.using.map((one) => one.source)]
    case 'Delete':
      return [node.from, ...node.using.map((one) => one.source)]
    default:
      return []
  }
}

export const tablesMentioned = (statement: StatementNode): ReadonlyArray<AnyTable> => {
  const found = new Map<string, AnyTable>()
  const visitor = {
    expr: (e: ExprNode): void => visitExpr(e, visitor),
    query: (node: StatementNode): void => {
      for (const source of sourcesOf(node))
        if (source._tag === 'TableSource')
          found.set(source.table.name, tableOf({ ...source, name: source.table.name, computed: [] }))
      visitStatement(node, visitor)
      if (node._tag === 'Select') for (const { relation } of node.includes) visitor.query(relation.query)
    },
  }
  visitor.query(statement)
  return [...found.values()]
}
