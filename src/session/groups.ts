/**
 * Groups: rows that are written alike, and the order of the groups as far as what waits for what decides it.
 */
import type { Edge } from './edges.js'
import { components } from './graph.js'
import type { Operation } from './operations.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Rows that are written alike, by their numbers. `rank` orders groups that do not wait for each other. */
export interface Group {
  readonly rank: ReadonlyArray<number | string>
  readonly members: Array<number>
}

// -------------------------------------------------------------------------------------
// groups
// -------------------------------------------------------------------------------------

/**
 * Deletes come first, since they leave unique values that the unit of work may not know of; then updates, for the same
 * reason; then inserts, those that say their keys before those that do not; what closes a circle last. All that by
 * foreign keys too.
 */
const rankOf = ({ kind, table, set, fixUp }: Operation): ReadonlyArray<number | string> => {
  const columns = [...set.keys()].join(',')
  if (kind === 'delete') return [0, -table.rank, 0, '']
  if (kind === 'update') return [fixUp ? 3 : 1, table.rank, 0, columns]
  return [2, table.rank, table.info.primaryKey.every((column) => set.has(column)) ? 0 : 1, columns]
}

const compareRanks = (a: ReadonlyArray<number | string>, b: ReadonlyArray<number | string>): number => {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? x
    if (x !== y) return x < y ? -1 : 1
  }
  return 0
}

/** Groups in the order of their ranks, and the group of each node; a node that is no write is a group of its own. */
export const groupsOf = (
  operations: ReadonlyArray<Operation>,
  nodes: number,
): { readonly groups: ReadonlyArray<Group>; readonly groupOf: Int32Array } => {
  const byRank = new Map<string, Group>()
  for (const [i, operation] of operations.entries()) {
    const rank = rankOf(operation)
    const id = JSON.stringify([rank, operation.table.id])
    const group = byRank.get(id)
    if (group === undefined) byRank.set(id, { rank, members: [i] })
    else group.members.push(i)
  }
  const groups = [...byRank.values()]
  for (let node = operations.length; node < nodes; node++)
    groups.push({ rank: [0, Number.NEGATIVE_INFINITY, node, ''], members: [node] })
  groups.sort((a, b) => compareRanks(a.rank, b.rank))
  const groupOf = new Int32Array(nodes)
  for (const [g, { members }] of groups.entries()) for (const member of members) groupOf[member] = g
  return { groups, groupOf }
}

/** The components of the groups in an order that the edges allow, by rank where they allow several. */
export const inOrder = (
  groups: number,
  edges: ReadonlyArray<Edge>,
  groupOf: Int32Array,
): ReadonlyArray<ReadonlyArray<number>> => {
  const successors: Array<Set<number>> = Array.from({ length: groups }, () => new Set())
  for (const { from, to } of edges) successors[groupOf[from] ?? 0]?.add(groupOf[to] ?? 0)
  const parts = components(successors.map((set) => [...set]))
  const partOf = new Int32Array(groups)
  for (const [i, part] of parts.entries()) for (const group of part) partOf[group] = i
  const waits = new Int32Array(parts.length)
  const next = parts.map(
    (part, i) =>
      new Set(part.flatMap((g) => [...(successors[g] ?? [])].map((to) => partOf[to] ?? 0)).filter((to) => to !== i)),
  )
  for (const part of next) for (const to of part) waits[to] = (waits[to] ?? 0) + 1
  const rank = (i: number): number => Math.min(...(parts[i] ?? []))
  const free = parts.flatMap((_, i) => (waits[i] === 0 ? [i] : []))
  const ordered: Array<ReadonlyArray<number>> = []
  while (free.length > 0) {
    const at = free.reduce((best, i, j) => (rank(i) < rank(free[best] ?? i) ? j : best), 0)
    for (const part of free.splice(at, 1)) {
      ordered.push(parts[part] ?? [])
      for (const to of next[part] ?? []) {
        waits[to] = (waits[to] ?? 0) - 1
        if (waits[to] === 0) free.push(to)
      }
    }
  }
  return ordered
}
