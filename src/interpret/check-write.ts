/**
 * What is wrong with a write, whatever the rows are.
 */
import { illFormed, unsupported } from '../compile/compile-error.js'
import { projected } from '../compile/grouping.js'
import { assignmentProblem } from '../compile/assignment.js'
import { asksTable } from '../compile/write-using.js'
import { keysOfConflict, noKeyOf } from '../expr/conflict-key.js'
import { isFlat, outputsOf } from '../expr/outputs.js'
import type {
  Assignment,
  Conflict,
  DeleteNode,
  InsertNode,
  InsertSource,
  ProjectionNode,
  UpdateNode,
  WriteNode,
} from '../expr/query-node.js'
import type { Source, TableInfo, TableSource } from '../expr/source.js'
import { tableIdentity } from '../expr/schema.js'
import { targetOfWrite } from '../expr/write-parts.js'
import {
  type Bound,
  criterionIn,
  exprProblem,
  first,
  none,
  projectionProblem,
  queryProblem,
  rowsProblem,
  valueProblem,
} from './check.js'
import type { EvalError } from './eval-error.js'

export const boundTo = (sources: ReadonlyArray<Source>): Bound => new Map(sources.map((s) => [s.name, s] as const))

// -------------------------------------------------------------------------------------
// values of columns
// -------------------------------------------------------------------------------------

/** Each column once, and none that the database computes or counts by itself. */
const columnsProblem = (
  { name, columns }: TableInfo,
  keys: ReadonlyArray<string>,
  what: 'insert' | 'update',
): EvalError | null =>
  first([...keys.entries()], ([i, key]) => {
    const column = columns.find((c) => c.key === key)
    if (column === undefined) return illFormed(`table "${name}" has no column "${key}"`)
    if (keys.indexOf(key) !== i) return illFormed(`"${name}"."${key}" is given twice`)
    if (column.generated !== null) return illFormed(`"${name}"."${key}" is computed: it takes no value`)
    return column.identity?.always === true
      ? illFormed(`"${name}"."${key}" is an identity that is always made: an ${what} brings no value of its own`)
      : null
  })

/** Each column once, each with an expression of its type. */
const assignmentsProblem = (
  bound: Bound,
  { table }: TableSource,
  set: ReadonlyArray<Assignment>,
  what: 'insert' | 'update',
): EvalError | null =>
  columnsProblem(
    table,
    set.map((a) => a.key),
    what,
  ) ??
  first(set, ({ key, value }) => {
    const column = table.columns.find((c) => c.key === key)
    return column === undefined
      ? null
      : (exprProblem(bound, 'refused', value) ??
          valueProblem(`${table.name}.${key}`, value) ??
          assignmentProblem(`${table.name}.${key}`, column.type, value.type))
  })

/** What a write gives back is about one row, so no aggregate stands in it. */
const returningProblem = (bound: Bound, { table }: TableSource, returning: ProjectionNode | null): EvalError | null =>
  returning === null
    ? null
    : (projectionProblem(bound, returning) ??
      first(projected(returning), (e) => exprProblem(bound, 'refused', e)) ??
      (projected(returning).some((e) => asksTable(e, tableIdentity(table)))
        ? unsupported(
            'memory',
            'ask the table that it writes about each row',
            'read the keys first, then write by inList',
          )
        : null))

// -------------------------------------------------------------------------------------
// insert
// -------------------------------------------------------------------------------------

type FromQuery = Extract<InsertSource, { readonly _tag: 'Query' }>

const queriedProblem = (into: TableSource, { query, columns, defaults }: FromQuery): EvalError | null => {
  const outputs = outputsOf(query)
  if (!isFlat(query)) return illFormed('insertFrom takes a query of flat rows, each output named as a column')
  if (columns.length !== outputs.length || outputs.some((o, i) => o.key !== columns[i]))
    return illFormed('the outputs of the query are not the columns that it is inserted into')
  return (
    columnsProblem(into.table, [...columns, ...defaults.map((a) => a.key)], 'insert') ??
    queryProblem(none, query, 'nested') ??
    first(outputs, ({ key, type }) => {
      const column = into.table.columns.find((c) => c.key === key)
      return column === undefined ? null : assignmentProblem(`${into.table.name}.${key}`, column.type, type)
    }) ??
    assignmentsProblem(none, into, defaults, 'insert')
  )
}

const sourceProblem = ({ into, source }: InsertNode): EvalError | null => {
  switch (source._tag) {
    case 'Values':
      return columnsProblem(
        into.table,
        source.columns.map((c) => c.key),
        'insert',
      )
    case 'Rows':
      return first(source.rows, (row) => assignmentsProblem(none, into, row, 'insert'))
    case 'Query':
      return queriedProblem(into, source)
  }
}

const targetProblem = ({ table, name }: TableSource, { target }: Conflict): EvalError | null => {
  if (target === null) return null
  if (keysOfConflict(table, target).length === 0) return illFormed(noKeyOf(table, target))
  return target._tag === 'Columns' && target.where !== null && name === table.name
    ? criterionIn(boundTo([{ _tag: 'TableSource', name, table, computed: [] }]), 'refused', 'targetWhere', target.where)
    : null
}

const conflictProblem = (into: TableSource, conflict: Conflict): EvalError | null => {
  const { action } = conflict
  const problem = targetProblem(into, conflict)
  if (problem !== null || action._tag === 'Nothing') return problem
  if (into.name === 'excluded') return illFormed('the new row is called "excluded": give the table an alias')
  if (action.set.length === 0) return illFormed('onConflictDoUpdate sets at least one column')
  const bound = boundTo([into, { ...into, name: 'excluded', computed: [] }])
  return assignmentsProblem(bound, into, action.set, 'update') ?? criterionIn(bound, 'refused', 'where', action.where)
}

// -------------------------------------------------------------------------------------
// update and delete
// -------------------------------------------------------------------------------------

/** An update or a delete says which rows it is about. */
const unguarded = (write: UpdateNode | DeleteNode): EvalError | null =>
  write.where === null && write.using.length === 0 && !write.everyRow
    ? illFormed(`${write._tag === 'Update' ? 'an update' : 'a delete'} says where(…), or everyRow`)
    : null

const usingProblem = (write: UpdateNode | DeleteNode): EvalError | null => {
  const names = [targetOfWrite(write), ...write.using.map(({ source }) => source)].map((source) => source.name)
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice !== undefined) return illFormed(`"${twice}" is joined twice: give one of the two an alias`)
  // A criterion sees what stands before it.
  const seen = (at: number): Bound =>
    boundTo([targetOfWrite(write), ...write.using.slice(0, at + 1).map((u) => u.source)])
  return first(
    [...write.using.entries()],
    ([at, { source, on }]) => rowsProblem(none, source) ?? criterionIn(seen(at), 'refused', 'using', on),
  )
}

const setProblem = (bound: Bound, target: TableSource, set: ReadonlyArray<Assignment>): EvalError | null =>
  set.length === 0 ? illFormed('an update sets at least one column') : assignmentsProblem(bound, target, set, 'update')

/** What is wrong with a write; null where nothing is. */
export const writeProblem = (write: WriteNode): EvalError | null => {
  if (write._tag === 'Insert')
    return (
      sourceProblem(write) ??
      (write.conflict === null ? null : conflictProblem(write.into, write.conflict)) ??
      returningProblem(boundTo([write.into]), write.into, write.returning)
    )
  const target = targetOfWrite(write)
  const bound = boundTo([target, ...write.using.map(({ source }) => source)])
  return (
    unguarded(write) ??
    usingProblem(write) ??
    (write._tag === 'Update' ? setProblem(bound, target, write.set) : null) ??
    criterionIn(bound, 'refused', 'where', write.where) ??
    // What is given back is of the written row alone: not every engine tells more.
    returningProblem(boundTo([target]), target, write.returning)
  )
}
