/**
 * Compiling reads: the statement of a query, and one more for each include.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { ColumnNode, ParamNode } from '../expr/node.js'
import { absentIn, outputsOf, projectionOf } from '../expr/outputs.js'
import type { IncludeNode, QueryNode, SelectNode, SetNode } from '../expr/query-node.js'
import { withOwnParams } from '../expr/rewrite.js'
import { type CompileError, illFormed, ungrouped } from './compile-error.js'
import { type Context, emptyScope, lookup, makeContext, type Nested, type Scope } from './context.js'
import { fronted, withFront } from './cte.js'
import { decoderOf } from './decode.js'
import type { Dialect } from './dialect.js'
import { isGrouped, projected } from './grouping.js'
import { childQuery } from './child-query.js'
import { ordinalOutput, type OuterKeys, outerColumns, outerKeys } from './outer-keys.js'
import { type PlannedRow, planOf } from './plan.js'
import { printFor } from './print.js'
import { leavesOf, readerOf, type RowPlan } from './rows.js'
import { existenceSql } from './existence.js'
import { assembled, derivedIn, flatSql, plainSql, selectSql } from './select.js'
import type { Sql } from './sql.js'
import { tableSetOf } from './table-set.js'
import type { ChildTemplate, Template } from './template.js'

/** How queries are written inside expressions and sources. */
export const nested: Nested = {
  flat: (context, outer, query, keys) => withFront(context, () => flatSql(context, outer, query, keys)),
  existence: (context, outer, query) => withFront(context, () => existenceSql(context, outer, query)),
  derived: derivedIn,
  plain: plainSql,
}

/** Whether a value of the plan may be an integer beyond 2^53. */
export const needsBigints = (plan: RowPlan): boolean =>
  leavesOf(plan).some((leaf) => leaf.type._tag === 'BigInt' || leaf.type._tag === 'Numeric')

/** A parameter node stands in one place only, or two places would pass for one. */
export const unshared = (query: QueryNode): QueryNode => {
  const params = paramsOf(query)
  // `withOwnParams` copies the parameters and nothing else: a query stays the query that it was.
  return new Set(params).size === params.length ? query : (withOwnParams(query) as QueryNode)
}

/** Compiles a query for a dialect. */
export const readTemplate = (dialect: Dialect, query: QueryNode): Either<CompileError, Template> => {
  const own = unshared(query)
  return compileRead(dialect, own, paramsOf(own), null)
}

/** `params` are those of the query as its user wrote it: a rewritten one may repeat them. */
const compileRead = (
  dialect: Dialect,
  query: QueryNode,
  params: ReadonlyArray<ParamNode>,
  keys: OuterKeys | null,
): Either<CompileError, Template> => {
  const context = makeContext(dialect, nested, params, keys === null ? null : keys.bound)
  const planned = planOf(query)
  const written =
    query._tag === 'Select' ? selectStatement(context, query, planned, keys) : setStatement(context, query, keys)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const children: Array<ChildTemplate> = []
  for (const child of written.children) {
    const compiled = child()
    if (isLeft(compiled)) return compiled
    children.push(compiled.right)
  }
  const printed = printFor(dialect, fronted(context, written.text))
  if (isLeft(printed)) return printed
  const { text, slots } = printed.right
  const bigints = needsBigints(planned.plan) || children.some((c) => c.columns.some((k) => k.bigint))
  const named = context.named || children.some((c) => c.template.named)
  return right({
    text,
    slots,
    read: readerOf(planned.plan),
    bigints,
    tables: tableSetOf(query),
    notes: [...context.notes],
    named,
    children,
  })
}

interface Written {
  readonly text: Sql
  readonly children: ReadonlyArray<() => Either<CompileError, ChildTemplate>>
}

/** A set operation with its outputs in order, the ordinal last where each outer row has its own. */
const setStatement = (context: Context, query: SetNode, keys: OuterKeys | null): Written => {
  const own = outputsOf(query).map((c) => c.key)
  const order = keys === null ? null : [...own.filter((key) => key !== ordinalOutput), ordinalOutput]
  return { text: flatSql(context, emptyScope, query, order), children: [] }
}

/** A SELECT with its own outputs, then those that tell presence, then the keys that includes need, then the ordinal. */
const selectStatement = (context: Context, query: SelectNode, planned: PlannedRow, keys: OuterKeys | null): Written => {
  const parts = selectSql(context, emptyScope, query)
  const { scope } = parts
  const listed: Array<Sql> = [...parts.outputs]
  for (const { source } of planned.presence) {
    // Two groups of nulls, of absent rows and of rows that are null, could be one.
    if (isGrouped(query)) context.errors.push(ungrouped(source.name, 'is it there?'))
    listed.push([lookup(scope, source.name)?.presence ?? 'NULL'])
  }
  const children = query.includes.map((include) => plannedChild(context, query, scope, include, listed))
  if (keys !== null) listed.push([keys.keys.ordinal])
  return { text: assembled(query, parts, listed), children }
}

/** The place of a column among the outputs; it is added where it is not there and may be. */
const outputAt = (
  context: Context,
  query: SelectNode,
  scope: Scope,
  column: ColumnNode,
  listed: Array<Sql>,
): number => {
  const at = projected(projectionOf(query)).findIndex(
    (e) => e._tag === 'Column' && e.of.name === column.of.name && e.key === column.key,
  )
  if (at >= 0) return at
  const grouped =
    isGrouped(query) &&
    !query.groupBy.some((e) => e._tag === 'Column' && e.of.name === column.of.name && e.key === column.key)
  if (query.distinct || grouped)
    context.errors.push(
      illFormed(
        `include needs "${column.of.name}"."${column.key}" among the outputs: under distinct and groupBy it cannot be added unseen`,
      ),
    )
  const name = lookup(scope, column.of.name)?.column(column.key)
  if (name === null || name === undefined)
    context.errors.push(illFormed(`include mentions "${column.of.name}"."${column.key}", which is not there`))
  listed.push([name ?? 'NULL'])
  return listed.length - 1
}

const plannedChild = (
  context: Context,
  query: SelectNode,
  scope: Scope,
  include: IncludeNode,
  listed: Array<Sql>,
): (() => Either<CompileError, ChildTemplate>) => {
  const { dialect } = context
  const columns = outerColumns(include.relation.query)
  const bound = columns.every((c) => scope.bound.has(c.of.name))
  if (!bound || columns.length === 0)
    context.errors.push(
      illFormed(`include "${include.key}": the relation mentions a table that this query does not bind`),
    )
  const keyColumns = columns.map((c) => ({
    at: outputAt(context, query, scope, c, listed),
    decode: decoderOf(c.type),
    encode: dialect.type(c.type).element,
    bigint: c.type._tag === 'BigInt',
    place: `${c.of.name}.${c.key}`,
  }))
  const presentAt = presenceOutputs(context, query, scope, columns, listed)
  return () => {
    const keys = outerKeys(dialect, columns, include.relation.query)
    const own = unshared(include.relation.query)
    const inner = childQuery(dialect, columns, keys, include.key, own)
    if (isLeft(inner)) return inner
    const template = compileRead(dialect, inner.right, paramsOf(own), keys)
    if (isLeft(template)) return template
    return right({
      key: include.key,
      cardinality: include.relation.cardinality,
      template: template.right,
      columns: keyColumns,
      firstOrdinal: keys.keys.firstOrdinal,
      ordinalAt: ordinalAt(template.right, inner.right),
      presentAt,
    })
  }
}

/** The ordinal is the last output of the child. */
const ordinalAt = (template: Template, query: QueryNode): number => {
  const { outputs, presence } = planOf(query)
  const hidden = template.children.flatMap((c) => [...c.columns.map((k) => k.at), ...c.presentAt])
  return Math.max(outputs + presence.length - 1, ...hidden) + 1
}

/** The output that is null where a related source is absent: a key that is never null by itself, or what tells of the source. */
const presenceOutput = (
  context: Context,
  query: SelectNode,
  scope: Scope,
  columns: ReadonlyArray<ColumnNode>,
  name: string,
  listed: Array<Sql>,
): ReadonlyArray<number> => {
  const key = columns.find((c) => c.of.name === name && !c.nullable)
  if (key !== undefined) return [outputAt(context, query, scope, key, listed)]
  const presence = lookup(scope, name)?.presence ?? null
  if (presence === null) return []
  if (query.distinct || isGrouped(query))
    context.errors.push(
      illFormed(
        `include needs to know whether "${name}" is there: under distinct and groupBy that cannot be added unseen`,
      ),
    )
  listed.push([presence])
  return [listed.length - 1]
}

/** The outputs of which none is null where all related sources are there. */
const presenceOutputs = (
  context: Context,
  query: SelectNode,
  scope: Scope,
  columns: ReadonlyArray<ColumnNode>,
  listed: Array<Sql>,
): ReadonlyArray<number> => {
  const absent = absentIn(query)
  const names = new Set(columns.map((c) => c.of.name).filter((name) => absent.has(name)))
  return [...names].flatMap((name) => presenceOutput(context, query, scope, columns, name, listed))
}
