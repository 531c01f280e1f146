/**
 * What a Ref in a foreign key will be: a value that is known already, or one that the insert of another row makes.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { fieldOf } from './identity.js'
import { hasRef, touchOf } from './journal.js'
import { type Net, netOf } from './net.js'
import { omitted } from './omitted.js'
import { type PlanError, planError } from './plan-error.js'
import { isRef, type RefNode } from './ref.js'
import { recall } from './snapshots.js'
import { rowOfRef, type State } from './unit-of-work.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value that is written: known, or the column of a new row that is made when that row is written. */
export type Given =
  | { readonly _tag: 'Known'; readonly value: unknown }
  | { readonly _tag: 'Made'; readonly by: RefNode; readonly column: string }

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

export const known = (value: unknown): Given => ({ _tag: 'Known', value })

const dangling = (table: TableEntry, column: string, to: string): PlanError =>
  planError('DanglingRef', {
    message: `"${table.info.name}"."${column}" refers to ${to}, which this unit of work removes or has removed`,
    table: table.info.name,
    column,
  })

const mismatch = (table: TableEntry, column: string, ref: RefNode): PlanError =>
  planError('RefMismatch', {
    message: `${ref.label} stands in "${table.info.name}"."${column}", which is no foreign key to its table`,
    table: table.info.name,
    column,
    ref: ref.label,
  })

const foreign = (table: TableEntry, ref: RefNode): PlanError =>
  planError('ForeignRef', {
    message: `${ref.label} in a row of "${table.info.name}" belongs to another unit of work, or to another branch of this one`,
    table: table.info.name,
    ref: ref.label,
  })

/** A column of a row that a Ref leads to; null where the row is gone. `hops` counts Refs that lead to Refs. */
const columnOf = (
  state: State,
  target: TableEntry,
  net: Net,
  column: string,
  hops: number,
): E.Either<PlanError, Given> | null => {
  switch (net._tag) {
    case 'Gone':
    case 'Removed':
      return null
    case 'Untouched':
      // a row that a flush has written and another removed
      return net.base === null ? null : E.right(known(fieldOf(net.base, column)))
    case 'Changed':
      return resolve(state, target, column, { ...net.key, ...net.base, ...net.patch }[column], hops)
    case 'New':
    case 'Replaced': {
      if (Object.hasOwn(net.values, column)) return resolve(state, target, column, net.values[column], hops)
      const info = target.columns.get(column)
      const left = info === undefined ? null : omitted(info)
      return E.right(left?._tag === 'Known' ? left : { _tag: 'Made', by: net.ref, column })
    }
  }
}

const resolve = (
  state: State,
  table: TableEntry,
  column: string,
  value: unknown,
  hops: number,
): E.Either<PlanError, Given> => {
  if (!isRef(value)) return E.right(known(value))
  const key = table.foreignKeys.find((one) => one.columns.includes(column) && one.target === value.table)
  const target = state.catalog.get(value.table)
  // Refs that lead in a circle without a value anywhere are no key of anything.
  if (key === undefined || target === undefined || hops > state.catalog.size)
    return E.left(mismatch(table, column, value))
  if (recall(state.keys, value) === undefined && !hasRef(state.journal, value)) return E.left(foreign(table, value))
  const row = rowOfRef(state, value)
  const net = netOf(state, row, touchOf(state.journal, row))
  if (E.isLeft(net)) return net
  return (
    columnOf(state, target, net.right, key.targetColumns[key.columns.indexOf(column)] ?? '', hops + 1) ??
    E.left(dangling(table, column, value.label))
  )
}

/** What will stand in a column of a row that is written. */
export const resolved = (state: State, table: TableEntry, column: string, value: unknown): E.Either<PlanError, Given> =>
  resolve(state, table, column, value, 0)
