/**
 * 20. Suppliers of a nation with more of some parts in stock than half of what they shipped in a year.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  cast,
  eq,
  from,
  gt,
  gte,
  innerJoin,
  inQuery,
  like,
  literal,
  lt,
  mul,
  numeric,
  orderBy,
  scalar,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem, nation, part, partSupplier, supplier } from '../tables.js'

const forestParts = pipe(from(part), where(pipe(part.name, like('forest%'))), select(part.partKey))

const halfOfShipped = pipe(
  from(lineItem),
  where(
    and(
      eq(lineItem.partKey, partSupplier.partKey),
      eq(lineItem.suppKey, partSupplier.suppKey),
      gte(lineItem.shipDate, '1994-01-01'),
      lt(lineItem.shipDate, '1995-01-01'),
    ),
  ),
  select(mul(sum(lineItem.quantity), literal('0.5', numeric(2, 1)))),
)

const wellStocked = pipe(
  from(partSupplier),
  where(pipe(partSupplier.partKey, inQuery(forestParts))),
  where(gt(cast(partSupplier.availQty, numeric(10, 0)), scalar(halfOfShipped))),
  select(partSupplier.suppKey),
)

export const q20 = pipe(
  from(supplier),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  where(and(pipe(supplier.suppKey, inQuery(wellStocked)), eq(nation.name, 'CANADA'))),
  select({ name: supplier.name, address: supplier.address }),
  orderBy(supplier.name),
)
