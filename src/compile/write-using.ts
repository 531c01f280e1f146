/**
 * Updates and deletes that look at other sources: in which words each engine writes a row once, and knows when several rows match.
 */
import {
  conjuncts,
  freeIn,
  hasAggregateOutside,
  hasWindowOutside,
  mentionedAlone,
  visitExpr,
} from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import { exists, type ExprNode, logic, scalar } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import {
  type DeleteNode,
  type JoinNode,
  noClauses,
  type ProjectionNode,
  type SelectNode,
  type UpdateNode,
  type UsingNode,
} from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { tableIdentity } from '../expr/schema.js'
import type { Source, TableSource } from '../expr/source.js'
import { targetOfWrite } from '../expr/write-parts.js'
import { type CompileError, freeSource, illFormed } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { tableReads } from './table-set.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type Changing = UpdateNode | DeleteNode

/**
 * How a write looks at other sources.
 *
 * - `plain`: it has none.
 * - `exists`: a criterion asks whether they have rows; no new value mentions them.
 * - `joined`: they stand beside the written table, whose rows each meet one of theirs at most, or are written alike by all.
 * - `keyed`: each new value is a query, which two rows make an error.
 */
export type UsingForm = 'plain' | 'exists' | 'joined' | 'keyed'

// -------------------------------------------------------------------------------------
// what is mentioned
// -------------------------------------------------------------------------------------

/** The names of the sources that an expression mentions, in its queries too. */
const namesIn = (node: ExprNode): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: (q) => freeIn(q).forEach((name) => names.add(name)) })
  }
  visit(node)
  return names
}

/** Whether a query of an expression reads the table. */
export const asksTable = (node: ExprNode, table: string): boolean => {
  let found = false
  const visitor: Visitor = {
    expr: (e) => visitExpr(e, visitor),
    query: (q) => void (found ||= tableReads(q).has(table)),
  }
  visitor.expr(node)
  return found
}

const mentions = (node: ExprNode, using: ReadonlyArray<UsingNode>): boolean => {
  const names = namesIn(node)
  return using.some(({ source }) => names.has(source.name))
}

/** Whether a new value mentions one of the other sources: then each written row needs one of theirs. */
export const valuesMention = (write: Changing): boolean =>
  write._tag === 'Update' && write.set.some(({ value }) => mentions(value, write.using))

/** What is wrong with the sources of a write whatever the dialect, or null. */
export const usingProblem = (write: Changing): CompileError | null => {
  const seen = new Set([targetOfWrite(write).name])
  for (const { source, on } of write.using) {
    // In a query of its own it would hide the other one.
    if (seen.has(source.name))
      return illFormed(`"${source.name}" is in this write already: give one of the two an alias`)
    seen.add(source.name)
    const later = on === null ? undefined : write.using.find((u) => !seen.has(u.source.name) && mentions(on, [u]))
    if (later !== undefined) return freeSource(later.source.name)
  }
  // Inside a query of its own an aggregate would mean another thing.
  const values = write._tag === 'Update' ? write.set.map((a) => a.value) : []
  return values.some((e) => hasAggregateOutside(e) || hasWindowOutside(e))
    ? illFormed('a new value is of one row: an aggregate stands in a query of its own')
    : null
}

// -------------------------------------------------------------------------------------
// one row at most
// -------------------------------------------------------------------------------------

const wholeNumbers: ReadonlyArray<string> = ['SmallInt', 'Integer', 'BigInt', 'Count', 'Unsigned']

/** Whether two sides are equal exactly where they are equal in a key: one type, and the order of the database. */
const comparesAsKey = (key: ExprNode, other: ExprNode): boolean => {
  const collated = (e: ExprNode): boolean =>
    e._tag === 'Column' &&
    e.of._tag === 'TableSource' &&
    e.of.table.columns.some((c) => c.key === e.key && c.collation !== null)
  if (collated(key) || collated(other)) return false
  const [a, b] = [key.type._tag, other.type._tag]
  return a === b || (wholeNumbers.includes(a) && wholeNumbers.includes(b))
}

/** What has one value for one row of each source, however often it is asked. */
const isSteady = (node: ExprNode): boolean => {
  let steady = node._tag === 'Call' ? node.name !== 'random' : steadyTags.has(node._tag)
  visitExpr(node, { expr: (e) => void (steady &&= isSteady(e)), query: () => void (steady = false) })
  return steady
}

const steadyTags: ReadonlySet<string> = new Set([
  'Column',
  'Param',
  'Arithmetic',
  'Concat',
  'Coalesce',
  'Case',
  'Compare',
])

/** The outputs of a source whose values no two rows share: keys of a table, or what a query groups by. */
const keysOf = (source: Source): ReadonlyArray<ReadonlyArray<string>> => {
  if (source._tag === 'TableSource') {
    const { primaryKey, uniques, view } = source.table
    if (view !== null) return []
    const unique = uniques.filter((u) => u.deferrable === null).map((u) => u.columns)
    return primaryKey.length > 0 ? [primaryKey, ...unique] : unique
  }
  if (source._tag !== 'DerivedSource' || source.query._tag !== 'Select') return []
  const { query } = source
  if (query.groupBy.length === 0 || query.groupingSets !== null) return []
  const outputs = outputsOf(query).map((o) => o.key)
  const projection: ProjectionNode = projectionOf(query)
  if (projection._tag !== 'Record') return []
  const keys = query.groupBy.flatMap((group) => {
    const field = projection.fields.find((f) => f.projection._tag === 'One' && sameExpr(f.projection.expr, group))
    return field === undefined || !outputs.includes(field.key) ? [] : [field.key]
  })
  return keys.length === query.groupBy.length ? [keys] : []
}

/** Whether each row of what stands before a source meets one of its rows at most. */
const isToOne = (source: Source, before: ReadonlySet<string>, criteria: ReadonlyArray<ExprNode>): boolean => {
  const fixed = new Set<string>()
  const fix = (side: ExprNode, other: ExprNode): void => {
    const names = mentionedAlone(other)
    if (side._tag !== 'Column' || side.of.name !== source.name || names === null) return
    if (isSteady(other) && [...names].every((name) => before.has(name)) && comparesAsKey(side, other))
      fixed.add(side.key)
  }
  for (const e of criteria) {
    if (e._tag !== 'Compare' || e.op !== 'eq') continue
    fix(e.left, e.right)
    fix(e.right, e.left)
  }
  return keysOf(source).some((key) => key.every((k) => fixed.has(k)))
}

/** Whether each written row surely meets one combination of the other sources at most. */
const surelyOne = (write: Changing): boolean => {
  const before = new Set([targetOfWrite(write).name])
  const criteria = [...write.using.flatMap((u) => conjuncts(u.on)), ...conjuncts(write.where)]
  return write.using.every(({ source }) => {
    const one = isToOne(source, before, criteria)
    before.add(source.name)
    return one
  })
}

// -------------------------------------------------------------------------------------
// forms
// -------------------------------------------------------------------------------------

const standsInFront = (source: Source): boolean =>
  (source._tag === 'DerivedSource' && source.cte !== null) || source._tag === 'RecursiveSource'

/** Whether the sources read the table that is written. */
const readOwnTarget = (write: Changing): boolean =>
  write.using.length > 0 && tableReads(fromUsing(write, null)).has(tableIdentity(targetOfWrite(write).table))

/** The words in which a write looks at its sources. */
export const usingForm = (dialect: Dialect, write: Changing): UsingForm => {
  if (write.using.length === 0) return 'plain'
  // Beside the written table there is no place for rows with a name where nothing can stand in front.
  const canJoin = dialect.features.withBeforeWrite || !write.using.some((u) => standsInFront(u.source))
  if (valuesMention(write)) return canJoin && surelyOne(write) ? 'joined' : 'keyed'
  // MySQL asks the table that it writes about each row in a join alone.
  return canJoin && !dialect.features.readsOwnTarget && readOwnTarget(write) ? 'joined' : 'exists'
}

/** The rows of the other sources that satisfy all criteria beside one row of the written table, which it leaves free. */
const fromUsing = (write: Changing, select: ProjectionNode | null): SelectNode => {
  const [first, ...others] = write.using
  const criteria = [...conjuncts(first?.on ?? null), ...conjuncts(write.where)]
  return {
    ...noClauses,
    from: first?.source ?? targetOfWrite(write),
    joins: joinsOf(others),
    where: criteria.length > 1 ? logic('and', criteria) : (criteria[0] ?? null),
    select,
  }
}

const joinsOf = (using: ReadonlyArray<UsingNode>): ReadonlyArray<JoinNode> =>
  using.map(({ source, on }) => ({ kind: on === null ? 'cross' : 'inner', source, on, lateral: false }))

const isMet = (write: Changing): ExprNode => exists(fromUsing(write, null))

/** The write as one of its table alone, which asks its sources by queries. */
export const asQueries = <W extends Changing>(write: W): W => {
  if (write.using.length === 0) return write
  const changed: W = { ...write, using: [], where: isMet(write) }
  if (changed._tag !== 'Update') return changed
  const set = changed.set.map(({ key, value }) => ({
    key,
    value: mentions(value, write.using) ? scalar(fromUsing(write, { _tag: 'One', expr: value }), value.type) : value,
  }))
  return { ...changed, set }
}

/** The rows that a write is about, as a query of its table; `joined`: beside the rows of its sources. */
export const writtenRows = (write: Changing, target: TableSource, joined: boolean): Omit<SelectNode, 'select'> => ({
  ...noClauses,
  from: target,
  joins: joined ? joinsOf(write.using) : [],
  where: joined || write.using.length === 0 ? write.where : isMet(write),
})
