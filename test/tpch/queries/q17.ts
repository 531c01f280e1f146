/**
 * 17. What would be lost in a year if small orders of some parts were no longer taken.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  alias,
  and,
  avg,
  cast,
  div,
  double,
  eq,
  from,
  innerJoin,
  lt,
  mul,
  scalar,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem, part } from '../tables.js'

const other = pipe(lineItem, alias('other'))
const fifthOfMean = pipe(from(other), where(eq(other.partKey, part.partKey)), select(mul(avg(other.quantity), 0.2)))

export const q17 = pipe(
  from(lineItem),
  innerJoin(part, eq(part.partKey, lineItem.partKey)),
  where(
    and(
      eq(part.brand, 'Brand#23'),
      eq(part.container, 'MED BOX'),
      lt(cast(lineItem.quantity, double), scalar(fifthOfMean)),
    ),
  ),
  select({ yearly: div(cast(sum(lineItem.extendedPrice), double), 7) }),
)
