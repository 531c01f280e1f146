/**
 * What must happen before what, between the writes of a unit of work: a row is there before another refers to it,
 * nobody refers to a row when it goes, and a unique value is left before another row takes it.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Catalog, ForeignKeyEntry, TableEntry } from './catalog.js'
import { fieldOf } from './identity.js'
import type { Operation } from './operations.js'
import { type PlanError, planError } from './plan-error.js'
import { known } from './resolve.js'
import { givenIn, type Slots, slotOf, slotsOf, taken } from './slots.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * `from` comes before `to`. `needs`: `to` refers to the row of `from`; `drops`: `from` refers to it no longer, and `to`
 * takes it away; `takes`: `to` takes a unique value that `from` leaves; `follows`: two writes of one row.
 */
export interface Edge {
  readonly tag: 'needs' | 'drops' | 'takes' | 'follows'
  readonly from: number
  readonly to: number
  /** Whether the two may be rows of one statement, `from` first. */
  readonly together: boolean
  /** The reason, for messages: `posts.authorId`. */
  readonly label: string
  /** The write whose foreign key could be NULL for a while, and that column; null where that is no help. */
  readonly gap: Gap | null
}

export interface Gap {
  readonly operation: number
  readonly column: string
}

/** Edges between writes, and nodes beyond the writes that stand for "all of these before all of those". */
export interface Edges {
  readonly nodes: number
  readonly edges: ReadonlyArray<Edge>
}

/** The writes to order, and which of them are two parts of one row's write. */
export interface Parts {
  readonly operations: ReadonlyArray<Operation>
  readonly follows: ReadonlyArray<readonly [number, number]>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** One foreign key of one write. */
interface Use {
  readonly at: number
  readonly operation: Operation
  readonly key: ForeignKeyEntry
  readonly target: TableEntry
  readonly label: string
}

const removesTarget = ({ operation, key, target, label }: Use): PlanError =>
  planError('DanglingRef', {
    message: `${label} refers to a row of "${target.info.name}" that this unit of work removes`,
    table: operation.table.info.name,
    column: key.columns.join('+'),
  })

/** The column of a foreign key that could be NULL for a while: one that the write sets, or any where it deletes the row. */
const gapColumn = ({ operation, key }: Use): string | undefined =>
  operation.fixUp ? undefined : key.nullable.find((column) => operation.kind === 'delete' || operation.set.has(column))

const gapOf = (use: Use): Gap | null => {
  const column = gapColumn(use)
  return column === undefined ? null : { operation: use.at, column }
}

/** What the foreign key of a written row waits for. */
const needs = (slots: Slots, use: Use): E.Either<PlanError, ReadonlyArray<Edge>> => {
  const { at, operation, key, target, label } = use
  if (!key.columns.some((column) => operation.set.has(column))) return E.right([])
  const givenAt = givenIn(operation)
  const values = key.columns.map(givenAt)
  if (values.some((value) => value?._tag === 'Known' && value.value === null)) return E.right([])
  const slot = slotOf(target, key.targetColumns, (column) => values[key.targetColumns.indexOf(column)] ?? null)
  const maker = values.find((value) => value?._tag === 'Made' && value.by.table === target.id)
  const from = maker?._tag === 'Made' ? slots.inserts.get(maker.by) : slot === null ? undefined : slots.takers.get(slot)
  if (from === undefined) return slot !== null && slots.removed.has(slot) ? E.left(removesTarget(use)) : E.right([])
  const together = values.every((value) => value?._tag === 'Known')
  // A row that says its own key may refer to itself at once.
  if (from === at && together) return E.right([])
  return E.right([{ tag: 'needs', from, to: at, together, label, gap: gapOf(use) }])
}

/** Whether a write ends what its row's foreign key referred to. */
const drops = ({ operation, key }: Use): boolean =>
  operation.kind === 'delete' ||
  (operation.kind === 'update' && key.columns.some((column) => operation.set.has(column)))

/** A write that drops could set the foreign key to NULL before, unless that is what it does. */
const dropGap = (use: Use): Gap | null => {
  const isNull = use.key.columns.some((column) => {
    const value = use.operation.set.get(column)
    return value?._tag === 'Known' && value.value === null
  })
  return isNull ? null : gapOf(use)
}

/** Who takes away what the row referred to comes later. `selfDelete`: a row that refers to itself can be deleted. */
const dropped = (
  slots: Slots,
  use: Use,
  row: Readonly<Record<string, unknown>>,
  selfDelete: boolean,
): ReadonlyArray<Edge> => {
  const { at, key, target, label } = use
  const slot = slotOf(target, key.targetColumns, (column) =>
    known(fieldOf(row, key.columns[key.targetColumns.indexOf(column)] ?? '')),
  )
  const gap = dropGap(use)
  return (slot === null ? [] : (slots.leavers.get(slot) ?? [])).flatMap((to) =>
    to === at && (selfDelete || gap === null) ? [] : [{ tag: 'drops', from: at, to, together: false, label, gap }],
  )
}

/** Rows of which only the key is known may refer to any row that is deleted: one node stands between all of either. */
const blindly = (operations: ReadonlyArray<Operation>, uses: ReadonlyArray<Use>, node: number): ReadonlyArray<Edge> => {
  const [first] = uses
  if (first === undefined) return []
  const { target, label } = first
  const same = first.operation.table === target
  const before = uses.filter(({ operation }) => !same || operation.kind !== 'delete')
  const edge = { tag: 'drops', together: false, label } as const
  return [
    ...before.map((use) => ({ ...edge, from: use.at, to: node, gap: dropGap(use) })),
    ...operations.flatMap(({ kind, table }, to) =>
      kind === 'delete' && table === target ? [{ ...edge, from: node, to, gap: null }] : [],
    ),
  ]
}

/** Columns that an update has set to NULL before the row's deletion. */
const emptied = ({ operations, follows }: Parts): ReadonlyMap<number, ReadonlySet<string>> => {
  const found = new Map<number, ReadonlySet<string>>()
  for (const [from, to] of follows)
    if (operations[to]?.kind === 'delete')
      found.set(to, new Set([...(found.get(to) ?? []), ...(operations[from]?.set.keys() ?? [])]))
  return found
}

const usesOf = (operations: ReadonlyArray<Operation>, catalog: Catalog): ReadonlyArray<Use> =>
  operations.flatMap((operation, at) =>
    operation.table.foreignKeys.flatMap((key) => {
      const target = catalog.get(key.target)
      return target === undefined
        ? []
        : [{ at, operation, key, target, label: `${operation.table.info.name}.${key.columns.join('+')}` }]
    }),
  )

const takes = (slots: Slots, operations: ReadonlyArray<Operation>): ReadonlyArray<Edge> =>
  operations.flatMap((operation, to) =>
    taken(operation).flatMap(({ slot, columns }) =>
      (slots.leavers.get(slot) ?? []).flatMap((from): ReadonlyArray<Edge> => {
        const label = `${operation.table.info.name}.${columns.join('+')}`
        return from === to ? [] : [{ tag: 'takes', from, to, together: false, label, gap: null }]
      }),
    ),
  )

const pushTo = <K, V>(lists: Map<K, Array<V>>, key: K, value: V): void => {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else list.push(value)
}

/** All that must hold between writes; Left where no order can hold it. */
export const edgesOf = (parts: Parts, catalog: Catalog, selfDelete: boolean): E.Either<PlanError, Edges> => {
  const { operations, follows } = parts
  const found = slotsOf(operations)
  if (E.isLeft(found)) return found
  const slots = found.right
  const edges: Array<Edge> = [...takes(slots, operations)]
  for (const [from, to] of follows) edges.push({ tag: 'follows', from, to, together: false, label: '', gap: null })
  const nulls = emptied(parts)
  const blind = new Map<ForeignKeyEntry, Array<Use>>()
  for (const use of usesOf(operations, catalog)) {
    const need = needs(slots, use)
    if (E.isLeft(need)) return need
    edges.push(...need.right)
    if (!drops(use) || use.key.columns.some((column) => nulls.get(use.at)?.has(column) === true)) continue
    const { before } = use.operation
    if (before !== null) edges.push(...dropped(slots, use, before, selfDelete))
    else pushTo(blind, use.key, use)
  }
  let nodes = operations.length
  for (const uses of blind.values()) edges.push(...blindly(operations, uses, nodes++))
  return E.right({ nodes, edges })
}
