/**
 * 9. The profit of a line of parts, by the supplier's nation and year.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  desc,
  eq,
  extract,
  from,
  groupBy,
  innerJoin,
  like,
  mul,
  orderBy,
  select,
  sub,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem, nation, orders, part, partSupplier, supplier } from '../tables.js'
import { discounted } from './amounts.js'

const year = extract(orders.orderDate, 'year')
const profit = sub(discounted, mul(partSupplier.supplyCost, lineItem.quantity))

export const q09 = pipe(
  from(part),
  innerJoin(lineItem, eq(lineItem.partKey, part.partKey)),
  innerJoin(supplier, eq(supplier.suppKey, lineItem.suppKey)),
  innerJoin(partSupplier, and(eq(partSupplier.partKey, lineItem.partKey), eq(partSupplier.suppKey, lineItem.suppKey))),
  innerJoin(orders, eq(orders.orderKey, lineItem.orderKey)),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  where(pipe(part.name, like('%green%'))),
  groupBy(nation.name, year),
  select({ nation: nation.name, year, profit: sum(profit) }),
  orderBy(nation.name, desc(year)),
)
