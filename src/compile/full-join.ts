/**
 * FULL JOIN where the engine has none, or has none for such a criterion: the left side with its rows of the right one, and below
 * it the rows of the right side that no row of the left one meets. Both sides become one table for what follows.
 */
import { conjuncts, freeIn, mentionedAlone } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { noClauses } from '../expr/query-node.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import { unsupported } from './compile-error.js'
import { type Bound, type Context, failed, lookup, nextAlias, noted, type Scope } from './context.js'
import type { Dialect } from './dialect.js'
import { criterionSql } from './expression.js'
import type { From, Joins } from './from.js'
import { join, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// what an engine has
// -------------------------------------------------------------------------------------

/** PostgreSQL joins FULL by equalities alone, each of a value of the left side with one of the right side. */
const isMergeable = (left: ReadonlySet<string>, right: string, on: ExprNode): boolean => {
  const parts = conjuncts(on)
  const side = (e: ExprNode): 'left' | 'right' | null => {
    const names = mentionedAlone(e)
    if (names === null || names.size === 0) return null
    if (names.size === 1 && names.has(right)) return 'right'
    return [...names].every((name) => left.has(name)) ? 'left' : null
  }
  return (
    parts.length > 0 &&
    parts.every((part) => {
      if (part._tag !== 'Compare' || part.op !== 'eq') return false
      const sides = [side(part.left), side(part.right)]
      return sides.includes('left') && sides.includes('right')
    })
  )
}

/** Whether the engine joins FULL here by itself. */
export const isNativeFull = (dialect: Dialect, select: Joins, at: number): boolean => {
  const { fullJoin } = dialect.features
  const full = select.joins[at]
  if (fullJoin !== 'equalities' || full === undefined) return fullJoin === 'any'
  const left = new Set([select.from.name, ...select.joins.slice(0, at).map((j) => j.source.name)])
  return full.on !== null && isMergeable(left, full.source.name, full.on)
}

// -------------------------------------------------------------------------------------
// in other words
// -------------------------------------------------------------------------------------

interface Column {
  readonly source: Source
  /** The key of a column, or null for what tells whether the source is there. */
  readonly key: string | null
}

const columnsOf = (sources: ReadonlyArray<Source>): ReadonlyArray<Column> =>
  sources.flatMap((source) => [
    ...columnsOfSource(source).map((c): Column => ({ source, key: c.key })),
    { source, key: null },
  ])

/** An output of one branch; what the branch does not bind is absent there. */
const output = (scope: Scope, { source, key }: Column): Sql => {
  const bound = scope.bound.get(source.name)
  if (bound === undefined) return ['NULL']
  if (key !== null) return [bound.column(key) ?? 'NULL']
  // Without a column that tells, the source is no optional one: it is there.
  return bound.presence === null ? ['1'] : sql`CASE WHEN ${bound.presence} IS NOT NULL THEN 1 END`
}

const selected = (scope: Scope, columns: ReadonlyArray<Column>): Sql =>
  sql`SELECT ${join(
    columns.map((c, i) => sql`${output(scope, c)} AS ${`c${i}`}`),
    ', ',
  )}`

/** The sources up to the join as columns of one table, and that table as a FROM item. */
export interface FullJoin {
  readonly bound: ReadonlyMap<string, Bound>
  readonly write: () => Sql
}

/** The join `at` and all that stands before it, in other words. `fromOf` writes what is in it. */
export const fullJoinSql = (
  context: Context,
  outer: Scope,
  select: Joins,
  at: number,
  optional: ReadonlySet<string>,
  fromOf: (context: Context, outer: Scope, select: Joins) => From,
): FullJoin | null => {
  const full = select.joins[at]
  if (full === undefined) return null
  const joins = select.joins.slice(0, at)
  const sources = [select.from, ...joins.map((j) => j.source), full.source]
  const columns = columnsOf(sources)
  const alias = nextAlias(context)
  const nameOf = (source: Source, key: string | null): string | null => {
    const i = columns.findIndex((c) => c.source === source && c.key === key)
    return i < 0 ? null : `${alias}.c${i}`
  }
  const bound = sources.map((source): readonly [string, Bound] => [
    source.name,
    {
      source,
      alias,
      column: (key) => nameOf(source, key),
      presence: nameOf(source, null),
      marker: null,
      optional: optional.has(source.name),
    },
  ])
  const write = (): Sql => {
    const closed = freeIn({ ...noClauses, from: select.from, joins: select.joins.slice(0, at + 1) }).size === 0
    if (!closed && !context.dialect.features.correlatedDerived)
      return failed(
        context,
        unsupported(context.dialect.name, 'mention an outer row beside a full join', 'unite two left joins'),
      )
    const left = fromOf(context, outer, { from: select.from, joins: [...joins, { ...full, kind: 'left' }] })
    const right = fromOf(context, outer, { from: full.source, joins: [] })
    const met = fromOf(context, right.scope, { from: select.from, joins })
    const on = full.on === null ? [context.dialect.boolean(true)] : criterionSql(context, met.scope, full.on, 'on')
    const rows = sql`${selected(left.scope, columns)}${left.write()}`
    const rest = sql`${selected(right.scope, columns)}${right.write()} WHERE NOT EXISTS (SELECT 1${met.write()} WHERE ${on})`
    const both = sql`(${rows} UNION ALL ${rest}) AS ${alias}`
    return noted(context, 'a left join, and below it the rows of the right side that none meets', both)
  }
  return { bound: new Map(bound), write }
}

/** The columns of a source that stands in a full join in other words: the engine does not know that its key determines them. */
export const columnsBound = (scope: Scope, source: Source): ReadonlyArray<Sql> => {
  const bound = lookup(scope, source.name)
  return columnsOfSource(source).flatMap((c) => {
    const name = bound?.column(c.key) ?? null
    return name === null ? [] : [[name]]
  })
}
