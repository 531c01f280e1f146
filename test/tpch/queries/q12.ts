/**
 * 12. Whether cheap ways of shipping made urgent orders late.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  caseWhen,
  eq,
  from,
  groupBy,
  gte,
  inList,
  innerJoin,
  lt,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem, orders } from '../tables.js'

const urgent = pipe(orders.orderPriority, inList(['1-URGENT', '2-HIGH']))

export const q12 = pipe(
  from(orders),
  innerJoin(lineItem, eq(lineItem.orderKey, orders.orderKey)),
  where(
    and(
      pipe(lineItem.shipMode, inList(['MAIL', 'SHIP'])),
      lt(lineItem.commitDate, lineItem.receiptDate),
      lt(lineItem.shipDate, lineItem.commitDate),
      gte(lineItem.receiptDate, '1994-01-01'),
      lt(lineItem.receiptDate, '1995-01-01'),
    ),
  ),
  groupBy(lineItem.shipMode),
  select({
    shipMode: lineItem.shipMode,
    urgent: sum(caseWhen(urgent, 1).otherwise(0)),
    others: sum(caseWhen(urgent, 0).otherwise(1)),
  }),
  orderBy(lineItem.shipMode),
)
