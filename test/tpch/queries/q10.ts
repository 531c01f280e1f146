/**
 * 10. The twenty customers who sent back the most in a quarter.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  desc,
  eq,
  from,
  groupBy,
  gte,
  innerJoin,
  limit,
  lt,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { customer, lineItem, nation, orders } from '../tables.js'
import { discounted } from './amounts.js'

export const q10 = pipe(
  from(customer),
  innerJoin(orders, eq(orders.custKey, customer.custKey)),
  innerJoin(lineItem, eq(lineItem.orderKey, orders.orderKey)),
  innerJoin(nation, eq(nation.nationKey, customer.nationKey)),
  where(and(gte(orders.orderDate, '1993-10-01'), lt(orders.orderDate, '1994-01-01'), eq(lineItem.returnFlag, 'R'))),
  // The two keys free all columns of their tables.
  groupBy(customer.custKey, nation.nationKey),
  select({
    custKey: customer.custKey,
    name: customer.name,
    revenue: sum(discounted),
    acctBal: customer.acctBal,
    nation: nation.name,
    address: customer.address,
    phone: customer.phone,
    comment: customer.comment,
  }),
  orderBy(desc(sum(discounted))),
  limit(20),
)
