// What a row is made of, in which order rows come, and how many of them.
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  alias,
  asc,
  caseWhen,
  coalesce,
  concat,
  desc,
  eq,
  from,
  gt,
  isNotNull,
  isNull,
  like,
  limit,
  lt,
  mod,
  nullsLast,
  offset,
  orderBy,
  select,
  subquery,
  where,
} from 'relvar'
import { evaluate } from 'relvar/memory'

import { all, type Case, each, failing, meaning, orNull, program, sends } from '../../../support/conformance/case.js'
import { account, customer, member, users } from '../../../support/conformance/tables.js'

const byId = pipe(from(users), orderBy(users.id))
const idsById = pipe(byId, select({ id: users.id }))
const nobody = pipe(from(users), where(eq(users.id, 99)))
const twoEds = pipe(from(users), where(pipe(users.name, like('%ed'))))

const late = pipe(from(users), where(gt(users.id, 2)), subquery('late'))
const firstTwo = pipe(byId, limit(2), subquery('first_two'))
const userAlias = pipe(users, alias('user_alias'))
const rest = mod(account.acct_no, 10)

/** A column computed from columns is an expression: to select, to filter, to order by, and to ask of a row that is there. */
const fullname = concat(customer.first_name, ' ', customer.last_name)
const wholeCustomer = {
  fullname,
  id: customer.id,
  first_name: customer.first_name,
  last_name: customer.last_name,
  email: customer.email,
  mobile: customer.mobile,
}

const customers = pipe(from(customer), orderBy(customer.id))
const accounts = pipe(from(account), orderBy(account.acct_no))
const membersByRole = pipe(from(member), select({ nid: member.nid, role: member.role }))
const nullsAtTheEnd = [
  [1, 1],
  [4, 1],
  [2, 2],
  [3, 2],
  [5, 3],
  [6, null],
]

const plain: ReadonlyArray<Case> = [
  all('q01', byId),
  all('q02', pipe(byId, select({ name: users.name, fullname: users.fullname }))),
  all('q03', pipe(byId, select({ user: users, name: users.name }))),
  all('q04', pipe(byId, select({ name_label: users.name }))),
  all('q05', pipe(byId, limit(2), offset(1))),
  all('q65', pipe(from(late), select({ name: late.name }), orderBy(late.id))),
  all('q67', pipe(customers, select({ id: customer.id }), limit(2), offset(2))),
  all('q68', pipe(accounts, select({ acct_no: account.acct_no }), limit(2))),
  program('q90', (world) =>
    pipe(
      TE.sequenceSeqArray<ReadonlyArray<object>, { readonly _tag: string; readonly message: string }>([
        world.all(pipe(byId, select({ User: users, name: users.name }), limit(1))),
        world.all(pipe(byId, select({ name_label: users.name }), limit(1))),
        world.all(pipe(from(userAlias), select({ user_alias: userAlias, name: userAlias.name }), limit(1))),
      ]),
      TE.map((answers) => answers.flat().map((row) => Object.keys(row))),
    ),
  ),
  all('q91', pipe(byId, where(lt(users.id, 3)), select({ all: users }), select({ id: users.id, name: users.name }))),
  pipe(
    each('q93', (world) => [
      world.all(pipe(idsById, limit(2), offset(0))),
      world.all(pipe(idsById, offset(3))),
      world.all(pipe(idsById, limit(2), offset(1))),
      world.all(pipe(idsById, offset(3))),
      world.all(pipe(idsById, limit(0))),
    ]),
    // An empty slice is a query like any other.
    sends({ select: 5 }),
  ),
  pipe(
    each('q94', (world) => [
      world.all(pipe(byId, limit(2), where(gt(users.id, 1)), select({ name: users.name }))),
      world.all(pipe(from(firstTwo), where(gt(firstTwo.id, 1)), select({ name: firstTwo.name }))),
    ]),
    meaning('clauses commute, so a filter filters before the limit', [[['wendy'], ['mary']], [['wendy']]]),
  ),
]

const one: ReadonlyArray<Case> = [
  program('q22', (world) => orNull(world.first(byId))),
  program('q23', (world) => world.scalar(pipe(byId, where(eq(users.name, 'ed')), select(users.id)))),
  program('q24', (world) => failing(world.one(nobody))),
  program('q25', (world) => failing(world.one(twoEds))),
  program('q26', (world) => orNull(world.oneOrNone(nobody))),
  each('q92', (world) => [
    failing(world.oneOrNone(from(users))),
    failing(world.scalar(pipe(from(users), select(users.id)))),
    orNull(world.first(nobody)),
    // `scalar` of no row is NoRows: who expects none asks for `oneOrNone`.
    orNull(world.oneOrNone(pipe(nobody, select(users.id)))),
  ]),
]

const computed: ReadonlyArray<Case> = [
  all(
    'q100',
    pipe(
      accounts,
      select({
        acct_no: account.acct_no,
        age: caseWhen(lt(account.acct_no, 1002), 'first').when(lt(account.acct_no, 2000), 'old').otherwise('new'),
      }),
    ),
  ),
  all('q101', pipe(customers, select({ name: customer.first_name, mobile: coalesce(customer.mobile, '-') }))),
  each('q110', (world) => [
    world.one(pipe(from(customer), where(eq(customer.id, 1)), select(wholeCustomer))),
    world.all(pipe(from(customer), where(pipe(fullname, like('%l%r'))), orderBy(desc(fullname)), select({ fullname }))),
  ]),
  each('q111', (world) => [
    world.all(pipe(from(customer), select({ fullname }), orderBy(fullname))),
    world.all(pipe(from(customer), where(eq(fullname, 'Bob Builder')), select({ id: customer.id }))),
    pipe(world.one(pipe(from(customer), where(eq(customer.id, 2)))), TE.chainEitherKW(evaluate(fullname))),
  ]),
]

const ordered: ReadonlyArray<Case> = [
  all(
    'q60',
    pipe(from(customer), select({ name: customer.first_name }), orderBy(desc(customer.last_name), asc(customer.id))),
  ),
  all(
    'q70',
    pipe(from(customer), select({ l: customer.last_name }), orderBy(desc(customer.last_name)), orderBy(customer.id)),
  ),
  all('q102', pipe(from(account), select({ no: account.acct_no, rest }), orderBy(desc(rest), account.acct_no))),
  pipe(
    all('q103', pipe(membersByRole, orderBy(member.role, member.nid))),
    meaning('nulls come last on every engine', nullsAtTheEnd),
  ),
  all('q104', pipe(membersByRole, orderBy(nullsLast(asc(member.role)), member.nid))),
  each('q105', (world) => [
    world.all(
      pipe(from(member), select({ nid: member.nid }), orderBy(isNotNull(member.role), desc(member.role), member.nid)),
    ),
    world.all(pipe(from(member), select({ nid: member.nid }), orderBy(isNull(member.role), member.role, member.nid))),
  ]),
]

export const selecting: ReadonlyArray<Case> = [...plain, ...one, ...computed, ...ordered]
