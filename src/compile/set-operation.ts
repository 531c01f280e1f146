/**
 * UNION, INTERSECT and EXCEPT as SQL.
 */
import { hasWindow } from '../expr/children.js'
import { outputsOf } from '../expr/outputs.js'
import type { QueryNode, SetNode, SetOp } from '../expr/query-node.js'
import type { DerivedColumn } from '../expr/source.js'
import { type CompileError, illFormed } from './compile-error.js'
import { type Context, failed, nextAlias, noted, type Scope } from './context.js'
import { converted, isConverted } from './convert.js'
import { isGrouped } from './grouping.js'
import { limitSql, limitsProblem, numberedSql } from './limits.js'
import { orderTerm } from './order-term.js'
import { ordinalOutput } from './outer-keys.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { noDocuments, oneStorage, oneType } from './types.js'

const setWords: Readonly<Record<SetOp, string>> = {
  union: 'UNION',
  unionAll: 'UNION ALL',
  intersect: 'INTERSECT',
  intersectAll: 'INTERSECT ALL',
  except: 'EXCEPT',
  exceptAll: 'EXCEPT ALL',
}

const isPlain = (query: QueryNode): boolean =>
  query.orderBy.length === 0 && query.limit === null && query.offset === null

type Outputs = ReadonlyArray<DerivedColumn>

/** The rows of a side in the scales of the whole, where the engine keeps numerics as units of their last digit. */
const sideInScale = (
  context: Context,
  outer: Scope,
  side: QueryNode,
  keys: ReadonlyArray<string>,
  united: Outputs,
): Sql => {
  const inner = context.nested.flat(context, outer, side, keys)
  const { dialect } = context
  const own = outputsOf(side)
  const types = keys.map((key) => [own, united].map((all) => all.find((o) => o.key === key)?.type ?? null))
  if (!types.some(([from = null, to = null]) => from !== null && isConverted(dialect, from, to))) return inner
  const t = nextAlias(context)
  const outputs = types.map(([from = null, to = null], i): Sql => {
    const plain: Sql = [`${t}.c${i}`]
    return sql`${from === null ? plain : converted(dialect, plain, from, to)} AS c${String(i)}`
  })
  return sql`SELECT ${join(outputs, ', ')} FROM (${inner}) AS ${t}`
}

const sideNote = 'a side that is more than a plain SELECT is a derived table'

/** A side as a derived table; its outputs are named, since MySQL makes one of `*` inside EXISTS, and counts them. */
const apart = (context: Context, inner: Sql, width: number): Sql => {
  const t = nextAlias(context)
  return sql`SELECT ${Array.from({ length: width }, (_, i) => `${t}.c${i} AS c${i}`).join(', ')} FROM (${inner}) AS ${t}`
}

/** Whether all rows are one group. */
const isOneGroup = (side: QueryNode): boolean => side._tag === 'Select' && side.groupBy.length === 0 && isGrouped(side)

/** Whether rows come from a join that keeps its right side. */
const keepsRight = (side: QueryNode): boolean =>
  side._tag === 'Select' && side.joins.some(({ kind }) => kind === 'right' || kind === 'full')

/** One side: engines differ in what binds tighter, and in what a side may have, so all but a plain SELECT stands apart. */
const sideSql = (
  context: Context,
  outer: Scope,
  side: QueryNode,
  op: SetOp,
  isLeft: boolean,
  keys: ReadonlyArray<string>,
  united: Outputs,
): Sql => {
  const inner = sideInScale(context, outer, side, keys, united)
  // MySQL 9.7 gives a row of one side that the other has not, where that is one group of all rows; not so of a derived table.
  if (context.dialect.name === 'mysql' && op === 'intersect' && isOneGroup(side))
    return noted(context, sideNote, context.nested.derived(context, side, apart(context, inner, keys.length)))
  // SQLite 3.53 puts united rows into a query around them, and then forgets what is asked of them by queries, where some come from
  // such a join.
  if (context.dialect.name === 'sqlite' && op === 'unionAll' && keepsRight(side))
    return noted(context, sideNote, apart(context, inner, keys.length))
  const chained = isLeft && side._tag === 'SetOperation' && side.op === op && (op === 'union' || op === 'unionAll')
  if (isPlain(side) && (side._tag === 'Select' || chained)) return inner
  // MySQL gives wrong rows for `a EXCEPT (b UNION c)`, and right ones for the same as a derived table. MariaDB makes a derived table of
  // it by itself, one of `*`, which inside EXISTS is one output.
  if ((context.dialect.name === 'mysql' || context.dialect.name === 'mariadb') && side._tag === 'SetOperation')
    return noted(context, sideNote, context.nested.derived(context, side, apart(context, inner, keys.length)))
  const ordersByWindow = side._tag === 'Select' && side.orderBy.some((o) => hasWindow(o.expr))
  // MariaDB takes no window in the order of a side.
  if (context.dialect.features.setParentheses && !(ordersByWindow && context.dialect.name === 'mariadb'))
    return sql`(${inner})`
  return noted(context, sideNote, apart(context, inner, keys.length))
}

/** What is wrong with the sides of a set operation, or null. */
export const sidesProblem = (context: Context, query: SetNode): CompileError | null => {
  const [left, right] = [outputsOf(query.left), outputsOf(query.right)]
  if (right.length !== left.length) return illFormed(`${query.op}: the two sides have different outputs`)
  for (const output of left) {
    const other = right.find((o) => o.key === output.key)
    if (other === undefined) return illFormed(`${query.op}: the two sides have different outputs`)
    const types = [output.type, other.type]
    const documents = query.op === 'unionAll' ? null : noDocuments(context.dialect.name, 'compare', types)
    const problem =
      documents ??
      oneType(`${query.op}: the output "${output.key}"`, types) ??
      oneStorage(context.dialect.name, 'put in one output', types)
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

/** Equal rows of a side, each with a number of its own, so that they are told apart. */
const numbered = (context: Context, side: Sql, width: number): Sql => {
  const t = nextAlias(context)
  const outputs = Array.from({ length: width }, (_, i) => `${t}.c${i}`).join(', ')
  return sql`SELECT ${outputs}, row_number() OVER (PARTITION BY ${outputs}) AS n FROM (${side}) AS ${t}`
}

/** Both sides with the word between them; INTERSECT ALL and EXCEPT ALL of numbered rows where the engine has no ALL. */
const unitedSql = (context: Context, outer: Scope, query: SetNode, wanted: ReadonlyArray<string>): Sql => {
  const all = query.op === 'intersectAll' || query.op === 'exceptAll'
  const united = outputsOf(query)
  if (!all || context.dialect.features.setAll) {
    const left = sideSql(context, outer, query.left, query.op, true, wanted, united)
    const right = sideSql(context, outer, query.right, query.op, false, wanted, united)
    return sql`${left} ${setWords[query.op]} ${right}`
  }
  const side = (inner: QueryNode): Sql =>
    numbered(context, sideInScale(context, outer, inner, wanted, united), wanted.length)
  const t = nextAlias(context)
  const outputs = wanted.map((_, i) => `${t}.c${i} AS c${i}`).join(', ')
  const word = query.op === 'intersectAll' ? 'INTERSECT' : 'EXCEPT'
  const written = sql`SELECT ${outputs} FROM (${side(query.left)} ${word} ${side(query.right)}) AS ${t}`
  return noted(context, 'equal rows are numbered, so that none is taken for another', written)
}

/** A limit for each outer row: the rows of each are numbered in the order. */
const limitedForEach = (
  context: Context,
  query: SetNode,
  united: Sql,
  wanted: ReadonlyArray<string>,
  nullable: (key: string) => boolean,
): Sql => {
  context.notes.add('a limit for each outer row numbers the rows of each')
  const [u, t] = [nextAlias(context), nextAlias(context)]
  const order = (alias: string): Sql =>
    query.orderBy.length === 0
      ? nothing
      : sql` ORDER BY ${join(
          query.orderBy.map((o) => orderTerm(context, [`${alias}.c${wanted.indexOf(o.key)}`], o, nullable(o.key))),
          ', ',
        )}`
  const by = `${u}.c${wanted.indexOf(ordinalOutput)}`
  const outputs = wanted.map((_, i) => `${t}.c${i}`).join(', ')
  return sql`SELECT ${outputs} FROM (SELECT ${u}.*, row_number() OVER (PARTITION BY ${by}${order(u)}) AS r FROM (${united}) AS ${u}) AS ${t} WHERE ${numberedSql(context, query, `${t}.r`, `${t}.r`)}${order(t)}`
}

/** A set operation; both sides have their outputs in one order. */
export const setSql = (context: Context, outer: Scope, query: SetNode, keys: ReadonlyArray<string> | null): Sql => {
  const outputs = outputsOf(query)
  const wanted = keys ?? outputs.map((o) => o.key)
  const problem = sidesProblem(context, query) ?? limitsProblem(query)
  if (problem !== null) return failed(context, problem)
  const united = unitedSql(context, outer, query, wanted)
  const nullable = (key: string): boolean => outputs.find((o) => o.key === key)?.nullable === true
  if (wanted.includes(ordinalOutput) && (query.limit !== null || query.offset !== null))
    return limitedForEach(context, query, united, wanted, nullable)
  if (query.orderBy.every((o) => !nullable(o.key)) || context.dialect.features.nullsOrder) {
    const terms = query.orderBy.map((o) => orderTerm(context, [String(wanted.indexOf(o.key) + 1)], o, nullable(o.key)))
    return sql`${united}${terms.length === 0 ? nothing : sql` ORDER BY ${join(terms, ', ')}`}${limitSql(context, query)}`
  }
  // Where nulls have no words, an order is an expression, which a union does not take.
  const t = nextAlias(context)
  const terms = query.orderBy.map((o) => orderTerm(context, [`${t}.c${wanted.indexOf(o.key)}`], o, nullable(o.key)))
  context.notes.add('the order stands around the set operation')
  return context.nested.derived(
    context,
    query,
    sql`SELECT * FROM (${united}) AS ${t} ORDER BY ${join(terms, ', ')}${limitSql(context, query)}`,
  )
}
