/**
 * What a unit of work knows once its writes are done.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { withComputed, withoutComputed } from './computed.js'
import { type Fields, fieldOf, type Key, keyIn, stored } from './identity.js'
import { type RowId, touched } from './journal.js'
import { type Net, netOf } from './net.js'
import { withOmitted } from './omitted.js'
import type { RefNode } from './ref.js'
import { resolved } from './resolve.js'
import { learn } from './snapshots.js'
import type { State } from './unit-of-work.js'
import { rowNow } from './view.js'

/** The rows that were inserted, whole, with what the database made of them. */
export type Inserted = ReadonlyMap<RefNode, Fields>

/** What updates wrote that nobody had said (`onUpdate`), by the row's identity. */
export type Touched = ReadonlyMap<string, Fields>

/** What the statements of a flush did. */
export interface Flushed {
  readonly inserted: Inserted
  readonly touched: Touched
}

export const nothingFlushed: Flushed = Object.freeze({ inserted: new Map(), touched: new Map() })

/** Values as the database has them now. */
const settled = (state: State, table: TableEntry, values: Fields, inserted: Inserted): Fields =>
  Object.fromEntries(
    Object.entries(values).flatMap(([column, value]) => {
      const given = resolved(state, table, column, value)
      const type = table.columns.get(column)?.type
      if (E.isLeft(given) || type === undefined) return []
      const { right } = given
      return [
        [
          column,
          right._tag === 'Known' ? stored(type, right.value) : fieldOf(inserted.get(right.by) ?? {}, right.column),
        ],
      ]
    }),
  )

const computed = (table: TableEntry, row: Fields): Fields => withComputed(table, row) ?? withoutComputed(table, row)

/** The row after the flush: null where it is gone, undefined where it was not known as a whole before either. */
const rowAfter = (
  state: State,
  table: TableEntry,
  row: RowId,
  net: Net,
  { inserted, touched }: Flushed,
): Fields | null | undefined => {
  // What was known before is the same row value afterwards, but for what nobody had said.
  const known = rowNow(state, table, row)
  const more = typeof row === 'string' ? touched.get(row) : undefined
  if (known !== null) return more === undefined ? known : computed(table, { ...known, ...more })
  switch (net._tag) {
    case 'Untouched':
    case 'Gone':
      return undefined
    case 'Removed':
      return null
    case 'Changed':
      return net.base === null
        ? undefined
        : computed(table, {
            ...net.base,
            ...settled(state, table, net.patch, inserted),
            ...more,
          })
    case 'New':
    case 'Replaced':
      return computed(table, {
        ...inserted.get(net.ref),
        ...settled(state, table, withOmitted(table, net.values), inserted),
      })
  }
}

const isWhole = (table: TableEntry, row: Fields): boolean =>
  [...table.columns.keys()].every((column) => fieldOf(row, column) !== undefined)

/** The state after the flush: new snapshots, the keys of Refs, and an empty journal. */
export const afterFlush = (state: State, flushed: Flushed): State => {
  const rows = new Map<string, Fields | null>()
  const keys = new Map<RefNode, Key>()
  const keep = (table: TableEntry, row: RowId, net: Net): void => {
    const after = rowAfter(state, table, row, net, flushed)
    if (after === null && typeof row === 'string') rows.set(row, null)
    if (after === null || after === undefined) return
    const key = keyIn(table, after)
    if (key === null) return
    if (isWhole(table, after)) rows.set(key.id, Object.freeze(after))
    if (net._tag === 'New' || net._tag === 'Replaced') keys.set(net.ref, key)
  }
  for (const [row, touch] of touched(state.journal)) {
    const net = netOf(state, row, touch)
    if (E.isRight(net)) keep(touch.intent.table, row, net.right)
  }
  return { ...state, base: learn(state.base, rows), keys: learn(state.keys, keys), journal: null }
}
