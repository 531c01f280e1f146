// Who has a connection, and for how long: there is none left, nobody gives it back, it is given back twice or soiled, time itself errs.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import {
  createAll,
  type Database,
  Db,
  from,
  insertInto,
  integer,
  mul,
  orderBy,
  primaryKey,
  schema,
  select,
  table,
  withTimeout,
} from '../../../src/index.js'
import { memory } from '../../../src/effects/memory.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { postgres } from '../../../src/effects/postgres.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { recorded } from '../../support/faults.js'
import { soon } from '../../support/process-list.js'
import { type Place, places } from '../../support/places.js'
import { must, tagOf } from '../../support/run-load.js'
import { leftOf, timed } from './ground.js'

const rows = table('rows', { id: pipe(integer, primaryKey) })
const inOrder = pipe(from(rows), orderBy(rows.id))
const count = 3_000

const made: Readonly<Record<Place['name'], (options: { readonly acquireTimeoutMs: number }) => Database>> = {
  memory,
  sqlite: (options) => sqlite({ file: ':memory:', ...options }),
  postgres,
  mysql,
  mariadb,
}

describe.each(places())('leases on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ db, close } = await place.open())
    must(await db.execute(createAll(schema({ rows })))())
    must(await db.execute(insertInto(rows)(Array.from({ length: count }, (_, id) => ({ id }))))())
  })
  afterEach(() => close())

  const counted = () => Db.count(from(rows))(db)()
  const all = async () => Promise.all(Array.from({ length: db.status().size }, async () => must(await db.acquire())))
  const free = (): Promise<boolean> => soon(() => db.status().busy === 0)

  it('fault: pool exhausted', async () => {
    const held = await all()
    const { outcome, ms } = await timed(() => withTimeout(100)(db).count(from(rows))())
    expect(leftOf(outcome)).toMatchObject({ _tag: 'PoolTimeout', size: held.length })
    expect(ms).toBeLessThan(1_100)
    // who waits is served in the order of arrival; who went away takes nothing with it
    const order: Array<number> = []
    const abort = new AbortController()
    const waiting = [0, 1, 2, 3].map((i) =>
      db
        .having({
          signal: i === 1 ? abort.signal : new AbortController().signal,
          middleware: (next) => (statement) => {
            order.push(i)
            return next(statement)
          },
        })
        .count(from(rows))(),
    )
    abort.abort()
    await held[0]?.release()
    expect((await Promise.all(waiting)).map(tagOf)).toEqual(['Right', 'Cancelled', 'Right', 'Right'])
    expect(order).toEqual([0, 2, 3])
    for (const one of held) await one.release()
    expect(tagOf(await counted())).toBe('Right')
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    recorded({
      fault: 'pool exhausted',
      engine: place.name,
      sees: '`PoolTimeout` with the size of the pool and who holds its connections',
      checked: 'who waits is served in order; who is aborted while waiting takes no connection',
    })
  })

  it('fault: client leaked', async () => {
    const held = must(await db.acquire())
    must(await held.count(from(rows))())
    const { outcome, ms } = await timed(() => db.close(100)())
    expect(leftOf(outcome)).toMatchObject({
      _tag: 'PoolTimeout',
      oldest: { statement: expect.stringContaining('rows') },
    })
    expect(ms).toBeLessThan(1_100)
    // it was cut: whoever forgot it is told so
    expect(tagOf(await held.count(from(rows))())).not.toBe('Right')
    expect(leftOf(await counted())).toMatchObject({ _tag: 'Connection', phase: 'closed', sent: 'no' })
    recorded({
      fault: 'client leaked',
      engine: place.name,
      sees: '`close` ends at its deadline with `PoolTimeout`, which names the last statement of the leaked connection',
      checked: 'the connection is cut',
    })
  })

  it('fault: released twice', async () => {
    const held = must(await db.acquire())
    await Promise.all([held.release(), held.release()])
    await held.release()
    const other = must(await db.acquire())
    // the old handle does not answer, also not while its connection is another's
    expect(leftOf(await held.count(from(rows))())).toMatchObject({ _tag: 'TransactionClosed' })
    expect(db.status().busy).toBe(1)
    await other.release()
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    expect(tagOf(await counted())).toBe('Right')
    recorded({
      fault: 'released twice',
      engine: place.name,
      sees: '`TransactionClosed` from the handle',
      checked: 'the connection went back once, and is its next owner’s alone',
    })
  })

  it('fault: timer overflow, clock step', async () => {
    for (const ms of [2 ** 31, 0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => made[place.name]({ acquireTimeoutMs: ms })).toThrow(TypeError)
    expect(() => withTimeout(Number.NaN)(db)).toThrow(TypeError)
    for (const ms of [2 ** 31 - 1, 2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY])
      expect(tagOf(await withTimeout(ms)(db).count(from(rows))())).toBe('Right')
    const held = await all()
    const real = Date.now
    const clock = vi.spyOn(Date, 'now')
    for (const step of [3_600_000, -3_600_000]) {
      clock.mockImplementation(() => real() + step)
      const { tag, ms } = await timed(() => withTimeout(150)(db).count(from(rows))())
      expect(tag).toBe('PoolTimeout')
      expect(ms).toBeGreaterThan(140)
      expect(ms).toBeLessThan(1_150)
    }
    clock.mockRestore()
    for (const one of held) await one.release()
    recorded({
      fault: 'timer overflow, clock step',
      engine: place.name,
      sees: '`TypeError` for an option that no timer can wait for, and for a `withTimeout` of NaN',
      checked:
        'a `withTimeout` of 2^31 ms and more does not fire at once; the clock steps an hour forth and back while an effect waits, and its time stays what it was',
    })
  })

  it('fault: error in stream', async () => {
    // what does not fit is found at row 2,148
    const came: Array<E.Either<unknown, unknown>> = []
    for await (const one of Db.stream(pipe(inOrder, select(mul(rows.id, 1_000_000))), { batch: 100 })(db))
      came.push(one)
    const last = came.at(-1)
    expect(last === undefined ? null : tagOf(last as never)).not.toBe('Right')
    expect(came.slice(0, -1).every(E.isRight)).toBe(true)
    expect(await free()).toBe(true)
    expect(tagOf(await counted())).toBe('Right')
    recorded({
      fault: 'error in stream',
      engine: place.name,
      sees: 'the rows before it, then one Left, then the end',
      checked: 'its connection goes back and is used again',
    })
  })

  it('fault: stream left early', async () => {
    for (const most of [1, 100, 2_500]) {
      let came = 0
      for await (const one of Db.stream(inOrder, { batch: 100 })(db)) {
        came += E.isRight(one) ? 1 : 0
        if (came === most) break
      }
      expect(came).toBe(most)
      const { tag, ms } = await timed(counted)
      expect(tag).toBe('Right')
      expect(ms).toBeLessThan(1_000)
    }
    const thrower = async (): Promise<void> => {
      for await (const one of Db.stream(inOrder)(db)) if (E.isRight(one)) throw new Error('enough')
    }
    await expect(thrower()).rejects.toThrow('enough')
    expect(await free()).toBe(true)
    recorded({
      fault: 'stream left early',
      engine: place.name,
      sees: 'nothing',
      checked:
        'left by break and by a throw at rows 1, 100 and 2,500: the connection goes back, and the next effect takes less than a second',
    })
  })

  it('fault: stream abandoned', async () => {
    const iterator = Db.stream(inOrder, { batch: 10, idleTimeoutMs: 40 })(db)[Symbol.asyncIterator]()
    await iterator.next()
    expect(await free()).toBe(true)
    const next = await iterator.next()
    expect(next.done === true ? null : leftOf(next.value)).toMatchObject({ _tag: 'QueryTimeout', by: 'client' })
    expect(tagOf(await counted())).toBe('Right')
    // in a transaction nothing else is sent meanwhile
    const inside = await db.transaction()((tx) => async () => {
      const reading = Db.stream(inOrder, { batch: 10 })(tx)[Symbol.asyncIterator]()
      await reading.next()
      return tx.count(from(rows))()
    })()
    expect(leftOf(inside)).toMatchObject({ _tag: 'TransactionClosed' })
    expect(await free()).toBe(true)
    await pause(0)
    expect(tagOf(await counted())).toBe('Right')
    recorded({
      fault: 'stream abandoned',
      engine: place.name,
      sees: '`QueryTimeout` after `idleTimeoutMs`; in a transaction `TransactionClosed` for the second statement',
      checked: 'its connection goes back, and writes go on',
    })
  })
})
