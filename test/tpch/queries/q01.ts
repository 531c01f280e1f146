/**
 * 1. Pricing summary: what was billed, shipped and returned up to a day.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  add,
  avg,
  count,
  from,
  groupBy,
  literal,
  lte,
  mul,
  numeric,
  orderBy,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem } from '../tables.js'
import { discounted } from './amounts.js'

const one = literal('1', numeric(1))

export const q01 = pipe(
  from(lineItem),
  where(lte(lineItem.shipDate, '1998-09-02')),
  groupBy(lineItem.returnFlag, lineItem.lineStatus),
  select({
    returnFlag: lineItem.returnFlag,
    lineStatus: lineItem.lineStatus,
    quantity: sum(lineItem.quantity),
    basePrice: sum(lineItem.extendedPrice),
    discountedPrice: sum(discounted),
    charge: sum(mul(discounted, add(one, lineItem.tax))),
    meanQuantity: avg(lineItem.quantity),
    meanPrice: avg(lineItem.extendedPrice),
    meanDiscount: avg(lineItem.discount),
    lines: count(),
  }),
  orderBy(lineItem.returnFlag, lineItem.lineStatus),
)
