/**
 * 19. What parts of three kinds earned that came by air and were handed over in person.
 */
import { pipe } from 'fp-ts/lib/function.js'

import { and, between, type Decimal, eq, from, inList, innerJoin, or, select, sum, where } from '../../../src/index.js'
import { lineItem, part } from '../tables.js'
import { discounted } from './amounts.js'

const kind = (brand: string, containers: ReadonlyArray<string>, least: Decimal, most: Decimal, size: number) =>
  and(
    eq(part.brand, brand),
    pipe(part.container, inList(containers)),
    pipe(lineItem.quantity, between(least, most)),
    pipe(part.size, between(1, size)),
  )

export const q19 = pipe(
  from(lineItem),
  innerJoin(part, eq(part.partKey, lineItem.partKey)),
  where(
    and(
      pipe(lineItem.shipMode, inList(['AIR', 'AIR REG'])),
      eq(lineItem.shipInstruct, 'DELIVER IN PERSON'),
      or(
        kind('Brand#12', ['SM CASE', 'SM BOX', 'SM PACK', 'SM PKG'], '1', '11', 5),
        kind('Brand#23', ['MED BAG', 'MED BOX', 'MED PKG', 'MED PACK'], '10', '20', 10),
        kind('Brand#34', ['LG CASE', 'LG BOX', 'LG PACK', 'LG PKG'], '20', '30', 15),
      ),
    ),
  ),
  select({ revenue: sum(discounted) }),
)
