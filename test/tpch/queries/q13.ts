/**
 * 13. How many customers have how many orders, those without any included.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  count,
  desc,
  eq,
  from,
  groupBy,
  leftJoin,
  like,
  not,
  orderBy,
  select,
  subquery,
} from '../../../src/index.js'
import { customer, orders } from '../tables.js'

const perCustomer = pipe(
  from(customer),
  leftJoin(orders, and(eq(orders.custKey, customer.custKey), not(pipe(orders.comment, like('%special%requests%'))))),
  groupBy(customer.custKey),
  select({ custKey: customer.custKey, orders: count(orders.orderKey) }),
  subquery('perCustomer'),
)

export const q13 = pipe(
  from(perCustomer),
  groupBy(perCustomer.orders),
  select({ orders: perCustomer.orders, customers: count() }),
  orderBy(desc(count()), desc(perCustomer.orders)),
)
