// What happens to a transaction: a statement of it fails, its session dies, others are in its way, the server ends it by itself.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import {
  createAll,
  type Database,
  Db,
  from,
  insertInto,
  integer,
  orderBy,
  primaryKey,
  schema,
  table,
} from '../../../src/index.js'
import { recorded } from '../../support/faults.js'
import { places } from '../../support/places.js'
import { sessionOf } from '../../support/process-list.js'
import { must as right } from '../../support/run-load.js'
import { ask, define, load, must, type Outcome, tagOf } from '../effects/raw.js'
import { type Ground, leftOf, openGround, serverOf, servers } from './ground.js'

const notes = table('notes', { id: pipe(integer, primaryKey), n: integer })
const put = (id: number) => (db: Database) => Db.execute(insertInto(notes)({ id, n: 0 }))(db)

describe.each(places())('a transaction on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await place.open())
    right(await db.execute(createAll(schema({ notes })))())
    right(await put(1)(db)())
    return () => close()
  })
  const ids = async () => right(await db.all(pipe(from(notes), orderBy(notes.id)))()).map(({ id }) => id)

  it('fault: failed statement, COMMIT', async () => {
    const outcome = await db.transaction()((tx) => async () => {
      right(await put(2)(tx)())
      expect(tagOf(await put(1)(tx)())).toBe('UniqueViolation')
      // the failure is ignored, and the program ends well
      return E.right('done')
    })()
    expect(leftOf(outcome)).toMatchObject({ _tag: 'RolledBack' })
    expect(await ids()).toEqual([1])
    expect(tagOf(await put(3)(db)())).toBe('Right')
    recorded({
      fault: 'failed statement, COMMIT',
      engine: place.name,
      sees: '`RolledBack`',
      checked: 'nothing of it is there',
    })
  })

  it('fault: parallel inside', async () => {
    const outcomes = await db.transaction()(
      (tx) => async () => E.right(await Promise.all([put(2)(tx)(), put(1)(tx)(), put(3)(tx)(), put(4)(tx)()])),
    )()
    expect(leftOf(outcomes)).toMatchObject({ _tag: 'RolledBack' })
    let seen: ReadonlyArray<string> = []
    await db.transaction()((tx) => async () => {
      seen = (await Promise.all([put(2)(tx)(), put(1)(tx)(), put(3)(tx)()])).map(tagOf)
      return E.right(null)
    })()
    expect(seen).toEqual(['Right', 'UniqueViolation', 'TransactionClosed'])
    expect(await ids()).toEqual([1])
    recorded({
      fault: 'parallel inside',
      engine: place.name,
      sees: 'the first failure, and `TransactionClosed` for what was asked after it',
      checked: 'they run in the order in which they were asked, one at a time; nothing is sent after a failure',
    })
  })
})

describe.each(servers)('a transaction on the server %s', (_, engine) => {
  const name = serverOf(engine)
  const family = name !== 'postgres'
  let on: Ground
  beforeAll(async () => {
    on = await openGround(engine)
    right(await on.watcher.execute(createAll(schema({ notes })))())
  })
  beforeEach(async () => {
    await must(on.watcher, 'delete from notes')
    await must(on.watcher, 'insert into notes values (1, 0), (2, 0)')
  })
  afterAll(() => on.close())

  const ids = async () => right(await on.watcher.all(pipe(from(notes), orderBy(notes.id)))()).map(({ id }) => id)

  it('fault: killed inside', async () => {
    const db = on.through('poolSize=2')
    let after: ReadonlyArray<string> = []
    const outcome = await db.transaction()((tx) => async (): Promise<Outcome> => {
      right(await put(3)(tx)())
      await on.kill([await sessionOf(tx)])
      await pause(50)
      const first = await ask(tx, 'insert into notes values (4, 0)')
      after = [tagOf(await put(5)(tx)()), tagOf(await tx.transaction()((nested) => put(6)(nested))())]
      return first
    })()
    expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection' })
    expect(after).toEqual(['TransactionClosed', 'TransactionClosed'])
    // nothing of it went to another connection
    expect(await ids()).toEqual([1, 2])
    await on.recovered(db)
    recorded({
      fault: 'killed inside',
      engine: name,
      sees: '`Connection`, then `TransactionClosed` for the rest',
      checked: 'nothing of it is there, and the rest was sent nowhere',
    })
  })

  it('fault: deadlock', async () => {
    const db = on.through('poolSize=2')
    let here = 0
    let afterwards = ''
    const crossing = (first: number, second: number) =>
      db.transaction()((tx) => async (): Promise<Outcome> => {
        right(await ask(tx, `update notes set n = n + 1 where id = ${first}`))
        here += 1
        while (here < 2) await pause(2)
        const inner = await tx.transaction()(
          (nested) => () => ask(nested, `update notes set n = n + 1 where id = ${second}`),
        )()
        if (E.isLeft(inner)) afterwards = tagOf(await ask(tx, 'select n from notes'))
        return inner
      })()
    const outcomes = await Promise.all([crossing(1, 2), crossing(2, 1)])
    expect(outcomes.map(tagOf).sort()).toEqual(['Deadlock', 'Right'])
    expect(leftOf(outcomes.find(E.isLeft) ?? E.right(null))).toMatchObject({ endsTransaction: family })
    // on MySQL and MariaDB the server ended all of it: nothing may run on as if it were still open
    expect(afterwards).toBe(family ? 'TransactionClosed' : 'Right')
    expect((await must(on.watcher, 'select sum(n) from notes')).rows[0]?.map(Number)).toEqual([2])
    await on.recovered(db)
    recorded({
      fault: 'deadlock',
      engine: name,
      sees: family ? '`Deadlock{endsTransaction: true}`' : '`Deadlock{endsTransaction: false}`',
      checked: family
        ? 'every level of the transaction is closed; the other one is whole'
        : 'the level around the savepoint goes on; the other one is whole',
    })
  })

  it('fault: lock wait', async () => {
    const db = on.through('poolSize=2&lockTimeoutMs=1000')
    const outcome = await on.watcher.transaction()((holder) => async () => {
      right(await ask(holder, 'update notes set n = 1 where id = 1'))
      return E.right(
        await db.transaction()((tx) => async (): Promise<Outcome> => {
          right(await ask(tx, 'update notes set n = 7 where id = 2'))
          const waited = await ask(tx, 'update notes set n = 2 where id = 1')
          expect(tagOf(await ask(tx, 'update notes set n = 8 where id = 2'))).toBe('TransactionClosed')
          return waited
        })(),
      )
    })()
    expect(leftOf(right(outcome))).toMatchObject({ _tag: 'LockTimeout' })
    // nothing of it was kept
    expect((await must(on.watcher, 'select n from notes where id = 2')).rows[0]?.map(Number)).toEqual([0])
    await on.recovered(db)
    recorded({
      fault: 'lock wait',
      engine: name,
      sees: '`LockTimeout`',
      checked: 'the transaction is rolled back as a whole, and nothing more is sent on it',
    })
  })

  it('fault: DDL, BEGIN inside', async () => {
    const db = on.through('poolSize=1')
    for (const text of ['create table late (id integer)', 'begin', 'commit']) {
      const outcome = await db.transaction()((tx) => async (): Promise<Outcome> => {
        right(await put(3)(tx)())
        const first = await tx.run(load(tx, text, [], { text: 'once' }))()
        await put(4)(tx)()
        return E.isLeft(first) ? first : E.left(leftOf(E.left('back')) as never)
      })()
      if (family) {
        expect(leftOf(outcome)).toMatchObject({ _tag: 'Compile' })
        expect(await ids()).toEqual([1, 2])
      } else if (text === 'commit') {
        expect(leftOf(outcome)).toMatchObject({ _tag: 'TransactionClosed' })
        expect(await ids()).toEqual([1, 2, 3])
      } else expect(await ids()).toEqual([1, 2])
    }
    await on.recovered(db)
    recorded({
      fault: 'DDL, BEGIN inside',
      engine: name,
      sees: family ? '`Compile`: nothing was sent' : 'nothing; `TransactionClosed` after a COMMIT in raw SQL',
      checked: family
        ? 'CREATE TABLE, BEGIN and COMMIT in raw SQL: the transaction rolls back'
        : 'CREATE TABLE and BEGIN belong to the transaction and go back with it; after COMMIT nothing more is sent',
    })
  })

  it('fault: idle inside', async () => {
    const db = on.through(name === 'mysql' ? 'poolSize=1' : 'poolSize=1&idleInTransactionMs=1000')
    const outcome = await db.transaction()((tx) => async (): Promise<Outcome> => {
      // MySQL knows no such time of transactions alone
      if (name === 'mysql') right(await tx.run(load(tx, 'set session wait_timeout = 1', [], { text: 'once' }))())
      right(await put(3)(tx)())
      await pause(2_300)
      const late = await ask(tx, 'select 1')
      expect(tagOf(await put(4)(tx)())).toBe('TransactionClosed')
      return late
    })()
    expect(leftOf(outcome)).toMatchObject({ _tag: 'Connection' })
    expect(await ids()).toEqual([1, 2])
    await on.recovered(db)
    recorded({
      fault: 'idle inside',
      engine: name,
      sees: '`Connection`, then `TransactionClosed` for the rest',
      checked: `nothing of it is there; the server ended it after ${name === 'mysql' ? '`wait_timeout`' : '`idleInTransactionMs`'}`,
    })
  })

  it('fault: released dirty', async () => {
    const db = on.through('poolSize=1&reset=full')
    const session = await sessionOf(db)
    const soil = on.postgres
      ? [
          "set search_path = 'nowhere'",
          "set time zone 'Asia/Tokyo'",
          'create temporary table mine (id integer)',
          'begin',
        ]
      : ['set @mine = 1', "set session time_zone = '+09:00'", 'create temporary table mine (id integer)', 'begin']
    const held = right(await db.acquire())
    for (const text of soil) right(await held.run(load(held, text, [], { text: 'once' }))())
    right(await ask(held, `insert into ${on.postgres ? 'public.' : ''}notes values (3, 0)`))
    await held.release()
    expect(await ids()).toEqual([1, 2])
    const seen = on.postgres
      ? `select current_setting('search_path') = 'nowhere', current_setting('TimeZone') <> 'UTC', to_regclass('mine') is not null`
      : `select @mine is not null, @@session.time_zone <> '+00:00', 0`
    const found = (await must(db, seen)).rows[0]?.map((value) => value === 'f' || Number(value) === 0)
    expect(found).toEqual([true, true, true])
    expect(tagOf(await ask(db, 'select * from mine'))).toBe('Sql')
    // it is the same session, made clean
    expect(await sessionOf(db)).toBe(session)
    await on.recovered(db)
    // without the full reset at least the transaction goes
    const plain = on.through('poolSize=1')
    const again = right(await plain.acquire())
    right(await again.run(load(again, 'begin', [], { text: 'once' }))())
    right(await ask(again, 'insert into notes values (3, 0)'))
    await again.release()
    expect(await ids()).toEqual([1, 2])
    await on.recovered(plain)
    recorded({
      fault: 'released dirty',
      engine: name,
      sees: 'nothing',
      checked:
        'an open transaction is rolled back; with `reset: full` settings, variables and temporary tables are gone, in the same session',
    })
  })

  if (!family)
    it('fault: error at COMMIT', async () => {
      const db = on.through('poolSize=1')
      await define(on.watcher, 'create table later (id integer unique deferrable initially deferred)')
      const outcome = await db.transaction()((tx) => async (): Promise<Outcome> => {
        await ask(tx, 'insert into later values (1)')
        return ask(tx, 'insert into later values (1)')
      })()
      expect(leftOf(outcome)).toMatchObject({ _tag: 'UniqueViolation' })
      expect((await must(on.watcher, 'select * from later')).rows).toEqual([])
      const bump = (id: number) =>
        db.transaction({ isolation: 'serializable' })((tx) => async (): Promise<Outcome> => {
          await ask(tx, 'select sum(n) from notes')
          right(
            await on.watcher.transaction({ isolation: 'serializable' })((other) => async (): Promise<Outcome> => {
              await ask(other, 'select sum(n) from notes')
              return ask(other, `update notes set n = n + 1 where id = ${id}`)
            })(),
          )
          return ask(tx, `update notes set n = n + 1 where id = ${3 - id}`)
        })()
      expect(leftOf(await bump(1))).toMatchObject({ _tag: 'Serialization' })
      expect((await must(on.watcher, 'select sum(n) from notes')).rows[0]?.map(Number)).toEqual([1])
      await on.recovered(db)
      recorded({
        fault: 'error at COMMIT',
        engine: name,
        sees: 'the violation, or `Serialization`',
        checked: 'nothing of it is there; a deferred key, and a write skew',
      })
    })
})
