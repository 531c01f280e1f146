// All cases that run.
import type { Case } from '../../support/conformance/case.js'
import { filtering } from './cases/filtering.js'
import { grouping } from './cases/grouping.js'
import { joining } from './cases/joining.js'
import { loading } from './cases/loading.js'
import { nested } from './cases/nested.js'
import { rawReads, rawWrites } from './cases/raw.js'
import { recursion } from './cases/recursion.js'
import { relations } from './cases/relations.js'
import { selecting } from './cases/selecting.js'
import { transactions } from './cases/transactions.js'
import { typeReads, typeWrites } from './cases/types.js'
import { units } from './cases/units.js'
import { writing } from './cases/writing.js'

/** They leave the tables as they are, so they share them. */
export const reads: ReadonlyArray<Case> = [
  ...selecting,
  ...filtering,
  ...joining,
  ...grouping,
  ...nested,
  ...recursion,
  ...relations,
  ...loading,
  ...rawReads,
  ...typeReads,
]

/** Each needs the tables as they were. */
export const writes: ReadonlyArray<Case> = [...writing, ...transactions, ...units, ...rawWrites, ...typeWrites]
