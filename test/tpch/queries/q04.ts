/**
 * 4. How many orders of a quarter had a line that came late, by priority.
 */
import { pipe } from 'fp-ts/lib/function.js'

import { and, count, eq, exists, from, groupBy, gte, lt, orderBy, select, where } from '../../../src/index.js'
import { lineItem, orders } from '../tables.js'

const late = pipe(
  from(lineItem),
  where(and(eq(lineItem.orderKey, orders.orderKey), lt(lineItem.commitDate, lineItem.receiptDate))),
)

export const q04 = pipe(
  from(orders),
  where(and(gte(orders.orderDate, '1993-07-01'), lt(orders.orderDate, '1993-10-01'), exists(late))),
  groupBy(orders.orderPriority),
  select({ priority: orders.orderPriority, orders: count() }),
  orderBy(orders.orderPriority),
)
