/**
 * Rows as a table keeps them: of its types, with what is computed of them; its checks, keys and references hold.
 */
import * as E from 'fp-ts/lib/Either.js'

import { keysOfTable } from '../expr/conflict-key.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from '../expr/source.js'
import type { SqlType } from '../expr/sql-type.js'
import { accept } from '../interpret/accept.js'
import { checkUnique, keyText } from '../interpret/constraint.js'
import { readColumns } from '../interpret/refined.js'
import { paramsOfTable, ruled } from '../interpret/row-rules.js'
import { runOf } from '../interpret/run.js'
import type { Run } from '../interpret/scope.js'
import { emptyTables } from '../interpret/tables.js'
import { keyOf, type Row } from '../interpret/value.js'
import { targetIdentity } from './table-order.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row as it was drawn: values of its columns, and which parent each of its foreign keys leads to. */
export interface Drawn {
  readonly values: Row
  readonly parents: ReadonlyArray<number>
}

/** A row in the form in which relvar keeps it, and what it was made of. */
export interface Held {
  readonly row: Row
  readonly drawn: Drawn
}

/** The rows of the tables that a foreign key may lead to, by identity; what is not there is not looked at. */
export type Parents = ReadonlyMap<string, ReadonlyArray<Row>>

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** Whether a value that is kept is the same after it was read and written again, as its codec promises. */
const comesBack = (type: SqlType<unknown>, value: unknown): boolean => {
  if (type.refinement === null || value === null) return true
  try {
    const decoded = type.refinement.codec.decode(value)
    const again = E.isRight(decoded) ? accept(type, false, '', decoded.right) : decoded
    return E.isRight(again) && keyOf(again.right) === keyOf(value)
  } catch {
    // The codec is its user's: a value at which it throws is none of its values.
    return false
  }
}

/** The value as the column keeps it; undefined where it takes none such. */
const heldValue = (column: ColumnInfo, value: unknown): unknown => {
  if (column.generated !== null) return null
  const held = accept(column.type, column.nullable, column.key, value)
  return E.isRight(held) && comesBack(column.type, held.right) ? held.right : undefined
}

const heldRow = (info: TableInfo, { values }: Drawn): Row | null => {
  const entries = info.columns.map((column) => [column.key, heldValue(column, values[column.key])] as const)
  return entries.some(([, value]) => value === undefined) ? null : Object.fromEntries(entries)
}

/** The row as its table gives it to who reads it. */
export const readRow = (info: TableInfo, row: Row): Row => {
  const read = readColumns(info.columns)
  // What is read of a row of columns is a row of columns.
  return read === null ? row : (read(row) as Row)
}

// -------------------------------------------------------------------------------------
// references
// -------------------------------------------------------------------------------------

const matches = (key: ForeignKeyInfo, row: Row, parent: Row): boolean =>
  key.columns.every((c, at) => keyOf(row[c]) === keyOf(parent[key.target.columns[at] ?? '']))

const refersTo = (key: ForeignKeyInfo, row: Row): boolean => key.columns.every((c) => row[c] !== null)

const isNullable = (info: TableInfo, key: string): boolean => info.columns.find((c) => c.key === key)?.nullable === true

/** The row as one that refers to nothing by this key, where it can. */
const withoutParent = (info: TableInfo, key: ForeignKeyInfo, row: Row): Row | null => {
  const empty = key.columns.find((c) => isNullable(info, c))
  return empty === undefined ? null : { ...row, [empty]: null }
}

/** The row with the key of a parent, among those that leave alone what other foreign keys said. */
const withParent = (
  key: ForeignKeyInfo,
  row: Row,
  parents: ReadonlyArray<Row>,
  pick: number,
  said: ReadonlySet<string>,
): Row | null => {
  const fitting = parents.filter(
    (parent) =>
      key.target.columns.every((c) => parent[c] !== null) &&
      key.columns.every((c, at) => !said.has(c) || keyOf(row[c]) === keyOf(parent[key.target.columns[at] ?? ''])),
  )
  const chosen = fitting[pick % Math.max(1, fitting.length)]
  return chosen === undefined
    ? null
    : { ...row, ...Object.fromEntries(key.columns.map((c, at) => [c, chosen[key.target.columns[at] ?? '']])) }
}

/** A row that must have a parent in its own table may be its own: so a tree begins. What may be null leads to earlier rows alone. */
const ownParents = (info: TableInfo, key: ForeignKeyInfo, row: Row, before: ReadonlyArray<Row>): ReadonlyArray<Row> =>
  key.columns.some((c) => isNullable(info, c)) ? before : [...before, row]

const parentsOf = (
  info: TableInfo,
  key: ForeignKeyInfo,
  row: Row,
  before: ReadonlyArray<Row>,
  parents: Parents,
): ReadonlyArray<Row> | null =>
  targetIdentity(key) === tableIdentity(info)
    ? ownParents(info, key, row, before)
    : (parents.get(targetIdentity(key)) ?? null)

/** The row with references to rows that are there, or to nothing; null where it can have none such. */
const referring = (
  info: TableInfo,
  row: Row,
  { parents: picks }: Drawn,
  before: ReadonlyArray<Row>,
  parents: Parents,
  late: ReadonlySet<ForeignKeyInfo>,
): Row | null => {
  let met: Row | null = row
  const said = new Set<string>()
  for (const [i, key] of info.foreignKeys.entries()) {
    if (met === null) return null
    if (!refersTo(key, met)) continue
    const among: ReadonlyArray<Row> | null = late.has(key) ? [] : parentsOf(info, key, met, before, parents)
    if (among === null) continue
    met = withParent(key, met, among, picks[i] ?? 0, said) ?? withoutParent(info, key, met)
    key.columns.forEach((c) => said.add(c))
  }
  const all = met
  if (all === null) return null
  const broken = info.foreignKeys.some((key) => {
    const among = late.has(key) ? [] : parentsOf(info, key, all, before, parents)
    return among !== null && refersTo(key, all) && !among.some((parent) => matches(key, all, parent))
  })
  return broken ? null : all
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** The row as it is kept; null where a codec or a check says no. */
const whole = (run: Run, info: TableInfo, row: Row): Row | null => {
  if (!info.columns.every((c) => c.generated !== null || comesBack(c.type, row[c.key]))) return null
  const made = ruled(run, info, row)
  return E.isRight(made) ? made.right : null
}

/** The same beside other rows, with which it shares no key. */
const taken = (run: Run, info: TableInfo, row: Row, others: ReadonlyArray<Row>): Row | null => {
  const made = whole(run, info, row)
  return made !== null && E.isRight(checkUnique(run, info, [...others, made])) ? made : null
}

/** Takes rows one by one, as long as none shares a key with those before. */
const keyed = (run: Run, info: TableInfo): ((row: Row) => boolean) => {
  const keys = keysOfTable(info).map((key) => ({ key, seen: new Set<string>() }))
  return (row) => {
    const texts = keys.map(({ key, seen }) => ({ seen, text: keyText(run, info, key, row) }))
    const isFree = texts.every(({ seen, text }) => E.isRight(text) && (text.right === null || !seen.has(text.right)))
    if (isFree) texts.forEach(({ seen, text }) => E.isRight(text) && text.right !== null && seen.add(text.right))
    return isFree
  }
}

const runFor = (info: TableInfo): Run | null => {
  const run = runOf(paramsOfTable(info), {}, emptyTables)
  return E.isLeft(run) ? null : run.right
}

/** Whether values are a row that its codecs and checks take by itself. */
export const isKept = (info: TableInfo, values: Row): boolean => {
  const run = runFor(info)
  const row = heldRow(info, { values, parents: [] })
  return run !== null && row !== null && whole(run, info, row) !== null
}

/** A drawn row as it is kept among the others of its table, in the form in which relvar keeps it; null where it is not. */
export const rowAmong = (info: TableInfo, drawn: Drawn, own: ReadonlyArray<Row>, parents: Parents): Row | null => {
  const run = runFor(info)
  const row = heldRow(info, drawn)
  const met = row === null ? null : referring(info, row, drawn, own, parents, new Set())
  return run === null || met === null ? null : taken(run, info, met, own)
}

/** A row with other values in some columns, whose foreign keys lead to rows that are there; null where it is not kept so. */
export const changedAmong = (
  info: TableInfo,
  row: Row,
  drawn: Drawn,
  columns: ReadonlyArray<string>,
  others: ReadonlyArray<Row>,
  parents: Parents,
): Row | null => {
  const run = runFor(info)
  const values = heldRow(info, drawn)
  if (run === null || values === null) return null
  let met: Row | null = { ...row, ...Object.fromEntries(columns.map((key) => [key, values[key]])) }
  const said = new Set(info.foreignKeys.flatMap((key) => key.columns).filter((key) => !columns.includes(key)))
  for (const [i, key] of info.foreignKeys.entries()) {
    if (met === null || !key.columns.some((c) => columns.includes(c)) || !refersTo(key, met)) continue
    const among = parents.get(targetIdentity(key)) ?? []
    met = withParent(key, met, among, drawn.parents[i] ?? 0, said) ?? withoutParent(info, key, met)
  }
  return met === null ? null : taken(run, info, met, others)
}

/** The first rows that keep what their table says of them. References that are `late` lead to nothing as yet. */
export const heldRows = (
  info: TableInfo,
  drawn: ReadonlyArray<Drawn>,
  parents: Parents,
  late: ReadonlySet<ForeignKeyInfo>,
): ReadonlyArray<Held> => {
  const run = runFor(info)
  if (run === null) return []
  const takes = keyed(run, info)
  const kept: Array<Held> = []
  const before: Array<Row> = []
  for (const one of drawn) {
    const own = heldRow(info, one)
    const met = own === null ? null : referring(info, own, one, before, parents, late)
    const row = met === null ? null : whole(run, info, met)
    if (row === null || !takes(row)) continue
    kept.push({ row, drawn: one })
    before.push(row)
  }
  return kept
}

/** Whether a foreign key is made of what others lead to: then its values stay. */
const isLedTo = (info: TableInfo, key: ForeignKeyInfo, all: ReadonlyArray<TableInfo>): boolean =>
  all.some(({ foreignKeys }) =>
    foreignKeys.some(
      (other) =>
        targetIdentity(other) === tableIdentity(info) && other.target.columns.some((c) => key.columns.includes(c)),
    ),
  )

/** The same rows with their late references, now that all tables have rows: those that were drawn, where they can be. */
export const closed = (
  info: TableInfo,
  held: ReadonlyArray<Held>,
  parents: Parents,
  late: ReadonlySet<ForeignKeyInfo>,
  all: ReadonlyArray<TableInfo>,
): ReadonlyArray<Held> => {
  const run = runFor(info)
  if (run === null || info.primaryKey.length === 0) return held
  let rows = held
  for (const [i, key] of info.foreignKeys.entries()) {
    if (!late.has(key) || isLedTo(info, key, all)) continue
    const said = new Set(info.foreignKeys.filter((other) => other !== key).flatMap((other) => other.columns))
    rows = rows.map((one, at) => {
      if (!key.columns.every((c) => one.drawn.values[c] !== null)) return one
      const others = rows.filter((_, j) => j !== at).map(({ row }) => row)
      const met = withParent(key, one.row, parents.get(targetIdentity(key)) ?? [], one.drawn.parents[i] ?? 0, said)
      const row = met === null ? null : taken(run, info, met, others)
      return row === null ? one : { ...one, row }
    })
  }
  return rows
}
