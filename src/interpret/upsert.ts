/**
 * Inserts that meet rows that are there already: rows are taken one after the other, each sees what those before it left.
 */
import * as E from 'fp-ts/lib/Either.js'

import { keysOfConflict, keysOfTable, type TableKey } from '../expr/conflict-key.js'
import type { Conflict, InsertNode } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import type { LastKey } from './automatic-key.js'
import { keyText, sharedKey } from './constraint.js'
import type { Result } from './eval-error.js'
import { holds } from './expression.js'
import type { RowMaker } from './new-row.js'
import type { Refusal } from './row-rules.js'
import { bind, type Run } from './scope.js'
import { rowsOfInfo } from './tables.js'
import type { Row } from './value.js'
import { changedRow, type Written } from './written.js'

/** One key with the place of the row that has each of its values. */
interface Places {
  readonly key: TableKey
  readonly meant: boolean
  readonly at: Map<string, number>
}

/** The row that has a value of the key already; -1 where none has. */
const holder = (run: Run, info: TableInfo, { key, at }: Places, row: Row): Result<number> => {
  const text = keyText(run, info, key, row)
  return E.isLeft(text) ? text : E.right(text.right === null ? -1 : (at.get(text.right) ?? -1))
}

const placesOf = (run: Run, insert: InsertNode, conflict: Conflict): Result<ReadonlyArray<Places>> => {
  const { table } = insert.into
  const meant = keysOfConflict(table, conflict.target).map((key) => JSON.stringify([key.name, key.columns]))
  const places: ReadonlyArray<Places> = keysOfTable(table).map((key) => ({
    key,
    meant: conflict.target === null || meant.includes(JSON.stringify([key.name, key.columns])),
    at: new Map(),
  }))
  for (const [place, row] of rowsOfInfo(run.tables, table).entries()) {
    const kept = keep(run, table, places, null, row, place)
    if (E.isLeft(kept)) return kept
  }
  return E.right(places)
}

/** Notes the values of a row's keys instead of those that it had. */
const keep = (
  run: Run,
  info: TableInfo,
  places: ReadonlyArray<Places>,
  before: Row | null,
  row: Row,
  place: number,
): Result<null> => {
  for (const { key, at } of places) {
    const left = before === null ? E.right(null) : keyText(run, info, key, before)
    if (E.isLeft(left)) return left
    if (left.right !== null) at.delete(left.right)
    const text = keyText(run, info, key, row)
    if (E.isLeft(text)) return text
    if (text.right !== null) at.set(text.right, place)
  }
  return E.right(null)
}

/** Left where another row has a value of one of the keys. */
const free = (
  run: Run,
  info: TableInfo,
  places: ReadonlyArray<Places>,
  row: Row,
  place: number,
): E.Either<Refusal, null> => {
  for (const one of places) {
    const there = holder(run, info, one, row)
    if (E.isLeft(there)) return there
    if (there.right >= 0 && there.right !== place) return E.left(sharedKey(info, one.key))
  }
  return E.right(null)
}

/** The row that is there already, by the keys that the conflict is about; -1 where none is. */
const met = (run: Run, info: TableInfo, places: ReadonlyArray<Places>, row: Row): Result<number> => {
  for (const one of places.filter(({ meant }) => meant)) {
    const there = holder(run, info, one, row)
    if (E.isLeft(there) || there.right >= 0) return there
  }
  return E.right(-1)
}

/** What becomes of the row that is there: null where it stays as it is. */
const acted = (
  run: Run,
  insert: InsertNode,
  { action }: Conflict,
  before: Row,
  excluded: Row,
): E.Either<Refusal, Row | null> => {
  if (action._tag === 'Nothing') return E.right(null)
  const scope = bind('excluded', excluded, bind(insert.into.name, before, null))
  const held = holds({ run, scope, group: null }, action.where)
  if (E.isLeft(held)) return held
  return held.right ? changedRow(run, insert.into.table, before, action.set, scope) : E.right(null)
}

/** What an insert with a conflict leaves. Given back are the rows that were inserted or changed, as each was left. */
export const upserted = (
  run: Run,
  insert: InsertNode,
  conflict: Conflict,
  maker: RowMaker,
): E.Either<Refusal, Written> => {
  const info = insert.into.table
  const before = rowsOfInfo(run.tables, info)
  const rows = [...before]
  const given: Array<Row> = []
  let key: LastKey = maker.last
  const placed = placesOf(run, insert, conflict)
  if (E.isLeft(placed)) return placed
  const places = placed.right
  for (const one of maker.given) {
    const made = maker.make(one, key)
    if (E.isLeft(made)) return made
    const there = met(run, info, places, made.right)
    if (E.isLeft(there)) return there
    const old = rows[there.right] ?? null
    const row = old === null ? made : acted(run, insert, conflict, old, made.right)
    if (E.isLeft(row)) return row
    if (row.right === null) continue
    const place = old === null ? rows.length : there.right
    const alone = free(run, info, places, row.right, place)
    if (E.isLeft(alone)) return alone
    const kept = keep(run, info, places, old, row.right, place)
    if (E.isLeft(kept)) return kept
    if (old === null) key = maker.after(one, row.right, key)
    rows[place] = row.right
    given.push(row.right)
  }
  const changes = before.flatMap((row, i) => {
    const after = rows[i] ?? row
    return after === row ? [] : [{ before: row, after }]
  })
  return E.right({ rows, given, changes, key })
}
