// All cases that run.
import type { Case } from '../../support/conformance/case.js'
import { filtering } from './cases/filtering.js'
import { grouping } from './cases/grouping.js'
import { joining } from './cases/joining.js'
import { loading } from './cases/loading.js'
import { nested } from './cases/nested.js'
import { relations } from './cases/relations.js'
import { selecting } from './cases/selecting.js'
import { transactions } from './cases/transactions.js'
import { units } from './cases/units.js'
import { writing } from './cases/writing.js'

/** They leave the tables as they are, so they share them. */
export const reads: ReadonlyArray<Case> = [
  ...selecting,
  ...filtering,
  ...joining,
  ...grouping,
  ...nested,
  ...relations,
  ...loading,
]

/** Each needs the tables as they were. */
export const writes: ReadonlyArray<Case> = [...writing, ...transactions, ...units]
