/**
 * Foreign keys: what a change of rows does to the rows that refer to them, and whether every reference is met at the end.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { ReferentialAction } from '../expr/column.js'
import { tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { checkUnique } from './constraint.js'
import { type ConstraintError, foreignKeyViolation, notNullViolation } from './constraint-error.js'
import { replaceRows, rowsOfInfo, type Tables } from './tables.js'
import { keyOf, type Row } from './value.js'

/** A row before and after a statement; null where it was not there, or is no longer. */
export interface Change {
  readonly before: Row | null
  readonly after: Row | null
}

/** A foreign key with the table that it starts at. */
interface Reference {
  readonly child: TableInfo
  readonly key: ForeignKeyInfo
}

const targetIdentity = (key: ForeignKeyInfo): string =>
  tableIdentity({ schema: key.target.schema, name: key.target.table })

const referencesTo = (tables: Tables, info: TableInfo): ReadonlyArray<Reference> =>
  tables.infos.flatMap((child) =>
    child.foreignKeys.filter((key) => targetIdentity(key) === tableIdentity(info)).map((key) => ({ child, key })),
  )

const valuesOf = (rows: ReadonlyArray<Row>, column: string): ReadonlySet<string> =>
  new Set(rows.map((row) => keyOf(row[column])))

// -------------------------------------------------------------------------------------
// actions
// -------------------------------------------------------------------------------------

const acted = (action: ReferentialAction, column: string, row: Row, parent: Change): Change | null => {
  switch (action) {
    case 'cascade':
      return { before: row, after: parent.after === null ? null : { ...row, [column]: parent.after[parent.before === null ? '' : column] } }
    case 'setNull':
      return { before: row, after: { ...row, [column]: null } }
    case 'noAction':
    case 'restrict':
      return null
  }
}

export { acted, pipe, E, checkUnique, notNullViolation, foreignKeyViolation, replaceRows, rowsOfInfo, valuesOf, referencesTo }
export type { ConstraintError }
