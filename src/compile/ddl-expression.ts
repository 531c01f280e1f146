/**
 * Expressions in definitions: of one row of the table, whose columns go by their names alone, with values as literals.
 */
import { isRight } from 'fp-ts/lib/Either.js'

import { visitExpr } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { ColumnNode, ExprNode, ParamNode } from '../expr/node.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { type Context, emptyScope, makeContext, type Scope } from './context.js'
import { converted } from './convert.js'
import { columnAt, type DdlContext, refuse } from './ddl-context.js'
import { literalSql } from './ddl-literal.js'
import { assignedSql, criterionSql, expressionSql } from './expression.js'
import { nested } from './read.js'
import type { Sql } from './sql.js'
import { sqliteRegex } from './sqlite-names.js'
import { assignmentProblem } from './assignment.js'

// -------------------------------------------------------------------------------------
// what stands below
// -------------------------------------------------------------------------------------

interface Below {
  readonly columns: ReadonlyArray<ColumnNode>
  readonly params: ReadonlyArray<ParamNode>
  readonly queries: number
}

const below = (node: ExprNode): Below => {
  const columns: Array<ColumnNode> = []
  const params: Array<ParamNode> = []
  let queries = 0
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Column') columns.push(e)
      else if (e._tag === 'Param') params.push(e)
      else visitExpr(e, visitor)
    },
    query: () => {
      queries += 1
    },
  }
  visitor.expr(node)
  return { columns, params, queries }
}

/** The keys of the columns that an expression mentions. */
export const mentionedKeys = (node: ExprNode): ReadonlySet<string> => new Set(below(node).columns.map((c) => c.key))

const isOwn = (table: TableInfo, { of }: ColumnNode): boolean =>
  of._tag === 'TableSource' &&
  of.name === of.table.name &&
  of.table.name === table.name &&
  of.table.schema === table.schema

/** The table's own columns under their names alone: a definition knows no other source. */
const ownScope = (context: DdlContext, table: TableInfo, columns: ReadonlyArray<ColumnNode>): Scope => {
  const [first] = columns
  if (first === undefined) return emptyScope
  const column = (key: string): string | null => {
    const info = columnAt(table, key)
    return info === null ? null : context.dialect.quote(info.name)
  }
  const bound = { source: first.of, alias: '', column, presence: null, marker: null, optional: false }
  return { bound: new Map([[first.of.name, bound]]), outer: null }
}

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

/** SQLite keeps the text alone, and the function is one of relvar's connections. */
const regexProblem = ({ dialect }: DdlContext, what: string, written: Sql): CompileError | null =>
  dialect.name === 'sqlite' && written.some((piece) => typeof piece === 'string' && piece.includes(sqliteRegex))
    ? unsupported('sqlite', `match regular expressions in ${what}`, 'use like, or check the value before it is written')
    : null

const writtenBy = (
  context: DdlContext,
  table: TableInfo,
  node: ExprNode,
  what: string,
  write: (inner: Context, scope: Scope) => Sql,
): string => {
  const { columns, params, queries } = below(node)
  if (queries > 0) refuse(context, illFormed(`${what} of "${table.name}" asks no query`))
  const other = columns.find((c) => !isOwn(table, c))
  if (other !== undefined)
    refuse(
      context,
      illFormed(`${what} of "${table.name}" mentions its own columns alone, not "${other.of.name}"."${other.key}"`),
    )
  if (queries > 0 || other !== undefined) return 'NULL'
  const inner = makeContext(context.dialect, nested, params, null)
  const sql = write(inner, ownScope(context, table, columns))
  context.errors.push(...inner.errors)
  refuse(context, regexProblem(context, what, sql))
  const text = literalSql(context.dialect, sql, params)
  if (isRight(text)) return text.right
  refuse(context, text.left)
  return 'NULL'
}

/** An expression of one row of the table. */
export const rowExpression = (context: DdlContext, table: TableInfo, node: ExprNode, what: string): string =>
  writtenBy(context, table, node, what, (inner, scope) => expressionSql(inner, scope, node))

/** What MySQL itself knows to be true, false or null; it refuses a check that is anything else. */
const criteria: ReadonlyArray<ExprNode['_tag']> = ['Compare', 'Logic', 'Not', 'IsNull', 'Like', 'Between', 'InList']

/** A criterion of one row of the table. */
export const rowCriterion = (context: DdlContext, table: TableInfo, node: ExprNode, what: string): string => {
  const text = writtenBy(context, table, node, what, (inner, scope) => criterionSql(inner, scope, node, what))
  return context.dialect.name === 'mysql' && !criteria.includes(node._tag) ? `${text} IS NOT FALSE` : text
}

/** A value or an expression that a column takes, and whether it is one literal. */
export const columnValue = (
  context: DdlContext,
  table: TableInfo,
  column: ColumnInfo,
  node: ExprNode,
  what: string,
): { readonly text: string; readonly literal: boolean } => {
  refuse(context, assignmentProblem(`${what} of "${table.name}"."${column.name}"`, column.type, node.type))
  let literal = false
  const text = writtenBy(context, table, node, what, (inner, scope) => {
    const value = assignedSql(inner, scope, node, `${table.name}.${column.key}`)
    const whole = converted(context.dialect, value, node.type, column.type)
    literal = node._tag === 'Param' && whole === value
    return whole
  })
  return { text, literal }
}
