/**
 * Slots: each value of a unique column or of a key is one, that one row at a time can have. Writes take slots and leave
 * them, and foreign keys need them.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { fieldOf, valueText } from './identity.js'
import type { Operation } from './operations.js'
import { type PlanError, planError } from './plan-error.js'
import type { RefNode } from './ref.js'
import { type Given, known } from './resolve.js'

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

/** What a column has or will have; null where nobody knows. */
type Known = (column: string) => Given | null

/**
 * The slot of the values of some columns, in whatever order they are named; NULL has none. A value that is not made yet is known
 * by the row that makes it, where it is a part of a key.
 */
export const slotOf = (table: TableEntry, columns: ReadonlyArray<string>, valueAt: Known): string | null => {
  const parts: Array<readonly [string, string]> = []
  for (const column of [...columns].sort()) {
    const part = valueAt(column)
    const type = table.columns.get(column)?.type
    if (part === null || type === undefined) return null
    if (part._tag === 'Known') {
      if (part.value === null || part.value === undefined) return null
      parts.push([column, valueText(type, part.value)])
    } else if (columns.length > 1) parts.push([column, `?${part.by.label}.${part.column}`])
    else return null
  }
  return `${table.id}${JSON.stringify(parts)}`
}

/** What a write says of its row: what it sets, or what stays of it as far as that is known. */
export const givenIn =
  ({ set, key, before, beside }: Operation): Known =>
  (column) =>
    set.get(column) ?? hadIn({ key, before }, column) ?? beside.get(column) ?? null

/** What a row had before a write. */
const hadIn = ({ key, before }: Pick<Operation, 'key' | 'before'>, column: string): Given | null => {
  const value = before === null ? undefined : fieldOf(before, column)
  return key.get(column) ?? (value === undefined ? null : known(value))
}

/** The keys that a write says something of: an insert or a delete of all, an update of those that it sets a part of. */
const touchedKeys = ({ kind, table, set }: Operation): ReadonlyArray<ReadonlyArray<string>> =>
  kind === 'update' ? table.unique.filter((columns) => columns.some((column) => set.has(column))) : table.unique

/** The slots that a write takes. */
export const taken = (operation: Operation): ReadonlyArray<Taken> =>
  operation.kind === 'delete'
    ? []
    : touchedKeys(operation).flatMap((columns) => {
        const slot = slotOf(operation.table, columns, givenIn(operation))
        return slot === null ? [] : [{ slot, columns }]
      })

/** The slots that a write leaves, as far as its row is known. */
const left = (operation: Operation): ReadonlyArray<string> =>
  operation.kind === 'insert'
    ? []
    : touchedKeys(operation).flatMap(
        (columns) => slotOf(operation.table, columns, (column) => hadIn(operation, column)) ?? [],
      )

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
