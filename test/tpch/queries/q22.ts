/**
 * 22. Customers of some countries who never order though they could pay, by country code.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  avg,
  cast,
  count,
  double,
  eq,
  exists,
  from,
  groupBy,
  gt,
  inList,
  not,
  orderBy,
  scalar,
  select,
  substring,
  sum,
  where,
} from '../../../src/index.js'
import { customer, orders } from '../tables.js'

const countryCode = pipe(customer.phone, substring(0, 2))
const chosen = pipe(from(customer), where(pipe(countryCode, inList(['13', '31', '23', '29', '30', '18', '17']))))
const meanOfPositive = pipe(chosen, where(gt(customer.acctBal, '0')), select(avg(customer.acctBal)))
const ordersOf = pipe(from(orders), where(eq(orders.custKey, customer.custKey)))

export const q22 = pipe(
  chosen,
  where(and(gt(cast(customer.acctBal, double), scalar(meanOfPositive)), not(exists(ordersOf)))),
  groupBy(countryCode),
  select({ countryCode, customers: count(), balance: sum(customer.acctBal) }),
  orderBy(countryCode),
)
