/**
 * Keys: no two rows share a primary key, or a value of a unique constraint or index. Nulls never meet.
 */
import * as E from 'fp-ts/lib/Either.js'

import { keysOfTable, type TableKey } from '../expr/conflict-key.js'
import type { IndexInfo, TableInfo } from '../expr/source.js'
import { type UniqueViolation, uniqueViolation } from './constraint-error.js'
import type { EvalError, Result } from './eval-error.js'
import { holds, valueOf } from './expression.js'
import { bind, type Here, type Run } from './scope.js'
import { keyOf, type Row, typedKey } from './value.js'

// -------------------------------------------------------------------------------------
// values of keys
// -------------------------------------------------------------------------------------

/** The text that rows with one value of a key share; null where the row has none: a null in it, or the index does not hold the row. */
export const keyText = (run: Run, info: TableInfo, key: TableKey, row: Row): Result<string | null> => {
  const { columns, index } = key
  if (index !== null) return indexText(run, info, index, row)
  const values: Array<unknown> = []
  for (const column of columns ?? []) {
    const value = row[column]
    if (value === null) return E.right(null)
    values.push(value)
  }
  return E.right(keyOf(values))
}

const indexText = (run: Run, info: TableInfo, index: IndexInfo, row: Row): Result<string | null> => {
  const here: Here = { run, scope: bind(info.name, row, null), group: null }
  const held = holds(here, index.where)
  if (E.isLeft(held)) return held
  if (!held.right) return E.right(null)
  const texts: Array<string> = []
  for (const { expr } of index.parts) {
    const value = valueOf(here, expr)
    if (E.isLeft(value)) return value
    if (value.right === null) return E.right(null)
    texts.push(typedKey(expr.type)(value.right))
  }
  return E.right(JSON.stringify(texts))
}

/** What is broken where two rows have one value of the key. */
export const sharedKey = (info: TableInfo, { columns, name }: TableKey): UniqueViolation =>
  uniqueViolation(info.name, columns ?? [], name)

// -------------------------------------------------------------------------------------
// check
// -------------------------------------------------------------------------------------

const isDeferred = ({ uniques }: TableInfo, { columns }: TableKey): boolean =>
  uniques.some((unique) => unique.columns === columns && unique.deferrable === 'deferred')

/** Left with the first key that two rows share. */
export const checkUnique = (
  run: Run,
  info: TableInfo,
  rows: ReadonlyArray<Row>,
): E.Either<EvalError | UniqueViolation, null> => {
  for (const key of keysOfTable(info)) {
    if (run.tables.deferring === true && isDeferred(info, key)) continue
    const seen = new Set<string>()
    for (const row of rows) {
      const text = keyText(run, info, key, row)
      if (E.isLeft(text)) return text
      if (text.right === null) continue
      if (seen.has(text.right)) return E.left(sharedKey(info, key))
      seen.add(text.right)
    }
  }
  return E.right(null)
}
