// A connection of one's own: every effect goes over it, one at a time, and it comes back clean.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database, HeldDatabase } from '../../../src/effects/database.js'
import type { DbError } from '../../../src/effects/error.js'
import {
  createAll,
  createTable,
  Db,
  from,
  include,
  insertInto,
  integer,
  many,
  orderBy,
  primaryKey,
  schema,
  table,
  transaction,
  where,
  eq,
  withSignal,
} from '../../../src/index.js'
import { places } from '../../support/places.js'

const rows = table('rows', { id: pipe(integer, primaryKey) })
const mine = table('mine', { id: pipe(integer, primaryKey) })

const must = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome)) throw new Error(`${outcome.left._tag}: ${outcome.left.message}`)
  return outcome.right
}

describe.each(places())('acquire on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    await must(db.execute(createAll(schema({ rows }))))
  })
  afterAll(() => close())

  it('[A12] what belongs to a session is there from one effect to the next, and nobody else sees it', async () => {
    const held = await must(db.acquire)
    expect(db.status().busy).toBe(1)
    await must(held.execute(createTable(mine, { temporary: true })))
    await must(held.execute(insertInto(mine)([{ id: 1 }, { id: 2 }])))
    expect(await must(held.count(from(mine)))).toBe(2)
    if (db.status().size > 1) expect(await db.count(from(mine))()).toMatchObject({ left: { _tag: 'Sql' } })
    await held.release()
    expect(db.status().busy).toBe(0)
  })

  it('its effects run one at a time, whoever asks for them in parallel; transactions and streams too', async () => {
    const held = await must(db.acquire)
    const add = (id: number): Promise<E.Either<DbError, unknown>> =>
      transaction()((tx: Database) => tx.execute(insertInto(rows)({ id })))(held)()
    const all = await Promise.all([
      ...Array.from({ length: 20 }, (_, id) => add(id)),
      ...Array.from({ length: 20 }, () => held.count(from(rows))()),
    ])
    expect(all.filter(E.isLeft)).toEqual([])
    const ids: Array<number> = []
    for await (const row of held.stream(pipe(from(rows), orderBy(rows.id)), { batch: 3 }))
      if (E.isRight(row)) ids.push(row.right.id)
    expect(ids).toEqual(Array.from({ length: 20 }, (_, id) => id))
    expect(await must(held.count(from(rows)))).toBe(20)
    await held.release()
  })

  it('relations of a stream come over the same connection, or it says that it cannot', async () => {
    const held = await must(db.acquire)
    const own = pipe(from(mine), where(eq(mine.id, rows.id)))
    await must(held.execute(createTable(mine, { temporary: true, ifNotExists: true })))
    const seen: Array<E.Either<DbError, unknown>> = []
    for await (const row of held.stream(pipe(from(rows), orderBy(rows.id), include({ own: many(own) })), { batch: 4 }))
      seen.push(row)
    if (place.name === 'mysql' || place.name === 'mariadb')
      expect(seen).toMatchObject([{ left: { _tag: 'TransactionClosed' } }])
    else expect(seen).toHaveLength(20)
    expect(await must(held.count(from(rows)))).toBe(20)
    await held.release()
  })

  it('[POL13] released twice is released once, and a released one sends nothing', async () => {
    const held = await must(db.acquire)
    await Promise.all([held.release(), held.release()])
    await held.release()
    expect(await held.count(from(rows))()).toMatchObject({ left: { _tag: 'TransactionClosed' } })
    expect(await held.ping()).toMatchObject({ left: { _tag: 'TransactionClosed' } })
    expect(db.status()).toMatchObject({ busy: 0 })
  })

  it('released while it works: what runs is waited for, what waits is refused', async () => {
    const held = await must(db.acquire)
    const running = Array.from({ length: 5 }, () => held.count(from(rows))())
    const released = held.release()
    const outcomes = await Promise.all(running)
    await released
    expect(outcomes.every((one) => E.isRight(one) || one.left._tag === 'TransactionClosed')).toBe(true)
    expect(db.status().busy).toBe(0)
  })

  it('by await using, also where the block throws', async () => {
    const work = async (): Promise<void> => {
      await using held = await must(db.acquire)
      await must(held.count(from(rows)))
      throw new Error('out')
    }
    await expect(work()).rejects.toThrow('out')
    expect(db.status().busy).toBe(0)
  })

  it('in a transaction it is the transaction; a program gets it as any Database', async () => {
    const program = transaction()((tx: Database) => async () => {
      const held: HeldDatabase = await must(tx.acquire)
      await must(held.execute(insertInto(rows)({ id: 100 })))
      await held.release()
      return tx.count(from(rows))()
    })
    expect(await program(db)()).toEqual(E.right(21))
    const held = await must(db.acquire)
    expect(await Db.count(from(rows))(held)()).toEqual(E.right(21))
    await held.release()
  })

  it('[POL16] an aborted acquire holds nothing', async () => {
    expect(await withSignal(AbortSignal.abort())(db).acquire()).toMatchObject({
      left: { _tag: 'Cancelled', sent: 'no' },
    })
    const most = db.status().size
    const all = await Promise.all(Array.from({ length: most }, () => must(db.acquire)))
    const abort = new AbortController()
    const late = withSignal(abort.signal)(db).acquire()
    abort.abort()
    expect(await late).toMatchObject({ left: { _tag: 'Cancelled', sent: 'no' } })
    await Promise.all(all.map((held) => held.release()))
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
  })
})
