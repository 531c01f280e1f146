/**
 * 8. A nation's share in a region's market for a kind of part, by year.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  alias,
  and,
  between,
  caseWhen,
  div,
  eq,
  extract,
  from,
  groupBy,
  innerJoin,
  literal,
  numeric,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { customer, lineItem, nation, orders, part, region, supplier } from '../tables.js'
import { discounted } from './amounts.js'

const buyer = pipe(nation, alias('buyer'))
const seller = pipe(nation, alias('seller'))
const year = extract(orders.orderDate, 'year')
const ofBrazil = caseWhen(eq(seller.name, 'BRAZIL'), discounted).otherwise(literal('0', numeric(13, 4)))

export const q08 = pipe(
  from(part),
  innerJoin(lineItem, eq(lineItem.partKey, part.partKey)),
  innerJoin(supplier, eq(supplier.suppKey, lineItem.suppKey)),
  innerJoin(orders, eq(orders.orderKey, lineItem.orderKey)),
  innerJoin(customer, eq(customer.custKey, orders.custKey)),
  innerJoin(buyer, eq(buyer.nationKey, customer.nationKey)),
  innerJoin(region, eq(region.regionKey, buyer.regionKey)),
  innerJoin(seller, eq(seller.nationKey, supplier.nationKey)),
  where(
    and(
      eq(region.name, 'AMERICA'),
      pipe(orders.orderDate, between('1995-01-01', '1996-12-31')),
      eq(part.type, 'ECONOMY ANODIZED STEEL'),
    ),
  ),
  groupBy(year),
  select({ year, share: div(sum(ofBrazil), sum(discounted)) }),
  orderBy(year),
)
