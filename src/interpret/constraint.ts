/**
 * Keys: no two rows share a primary key or a unique value. Nulls never meet.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TableInfo } from '../expr/source.js'
import { type UniqueViolation, uniqueViolation } from './constraint-error.js'
import { keyOf, type Row } from './value.js'

const repeats = (rows: ReadonlyArray<Row>, columns: ReadonlyArray<string>): boolean => {
  const seen = new Set<string>()
  return rows.some((row) => {
    const values = columns.map((column) => row[column])
    if (values.includes(null)) return false
    const key = keyOf(values)
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })
}

/** Left with the columns of the first key that two rows share. */
export const checkUnique = (info: TableInfo, rows: ReadonlyArray<Row>): E.Either<UniqueViolation, null> => {
  const unique = info.uniques.map((u) => u.columns)
  const keys = info.primaryKey.length === 0 ? unique : [info.primaryKey, ...unique]
  const broken = keys.find((columns) => repeats(rows, columns))
  return broken === undefined ? E.right(null) : E.left(uniqueViolation(info.name, broken))
}
