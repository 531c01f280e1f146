/**
 * 6. What would have been earned without some discounts.
 */
import { pipe } from 'fp-ts/lib/function.js'

import { and, between, from, gte, lt, mul, select, sum, where } from '../../../src/index.js'
import { lineItem } from '../tables.js'

export const q06 = pipe(
  from(lineItem),
  where(
    and(
      gte(lineItem.shipDate, '1994-01-01'),
      lt(lineItem.shipDate, '1995-01-01'),
      pipe(lineItem.discount, between('0.05', '0.07')),
      lt(lineItem.quantity, '24'),
    ),
  ),
  select({ revenue: sum(mul(lineItem.extendedPrice, lineItem.discount)) }),
)
