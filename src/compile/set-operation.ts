/**
 * UNION, INTERSECT and EXCEPT as SQL.
 */
import { outputsOf } from '../expr/outputs.js'
import type { QueryNode, SetNode, SetOp } from '../expr/query-node.js'
import { type CompileError, illFormed } from './compile-error.js'
import { type Context, failed, nextAlias, type Scope } from './context.js'
import { limitSql, orderTerm } from './order.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { noDocuments, oneType } from './types.js'

const setWords: Readonly<Record<SetOp, string>> = {
  union: 'UNION',
  unionAll: 'UNION ALL',
  intersect: 'INTERSECT',
  except: 'EXCEPT',
}

const isPlain = (query: QueryNode): boolean =>
  query.orderBy.length === 0 && query.limit === null && query.offset === null

/** One side: engines differ in what binds tighter, and in what a side may have, so all but a plain SELECT stands apart. */
const sideSql = (
  context: Context,
  outer: Scope,
  side: QueryNode,
  op: SetOp,
  isLeft: boolean,
  keys: ReadonlyArray<string>,
): Sql => {
  const inner = context.nested.flat(context, outer, side, keys)
  const chained = isLeft && side._tag === 'SetOperation' && side.op === op && (op === 'union' || op === 'unionAll')
  if (isPlain(side) && (side._tag === 'Select' || chained)) return inner
  // MySQL gives wrong rows for `a EXCEPT (b UNION c)`, and right ones for the same as a derived table.
  if (context.dialect.name === 'mysql' && side._tag === 'SetOperation')
    return context.nested.derived(context, side, sql`SELECT * FROM (${inner}) AS ${nextAlias(context)}`)
  if (context.dialect.features.setParentheses)
    // MariaDB makes a derived table of it.
    return side._tag === 'Select' ? sql`(${inner})` : context.nested.derived(context, side, sql`(${inner})`)
  return sql`SELECT * FROM (${inner}) AS ${nextAlias(context)}`
}

const sidesProblem = (context: Context, query: SetNode): CompileError | null => {
  const [left, right] = [outputsOf(query.left), outputsOf(query.right)]
  if (right.length !== left.length) return illFormed(`${query.op}: the two sides have different outputs`)
  for (const output of left) {
    const other = right.find((o) => o.key === output.key)
    if (other === undefined) return illFormed(`${query.op}: the two sides have different outputs`)
    const types = [output.type, other.type]
    const documents = query.op === 'unionAll' ? null : noDocuments(context.dialect.name, 'compare', types)
    const problem = documents ?? oneType(`${query.op}: the output "${output.key}"`, types)
    if (problem !== null) return problem
  }
  const unknown = query.orderBy.find((o) => !left.some((output) => output.key === o.key))
  if (unknown !== undefined) return illFormed(`orderBy: the set operation has no output "${unknown.key}"`)
  const ordered = left.filter((output) => query.orderBy.some((o) => o.key === output.key))
  return noDocuments(
    context.dialect.name,
    'order by',
    ordered.map((output) => output.type),
  )
}

/** A set operation; both sides have their outputs in one order. */
export const setSql = (context: Context, outer: Scope, query: SetNode, keys: ReadonlyArray<string> | null): Sql => {
  const outputs = outputsOf(query)
  const wanted = keys ?? outputs.map((o) => o.key)
  const problem = sidesProblem(context, query)
  if (problem !== null) return failed(context, problem)
  const left = sideSql(context, outer, query.left, query.op, true, wanted)
  const right = sideSql(context, outer, query.right, query.op, false, wanted)
  const united = sql`${left} ${setWords[query.op]} ${right}`
  const nullable = (key: string): boolean => outputs.find((o) => o.key === key)?.nullable === true
  if (query.orderBy.every((o) => !nullable(o.key)) || context.dialect.features.nullsOrder) {
    const terms = query.orderBy.map((o) => orderTerm(context, [String(wanted.indexOf(o.key) + 1)], o, nullable(o.key)))
    return sql`${united}${terms.length === 0 ? nothing : sql` ORDER BY ${join(terms, ', ')}`}${limitSql(context, query)}`
  }
  // Where nulls have no words, an order is an expression, which a union does not take.
  const t = nextAlias(context)
  const terms = query.orderBy.map((o) => orderTerm(context, [`${t}.c${wanted.indexOf(o.key)}`], o, nullable(o.key)))
  return context.nested.derived(
    context,
    query,
    sql`SELECT * FROM (${united}) AS ${t} ORDER BY ${join(terms, ', ')}${limitSql(context, query)}`,
  )
}
