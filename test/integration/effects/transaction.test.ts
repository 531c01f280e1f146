// Transactions end as their programs end, on every engine, whatever the server does in between.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import type { DbError } from '../../../src/effects/error.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, define, load, must, type Outcome, open, tagOf } from './raw.js'

describe.each(engines().map((engine) => [engine.label, engine] as const))('transactions of %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=4&acquireTimeoutMs=5000')
    await define(db, 'create table notes (id integer primary key, n integer not null)')
    await define(db, 'create table late (id integer primary key)')
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await db.close()()
    await fresh.drop()
  })
  beforeEach(async () => {
    await must(db, 'delete from notes')
    await must(db, 'insert into notes values (1, 0), (2, 0)')
  })

  const is = (...names: ReadonlyArray<string>): boolean => names.includes(engine.name)
  const family = is('mysql', 'mariadb')
  const run =
    (text: string, ...values: ReadonlyArray<bigint>) =>
    (tx: Database) =>
      tx.run(load(tx, text, values))
  const ids = async (): Promise<ReadonlyArray<number>> =>
    (await must(db, 'select id from notes order by id')).rows.map((row) => Number(row[0]))

  it('[TXN02, N08] a Left and a throw inside roll back, and the connection is clean', async () => {
    const left = db.transaction()((tx) =>
      pipe(
        run('insert into notes values (3, 0)')(tx),
        TE.chainW(() => TE.left('mine')),
      ),
    )
    expect(await left()).toEqual(E.left('mine'))
    const thrown = db.transaction()(
      (tx): TE.TaskEither<DbError, never> =>
        async () => {
          await run('insert into notes values (3, 0)')(tx)()
          throw new Error('mine')
        },
    )
    expect(tagOf(await thrown())).toBe('Defect')
    expect(await ids()).toEqual([1, 2])
    expect(db.status()).toMatchObject({ busy: 0 })
  })

  it('[TXN03, N14, dialect 85] a nested one that goes back leaves the outer rows, and both stay where it does not', async () => {
    const inner = (back: boolean) => (tx: Database) =>
      tx.transaction()((t2) =>
        pipe(
          run('insert into notes values (4, 0)')(t2),
          TE.chainW((r) => (back ? TE.left('back') : TE.right(r))),
        ),
      )
    const outer = (back: boolean) =>
      db.transaction()((tx) =>
        pipe(
          run('insert into notes values (3, 0)')(tx),
          TE.chainW(() =>
            pipe(
              inner(back)(tx),
              TE.orElseW(() => TE.right(null)),
            ),
          ),
        ),
      )
    await outer(true)()
    expect(await ids()).toEqual([1, 2, 3])
    await must(db, 'delete from notes where id > 2')
    await outer(false)()
    expect(await ids()).toEqual([1, 2, 3, 4])
  })

  it('[TXN05] an outer Left undoes nested ones that were released', async () => {
    const program = db.transaction()((tx) =>
      pipe(
        tx.transaction()((t2) => t2.transaction()(run('insert into notes values (3, 0)'))),
        TE.chainW(() => TE.left('outer')),
      ),
    )
    await program()
    expect(await ids()).toEqual([1, 2])
  })

  it('[TXN06] a failed statement in a nested one is undone, and the outer one commits', async () => {
    const program = db.transaction()((tx) =>
      pipe(
        run('insert into notes values (3, 0)')(tx),
        TE.chainW(() =>
          pipe(
            tx.transaction()(run('insert into notes values (1, 0)')),
            TE.orElseW(() => TE.right(null)),
          ),
        ),
        TE.chainW(() => run('insert into notes values (4, 0)')(tx)),
      ),
    )
    expect(tagOf(await program())).toBe('Right')
    expect(await ids()).toEqual([1, 2, 3, 4])
  })

  it('[dialect 84] a failed statement that was ignored rolls everything back, on every engine', async () => {
    const program = db.transaction()((tx) => async () => {
      await run('insert into notes values (3, 0)')(tx)()
      expect(tagOf(await run('insert into notes values (1, 0)')(tx)())).toBe('UniqueViolation')
      expect(tagOf(await run('insert into notes values (4, 0)')(tx)())).toBe('TransactionClosed')
      return E.right('fine?')
    })
    expect(await program()).toMatchObject({ left: { _tag: 'RolledBack', cause: { _tag: 'UniqueViolation' } } })
    expect(await ids()).toEqual([1, 2])
  })

  it('effects asked for in parallel run on one connection, one at a time', async () => {
    const program = db.transaction()((tx) =>
      TE.sequenceArray([3, 4, 5, 6].map((id) => run(`insert into notes values (${String(id)}, 0)`)(tx))),
    )
    expect(tagOf(await program())).toBe('Right')
    expect(await ids()).toEqual([1, 2, 3, 4, 5, 6])
    const failing = db.transaction()((tx) =>
      TE.sequenceArray([7, 1, 8].map((id) => run(`insert into notes values (${String(id)}, 0)`)(tx))),
    )
    expect(tagOf(await failing())).toBe('UniqueViolation')
    expect(await ids()).toEqual([1, 2, 3, 4, 5, 6])
  })

  it('a read-only one refuses writes, also of raw SQL, and the session can write afterwards', async () => {
    const one = open(engine, fresh.url, 'poolSize=1')
    expect(tagOf(await one.transaction({ readOnly: true })(run('update notes set n = 1'))())).toBe('ReadOnly')
    expect(tagOf(await one.transaction({ readOnly: true })(run('select n from notes'))())).toBe('Right')
    expect(tagOf(await one.transaction()(run('update notes set n = 0'))())).toBe('Right')
    await one.close()()
  })

  it.each(['read committed', 'repeatable read', 'serializable'] as const)('runs as %s', async (isolation) => {
    const ask_ = {
      postgres: 'show transaction_isolation',
      mysql: 'select 1',
      mariadb: 'select 1',
      sqlite: 'select 1',
    }[engine.name]
    const outcome = await db.transaction({ isolation })(run(ask_))()
    expect(tagOf(outcome)).toBe('Right')
    if (is('postgres')) expect(outcome).toMatchObject({ right: { rows: [[isolation]] } })
  })

  it('sees what others commit in between as its isolation says', async () => {
    if (is('sqlite')) return
    const between = (isolation: 'read committed' | 'repeatable read') =>
      db.transaction({ isolation })((tx) => async () => {
        await run('select n from notes where id = 1')(tx)()
        await must(db, 'update notes set n = n + 1 where id = 1')
        return run('select n from notes where id = 1')(tx)()
      })
    expect(await between('read committed')()).toMatchObject({ right: { rows: [[is('postgres') ? '1' : 1]] } })
    expect(await between('repeatable read')()).toMatchObject({ right: { rows: [[is('postgres') ? '1' : 1]] } })
    expect((await must(db, 'select n from notes where id = 1')).rows.map((row) => Number(row[0]))).toEqual([2])
  })

  it('[ERR07, dialect 88] of two that wait for each other one gives way, and all its levels with it', async () => {
    if (is('sqlite')) return
    const locks = (first: bigint, second: bigint, gate: () => Promise<void>) =>
      db.transaction()((tx) => async (): Promise<Outcome> => {
        await run('update notes set n = n + 1 where id = ?', first)(tx)()
        await gate()
        const inner = await tx.transaction()(run('update notes set n = n + 1 where id = ?', second))()
        if (E.isLeft(inner)) {
          const after = tagOf(await run('select n from notes')(tx)())
          expect(after).toBe(family ? 'TransactionClosed' : 'Right')
        }
        return inner
      })
    let here = 0
    const gate = async (): Promise<void> => {
      here += 1
      while (here < 2) await pause(5)
    }
    const tags = (await Promise.all([locks(1n, 2n, gate)(), locks(2n, 1n, gate)()])).map(tagOf).sort()
    expect(tags).toEqual(['Deadlock', 'Right'])
  })

  it('a serialisation failure is Serialization', async () => {
    if (!is('postgres')) return
    const bump = db.transaction({ isolation: 'repeatable read' })((tx) => async (): Promise<Outcome> => {
      await run('select n from notes')(tx)()
      await must(db, 'update notes set n = n + 1')
      return run('update notes set n = n + 1')(tx)()
    })
    expect(tagOf(await bump())).toBe('Serialization')
  })

  it('a constraint that is checked at COMMIT refuses it, and nothing is left open', async () => {
    if (!is('postgres')) return
    await define(db, 'create table deferred (id integer unique deferrable initially deferred)')
    const program = db.transaction()((tx) =>
      TE.sequenceArray([1n, 1n].map((n) => run('insert into deferred values (?)', n)(tx))),
    )
    expect(tagOf(await program())).toBe('UniqueViolation')
    expect((await must(db, 'select * from deferred')).rows).toEqual([])
  })

  it('[TXN11, dialect 83] DDL inside is not sent where it would commit, and belongs to the transaction elsewhere', async () => {
    const program = db.transaction()((tx) =>
      pipe(
        run('insert into notes values (3, 0)')(tx),
        TE.chain(() => tx.run(load(tx, 'drop table late', [], { text: 'once' }))),
        TE.chainW(() => TE.left('back')),
      ),
    )
    expect(tagOf(await program())).toBe(family ? 'Compile' : 'back')
    expect(await ids()).toEqual([1, 2])
    expect(tagOf(await ask(db, 'select * from late'))).toBe('Right')
  })

  it('COMMIT in raw SQL ends the transaction, which says so', async () => {
    const program = db.transaction()((tx) => async (): Promise<Outcome> => {
      const raw = await tx.run(load(tx, 'commit', [], { text: 'once' }))()
      expect(tagOf(raw)).toBe(family ? 'Compile' : 'TransactionClosed')
      return run('insert into notes values (3, 0)')(tx)()
    })
    expect(tagOf(await program())).toBe('TransactionClosed')
    expect(await ids()).toEqual([1, 2])
  })

  it('a session that is killed inside sends the rest nowhere', async () => {
    if (is('sqlite')) return
    const [me, kill] = is('postgres')
      ? (['select pg_backend_pid()', (id: unknown) => `select pg_terminate_backend(${String(id)})`] as const)
      : (['select connection_id()', (id: unknown) => `kill ${String(id)}`] as const)
    const program = db.transaction()((tx) => async (): Promise<Outcome> => {
      await run('insert into notes values (3, 0)')(tx)()
      const id = await tx.run(load(tx, me))()
      if (E.isRight(id)) await ask(db, kill(id.right.rows[0]?.[0]), [], { text: 'once' })
      await pause(50)
      const first = await run('insert into notes values (4, 0)')(tx)()
      expect(tagOf(await run('insert into notes values (5, 0)')(tx)())).toBe('TransactionClosed')
      return first
    })
    expect(await program()).toMatchObject({ left: { _tag: 'Connection', sent: 'no' } })
    expect(await ids()).toEqual([1, 2])
  })
})
