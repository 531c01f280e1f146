/**
 * What a statement mentions, and what the views that it reads mention: tables, their columns, sequences.
 */
import { visitExpr, visitStatement } from '../../expr/children.js'
import type { ExprNode } from '../../expr/node.js'
import { projectionOf } from '../../expr/outputs.js'
import type { ProjectionNode, QueryNode, StatementNode, WriteNode } from '../../expr/query-node.js'
import { isWrite } from '../../expr/query-node.js'
import { tableIdentity } from '../../expr/schema.js'
import { type SequenceInfo, sequenceOfWords } from '../../expr/sequence.js'
import type { Source, TableInfo } from '../../expr/source.js'
import type { Visitor } from '../../expr/visitor.js'
import { sourcesOfWrite, targetOfWrite } from '../../expr/write-parts.js'
import { infoNamed, type Tables } from '../../interpret/tables.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The values of tables that a statement mentions, by the identity of the table, and the sequences whose numbers it takes. */
export interface Mentioned {
  readonly tables: ReadonlyMap<string, ReadonlyArray<TableInfo>>
  readonly sequences: ReadonlyArray<SequenceInfo>
}

/** What there is to do on the way through a statement. */
interface OnTheWay {
  readonly source: (source: Source) => void
  readonly expr: (e: ExprNode) => void
  readonly statement: (s: StatementNode) => void
}

// -------------------------------------------------------------------------------------
// walking
// -------------------------------------------------------------------------------------

/** Walks through a statement with its includes, and through the queries of the views that it reads, as these were made. */
const walk = (tables: Tables, node: StatementNode, on: OnTheWay): void => {
  const entered = new Set<QueryNode>()
  const source = (s: Source): void => {
    if (s._tag !== 'TableSource') return
    on.source(s)
    if (s.table.view === null) return
    const query = infoNamed(tables, s.table)?.view?.query ?? s.table.view.query
    if (entered.has(query)) return
    entered.add(query)
    statement(query)
  }
  const visitor: Visitor = {
    expr: (e) => {
      on.expr(e)
      visitExpr(e, visitor)
    },
    query: (q) => statement(q),
  }
  const statement = (s: StatementNode): void => {
    on.statement(s)
    if (s._tag === 'Select') {
      source(s.from)
      for (const join of s.joins) source(join.source)
      for (const include of s.includes) statement(include.relation.query)
    }
    if (isWrite(s) && s._tag !== 'Text') {
      source(targetOfWrite(s))
      sourcesOfWrite(s).forEach(source)
    }
    visitStatement(s, visitor)
  }
  statement(node)
}

/** What a statement mentions. */
export const mentionedIn = (tables: Tables, node: StatementNode): Mentioned => {
  const found = new Map<string, Array<TableInfo>>()
  const sequences = new Map<string, SequenceInfo>()
  walk(tables, node, {
    source: (s) => {
      if (s._tag !== 'TableSource') return
      const known = found.get(tableIdentity(s.table))
      if (known === undefined) found.set(tableIdentity(s.table), [s.table])
      else if (!known.includes(s.table)) known.push(s.table)
    },
    expr: (e) => {
      const sequence = e._tag === 'Call' && e.name === 'nextValue' ? sequenceOfWords(e.words) : null
      if (sequence !== null) sequences.set(tableIdentity(sequence), sequence)
    },
    statement: () => undefined,
  })
  return { tables: found, sequences: [...sequences.values()] }
}

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

const writtenKeys = (write: WriteNode): ReadonlyArray<string> => {
  if (write._tag === 'Update') return write.set.map((a) => a.key)
  if (write._tag === 'Delete') return []
  const { source } = write
  switch (source._tag) {
    case 'Rows':
      return source.rows.flatMap((row) => row.map((a) => a.key))
    case 'Values':
      return source.columns.map((c) => c.key)
    case 'Query':
      return [...source.columns, ...source.defaults.map((a) => a.key)]
  }
}

/** The name of a column of the table that the statement mentions and `there` has none of; null where it has all. */
export const absentColumn = (
  tables: Tables,
  node: StatementNode,
  id: string,
  there: ReadonlySet<string>,
): string | null => {
  let absent: string | null = null
  const asked = (name: string): void => {
    if (!there.has(name)) absent ??= name
  }
  const whole = (s: Source): void => {
    if (s._tag === 'TableSource' && tableIdentity(s.table) === id) for (const { name } of s.table.columns) asked(name)
  }
  const projection = (p: ProjectionNode): void => {
    if (p._tag === 'Whole') whole(p.source)
    if (p._tag === 'Record') p.fields.forEach((field) => projection(field.projection))
  }
  walk(tables, node, {
    source: () => undefined,
    expr: (e) => {
      if (e._tag === 'Column' && e.of._tag === 'TableSource' && tableIdentity(e.of.table) === id) asked(e.name)
    },
    statement: (s) => {
      if (s._tag === 'Select') projection(projectionOf(s))
      if (!isWrite(s) || s._tag === 'Text') return
      if (s.returning !== null) projection(s.returning)
      const { table } = targetOfWrite(s)
      if (tableIdentity(table) !== id) return
      const keys = writtenKeys(s)
      for (const { key, name } of table.columns) if (keys.includes(key)) asked(name)
    },
  })
  return absent
}
