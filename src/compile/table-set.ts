/**
 * The tables that a statement can see and those that it changes.
 */
import { visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { StatementNode } from '../expr/query-node.js'
import { isWrite } from '../expr/query-node.js'
import type { Source, TableInfo } from '../expr/source.js'
import { tableIdentity } from '../expr/schema.js'
import { sourcesOfWrite, targetOfWrite } from '../expr/write-parts.js'
import type { TableName, TableSet } from './statement.js'

const readsOf = (node: StatementNode): ReadonlyMap<string, TableInfo> => {
  const reads = new Map<string, TableInfo>()
  const source = (s: Source): void => {
    if (s._tag === 'TableSource') {
      reads.set(tableIdentity(s.table), s.table)
      // What stands below a view is read with it.
      if (s.table.view !== null) statement(s.table.view.query)
    }
    if (s._tag === 'TextSource') s.statement.reads.forEach(source)
  }
  const visitor: Visitor = {
    expr: (e) => visitExpr(e, visitor),
    query: (q) => statement(q),
  }
  const statement = (s: StatementNode): void => {
    if (s._tag === 'Text') s.reads.forEach(source)
    if (s._tag === 'Select') {
      source(s.from)
      for (const join of s.joins) source(join.source)
      for (const include of s.includes) statement(include.relation.query)
    }
    if (isWrite(s) && s._tag !== 'Text') sourcesOfWrite(s).forEach(source)
    visitStatement(s, visitor)
  }
  statement(node)
  return reads
}

const nameOf = ({ schema, name }: TableInfo): TableName => ({ schema, name })

/** The identities of the tables that a statement reads. */
export const tableReads = (node: StatementNode): ReadonlySet<string> => new Set(readsOf(node).keys())

/** The tables of a statement, its includes' too. A write reads the table that it writes: its criterion or RETURNING sees it. */
export const tableSetOf = (node: StatementNode): TableSet => {
  const reads = [...readsOf(node).values()].map(nameOf)
  if (!isWrite(node)) return { reads, writes: [] }
  if (node._tag === 'Text') return { reads, writes: node.writes.map(({ table }) => nameOf(table)) }
  return { reads, writes: [nameOf(targetOfWrite(node).table)] }
}
