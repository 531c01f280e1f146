/**
 * A row as it will be after the flush, as far as that is known before it.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { type Fields, fieldOf, type Key, keyIn, stored } from './identity.js'
import { hasRef, type RowId, touchOf } from './journal.js'
import { type Net, netOf } from './net.js'
import { wholeRow } from './omitted.js'
import type { RefNode } from './ref.js'
import { resolved } from './resolve.js'
import { recall } from './snapshots.js'
import { rowOfRef, type State } from './unit-of-work.js'

/** Values with their Refs replaced; those that only the database will make stay Refs. */
const withKnown = (state: State, table: TableEntry, values: Fields): Fields | null => {
  const known: Array<readonly [string, unknown]> = []
  for (const [column, value] of Object.entries(values)) {
    const given = resolved(state, table, column, value)
    const type = table.columns.get(column)?.type
    if (E.isLeft(given) || type === undefined) return null
    known.push([column, given.right._tag === 'Made' ? value : stored(type, given.right.value)])
  }
  return Object.fromEntries(known)
}

const rowIn = (state: State, table: TableEntry, net: Net): Fields | null => {
  switch (net._tag) {
    case 'Gone':
    case 'Removed':
      return null
    case 'Untouched':
      return net.base
    case 'New':
    case 'Replaced': {
      const values = withKnown(state, table, net.values)
      return values === null ? null : wholeRow(table, values)
    }
    case 'Changed': {
      const patch = net.base === null ? null : withKnown(state, table, net.patch)
      return patch === null ? null : wholeRow(table, { ...net.base, ...patch })
    }
  }
}

const sameRow = (table: TableEntry, a: Fields, b: Fields): boolean =>
  [...table.columns.keys()].every((column) => Object.is(fieldOf(a, column), fieldOf(b, column)))

// One key is one row value, however often it is asked for.
const shownBefore = new WeakMap<Net, Fields>()

/** The row as it will be, or null where it is not there or not known as a whole. */
export const rowNow = (state: State, table: TableEntry, row: RowId): Fields | null => {
  const net = netOf(state, row, touchOf(state.journal, row))
  if (E.isLeft(net)) return null
  const now = rowIn(state, table, net.right)
  if (now === null || net.right._tag === 'Untouched') return now
  const before = shownBefore.get(net.right) ?? (net.right._tag === 'Changed' ? net.right.base : null)
  if (before !== null && sameRow(table, before, now)) return before
  shownBefore.set(net.right, now)
  return now
}

/** The key of a Ref's row, where it is known. */
export const keyOfRef = (state: State, table: TableEntry, ref: RefNode): Key | null => {
  const written = recall(state.keys, ref)
  if (written !== undefined) return written
  if (!hasRef(state.journal, ref)) return null
  const row = rowOfRef(state, ref)
  const net = netOf(state, row, touchOf(state.journal, row))
  if (E.isLeft(net) || (net.right._tag !== 'New' && net.right._tag !== 'Replaced')) return null
  const values = withKnown(state, table, net.right.values)
  return values === null ? null : keyIn(table, values)
}
