// A transaction commits at a Right and rolls back at everything else, and nothing is sent on a level that is over or failed.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import { describe, expect, expectTypeOf, it } from 'vitest'

import type { Reply } from '../../../src/compile/statement.js'
import type { Database } from '../../../src/effects/database.js'
import type { DbError } from '../../../src/effects/error.js'
import { dbError } from '../../../src/effects/error-make.js'
import { transaction } from '../../../src/effects/transaction.js'
import { type FakeOptions, fake, fakeDatabase, later, load, lostError, type Outcome, sqlError, tagOf } from './fake.js'

const setUp = (options: FakeOptions = {}) => {
  const driver = fake(options)
  return { driver, sent: driver.sent, db: fakeDatabase(driver, { poolSize: 1, acquireTimeoutMs: 200 }) }
}

const fails = (...texts: ReadonlyArray<string>): FakeOptions => ({
  answer: (text): Outcome | undefined => (texts.includes(text) ? E.left(sqlError(text)) : undefined),
})

const run = (text: string) => (db: Database) => db.run(load(text))

describe('transaction', () => {
  it('commits at a Right and rolls back at a Left [TXN02]', async () => {
    const { db, sent } = setUp()
    expect(await transaction()(run('a'))(db)()).toMatchObject({ _tag: 'Right' })
    expect(await transaction()(() => TE.left('mine' as const))(db)()).toEqual(E.left('mine'))
    expect(sent).toEqual(['1 BEGIN', '1 a', '1 COMMIT', '1 BEGIN', '1 ROLLBACK'])
    expect(db.status()).toMatchObject({ idle: 1, busy: 0 })
  })

  it('rolls back at a throw, sync or later, which becomes a Defect', async () => {
    const { db, sent } = setUp()
    const sync = transaction()((): TE.TaskEither<never, void> => {
      throw new Error('sync')
    })
    const thunk = transaction()((): TE.TaskEither<never, void> => () => Promise.reject(new Error('later')))
    expect(await sync(db)()).toMatchObject({ left: { _tag: 'Defect', cause: { message: 'sync' } } })
    expect(await thunk(db)()).toMatchObject({ left: { _tag: 'Defect', cause: { message: 'later' } } })
    expect(sent).toEqual(['1 BEGIN', '1 ROLLBACK', '1 BEGIN', '1 ROLLBACK'])
  })

  it('keeps the environment and widens the error', async () => {
    interface Env extends Database {
      readonly clock: () => number
    }
    const { db } = setUp()
    const program: RTE.ReaderTaskEither<Env, 'mine', number> = (env) => TE.right(env.clock() + env.depth)
    const wrapped = transaction({ isolation: 'serializable' })(program)
    expectTypeOf(wrapped).toEqualTypeOf<RTE.ReaderTaskEither<Env, 'mine' | DbError, number>>()
    expect(await wrapped({ ...db, clock: () => 41 })()).toEqual(E.right(42))
  })

  it('says what it was asked for, undoes it afterwards, and refuses an isolation that is none', async () => {
    const { db, sent } = setUp()
    await transaction({ isolation: 'serializable', readOnly: true })(run('a'))(db)()
    expect(sent).toEqual(['1 BEGIN serializable read only', '1 a', '1 COMMIT', '1 undo read only'])
    const outcome = await db.transaction({ isolation: 'x; drop table t' as never })(run('a'))()
    expect(outcome).toMatchObject({ left: { _tag: 'InvalidValue', message: expect.stringContaining('serializable') } })
    expect(sent).toHaveLength(4)
  })

  it('sends no write in a read-only transaction, nested ones included', async () => {
    const { db, sent } = setUp()
    const write = (tx: Database) => tx.run(load('insert', true))
    expect(tagOf(await transaction({ readOnly: true })(write)(db)())).toBe('ReadOnly')
    expect(tagOf(await transaction({ readOnly: true })(transaction()(write))(db)())).toBe('ReadOnly')
    expect(sent.filter((s) => s.includes('insert'))).toEqual([])
  })

  it('[TXN03] commits the outer part when a nested one went back, and both when none did', async () => {
    const { db, sent } = setUp()
    const inner = transaction()(
      pipe(
        run('b'),
        RTE.chainW(() => RTE.left('back')),
      ),
    )
    const outer = pipe(
      run('a'),
      RTE.chain(() => RTE.orElseW(() => run('c'))(inner)),
      transaction(),
    )
    expect(tagOf(await outer(db)())).toBe('Right')
    expect(sent).toEqual([
      '1 BEGIN',
      '1 a',
      '1 SAVEPOINT relvar_2',
      '1 b',
      '1 ROLLBACK TO SAVEPOINT relvar_2',
      '1 RELEASE SAVEPOINT relvar_2',
      '1 c',
      '1 COMMIT',
    ])
    sent.length = 0
    await transaction()(transaction()(run('x')))(db)()
    expect(sent).toEqual(['1 BEGIN', '1 SAVEPOINT relvar_2', '1 x', '1 RELEASE SAVEPOINT relvar_2', '1 COMMIT'])
  })

  it('[TXN06] goes on after a nested Left that was handled, and [TXN05] rolls all levels back with the outer one', async () => {
    const { db, sent } = setUp(fails('bad'))
    const program = pipe(
      transaction()(run('bad')),
      RTE.orElse(() => run('good')),
      transaction(),
    )
    expect(tagOf(await program(db)())).toBe('Right')
    expect(sent.slice(-3)).toEqual(['1 RELEASE SAVEPOINT relvar_2', '1 good', '1 COMMIT'])
    sent.length = 0
    const lost = pipe(
      transaction()(run('kept?')),
      RTE.chain(() => run('bad')),
      transaction(),
    )
    expect(tagOf(await lost(db)())).toBe('Sql')
    expect(sent.slice(-2)).toEqual(['1 bad', '1 ROLLBACK'])
  })

  it('sends nothing after a failed statement, and can not commit what ignored it', async () => {
    const { db, sent } = setUp(fails('bad'))
    const ignoring = transaction()((tx) => async (): Promise<E.Either<DbError, string>> => {
      expect(tagOf(await tx.run(load('bad'))())).toBe('Sql')
      expect(await tx.run(load('after'))()).toMatchObject({
        left: { _tag: 'TransactionClosed', cause: { _tag: 'Sql' } },
      })
      return E.right('fine?')
    })
    expect(await ignoring(db)()).toMatchObject({
      left: { _tag: 'RolledBack', cause: { _tag: 'Sql', statement: 'bad' } },
    })
    expect(sent).toEqual(['1 BEGIN', '1 bad', '1 ROLLBACK'])
  })

  it('runs parallel effects one at a time and does not send the siblings of one that failed', async () => {
    const { db, driver, sent } = setUp({
      answer: (text) => (text === 'b' ? later(5, E.left(sqlError('b'))) : later(5)),
    })
    const all = transaction()((tx: Database) =>
      TE.sequenceArray(['a', 'b', 'c', 'd'].map((text) => tx.run(load(text)))),
    )
    expect(await all(db)()).toMatchObject({ left: { _tag: 'Sql', statement: 'b' } })
    expect(driver.most.perConnection).toBe(1)
    expect(sent).toEqual(['1 BEGIN', '1 a', '1 b', '1 ROLLBACK'])
  })

  it('runs nested transactions that are asked for in parallel one after the other', async () => {
    const { db, driver, sent } = setUp({ answer: () => later(2) })
    const nested = (text: string) =>
      transaction()(
        pipe(
          run(`${text}1`),
          RTE.chain(() => run(`${text}2`)),
        ),
      )
    const both = transaction()((tx: Database) => TE.sequenceArray([nested('a')(tx), nested('b')(tx)]))
    expect(tagOf(await both(db)())).toBe('Right')
    expect(driver.most.perConnection).toBe(1)
    expect(sent.map((s) => s.slice(2))).toEqual([
      'BEGIN',
      'SAVEPOINT relvar_2',
      'a1',
      'a2',
      'RELEASE SAVEPOINT relvar_2',
      'SAVEPOINT relvar_2',
      'b1',
      'b2',
      'RELEASE SAVEPOINT relvar_2',
      'COMMIT',
    ])
  })

  it('[TXN09] answers TransactionClosed once it is over, and sends nothing', async () => {
    const { db, sent } = setUp()
    const kept: Array<Database> = []
    await transaction()((tx: Database) => {
      kept.push(tx)
      return TE.right(null)
    })(db)()
    for (const tx of kept) {
      expect(tagOf(await tx.run(load('late'))())).toBe('TransactionClosed')
      expect(tagOf(await transaction()(run('late'))(tx)())).toBe('TransactionClosed')
    }
    expect(sent).toEqual(['1 BEGIN', '1 COMMIT'])
  })

  it('waits for what its program left running, and refuses what it left waiting', async () => {
    const { db, sent } = setUp({ answer: (text) => (text === 'slow' ? later(30) : undefined) })
    const left: Array<Promise<Outcome>> = []
    await transaction()((tx: Database) => {
      left.push(tx.run(load('slow'))(), tx.run(load('queued'))())
      return TE.left('early')
    })(db)()
    expect((await Promise.all(left)).map(tagOf)).toEqual(['Right', 'TransactionClosed'])
    expect(sent).toEqual(['1 BEGIN', '1 slow', '1 ROLLBACK'])
  })

  it('ends instead of waiting for itself when the outer Database is used inside', async () => {
    const { db } = setUp()
    const outer = transaction()((tx: Database) => transaction()(() => tx.run(load('on the wrong level')))(tx))
    expect(tagOf(await outer(db)())).toBe('PoolTimeout')
    const pool = transaction()(() => db.run(load('on the pool')))
    expect(await pool(db)()).toMatchObject({ left: { _tag: 'PoolTimeout', oldest: { statement: 'BEGIN' } } })
    expect(db.status()).toMatchObject({ idle: 1, busy: 0 })
  })

  it('closes every level when the server has ended the transaction', async () => {
    const deadlock = dbError('Deadlock', { message: 'd', statement: 'bad', cause: null, endsTransaction: true })
    const { db, sent } = setUp({ answer: (text) => (text === 'bad' ? E.left(deadlock) : undefined) })
    const program = transaction()((tx: Database) => async () => {
      const inner = await transaction()((t2: Database) => async (): Promise<Outcome> => {
        await t2.run(load('ends the transaction'))()
        return t2.run(load('more'))()
      })(tx)()
      expect(tagOf(inner)).toBe('TransactionClosed')
      expect(tagOf(await tx.run(load('outer'))())).toBe('TransactionClosed')
      return E.right('went on')
    })
    expect(tagOf(await program(db)())).toBe('TransactionClosed')
    expect(sent).toEqual(['1 BEGIN', '1 SAVEPOINT relvar_2', '1 ends the transaction'])
  })

  it('sends nothing elsewhere when its connection dies, and gives the first error [TXN08]', async () => {
    const { db, sent } = setUp({
      answer: (text) => (text === 'dies' ? later(1, E.left(lostError('dies'))) : undefined),
    })
    const seen: Array<string> = []
    const outcome = await transaction()((tx: Database) => async (): Promise<E.Either<DbError, Reply>> => {
      const first = await tx.run(load('dies'))()
      seen.push(tagOf(await tx.run(load('rest'))()))
      return first
    })(db)()
    expect(outcome).toMatchObject({ left: { _tag: 'Connection', statement: 'dies' } })
    expect(seen).toEqual(['TransactionClosed'])
    expect(sent).toEqual(['1 BEGIN', '1 dies'])
    const ignored = transaction()((tx: Database) => async () => E.right((await tx.run(load('dies'))())._tag))
    expect(await ignored(db)()).toMatchObject({ left: { _tag: 'RolledBack', cause: { _tag: 'Connection' } } })
  })

  it('is CommitUnknown where the connection is lost at COMMIT, and what the server said where it refused', async () => {
    const lost = setUp({ answer: (text) => (text === 'COMMIT' ? later(1, E.left(lostError('COMMIT'))) : undefined) })
    expect(await transaction()(run('a'))(lost.db)()).toMatchObject({
      left: { _tag: 'CommitUnknown', cause: { _tag: 'Connection' } },
    })
    const unsent = dbError('Connection', {
      message: 'm',
      statement: 'COMMIT',
      cause: null,
      phase: 'statement',
      sent: 'no',
    })
    const before = setUp({ answer: (text) => (text === 'COMMIT' ? later(1, E.left(unsent)) : undefined) })
    expect(await transaction()(run('a'))(before.db)()).toMatchObject({ left: { _tag: 'Connection', sent: 'no' } })
    const refused = setUp(fails('COMMIT'))
    expect(tagOf(await transaction()(run('a'))(refused.db)())).toBe('Sql')
    expect(refused.sent).toEqual(['1 BEGIN', '1 a', '1 COMMIT', '1 ROLLBACK'])
  })

  it('gives the error of BEGIN and takes the connection back', async () => {
    const { db, sent } = setUp(fails('BEGIN'))
    let ran = false
    const program = transaction()(() => {
      ran = true
      return TE.right(null)
    })
    expect(tagOf(await program(db)())).toBe('Sql')
    expect([ran, sent]).toEqual([false, ['1 BEGIN']])
    expect(db.status()).toMatchObject({ idle: 1, busy: 0 })
  })

  it('has no more isolation inside than outside', async () => {
    const { db } = setUp()
    const inner = transaction({ isolation: 'serializable' })(run('a'))
    expect(tagOf(await transaction({ isolation: 'repeatable read' })(inner)(db)())).toBe('InvalidValue')
    expect(tagOf(await transaction({ isolation: 'serializable' })(inner)(db)())).toBe('Right')
    expect(tagOf(await transaction()(transaction({ isolation: 'read committed' })(run('a')))(db)())).toBe('Right')
  })

  it('gives all its statements one time, and does not hurry COMMIT', async () => {
    const { db, driver } = setUp({ answer: () => later(40) })
    const quick = db.having({ timeoutMs: 60 })
    const outcome = await transaction()((tx: Database) =>
      pipe(
        tx.run(load('a')),
        TE.chain(() => tx.run(load('b'))),
      ),
    )(quick)()
    // the fake driver does not look at deadlines: what is seen here is that nothing waits for ever
    expect(['Right', 'QueryTimeout']).toContain(tagOf(outcome))
    expect(driver.sent.at(-1)).toBe('1 COMMIT')
  })
})
