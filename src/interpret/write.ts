/**
 * The rows that an insert, update or delete leaves in its table, before any constraint between rows is asked.
 */
import * as E from 'fp-ts/lib/Either.js'

import { multipleRows } from '../compile/load-error.js'
import type { DeleteNode, InsertNode, UpdateNode } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'
import { automaticColumn, keyAfter, lastKey, type LastKey } from './automatic-key.js'
import { type Met, metRows, namesIn } from './combinations.js'
import type { Change } from './foreign-key.js'
import { type RowMaker, rowMaker } from './new-row.js'
import type { Refusal } from './row-rules.js'
import type { Run, Scope } from './scope.js'
import { rowsOfInfo } from './tables.js'
import { upserted } from './upsert.js'
import type { Row } from './value.js'
import { changedRow, type Written } from './written.js'

// -------------------------------------------------------------------------------------
// insert
// -------------------------------------------------------------------------------------

/** The places of the rows as they are written: those that name the same columns go together, which decides the keys that are made. */
const inGroups = (given: RowMaker['given']): ReadonlyArray<number> => {
  const groups = new Map<string, Array<number>>()
  given.forEach((one, at) => {
    const id = [...one.keys()].join('\0')
    const group = groups.get(id)
    if (group === undefined) groups.set(id, [at])
    else group.push(at)
  })
  return [...groups.values()].flat()
}

export const inserted = (run: Run, write: InsertNode): E.Either<Refusal, Written> => {
  const maker = rowMaker(run, write)
  if (E.isLeft(maker)) return maker
  if (write.conflict !== null) return upserted(run, write, write.conflict, maker.right)
  const { given, make, after, last } = maker.right
  const made = new Map<number, Row>()
  let key = last
  for (const at of inGroups(given)) {
    const one = given[at]
    if (one === undefined) continue
    const row = make(one, key)
    if (E.isLeft(row)) return row
    key = after(one, row.right, key)
    made.set(at, row.right)
  }
  const rows: ReadonlyArray<Row> = given.flatMap((_, at) => {
    const row = made.get(at)
    return row === undefined ? [] : [row]
  })
  return E.right({
    rows: [...rowsOfInfo(run.tables, write.into.table), ...rows],
    given: rows,
    changes: [],
    key,
  })
}

// -------------------------------------------------------------------------------------
// update and delete
// -------------------------------------------------------------------------------------

/** Whether a new value mentions a source beside the table, so that one combination must be meant. */
const looksBeside = (write: UpdateNode): boolean => {
  const others = write.using.map(({ source }) => source.name)
  return write.set.some(({ value }) => {
    const names = namesIn(value)
    return others.some((name) => names.has(name))
  })
}

/** The combination by which a row is changed: any, or the only one where its values are asked for. */
const placeOf = (write: UpdateNode, only: boolean, { scopes }: Met): E.Either<Refusal, Scope> =>
  only && scopes.length > 1
    ? E.left(multipleRows('several rows of another source match one row that is written', showStatement(write)))
    : E.right(scopes[0] ?? null)

/** An update may give a row a key of its own beyond the last. */
const keyOfRows = (run: Run, { table, set }: UpdateNode, rows: ReadonlyArray<Row>): LastKey => {
  const column = automaticColumn(table.table)
  const last = lastKey(run.tables, table.table)
  return column === null || !set.some(({ key }) => key === column.key)
    ? last
    : rows.reduce((key, row) => keyAfter(column, row, key, false), last)
}

export const updated = (run: Run, write: UpdateNode): E.Either<Refusal, Written> => {
  const info = write.table.table
  const met = metRows(run, write)
  if (E.isLeft(met)) return met
  const only = looksBeside(write)
  const rows: Array<Row> = []
  const given: Array<Row> = []
  const changes: Array<Change> = []
  for (const one of met.right) {
    if (one.scopes.length === 0) {
      rows.push(one.row)
      continue
    }
    const scope = placeOf(write, only, one)
    if (E.isLeft(scope)) return scope
    const after = changedRow(run, info, one.row, write.set, scope.right)
    if (E.isLeft(after)) return after
    rows.push(after.right)
    given.push(after.right)
    changes.push({ before: one.row, after: after.right })
  }
  return E.right({ rows, given, changes, key: keyOfRows(run, write, rows) })
}

export const deleted = (run: Run, write: DeleteNode): E.Either<Refusal, Written> => {
  const met = metRows(run, write)
  if (E.isLeft(met)) return met
  const given = met.right.filter(({ scopes }) => scopes.length > 0).map(({ row }) => row)
  return E.right({
    rows: met.right.filter(({ scopes }) => scopes.length === 0).map(({ row }) => row),
    given,
    changes: given.map((row) => ({ before: row, after: null })),
    key: lastKey(run.tables, write.from.table),
  })
}
