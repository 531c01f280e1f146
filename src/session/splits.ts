/**
 * Breaking a circle of foreign keys: one of them is NULL for a while. A new or changed row is written with NULL and
 * given its foreign key by an update afterwards; a row that is deleted gives its foreign key up by an update before.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Edge, Gap, Parts } from './edges.js'
import { circle, components } from './graph.js'
import type { Givens, Operation } from './operations.js'
import { type PlanError, planError } from './plan-error.js'
import { known } from './resolve.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The foreign keys that are written apart, by the number of the write. */
export type Splits = ReadonlyMap<number, ReadonlySet<string>>

export const noSplits: Splits = new Map()

// -------------------------------------------------------------------------------------
// applying them
// -------------------------------------------------------------------------------------

/** The key of a written row: what its insert says of it, or will have made. */
const keyOf = ({ kind, table, key, set, ref }: Operation): Givens =>
  kind !== 'insert' || ref === null
    ? key
    : new Map(
        table.info.primaryKey.map((column) => [column, set.get(column) ?? { _tag: 'Made', by: ref, column }] as const),
      )

const fixUp = (operation: Operation, set: Givens, before: Operation['before']): Operation => ({
  ...operation,
  kind: 'update',
  ref: null,
  key: keyOf(operation),
  set,
  before,
  fixUp: true,
  beside: new Map([
    ...Object.entries(operation.before ?? {}).map(([c, v]) => [c, known(v)] as const),
    ...operation.set,
  ]),
})

/** The values of a write with NULL for a foreign key, where the row does not have that already. */
const emptied = ({ kind, set, before }: Operation, column: string): Givens => {
  const already = kind === 'update' && before !== null && before[column] === null
  return new Map(
    [...set].flatMap(([key, value]) => (key !== column ? [[key, value]] : already ? [] : [[key, known(null)]])),
  )
}

/** The same writes with those foreign keys written apart; the numbers of the others stay. */
export const apart = (operations: ReadonlyArray<Operation>, splits: Splits): Parts => {
  const parts = [...operations]
  const follows: Array<readonly [number, number]> = []
  for (const [at, columns] of splits) {
    for (const column of columns) {
      const whole = parts[at]
      if (whole === undefined) continue
      const value = whole.set.get(column)
      const more = parts.length
      if (whole.kind === 'delete') {
        parts.push(fixUp(whole, new Map([[column, known(null)]]), whole.before))
        follows.push([more, at])
      } else if (value !== undefined) {
        parts[at] = { ...whole, set: emptied(whole, column) }
        parts.push(fixUp(whole, new Map([[column, value]]), { [column]: null }))
        follows.push([at, more])
      }
    }
  }
  return { operations: parts, follows }
}

// -------------------------------------------------------------------------------------
// choosing them
// -------------------------------------------------------------------------------------

const graphOf = (nodes: number, edges: ReadonlyArray<Edge>): ReadonlyArray<ReadonlyArray<number>> => {
  const graph: Array<Array<number>> = Array.from({ length: nodes }, () => [])
  for (const { from, to } of edges) graph[from]?.push(to)
  return graph
}

const pathError = (
  operations: ReadonlyArray<Operation>,
  edges: ReadonlyArray<Edge>,
  graph: ReadonlyArray<ReadonlyArray<number>>,
  members: ReadonlyArray<number>,
): PlanError => {
  const rank = (member: number): number => operations[member]?.table.rank ?? Number.POSITIVE_INFINITY
  // From the first table of the schema, so that the message does not depend on the order of the calls.
  const start = members.reduce((best, member) => (rank(member) < rank(best) ? member : best), members[0] ?? 0)
  const around = circle(graph, new Set(members), start)
  const steps = around.map((from, i) =>
    edges.find((edge) => edge.from === from && edge.to === (around[i + 1] ?? start)),
  )
  const path = steps.flatMap((edge) => (edge === undefined || edge.label === '' ? [] : [edge.label]))
  const table = operations[start]?.table.info.name ?? ''
  return steps.some((edge) => edge?.tag === 'takes')
    ? planError('UniqueCycle', {
        message: `rows take values of unique columns that others leave, in a circle: ${path.join(' -> ')}. Flush in two steps, with another value in between`,
        table,
        path,
      })
    : planError('ForeignKeyCycle', {
        message: `rows refer to each other in a circle, and no foreign key of it may be NULL: ${path.join(' -> ')}`,
        table,
        path,
      })
}

interface Candidate {
  readonly gaps: Map<string, Gap>
  readonly rank: number
  rows: number
}

/**
 * Among the foreign keys that could be NULL for a while, the one that fewest rows have; then the first of the schema.
 */
const cheapest = (
  operations: ReadonlyArray<Operation>,
  edges: ReadonlyArray<Edge>,
  inCircle: (edge: Edge) => boolean,
): Candidate | null => {
  const candidates = new Map<string, Candidate>()
  for (const edge of edges) {
    const { gap } = edge
    const table = gap === null ? undefined : operations[gap.operation]?.table
    if (gap === null || table === undefined) continue
    const id = `${table.id}${gap.column}`
    const place = table.rank + [...table.columns.keys()].indexOf(gap.column) / (table.columns.size + 1)
    const candidate = candidates.get(id) ?? { gaps: new Map<string, Gap>(), rank: place, rows: 0 }
    candidate.rows += 1
    if (inCircle(edge)) candidate.gaps.set(`${gap.operation}`, gap)
    candidates.set(id, candidate)
  }
  const [best = null] = [...candidates.values()]
    .filter(({ gaps }) => gaps.size > 0)
    .sort((a, b) => a.rows - b.rows || a.rank - b.rank)
  return best
}

/** One more foreign key to write apart so that what is stuck can go on, or the circle that nothing can break. */
export const splitFor = (
  { operations }: Parts,
  nodes: number,
  stuck: ReadonlyArray<Edge>,
  splits: Splits,
): E.Either<PlanError, Splits> => {
  const graph = graphOf(nodes, stuck)
  const circles = components(graph)
  const circleOf = new Int32Array(nodes)
  for (const [i, members] of circles.entries()) for (const member of members) circleOf[member] = i
  const inCircle = ({ from, to }: Edge): boolean => circleOf[from] === circleOf[to]
  const best = cheapest(operations, stuck, inCircle)
  if (best === null) {
    const members = circles.find((c) => c.length > 1 || graph[c[0] ?? 0]?.includes(c[0] ?? 0) === true) ?? []
    return E.left(pathError(operations, stuck, graph, members))
  }
  const more = new Map(splits)
  for (const { operation, column } of best.gaps.values())
    more.set(operation, new Set([...(more.get(operation) ?? []), column]))
  return E.right(more)
}
