/**
 * Expressions as SQL, one clause a node.
 */
import { absurd } from 'fp-ts/lib/function.js'

import type { CallNode } from '../expr/call-node.js'
import { freeIn, hasWindow, visitExpr } from '../expr/children.js'
import type { ArithmeticNode, ColumnNode, CompareOp, ExprNode, IsNullNode } from '../expr/node.js'
import { sameExpr } from '../expr/same.js'
import { unified } from '../expr/sql-type.js'
import { aggregateSql, settled } from './aggregate.js'
import { illFormed, unsupported } from './compile-error.js'
import {
  type Bound,
  type Context,
  describe,
  failed,
  type GroupSql,
  noted,
  resolve,
  type Scope,
  slot,
  within,
  type Writer,
} from './context.js'
import { calculated, compared, converted } from './convert.js'
import { infix, parenthesised } from './dialect/shared.js'
import { isProblem } from './function-form.js'
import { customSql, renderedBy } from './custom.js'
import { functions } from './functions.js'
import { apart, sought as soughtSql } from './sought.js'
import { inListSql } from './in-list.js'
import { inRowsSql } from './in-rows.js'
import { existsSql, inQuerySql, scalarSql } from './nested.js'
import { quantifiedSql } from './quantified.js'
import { rawSql } from './raw.js'
import { type Encode, join, refused, type Sql, sql } from './sql.js'
import { absentType, criterionProblem, typeProblem } from './types.js'
import { windowSql } from './window.js'

const operators: Readonly<Record<Exclude<CompareOp, 'same' | 'differs'>, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

const compareSql = (context: Context, scope: Scope, op: CompareOp, left: ExprNode, right: ExprNode): Sql => {
  const a = operandSql(context, scope, left, `${op} with ${describe(right)}`)
  const b = operandSql(context, scope, right, `${op} with ${describe(left)}`)
  const [x, y] = compared(context.dialect, a, b, [left.type, right.type])
  return op === 'same' || op === 'differs' ? context.dialect.same(x, y, op === 'differs') : infix(x, operators[op], y)
}

/** A parameter with the place that its message names, or any other expression. */
export const operandSql = (context: Context, scope: Scope, node: ExprNode, place: string): Sql =>
  node._tag === 'Param' ? [slot(context, node, place)] : expressionSql(context, scope, node)

/** A parameter that stands for a column's value in an INSERT or SET: its type is the column's, so no cast is needed. */
export const assignedSql = (context: Context, scope: Scope, node: ExprNode, place: string): Sql =>
  node._tag === 'Param'
    ? [slot(context, node, place, context.dialect.name !== 'postgres')]
    : expressionSql(context, scope, node)

/** A criterion. */
export const criterionSql = (context: Context, scope: Scope, node: ExprNode, what: string): Sql => {
  const problem = criterionProblem(what, node)
  return problem === null ? operandSql(context, scope, node, what) : failed(context, problem)
}

/** A bound pattern; one that ends in the escape character means another thing on each engine. */
const patternSql = (context: Context, scope: Scope, pattern: ExprNode, place: string): Sql => {
  if (pattern._tag !== 'Param') return expressionSql(context, scope, pattern)
  const one = slot(context, pattern, place)
  const encode: Encode = (value) =>
    typeof value === 'string' && /(?<!!)(?:!!)*!$/.test(value)
      ? refused('the pattern ends in the escape character "!"')
      : one.encode(value)
  return [{ ...one, encode }]
}

/** What all rows of a group have, where a group says it once more. */
const repeated = (context: Context, written: Sql): Sql => {
  const marked = context.dialect.repeated(written)
  return marked === written ? written : noted(context, 'what a group says again is the greatest of its rows', marked)
}

/** Whether an expression mentions outer rows alone: it is the same for all rows, and its greatest would be asked of the outer ones. */
const isOfOuterRows = (scope: Scope, node: ExprNode): boolean => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: (query) => freeIn(query).forEach((name) => names.add(name)) })
  }
  visit(node)
  return names.size > 0 && [...names].every((name) => !scope.bound.has(name))
}

/** Whether HAVING knows two groups by the name of this column: MySQL and MariaDB find neither. */
const isTwice = ({ clause }: Context, group: GroupSql): boolean => {
  const nameOf = ({ expr, sql: [written] }: GroupSql): string | null =>
    expr._tag === 'Column' && typeof written === 'string' ? written.slice(written.indexOf('.')).toLowerCase() : null
  return clause.marks === 'columns' && clause.grouped.filter((g) => nameOf(g) === nameOf(group)).length > 1
}

/** The SQL of an expression. */
export const expressionSql = (context: Context, scope: Scope, node: ExprNode): Sql => {
  const problem = typeProblem(context.dialect.name, node) ?? absentType(context.dialect, node.type)
  if (problem !== null) return failed(context, problem)
  const group = context.clause.grouped.find((g) => sameExpr(g.expr, node))
  if (group === undefined || isOfOuterRows(scope, group.expr)) return nodeSql(context, scope, node)
  return context.clause.marks === 'none' || (node._tag === 'Column' && !isTwice(context, group))
    ? group.sql
    : repeated(context, settled(context, group.expr, group.sql))
}

/**
 * Whether a boolean of an outer row must be compared: where the query around it has windows, SQLite forgets that a mere column stood in
 * ON; where it has groups, MariaDB crashes over a prepared NOT of a mere column.
 */
const losesTruth = ({ dialect, on }: Context, { type }: ColumnNode): boolean =>
  type._tag === 'Boolean' && (dialect.name === 'mariadb' || (dialect.name === 'sqlite' && on))

/** Whether an outer row's column must be a value of its own: beside aggregates, MariaDB reads that of a merged table from another row. */
const losesValue = ({ dialect, clause }: Context, { source, marker }: Bound): boolean =>
  dialect.name === 'mariadb' && clause.aggregates && (source._tag === 'DerivedSource' || marker !== null)

/** A column; HAVING of MySQL and MariaDB knows no column that only a key frees. */
const columnSql = (context: Context, scope: Scope, node: ColumnNode): Sql => {
  const bound = resolve(context, scope, node.of)
  if (bound === null) return ['NULL']
  const column = bound.column(node.key)
  if (column === null) return failed(context, illFormed(`"${node.of.name}" has no column "${node.key}"`))
  const isOwn = scope.bound.get(node.of.name) === bound
  if (context.clause.marks === 'columns' && isOwn) return repeated(context, [column])
  // In a query inside HAVING, MySQL's HAVING sees no outer row, but a query inside of it does; neither does a derived table there.
  // MariaDB takes an outer row's column for an output of that name.
  const unseen =
    context.clause.marks === 'columns' ||
    (context.dialect.name === 'mysql' && context.having.some((one) => one.bound.get(node.of.name) === bound))
  return !isOwn && unseen
    ? context.dialect.outerInHaving([column])
    : !isOwn && losesTruth(context, node)
      ? sql`(${column} <> 0)`
      : !isOwn && losesValue(context, bound)
        ? context.dialect.constant([column])
        : [column]
}

/** What a group asks of a query: MariaDB compares the column of the row after the group, so the column is marked, too. */
const groupOperand = (context: Context, write: () => Sql): Sql => {
  const { clause } = context
  if (clause.marks === 'none') return write()
  return within(
    context,
    { ...clause, grouped: clause.grouped.filter((g) => g.expr._tag !== 'Column'), marks: 'columns' },
    write,
  )
}

/** Of one group without rows, MySQL asks whether a window is null before it looks at the window: <=> asks it afterwards. */
const isNullSql = ({ dialect }: Context, { operand, negated }: IsNullNode, written: Sql): Sql =>
  dialect.name === 'mysql' && hasWindow(operand)
    ? dialect.same(written, ['NULL'], negated)
    : sql`(${written} IS ${negated ? 'NOT ' : ''}NULL)`

const sought = (context: Context, scope: Scope, node: ExprNode, place: string): Sql =>
  soughtSql(
    context,
    scope,
    node,
    groupOperand(context, () => operandSql(context, scope, node, place)),
  )

/** Texts one after the other. MariaDB writes what follows a window's text over it, where windows have several orders. */
const concatSql = ({ dialect }: Context, nodes: ReadonlyArray<ExprNode>, operands: ReadonlyArray<Sql>): Sql =>
  dialect.name === 'mariadb' && nodes.slice(0, 1).some(hasWindow)
    ? dialect.concat([["''"], ...operands])
    : dialect.concat(operands)

const callSql = (context: Context, node: CallNode, operands: ReadonlyArray<Sql>): Sql => {
  const { dialect } = context
  const operand = (at: number): Sql => operands[at] ?? ['NULL']
  const note = (why: string): void => void context.notes.add(why)
  const own = dialect.renderers.functions.get(node.name)
  if (own !== undefined) {
    const said = renderedBy(node.name, own, dialect, operands, node.words)
    return isProblem(said) ? failed(context, said) : said
  }
  const written = functions[node.name][dialect.name]({ dialect, node, operands, operand, note })
  return isProblem(written) ? failed(context, written) : written
}

/** An operator of numbers over both sides in one form. */
const arithmeticSql = ({ dialect }: Context, node: ArithmeticNode, left: Sql, right: Sql): Sql => {
  const [a, b] = calculated(dialect, node.op, left, right, [node.left.type, node.right.type], node.type)
  return dialect.arithmetic(node.op, a, b, node.type)
}

/** What writes the expressions inside of others. */
const write: Writer = {
  expression: (context, scope, node) => expressionSql(context, scope, node),
  operand: (context, scope, node, place) => operandSql(context, scope, node, place),
  criterion: (context, scope, node, what) => criterionSql(context, scope, node, what),
}

const nodeSql = (context: Context, scope: Scope, node: ExprNode): Sql => {
  const go = (child: ExprNode): Sql => operandSql(context, scope, child, describe(node))
  const { dialect } = context
  switch (node._tag) {
    case 'Column':
      return columnSql(context, scope, node)
    case 'Param':
      return [slot(context, node, 'a value')]
    case 'Compare':
      return compareSql(context, scope, node.op, node.left, node.right)
    case 'Logic':
      if (node.operands.length === 0) return sql`${dialect.boolean(node.op === 'and')}`
      return parenthesised(join(node.operands.map(go), node.op === 'and' ? ' AND ' : ' OR '))
    case 'Not':
      return sql`(NOT ${go(node.operand)})`
    case 'IsNull':
      return isNullSql(context, node, go(node.operand))
    case 'Like': {
      const pattern = patternSql(context, scope, node.pattern, `${node.op} of ${describe(node.operand)}`)
      const written = dialect.like(node.op, go(node.operand), pattern)
      const folds = node.op === 'ilike' && dialect.name !== 'postgres'
      return folds ? noted(context, 'both sides are in lower case', written) : written
    }
    case 'Between': {
      const place = `between of ${describe(node.operand)}`
      const whole = unified(unified(node.operand.type, node.low.type) ?? node.operand.type, node.high.type)
      const part = (e: ExprNode): Sql => converted(dialect, operandSql(context, scope, e, place), e.type, whole)
      return sql`(${converted(dialect, go(node.operand), node.operand.type, whole)} BETWEEN ${part(node.low)} AND ${part(node.high)})`
    }
    case 'InList':
      return inListSql(context, scope, node, apart(context, node.operand, expressionSql(context, scope, node.operand)))
    case 'InQuery':
      return inQuerySql(context, scope, sought(context, scope, node.operand, describe(node)), node.operand, node.query)
    case 'Arithmetic':
      if (node.op === 'mod' && node.type._tag === 'Double' && !dialect.features.doubleRemainder)
        return failed(context, unsupported(dialect.name, 'take the remainder of doubles', 'use integers'))
      return arithmeticSql(context, node, go(node.left), go(node.right))
    case 'Concat':
      return concatSql(context, node.operands, node.operands.map(go))
    case 'Call':
      return callSql(context, node, node.operands.map(go))
    case 'Raw':
      return rawSql(context, node, node.operands.map(go))
    case 'Custom': {
      const own = customSql(dialect, node, node.operands.map(go))
      return isProblem(own) ? failed(context, own) : own
    }
    case 'InRows':
      return inRowsSql(
        context,
        node,
        node.operands.map((e) => apart(context, e, go(e))),
      )
    case 'Quantified':
      return quantifiedSql(context, scope, node, sought(context, scope, node.operand, describe(node)))
    case 'Window':
      return windowSql(write, context, scope, node)
    case 'Case': {
      const result = (e: ExprNode): Sql => converted(dialect, go(e), e.type, node.type)
      const branches = node.branches.map((b) => sql`WHEN ${go(b.when)} THEN ${result(b.result)}`)
      return sql`(CASE ${join(branches, ' ')}${node.otherwise === null ? [] : sql` ELSE ${result(node.otherwise)}`} END)`
    }
    case 'Coalesce':
      return sql`coalesce(${join(
        node.operands.map((e) => converted(dialect, go(e), e.type, node.type)),
        ', ',
      )})`
    case 'Aggregate':
      return aggregateSql(write, context, scope, node)
    case 'Exists':
      return existsSql(context, scope, node.query)
    case 'Scalar':
      return scalarSql(context, scope, node.query)
    default:
      return absurd(node)
  }
}
