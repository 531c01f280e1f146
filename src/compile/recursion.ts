/**
 * Recursions: what their step may say, and their SQL.
 */
import { hasAggregate, visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { ExprNode } from '../expr/node.js'
import { outerJoined, outputsOf, projectionOf } from '../expr/outputs.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import type { RecursiveSource, Source } from '../expr/source.js'
import { type SqlType, unified } from '../expr/sql-type.js'
import { casted } from './typed-column.js'
import { type CompileError, illFormed } from './compile-error.js'
import { type Context, emptyScope, failed, type Front, nextAlias } from './context.js'
import { converted } from './convert.js'
import { projected } from './grouping.js'
import { join, type Sql, sql } from './sql.js'
import { noDocuments } from './types.js'

// -------------------------------------------------------------------------------------
// what a step may say
// -------------------------------------------------------------------------------------

/** The sources of a query, and of the queries below it. */
const sourcesBelow = (query: QueryNode): ReadonlyArray<Source> => {
  const found: Array<Source> = []
  const visitor: Visitor = { expr: (e) => visitExpr(e, visitor), query: (q) => go(q) }
  const go = (q: QueryNode): void => {
    if (q._tag === 'Select') found.push(q.from, ...q.joins.map((j) => j.source))
    visitStatement(q, visitor)
  }
  go(query)
  return found
}

const mentions = (of: string, query: QueryNode): number =>
  sourcesBelow(query).filter((s) => s._tag === 'WorkingSource' && s.of === of).length

const hasWindow = (e: ExprNode): boolean => {
  let found = e._tag === 'Window'
  if (!found) visitExpr(e, { expr: (child) => void (found ||= hasWindow(child)), query: () => {} })
  return found
}

/** The clause of a step that no engine takes there, or null. */
const clauseOf = (step: SelectNode): string | null => {
  const outputs = projected(projectionOf(step))
  if (step.groupBy.length > 0 || step.having !== null || outputs.some(hasAggregate)) return 'groups or aggregates'
  if (outputs.some(hasWindow)) return 'window functions'
  if (step.distinct || step.distinctOn.length > 0) return 'distinct'
  if (step.orderBy.length > 0) return 'an order'
  if (step.limit !== null || step.offset !== null || step.keyset !== null) return 'a limit'
  return step.lock === null ? null : 'a lock'
}

/** What is wrong with a recursion, whatever the rows are. */
export const recursionProblem = (dialect: string, source: RecursiveSource): CompileError | null => {
  const of = source.cte.name
  const bad = (message: string): CompileError => illFormed(`withRecursive "${of}": ${message}`)
  const { base, step, columns } = source
  if (mentions(of, base) > 0) return bad('the base is there before the recursion begins')
  if (step._tag === 'SetOperation') return bad('the step is one SELECT, no set operation')
  const clause = clauseOf(step)
  if (clause !== null) return bad(`the step has no ${clause.replace(/^an? /, '')} of its own`)
  const own = [step.from, ...step.joins.map((j) => j.source)].filter((s) => s._tag === 'WorkingSource' && s.of === of)
  const [self] = own
  if (self === undefined || own.length !== 1 || mentions(of, step) !== 1)
    return bad('the step joins the rows of the step before once, and in no subquery')
  if (outerJoined(step).has(self.name)) return bad('the rows of the step before stand on no side that may be absent')
  const given = outputsOf(step)
  const first = outputsOf(base)
  for (const { key, type } of columns) {
    const other = given.find((o) => o.key === key)
    const before = first.find((o) => o.key === key)
    if (given.length !== columns.length || other === undefined || before === undefined)
      return bad('the step gives the outputs of the base')
    if (unified(type, other.type)?.id !== unified(type, type)?.id && unified(type, other.type)?._tag !== type._tag)
      return bad(`the step gives values of another type for "${key}": cast them, or cast those of the base`)
  }
  return source.all
    ? null
    : noDocuments(
        dialect,
        'compare',
        columns.map((c) => c.type),
      )
}

// -------------------------------------------------------------------------------------
// SQL
// -------------------------------------------------------------------------------------

/** A value of base or step in the scale of all, where the engine keeps numerics as units of their last digit. */
const inScale = (context: Context, written: Sql, from: SqlType<unknown> | undefined, to: SqlType<unknown>): Sql =>
  from === undefined ? written : converted(context.dialect, written, from, to)

/** The base, each output made to have the type that all steps have. */
const baseSql = (context: Context, source: RecursiveSource): Sql => {
  const flat = context.nested.flat(context, emptyScope, source.base, null)
  const t = nextAlias(context)
  const own = outputsOf(source.base)
  const outputs = source.columns.map((c, i) => {
    const at = own.findIndex((o) => o.key === c.key)
    const written = inScale(context, [`${t}.c${at}`], own[at]?.type, c.type)
    return sql`${casted(context.dialect, c.type, written)} AS ${`c${i}`}`
  })
  return sql`SELECT ${join(outputs, ', ')} FROM (${flat}) AS ${t}`
}

/** PostgreSQL wants the very type of the base; the others convert what the step gives. */
const stepSql = (context: Context, source: RecursiveSource, step: SelectNode): Sql => {
  const outputs = outputsOf(step)
  return context.nested.plain(
    context,
    step,
    source.columns.map((c) => c.key),
    (output, at) => {
      const column = source.columns[at]
      const own = outputs.find((o) => o.key === column?.key)
      const written =
        column === undefined
          ? output
          : context.dialect.name === 'postgres'
            ? casted(context.dialect, column.type, output)
            : inScale(context, output, own?.type, column.type)
      return sql`${written} AS ${`c${at}`}`
    },
  )
}

/** Base and step of a recursion whose rows go by `alias`. */
export const recursionSql = (context: Context, front: Front, source: RecursiveSource, alias: string): Sql => {
  const problem = recursionProblem(context.dialect.name, source)
  if (problem !== null || source.step._tag !== 'Select')
    return failed(context, problem ?? illFormed('the step of a recursion is one SELECT'))
  const { strict } = context
  context.strict = true
  const base = baseSql(context, source)
  const before = front.steps.get(source.cte.name)
  front.steps.set(source.cte.name, alias)
  const step = stepSql(context, source, source.step)
  if (before === undefined) front.steps.delete(source.cte.name)
  else front.steps.set(source.cte.name, before)
  context.strict = strict
  return sql`${base} UNION ${source.all ? 'ALL ' : ''}${step}`
}
