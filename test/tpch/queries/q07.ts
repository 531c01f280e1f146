/**
 * 7. What two nations sold to each other, by year.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  alias,
  and,
  between,
  eq,
  extract,
  from,
  groupBy,
  innerJoin,
  or,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { customer, lineItem, nation, orders, supplier } from '../tables.js'
import { discounted } from './amounts.js'

const seller = pipe(nation, alias('seller'))
const buyer = pipe(nation, alias('buyer'))
const year = extract(lineItem.shipDate, 'year')

export const q07 = pipe(
  from(supplier),
  innerJoin(lineItem, eq(lineItem.suppKey, supplier.suppKey)),
  innerJoin(orders, eq(orders.orderKey, lineItem.orderKey)),
  innerJoin(customer, eq(customer.custKey, orders.custKey)),
  innerJoin(seller, eq(seller.nationKey, supplier.nationKey)),
  innerJoin(buyer, eq(buyer.nationKey, customer.nationKey)),
  where(
    or(
      and(eq(seller.name, 'FRANCE'), eq(buyer.name, 'GERMANY')),
      and(eq(seller.name, 'GERMANY'), eq(buyer.name, 'FRANCE')),
    ),
  ),
  where(pipe(lineItem.shipDate, between('1995-01-01', '1996-12-31'))),
  groupBy(seller.name, buyer.name, year),
  select({ seller: seller.name, buyer: buyer.name, year, revenue: sum(discounted) }),
  orderBy(seller.name, buyer.name, year),
)
