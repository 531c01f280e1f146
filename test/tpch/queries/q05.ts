/**
 * 5. What suppliers of a region sold to customers of their own nation in a year.
 */
import { pipe } from 'fp-ts/lib/function.js'

import { and, desc, eq, from, groupBy, gte, innerJoin, lt, orderBy, select, sum, where } from '../../../src/index.js'
import { customer, lineItem, nation, orders, region, supplier } from '../tables.js'
import { discounted } from './amounts.js'

export const q05 = pipe(
  from(customer),
  innerJoin(orders, eq(orders.custKey, customer.custKey)),
  innerJoin(lineItem, eq(lineItem.orderKey, orders.orderKey)),
  innerJoin(supplier, and(eq(supplier.suppKey, lineItem.suppKey), eq(supplier.nationKey, customer.nationKey))),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  innerJoin(region, eq(region.regionKey, nation.regionKey)),
  where(and(eq(region.name, 'ASIA'), gte(orders.orderDate, '1994-01-01'), lt(orders.orderDate, '1995-01-01'))),
  groupBy(nation.name),
  select({ nation: nation.name, revenue: sum(discounted) }),
  orderBy(desc(sum(discounted))),
)
