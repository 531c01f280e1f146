/**
 * Expressions as SQL, one clause a node.
 */
import { absurd } from 'fp-ts/lib/function.js'

import { hasAggregate, visitExpr } from '../expr/children.js'
import type { AggregateNode, ColumnNode, CompareOp, ExprNode, InListNode } from '../expr/node.js'
import { sameExpr } from '../expr/same.js'
import { illFormed, unsupported } from './compile-error.js'
import { aboutRows, casting, type Context, describe, failed, resolve, type Scope, slot, within } from './context.js'
import { infix, parenthesised } from './dialect/shared.js'
import { existsSql, inQuerySql, scalarSql } from './nested.js'
import { type Encode, join, refused, type Sql, sql } from './sql.js'
import { criterionProblem, typeProblem } from './types.js'

const operators: Readonly<Record<Exclude<CompareOp, 'same' | 'differs'>, string>> = {
  eq: '=',
  ne: '<>',
  lt: '<',
  lte: '<=',
  gt: '>',
  gte: '>=',
}

/** Lists longer than this travel in one parameter where the dialect has no arrays: its text would grow without bound. */
const longestList = 1024

const compareSql = (context: Context, scope: Scope, op: CompareOp, left: ExprNode, right: ExprNode): Sql => {
  const a = operandSql(context, scope, left, `${op} with ${describe(right)}`)
  const b = operandSql(context, scope, right, `${op} with ${describe(left)}`)
  return op === 'same' || op === 'differs' ? context.dialect.same(a, b, op === 'differs') : infix(a, operators[op], b)
}

const inListSql = (context: Context, scope: Scope, node: InListNode): Sql => {
  const operand = expressionSql(context, scope, node.operand)
  const { dialect } = context
  const form = dialect.type(node.list.type)
  const index = context.params.get(node.list) ?? 0
  const place = `inList of ${describe(node.operand)}`
  const hole = node.list.kind._tag !== 'Value'
  if (hole) return failed(context, illFormed('inList takes a list of values, no parameter'))
  if (dialect.features.arrays || node.bucket > longestList) {
    const cast = dialect.features.arrays && form.cast !== null ? `${form.cast}[]` : null
    const whole = {
      source: { _tag: 'Param', index },
      encode: listEncode(dialect.listText, form.encode),
      place,
      nullable: false,
      ...casting(dialect, cast),
    } as const
    return dialect.inWhole(operand, [whole], node.list.type)
  }
  // An aggregate makes one group of all rows, so it stays where its value does not matter.
  if (node.bucket === 0)
    return hasAggregate(node.operand)
      ? sql`(${operand} IS NULL AND ${dialect.boolean(false)})`
      : sql`${dialect.boolean(false)}`
  const elements = Array.from(
    { length: node.bucket },
    (_, at): Sql => [
      {
        source: { _tag: 'Element', index, at },
        encode: form.encode,
        place,
        nullable: false,
        ...casting(dialect, form.cast),
      },
    ],
  )
  return sql`(${operand} IN (${join(elements, ', ')}))`
}

/** Encodes each element, then the list as one text. */
const listEncode =
  (
    listText: Context['dialect']['listText'],
    encode: (v: unknown) => ReturnType<Context['dialect']['rowCount']>,
  ): Context['dialect']['rowCount'] =>
  (list) => {
    if (!Array.isArray(list)) return { _tag: 'Refused', reason: 'is no list' }
    const wires: Array<string | number | bigint | null> = []
    for (const element of list) {
      const wire = encode(element)
      if (typeof wire === 'object')
        return wire !== null && '_tag' in wire ? wire : { _tag: 'Refused', reason: 'has an element that no list holds' }
      wires.push(wire)
    }
    return listText(wires)
  }

/** Whether an expression mentions columns, and only those of outer rows: engines take its aggregate for one of the outer query. */
const isOuter = (scope: Scope, node: ExprNode): boolean => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: () => {} })
  }
  visit(node)
  return names.size > 0 && ![...names].some((name) => scope.bound.has(name))
}

const aggregateSql = (context: Context, scope: Scope, node: AggregateNode): Sql => {
  if (!context.clause.aggregates)
    return failed(
      context,
      illFormed('an aggregate stands in a select, having or orderBy of a query, and not inside another one'),
    )
  const { operand: of } = node
  if (of === null) return sql`count(*)`
  if (isOuter(scope, of))
    return failed(
      context,
      unsupported(context.dialect.name, 'aggregate what an outer row says', 'aggregate a column of the inner query'),
    )
  const operand = within(context, aboutRows, () => operandSql(context, scope, of, describe(node)))
  if (node.name === 'avg') return context.dialect.avg(operand)
  return sql`${node.name}(${node.distinct ? 'DISTINCT ' : ''}${operand})`
}

/** A parameter with the place that its message names, or any other expression. */
const operandSql = (context: Context, scope: Scope, node: ExprNode, place: string): Sql =>
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

/** The SQL of an expression. */
export const expressionSql = (context: Context, scope: Scope, node: ExprNode): Sql => {
  const problem = typeProblem(context.dialect.name, node)
  if (problem !== null) return failed(context, problem)
  const group = context.clause.grouped.find((g) => sameExpr(g.expr, node))
  if (group === undefined) return nodeSql(context, scope, node)
  return context.clause.marks === 'none' || node._tag === 'Column' ? group.sql : context.dialect.repeated(group.sql)
}

/** A column; HAVING of MySQL and MariaDB knows no column that only a key frees. */
const columnSql = (context: Context, scope: Scope, node: ColumnNode): Sql => {
  const bound = resolve(context, scope, node.of)
  if (bound === null) return ['NULL']
  const column = bound.column(node.key)
  if (column === null) return failed(context, illFormed(`"${node.of.name}" has no column "${node.key}"`))
  const freed = context.clause.marks === 'columns' && scope.bound.get(node.of.name) === bound
  return freed ? context.dialect.repeated([column]) : [column]
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
      return sql`(${go(node.operand)} IS ${node.negated ? 'NOT ' : ''}NULL)`
    case 'Like':
      return dialect.like(
        node.op,
        go(node.operand),
        patternSql(context, scope, node.pattern, `${node.op} of ${describe(node.operand)}`),
      )
    case 'Between': {
      const place = `between of ${describe(node.operand)}`
      return sql`(${go(node.operand)} BETWEEN ${operandSql(context, scope, node.low, place)} AND ${operandSql(context, scope, node.high, place)})`
    }
    case 'InList':
      return inListSql(context, scope, node)
    case 'InQuery':
      return inQuerySql(
        context,
        scope,
        groupOperand(context, () => go(node.operand)),
        node.query,
      )
    case 'Arithmetic':
      if (node.op === 'mod' && node.type._tag === 'Double' && !dialect.features.doubleRemainder)
        return failed(context, unsupported(dialect.name, 'take the remainder of doubles', 'use integers'))
      return dialect.arithmetic(node.op, go(node.left), go(node.right), arithmeticType(node.left, node.right))
    case 'Concat':
      return dialect.concat(node.operands.map(go))
    case 'Call':
      return dialect.call(node.name, go(node.operand))
    case 'Case': {
      const branches = node.branches.map((b) => sql`WHEN ${go(b.when)} THEN ${go(b.result)}`)
      return sql`(CASE ${join(branches, ' ')}${node.otherwise === null ? [] : sql` ELSE ${go(node.otherwise)}`} END)`
    }
    case 'Coalesce':
      return sql`coalesce(${join(node.operands.map(go), ', ')})`
    case 'Aggregate':
      return aggregateSql(context, scope, node)
    case 'Exists':
      return existsSql(context, scope, node.query)
    case 'Scalar':
      return scalarSql(context, scope, node.query)
    default:
      return absurd(node)
  }
}

/** One double makes the operation one of doubles. */
const arithmeticType = (left: ExprNode, right: ExprNode): ExprNode['type'] =>
  right.type._tag === 'Double' ? right.type : left.type
