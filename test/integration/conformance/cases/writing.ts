// Inserts, updates and deletes by criterion.
import { pipe } from 'fp-ts/lib/function.js'
import {
  everyRow,
  and,
  coalesce,
  concat,
  count,
  deleteFrom,
  eq,
  from,
  gt,
  gte,
  inList,
  inQuery,
  insertFrom,
  insertInto,
  like,
  limit,
  lt,
  lte,
  onConflictDoUpdate,
  orderBy,
  returning,
  scalar,
  select,
  set,
  update,
  where,
} from 'relvar'
import { run } from 'relvar/promise'

import { type Case, failing, meaning, program, sends, steps } from '../../../support/conformance/case.js'
import {
  account,
  addresses,
  customer,
  group,
  host,
  keywords,
  nodes,
  users,
} from '../../../support/conformance/tables.js'

const accounts = pipe(from(account), orderBy(account.acct_no))
const newUsers = pipe(
  from(users),
  where(gt(users.id, 5)),
  select({ name: users.name, fullname: users.fullname }),
  orderBy(users.id),
)

const updates: ReadonlyArray<Case> = [
  steps('w01', async (world) => {
    const { affected } = await run(
      world.write(
        pipe(update(customer), set({ first_name: concat(customer.first_name, 'x') }), where(gt(customer.id, 4))),
      ),
    )
    const names = pipe(from(customer), select({ name: customer.first_name }), orderBy(customer.id))
    return [affected, await run(world.all(names))]
  }),
  steps('w11', async (world) => {
    const changed = await run(
      world.write(
        pipe(update(account), set({ acct_name: concat(account.acct_name, '!') }), where(lt(account.acct_no, 1003))),
      ),
    )
    const names = await run(world.all(pipe(accounts, select({ name: account.acct_name }), limit(3))))
    const same = await run(world.write(pipe(update(host), set({ port: '22' }), where(lt(host.nid, 4)))))
    return [changed.affected, names, same.affected]
  }),
  steps('w12', async (world) => {
    const lastName = scalar(pipe(from(customer), where(eq(customer.id, account.cust_id)), select(customer.last_name)))
    // The column is not null and the subquery may find nobody, so the program says what stands there then.
    const named = pipe(update(account), set({ acct_name: coalesce(lastName, '') }), everyRow)
    const { affected } = await run(world.write(named))
    return [affected, await run(world.all(pipe(accounts, select({ no: account.acct_no, name: account.acct_name }))))]
  }),
]

const deletes: ReadonlyArray<Case> = [
  steps('w02', async (world) => {
    const these = and(gte(account.acct_no, 2001), lte(account.acct_no, 2005))
    const { affected } = await run(world.write(pipe(deleteFrom(account), where(these))))
    return [affected, await run(world.all(pipe(accounts, select({ no: account.acct_no }))))]
  }),
  pipe(
    steps('w14', async (world) => {
      const { affected } = await run(world.write(pipe(deleteFrom(nodes), where(pipe(nodes.name, like('lo%'))))))
      return [affected, await run(world.count(from(nodes)))]
    }),
    meaning('every criterion can be evaluated on rows', [1, 6]),
  ),
  steps('w15', async (world) => {
    const jack = pipe(from(users), where(eq(users.name, 'jack')), select(users.id))
    const { affected } = await run(
      world.write(pipe(deleteFrom(addresses), where(pipe(addresses.user_id, inQuery(jack))))),
    )
    return [affected, await run(world.scalar(pipe(from(addresses), select(count()))))]
  }),
]

const inserts: ReadonlyArray<Case> = [
  pipe(
    steps('w03', async (world) => {
      await run(
        world.write(
          insertInto(users)([
            { name: 'wang', fullname: 'A' },
            { name: 'hao', fullname: 'B' },
          ]),
        ),
      )
      const whole = select({ name: users.name, fullname: users.fullname, password: users.password })
      return run(world.all(pipe(newUsers, whole)))
    }),
    sends({ insert: 1 }),
  ),
  steps('w17', async (world) => {
    const { rows } = await run(world.write(pipe(insertInto(users)({ name: 'wang' }), returning(users.id))))
    return rows
  }),
  pipe(
    steps('w18', async (world) => {
      await run(world.write(insertInto(users)([{ name: 'wang', fullname: 'A' }, { name: 'hao' }])))
      return run(world.all(newUsers))
    }),
    meaning('what a row leaves out is NULL or its default', [
      ['wang', 'A'],
      ['hao', null],
    ]),
  ),
  pipe(
    steps('w19', async (world) => {
      await run(world.write(insertInto(users)([{ name: 'wang' }, { name: 'hao', fullname: 'B' }])))
      return run(world.all(newUsers))
    }),
    meaning('nothing is lost', [
      ['wang', null],
      ['hao', 'B'],
    ]),
  ),
  pipe(
    steps('w20', async (world) => {
      await run(
        world.write(insertInto(users)([{ name: 'a' }, { name: 'b' }, { name: 'c', fullname: 'C' }, { name: 'd' }])),
      )
      return run(world.all(newUsers))
    }),
    // Rows that leave out different columns are one statement all the same.
    sends({ insert: 1 }),
  ),
  pipe(
    steps('w24', async (world) => {
      await run(
        world.write(
          insertInto(group)([
            { name: 'a' },
            { name: 'b', port: null },
            { name: 'c', port: 8080 },
            { name: 'd' },
            { name: 'e', port: null },
          ]),
        ),
      )
      return run(world.all(pipe(from(group), select({ name: group.name, port: group.port }), orderBy(group.id))))
    }),
    meaning('a default stands for what is left out, and null is null', [
      ['web', 80],
      ['a', 22],
      ['b', null],
      ['c', 8080],
      ['d', 22],
      ['e', null],
    ]),
  ),
  pipe(
    program('w35', (world) => failing(world.write(insertInto(addresses)({ email_address: 'a@b', user_id: 999 })))),
    meaning('foreign keys are always on', { error: 'IntegrityError' }),
  ),
]

const allKeywords = pipe(from(keywords), select({ id: keywords.id, keyword: keywords.keyword }), orderBy(keywords.id))
const mergeUsers = onConflictDoUpdate<typeof users>({
  target: users.id,
  set: ({ name, fullname, password }) => ({ name, fullname, password }),
})

const upserts: ReadonlyArray<Case> = [
  pipe(
    steps('w16', async (world) => {
      const named = pipe(
        from(users),
        where(pipe(users.id, inList([1, 3]))),
        orderBy(users.id),
        select({ keyword: coalesce(users.name, '') }),
      )
      const { affected } = await run(world.write(insertFrom(keywords)(named)))
      const words = pipe(from(keywords), select({ keyword: keywords.keyword }), orderBy(keywords.keyword))
      return [affected, await run(world.all(words))]
    }),
    sends({ insert: 1 }),
  ),
  steps('w23', async (world) => {
    const rows = [
      { id: 1, keyword: 'Wendy!' },
      { id: 9, keyword: 'nine' },
    ]
    const merged = onConflictDoUpdate<typeof keywords>({
      target: keywords.id,
      set: ({ keyword }) => ({ keyword }),
    })
    await run(world.write(pipe(insertInto(keywords)(rows), merged)))
    return run(world.all(allKeywords))
  }),
  pipe(
    steps('w37', async (world) => {
      const detached = { ...(await run(world.one(pipe(from(users), where(eq(users.id, 1)))))), name: 'Edwardo' }
      const { affected } = await run(world.write(pipe(insertInto(users)(detached), mergeUsers)))
      return [affected, await run(world.one(pipe(from(users), where(eq(users.id, 1)))))]
    }),
    meaning('a row has no state: to merge it is an upsert of its values', [
      1,
      { id: 1, name: 'Edwardo', fullname: 'Ed Jones', password: 'f8s7ccs' },
    ]),
  ),
  pipe(
    steps('w39', async (world) => {
      const fifty = { id: 50, name: 'fifty' }
      const merged = await run(world.write(pipe(insertInto(users)(fifty), mergeUsers, returning(users.id))))
      const keyless = await run(world.write(pipe(insertInto(users)({ name: 'keyless' }), returning(users.id))))
      const names = pipe(
        from(users),
        where(pipe(users.name, inList(['fifty', 'keyless']))),
        select({ name: users.name }),
        orderBy(users.name),
      )
      return [merged.rows[0], keyless.rows[0] === null, await run(world.all(names))]
    }),
  ),
]

export const writing: ReadonlyArray<Case> = [...updates, ...deletes, ...inserts, ...upserts]
