/**
 * What a write leaves of a table, and a row with new values.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Assignment } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import type { LastKey } from './automatic-key.js'
import type { Change } from './foreign-key.js'
import { type Refusal, ruled, valueFor } from './row-rules.js'
import type { Run, Scope } from './scope.js'
import { put, type Row } from './value.js'

/** A table after a write: all of its rows, those that the write gives back, what became of those it met, and its last key. */
export interface Written {
  readonly rows: ReadonlyArray<Row>
  readonly given: ReadonlyArray<Row>
  readonly changes: ReadonlyArray<Change>
  readonly key: LastKey
}

/** The row with its new values, each of which sees the old ones, in `scope`. */
export const changedRow = (
  run: Run,
  info: TableInfo,
  row: Row,
  set: ReadonlyArray<Assignment>,
  scope: Scope,
): E.Either<Refusal, Row> => {
  const made: Record<string, unknown> = { ...row }
  for (const { key, value } of set) {
    const column = info.columns.find((c) => c.key === key)
    if (column === undefined) continue
    const held = valueFor({ run, scope, group: null }, info, column, value)
    if (E.isLeft(held)) return held
    put(made, key, held.right)
  }
  return ruled(run, info, Object.freeze(made))
}
