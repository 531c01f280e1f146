/**
 * Sources in FROM: tables and derived tables under names of the compiler's own.
 */
import { hasQuery } from '../expr/children.js'
import { projectionOf } from '../expr/outputs.js'
import { type DerivedSource, type Source, storedColumns, type TableInfo } from '../expr/source.js'
import { illFormed, sourceMismatch } from './compile-error.js'
import { type Bound, type Context, nextAlias, noted, sameSource, type Scope } from './context.js'
import { namedRows } from './cte.js'
import type { Dialect } from './dialect.js'
import { projected } from './grouping.js'
import { type Sql, sql } from './sql.js'
import { tableSql } from './table-sql.js'

export { tableSql }

/** A source's first column that is never null tells whether the source is there. */
const firstNotNull = (source: Source): string | null => storedColumns(source).find((c) => !c.nullable)?.key ?? null

/** The name of the column that marks a source's presence where all its columns may be null: one that the source has not. */
const markerOf = (source: Source): string => {
  const taken = new Set(source._tag === 'TableSource' ? source.table.columns.map((c) => c.name.toLowerCase()) : [])
  let marker = 'm'
  while (taken.has(marker)) marker += 'm'
  return marker
}

const markerNote = 'a column of ones tells whether a source is there whose own columns may all be null'

const columnName = (dialect: Dialect, alias: string, source: Source): ((key: string) => string | null) => {
  if (source._tag === 'TableSource') return (key) => tableColumn(dialect, alias, source.table, key)
  const keys = source.columns.map((c) => c.key)
  return (key) => (keys.includes(key) ? `${alias}.c${keys.indexOf(key)}` : null)
}

export const tableColumn = (dialect: Dialect, alias: string, table: TableInfo, key: string): string | null => {
  const column = table.columns.find((c) => c.key === key)
  return column === undefined ? null : `${alias}.${dialect.quote(column.name)}`
}

const bind = (context: Context, source: Source, optional: boolean): Bound => {
  if (context.keys !== null && context.keys.bound.source === source) return context.keys.bound
  const alias = nextAlias(context)
  const column = columnName(context.dialect, alias, source)
  const there = firstNotNull(source)
  const marker = optional && there === null ? markerOf(source) : null
  const presence = there === null ? (marker === null ? null : `${alias}.${marker}`) : column(there)
  return { source, alias, column, presence, marker, optional }
}

const twice = (context: Context, sources: ReadonlyArray<Source>): void => {
  for (const [i, source] of sources.entries()) {
    const before = sources.slice(0, i).find((s) => s.name === source.name)
    if (before === undefined) continue
    context.errors.push(
      sameSource(before, source)
        ? illFormed(`"${source.name}" is joined twice: give one of the two an alias`)
        : sourceMismatch(source.name),
    )
  }
}

/** The scope of a SELECT: all its sources, under names that no other source of the statement has; `known` are named already. */
export const scopeOfSources = (
  context: Context,
  outer: Scope,
  sources: ReadonlyArray<Source>,
  optional: ReadonlySet<string>,
  known: ReadonlyMap<string, Bound>,
): Scope => {
  twice(context, sources)
  return {
    bound: new Map(
      sources.map((source) => [
        source.name,
        known.get(source.name) ?? bind(context, source, optional.has(source.name)),
      ]),
    ),
    outer,
  }
}

/** Whether rows have what a query inside of their own query gives. */
const hasQueries = (source: DerivedSource): boolean =>
  source.query._tag === 'Select' && projected(projectionOf(source.query)).some(hasQuery)

/** A derived table that the engine shall not merge into the query around it, where it is wrong of it then. */
const apartDerived = (context: Context, source: DerivedSource, flat: Sql, optional: boolean): Sql =>
  optional ? context.dialect.optionalDerived(flat) : hasQueries(source) ? context.dialect.groupedDerived(flat) : flat

/** What keeps rows with a name in front of the statement apart. */
const apartOf = (context: Context, source: Source, optional: boolean): Sql => {
  if (source._tag === 'WorkingSource') return []
  if (optional) return context.dialect.optionalDerived([])
  return context.groups && source._tag === 'DerivedSource' && hasQueries(source)
    ? context.dialect.groupedDerived([])
    : []
}

/** A source as a FROM item. A derived table does not see its neighbours, only what is outside. */
export const bindSource = (context: Context, outer: Scope, scope: Scope, source: Source): Sql => {
  const bound = scope.bound.get(source.name)
  const alias = bound?.alias ?? nextAlias(context)
  const marker = bound?.marker ?? null
  if (context.keys !== null && bound === context.keys.bound) return context.keys.from
  if (source._tag === 'TableSource') {
    context.reads.set(tableSql(context.dialect, source.table), { schema: source.table.schema, name: source.table.name })
    const name = tableSql(context.dialect, source.table)
    if (marker === null) return sql`${name} AS ${alias}`
    return noted(context, markerNote, sql`(SELECT *, 1 AS ${marker} FROM ${name}) AS ${alias}`)
  }
  if (source._tag !== 'DerivedSource' || source.cte !== null)
    return namedRows(context, source, alias, marker, apartOf(context, source, bound?.optional === true))
  const flat = context.nested.flat(context, outer, source.query, null)
  const limited = source.query.limit !== null || source.query.offset !== null
  const kept = (bound?.optional === true || context.groups) && !limited
  const apart = kept ? apartDerived(context, source, flat, bound?.optional === true) : flat
  if (apart !== flat) context.notes.add('a limit that limits nothing keeps the derived table apart')
  const inner = context.nested.derived(context, source.query, apart)
  if (marker === null) return sql`(${inner}) AS ${alias}`
  const t = nextAlias(context)
  return noted(context, markerNote, sql`(SELECT ${t}.*, 1 AS ${marker} FROM (${inner}) AS ${t}) AS ${alias}`)
}
