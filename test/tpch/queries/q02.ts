/**
 * 2. The cheapest supplier in a region, for parts of a size and kind.
 */
import { pipe } from 'fp-ts/lib/function.js'

import { and, desc, eq, from, innerJoin, like, limit, min, orderBy, scalar, select, where } from '../../../src/index.js'
import { nation, part, partSupplier, region, supplier } from '../tables.js'

/** What the suppliers of Europe ask for the part of the row around it. */
const europeanCosts = pipe(
  from(partSupplier),
  innerJoin(supplier, eq(supplier.suppKey, partSupplier.suppKey)),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  innerJoin(region, eq(region.regionKey, nation.regionKey)),
  where(and(eq(partSupplier.partKey, part.partKey), eq(region.name, 'EUROPE'))),
)

export const q02 = pipe(
  from(part),
  innerJoin(partSupplier, eq(partSupplier.partKey, part.partKey)),
  innerJoin(supplier, eq(supplier.suppKey, partSupplier.suppKey)),
  innerJoin(nation, eq(nation.nationKey, supplier.nationKey)),
  innerJoin(region, eq(region.regionKey, nation.regionKey)),
  where(and(eq(part.size, 15), pipe(part.type, like('%BRASS')), eq(region.name, 'EUROPE'))),
  where(eq(partSupplier.supplyCost, scalar(pipe(europeanCosts, select(min(partSupplier.supplyCost)))))),
  select({
    acctBal: supplier.acctBal,
    supplier: supplier.name,
    nation: nation.name,
    partKey: part.partKey,
    mfgr: part.mfgr,
    address: supplier.address,
    phone: supplier.phone,
    comment: supplier.comment,
  }),
  orderBy(desc(supplier.acctBal), nation.name, supplier.name, part.partKey),
  limit(100),
)
