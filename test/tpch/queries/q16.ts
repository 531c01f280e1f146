/**
 * 16. How many suppliers without complaints could supply parts of some kinds.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  countDistinct,
  desc,
  eq,
  from,
  groupBy,
  inList,
  innerJoin,
  inQuery,
  like,
  ne,
  not,
  orderBy,
  select,
  where,
} from '../../../src/index.js'
import { part, partSupplier, supplier } from '../tables.js'

const complainedAbout = pipe(
  from(supplier),
  where(pipe(supplier.comment, like('%Customer%Complaints%'))),
  select(supplier.suppKey),
)
const suppliers = countDistinct(partSupplier.suppKey)

export const q16 = pipe(
  from(partSupplier),
  innerJoin(part, eq(part.partKey, partSupplier.partKey)),
  where(
    and(
      ne(part.brand, 'Brand#45'),
      not(pipe(part.type, like('MEDIUM POLISHED%'))),
      pipe(part.size, inList([49, 14, 23, 45, 19, 3, 36, 9])),
      not(pipe(partSupplier.suppKey, inQuery(complainedAbout))),
    ),
  ),
  groupBy(part.brand, part.type, part.size),
  select({ brand: part.brand, type: part.type, size: part.size, suppliers }),
  orderBy(desc(suppliers), part.brand, part.type, part.size),
)
