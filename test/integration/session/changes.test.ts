// Rows that are there are changed and deleted as the plan says, on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import {
  type AnyTable,
  asc,
  type Database,
  deleteFrom,
  everyRow,
  from,
  insertInto,
  orderBy,
  retrying,
  set,
  update,
  Uow,
} from 'relvar'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { places } from '../../support/places.js'
import { addresses, all, itemKeywords, items, keywords, kinds, lines, start, uq, users, type Work } from './tables.js'
import { prepared, recording, right, tag } from './work.js'

describe.each(places())('changes on $label', ({ name: place, open }) => {
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

  // these two update row by row
  const rowByRow = place === 'sqlite' || place === 'memory'
  const names = () => right(db.all(pipe(from(users), orderBy(asc(users.id)))))

  it('[uow 31] where nothing changes nothing is sent, not even BEGIN', async () => {
    const row = { id: 1, name: 'ed', email: null }
    const recorded = recording(db)
    const uow = pipe(start, Uow.attach(users)(row), Uow.modify(users)(row, { name: 'ed' }))
    const next = await right(Uow.flush(uow)(recorded.db))
    await right(Uow.flush(next)(recorded.db))
    expect(recorded.sent()).toEqual([])
    expect(O.toNullable(Uow.get(users)(row)(next))).toBe(row)
  })

  it('[uow 32] [w07] only the changed column is written, so that another column of another writer stays', async () => {
    await right(db.execute(insertInto(users)({ id: 1, name: 'ed', email: 'e' })))
    const [row] = await names()
    if (row === undefined) throw new Error('it was inserted')
    await right(db.execute(everyRow(deleteFrom(users))))
    await right(db.execute(insertInto(users)({ id: 1, name: 'ed', email: 'other' })))
    const uow = pipe(
      start,
      Uow.attach(users)(row),
      Uow.modify(users)(row, (u) => ({ ...u, name: 'edward' })),
    )
    await right(Uow.flush(uow)(db))
    expect(await names()).toEqual([{ id: 1, name: 'edward', email: 'other' }])
  })

  it('many rows with values of their own are changed and deleted in few statements', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({ id: i + 1, name: `n${i}`, email: null }))
    await right(db.execute(insertInto(users)(rows)))
    const loaded = pipe(start, Uow.load(users)(await names()))
    const changed = rows.reduce(
      (u, row) =>
        Uow.modify(users)(row, { name: `changed ${row.id}`, email: row.id % 2 === 0 ? `e${row.id}` : null })(u),
      loaded,
    )
    const recorded = recording(db)
    const next = await right(Uow.flush(changed)(recorded.db))
    expect(recorded.sent().filter((line) => line.startsWith('UPDATE')).length).toBeLessThan(rowByRow ? 301 : 20)
    const after = rows.map(({ id: key }) => ({
      id: key,
      name: `changed ${key}`,
      email: key % 2 === 0 ? `e${key}` : null,
    }))
    expect(await names()).toEqual(after)
    await right(Uow.flush(rows.reduce((u, row) => Uow.remove(users)(row)(u), next))(recorded.db))
    expect(recorded.sent().filter((line) => line.startsWith('DELETE')).length).toBeLessThan(8)
    expect(await names()).toEqual([])
  })

  it('keys of several columns are changed and deleted by all of them', async () => {
    const keys = [1, 2, 3].flatMap((orderId) => [1, 2, 3].map((lineNo) => ({ orderId, lineNo })))
    await right(db.execute(insertInto(lines)(keys.map((key) => ({ ...key, qty: 0 })))))
    const some = keys.filter(({ orderId, lineNo }) => orderId !== lineNo)
    const uow = some.reduce((u, key) => Uow.modify(lines)(key, { qty: key.orderId * 10 + key.lineNo })(u), start)
    const next = await right(Uow.flush(uow)(db))
    const read = () => right(db.all(pipe(from(lines), orderBy(asc(lines.orderId), asc(lines.lineNo)))))
    expect(await read()).toEqual(
      keys.map((key) => ({ ...key, qty: key.orderId === key.lineNo ? 0 : key.orderId * 10 + key.lineNo })),
    )
    await right(Uow.flush(some.reduce((u, key) => Uow.remove(lines)(key)(u), next))(db))
    expect((await read()).map(({ orderId, lineNo }) => [orderId, lineNo])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ])
  })

  it('[uow 52] [uow 54] [uow 55] [uow 56] unique values are left before they are taken', async () => {
    await right(
      db.execute(
        insertInto(uq)([
          { id: 1, k: 'a' },
          { id: 2, k: 'b' },
          { id: 3, k: 'c' },
          { id: 4, k: 'd' },
        ]),
      ),
    )
    const loaded = pipe(start, Uow.load(uq)(await right(db.all(from(uq)))))
    const uow = pipe(
      Uow.insert(uq)({ id: 5, k: 'a' })(loaded)[1],
      Uow.modify(uq)({ id: 1 }, { k: 'b' }),
      Uow.modify(uq)({ id: 2 }, { k: 'c' }),
      Uow.modify(uq)({ id: 3 }, { k: 'd' }),
      Uow.remove(uq)({ id: 4 }),
    )
    await right(Uow.flush(uow)(db))
    expect(await right(db.all(pipe(from(uq), orderBy(asc(uq.id)))))).toEqual([
      { id: 1, k: 'b' },
      { id: 2, k: 'c' },
      { id: 3, k: 'd' },
      { id: 5, k: 'a' },
    ])
  })

  it('rows with values of every type are changed in one statement each way', async () => {
    await right(db.execute(pipe(update(kinds), set({ parent: null }), everyRow)))
    await right(db.execute(everyRow(deleteFrom(kinds))))
    const at = '2020-01-01T00:00:00.000000Z'
    const codes = ['a', 'b', 'c', 'd', 'e']
    const uow = codes.reduce((u, code) => Uow.insert(kinds)({ code, at })(u)[1], start)
    const next = await right(Uow.flush(uow)(db))
    const values = codes.map((code, i) => ({
      at: `202${i}-06-01T12:00:00.00000${i}Z`,
      flag: i % 2 === 0,
      big: i === 3 ? null : 9_007_199_254_740_993n + BigInt(i),
      ratio: i === 2 ? null : 0.1 + i,
      day: i === 1 ? null : `2012-10-1${i}`,
      note: i === 0 ? null : `it's ${i}?`,
      parent: i === 4 ? null : 'a',
      code,
    }))
    const changed = values.reduce((u, { code, ...patch }) => Uow.modify(kinds)({ code }, patch)(u), next)
    const last = await right(Uow.flush(changed)(db))
    const rows = await right(db.all(pipe(from(kinds), orderBy(asc(kinds.code)))))
    expect(rows).toEqual(values.map((row) => ({ ...row, payload: null })))
    expect(codes.map((code) => O.toNullable(Uow.get(kinds)({ code })(last)))).toEqual(rows)
  })

  it('[uow 34] flushes that change the same rows in other orders wait for each other and do not deadlock', async () => {
    await right(db.execute(insertInto(users)([1, 2, 3, 4].map((key) => ({ id: key, name: 'n' })))))
    const changing = (keys: ReadonlyArray<number>, name: string): Work =>
      keys.reduce((u, key) => Uow.modify(users)({ id: key }, { name: `${name} ${key}` })(u), start)
    // nobody waits in memory: the second to commit begins again
    const times = place === 'memory' ? 1 : 0
    for (let i = 0; i < 15; i++) {
      const both = [changing([1, 2, 3, 4], `up ${i}`), changing([4, 3, 2, 1], `down ${i}`)]
      const flushes = both.map((uow) => pipe(Uow.flush(uow), retrying({ times }))(db))
      expect(await Promise.all(flushes.map(tag))).toEqual(['Right', 'Right'])
    }
  })
})
