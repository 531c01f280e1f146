/**
 * The order of writes: rows that are written alike form a group, and a group is one step wherever the order allows.
 *
 * Groups that wait for each other in a circle, or whose rows wait for rows of their own, are taken row by row: each
 * time all rows of one group that can be written now.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Edge, Edges } from './edges.js'
import { groupsOf, inOrder } from './groups.js'
import { compareKeys, type Fields } from './identity.js'
import type { Operation } from './operations.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Writes by number; each inner list is one step. */
export type Schedule = ReadonlyArray<ReadonlyArray<number>>

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

const knownKey = ({ key }: Operation): Fields =>
  Object.fromEntries([...key].flatMap(([column, value]) => (value._tag === 'Known' ? [[column, value.value]] : [])))

/** The order of rows in a step: inserts as they were added, the others by key. */
const sorted = (operations: ReadonlyArray<Operation>, step: ReadonlyArray<number>): ReadonlyArray<number> => {
  const [first] = step
  const table = first === undefined ? undefined : operations[first]?.table
  if (table === undefined) return step
  const byKey = compareKeys(table)
  return step
    .flatMap((at) => {
      const operation = operations[at]
      return operation === undefined ? [] : [{ at, place: operation.place, key: knownKey(operation) }]
    })
    .sort((a, b) => a.place - b.place || byKey(a.key, b.key) || a.at - b.at)
    .map(({ at }) => at)
}

/** Row by row: each step is all of one group that can be written now, a whole group where there is one. */
const byRows = (
  operations: ReadonlyArray<Operation>,
  members: ReadonlyArray<number>,
  edges: ReadonlyArray<Edge>,
  groupOf: Int32Array,
): E.Either<ReadonlyArray<Edge>, Schedule> => {
  const out = new Map<number, Array<Edge>>(members.map((member) => [member, []]))
  const waits = new Map<number, number>(members.map((member) => [member, 0]))
  for (const edge of edges) {
    out.get(edge.from)?.push(edge)
    waits.set(edge.to, (waits.get(edge.to) ?? 0) + 1)
  }
  const left = new Map<number, number>()
  const ready = new Map<number, Array<number>>()
  const free = (member: number): void => {
    const group = groupOf[member] ?? 0
    const others = ready.get(group)
    if (others === undefined) ready.set(group, [member])
    else others.push(member)
  }
  for (const member of members) {
    left.set(groupOf[member] ?? 0, (left.get(groupOf[member] ?? 0) ?? 0) + 1)
    if (waits.get(member) === 0) free(member)
  }
  const written = new Set<number>()

  /**
   * Writes rows of a group; rows of it that only waited for them, and may stand in one statement with them, go along.
   */
  const write = (group: number, first: ReadonlyArray<number>): ReadonlyArray<number> => {
    const step = [...sorted(operations, first)]
    const notYet = new Set<number>()
    for (let i = 0; i < step.length; i++) {
      const member = step[i] ?? 0
      written.add(member)
      for (const { to, together } of out.get(member) ?? []) {
        if (!together) notYet.add(to)
        const waiting = (waits.get(to) ?? 0) - 1
        waits.set(to, waiting)
        if (waiting > 0) continue
        if (groupOf[to] === group && operations[to]?.kind === 'insert' && !notYet.has(to)) step.push(to)
        else free(to)
      }
    }
    left.set(group, (left.get(group) ?? 0) - step.length)
    return step
  }

  const steps: Array<ReadonlyArray<number>> = []
  while (ready.size > 0) {
    const groups = [...ready.keys()].sort((a, b) => a - b)
    const group = groups.find((g) => ready.get(g)?.length === left.get(g)) ?? groups[0] ?? 0
    const first = ready.get(group) ?? []
    ready.delete(group)
    steps.push(write(group, first))
  }
  return written.size === members.length
    ? E.right(steps)
    : E.left(edges.filter(({ from, to }) => !written.has(from) && !written.has(to)))
}

/** All steps in order; Left with the edges among writes that wait for each other in a circle. */
export const schedule = (
  operations: ReadonlyArray<Operation>,
  { nodes, edges }: Edges,
): E.Either<ReadonlyArray<Edge>, Schedule> => {
  const { groups, groupOf } = groupsOf(operations, nodes)
  const parts = inOrder(groups.length, edges, groupOf)
  const partOf = new Int32Array(groups.length)
  for (const [i, part] of parts.entries()) for (const group of part) partOf[group] = i
  const inner: Array<Array<Edge>> = parts.map(() => [])
  for (const edge of edges) {
    const part = partOf[groupOf[edge.from] ?? 0] ?? 0
    if (part === partOf[groupOf[edge.to] ?? 0]) inner[part]?.push(edge)
  }
  const steps: Array<ReadonlyArray<number>> = []
  for (const [i, part] of parts.entries()) {
    const members = part.flatMap((group) => groups[group]?.members ?? [])
    const within = inner[i] ?? []
    if (within.length === 0) {
      steps.push(sorted(operations, members))
      continue
    }
    const rows = byRows(operations, members, within, groupOf)
    if (E.isLeft(rows)) return rows
    for (const step of rows.right) steps.push(step)
  }
  // nodes that are no writes write nothing
  return E.right(steps.map((step) => step.filter((at) => at < operations.length)).filter((step) => step.length > 0))
}
