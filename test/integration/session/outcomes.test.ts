// A flush ends whole or not at all, and what is written is not written again, on every engine.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import {
  type AnyTable,
  asc,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  everyRow,
  eq,
  from,
  insertInto,
  orderBy,
  transaction,
  Uow,
  where,
} from 'relvar'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { places } from '../../support/places.js'
import { addresses, all, itemKeywords, items, keywords, lines, start, uq, users } from './tables.js'
import { prepared, recording, right, tag } from './work.js'

describe.each(places())('outcomes on $label', ({ open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await prepared(open, all))
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
  })
  beforeEach(async () => {
    const orderly: ReadonlyArray<AnyTable> = [itemKeywords, keywords, items, addresses, users, uq, lines]
    for (const one of orderly) await right(db.execute(everyRow(deleteFrom(one))))
  })

  const names = () => right(db.all(pipe(from(users), orderBy(asc(users.id)))))

  it('[uow 35] [uow 76] a row that is gone ends the flush, nothing is written, and the value can be used again', async () => {
    await right(
      db.execute(
        insertInto(users)([
          { id: 9001, name: 'a' },
          { id: 9002, name: 'b' },
        ]),
      ),
    )
    const loaded = pipe(start, Uow.load(users)(await names()))
    await right(db.execute(pipe(deleteFrom(users), where(eq(users.id, 9002)))))
    const uow = pipe(
      loaded,
      (u) => Uow.insert(users)({ name: 'new' })(u)[1],
      Uow.modify(users)({ id: 9001 }, { name: 'x' }),
      Uow.modify(users)({ id: 9002 }, { name: 'y' }),
    )
    expect(await Uow.flush(uow)(db)()).toMatchObject({ left: { _tag: 'StaleRow', code: 'RV503', table: 'users' } })
    expect(await names()).toEqual([{ id: 9001, name: 'a', email: null }])
    await right(db.execute(insertInto(users)({ id: 9002, name: 'b' })))
    await right(Uow.flush(uow)(db))
    expect((await names()).map((row) => row.name).sort()).toEqual(['new', 'x', 'y'])
  })

  it('[uow 50] a row that is deleted twice is stale', async () => {
    await right(
      db.execute(
        insertInto(users)([
          { id: 1, name: 'a' },
          { id: 2, name: 'b' },
        ]),
      ),
    )
    const next = await right(Uow.flush(Uow.remove(users)({ id: 1 })(start))(db))
    expect(await tag(Uow.flush(Uow.remove(users)({ id: 1 })(next))(db))).toBe('StaleRow')
    expect(await tag(Uow.flush(pipe(start, Uow.remove(users)({ id: 1 }), Uow.remove(users)({ id: 2 })))(db))).toBe(
      'StaleRow',
    )
    expect((await names()).length).toBe(1)
  })

  it('[uow 76] a violation rolls back all, and the same value is mended by one change', async () => {
    await right(db.execute(insertInto(users)({ id: 9001, name: 'a', email: 'taken' })))
    const [u, one] = Uow.insert(users)({ name: 'b', email: 'taken' })(start)
    const uow = Uow.insert(addresses)({ userId: u, email: 'x' })(Uow.insert(items)({ descr: 'i' })(one)[1])[1]
    expect(await tag(Uow.flush(uow)(db))).toBe('UniqueViolation')
    expect([await right(db.all(from(items))), (await names()).length]).toEqual([[], 1])
    expect(Uow.keyOf(u)(uow)).toEqual(O.none)
    const next = await right(Uow.flush(Uow.modify(users)(u, { email: 'free' })(uow))(db))
    expect(new Set((await names()).map((row) => row.email))).toEqual(new Set(['free', 'taken']))
    expect(O.isSome(Uow.keyOf(u)(next))).toBe(true)
  })

  it('[uow 46] a child that stays is a foreign key violation, and the value is as before', async () => {
    const [u, one] = Uow.insert(users)({ name: 'a' })(start)
    const next = await right(Uow.flush(Uow.insert(addresses)({ userId: u, email: 'x' })(one)[1])(db))
    expect(await tag(Uow.flush(Uow.remove(users)(u)(next))(db))).toBe('ForeignKeyViolation')
    expect(O.isSome(Uow.get(users)(u)(next))).toBe(true)
  })

  it('a Ref of a row that a flush has removed leads nowhere', async () => {
    const [u, one] = Uow.insert(users)({ name: 'a' })(start)
    const written = await right(Uow.flush(one)(db))
    const gone = await right(Uow.flush(Uow.remove(users)(u)(written))(db))
    expect(await Uow.flush(Uow.insert(addresses)({ userId: u, email: 'x' })(gone)[1])(db)()).toMatchObject({
      left: { _tag: 'Plan', error: { _tag: 'DanglingRef' } },
    })
  })

  it('a value that a column refuses is refused before a statement, and nothing is written', async () => {
    const uow = Uow.insert(users)({ id: 2_147_483_648, name: 'x' })(Uow.insert(items)({ descr: 'i' })(start)[1])[1]
    expect(await tag(Uow.flush(uow)(db))).toBe('InvalidValue')
    expect(await right(db.all(from(items)))).toEqual([])
  })

  it('a plan that cannot be is a Left before a statement is sent', async () => {
    const recorded = recording(db)
    const [foreign] = Uow.insert(users)({ name: 'x' })(start)
    const uow = Uow.insert(addresses)({ userId: foreign, email: 'a' })(start)[1]
    expect(await Uow.flush(uow)(recorded.db)()).toMatchObject({
      left: { _tag: 'Plan', code: 'RV702', error: { _tag: 'ForeignRef' } },
    })
    expect(recorded.sent()).toEqual([])
  })

  it('what a commit has written is not written again, also from a value that shares it', async () => {
    const [, one] = Uow.insert(users)({ name: 'a' })(start)
    const sibling = Uow.insert(users)({ name: 'b' })(one)[1]
    const next = await right(Uow.commit(one)(db))
    for (const again of [one, sibling])
      expect(await Uow.flush(again)(db)()).toMatchObject({ left: { _tag: 'AlreadyFlushed', code: 'RV504' } })
    await right(Uow.flush(Uow.insert(users)({ name: 'b' })(next)[1])(db))
    expect((await names()).map((row) => row.name)).toEqual(['a', 'b'])
  })

  it('[N04] a value that is flushed twice at one time, or in one transaction, is written once', async () => {
    const [, one] = Uow.insert(users)({ name: 'a' })(start)
    const outcomes = await Promise.all([tag(Uow.flush(one)(db)), tag(Uow.flush(one)(db))])
    expect(outcomes).toEqual(['Right', 'AlreadyFlushed'])
    const [, two] = Uow.insert(users)({ name: 'b' })(start)
    const twice = pipe(
      Uow.flush(two),
      RTE.chain(() => Uow.flush(two)),
      transaction(),
    )
    expect(await tag(twice(db))).toBe('AlreadyFlushed')
    await right(pipe(Uow.flush(two), transaction())(db))
    expect((await names()).map((row) => row.name)).toEqual(['a', 'b'])
  })

  it('what a transaction around the flush has committed is not written again, what it rolled back is', async () => {
    const [, one] = Uow.insert(users)({ name: 'a' })(start)
    await right(pipe(Uow.flush(one), transaction(), transaction())(db))
    expect(await tag(Uow.flush(one)(db))).toBe('AlreadyFlushed')
    const [, two] = Uow.insert(users)({ name: 'b' })(start)
    const innerUndone = pipe(
      Uow.flush(two),
      RTE.chainW(() => RTE.left('undo')),
      transaction(),
      RTE.orElseW(() => pipe(Uow.flush(two), transaction())),
      transaction(),
    )
    await right(innerUndone(db))
    expect(await tag(Uow.flush(two)(db))).toBe('AlreadyFlushed')
    expect((await names()).map((row) => row.name)).toEqual(['a', 'b'])
  })

  it('[w10] [uow 82] a flush that is rolled back can be done again, and its keys are forgotten', async () => {
    const [u, one] = Uow.insert(users)({ name: 'a' })(start)
    const failing = pipe(
      Uow.flush(one),
      RTE.chainW((next) => (O.isSome(Uow.keyOf(u)(next)) ? RTE.left('mine') : RTE.left('no key'))),
      transaction(),
    )
    expect(await failing(db)()).toEqual(E.left('mine'))
    expect([await names(), Uow.keyOf(u)(one)]).toEqual([[], O.none])
    await right(Uow.flush(one)(db))
    expect((await names()).length).toBe(1)
  })

  it('[uow 79] [uow 80] inside a transaction a flush is a savepoint, and a commit is refused', async () => {
    const [, one] = Uow.insert(users)({ id: 1, name: 'a' })(start)
    const [, bad] = Uow.insert(users)({ id: 1, name: 'again' })(start)
    const said = RTE.matchW(
      (error: DbError): string => error._tag,
      () => 'Right',
    )
    const program = pipe(
      RTE.Do,
      RTE.apSW('next', Uow.flush(one)),
      RTE.bindW('bad', () => RTE.rightReaderTask(said(Uow.flush(bad)))),
      RTE.chainFirstW(({ next }) => Uow.flush(Uow.modify(users)({ id: 1 }, { name: 'edwardo' })(next))),
      RTE.map((done) => done.bad),
      transaction(),
    )
    expect(await right(program(db))).toBe('UniqueViolation')
    expect(await names()).toEqual([{ id: 1, name: 'edwardo', email: null }])
    const [, other] = Uow.insert(users)({ id: 2, name: 'b' })(start)
    expect(await tag(pipe(Uow.commit(other), transaction())(db))).toBe('TransactionClosed')
    expect(await right(Db.count(from(users))(db))).toBe(1)
  })
})
