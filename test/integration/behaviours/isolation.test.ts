// How transactions are kept apart: every level can be asked for, one that there is not is refused, and none outlives its transaction.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  add,
  and,
  createAll,
  type Database,
  type DbError,
  eq,
  from,
  insertInto,
  integer,
  isRetryable,
  type Isolation,
  primaryKey,
  retrying,
  schema,
  select,
  set,
  table,
  transaction,
  update,
  where,
} from 'relvar'
import { run } from 'relvar/promise'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { dbError } from '../../../src/effects/error-make.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { load, open, tagOf } from '../effects/raw.js'

const notes = table('notes', { id: pipe(integer, primaryKey), n: integer, version: integer })
const first = pipe(from(notes), where(eq(notes.id, 1)))
const n = pipe(first, select(notes.n))
const version = pipe(first, select(notes.version))
const bump = pipe(update(notes), set({ n: add(notes.n, 1) }), where(eq(notes.id, 1)))

/** A change that holds only where nobody was faster. */
const changeOf = (seen: number) =>
  pipe(
    update(notes),
    set({ n: add(notes.n, 1), version: seen + 1 }),
    where(and(eq(notes.id, 1), eq(notes.version, seen))),
  )

const levels: ReadonlyArray<Isolation> = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']

describe.each(engines())('isolation on $label', (engine) => {
  let fresh: FreshDatabase
  let db: Database
  /** Whose locks are given up soon. */
  let other: Database
  const briefly = {
    postgres: "set lock_timeout = '150ms'",
    mysql: 'set session innodb_lock_wait_timeout = 1',
    mariadb: 'set session innodb_lock_wait_timeout = 1',
    sqlite: 'select 1',
  }[engine.name]
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=1')
    other = open(engine, fresh.url, engine.name === 'sqlite' ? 'poolSize=1&busyTimeoutMs=200' : 'poolSize=1')
    await run(other.run(load(other, briefly, [], { text: 'once' })))
    await run(db.execute(createAll(schema({ notes }))))
    await run(db.execute(insertInto(notes)([1, 2].map((id) => ({ id, n: 0, version: 0 })))))
  })
  beforeEach(async () => {
    await run(db.execute(pipe(update(notes), set({ n: 0, version: 0 }), where(eq(notes.id, notes.id)))))
  })
  afterAll(async () => {
    await db.close()()
    await other.close()()
    await fresh.drop()
  })

  const sqlite = engine.name === 'sqlite'
  const family = engine.name === 'mysql' || engine.name === 'mariadb'

  /** What the server says of the transaction that runs; MySQL and MariaDB tell it of InnoDB's own once it has read. */
  const levelOf = async (tx: Database): Promise<string> => {
    await run(tx.all(n))
    // the list of InnoDB's transactions is made anew once nobody has asked for a tenth of a second
    if (family) await pause(150)
    const text = {
      postgres: 'show transaction_isolation',
      mysql: `select trx_isolation_level from information_schema.innodb_trx where trx_mysql_thread_id = connection_id()`,
      mariadb: `select trx_isolation_level from information_schema.innodb_trx where trx_mysql_thread_id = connection_id()`,
      sqlite: `select 'serializable'`,
    }[engine.name]
    const reply = await run(tx.run(load(tx, text, [], { text: 'once' })))
    return String(reply.rows[0]?.[0]).toLowerCase()
  }

  const levelIn = (where_: Database, isolation?: Isolation): Promise<string> =>
    run(
      where_.transaction(isolation === undefined ? {} : { isolation })(
        (tx): TE.TaskEither<DbError, string> =>
          async () =>
            E.right(await levelOf(tx)),
      ),
    )

  it.each(levels)('[ISO02] %s can be asked for', async (isolation) => {
    expect(await levelIn(db, isolation)).toBe(sqlite ? 'serializable' : isolation)
  })

  it('[ISO03] a level that there is not is refused with those that there are, before anything is connected', async () => {
    const unopened = open(engine, fresh.url)
    const outcome = await unopened.transaction({ isolation: 'snapshot' as never })(() => TE.right(1))()
    expect(outcome).toMatchObject({ left: { _tag: 'InvalidValue', code: 'RV601' } })
    for (const level of levels) expect(outcome).toMatchObject({ left: { message: expect.stringContaining(level) } })
    expect(unopened.status()).toMatchObject({ driver: null, open: 0 })
    const inner = await run(
      db.transaction()((tx) => TE.rightTask(tx.transaction({ isolation: 'x' as never })(() => TE.right(1)))),
    )
    expect(tagOf(inner)).toBe('InvalidValue')
  })

  it('[ISO05, dialect 86] the level of a Database, and of the engine, is there again after one of its own', async () => {
    const own = {
      postgres: 'read committed',
      mysql: 'repeatable read',
      mariadb: 'repeatable read',
      sqlite: 'serializable',
    }
    expect(await levelIn(db)).toBe(own[engine.name])
    expect(await levelIn(db, 'serializable')).toBe('serializable')
    expect(await levelIn(db)).toBe(own[engine.name])
    if (sqlite) return
    const strict = open(engine, fresh.url, 'poolSize=1&isolation=serializable')
    expect(await levelIn(strict)).toBe('serializable')
    expect(await levelIn(strict, 'read committed')).toBe('read committed')
    expect(await levelIn(strict)).toBe('serializable')
    await run(strict.close())
    expect(() => open(engine, fresh.url, 'isolation=snapshot')).toThrow(/read uncommitted, read committed/)
  })

  it('[ISO05] nor is it left behind by a transaction that could not begin', async () => {
    const before = await levelIn(db)
    const broken = db.having({
      middleware: (next) => (statement) =>
        /^(BEGIN|START)/.test(statement.sql)
          ? TE.left(dbError('Cancelled', { message: 'not now', statement: statement.sql, cause: null, sent: 'no' }))
          : next(statement),
    })
    expect(tagOf(await broken.transaction({ isolation: 'serializable' })(() => TE.right(1))())).toBe('Cancelled')
    expect(await levelIn(db)).toBe(before)
  })

  it('[dialect 86] without a level a transaction is as the engine has it: what others commit is seen, or is not', async () => {
    const seen = await run(
      db.transaction({ readOnly: sqlite })((tx) => async () => {
        const before = await run(tx.one(n))
        await run(other.execute(bump))
        return E.right([before, await run(tx.one(n))])
      }),
    )
    expect(seen).toEqual([0, engine.name === 'postgres' ? 1 : 0])
    expect(await run(db.one(n))).toBe(1)
  })

  it.each(levels)(
    '[dialect 87] %s: of two that read one version and write, one changes the row and the other knows',
    async (isolation) => {
      const outcome = await db.transaction({ isolation })((tx) => async () => {
        const seen = await run(tx.one(version))
        const faster = await other.execute(changeOf(seen))()
        const mine = await tx.execute(changeOf(seen))()
        return E.right([faster, mine])
      })()
      // Where the other one had to wait for this transaction it gave up; where it was faster this one matches no row, or may not go on.
      const all = E.isRight(outcome) ? outcome.right : [E.right({ affected: 1 }), outcome]
      const changes = all.map((o) => (E.isRight(o) ? o.right.affected : o.left._tag))
      const lost = all.flatMap((o) => (E.isLeft(o) ? [o.left] : []))
      expect(changes.filter((c) => c === 1)).toHaveLength(1)
      for (const error of lost) expect(error._tag === 'LockTimeout' || isRetryable(unwrapped(error))).toBe(true)
      expect(await run(db.one(first))).toEqual({ id: 1, n: 1, version: 1 })
    },
  )

  it('[dialect 87, ERR07] who gives way is retried: of many that add to a number all do', async () => {
    const many = open(engine, fresh.url, 'poolSize=4')
    const plusOne = pipe(
      (tx: Database) =>
        pipe(
          tx.one(first),
          TE.chain((row) => tx.execute(pipe(update(notes), set({ n: row.n + 1 }), where(eq(notes.id, 1))))),
        ),
      transaction({ isolation: 'serializable' }),
      retrying({ times: 100, delayMs: () => Math.random() * 20 }),
    )
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => plusOne(many)()))
    expect(outcomes.map(tagOf)).toEqual(Array.from({ length: 12 }, () => 'Right'))
    expect(await run(db.one(n))).toBe(12)
    await run(many.close())
  })

  it('[dialect 88] a lock that takes too long is LockTimeout; a nested transaction is undone, and the outer one goes on', async () => {
    const held = await run(
      db.transaction()((tx) => async () => {
        await run(tx.execute(bump))
        const waits = other.transaction(sqlite ? { readOnly: false } : {})((t2) => async () => {
          const inner = await t2.transaction()((t3) => t3.execute(bump))()
          return E.right([tagOf(inner), tagOf(await t2.all(n)())])
        })
        return E.right(await waits())
      }),
    )
    // SQLite's lock is that of the whole database, and is taken where the transaction begins.
    if (sqlite) expect(tagOf(held)).toBe('LockTimeout')
    else expect(held).toEqual(E.right(['LockTimeout', 'Right']))
    expect(await run(db.one(n))).toBe(1)
  })

  it('[dialect 88] a statement that takes too long is QueryTimeout, by the server or by this side', async () => {
    if (sqlite) {
      // Inside this process nothing else runs while a statement does: what is late already does not begin.
      const late = await db.having({ timeoutMs: 1 }).transaction()((tx) => async () => {
        await pause(20)
        return tx.all(n)()
      })()
      expect(tagOf(late)).toBe('QueryTimeout')
      return
    }
    const byServer = {
      postgres: ["set statement_timeout = '100ms'", 'select pg_sleep(5)'],
      mysql: [
        'set session max_execution_time = 100',
        'select count(*) from information_schema.columns a, information_schema.columns b, information_schema.columns c',
      ],
      mariadb: ['set session max_statement_time = 0.1', 'select sleep(5)'],
    }[engine.name]
    const quick = open(engine, fresh.url, 'poolSize=1')
    await run(quick.run(load(quick, byServer[0] ?? '', [], { text: 'once' })))
    expect(await quick.run(load(quick, byServer[1] ?? ''))()).toMatchObject({
      left: { _tag: 'QueryTimeout', by: 'server' },
    })
    expect(
      tagOf(await db.having({ timeoutMs: 100 }).run(load(db, family ? 'select sleep(5)' : 'select pg_sleep(5)'))()),
    ).toBe('QueryTimeout')
    expect(tagOf(await db.all(n)())).toBe('Right')
    await run(quick.close())
  })
})

/** What ended a transaction whose program had come to its end. */
const unwrapped = (error: DbError): DbError => (error._tag === 'RolledBack' ? (error.cause as DbError) : error)
