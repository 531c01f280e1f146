/**
 * 18. Orders of more than 300 pieces.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  desc,
  eq,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  inQuery,
  limit,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { customer, lineItem, orders } from '../tables.js'

const large = pipe(
  from(lineItem),
  groupBy(lineItem.orderKey),
  having(gt(sum(lineItem.quantity), '300')),
  select(lineItem.orderKey),
)

export const q18 = pipe(
  from(customer),
  innerJoin(orders, eq(orders.custKey, customer.custKey)),
  innerJoin(lineItem, eq(lineItem.orderKey, orders.orderKey)),
  where(pipe(orders.orderKey, inQuery(large))),
  groupBy(customer.custKey, orders.orderKey),
  select({
    name: customer.name,
    custKey: customer.custKey,
    orderKey: orders.orderKey,
    orderDate: orders.orderDate,
    totalPrice: orders.totalPrice,
    quantity: sum(lineItem.quantity),
  }),
  orderBy(desc(orders.totalPrice), orders.orderDate),
  limit(100),
)
