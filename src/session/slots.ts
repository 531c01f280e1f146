/**
 * Slots: each value of a unique column or of a key is one, that one row at a time can have. Writes take slots and leave
 * them, and foreign keys need them.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { fieldOf, valueText } from './identity.js'
import type { Givens, Operation } from './operations.js'
import { type PlanError, planError } from './plan-error.js'
import type { RefNode } from './ref.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A slot that a write takes, and the columns that make it. */
export interface Taken {
  readonly slot: string
  readonly columns: ReadonlyArray<string>
}

/** Which writes take and leave which slots, by the writes' numbers. */
export interface Slots {
  readonly takers: ReadonlyMap<string, number>
  readonly leavers: ReadonlyMap<string, ReadonlyArray<number>>
  /** Slots of rows that are deleted. */
  readonly removed: ReadonlySet<string>
  /** The insert of each Ref. */
  readonly inserts: ReadonlyMap<RefNode, number>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The slot of a value of a column; NULL has none. */
export const slotOf = (table: TableEntry, column: string, value: unknown): string | null => {
  const type = table.columns.get(column)?.type
  return value === null || value === undefined || type === undefined
    ? null
    : `${table.id}${JSON.stringify(column)}${valueText(type, value)}`
}

/** The slot of a key of several columns; null where the table's key is another, or a part is not there. */
const keySlot = (table: TableEntry, key: Givens): string | null => {
  if (table.info.primaryKey.length < 2) return null
  const parts: Array<string> = []
  for (const column of table.info.primaryKey) {
    const part = key.get(column)
    const type = table.columns.get(column)?.type
    if (part === undefined || type === undefined) return null
    parts.push(part._tag === 'Known' ? valueText(type, part.value) : `?${part.by.label}`)
  }
  return `${table.id}${JSON.stringify(parts)}`
}

/** The slots that a write takes. */
export const taken = ({ kind, table, set }: Operation): ReadonlyArray<Taken> => {
  const single = table.unique.flatMap(({ key }) => {
    const value = set.get(key)
    const slot = value?._tag === 'Known' ? slotOf(table, key, value.value) : null
    return slot === null ? [] : [{ slot, columns: [key] }]
  })
  const whole = kind === 'insert' ? keySlot(table, set) : null
  return whole === null ? single : [...single, { slot: whole, columns: table.info.primaryKey }]
}

/** The slots that a write leaves, as far as its row is known. */
const left = ({ kind, table, set, key, before }: Operation): ReadonlyArray<string> => {
  if (kind === 'insert') return []
  const single = table.unique.flatMap((column) => {
    if (kind === 'update' && !set.has(column.key)) return []
    const part = key.get(column.key)
    const was = part?._tag === 'Known' ? part.value : before === null ? null : fieldOf(before, column.key)
    return slotOf(table, column.key, was) ?? []
  })
  const whole = kind === 'delete' ? keySlot(table, key) : null
  return whole === null ? single : [...single, whole]
}

const twice = ({ info }: TableEntry, columns: ReadonlyArray<string>): PlanError =>
  planError('DuplicateIdentity', {
    message: `two rows of "${info.name}" would have the same ${columns.map((column) => `"${column}"`).join(', ')}`,
    table: info.name,
    columns,
  })

/** The slots of all writes; Left where two rows would have one slot. */
export const slotsOf = (operations: ReadonlyArray<Operation>): E.Either<PlanError, Slots> => {
  const takers = new Map<string, number>()
  const leavers = new Map<string, Array<number>>()
  const removed = new Set<string>()
  const inserts = new Map<RefNode, number>()
  for (const [i, operation] of operations.entries()) {
    if (operation.ref !== null) inserts.set(operation.ref, i)
    for (const { slot, columns } of taken(operation)) {
      if (takers.has(slot)) return E.left(twice(operation.table, columns))
      takers.set(slot, i)
    }
    for (const slot of left(operation)) {
      const others = leavers.get(slot)
      if (others === undefined) leavers.set(slot, [i])
      else others.push(i)
      if (operation.kind === 'delete') removed.add(slot)
    }
  }
  return E.right({ takers, leavers, removed, inserts })
}
