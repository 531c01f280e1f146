// Which rows: comparisons, patterns, lists, NULL, and their combination.
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  between,
  eq,
  from,
  gt,
  ilike,
  inList,
  isNotNull,
  isNull,
  like,
  lt,
  ne,
  not,
  notInList,
  or,
  orderBy,
  select,
  where,
} from 'relvar'

import { all, type Case, each, meaning } from '../../../support/conformance/case.js'
import { account, customer, member, nodes, users } from '../../../support/conformance/tables.js'

const names = pipe(from(users), select({ name: users.name }), orderBy(users.id))
const ids = pipe(from(users), select({ id: users.id }), orderBy(users.id))
const lastNames = pipe(from(customer), select({ last_name: customer.last_name }), orderBy(customer.id))
const nodeNames = pipe(from(nodes), select({ name: nodes.name }), orderBy(nodes.id))
const accounts = pipe(from(account), select({ acct_no: account.acct_no }), orderBy(account.acct_no))
const members = pipe(from(member), select({ nid: member.nid }), orderBy(member.nid))

const edWendyJack = ['ed', 'wendy', 'jack']
const middle = pipe(account.acct_no, between(1003, 2002))
const none: ReadonlyArray<string> = []

export const filtering: ReadonlyArray<Case> = [
  all('q06', pipe(names, where(eq(users.fullname, 'Ed Jones')))),
  all('q07', pipe(from(users), where(eq(users.name, 'ed')), where(eq(users.fullname, 'Ed Jones')))),
  all('q08', pipe(names, where(ne(users.name, 'ed')))),
  all('q09', pipe(names, where(pipe(users.name, like('%ed'))))),
  all('q10', pipe(names, where(pipe(users.name, ilike('%ED%'))))),
  all('q11', pipe(names, where(pipe(users.name, inList(edWendyJack))))),
  all('q13', pipe(names, where(pipe(users.name, notInList(edWendyJack))))),
  all('q14', pipe(names, where(pipe(users.name, inList(none))))),
  all('q15', pipe(names, where(pipe(users.name, notInList(none))))),
  all('q16', pipe(from(member), where(isNull(member.role)), select({ name: member.name }))),
  all('q17', pipe(members, where(isNotNull(member.role)))),
  all('q18', pipe(ids, where(and(eq(users.name, 'ed'), eq(users.fullname, 'Ed Jones'))))),
  all('q19', pipe(names, where(or(eq(users.name, 'ed'), eq(users.name, 'wendy'))))),
  all(
    'q20',
    pipe(ids, where(or(lt(users.id, 2), and(eq(users.name, 'fred'), gt(users.id, 3)), eq(users.fullname, '')))),
  ),
  all('q21', pipe(ids, where(pipe(users.id, between(1, 3))), where(eq(users.name, 'ed')))),
  all('q71', pipe(lastNames, where(pipe(customer.last_name, ilike('pl%'))))),
  pipe(
    all('q83', pipe(lastNames, where(pipe(customer.last_name, like('pl%'))))),
    meaning('like minds case on every engine, ilike on none', []),
  ),
  pipe(
    all('q84', pipe(names, where(eq(users.name, 'ED')))),
    meaning('text is equal where it is the same, on every engine', []),
  ),
  each('q85', (world) => [
    world.all(pipe(nodeNames, where(pipe(nodes.name, like('sub!_%'))))),
    world.all(pipe(nodeNames, where(pipe(nodes.name, like('sub_%'))))),
  ]),
  each('q86', (world) => [world.all(pipe(accounts, where(middle))), world.all(pipe(accounts, where(not(middle))))]),
  each('q87', (world) => [
    world.all(pipe(names, where(or(pipe(users.id, inList<number>([])), eq(users.name, 'ed'))))),
    world.all(pipe(members, where(pipe(member.role, notInList<number>([]))))),
  ]),
]
