// Rows of two tables and more side by side.
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  and,
  count,
  crossJoin,
  eq,
  from,
  groupBy,
  innerJoin,
  leftJoin,
  lt,
  ne,
  orderBy,
  select,
  subquery,
  where,
} from 'relvar'

import { all, type Case, program } from '../../../support/conformance/case.js'
import {
  account,
  addresses,
  customer,
  host,
  host_to_host_user,
  member,
  nodes,
  role,
  users,
} from '../../../support/conformance/tables.js'

const ofUser = eq(users.id, addresses.user_id)
const userWithEmail = { name: users.name, email: addresses.email_address }

const one = pipe(addresses, alias('addresses_1'))
const two = pipe(addresses, alias('addresses_2'))
const emails = { name: users.name, one: one.email_address, two: two.email_address }

const counts = pipe(
  from(addresses),
  groupBy(addresses.user_id),
  select({ user_id: addresses.user_id, address_count: count() }),
  subquery('counts'),
)

const kept = pipe(from(addresses), where(ne(addresses.email_address, 'j25@yahoo.com')), subquery('kept'))

const memberWithRole = { name: member.name, role_name: role.role_name }
const ofRole = eq(role.rid, member.role)

const n1 = pipe(nodes, alias('n1'))
const n2 = pipe(nodes, alias('n2'))
const n3 = pipe(nodes, alias('n3'))
const parents = pipe(from(n1), innerJoin(n2, eq(n1.id, n2.parent_id)), orderBy(n1.id, n2.id))

const c1 = pipe(customer, alias('c1'))
const c2 = pipe(customer, alias('c2'))

export const joining: ReadonlyArray<Case> = [
  all(
    'q34',
    pipe(
      from(users),
      crossJoin(addresses),
      where(and(ofUser, eq(addresses.email_address, 'jack@google.com'))),
      select({ user: users, address: addresses }),
    ),
  ),
  all('q35', pipe(from(users), innerJoin(addresses, ofUser), where(eq(addresses.email_address, 'jack@google.com')))),
  all('q36', pipe(from(users), innerJoin(addresses, ofUser), select(userWithEmail), orderBy(addresses.id))),
  all('q37', pipe(from(users), leftJoin(addresses, ofUser), select(userWithEmail), orderBy(users.id, addresses.id))),
  all(
    'q38',
    pipe(
      from(users),
      innerJoin(one, eq(users.id, one.user_id)),
      innerJoin(two, eq(users.id, two.user_id)),
      where(eq(one.email_address, 'jack@google.com')),
      where(eq(two.email_address, 'j25@yahoo.com')),
      select(emails),
    ),
  ),
  all(
    'q39',
    pipe(
      from(users),
      leftJoin(counts, eq(users.id, counts.user_id)),
      select({ user: users, address_count: counts.address_count }),
      orderBy(users.id),
    ),
  ),
  all('q40', pipe(from(users), innerJoin(kept, eq(users.id, kept.user_id)), select({ user: users, address: kept }))),
  all(
    'q54',
    pipe(
      from(addresses),
      innerJoin(users, ofUser),
      where(eq(users.name, 'jack')),
      select({ email: addresses.email_address, name: users.name }),
      orderBy(addresses.id),
    ),
  ),
  all('q55', pipe(from(member), innerJoin(role, ofRole), select(memberWithRole), orderBy(member.nid))),
  all(
    'q56',
    pipe(
      from(member),
      leftJoin(role, ofRole),
      where(eq(role.role_name, 'sa')),
      select(memberWithRole),
      orderBy(member.nid),
    ),
  ),
  all(
    'q59',
    pipe(
      from(host_to_host_user),
      innerJoin(host, eq(host.nid, host_to_host_user.host_id)),
      where(eq(host.hostname, 'c2')),
      select({ id: host_to_host_user.host_user_id }),
      orderBy(host_to_host_user.nid),
    ),
  ),
  program('q72', (world) =>
    world.scalar(pipe(from(account), crossJoin(customer), where(eq(account.acct_no, 1001)), select(count()))),
  ),
  all(
    'q98',
    pipe(
      from(member),
      leftJoin(role, and(ofRole, eq(role.role_name, 'sa'))),
      select(memberWithRole),
      orderBy(member.nid),
    ),
  ),
  all(
    'q99',
    pipe(
      from(c1),
      innerJoin(c2, and(eq(c1.last_name, c2.last_name), lt(c1.id, c2.id))),
      select({ one: c1.id, two: c2.id, last_name: c1.last_name }),
      orderBy(c1.id),
    ),
  ),
  all('q112', pipe(parents, select({ parent: n1.name, child: n2.name }))),
  all(
    'q113',
    pipe(
      parents,
      innerJoin(n3, eq(n2.id, n3.parent_id)),
      orderBy(n3.id),
      select({ one: n1.name, two: n2.name, three: n3.name }),
    ),
  ),
]
