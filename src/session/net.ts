/**
 * What all intents for one row come to: an insert and a change of it are one insert, an insert and a removal nothing.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { type Fields, fieldOf, sameValue } from './identity.js'
import { hasRef, type InsertIntent, type ModifyIntent, type RemoveIntent, type RowId, type Touch } from './journal.js'
import { wholeRow } from './omitted.js'
import { type PlanError, planError } from './plan-error.js'
import { isRef, type RefNode } from './ref.js'
import { recall } from './snapshots.js'
import { baseRow, type State } from './unit-of-work.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * A row after the journal. `base`: as the database had it, null where that is not known. `values` and `patch` may hold
 * Refs.
 *
 * `Untouched`: as it was; `New`: to be inserted; `Gone`: inserted and removed again; `Changed`; `Removed`; `Replaced`:
 * removed, and another with its key inserted. `place`: where in the journal it was inserted.
 */
export type Net =
  | { readonly _tag: 'Untouched'; readonly base: Fields | null }
  | { readonly _tag: 'New'; readonly ref: RefNode; readonly values: Fields; readonly place: number }
  | { readonly _tag: 'Gone' }
  | { readonly _tag: 'Changed'; readonly base: Fields | null; readonly key: Fields; readonly patch: Fields }
  | { readonly _tag: 'Removed'; readonly base: Fields | null; readonly key: Fields }
  | {
      readonly _tag: 'Replaced'
      readonly base: Fields | null
      readonly key: Fields
      readonly ref: RefNode
      readonly values: Fields
      readonly place: number
    }

type Step = E.Either<PlanError, Net>

// -------------------------------------------------------------------------------------
// one intent
// -------------------------------------------------------------------------------------

const inserted = (net: Net, { table, ref, values }: InsertIntent, place: number): Step => {
  switch (net._tag) {
    case 'Gone':
      return E.right({ _tag: 'New', ref, values, place })
    case 'Removed':
      return E.right({ ...net, _tag: 'Replaced', ref, values, place })
    case 'Untouched':
      if (net.base === null) return E.right({ _tag: 'New', ref, values, place })
      break
    default:
  }
  return E.left(
    planError('DuplicateIdentity', {
      message: `${ref.label} has the key of a row of "${table.info.name}" that is in the unit of work already: remove that one first, or change it`,
      table: table.info.name,
      columns: table.info.primaryKey,
    }),
  )
}

const removed = (net: Net, intent: RemoveIntent): Step => {
  switch (net._tag) {
    case 'New':
      return E.right({ _tag: 'Gone' })
    case 'Gone':
    case 'Removed':
      return E.right(net)
    case 'Replaced':
      return E.right({ _tag: 'Removed', base: net.base, key: net.key })
    case 'Changed':
      return E.right({ _tag: 'Removed', base: net.base, key: net.key })
    case 'Untouched':
      return intent.key === null
        ? E.left(notHere(intent.table, intent.by))
        : E.right({ _tag: 'Removed', base: net.base, key: intent.key })
  }
}

const notHere = (table: TableEntry, ref: RefNode | null): PlanError =>
  planError('ForeignRef', {
    message: `${ref?.label ?? 'a Ref'} of "${table.info.name}" belongs to another unit of work, or to another branch of this one`,
    table: table.info.name,
    ref: ref?.label ?? '',
  })

const merged = (table: TableEntry, row: Fields, patch: Fields): E.Either<PlanError, Fields> => {
  for (const column of table.info.primaryKey) {
    const [was, is] = [fieldOf(row, column), fieldOf(patch, column)]
    if (is === undefined || is === was) continue
    const type = table.columns.get(column)?.type
    if (type !== undefined && was !== undefined && !isRef(was) && !isRef(is) && sameValue(type, was, is)) continue
    return E.left(
      planError('KeyChanged', {
        message: `"${table.info.name}"."${column}" is part of the key, which a change keeps: remove the row and insert another`,
        table: table.info.name,
        column,
      }),
    )
  }
  return E.right({ ...row, ...patch })
}

/** What a change by function makes of a row. It is user code: what it throws is an error of the plan. */
const changedBy = (
  intent: ModifyIntent,
  change: (row: Fields) => unknown,
  row: Fields,
): E.Either<PlanError, Fields> => {
  const table = intent.table.info.name
  const failed = (why: string, cause: unknown): E.Either<PlanError, never> =>
    E.left(planError('ChangeFailed', { message: `the change of a row of "${table}" ${why}`, table, cause }))
  try {
    const changed = change(Object.freeze({ ...row }))
    if (typeof changed !== 'object' || changed === null) return failed('gave no row', null)
    // Own members of an object are values by column; which of them are columns is checked where they are written.
    return E.right(onlyDifferent(intent.table, row, changed as Fields))
  } catch (thrown) {
    return failed(`threw: ${thrown instanceof Error ? thrown.message : typeof thrown}`, thrown)
  }
}

/** The columns of a changed row that are not as they were. */
const onlyDifferent = (table: TableEntry, before: Fields, after: Fields): Fields =>
  Object.fromEntries(
    [...table.columns.values()].flatMap(({ key, type }) => {
      const value = fieldOf(after, key)
      return value === undefined || sameValue(type, value, fieldOf(before, key)) ? [] : [[key, value]]
    }),
  )

const notTracked = (table: TableEntry): PlanError =>
  planError('NotTracked', {
    message: `a change by function needs the row of "${table.info.name}" as it is: load it, or say the new values`,
    table: table.info.name,
  })

const modified = (net: Net, intent: ModifyIntent): Step => {
  const { table } = intent
  const patchOf = (seen: Fields | null): E.Either<PlanError, Fields> => {
    if (typeof intent.change !== 'function') return E.right(intent.change)
    return seen === null ? E.left(notTracked(table)) : changedBy(intent, intent.change, seen)
  }
  const withPatch = (row: Fields, seen: Fields | null, next: (row: Fields, patch: Fields) => Net): Step => {
    const patch = patchOf(seen)
    if (E.isLeft(patch)) return patch
    const all = merged(table, row, patch.right)
    return E.isLeft(all) ? all : E.right(next(all.right, patch.right))
  }
  switch (net._tag) {
    case 'New':
    case 'Replaced':
      return withPatch(net.values, wholeRow(table, net.values), (values) => ({ ...net, values }))
    case 'Changed':
    case 'Untouched': {
      const { base } = net
      const key = net._tag === 'Changed' ? net.key : intent.key
      if (key === null) return E.left(notHere(table, intent.by))
      const before = net._tag === 'Changed' ? net.patch : {}
      const row = { ...key, ...base, ...before }
      const seen = base === null || Object.values(before).some(isRef) ? null : row
      return withPatch(row, seen, (_, more) => ({ _tag: 'Changed', base, key, patch: { ...before, ...more } }))
    }
    case 'Gone':
    case 'Removed':
      return E.left(
        planError('RowRemoved', {
          message: `a row of "${table.info.name}" is changed after this unit of work has removed it`,
          table: table.info.name,
        }),
      )
  }
}

// -------------------------------------------------------------------------------------
// all intents of a row
// -------------------------------------------------------------------------------------

const belongs = (state: State, by: RefNode | null): boolean =>
  by === null || recall(state.keys, by) !== undefined || hasRef(state.journal, by)

const after = (state: State, before: Step, touch: Touch): Step => {
  if (E.isLeft(before)) return before
  const { intent } = touch
  if (intent._tag === 'Insert') return inserted(before.right, intent, touch.place)
  if (!belongs(state, intent.by)) return E.left(notHere(intent.table, intent.by))
  return intent._tag === 'Modify' ? modified(before.right, intent) : removed(before.right, intent)
}

// What a row came to stays the same as long as it rests on the same snapshot, so that one key is one row value.
const remembered = new WeakMap<Touch, { readonly base: Fields | null; readonly net: Step }>()

/** What the intents up to `touch` make of a row. */
export const netOf = (state: State, row: RowId, touch: Touch | null): Step => {
  const base = baseRow(state, row)
  const todo: Array<Touch> = []
  let net: Step | undefined
  for (let at = touch; at !== null && net === undefined; at = at.before) {
    const known = remembered.get(at)
    if (known !== undefined && known.base === base) net = known.net
    else todo.push(at)
  }
  let result: Step = net ?? E.right({ _tag: 'Untouched', base })
  for (const at of todo.reverse()) {
    result = after(state, result, at)
    remembered.set(at, { base, net: result })
  }
  return result
}
