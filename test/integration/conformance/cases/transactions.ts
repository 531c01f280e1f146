// What a rollback takes back, and what stays.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { eq, from, gt, inList, insertInto, orderBy, select, Uow, where } from 'relvar'
import { run } from 'relvar/promise'

import { type Case, failing, steps } from '../../../support/conformance/case.js'
import { keywords, tutorial, users } from '../../../support/conformance/tables.js'
import type { World } from '../../../support/conformance/world.js'

const empty = Uow.empty(tutorial)
const first = pipe(from(users), where(eq(users.id, 1)))
const named = (...names: ReadonlyArray<string>) =>
  pipe(from(users), where(pipe(users.name, inList(names))), select({ name: users.name }), orderBy(users.id))

/** What a program saw, after all that it did was rolled back. */
const rolledBack = async <A>(world: World, program: (inside: World) => Promise<A>): Promise<A> => {
  let seen: O.Option<A> = O.none
  const outcome = await world.transaction((inside) => async () => {
    seen = O.some(await program(inside))
    return E.left({ _tag: 'Undone', message: 'the program takes it back' })
  })()
  if (O.isNone(seen)) throw new Error('the transaction did not run', { cause: outcome })
  return seen.value
}

/** A program of promises in a transaction, which is kept. */
const kept = <A>(world: World, program: (inside: World) => Promise<A>): Promise<A> =>
  run(world.transaction((inside) => async () => E.right(await program(inside))))

export const transactions: ReadonlyArray<Case> = [
  steps('w10', async (world) => {
    const ed = await run(world.one(first))
    const renamed = pipe(empty, Uow.attach(users)(ed), Uow.modify(users)(ed, { name: 'Edwardo' }))
    const [, uow] = Uow.insert(users)({ name: 'fakeuser', fullname: 'Invalid', password: '12345' })(renamed)
    const inside = await rolledBack(world, async (tx) => {
      await run(tx.flush(uow))
      return run(tx.all(named('Edwardo', 'fakeuser')))
    })
    return [inside, await run(world.all(named('ed', 'fakeuser')))]
  }),
  steps('w31', async (world) => {
    const ed = await run(world.one(first))
    const one = await run(world.flush(pipe(empty, Uow.attach(users)(ed), Uow.modify(users)(ed, { name: 'first' }))))
    const [, two] = Uow.insert(users)({ name: 'late' })(Uow.modify(users)(ed, { name: 'second' })(one))
    const inside = await rolledBack(world, async (tx) => {
      await run(tx.flush(two))
      return run(tx.all(named('first', 'second', 'late')))
    })
    const { name } = await run(world.one(first))
    return [inside, name, await run(world.count(named('late')))]
  }),
  steps('w33', async (world) => {
    const inner = await kept(world, async (tx) => {
      await run(tx.write(insertInto(users)({ name: 'outer' })))
      const seen = await rolledBack(tx, async (savepoint) => {
        await run(savepoint.write(insertInto(users)({ name: 'inner' })))
        return run(savepoint.count(named('inner')))
      })
      await run(tx.write(insertInto(users)({ name: 'after' })))
      return seen
    })
    const names = pipe(from(users), where(gt(users.id, 5)), select({ name: users.name }), orderBy(users.name))
    return [inner, await run(world.all(names))]
  }),
  steps('w34', async (world) => {
    const refused = await kept(world, async (tx) => {
      await run(tx.write(insertInto(keywords)({ keyword: 'before' })))
      const twice = await run(
        failing(tx.transaction((point) => point.write(insertInto(keywords)({ keyword: 'wendy' })))),
      )
      await run(tx.write(insertInto(keywords)({ keyword: 'later' })))
      return twice
    })
    const all = pipe(from(keywords), select({ keyword: keywords.keyword }), orderBy(keywords.keyword))
    return [refused, await run(world.all(all))]
  }),
]
