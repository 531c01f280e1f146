/**
 * 21. Suppliers who alone kept an order of several suppliers waiting.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  alias,
  and,
  count,
  desc,
  eq,
  exists,
  from,
  groupBy,
  gt,
  innerJoin,
  limit,
  ne,
  not,
  orderBy,
  select,
  where,
} from '../../../src/index.js'
import { lineItem, nation, orders, supplier } from '../tables.js'

const other = pipe(lineItem, alias('other'))
const ofOthers = pipe(
  from(other),
  where(and(eq(other.orderKey, lineItem.orderKey), ne(other.suppKey, lineItem.suppKey))),
)

export const q21 = pipe(
  from(supplier),
  innerJoin(lineItem, eq(lineItem.suppKey, supplier.suppKey)),
  innerJoin(orders, eq(orders.orderKey, lineItem.orderKey)),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  where(
    and(
      eq(nation.name, 'SAUDI ARABIA'),
      eq(orders.orderStatus, 'F'),
      gt(lineItem.receiptDate, lineItem.commitDate),
      exists(ofOthers),
      not(exists(pipe(ofOthers, where(gt(other.receiptDate, other.commitDate))))),
    ),
  ),
  groupBy(supplier.name),
  select({ supplier: supplier.name, waits: count() }),
  orderBy(desc(count()), supplier.name),
  limit(100),
)
