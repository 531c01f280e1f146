// Units of work: what was read, what is to be written, and what a flush makes of it.
import { deepStrictEqual } from 'node:assert'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { alias, eq, from, given, gt, innerJoin, leftJoin, lt, orderBy, select, Uow, where } from 'relvar'
import { run } from 'relvar/promise'

import { type Case, failing, meaning, sends, steps } from '../../../support/conformance/case.js'
import { conformance } from '../../../support/conformance/data.js'
import {
  account,
  addresses,
  customer,
  keywords,
  men,
  men_to_wemon,
  nodes,
  post_keywords,
  posts,
  tutorial,
  users,
  women,
} from '../../../support/conformance/tables.js'

const empty = Uow.empty(tutorial)

const userById = (id: number) => pipe(from(users), where(eq(users.id, id)))
const addressesOf = pipe(from(addresses), where(eq(addresses.user_id, users.id)), orderBy(addresses.id))
const newUsers = pipe(from(users), where(gt(users.id, 5)), select({ name: users.name }), orderBy(users.id))
const usersNamed = (name: string) => pipe(from(users), where(eq(users.name, name)))

/** How many rows a unit of work will insert, change and delete, in the words of the data. */
const numbers = (uow: Parameters<typeof Uow.changes>[0]) => {
  const changes = Uow.changes(uow)
  return { new: changes.new.length, dirty: changes.dirty.length, deleted: changes.deleted.length }
}

const graphs: ReadonlyArray<Case> = [
  pipe(
    steps('w08', async (world) => {
      const [gina, one] = Uow.insert(customer)({ first_name: 'Gina', last_name: 'Baker' })(empty)
      const [, two] = Uow.insert(account)({ acct_no: 3001, acct_name: 'G1', cust_id: gina })(one)
      const [, three] = Uow.insert(account)({ acct_no: 3002, acct_name: 'G2', cust_id: gina })(two)
      const next = await run(world.flush(three))
      const id = pipe(
        Uow.keyOf(gina)(next),
        O.map((key) => key.id),
        O.toNullable,
      )
      const accounts = pipe(from(account), where(gt(account.acct_no, 3000)), orderBy(account.acct_no))
      return [id, await run(world.all(pipe(accounts, select({ no: account.acct_no, cust_id: account.cust_id }))))]
    }),
    sends({ insert: 2 }),
  ),
  steps('w09', async (world) => {
    const [post, one] = Uow.insert(posts)({ user_id: 1, headline: 'H2' })(empty)
    const [sql, two] = Uow.insert(keywords)({ keyword: 'sql' })(one)
    const [, three] = Uow.insert(post_keywords)({ post_id: post, keyword_id: 1 })(two)
    const [, four] = Uow.insert(post_keywords)({ post_id: post, keyword_id: sql })(three)
    await run(world.flush(four))
    return run(world.all(pipe(from(post_keywords), orderBy(post_keywords.post_id, post_keywords.keyword_id))))
  }),
  steps('w45', async (world) => {
    const [a, one] = Uow.insert(nodes)({ name: 'a' })(empty)
    const [b, two] = Uow.insert(nodes)({ name: 'b', parent_id: a })(one)
    const [, three] = Uow.insert(nodes)({ name: 'c', parent_id: b })(two)
    const [, four] = Uow.insert(nodes)({ name: 'd', parent_id: a })(three)
    await run(world.flush(four))
    const parent = pipe(nodes, alias('parent'))
    const tree = pipe(from(nodes), leftJoin(parent, eq(parent.id, nodes.parent_id)), where(gt(nodes.id, 7)))
    return run(world.all(pipe(tree, select({ name: nodes.name, parent: parent.name }), orderBy(nodes.name))))
  }),
  steps('w48', async (world) => {
    // A number for a column of text does not compile, so it is text from the beginning.
    const [alex, one] = Uow.insert(men)({ name: 'alex', age: '18' })(empty)
    const [wusir, two] = Uow.insert(men)({ name: 'wusir', age: '18' })(one)
    const [flower, three] = Uow.insert(women)({ name: '如花', age: '40' })(two)
    const [hammer, four] = Uow.insert(women)({ name: '铁锤', age: '45' })(three)
    const [, five] = Uow.insert(men_to_wemon)({ men_id: alex, women_id: flower })(four)
    const [, six] = Uow.insert(men_to_wemon)({ men_id: alex, women_id: hammer })(five)
    const [, seven] = Uow.insert(men_to_wemon)({ men_id: wusir, women_id: flower })(six)
    await run(world.flush(seven))
    const pairs = pipe(
      from(men),
      innerJoin(men_to_wemon, eq(men_to_wemon.men_id, men.id)),
      innerJoin(women, eq(women.id, men_to_wemon.women_id)),
      select({ man: men.name, woman: women.name }),
      orderBy(men.name, women.age),
    )
    const age = await run(world.one(pipe(from(men), where(eq(men.id, 1)), select(men.age))))
    return [await run(world.all(pairs)), age, await run(world.count(from(men_to_wemon)))]
  }),
  pipe(
    steps('w21', async (world) => {
      const [wang0, one] = Uow.insert(users)({ name: 'wang0' })(empty)
      const [wang1, two] = Uow.insert(users)({ name: 'wang1' })(one)
      const [wang2, three] = Uow.insert(users)({ name: 'wang2' })(two)
      const next = await run(world.flush(three))
      const keys = [wang0, wang1, wang2].map((ref) => O.toNullable(Uow.keyOf(ref)(next)))
      return [keys.map((key) => key?.id), await run(world.all(newUsers))]
    }),
    meaning('keys are always learnt', [
      [6, 7, 8],
      [['wang0'], ['wang1'], ['wang2']],
    ]),
    sends({ insert: 1 }),
  ),
]

const changes: ReadonlyArray<Case> = [
  pipe(
    steps('w07', async (world) => {
      const row = await run(world.one(pipe(from(account), where(eq(account.acct_no, 1001)))))
      const uow = pipe(empty, Uow.attach(account)(row), Uow.modify(account)(row, { acct_name: 'Renamed' }))
      deepStrictEqual(
        Uow.changes(uow).dirty.map((change) => change.columns.map(({ column }) => column)),
        [['acct_name']],
      )
      await run(world.flush(uow))
      const accounts = pipe(from(account), where(lt(account.acct_no, 1003)), orderBy(account.acct_no))
      return run(world.all(pipe(accounts, select({ no: account.acct_no, name: account.acct_name }))))
    }),
    sends({ update: 1 }),
  ),
  steps('w25', async (world) => {
    const ed = await run(world.one(userById(1)))
    const old = await run(world.one(pipe(from(account), where(eq(account.acct_no, 1001)))))
    const changed = pipe(
      empty,
      Uow.attach(users)(ed),
      Uow.attach(account)(old),
      Uow.modify(users)(ed, { password: 'x' }),
      Uow.remove(account)(old),
    )
    const [, one] = Uow.insert(users)({ name: 'n1' })(changed)
    const [, uow] = Uow.insert(users)({ name: 'n2' })(one)
    deepStrictEqual(numbers(uow), conformance.cases.find(({ id }) => id === 'w25')?.counts)
    const after = numbers(await run(world.flush(uow)))
    const counts = [await run(world.count(from(users))), await run(world.count(from(account)))]
    const password = await run(world.scalar(pipe(userById(1), select(users.password))))
    return [after.new, after.dirty, after.deleted, ...counts, password]
  }),
  pipe(
    steps('w26', async (world) => {
      const ed = await run(world.one(userById(1)))
      const uow = pipe(empty, Uow.attach(users)(ed), Uow.modify(users)(ed, { name: ed.name }))
      await run(world.flush(uow))
      return [Uow.changes(uow).dirty.length > 0]
    }),
    sends({ update: 0 }),
  ),
  steps('w29', async (world) => {
    const [, uow] = Uow.insert(users)({ name: 'pending' })(empty)
    const before = await run(world.count(usersNamed('pending')))
    await run(world.flush(uow))
    return [before, await run(world.count(usersNamed('pending')))]
  }),
  steps('w30', async (world) => {
    const ed = await run(world.one(userById(1)))
    const uow = pipe(empty, Uow.attach(users)(ed), Uow.modify(users)(ed, { name: 'Edwardo' }))
    const found = await run(world.all(usersNamed('ed')))
    const asTheyWillBe = found.map((row) => O.toNullable(Uow.get(users)(row)(uow))?.name)
    const names = await run(world.all(pipe(usersNamed('ed'), select({ name: users.name }))))
    return [asTheyWillBe, names, await run(world.count(usersNamed('Edwardo')))]
  }),
  pipe(
    steps('w32', async (world) => {
      const ed = await run(world.one(userById(1)))
      const uow = pipe(empty, Uow.attach(users)(ed), Uow.modify(users)(ed, { password: 'y' }))
      return O.toNullable(Uow.get(users)(ed)(await run(world.flush(uow))))
    }),
    meaning('nothing expires: the row after the flush is known', {
      id: 1,
      name: 'ed',
      fullname: 'Ed Jones',
      password: 'y',
    }),
    sends({ select: 1 }),
  ),
  steps('w38', async (world) => {
    await run(world.flush(Uow.modify(users)({ id: 1 }, { password: 'new' })(empty)))
    return run(world.one(userById(1)))
  }),
  steps('w50', async (world) => {
    const one = await run(world.one(pipe(from(customer), where(eq(customer.id, 1)))))
    const two = await run(world.one(pipe(from(customer), where(eq(customer.id, 2)))))
    const uow = pipe(
      empty,
      Uow.load(customer)([one, two]),
      Uow.modify(customer)(one, { last_name: 'Dokter', mobile: null }),
      Uow.modify(customer)(two, { last_name: two.last_name }),
    )
    await run(world.flush(uow))
    return Uow.changes(uow).dirty.flatMap((change) => change.columns)
  }),
]

const identity: ReadonlyArray<Case> = [
  steps('w27', async (world) => {
    const [x, pending] = Uow.insert(users)({ name: 'x' })(empty)
    const state = (uow: typeof pending): string => {
      const { new: added, deleted } = Uow.changes(uow)
      if (added.some(({ ref }) => ref === x)) return 'pending'
      if (deleted.length > 0) return 'deleted'
      if (O.isSome(Uow.get(users)(x)(uow))) return 'persistent'
      return O.isSome(Uow.keyOf(x)(uow)) ? 'detached' : 'transient'
    }
    const persistent = await run(world.flush(pending))
    const deleted = Uow.remove(users)(x)(persistent)
    return [empty, pending, persistent, deleted, await run(world.flush(deleted))].map(state)
  }),
  pipe(
    steps('w36', async (world) => {
      const row = { name: 'x' }
      const [x, one] = Uow.insert(users)(row)(empty)
      const [, two] = Uow.insert(users)(row)(empty)
      await run(world.flush(one))
      await run(world.flush(two))
      const [, foreign] = Uow.insert(addresses)({ email_address: 'x@y', user_id: x })(empty)
      return [await run(world.count(usersNamed('x'))), await run(failing(world.flush(foreign)))]
    }),
    meaning('values have no owner, and only a Ref belongs to its unit of work', [2, { error: 'ForeignRef' }]),
  ),
]

const collections: ReadonlyArray<Case> = [
  pipe(
    steps('w40', (_world) => {
      const [user, one] = Uow.insert(users)({ name: 'x' })(empty)
      const [, two] = Uow.insert(addresses)({ email_address: '1@x', user_id: user })(one)
      const [, three] = Uow.insert(addresses)({ email_address: '2@x', user_id: user })(two)
      const children = Uow.changes(three).new.filter(({ table }) => table.name === 'addresses')
      return Promise.resolve([
        children.every(({ values }) => values['user_id'] === user),
        children.map(({ values }) => values['email_address']),
      ])
    }),
    meaning('no object to keep in step: the foreign key is the one place where two rows meet', [true, ['1@x', '2@x']]),
    sends({ insert: 0, select: 0 }),
  ),
  steps('w42', async (world) => {
    const jack = await run(world.one(userById(5)))
    const wendy = await run(world.one(userById(2)))
    const uow = Uow.modify(addresses)({ id: 1 }, { user_id: wendy.id })(empty)
    await run(world.flush(uow))
    const ids = pipe(addressesOf, select(addresses.id))
    const all = pipe(from(addresses), select({ id: addresses.id, user_id: addresses.user_id }), orderBy(addresses.id))
    return [
      await run(world.all(pipe(ids, given(users, jack)))),
      await run(world.all(pipe(ids, given(users, wendy)))),
      await run(world.all(all)),
    ]
  }),
  steps('w44', async (world) => {
    const jack = await run(world.one(userById(5)))
    const ids = pipe(addressesOf, given(users, jack), select(addresses.id))
    const before = await run(world.all(ids))
    const [, one] = Uow.insert(addresses)({ id: 30, email_address: '30@x', user_id: 5 })(empty)
    const [, two] = Uow.insert(addresses)({ id: 20, email_address: '20@x', user_id: 5 })(one)
    await run(world.flush(two))
    return [[...before, ...Uow.changes(two).new.map(({ values }) => values['id'])], await run(world.all(ids))]
  }),
]

export const units: ReadonlyArray<Case> = [...graphs, ...changes, ...identity, ...collections]
