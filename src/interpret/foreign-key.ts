/**
 * Foreign keys: what a change of rows does to the rows that refer to them, and whether every reference is met afterwards.
 */
import * as E from 'fp-ts/lib/Either.js'

import { tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type ForeignKeyViolation, foreignKeyViolation } from './constraint-error.js'
import { replaceRows, rowsOfInfo, type Tables } from './tables.js'
import { keyOf, type Row } from './value.js'

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

const targetOf = ({ key }: Reference): { readonly schema: string | null; readonly name: string } => ({
  schema: key.target.schema,
  name: key.target.table,
})

const references = (tables: Tables): ReadonlyArray<Reference> =>
  tables.infos.flatMap((child) => child.foreignKeys.map((key) => ({ child, key })))

const valuesAt = (row: Row, columns: ReadonlyArray<string>): ReadonlyArray<unknown> => columns.map((c) => row[c])

const valuesIn = (
  tables: Tables,
  table: { readonly schema: string | null; readonly name: string },
  columns: ReadonlyArray<string>,
): ReadonlySet<string> =>
  new Set((tables.rows.get(tableIdentity(table)) ?? []).map((row) => keyOf(valuesAt(row, columns))))

const setTo = (row: Row, columns: ReadonlyArray<string>, value: (i: number) => unknown): Row =>
  Object.freeze({ ...row, ...Object.fromEntries(columns.map((c, i) => [c, value(i)])) })

// -------------------------------------------------------------------------------------
// actions
// -------------------------------------------------------------------------------------

/** What becomes of a row that referred to a value of `parent`, which that row no longer has. */
const followed = ({ key }: Reference, parent: Change, row: Row): Row | null => {
  const { target, columns } = key
  const { after } = parent
  const action = parent.after === null ? target.onDelete : target.onUpdate
  switch (action) {
    case 'cascade':
      return after === null ? null : setTo(row, columns, (i) => after[target.columns[i] ?? ''])
    case 'setNull':
      return setTo(row, columns, () => null)
    case 'setDefault':
    case 'noAction':
    case 'restrict':
      return row
  }
}

/** The tables after the actions of one foreign key, and what it changed. */
const acted = (
  tables: Tables,
  reference: Reference,
  changes: ReadonlyArray<Change>,
): readonly [Tables, ReadonlyArray<Change>] => {
  const { target, columns } = reference.key
  const left = valuesIn(tables, targetOf(reference), target.columns)
  const lost = new Map(
    changes
      .map((change) => [keyOf(valuesAt(change.before, target.columns)), change] as const)
      .filter(([value, { before }]) => !valuesAt(before, target.columns).includes(null) && !left.has(value)),
  )
  const moved = rowsOfInfo(tables, reference.child).map((row) => {
    const values = valuesAt(row, columns)
    const parent = values.includes(null) ? undefined : lost.get(keyOf(values))
    return { before: row, after: parent === undefined ? row : followed(reference, parent, row) }
  })
  const changed = moved.filter(({ before, after }) => before !== after)
  if (changed.length === 0) return [tables, []]
  const kept = moved.flatMap(({ after }) => (after === null ? [] : [after]))
  return [replaceRows(tables, reference.child, kept), changed]
}

/** The tables after the actions of all foreign keys that lead to a table whose rows changed, and of those that follow. */
export const withActions = (tables: Tables, info: TableInfo, changes: ReadonlyArray<Change>): Tables =>
  references(tables)
    .filter((reference) => tableIdentity(targetOf(reference)) === tableIdentity(info))
    .reduce((before, reference) => {
      const [after, followers] = acted(before, reference, changes)
      return followers.length === 0 ? after : withActions(after, reference.child, followers)
    }, tables)

// -------------------------------------------------------------------------------------
// check
// -------------------------------------------------------------------------------------

/** Left with the first reference that is not met, of those that a change of rows can have broken. */
export const checkReferences = (before: Tables, after: Tables): E.Either<ForeignKeyViolation, null> => {
  const isChanged = (table: { readonly schema: string | null; readonly name: string }): boolean =>
    before.rows.get(tableIdentity(table)) !== after.rows.get(tableIdentity(table))
  for (const reference of references(after)) {
    const { child, key } = reference
    if (!isChanged(child) && !isChanged(targetOf(reference))) continue
    const there = valuesIn(after, targetOf(reference), key.target.columns)
    const broken = rowsOfInfo(after, child)
      .map((row) => valuesAt(row, key.columns))
      .some((values) => !values.includes(null) && !there.has(keyOf(values)))
    if (broken) return E.left(foreignKeyViolation(child.name, key.columns, key.target.table))
  }
  return E.right(null)
}
