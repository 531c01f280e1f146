/**
 * What a statement needs while it is written: names for its sources, the order of its parameters, what it reads, what went wrong.
 */
import type { ExprNode, ParamNode } from '../expr/node.js'
import type { QueryNode, SelectNode } from '../expr/query-node.js'
import { type Source, columnsOfSource } from '../expr/source.js'
import { type CompileError, freeSource, sourceMismatch, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import type { Slot, Sql } from './sql.js'
import type { TableName } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A source under its SQL name. */
export interface Bound {
  readonly source: Source
  readonly alias: string
  /** The expression of a column; null where the source has no such column. */
  readonly column: (key: string) => string | null
  /** True exactly where the source is there: its key, or a marker column; null where neither is. */
  readonly presence: string | null
  /** The marker column that FROM must add, or null. */
  readonly marker: string | null
  /** Whether it stands on the null side of an outer join. */
  readonly optional: boolean
}

/** Sources by name, inner ones before outer ones. */
export interface Scope {
  readonly bound: ReadonlyMap<string, Bound>
  readonly outer: Scope | null
}

/** One statement under way. Its fields grow while it is written; nothing outside the compiler sees it. */
export interface Context {
  readonly dialect: Dialect
  readonly params: ReadonlyMap<ParamNode, number>
  readonly errors: Array<CompileError>
  /** What was said in other words than the query's own, and why: for `explain`. */
  readonly notes: Set<string>
  readonly reads: Map<string, TableName>
  /** Outer keys that are a source of this statement. */
  readonly keys: KeysBound | null
  readonly nested: Nested
  /** The table that the statement writes. */
  target: string | null
  /** Whether MySQL's strict mode makes errors of warnings: where rows are written, be it to a table of its own for a recursion. */
  strict: boolean
  /** The part of a write that is written now. */
  place: Place | null
  /** Whether an INSERT has more rows than one. */
  manyRows: boolean
  /** The clause that is written now. */
  clause: Clause
  /** The sources of the queries whose HAVING is written now, the innermost first. */
  having: ReadonlyArray<Scope>
  /** Whether what is written now is the FROM of groups. */
  groups: boolean
  /** Whether the ON of a join is written now. */
  on: boolean
  /** What stands in front (WITH); null in a write that has no such place: then each of its queries has one. */
  front: Front | null
  /** Whether anything stands in front of it, or of one of its queries. */
  named: boolean
  aliases: number
}

/** Rows with a name that are said in front of a statement, each after those that it mentions. */
export interface Front {
  /** By the name that the user gave: the source as it was first met, and its name in SQL. */
  readonly said: Map<string, { readonly source: Source; readonly alias: string }>
  readonly texts: Array<Sql>
  /** The recursions whose step is written now, by their names. */
  readonly steps: Map<string, string>
  recursive: boolean
}

/** The parts of a write in which a query may stand. */
export type Place = 'where' | 'set' | 'values' | 'returning'

/** A grouped expression as it was written: written again it would have other names inside. */
export interface GroupSql {
  readonly expr: ExprNode
  readonly sql: Sql
}

/** What the place of an expression allows. */
export interface Clause {
  /** Whether an aggregate may stand here. */
  readonly aggregates: boolean
  /** Whether a window function may stand here. */
  readonly windows: boolean
  /** What the windows are partitioned by besides: the ordinal of the outer row, where keys of outer rows are joined in. */
  readonly partition: string | null
  /** Whether there are several groupings, so that what is grouped by may be null. */
  readonly sets: boolean
  /** The grouped expressions that are no columns: where one is repeated, the engine must see that it is the same. */
  readonly grouped: ReadonlyArray<GroupSql>
  /** Whether a repeated group is marked for engines that do not see it, and a column that its key frees, too. */
  readonly marks: 'none' | 'groups' | 'columns'
}

/** Outer keys as a source: what the FROM clause says of them. */
export interface KeysBound {
  readonly bound: Bound
  readonly from: Sql
}

/** How a query is written inside another: given with the context, since expressions and queries contain each other. */
export interface Nested {
  readonly flat: (context: Context, outer: Scope, query: QueryNode, keys: ReadonlyArray<string> | null) => Sql
  readonly existence: (context: Context, outer: Scope, query: QueryNode) => Sql
  readonly derived: (context: Context, query: QueryNode, text: Sql) => Sql
  /** A SELECT that has no clause after HAVING, each output as `each` makes it, in the order of `keys`. */
  readonly plain: (
    context: Context,
    select: SelectNode,
    keys: ReadonlyArray<string>,
    each: (output: Sql, at: number) => Sql,
  ) => Sql
}

/** How an expression is written: given to what stands inside of it, since expressions contain each other. */
export interface Writer {
  readonly expression: (context: Context, scope: Scope, node: ExprNode) => Sql
  /** A parameter with the place that its message names, or any other expression. */
  readonly operand: (context: Context, scope: Scope, node: ExprNode, place: string) => Sql
  readonly criterion: (context: Context, scope: Scope, node: ExprNode, what: string) => Sql
}

export const emptyScope: Scope = { bound: new Map(), outer: null }

/** A clause about single rows. */
export const aboutRows: Clause = Object.freeze({
  aggregates: false,
  windows: false,
  partition: null,
  sets: false,
  grouped: Object.freeze([]),
  marks: 'none',
})

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const makeContext = (
  dialect: Dialect,
  nested: Nested,
  params: ReadonlyArray<ParamNode>,
  keys: KeysBound | null,
): Context => ({
  dialect,
  params: new Map(params.map((param, i) => [param, i])),
  errors: [],
  notes: new Set(),
  reads: new Map(),
  keys,
  nested,
  target: null,
  strict: false,
  place: null,
  manyRows: false,
  clause: aboutRows,
  having: [],
  groups: false,
  on: false,
  front: noFront(),
  named: false,
  aliases: 0,
})

export const noFront = (): Front => ({ said: new Map(), texts: [], steps: new Map(), recursive: false })

/** A SQL name that no other source of the statement has. */
export const nextAlias = (context: Context): string => {
  const alias = `t${context.aliases}`
  context.aliases += 1
  return alias
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** Writes a part of a write. */
export const at = <A>(context: Context, place: Place, write: () => A): A => {
  context.place = place
  const written = write()
  context.place = null
  return written
}

/** Writes a part of a statement as another clause. */
export const within = <A>(context: Context, clause: Clause, write: () => A): A => {
  const before = context.clause
  context.clause = clause
  const written = write()
  context.clause = before
  return written
}

export const failed = (context: Context, error: CompileError): Sql => {
  context.errors.push(error)
  return ['NULL']
}

/** Remembers why the SQL is not what the query's own words would be. */
export const noted = (context: Context, note: string, written: Sql): Sql => {
  context.notes.add(note)
  return written
}

/** What a name means here: the innermost source that has it. */
export const lookup = (scope: Scope, name: string): Bound | null =>
  scope.bound.get(name) ?? (scope.outer === null ? null : lookup(scope.outer, name))

export const sameSource = (a: Source, b: Source): boolean =>
  a === b ||
  (a._tag === 'TableSource' && b._tag === 'TableSource'
    ? a.table === b.table ||
      (a.table.name === b.table.name && a.table.schema === b.table.schema && a.table.shape === b.table.shape)
    : a._tag === b._tag &&
      nameOfRows(a) === nameOfRows(b) &&
      columnsOfSource(a).length === columnsOfSource(b).length &&
      columnsOfSource(a).every((c, i) => columnsOfSource(b)[i]?.key === c.key))

/** The name by which rows stand in front, if they do. */
const nameOfRows = (source: Source): string | null =>
  source._tag === 'DerivedSource' || source._tag === 'RecursiveSource' ? (source.cte?.name ?? null) : null

/** The source of a column or of a whole-row output, or null with the error said. */
export const resolve = (context: Context, scope: Scope, source: Source): Bound | null => {
  const bound = lookup(scope, source.name)
  if (bound === null) {
    context.errors.push(freeSource(source.name))
    return null
  }
  if (!sameSource(bound.source, source)) {
    context.errors.push(sourceMismatch(source.name))
    return null
  }
  return bound
}

/** The place of a parameter: its cast where the engine cannot infer the type, and where its value comes from. */
export const slot = (context: Context, param: ParamNode, place: string, bare = false): Slot => {
  const form = context.dialect.type(param.type)
  if (form.problem !== null)
    context.errors.push(unsupported(context.dialect.name, form.problem.what, form.problem.instead))
  const index = context.params.get(param) ?? 0
  return {
    source: { _tag: 'Param', index },
    encode: form.encode,
    place: param.kind._tag === 'Hole' ? `parameter "${param.kind.name}"` : place,
    nullable: param.nullable,
    ...casting(context.dialect, bare ? null : form.cast),
  }
}

/** What stands around a placeholder so that it has a type. */
export const casting = (dialect: Dialect, cast: string | null): { readonly before: string; readonly after: string } => {
  if (cast === null) return { before: '', after: '' }
  if (dialect.name === 'postgres') return { before: '', after: `::${cast}` }
  // MySQL reads a parameter that is cast to a time as a day and a time, where it can: of 10:11:12 it would make 00:00:00 in 2010.
  if (dialect.name === 'mysql' && cast.startsWith('TIME('))
    return { before: 'CAST(CAST(', after: ` AS CHAR) AS ${cast})` }
  return { before: 'CAST(', after: ` AS ${cast})` }
}

/** What an expression is called in a message. */
export const describe = (node: ExprNode): string => {
  switch (node._tag) {
    case 'Column':
      // The keys of outer rows go by the names of their columns there.
      return node.of.name.startsWith('\0') ? node.name : `${node.of.name}.${node.key}`
    case 'Param':
      return 'a parameter'
    case 'Aggregate':
      return node.operand === null ? 'count()' : `${node.name}(${describe(node.operand)})`
    default:
      return `an expression of type ${node.type._tag}`
  }
}
