/**
 * What must happen before what, between the writes of a unit of work.
 *
 * Rows hold slots: each value of a unique column or key is one, and a foreign key needs one. A row that gives a slot comes
 * before those that need it; who needs it no longer comes before the row that gives it up; and a slot is given up before
 * another row takes it.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { ForeignKeyEntry, TableEntry } from './catalog.js'
import { fieldOf, valueText } from './identity.js'
import type { Operation } from './operations.js'
import { type PlanError, planError } from './plan-error.js'
import type { RefNode } from './ref.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * `from` comes before `to`. `needs`: `to` refers to what `from` gives; `drops`: `from` refers no longer to what `to` gives up;
 * `takes`: `to` takes a unique value that `from` gives up; `follows`: two parts of one row's write.
 */
export interface Edge {
  readonly tag: 'needs' | 'drops' | 'takes' | 'follows'
  readonly from: number
  readonly to: number
  /** The key that flows is made by the database, so the two are never one statement. */
  readonly made: boolean
  /** The foreign key, or the unique column, that is the reason: `posts.authorId`. */
  readonly label: string
  /** The write whose foreign key could be NULL for a while, and that column; null where that would not help. */
  readonly gap: { readonly operation: number; readonly column: string } | null
}

/** Writes, and nodes beyond them that stand for "all of these before all of those". */
export interface Edges {
  readonly nodes: number
  readonly edges: ReadonlyArray<Edge>
}

/** The notes of one walk over the operations. */
interface Slots {
  readonly givers: Map<string, number>
  readonly leavers: Map<string, Array<number>>
  readonly removed: Set<string>
  readonly inserts: Map<RefNode, number>
}

// -------------------------------------------------------------------------------------
// slots
// -------------------------------------------------------------------------------------

const slot = (table: string, column: string, text: string): string => `${table}${JSON.stringify(column)}${text}`

const slotOf = (table: TableEntry, column: string, value: unknown): string | null => {
  const type = table.columns.get(column)?.type
  return value === null || value === undefined || type === undefined ? null : slot(table.id, column, valueText(type, value))
}

const knownValue = (operation: Operation, column: string): unknown => {
  const given = operation.set.get(column)
  return given?._tag === 'Known' ? given.value : undefined
}

/** The slots that a write gives: of each unique column, and of a key of several columns as a whole. */
const given = (operation: Operation): ReadonlyArray<readonly [string, ReadonlyArray<string>]> => {
  const { table } = operation
  const single = table.unique.flatMap((column) => {
    const text = slotOf(table, column.key, knownValue(operation, column.key))
    return text === null ? [] : [[text, [column.key]] as const]
  })
  const composite = operation.kind === 'insert' && table.info.primaryKey.length > 1 ? compositeSlot(operation) : null
  return composite === null ? single : [...single, [composite, table.info.primaryKey] as const]
}

const compositeSlot = ({ table, set, key, kind }: Operation): string | null => {
  const parts: Array<string> = []
  for (const column of table.info.primaryKey) {
    const part = (kind === 'insert' ? set : key).get(column)
    const type = table.columns.get(column)?.type
    if (part === undefined || type === undefined) return null
    parts.push(part._tag === 'Known' ? valueText(type, part.value) : `?${part.by.label}`)
  }
  return `${table.id}${JSON.stringify(parts)}`
}

/** The slots that a write gives up, as far as the row is known. */
const leaves = (operation: Operation): ReadonlyArray<string> => {
  const { table, before, kind, key, set } = operation
  if (kind === 'insert') return []
  const single = table.unique.flatMap((column) => {
    if (kind === 'update' && !set.has(column.key)) return []
    const known = key.get(column.key)
    const value = known?._tag === 'Known' ? known.value : before === null ? undefined : fieldOf(before, column.key)
    return slotOf(table, column.key, value) ?? []
  })
  const composite = kind === 'delete' && table.info.primaryKey.length > 1 ? compositeSlot(operation) : null
  return composite === null ? single : [...single, composite]
}

const twice = (table: TableEntry, columns: ReadonlyArray<string>): PlanError =>
  planError('DuplicateIdentity', {
    message: `two rows of "${table.info.name}" would have the same ${columns.map((column) => `"${column}"`).join(', ')}`,
    table: table.info.name,
    columns,
  })

const slotsOf = (operations: ReadonlyArray<Operation>): E.Either<PlanError, Slots> => {
  const slots: Slots = { givers: new Map(), leavers: new Map(), removed: new Set(), inserts: new Map() }
  for (const [i, operation] of operations.entries()) {
    if (operation.ref !== null) slots.inserts.set(operation.ref, i)
    for (const [text, columns] of given(operation)) {
      if (slots.givers.has(text)) return E.left(twice(operation.table, columns))
      slots.givers.set(text, i)
    }
    for (const text of leaves(operation)) {
      const others = slots.leavers.get(text)
      if (others === undefined) slots.leavers.set(text, [i])
      else others.push(i)
      if (operation.kind === 'delete') slots.removed.add(text)
    }
  }
  return E.right(slots)
}

// -------------------------------------------------------------------------------------
// edges
// -------------------------------------------------------------------------------------

const labelOf = (table: TableEntry, column: string): string => `${table.info.name}.${column}`

/** What a foreign key of a written row waits for. */
const needs = (slots: Slots, operation: Operation, to: number, key: ForeignKeyEntry, target: TableEntry): E.Either<PlanError, Edge | null> => {
  const value = operation.set.get(key.column)
  if (value === undefined) return E.right(null)
  const text = value._tag === 'Known' ? slotOf(target, key.targetColumn, value.value) : null
  const from = value._tag === 'Made' ? slots.inserts.get(value.by) : text === null ? undefined : slots.givers.get(text)
  const label = labelOf(operation.table, key.column)
  if (from === undefined && text !== null && slots.removed.has(text))
    return E.left(
      planError('DanglingRef', {
        message: `"${operation.table.info.name}"."${key.column}" refers to a row of "${target.info.name}" that this unit of work removes`,
        table: operation.table.info.name,
        column: key.column,
      }),
    )
  const made = value._tag === 'Made'
  // a row that says its own key may refer to itself
  if (from === undefined || (from === to && !made)) return E.right(null)
  const gap = key.nullable && !operation.fixUp ? { operation: to, column: key.column } : null
  return E.right({ tag: 'needs', from, to, made, label, gap })
}

/** Whether a write ends what its row's foreign key referred to. */
const mayDrop = (operation: Operation, column: string): boolean =>
  operation.kind === 'delete' || (operation.kind === 'update' && operation.set.has(column))

const canBeNull = (operation: Operation, key: ForeignKeyEntry): boolean => {
  const value = operation.set.get(key.column)
  const already = value?._tag === 'Known' && value.value === null
  return key.nullable && !already && (operation.kind === 'delete' || !operation.fixUp)
}

/** All that must be so for a set of writes to be right at every step. `selfReferring`: a row that refers to itself can be deleted. */
export const edgesOf = (
  operations: ReadonlyArray<Operation>,
  follows: ReadonlyArray<readonly [number, number]>,
  catalog: ReadonlyMap<string, TableEntry>,
  selfReferring: boolean,
): E.Either<PlanError, Edges> => {
  const found = slotsOf(operations)
  if (E.isLeft(found)) return found
  const slots = found.right
  const edges: Array<Edge> = follows.map(([from, to]) => ({ tag: 'follows', from, to, made: true, label: '', gap: null }))
  const nulled = new Map<number, Set<string>>()
  for (const [from, to] of follows)
    if (operations[to]?.kind === 'delete') nulled.set(to, new Set([...(nulled.get(to) ?? []), ...(operations[from]?.set.keys() ?? [])]))

  // Rows of which only the key is known may refer to any row that is removed.
  const blind = new Map<string, { readonly key: ForeignKeyEntry; readonly table: TableEntry; readonly from: Array<number> }>()

  for (const [i, operation] of operations.entries()) {
    const { table, before } = operation
    for (const key of table.foreignKeys) {
      const target = catalog.get(key.target)
      if (target === undefined) continue
      const need = needs(slots, operation, i, key, target)
      if (E.isLeft(need)) return need
      if (need.right !== null) edges.push(need.right)
      if (!mayDrop(operation, key.column) || nulled.get(i)?.has(key.column) === true) continue
      const gap = canBeNull(operation, key) ? { operation: i, column: key.column } : null
      const label = labelOf(table, key.column)
      if (before === null) {
        const others = blind.get(label + key.target)
        if (others === undefined) blind.set(label + key.target, { key, table, from: [i] })
        else others.from.push(i)
        continue
      }
      const text = slotOf(target, key.targetColumn, fieldOf(before, key.column))
      for (const to of text === null ? [] : (slots.leavers.get(text) ?? []))
        if (to !== i || (!selfReferring && gap !== null)) edges.push({ tag: 'drops', from: i, to, made: true, label, gap })
    }
    for (const [text] of given(operation))
      for (const from of slots.leavers.get(text) ?? [])
        if (from !== i) edges.push({ tag: 'takes', from, to: i, made: true, label: labelOf(table, 'key'), gap: null })
  }
  return E.right(withBlind(operations, edges, [...blind.values()]))
}
