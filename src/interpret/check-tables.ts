/**
 * Whether tables that came about by more than one write keep what is said of them: where two transactions meet, or a key is new.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { tableIdentity } from '../expr/schema.js'
import type { TableInfo } from '../expr/source.js'
import { checkUnique } from './constraint.js'
import type { ConstraintError } from './constraint-error.js'
import type { EvalError } from './eval-error.js'
import { checkReferences } from './foreign-key.js'
import { runOf } from './run.js'
import { rowsOfInfo, type Tables } from './tables.js'
import { paramsOfTable } from './row-rules.js'

const isChanged = (before: Tables, after: Tables, info: TableInfo): boolean => {
  const id = tableIdentity(info)
  return before.rows.get(id) !== after.rows.get(id) || !before.infos.includes(info)
}

/** Left with the first key or reference that the tables after do not keep, of those that changed. */
export const checkTables = (before: Tables, after: Tables): E.Either<EvalError | ConstraintError, null> => {
  const changed = after.infos.filter((info) => isChanged(before, after, info))
  return pipe(
    runOf(changed.flatMap(paramsOfTable), {}, after),
    E.chainW((run) =>
      pipe(
        changed,
        E.traverseArray((info) => checkUnique(run, info, rowsOfInfo(after, info))),
      ),
    ),
    E.chainW(() => checkReferences(before, after)),
  )
}
