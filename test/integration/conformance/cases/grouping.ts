// Groups and aggregates, distinct rows, set operations.
import { pipe } from 'fp-ts/lib/function.js'
import {
  count,
  countDistinct,
  desc,
  distinct,
  eq,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  like,
  limit,
  lt,
  max,
  min,
  orderBy,
  select,
  sum,
  union,
  unionAll,
  where,
} from 'relvar'

import { all, type Case, each, failing, meaning, program } from '../../../support/conformance/case.js'
import { account, customer, users } from '../../../support/conformance/tables.js'

const byCustomer = pipe(from(account), groupBy(account.cust_id), orderBy(account.cust_id))

const accounts = count(account.cust_id)
const counted = pipe(
  from(customer),
  innerJoin(account, eq(customer.id, account.cust_id)),
  select({ last_name: customer.last_name, accounts }),
  orderBy(accounts, customer.id),
)

const lastNames = pipe(from(customer), select({ last_name: customer.last_name }))
const above = pipe(lastNames, where(gt(customer.id, 4)))
const below = pipe(lastNames, where(lt(customer.id, 3)))

const idAndName = pipe(from(customer), select({ id: customer.id, last_name: customer.last_name }))
const byName = pipe(from(users), orderBy(users.id))

export const grouping: ReadonlyArray<Case> = [
  program('q30', (world) => world.count(pipe(from(users), where(pipe(users.name, like('%ed')))))),
  all(
    'q31',
    pipe(from(users), groupBy(users.name), select({ count: count(users.name), name: users.name }), orderBy(users.name)),
  ),
  program('q32', (world) => world.scalar(pipe(from(users), select(count())))),
  program('q33', (world) => world.scalar(pipe(from(users), select(count(users.id))))),
  all(
    'q61',
    pipe(byCustomer, select({ max: max(account.acct_no), sum: sum(account.acct_no), min: min(account.acct_no) })),
  ),
  all(
    'q62',
    pipe(
      byCustomer,
      having(gt(min(account.acct_no), 1002)),
      select({ cust_id: account.cust_id, min: min(account.acct_no) }),
    ),
  ),
  all('q63', pipe(above, union(below))),
  all('q64', pipe(above, unionAll(below))),
  all('q66', pipe(lastNames, distinct)),
  all('q69', pipe(counted, groupBy(customer.id, customer.last_name))),
  each('q95', (world) => [
    world.scalar(pipe(from(customer), select(countDistinct(customer.last_name)))),
    world.count(pipe(lastNames, distinct)),
    world.scalar(pipe(from(customer), select(count(customer.mobile)))),
  ]),
  all('q96', pipe(counted, groupBy(customer.id))),
  pipe(
    program('q97', (world) => failing(world.all(pipe(byName, groupBy(users.name))))),
    meaning('Ungrouped on every engine', { error: 'Ungrouped' }),
  ),
  all(
    'q106',
    pipe(
      above,
      union(pipe(lastNames, where(lt(customer.id, 4)))),
      orderBy((row) => [desc(row.last_name)]),
      limit(3),
    ),
  ),
  all(
    'q107',
    pipe(
      pipe(idAndName, orderBy(customer.id), limit(2)),
      unionAll(pipe(idAndName, orderBy(desc(customer.id)), limit(1))),
      orderBy((row) => [row.id]),
    ),
  ),
]
