// Queries inside queries: in a list, in EXISTS, as a value.
import { pipe } from 'fp-ts/lib/function.js'
import { count, desc, eq, exists, from, inQuery, like, orderBy, scalar, select, where } from 'relvar'

import { all, type Case } from '../../../support/conformance/case.js'
import { account, addresses, customer, users } from '../../../support/conformance/tables.js'

const names = pipe(from(users), select({ name: users.name }), orderBy(users.id))
const addressesOf = pipe(from(addresses), where(eq(addresses.user_id, users.id)))
const likeEd = pipe(from(users), where(pipe(users.name, like('%ed%'))), select(users.name))
const accountsOf = scalar(pipe(from(account), where(eq(account.cust_id, customer.id)), select(count(account.acct_no))))

export const nested: ReadonlyArray<Case> = [
  all('q12', pipe(names, where(pipe(users.name, inQuery(likeEd))))),
  all('q41', pipe(names, where(exists(addressesOf)))),
  all('q108', pipe(names, select({ name: users.name, has_address: exists(addressesOf) }))),
  all(
    'q109',
    pipe(
      from(customer),
      select({ name: customer.first_name, accounts: accountsOf }),
      orderBy(desc(accountsOf), customer.id),
    ),
  ),
]
