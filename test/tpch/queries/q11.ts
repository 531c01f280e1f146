/**
 * 11. The stock that is worth more than a hundredth of what a nation's suppliers hold.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  cast,
  desc,
  eq,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  literal,
  mul,
  numeric,
  orderBy,
  scalar,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { nation, partSupplier, supplier } from '../tables.js'

const german = pipe(
  from(partSupplier),
  innerJoin(supplier, eq(supplier.suppKey, partSupplier.suppKey)),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  where(eq(nation.name, 'GERMANY')),
)
const worth = sum(mul(partSupplier.supplyCost, cast(partSupplier.availQty, numeric(10, 0))))
const hundredth = literal('0.01', numeric(3, 2))

export const q11 = pipe(
  german,
  groupBy(partSupplier.partKey),
  having(gt(worth, scalar(pipe(german, select(mul(worth, hundredth)))))),
  select({ partKey: partSupplier.partKey, value: worth }),
  orderBy(desc(worth)),
)
