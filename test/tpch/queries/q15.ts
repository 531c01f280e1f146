/**
 * 15. The supplier who earned the most in a quarter.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  cte,
  eq,
  from,
  groupBy,
  gte,
  innerJoin,
  lt,
  max,
  orderBy,
  scalar,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem, supplier } from '../tables.js'
import { discounted } from './amounts.js'

const revenue = pipe(
  from(lineItem),
  where(and(gte(lineItem.shipDate, '1996-01-01'), lt(lineItem.shipDate, '1996-04-01'))),
  groupBy(lineItem.suppKey),
  select({ suppKey: lineItem.suppKey, total: sum(discounted) }),
  cte('revenue'),
)

export const q15 = pipe(
  from(supplier),
  innerJoin(revenue, eq(revenue.suppKey, supplier.suppKey)),
  where(eq(revenue.total, scalar(pipe(from(revenue), select(max(revenue.total)))))),
  select({
    suppKey: supplier.suppKey,
    name: supplier.name,
    address: supplier.address,
    phone: supplier.phone,
    total: revenue.total,
  }),
  orderBy(supplier.suppKey),
)
