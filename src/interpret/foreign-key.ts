/**
 * Foreign keys: what a change of rows does to the rows that refer to them, and whether every reference is met afterwards.
 *
 * `restrict` acts at once; what is said by `noAction` is asked at the end of the statement, and where it is deferred, at the end of the
 * transaction.
 */
import * as E from 'fp-ts/lib/Either.js'

import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type ForeignKeyViolation, foreignKeyViolation, notNullViolation } from './constraint-error.js'
import { type Refusal, ruled, valueFor } from './row-rules.js'
import type { Run } from './scope.js'
import { replaceRows, rowsOfInfo, type Tables } from './tables.js'
import { keyOf, put, type Row } from './value.js'

/** A row that a statement met, and what became of it: null where it is gone. */
export interface Change {
  readonly before: Row
  readonly after: Row | null
}

/** A foreign key with the table that it starts at. */
interface Reference {
  readonly child: TableInfo
  readonly key: ForeignKeyInfo
}

/** Rows that referred to a row which lost its key, with that row's change. */
type Lost = ReadonlyMap<string, Change>

const targetOf = ({ key }: Reference): { readonly schema: string | null; readonly name: string } => ({
  schema: key.target.schema,
  name: key.target.table,
})

const references = (tables: Tables): ReadonlyArray<Reference> =>
  tables.infos.flatMap((child) => child.foreignKeys.map((key) => ({ child, key })))

/** The text that rows with these values share; null where one of them is null: such a row refers to nothing. */
const textAt = (row: Row, columns: ReadonlyArray<string>): string | null => {
  const values = columns.map((c) => row[c])
  return values.includes(null) ? null : keyOf(values)
}

const violation = ({ child, key }: Reference): ForeignKeyViolation =>
  foreignKeyViolation(child.name, key.columns, key.target.table, key.target.name)

// -------------------------------------------------------------------------------------
// actions
// -------------------------------------------------------------------------------------

/** The keys that changes took away from rows that had them. */
const lostBy = ({ key }: Reference, changes: ReadonlyArray<Change>): Lost => {
  const lost = new Map<string, Change>()
  for (const change of changes) {
    const text = textAt(change.before, key.target.columns)
    if (text === null) continue
    if (change.after === null || textAt(change.after, key.target.columns) !== text) lost.set(text, change)
  }
  return lost
}

const actionOf = ({ key }: Reference, change: Change): ForeignKeyInfo['target']['onDelete'] =>
  change.after === null ? key.target.onDelete : key.target.onUpdate

const refersTo = (row: Row, { key }: Reference, lost: Lost): Change | undefined => {
  const text = textAt(row, key.columns)
  return text === null ? undefined : lost.get(text)
}

const defaultOf = (run: Run, info: TableInfo, column: ColumnInfo): E.Either<Refusal, unknown> =>
  column.serverDefault === null
    ? E.right(null)
    : valueFor({ run, scope: null, group: null }, info, column, column.serverDefault)

/** The referring row with other values in the columns of its key. */
const moved = (
  run: Run,
  { child, key }: Reference,
  row: Row,
  valueAt: (column: ColumnInfo, i: number) => E.Either<Refusal, unknown>,
): E.Either<Refusal, Row> => {
  const made: Record<string, unknown> = { ...row }
  for (const [i, name] of key.columns.entries()) {
    const column = child.columns.find((c) => c.key === name)
    if (column === undefined) continue
    const value = valueAt(column, i)
    if (E.isLeft(value)) return value
    if (value.right === null && !column.nullable) return E.left(notNullViolation(child.name, name))
    put(made, name, value.right)
  }
  return ruled(run, child, Object.freeze(made))
}

/** What becomes of a row that referred to a key of `parent`, which that row no longer has. */
const followed = (run: Run, reference: Reference, parent: Change, row: Row): E.Either<Refusal, Row | null> => {
  const { target } = reference.key
  const { after } = parent
  switch (actionOf(reference, parent)) {
    case 'cascade':
      return after === null
        ? E.right(null)
        : moved(run, reference, row, (_, i) => E.right(after[target.columns[i] ?? ''] ?? null))
    case 'setNull':
      return moved(run, reference, row, () => E.right(null))
    case 'setDefault':
      return moved(run, reference, row, (column) => defaultOf(run, reference.child, column))
    case 'noAction':
    case 'restrict':
      return E.right(row)
  }
}

/** The tables after the actions of one foreign key, and what it changed. */
const acted = (
  run: Run,
  tables: Tables,
  reference: Reference,
  lost: Lost,
): E.Either<Refusal, readonly [Tables, ReadonlyArray<Change>]> => {
  const kept: Array<Row> = []
  const changes: Array<Change> = []
  for (const row of rowsOfInfo(tables, reference.child)) {
    const parent = refersTo(row, reference, lost)
    const after = parent === undefined ? E.right(row) : followed(run, reference, parent, row)
    if (E.isLeft(after)) return after
    if (after.right !== null) kept.push(after.right)
    if (after.right !== row) changes.push({ before: row, after: after.right })
  }
  return E.right(changes.length === 0 ? [tables, changes] : [replaceRows(tables, reference.child, kept), changes])
}

/** Left where a row still refers to what is taken away, and its foreign key restricts. */
const restricted = (
  tables: Tables,
  found: ReadonlyArray<readonly [Reference, Lost]>,
): E.Either<ForeignKeyViolation, null> => {
  for (const [reference, lost] of found) {
    const { onDelete, onUpdate } = reference.key.target
    if (onDelete !== 'restrict' && onUpdate !== 'restrict') continue
    const held = rowsOfInfo(tables, reference.child).some((row) => {
      const parent = refersTo(row, reference, lost)
      return parent !== undefined && actionOf(reference, parent) === 'restrict'
    })
    if (held) return E.left(violation(reference))
  }
  return E.right(null)
}

/** The tables after the actions of all foreign keys that lead to a table whose rows changed, and of those that follow. */
export const withActions = (
  run: Run,
  tables: Tables,
  info: TableInfo,
  changes: ReadonlyArray<Change>,
): E.Either<Refusal, Tables> => {
  if (changes.length === 0) return E.right(tables)
  const found = references(tables)
    .filter((reference) => tableIdentity(targetOf(reference)) === tableIdentity(info))
    .map((reference) => [reference, lostBy(reference, changes)] as const)
    .filter(([, lost]) => lost.size > 0)
  const stopped = restricted(tables, found)
  if (E.isLeft(stopped)) return stopped
  let after = tables
  for (const [reference, lost] of found) {
    const done = acted(run, after, reference, lost)
    if (E.isLeft(done)) return done
    const [next, followers] = done.right
    const further = withActions(run, next, reference.child, followers)
    if (E.isLeft(further)) return further
    after = further.right
  }
  return E.right(after)
}

// -------------------------------------------------------------------------------------
// check
// -------------------------------------------------------------------------------------

/** Left with the first reference that is not met, of those that a change of rows can have broken. */
export const checkReferences = (before: Tables, after: Tables): E.Either<ForeignKeyViolation, null> => {
  const isChanged = (table: { readonly schema: string | null; readonly name: string }): boolean =>
    before.rows.get(tableIdentity(table)) !== after.rows.get(tableIdentity(table))
  for (const reference of references(after)) {
    const { child, key } = reference
    if (after.deferring === true && key.target.deferrable === 'deferred') continue
    if (!isChanged(child) && !isChanged(targetOf(reference))) continue
    const targets = after.rows.get(tableIdentity(targetOf(reference))) ?? []
    const there = new Set(targets.map((row) => textAt(row, key.target.columns)))
    const broken = rowsOfInfo(after, child).some((row) => {
      const text = textAt(row, key.columns)
      return text !== null && !there.has(text)
    })
    if (broken) return E.left(violation(reference))
  }
  return E.right(null)
}
