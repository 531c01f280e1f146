/**
 * From what each row comes to, to the writes that bring it about: one insert, update or delete a row.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableEntry } from './catalog.js'
import { type Fields, fieldOf, sameValue } from './identity.js'
import { refusal, touched } from './journal.js'
import { type Net, netOf } from './net.js'
import { omitted, withOmitted } from './omitted.js'
import { type PlanError, planError } from './plan-error.js'
import type { RefNode } from './ref.js'
import { type Given, known, resolved } from './resolve.js'
import type { State } from './unit-of-work.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type Givens = ReadonlyMap<string, Given>

/**
 * A write of one row. `key` names the row of an update or delete. `before`: as the database has it, where that is
 * known.
 * `place` is where the journal inserted the row. `fixUp`: it writes one foreign key apart, for the sake of the order; `beside` is
 * what its row's other part wrote.
 */
export interface Operation {
  readonly kind: 'insert' | 'update' | 'delete'
  readonly table: TableEntry
  readonly ref: RefNode | null
  readonly key: Givens
  readonly set: Givens
  readonly before: Fields | null
  readonly place: number
  readonly fixUp: boolean
  readonly beside: Givens
}

type Made = E.Either<PlanError, ReadonlyArray<Operation>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const none: Givens = new Map()

const knownKey = (key: Fields): Givens => new Map(Object.entries(key).map(([column, value]) => [column, known(value)]))

/** Values as they are written, in the order of the table's columns. */
const givens = (
  state: State,
  table: TableEntry,
  values: Fields,
  wanted: (column: string, given: Given) => boolean,
): E.Either<PlanError, Givens> => {
  const set = new Map<string, Given>()
  for (const column of table.columns.keys()) {
    if (!Object.hasOwn(values, column)) continue
    const given = resolved(state, table, column, values[column])
    if (E.isLeft(given)) return given
    if (wanted(column, given.right)) set.set(column, given.right)
  }
  return E.right(set)
}

const missing = (table: TableEntry, values: Fields): PlanError | null => {
  const column = table.info.columns.find((c) => !Object.hasOwn(values, c.key) && omitted(c)._tag === 'Missing')
  return column === undefined
    ? null
    : planError('MissingValue', {
        message: `a new row of "${table.info.name}" has no value for "${column.key}"`,
        table: table.info.name,
        column: column.key,
      })
}

interface NewRow {
  readonly ref: RefNode
  readonly values: Fields
  readonly place: number
}

const insertOf = (state: State, table: TableEntry, { ref, values, place }: NewRow): Made =>
  E.map(
    (set: Givens): ReadonlyArray<Operation> => [
      { kind: 'insert', table, ref, key: none, set, before: null, place, fixUp: false, beside: none },
    ],
  )(givens(state, table, withOmitted(table, values), () => true))

/** Only what is not so already is written. */
const updateOf = (state: State, table: TableEntry, key: Fields, base: Fields | null, values: Fields): Made => {
  const differs = (column: string, given: Given): boolean => {
    const type = table.columns.get(column)?.type
    if (table.info.primaryKey.includes(column)) return false
    if (base === null || type === undefined || given._tag === 'Made') return true
    return !sameValue(type, fieldOf(base, column), given.value)
  }
  return E.map(
    (set: Givens): ReadonlyArray<Operation> =>
      set.size === 0
        ? []
        : [
            {
              kind: 'update',
              table,
              ref: null,
              key: knownKey(key),
              set,
              before: base,
              place: 0,
              fixUp: false,
              beside: none,
            },
          ],
  )(givens(state, table, values, differs))
}

const deleteOf = (table: TableEntry, key: Fields, base: Fields | null): ReadonlyArray<Operation> => [
  {
    kind: 'delete',
    table,
    ref: null,
    key: knownKey(key),
    set: none,
    before: base,
    place: 0,
    fixUp: false,
    beside: none,
  },
]

/**
 * A row in place of another of its key is a change of that row, so that its children keep it; where all its values are
 * known.
 */
const replacementOf = (state: State, table: TableEntry, net: Extract<Net, { _tag: 'Replaced' }>): Made => {
  const values = withOmitted(table, net.values)
  return table.info.columns.every((column) => Object.hasOwn(values, column.key))
    ? updateOf(state, table, net.key, net.base, values)
    : E.map((inserts: ReadonlyArray<Operation>) => [...deleteOf(table, net.key, net.base), ...inserts])(
        insertOf(state, table, net),
      )
}

/** The writes that bring one row about. */
export const operationsOf = (state: State, table: TableEntry, net: Net): Made => {
  const lacks = net._tag === 'New' || net._tag === 'Replaced' ? missing(table, net.values) : null
  if (lacks !== null) return E.left(lacks)
  switch (net._tag) {
    case 'Untouched':
    case 'Gone':
      return E.right([])
    case 'New':
      return insertOf(state, table, net)
    case 'Changed':
      return updateOf(state, table, net.key, net.base, net.patch)
    case 'Removed':
      return E.right(deleteOf(table, net.key, net.base))
    case 'Replaced':
      return replacementOf(state, table, net)
  }
}

/** All writes of a unit of work, in no order yet. */
export const operations = (state: State): Made => {
  const refused = refusal(state.journal)
  if (refused !== null) return E.left(refused)
  const all: Array<Operation> = []
  for (const [row, touch] of touched(state.journal)) {
    const net = netOf(state, row, touch)
    if (E.isLeft(net)) return net
    const made = operationsOf(state, touch.intent.table, net.right)
    if (E.isLeft(made)) return made
    all.push(...made.right)
  }
  return E.right(all)
}
