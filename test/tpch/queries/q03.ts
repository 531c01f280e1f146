/**
 * 3. The ten unshipped orders of the highest value.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  desc,
  eq,
  from,
  groupBy,
  gt,
  innerJoin,
  limit,
  lt,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { customer, lineItem, orders } from '../tables.js'
import { discounted } from './amounts.js'

export const q03 = pipe(
  from(customer),
  innerJoin(orders, eq(orders.custKey, customer.custKey)),
  innerJoin(lineItem, eq(lineItem.orderKey, orders.orderKey)),
  where(
    and(eq(customer.mktSegment, 'BUILDING'), lt(orders.orderDate, '1995-03-15'), gt(lineItem.shipDate, '1995-03-15')),
  ),
  groupBy(lineItem.orderKey, orders.orderDate, orders.shipPriority),
  select({
    orderKey: lineItem.orderKey,
    revenue: sum(discounted),
    orderDate: orders.orderDate,
    shipPriority: orders.shipPriority,
  }),
  orderBy(desc(sum(discounted)), orders.orderDate),
  limit(10),
)
