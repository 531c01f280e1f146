/**
 * 14. The part of a month's revenue that promoted parts made, in percent.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  caseWhen,
  div,
  eq,
  from,
  gte,
  innerJoin,
  like,
  literal,
  lt,
  mul,
  numeric,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { lineItem, part } from '../tables.js'
import { discounted } from './amounts.js'

const promoted = caseWhen(pipe(part.type, like('PROMO%')), discounted).otherwise(literal('0', numeric(13, 4)))

export const q14 = pipe(
  from(lineItem),
  innerJoin(part, eq(part.partKey, lineItem.partKey)),
  where(and(gte(lineItem.shipDate, '1995-09-01'), lt(lineItem.shipDate, '1995-10-01'))),
  select({ promoted: mul(div(sum(promoted), sum(discounted)), 100) }),
)
